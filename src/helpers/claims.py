"""The register of what a paper claims, and the inventory of every number in it."""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from helpers import paths, printed, reading
from helpers.errors import InputError, InputErrors
from helpers.printed import Rounding
from helpers.verdict import Stated

SCHEMAS = Path(__file__).with_name("schemas")
LOCATOR_COLUMNS = ["where", "kind"]
INVENTORY_COLUMNS = ["where", "n", "text", "claim", "exempt"]


@dataclass(frozen=True)
class Claim:
    """One statement of the paper that can be true or false."""

    id: str
    where: str
    kind: str
    quantity: str
    stated: str = ""
    scale: str = "one"
    unit: str = ""
    qualifier: str = "exact"
    also: tuple[str, ...] = ()  # other printed numbers of the same statement

    @property
    def is_number(self) -> bool:
        """Whether the claim is a printed number (else it is a statement of order, trend and the like)."""
        return self.kind in ("number", "count")

    @property
    def section(self) -> str:
        """Number of the section, such as 2.1."""
        return self.where.partition("/")[0]

    @property
    def factor(self) -> Fraction:
        """What one unit of the printed digits is in plain units: 10**9 for billions."""
        return Fraction(10 ** printed.SCALES[self.scale])

    @property
    def value(self) -> Fraction:
        """The printed number in plain units."""
        return printed.parse(self.stated).value * self.factor

    @property
    def significant(self) -> int:
        """How many significant digits the number is printed with, trailing zeros of a whole number left out."""
        digits = self.stated if "." in self.stated else self.stated.rstrip("0")
        return len(re.sub("[^0-9]", "", digits).lstrip("0"))

    @property
    def full_unit(self) -> str:
        """Unit of the printed digits, such as "trillion yuan"."""
        return self.unit if self.scale == "one" else f"{self.scale} {self.unit}"

    def printed(self, rounding: Rounding) -> Stated:
        """The stated number under a rounding convention."""
        return Stated(printed.parse(self.stated), self.qualifier, rounding, self.kind == "count")


@dataclass(frozen=True)
class Register:
    """All claims in the order of the paper, the locators they may use, and the conclusions that rest on them."""

    claims: dict[str, Claim]
    locators: tuple[str, ...]
    conclusions: dict[str, dict[str, Any]]
    answers: tuple[dict[str, str], ...] = ()

    def __getitem__(self, id: str) -> Claim:
        try:
            return self.claims[id]
        except KeyError:
            close = difflib.get_close_matches(id, self.claims, n=1)
            raise InputError("there is no such claim", id, "an id out of data/paper/claims", id,
                             f"did you mean {close[0]}?" if close else "see python -m helpers list") from None

    def replies(self, id: str) -> list[dict[str, str]]:
        """Answers to the claim's verdict, as recorded in data/paper/replies.yaml: by, date, reply."""
        return [{key: text for key, text in answer.items() if key != "claim"} for answer in self.answers if answer["claim"] == id]

    def turns(self, id: str) -> list[str]:
        """Ids of the paper's conclusions that rest on the claim."""
        return [key for key, entry in self.conclusions.items() if id in entry["rests_on"]]


def load(base: Path | None = None) -> Register:
    """Read the register.

    Raises:
        InputErrors: every breach of the form at once.
    """
    # A notebook reads only what it uses: what it read is what makes it run again.
    files = _read(paths.paper(base), others=False)
    errors = files.faults or _check(files)
    if errors:
        raise InputErrors(errors)
    locators = tuple(row["where"] for row in files.locators)
    order = {where: place for place, where in enumerate(locators)}
    claims = [Claim(**entry | {"also": tuple(entry.get("also", ()))}) for _, entry in files.claims]
    claims.sort(key=lambda claim: order[claim.where])
    conclusions = {entry["id"]: entry for entry in files.conclusions}
    answers = tuple({key: str(text) for key, text in answer.items()} for answer in files.replies)
    return Register({claim.id: claim for claim in claims}, locators, conclusions, answers)


def read_yaml(path: Path) -> Any:
    """Plain data out of a YAML file; no tag of it can run code.

    Raises:
        InputError: the file is missing or is not YAML in plain form.
    """
    return reading.document(path, str(path))


