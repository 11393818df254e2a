"""Everything the report is made from, read once: the run's verdicts, the register, the tables, the notebooks."""

from __future__ import annotations

import csv
import functools
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.data_files import provenance
from asprinted.official import tables
from asprinted.paper import attribution
from asprinted.paper import register as claims
from asprinted.paper.attribution import Attributions
from asprinted.paper.files import read_yaml
from asprinted.paper.register import Register
from asprinted.robustness import without_a_source
from asprinted.verdicts.record import Record, judged
from asprinted.verdicts.vocabulary import ACCUSING
from asprinted.verdicts.words import agreeing, many
from forkmill import project_files

TRANSLATIONS = "translations.yaml"
PLACES = {  # what other locators than those of sentences begin with: the place, and what its parts are
    "fig": ("caption of figure", "sentence"), "tab": ("table", "row"), "note": ("note", "sentence"), "ref": ("reference", "sentence"),
}
APART = {"fig": "Figures", "tab": "Tables"}  # what locators of captions and of tables begin with


@dataclass
class Material:
    """What one run left in ``build`` and what it rests on in ``root``."""

    root: Path
    build: Path

    @functools.cached_property
    def site(self) -> dict[str, Any]:
        """Title, subject and introduction of the report, from docs/site.yaml."""
        return read_yaml(self.root / paths.SITE)

    def said_otherwise(self, text: str) -> list[str]:
        """Other words for what a text speaks of, out of docs/site.yaml, which a search for them should find as well."""
        low = text.lower()
        groups = [group for group in self.site.get("synonyms") or [] if any(word in low for word in group)]
        return [word for group in groups for word in group if word not in low]

    @functools.cached_property
    def cited(self) -> dict[str, Any]:
        """CITATION.cff of the audit; empty where there is none."""
        path = self.root / "CITATION.cff"
        return read_yaml(path) if path.is_file() else {}

    @functools.cached_property
    def version(self) -> str:
        """The version that pyproject.toml gives the audit; nothing where it gives none."""
        path = self.root / "pyproject.toml"
        project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {}) if path.is_file() else {}
        return str(project.get("version", ""))

    @functools.cached_property
    def date(self) -> str:
        """The newest date of a source, so what the data can know; nothing where no source is dated.

        The day on which a report is built says nothing of what it shows, and would make each build another.
        """
        dates = (re.match(r"\d{4}-\d{2}-\d{2}", str(source["published"])) for source in self.sources.values())
        return max((found[0] for found in dates if found), default="")

    @functools.cached_property
    def verdicts(self) -> dict[str, Any]:
        """verdicts.json of the run."""
        return json.loads((self.build / "verdicts.json").read_text(encoding="utf-8"))

    @functools.cached_property
    def records(self) -> dict[str, Record]:
        """Records of what was judged, by claim, in the order of the paper."""
        return {record["id"]: record for record in self.verdicts["claims"] if judged(record)}

    @functools.cached_property
    def waiting(self) -> list[str]:
        """Ids of the claims that are not judged yet."""
        return [record["id"] for record in self.verdicts["claims"] if not judged(record)]

    @functools.cached_property
    def claim_ids(self) -> re.Pattern[str]:
        """Where the id of a judged claim stands in a text; one that is a word of every day is none."""
        known = sorted((id for id in self.records if "-" in id), key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, known))})(?![\w-])" if known else r"(?!)")

    @functools.cached_property
    def register(self) -> Register:
        """The claims, whether judged or not."""
        return claims.load(self.root)

    @functools.cached_property
    def attributions(self) -> Attributions:
        """The works that the paper cites, and its passages."""
        return attribution.load(self.root)

    @functools.cached_property
    def parameters(self) -> list[dict[str, Any]]:
        """The declared parameters, each with the value of this run."""
        declared = read_yaml(self.root / paths.MARK)["parameters"]
        return [entry | {"value": self.verdicts["parameters"].get(entry["name"], entry["default"])} for entry in declared]

    @functools.cached_property
    def tables(self) -> dict[str, list[dict[str, str]]]:
        """Rows of every official table, by its name."""
        return {name: tables.rows(name, self.root) for name in tables.names(self.root)}

    @functools.cached_property
    def provenance(self) -> dict[str, dict[str, Any]]:
        """What the YAML file beside each table says."""
        return {name: read_yaml(paths.official(self.root) / f"{name}.yaml") for name in self.tables}

    @functools.cached_property
    def files(self) -> dict[str, dict[str, Any]]:
        """What the YAML file beside each data file says, by the name of the file."""
        return provenance.described(self.root)

    @property
    def rests_on(self) -> tuple[bool, bool]:
        """Whether the audit has data files, and whether it has tables of published figures."""
        return bool(self.files), bool(self.tables)

    @functools.cached_property
    def rows(self) -> dict[str, dict[str, str]]:
        """Every published row, and every data file, by its key, with its table and the fields of its source."""
        found = provenance.rows(self.root)
        for name, rows in self.tables.items():
            known = self.provenance[name]["sources"]
            for row in rows:
                source = {key: str(value) for key, value in known.get(row["source"], {}).items()}
                found[row["row"]] = source | row | {"table": name}
        return found

    @functools.cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The fields of every source by its key."""
        named = {key: source for one in self.provenance.values() for key, source in one["sources"].items()}
        return named | provenance.rows(self.root)

    @functools.cached_property
    def releases(self) -> dict[str, list[str]]:
        """Keys of the sources that relay a release, by its name."""
        return self._beside_the_tables("releases.yaml")

    @functools.cached_property
    def translations(self) -> dict[str, str]:
        """Excerpts in English, by the row whose excerpt they are."""
        return self._beside_the_tables(TRANSLATIONS)

    def _beside_the_tables(self, name: str) -> dict[str, Any]:
        path = paths.official(self.root) / name
        return (read_yaml(path) if path.is_file() else None) or {}

    @functools.cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Meaning and unit of every indicator, as the schemas say them."""
        listed = (tables.schema(name, self.root)["properties"].get("indicator", {}).get("oneOf", []) for name in self.tables)
        return {one["const"]: one for entries in listed for one in entries}

    @functools.cached_property
    def dependences(self) -> dict[str, without_a_source.Dependence]:
        """What each verdict would be without one of its sources, by claim, for the verdicts that are those of this run."""
        return {id: one for id, one in without_a_source.accepted(self.root).items()
                if id in self.records and one.verdict == self.records[id]["verdict"]}

    @functools.cached_property
    def notebooks(self) -> dict[str, dict[str, Any]]:
        """Executed notebooks of the run, by name; one that failed is not among them."""
        found = sorted((self.build / "notebooks").glob("*.ipynb"))
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}

    @functools.cached_property
    def figures(self) -> dict[str, dict[str, str]]:
        """Name, title, alternative text and source of every figure of the run, by name."""
        found = sorted((self.build / "figures").glob("*.json"))
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}

    def points(self, figure: str) -> list[list[str]]:
        """The table behind a figure of the run, its first row the names of the columns, without the source, which stands above it."""
        path = self.build / "figures" / f"{figure}.csv"
        return [row[:-1] for row in csv.reader(path.read_text(encoding="utf-8").splitlines())] if path.is_file() else []

    def source_of(self, notebook: str, cell: str) -> str:
        """Code of one cell of an executed notebook, or nothing."""
        for one in self.notebooks.get(notebook, {}).get("cells", []):
            if one.get("id") == cell:
                return "".join(one["source"])
        return ""

    @property
    def unjudged(self) -> list[str]:
        """Claims that the run did not judge."""
        return [id for id in self.register.claims if id not in self.records and id not in self.waiting]

    @property
    def failing(self) -> list[Record]:
        """Records of what does not hold."""
        return [record for record in self.records.values() if record["verdict"] in ACCUSING and record["kind"] != "identity"]

    @property
    def banner(self) -> str:
        """What a reader of any page has to know of this run; nothing after a complete default run."""
        said = []
        if not self.verdicts["complete"]:
            lost = [path.stem for path in project_files.find(paths.notebooks(self.root), ".ipynb") if path.stem not in self.notebooks]
            unjudged = len(self.unjudged)
            said.append("This report is of a run that is incomplete" + (f": {', '.join(lost)} did not end" if lost else "")
                        + f"; {unjudged} of {many(len(self.register.claims), 'claim')} {agreeing(unjudged, 'was', 'were')} not judged.")
        other = [f"{entry['name']} = {entry['value']}" for entry in self.parameters if entry["value"] != entry["default"]]
        if other:
            said.append(f"This run was made with other than the default parameters: {', '.join(other)}.")
        return " ".join(said)


