"""Which work the paper cites for a passage, whether that work can hold its numbers, and whether it prints them.

Whether a number was copied rightly and whether it is right are two questions. This is the first, beside the verdict,
which answers the second. An audit that records no references has no answers here.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.paper.form import breaches, near
from asprinted.paper.register import Claim
from forkmill import reading
from forkmill.errors import InputError, InputErrors

AS_CITED, DIFFERS, NOT_SEEN, NO_WORK = FAITHFUL = (
    "as cited", "differs from the cited work", "cited work not seen", "no work cited",
)
FILES = {"references": "reference", "attributions": "attribution"}


@dataclass(frozen=True)
class Work:
    """A work that the paper cites; ``appeared`` holds the first and the last month in which it can have, as 2020-02/2020-03."""

    number: int
    work: str
    appeared: str
    seen: str
    page: str = ""

    def can_hold(self, passage: Passage) -> str:
        """Whether it appeared late enough to hold the passage's latest figure: "yes", "possibly" or "no".

        >>> at = Passage("a", (), 1, "2021-01", "the fourth quarter of 2020")
        >>> Work(1, "", "2020-12/2021-02", "not seen").can_hold(at), Work(2, "", "2020-01/2020-12", "not seen").can_hold(at)
        ('possibly', 'no')
        """
        first, last = self.appeared.split("/")
        return "yes" if first >= passage.known_from else "possibly" if last >= passage.known_from else "no"


@dataclass(frozen=True)
class Passage:
    """Sentences with numbers; ``cites`` is the number of the work named for them, or 0; ``prints`` what it prints, by claim."""

    id: str
    where: tuple[str, ...]
    cites: int
    known_from: str
    latest: str
    prints: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True)
class Attributions:
    """The works that a paper cites, by number, and its passages in the order of the text."""

    works: Mapping[int, Work]
    passages: tuple[Passage, ...]

    def of(self, where: str) -> Passage | None:
        """The passage that a locator lies in."""
        return next((passage for passage in self.passages if where in passage.where), None)

    def faithful(self, claim: Claim) -> dict[str, Any] | None:
        """Whether the work cited for a claim prints what the paper states; None where no source is called for, or where words stand
        in a passage whose numbers were seen in it: words are not compared.

        Keys: ``status`` (one of :data:`FAITHFUL`), ``reference`` (number of the work, or None), ``prints`` (its digits, or None).
        """
        passage = self.of(claim.where)
        if passage is None or claim.kind == "identity":
            return None
        if not passage.cites:
            return {"status": NO_WORK, "reference": None, "prints": None}
        digits = passage.prints.get(claim.id)
        if digits is None and passage.prints and not claim.is_printed:
            return None
        status = NOT_SEEN
        if digits is not None:
            same = _values(replace(claim, stated=digits, locale="")) == _values(claim)
            status = AS_CITED if same else DIFFERS
        return {"status": status, "reference": passage.cites, "prints": digits}

    def could_hold(self, passage: Passage) -> list[Work]:
        """The listed works that may hold the figures of a passage, by their date alone."""
        return [work for work in self.works.values() if work.can_hold(passage) != "no"]


def _values(claim: Claim) -> list[Fraction]:
    return [one.as_printed.value for one in claim.named.values() or (claim,)]


def load(base: Path | None = None) -> Attributions:
    """The references and attributions of data/paper; none where an audit records none.

    Raises:
        InputErrors: a file is not in form.
    """
    folder = paths.paper(base)
    return _loaded(folder, reading.stamp(*(folder / f"{name}.yaml" for name in FILES)))


@functools.lru_cache(maxsize=16)
def _loaded(folder: Path, stamp: object) -> Attributions:
    entries, faults = _read(folder)
    if faults:
        raise InputErrors(faults)
    works = {entry["number"]: Work(**entry) for entry in entries["references"]}
    passages = tuple(Passage(**entry | {"where": tuple(entry["where"])}) for entry in entries["attributions"])
    return Attributions(works, passages)


def _read(folder: Path) -> tuple[dict[str, list[Any]], list[InputError]]:
    found: dict[str, list[Any]] = {}
    faults: list[InputError] = []
    for name, schema in FILES.items():
        path, where = folder / f"{name}.yaml", f"data/paper/{name}.yaml"
        found[name], unread = reading.entries(path, where) if path.exists() else ([], [])
        faults += unread
        faults += [error for place, entry in enumerate(found[name], start=1)
                   for error in breaches(schema, entry, f"{where}, entry {place}")]
    return found, faults


def check(claims: Mapping[str, Claim], locators: set[str], base: Path | None = None) -> list[InputError]:
    """Every breach of form, and every name in the attributions that nothing bears."""
    entries, faults = _read(paths.paper(base))
    if faults:
        return faults
    works = {entry["number"] for entry in entries["references"]}
    seen: dict[str, str] = {}
    for place, entry in enumerate(entries["attributions"], start=1):
        where = f"data/paper/attributions.yaml, entry {place} ({entry['id']})"
        if entry["cites"] and entry["cites"] not in works:
            faults.append(InputError("there is no such reference", f"{where}, field cites", "a number out of references.yaml, or 0",
                                     str(entry["cites"]), "add the work, or correct the number"))
        for locator in entry["where"]:
            if locator not in locators:
                faults.append(InputError("no such locator", f"{where}, field where", "a locator out of data/paper/locators.csv",
                                         locator, near(locator, locators)))
            if locator in seen:
                faults.append(InputError("the sentence has two attributions", f"{where}, field where",
                                         f"{locator} in one entry", f"also in {seen[locator]}", "leave it in one of them"))
            seen[locator] = entry["id"]
        for id in entry.get("prints", {}):
            if id not in claims or claims[id].where not in entry["where"]:
                faults.append(InputError("the claim is not one of the passage", f"{where}, field prints",
                                         "claims of its sentences", id, near(id, claims)))
    return faults
