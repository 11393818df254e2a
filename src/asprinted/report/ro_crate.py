"""An RO-Crate of the run (RO-Crate 1.1, in the manner of a Process Run Crate), beside what it describes."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from asprinted.report.material import Material
from forkmill.state.snapshot import sha256

CRATE = "ro-crate-metadata.json"
FORMATS = {".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml", ".png": "image/png",
           ".ipynb": "application/x-ipynb+json"}
TOOLS = ("papermill", "pandas", "matplotlib", "sphinx", "myst-nb")


def text(material: Material) -> str:
    """The crate of ``build/`` as JSON-LD; it holds no time of the run, so that two runs give the same bytes."""
    files = [path for folder in ("notebooks", "figures") for path in sorted((material.build / folder).glob("*")) if path.is_file()]
    files += [material.build / name for name in ("verdicts.json", "verdicts.csv")]
    entries = [_file(path, path.relative_to(material.build).as_posix()) for path in files]
    inputs = [{"@id": f"../data/official/{name}.csv", "@type": "File", "name": material.provenance[name]["title"],
               "encodingFormat": "text/csv"} for name in material.tables]
    inputs += [{"@id": f"../data/files/{name}", "@type": "File", "name": one["title"], "sha256": one["sha256"], "license": one["rights"]}
               for name, one in material.files.items()]
    parameters = [{"@id": f"#parameter-{one['name']}", "@type": "PropertyValue", "name": one["name"], "value": one["value"],
                   "description": one["meaning"]} for one in material.parameters]
    tools = [{"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "version": version(name)} for name in TOOLS]
    graph = [_descriptor(), _root(material, entries), _action(material, entries, inputs, parameters),
             {"@id": "#python", "@type": "ComputerLanguage", "name": "Python", "version": platform.python_version()},
             {"@id": "#workflow", "@type": ["SoftwareApplication", "SoftwareSourceCode"], "name": "make reproduce",
              "programmingLanguage": {"@id": "#python"}, "softwareRequirements": [{"@id": tool["@id"]} for tool in tools]},
             {"@id": "report/", "@type": "Dataset", "name": "The report as a static site; begin with index.html"},
             *entries, *inputs, *parameters, *tools]
    content = {"@context": ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"], "@graph": graph}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _descriptor() -> dict[str, Any]:
    return {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}


def _root(material: Material, entries: list[dict[str, Any]]) -> dict[str, Any]:
    citation = material.cited
    released = str(citation.get("date-released", material.site.get("published", "")))
    root = {"@id": "./", "@type": "Dataset", "name": citation.get("title", material.site["title"]),
            "description": " ".join(str(citation.get("abstract", material.site["title"])).split()),
            "license": {"@id": material.site["licence"]}, "conformsTo": {"@id": "https://w3id.org/ro/wfrun/process/0.5"},
            "hasPart": [{"@id": entry["@id"]} for entry in entries] + [{"@id": "report/"}], "mentions": {"@id": "#run"}}
    return root | ({"datePublished": released} if released else {})


def _action(material: Material, entries: list[dict[str, Any]], inputs: list[dict[str, Any]],
            parameters: list[dict[str, Any]]) -> dict[str, Any]:
    complete = material.verdicts["complete"]
    return {"@id": "#run", "@type": "CreateAction", "name": "Run of the notebooks and collection of their verdicts",
            "instrument": {"@id": "#workflow"},
            "actionStatus": {"@id": "http://schema.org/" + ("CompletedActionStatus" if complete else "FailedActionStatus")},
            "object": [{"@id": one["@id"]} for one in (*inputs, *parameters)],
            "result": [{"@id": entry["@id"]} for entry in entries]}


def _file(path: Path, name: str) -> dict[str, Any]:
    return {"@id": name, "@type": "File", "name": name, "encodingFormat": FORMATS.get(path.suffix, "application/octet-stream"),
            "contentSize": str(path.stat().st_size), "sha256": sha256(path)}