def part(section: str) -> str:
    """What a section of the paper is called; captions of figures and cells of tables stand in none of their own.

    >>> part("2.1"), part("abstract"), part("tab")
    ('Section 2.1', 'Abstract', 'Tables')
    """
    return APART.get(section, f"Section {section}" if section[:1].isdigit() else section.capitalize())


def locator(where: str) -> str:
    """A locator in words.

    >>> locator("2.1/1/3"), locator("2.2/title"), locator("abstract/1/2")
    ('section 2.1, paragraph 1, sentence 3', 'heading of section 2.2', 'abstract, paragraph 1, sentence 2')
    >>> locator("fig/1"), locator("fig/5/alt"), locator("tab/2"), locator("tab/2/3"), locator("note/1/2")
    ('caption of figure 1', 'alternative text of figure 5', 'table 2', 'table 2, row 3', 'note 1, sentence 2')
    """
    section, _, rest = where.partition("/")
    first, _, second = rest.partition("/")
    if section == "fig" and second == "alt":
        return f"alternative text of figure {first}"
    if section in PLACES:
        what, part = PLACES[section]
        return f"{what} {first}" + (f", {part} {second}" if second else "")
    named = f"section {section}" if section[:1].isdigit() else section
    if rest == "title":
        return f"heading of {named}"
    return f"{named}, paragraph {first}" + (f", sentence {second}" if second else "")
