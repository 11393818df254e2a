"""The generated parts of docs/reference.md and the picture of docs/architecture.md: ``make -C tools reference``.

Targets come from the Makefiles, commands and options from the command line itself, fields from the form of a record, and
the picture from the contracts that the packages are held to.
"""

from __future__ import annotations

import html
import importlib
import inspect
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import yaml

from asprinted import generated_parts
from asprinted.__main__ import main as commands
from asprinted.data_files.provenance import SCHEMA
from asprinted.notebook.paper import Paper
from asprinted.paper.form import SCHEMAS
from asprinted.verdicts.record import FIELDS
from forkmill.writing import write_text

ROOT = Path(__file__).resolve().parents[1]
ONE_FLOOR = {"helpers": ["this paper's series", "its brackets of quarters", "its figures and tables"]}
PAGE, PICTURE = Path("docs", "reference.md"), Path("docs", "pictures", "architecture.svg")
COMMAND = "make -C tools reference"
ENTRIES = ("claim", "inventory", "conclusion", "finding", "reply", "attribution", "reference")  # of data/paper, beside printed tables
CALLS = ("check", "check_table", "data", "computed", "judge_later", "side_by_side", "stated", "in_unit", "digits")  # of a notebook
WIDTH, LINE, GAP, MARGIN = 248, 26, 18, 12  # pixels of a house, a floor, the space between houses, the edge
FLOORS = {  # what a floor is for, in a word or two
    "commands": "what is typed", "audit": "one run", "report": "the site", "robustness": "other choices", "notebook": "what notebooks call",
    "paper": "what is said", "official": "what is known", "charts": "figures", "statistics": "without data", "verdicts": "the rules",
    "numbers": "exact arithmetic", "data_files": "files as evidence",
    "validate": "nbval", "run": "a session", "cluster": "many machines", "state": "what stands", "kernels": "forked kernels",
    "notebooks": "files, parameters", "project": "plain data",
}


def targets(makefile: str, call: str) -> str:
    """A table of the targets of a Makefile."""
    found = re.findall(r"^([a-z-]+):.*?  ## (.*)$", makefile, re.MULTILINE)
    return "\n".join(["| command | what it does |", "|---|---|", *(f"| `{call} {name}` | {_cell(text)} |" for name, text in found)])


def options() -> str:
    """A table of the commands with their options."""
    rows = []
    for name, command in sorted(commands.commands.items()):
        given = [f"`{_written(one)}` {one.help or ''}".strip() if isinstance(one, click.Option) else f"`{one.human_readable_name}`"
                 for one in command.params]
        about = (command.help or "").split("\n\n")[0]
        rows.append(f"| `{name}` | {_cell(' '.join(about.split()))} | {_cell('; '.join(given))} |")
    return "\n".join(["| command | what it does | arguments and options |", "|---|---|---|", *rows])


def _written(option: click.Option) -> str:
    flag = option.opts[-1]
    return flag if option.is_flag else f"{flag} {option.make_metavar(click.Context(commands))}"


def fields() -> str:
    """A table of the fields of a record, each with an example."""
    rows = [f"| `{one.name}` | {_cell(one.meaning)} | `{_cell(json.dumps(one.example, ensure_ascii=False))}` |" for one in FIELDS]
    return "\n".join(["| field | what it holds | example |", "|---|---|---|", *rows])


def entry(schema: Path) -> str:
    """A table of the fields of an entry, as its schema says them."""
    rule = yaml.safe_load(schema.read_text(encoding="utf-8"))
    rows = [f"| `{name}` | {'always' if name in rule['required'] else ''} | {_cell(_said(one))} |"
            for name, one in rule["properties"].items()]
    return "\n".join(["| field | needed | what it holds |", "|---|---|---|", *rows])


def _said(rule: dict[str, Any]) -> str:
    """The description of a field, the values that it may have, and the fields of what it holds by name."""
    listed = ", ".join(f"`{one}`" if one else "nothing" for one in rule.get("enum", [rule["const"]] if "const" in rule else []))
    inner = rule.get("additionalProperties")
    fields = ", ".join(f"`{name}`" + ("" if name in inner["required"] else " (may be left out)") for name in inner["properties"]) \
        if isinstance(inner, dict) and "properties" in inner else ""
    parts = [rule.get("description", ""), f"one of {listed}" if "enum" in rule else listed, f"each with {fields}" if fields else ""]
    return "; ".join(part for part in parts if part)


def calls() -> str:
    """A table of what a notebook calls of the paper, with each argument that the docstring tells of."""
    rows = []
    for name in CALLS:
        method = getattr(Paper, name)
        told, taken = arguments(method), list(inspect.signature(method).parameters.values())[1:]
        written = f"`paper.{name}({', '.join(map(_argument, taken))})`"
        rows.append(f"| {written} |  | {_cell(_plain((inspect.getdoc(method) or '').split(chr(10) * 2)[0]))} |")
        rows += [f"|  | `{one.name}` | {_cell(told[one.name])} |" for one in taken if told.get(one.name)]
    return "\n".join(["| call | argument | what it does, what it holds |", "|---|---|---|", *rows])