@dataclass
class _Files:
    """What data/paper holds, as read, and every fault of files that cannot be read."""

    claims: list[tuple[str, Any]] = field(default_factory=list)
    locators: list[dict[str, str]] = field(default_factory=list)
    inventory: list[dict[str, str]] = field(default_factory=list)
    conclusions: list[Any] = field(default_factory=list)
    replies: list[Any] = field(default_factory=list)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)


def _read(folder: Path, *, others: bool) -> _Files:
    found = _Files()
    claim_files = sorted((folder / "claims").glob("*.yaml")) if (folder / "claims").is_dir() else []
    if not claim_files:
        found.faults.append(InputError("there are no claims", "data/paper/claims", "a folder of files *.yaml", "none",
                                       "restore it from git"))
    for path in claim_files:
        where = f"data/paper/claims/{path.name}"
        entries, faults = reading.entries(path, where)
        found.claims += [(f"{where}, entry {place}", entry) for place, entry in enumerate(entries, start=1)]
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
    if others:
        _read_others(folder, found)
    return found


def _read_others(folder: Path, found: _Files) -> None:
    """What notebooks read beside the claims: tables and documents of the paper's own, held to their form."""
    known = {"locators.csv", "inventory.csv", "conclusions.yaml", "replies.yaml", "parameters.yaml",
             "references.yaml", "attributions.yaml", "findings.yaml"}
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.yaml")]):
        where = f"data/paper/{path.name}"
        if path.name in known or path.name.startswith("."):
            continue
        if path.suffix == ".csv":
            found.tables[where], faults = reading.table(path, where)
            found.faults += faults
            continue
        try:
            reading.document(path, where)
        except InputError as error:
            found.faults.append(error)


def check(base: Path | None = None) -> list[InputError]:
    """Every breach of form in the claims, the inventory and the conclusions; an empty list when there is none."""
    files = _read(paths.paper(base), others=True)
    # What rests on a file that cannot be read would be a fault in every line; its own rows are still looked at.
    return files.faults + (_check_claims(files.claims, None) if files.faults else _check(files))


def _check(files: _Files) -> list[InputError]:
    locators = {row["where"] for row in files.locators}
    entries = {entry["id"]: entry for _, entry in files.claims if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
    counts = Counter(row["where"] for row in files.locators)
    errors = [InputError("the locator stands twice", "data/paper/locators.csv", "once", where, "remove one of them")
              for where, count in counts.items() if count > 1]
    errors += _check_claims(files.claims, locators)
    for kind, key, listed in (("conclusion", "rests_on", files.conclusions), ("reply", "claim", files.replies)):
        name = "conclusions" if kind == "conclusion" else "replies"
        for place, entry in enumerate(listed, start=1):
            where = f"data/paper/{name}.yaml, entry {place}"
            faults = breaches(kind, entry, where)
            errors += faults
            ids = [] if faults else entry[key] if isinstance(entry[key], list) else [entry[key]]
            what = "there is no such claim" if kind == "reply" else "a conclusion rests on a claim that does not exist"
            errors += [InputError(what, f"{where}, field {key}", "an id of a claim", id, near(id, entries))
                       for id in ids if id not in entries]
    ids = Counter(entry["id"] for entry in files.conclusions if isinstance(entry, dict) and isinstance(entry.get("id"), str))
    errors += [InputError("the id stands twice", "data/paper/conclusions.yaml", "an id of its own", id, "rename one of them")
               for id, count in ids.items() if count > 1]
    errors += [InputError("there is no such claim", f"{name}, line {line}, column claim", "an id of a claim, or nothing",
                          row["claim"], near(row["claim"], entries))
               for name, rows in files.tables.items() for line, row in enumerate(rows, start=2)
               if row.get("claim") and row["claim"] not in entries]
    return errors + _check_inventory(files.inventory, locators, entries)


def near(name: str, names: Iterable[str]) -> str:
    """What to do about a name that nothing bears."""
    close = difflib.get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]}?" if close else "correct it"


