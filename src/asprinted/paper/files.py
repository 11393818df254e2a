"""The files of data/paper as they are read: rows and entries, and every fault of a file that cannot be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers.written import notation
from asprinted.paper import tables
from asprinted.verdicts.words import agreeing, many, number
from forkmill import project_files, reading
from forkmill.errors import InputError, InputErrors

LOCATOR_COLUMNS = ["where", "kind"]
DEFAULT = "en"  # what is read in one way alone needs no declaration: see asprinted.paper.stated
INVENTORY_COLUMNS = ["where", "n", "text", "claim", "exempt"]


def read_yaml(path: Path) -> Any:
    """Plain data out of a YAML file; no tag of it can run code.

    Raises:
        InputError: the file is missing or is not YAML in plain form.
    """
    return reading.document(path, str(path))


@dataclass
class Files:
    """What data/paper holds, as read, and every fault of files that cannot be read."""

    claims: list[tuple[str, Any]] = field(default_factory=list)
    printed: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # tables of the paper, by their id
    locators: list[dict[str, str]] = field(default_factory=list)
    inventory: list[dict[str, str]] = field(default_factory=list)
    conclusions: list[Any] = field(default_factory=list)
    replies: list[Any] = field(default_factory=list)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    locale: str = ""  # as paper.yaml declares it, where it does
    faults: list[InputError] = field(default_factory=list)


def read(folder: Path, *, others: bool) -> Files:
    """What a folder data/paper holds; with ``others`` also what notebooks read beside the claims."""
    found = Files()
    claim_files = project_files.find(folder / "claims", ".yaml")
    if not claim_files:
        found.faults.append(InputError("there are no claims", "data/paper/claims", "a folder of files *.yaml", "none",
                                       "restore it from git"))
    for path in claim_files:
        where = f"data/paper/claims/{path.name}"
        entries, faults = reading.entries(path, where)
        found.claims += [(f"{where}, entry {place}", entry) for place, entry in enumerate(entries, start=1)]
        found.faults += faults
    for path in project_files.find(folder / "tables", ".csv"):
        found.printed[path.stem], faults = reading.table(path, f"data/paper/tables/{path.name}")
        found.faults += faults
    for name, columns in (("locators", LOCATOR_COLUMNS), ("inventory", INVENTORY_COLUMNS)):
        rows, faults = reading.table(folder / f"{name}.csv", f"data/paper/{name}.csv", columns)
        setattr(found, name, rows)
        found.faults += faults
    for name in ("conclusions", "replies"):
        path = folder / f"{name}.yaml"
        if name == "conclusions" or path.exists() or path.is_symlink():  # nobody may have answered yet
            entries, faults = reading.entries(path, f"data/paper/{name}.yaml")
            setattr(found, name, entries)
            found.faults += faults
    found.locale, faults = _declared(folder / "paper.yaml")
    found.faults += faults
    if others:
        _read_others(folder, found)
    return found


def _declared(path: Path) -> tuple[str, list[InputError]]:
    """The language whose notation the paper's numbers follow; none where no file declares it."""
    if not (path.exists() or path.is_symlink()):
        return "", []
    where, form = "data/paper/paper.yaml", "locale: en, or the language that the paper is printed in, such as de or de-CH"
    try:
        declared = reading.document(path, where)
    except InputError as error:
        return "", [error]
    if not isinstance(declared, dict) or declared.keys() != {"locale"} or not isinstance(declared["locale"], str):
        return "", [InputError("the file declares no language", where, form, str(declared)[:160], "write that one line")]
    try:
        notation.of(declared["locale"])
    except ValueError as error:
        return "", [InputError("the language is not known", f"{where}, field locale", form, declared["locale"], str(error))]
    return declared["locale"], []


def _read_others(folder: Path, found: Files) -> None:
    """What notebooks read beside the claims: tables and documents of the paper's own, held to their form."""
    known = {"locators.csv", "inventory.csv", "conclusions.yaml", "replies.yaml", "parameters.yaml",
             "references.yaml", "attributions.yaml", "findings.yaml", "paper.yaml"}
    for path in project_files.find(folder, ".csv", ".yaml"):
        where = f"data/paper/{path.name}"
        if path.name in known:
            continue
        if path.suffix == ".csv":
            found.tables[where], faults = reading.table(path, where)
            found.faults += faults
            continue
        try:
            reading.document(path, where)
        except InputError as error:
            found.faults.append(error)


def locators(base: Path | None = None) -> list[str]:
    """Every place of the paper that a claim may name, in its order.

    Raises:
        InputErrors: the file cannot be read.
    """
    rows, faults = reading.table(paths.paper(base) / "locators.csv", "data/paper/locators.csv", LOCATOR_COLUMNS)
    if faults:
        raise InputErrors(faults)
    return [row["where"] for row in rows]


def locale(base: Path | None = None) -> str:
    """The language whose notation the paper's numbers follow, English where none is declared.

    Raises:
        InputErrors: the declaration cannot be read.
    """
    found, faults = _declared(paths.paper(base) / "paper.yaml")
    if faults:
        raise InputErrors(faults)
    return found or DEFAULT


def belonging(listed: Sequence[Mapping[str, str]], claims: Mapping[str, Any], waiting: Collection[str]) -> str:
    """What the numbers of an inventory belong to, counted in words, for every page that says so.

    Args:
        listed: rows of :func:`inventory`.
        claims: the claims of the register by id.
        waiting: ids of those that are not judged yet.
    """
    own = [row["claim"] for row in listed if row["claim"] in claims]
    inside = sum(claims[id].kind == "identity" for id in own)
    later = sum(id in waiting for id in own)
    belong = len(own) - inside
    parts = [f"{number(belong)} {agreeing(belong, 'belongs to a claim', 'belong to claims')}"
             + (f" ({number(later)} of them not judged yet)" if later else "")]
    parts += [f"{number(inside)} {agreeing(inside, 'is', 'are')} tested inside the paper only"] if inside else []
    rest = len(listed) - len(own)
    parts += [f"{number(rest)} {agreeing(rest, 'is a date, a name, a label or a figure', 'are dates, names, labels and figures')} of speech"
              ] if rest else []
    return f"The inventory lists {many(len(listed), 'number')} of the paper: {', '.join(parts)}."


def inventory(base: Path | None = None) -> list[dict[str, str]]:
    """Rows of the inventory, in the order of the paper: where, n, text, claim, exempt; with the numbers of its tables.

    Raises:
        InputErrors: the file cannot be read, or a row is not in form.
    """
    rows, faults = reading.table(paths.paper(base) / "inventory.csv", "data/paper/inventory.csv", INVENTORY_COLUMNS)
    if faults:
        raise InputErrors(faults)
    if not project_files.find(paths.paper(base) / "tables", ".csv"):
        return rows
    found, order = read(paths.paper(base), others=False), {where: place for place, where in enumerate(locators(base))}
    for _, entry in found.claims:
        if tables.is_table(entry):
            rows += tables.inventoried(entry, found.printed[entry["id"]], found.locale or DEFAULT)
    return sorted(rows, key=lambda row: order[row["where"]])