def _argument(one: inspect.Parameter) -> str:
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}.get(one.kind, "")
    return f"{stars}{one.name}" + ("=" if one.kind is inspect.Parameter.KEYWORD_ONLY else "")


def arguments(function: Any) -> dict[str, str]:
    """What the docstring of a function says of each argument; where it names another function, what that says of it."""
    block = re.search(r"^Args[^\n]*:\n(.*?)(?=^\S|\Z)", inspect.getdoc(function) or "", re.DOTALL | re.MULTILINE)
    found: dict[str, str] = {}
    for entry in re.findall(r"^ {4}(\S.*(?:\n {8}.*)*)", block[1] if block else "", re.MULTILINE):
        names, _, text = entry.partition(": ")
        for name in names.replace("*", "").split(", "):
            found[name] = _told(name, " ".join(text.split()))
    return found


def _told(name: str, text: str) -> str:
    """A text that begins by naming a function, with what that says of the argument in the place of its name."""
    named = re.match(r"see :(?:func|meth):`([\w.]+)`[.;]?\s*", text)
    if not named:
        return _plain(text)
    module, _, last = named[1].rpartition(".")
    there = arguments(getattr(importlib.import_module(module) if module else Paper, last))
    return "; ".join(part for part in (there.get(name, ""), _plain(text[named.end() :])) if part)


def _plain(text: str) -> str:
    """A sentence of a docstring as one of a page."""
    return re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"`\1`", " ".join(text.split())).replace("``", "`").removesuffix(".")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def houses(settings: str) -> dict[str, list[list[str]]]:
    """The floors of each package, from the top, as the contracts in pyproject.toml have them."""
    contracts = tomllib.loads(settings)["tool"]["importlinter"]["contracts"]
    layered = {one["containers"][0]: one["layers"] for one in contracts if one["type"] == "layers" and "containers" in one}
    order = next(one["layers"] for one in contracts if one["type"] == "layers" and "containers" not in one)
    return {name: [floor.replace(" ", "").split("|") for floor in layered.get(name, [])] for name in order}


def picture(found: dict[str, list[list[str]]]) -> str:
    """The packages side by side as houses; a floor may use what lies below it, and the house to its right."""
    lines = {name: _lines(name, floors) for name, floors in found.items()}
    height = max(map(len, lines.values())) * LINE + 2 * MARGIN + 30
    width = len(lines) * WIDTH + (len(lines) - 1) * GAP + 2 * MARGIN
    parts = [_house(name, floors, MARGIN + place * (WIDTH + GAP)) for place, (name, floors) in enumerate(lines.items())]
    parts += [f'<text x="{MARGIN + place * (WIDTH + GAP) - GAP / 2}" y="{MARGIN + 16}" font-size="15" text-anchor="middle">→</text>'
              for place in range(1, len(lines))]
    said = "; ".join(f"{name}: {', '.join(names for names, _ in floors)}" for name, floors in lines.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="DejaVu Sans, Verdana, sans-serif"><title>The packages and their floors, from the top. {html.escape(said)}</title>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _lines(name: str, floors: list[list[str]]) -> list[tuple[str, str]]:
    """Name and purpose of each floor of a house."""
    if not floors:
        return [(text, "") for text in ONE_FLOOR[name]]
    return [(" · ".join(floor), " · ".join(FLOORS[one] for one in floor if one in FLOORS)) for floor in floors if floor != ["__main__"]]


def _house(name: str, lines: list[tuple[str, str]], left: int) -> str:
    parts = [f'<text x="{left}" y="{MARGIN + 16}" font-size="15" font-weight="bold">{name}</text>']
    for place, (names, about) in enumerate(lines):
        top = MARGIN + 28 + place * LINE
        parts += [
            f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{LINE - 3}" rx="3" fill="#eef3f8" stroke="#7a8ba0"/>',
            f'<text x="{left + 7}" y="{top + 16}" font-size="12">{html.escape(names)}</text>',
            f'<text x="{left + WIDTH - 7}" y="{top + 16}" font-size="11" text-anchor="end" fill="#555555">{html.escape(about)}</text>',
        ]
    return "".join(parts)


def page(root: Path) -> str:
    """docs/reference.md with its generated parts made anew."""
    parts = {
        "targets": targets((root / "Makefile").read_text(encoding="utf-8"), "make"),
        "maintainers": targets((root / "tools" / "Makefile").read_text(encoding="utf-8"), "make -C tools"),
        "commands": options(), "fields": fields(),
        "data-file": entry(SCHEMA), "printed-table": entry(SCHEMAS / "table.yaml"), "calls": calls(),
        **{name: entry(SCHEMAS / f"{name}.yaml") for name in ENTRIES},
    }
    return generated_parts.replaced((root / PAGE).read_text(encoding="utf-8"), parts, PAGE.as_posix(), COMMAND)


def main() -> int:
    """Write both."""
    write_text(ROOT / PAGE, page(ROOT))
    write_text(ROOT / PICTURE, picture(houses((ROOT / "pyproject.toml").read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