def _check_claims(entries: list[tuple[str, Any]], locators: set[str] | None) -> list[InputError]:
    errors = [error for where, entry in entries for error in breaches("claim", entry, where)]
    counts = Counter(str(entry.get("id")) for _, entry in entries if isinstance(entry, dict))
    for where, entry in entries:
        if not isinstance(entry, dict):
            continue
        if counts[str(entry.get("id"))] > 1 and "id" in entry:
            errors.append(InputError("the id stands twice", where, "an id of its own", str(entry["id"]), "rename one of them"))
        if locators is not None and isinstance(entry.get("where"), str) and entry["where"] not in locators:
            errors.append(InputError("no such locator", f"{where}, field where", "a locator out of data/paper/locators.csv",
                                     entry["where"], near(entry["where"], locators)))
        if isinstance(entry.get("stated"), str):
            try:
                printed.parse(entry["stated"])
            except ValueError as error:
                errors.append(InputError("the stated number cannot be read", f"{where}, field stated",
                                         "digits as printed, or a number word", entry["stated"], str(error)))
    return errors


@functools.cache
def _quick(schema: str) -> Any:
    """A function that raises where an entry breaks a rule: most break none, and jsonschema takes long to import."""
    import fastjsonschema

    return fastjsonschema.compile(read_yaml(SCHEMAS / f"{schema}.yaml"))


@functools.cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(read_yaml(SCHEMAS / f"{schema}.yaml"))


def breaches(schema: str, entry: object, where: str) -> list[InputError]:
    """Every rule of a schema in this package that ``entry`` breaks."""
    from fastjsonschema import JsonSchemaValueException

    try:
        _quick(schema)(entry)
        return []
    except JsonSchemaValueException:
        found = []
    for error in sorted(_validator(schema).iter_errors(entry), key=lambda e: str(list(e.absolute_path))):
        field = "".join(f", field {part}" for part in error.absolute_path)
        found.append(InputError(error.message, where + field, f"{error.validator}: {error.validator_value}"[:160],
                                str(error.instance)[:160], f"see src/helpers/schemas/{schema}.yaml"))
    return found


def _check_inventory(rows: list[dict[str, str]], locators: set[str], claims: dict[str, dict[str, Any]]) -> list[InputError]:
    name = "data/paper/inventory.csv"
    errors, seen = [], Counter(row["where"] for row in rows)
    judged = {row["claim"] for row in rows}
    for line, row in enumerate(rows, start=2):
        where = f"{name}, line {line}"
        errors += breaches("inventory", row, where)
        if row["where"] not in locators:
            errors.append(InputError("no such locator", f"{where}, column where", "a locator out of data/paper/locators.csv",
                                     row["where"], near(row["where"], locators)))
        if row["claim"] and row["claim"] not in claims:
            errors.append(InputError("no such claim", f"{where}, column claim", "an id of a claim", row["claim"],
                                     near(row["claim"], claims)))
        entry = claims.get(row["claim"], {})
        stated = entry.get("stated")
        if stated is not None and row["text"] not in (stated, *entry.get("also", ())):
            errors.append(InputError("the inventory and the claim print different numbers", f"{where}, column text",
                                     f"{stated} as in claim {row['claim']}", row["text"],
                                     "look at the paper, and correct the one that is wrong"))
    for locator, count in seen.items():
        numbers = [row["n"] for row in rows if row["where"] == locator]
        if numbers != [str(n) for n in range(1, count + 1)]:
            errors.append(InputError("numbers of a sentence are not counted 1, 2, 3", f"{name}, {locator}",
                                     ", ".join(str(n) for n in range(1, count + 1)), ", ".join(numbers), "renumber"))
    for id, entry in claims.items():
        if entry.get("kind") in ("number", "count") and id not in judged:
            errors.append(InputError("a stated number is not in the inventory", str(id), f"a row in {name}", "none",
                                     "add the row"))
    return errors


def locators(base: Path | None = None) -> list[str]:
    """Every place of the paper that a claim may name, in its order.

    Raises:
        InputErrors: the file cannot be read.
    """
    rows, faults = reading.table(paths.paper(base) / "locators.csv", "data/paper/locators.csv", LOCATOR_COLUMNS)
    if faults:
        raise InputErrors(faults)
    return [row["where"] for row in rows]


def inventory(base: Path | None = None) -> list[dict[str, str]]:
    """Rows of the inventory, in the order of the paper: where, n, text, claim, exempt.

    Raises:
        InputErrors: the file cannot be read, or a row is not in form.
    """
    rows, faults = reading.table(paths.paper(base) / "inventory.csv", "data/paper/inventory.csv", INVENTORY_COLUMNS)
    if faults:
        raise InputErrors(faults)
    return rows
