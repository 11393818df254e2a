"""The register of what a paper claims, and the inventory of every number in it."""

from __future__ import annotations

import csv
import difflib
import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from helpers import paths, printed
from helpers.errors import InputError, InputErrors
from helpers.printed import Rounding
from helpers.verdict import Stated

SCHEMAS = Path(__file__).with_name("schemas")
SCALES = {
    "one": 1, "thousand": 10**3, "ten thousand": 10**4, "million": 10**6, "hundred million": 10**8, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
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
        return Fraction(SCALES[self.scale])

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
    folder = paths.paper(base)
    errors = check(base)
    if errors:
        raise InputErrors(errors)
    locators = tuple(row["where"] for row in _rows(folder / "locators.csv", LOCATOR_COLUMNS))
    order = {where: place for place, where in enumerate(locators)}
    claims = [Claim(**entry) for _, entry in _entries(folder)]
    claims.sort(key=lambda claim: order[claim.where])
    conclusions = {entry["id"]: entry for entry in _conclusions(folder)}
    replies = read_yaml(folder / "replies.yaml") if (folder / "replies.yaml").is_file() else []
    answers = tuple({key: str(text) for key, text in answer.items()} for answer in replies)
    return Register({claim.id: claim for claim in claims}, locators, conclusions, answers)


def read_yaml(path: Path) -> Any:
    """Plain data out of a YAML file; no tag of it can run code.

    Raises:
        InputError: the file is missing or is not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise InputError("the file is missing", str(path), "a file", "nothing", "restore it from the repository") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError("not YAML", str(path), "YAML in UTF-8", str(error).replace("\n", " "), "mend it there") from None


def _rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    name = f"data/paper/{path.name}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
            found = list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("the table cannot be read", name, "a CSV file in UTF-8", str(error), "mend or restore it") from None
    if found != columns:
        raise InputError("wrong columns", name, ", ".join(columns), ", ".join(found) or "none", "name them so, in this order")
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise InputError("the row has not as many cells as there are columns", f"{name}, line {line}", f"{len(columns)} cells",
                             str(sum(value is not None for value in row.values())), "quote a cell that holds a comma")
    return rows


def _listed(path: Path, name: str) -> list[Any]:
    content = read_yaml(path)
    if not isinstance(content, list):
        raise InputError("not a list of entries", name, "entries that begin with a dash", type(content).__name__, "see the other files")
    return content


def _entries(folder: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted((folder / "claims").glob("*.yaml")):
        name = f"data/paper/claims/{path.name}"
        for place, entry in enumerate(_listed(path, name), start=1):
            yield f"{name}, entry {place}", entry


def _conclusions(folder: Path) -> list[dict[str, Any]]:
    name = "data/paper/conclusions.yaml"
    entries = _listed(folder / "conclusions.yaml", name)
    for place, entry in enumerate(entries, start=1):
        errors = breaches("conclusion", entry, f"{name}, entry {place}")
        if errors:
            raise InputErrors(errors)
    return entries


def check(base: Path | None = None) -> list[InputError]:
    """Every breach of form in the claims, the inventory and the conclusions; an empty list when there is none."""
    folder = paths.paper(base)
    try:
        locators = {row["where"] for row in _rows(folder / "locators.csv", LOCATOR_COLUMNS)}
        entries = list(_entries(folder))
        conclusions = _conclusions(folder)
        listed = _rows(folder / "inventory.csv", INVENTORY_COLUMNS)
    except InputError as error:
        return [error]
    except InputErrors as error:
        return error.errors
    errors = _check_claims(entries, locators)
    ids = {str(entry.get("id")) for _, entry in entries if isinstance(entry, dict)}
    for entry in conclusions:
        errors += [
            InputError("a conclusion rests on a claim that does not exist", f"data/paper/conclusions.yaml, {entry['id']}",
                       "ids of claims", id, "correct the id")
            for id in entry["rests_on"] if id not in ids
        ]  # fmt: skip
    named = {entry["id"]: entry for _, entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
    return errors + _check_inventory(listed, locators, named)


def _check_claims(entries: list[tuple[str, dict[str, Any]]], locators: set[str]) -> list[InputError]:
    errors = [error for where, entry in entries for error in breaches("claim", entry, where)]
    counts = Counter(str(entry.get("id")) for _, entry in entries if isinstance(entry, dict))
    for where, entry in entries:
        if not isinstance(entry, dict):
            continue
        if counts[str(entry.get("id"))] > 1:
            errors.append(InputError("the id stands twice", where, "an id of its own", str(entry.get("id")), "rename one of them"))
        if str(entry.get("where")) not in locators:
            errors.append(InputError("no such locator", f"{where}, field where", "a locator out of data/paper/locators.csv",
                                     str(entry.get("where")), "correct the locator"))
        if isinstance(entry.get("stated"), str):
            try:
                printed.parse(entry["stated"])
            except ValueError as error:
                errors.append(InputError("the stated number cannot be read", f"{where}, field stated",
                                         "digits as printed, or a number word", entry["stated"], str(error)))
    return errors


@functools.cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(read_yaml(SCHEMAS / f"{schema}.yaml"))


def breaches(schema: str, entry: object, where: str) -> list[InputError]:
    """Every rule of a schema in this package that ``entry`` breaks."""
    found = []
    for error in sorted(_validator(schema).iter_errors(entry), key=lambda e: str(list(e.absolute_path))):
        field = "".join(f", field {part}" for part in error.absolute_path)
        found.append(InputError(error.message, where + field, f"{error.validator}: {error.validator_value}"[:160],
                                str(error.instance)[:160], f"see src/helpers/schemas/{schema}.yaml"))
    return found


def _check_inventory(
    rows: list[dict[str, str]], locators: set[str], claims: dict[str, dict[str, Any]]
) -> list[InputError]:
    name = "data/paper/inventory.csv"
    errors, seen = [], Counter(row["where"] for row in rows)
    judged = {row["claim"] for row in rows}
    for line, row in enumerate(rows, start=2):
        where = f"{name}, line {line}"
        errors += breaches("inventory", row, where)
        if row["where"] not in locators:
            errors.append(InputError("no such locator", where, "a locator out of locators.csv", row["where"], "correct it"))
        if row["claim"] and row["claim"] not in claims:
            errors.append(InputError("no such claim", where, "an id of a claim", row["claim"], "correct it"))
        stated = claims.get(row["claim"], {}).get("stated")
        if stated is not None and stated != row["text"]:
            errors.append(InputError("the inventory and the claim print different numbers", where, f"{stated} as in claim {row['claim']}",
                                     row["text"], "look at the paper, and correct the one that is wrong"))
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


def inventory(base: Path | None = None) -> list[dict[str, str]]:
    """Rows of the inventory, in the order of the paper: where, n, text, claim, exempt."""
    return _rows(paths.paper(base) / "inventory.csv", INVENTORY_COLUMNS)
