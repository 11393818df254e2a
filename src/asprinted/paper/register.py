"""The register of what a paper claims."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers import printed
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.printed import Rounding
from asprinted.numbers.written.parts import ENDS
from asprinted.paper import files, form, stated, tables
from asprinted.paper.tables import PrintedTable
from asprinted.verdicts.agreement import Stated
from asprinted.verdicts.dates import stated_date
from forkmill import project_files, reading
from forkmill.errors import InputError, InputErrors
from forkmill.schema import near

GUESS = "guess:"  # before what a draft wrote of a claim, and a person is to say in words of their own
READ = ("locators.csv", "inventory.csv", "conclusions.yaml", "replies.yaml", "paper.yaml")


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
    units: Mapping[str, str] = field(default_factory=dict, hash=False)  # of readings that count something else, by their name
    locale: str = ""  # the language whose notation the digits follow, as data/paper/paper.yaml declares it
    table: tuple[str, str, str] | None = None  # of a cell of a printed table: its id, the labels of row and column
    parts: tuple[Any, ...] = field(default=(), hash=False)  # names of the numbers of a statement of several, as the entry has them

    @property
    def is_number(self) -> bool:
        """Whether the claim is a printed number (else it is a statement of order, trend and the like)."""
        return self.kind in ("number", "count")

    @functools.cached_property
    def named(self) -> dict[str, Claim]:
        """The numbers of a statement that prints several, by name, each as a claim with its own text; none of any other claim."""
        found = stated.parts_of(self.stated, self.parts, self.locale or files.DEFAULT) if self.is_number else ()
        own = {one["name"]: one for one in map(stated.declared, self.parts)}
        return {part.name: replace(self, stated=part.text, parts=(), **{
            "units": {} if "unit" in own.get(part.name, {}) else self.units,
            **{key: text for key, text in own.get(part.name, {}).items() if key != "name"}}) for part in found}

    @property
    def is_range(self) -> bool:
        """Whether two ends are stated, so that one quantity may lie between them."""
        return tuple(self.named) == ENDS

    @property
    def is_printed(self) -> bool:
        """Whether the claim is a printed number or a printed date."""
        return self.is_number or self.kind == DATE

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
        return self.as_printed.value * self.factor

    @property
    def as_printed(self) -> printed.Printed:
        """What the stated digits or words print, in units of the scale; of several numbers the first."""
        first = next(iter(self.named.values()), self)
        return printed.parse(first.stated, self.locale or files.DEFAULT)

    @property
    def exactly(self) -> bool:
        """Whether nothing bounds or qualifies the number: no word, no sign of inequality."""
        return self.qualifier == "exact" and not self.as_printed.relation

    @property
    def significant(self) -> int:
        """How many significant digits the number is printed with, trailing zeros of a whole number left out."""
        digits = self.as_printed.digits
        return len((digits if "." in digits else digits.rstrip("0")).replace(".", "").lstrip("0"))

    @property
    def full_unit(self) -> str:
        """Unit of the printed digits, such as "trillion yuan"; of several numbers theirs, and none where it differs."""
        if self.named:
            units = {one.full_unit for one in self.named.values()}
            return units.pop() if len(units) == 1 else ""
        return self.unit if self.scale == "one" else f"{self.scale} {self.unit}"

    def unit_of(self, reading: str) -> str:
        """Unit of the digits under a reading of the sentence."""
        unit = self.units.get(reading)
        return self.full_unit if unit is None else unit if self.scale == "one" else f"{self.scale} {unit}"

    def printed(self, rounding: Rounding) -> Stated:
        """The stated number under a rounding convention, or the stated date."""
        if self.kind == DATE:
            return stated_date(self.stated, self.locale or files.DEFAULT, self.qualifier, rounding)
        number = self.as_printed
        upto = self.named[ENDS[1]].as_printed if self.is_range else None
        return Stated(number, number.relation or self.qualifier, rounding, self.kind == "count", upto)


@dataclass(frozen=True)
class Register:
    """All claims in the order of the paper, the locators they may use, and the conclusions that rest on them."""

    claims: dict[str, Claim]
    locators: tuple[str, ...]
    conclusions: dict[str, dict[str, Any]]
    answers: tuple[dict[str, str], ...] = ()
    tables: Mapping[str, PrintedTable] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Claim:
        try:
            return self.claims[id]
        except (KeyError, TypeError):
            close, named = difflib.get_close_matches(str(id), self.claims, n=1), str(id)[:80]
            do = "judge it with paper.check_table" if named in self.tables else f"did you mean {close[0]}?" if close else ""
            raise InputError("there is no such claim", named, "an id out of data/paper/claims", named,
                             do or "see python -m asprinted list") from None

    def number(self, id: str, part: str = "", *, whole: bool = False) -> Claim:
        """A claim that states one number, or the number of that name of one that states several; ``whole``: a range as one will do.

        Raises:
            InputError: no such claim, or it is not said which of its numbers is meant.
        """
        claim = self[id]
        if not part and (not claim.named or (whole and claim.is_range)):
            return claim
        if part not in claim.named:
            raise InputError("which number of the claim is meant is not said" if claim.named else "the claim states one number", id,
                             ", ".join(claim.named) or "no name of a number", part or "nothing",
                             near(part, claim.named) or ("name one of them" if claim.named else "leave the name out"))
        return claim.named[part]

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
    listed = [*project_files.find(folder / "claims", ".yaml"), *project_files.find(folder / "tables", ".csv"),
              *(folder / name for name in READ)]
    return _loaded(folder, tuple(listed), reading.stamp(*listed))


@functools.lru_cache(maxsize=16)
def _loaded(folder: Path, listed: tuple[Path, ...], stamp: object) -> Register:
    found = files.read(folder, others=False)
    errors = found.faults or form.breaches_of(found)
    if errors:
        raise InputErrors(errors)
    locators = tuple(row["where"] for row in found.locators)
    order = {where: place for place, where in enumerate(locators)}
    entries = [one for _, entry in found.claims
               for one in (tables.claims(entry, found.printed[entry["id"]]) if tables.is_table(entry) else [entry])]
    printed_tables = [tables.table(entry, found.printed[entry["id"]]) for _, entry in found.claims if tables.is_table(entry)]
    claims = [Claim(**entry | {name: tuple(entry.get(name, ())) for name in ("also", "parts")} | {"locale": found.locale})
              for entry in entries]
    claims.sort(key=lambda claim: order[claim.where])
    named = {one.id: tuple(one.cells.values()) for one in printed_tables}
    conclusions = {entry["id"]: entry | {"rests_on": [id for one in entry["rests_on"] for id in named.get(one, (one,))]}
                   for entry in found.conclusions}
    answers = tuple({key: str(text) for key, text in answer.items()} for answer in found.replies)
    return Register({claim.id: claim for claim in claims}, locators, conclusions, answers, {one.id: one for one in printed_tables})
