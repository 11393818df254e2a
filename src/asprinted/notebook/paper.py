"""What a notebook calls: the paper's claims, the official figures, and one call that puts them side by side."""

from __future__ import annotations

import functools
import json
import os
import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from asprinted import paths
from asprinted.data_files import provenance
from asprinted.notebook.contents import Contents
from asprinted.notebook.from_data import FromData
from asprinted.notebook.other_notebooks import Verdicts
from asprinted.notebook.side_by_side import SideBySide, records_of
from asprinted.numbers.dates.days import Dated
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.sources import PAGES
from asprinted.numbers.truth import Truth, taken_as_right
from asprinted.official import labels
from asprinted.official.observations import Official
from asprinted.paper import case, register
from asprinted.paper.case import Case, Value
from asprinted.paper.power import power
from asprinted.paper.register import Claim
from asprinted.verdicts import admitted, arguments
from asprinted.verdicts.agreement import SHORTENED, of_shortened
from asprinted.verdicts.card import Verdict
from asprinted.verdicts.parts import over_parts, power_over
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.record import of_outcome
from asprinted.verdicts.rules import Outcome
from asprinted.verdicts.vocabulary import NOT_JUDGED
from forkmill.errors import InputError
from forkmill.project import GIVEN

VINTAGES = ("first", "latest")
CONDITION = re.compile(taken_as_right(["(.+?)"]))


class Paper(FromData, Contents):
    """The paper under the choices of one run.

    Args:
        vintage, least_evidence: see :class:`asprinted.official.observations.Official`.
        rounding: the convention by which the paper's numbers were shortened.

    Raises:
        InputError: no such choice, or a fault in data/paper.
    """

    def __init__(self, *, vintage: str = "first", rounding: str = "half up", least_evidence: str = "mirror",
                 base: Path | None = None) -> None:
        self.base = base or paths.root()
        admitted.choice("vintage", vintage, VINTAGES)
        admitted.choice("rounding", rounding, [one.value for one in Rounding])
        admitted.choice("least_evidence", least_evidence, PAGES)
        self.register = register.load(self.base)
        self.rounding = Rounding(rounding)
        self.official = Official(self.base, vintage, least_evidence)
        self._own: dict[str, Verdict] = {}

    def stated(self, id: str, part: str = "") -> Any:
        """The number that the paper states, as a quantity in plain units that rests on the claim alone; a date as a Dated.

        Its interval holds whatever the digits may stand for, so that no conclusion hangs on how they were shortened. It has
        the unit that the claim states, and none where that differs from reading to reading. ``part``: which number of a
        statement of several; of a range without it all between its ends.
        """
        claim = self.register.number(id, part, whole=True)
        stated = claim.printed(self.rounding)
        interval = stated.widest().scaled(claim.factor)
        if not claim.is_number:
            return Dated(Quantity(interval, (), (id,)))
        figure = stated.printed.value * claim.factor if claim.exactly and not claim.is_range else None
        return Quantity(interval, (), (id,), figure, unit=None if claim.units else self.official.unit(claim.unit))

    def in_unit(self, value: Quantity | Missing, unit: str) -> Quantity | Missing:
        """The same number with the unit that its words mean, where arithmetic cannot know it."""
        known = self.official.unit(unit)
        return value if isinstance(value, Missing) else replace(value, unit=None if known is None else replace(known, said=True))

    def digits(self, id: str, part: str = "") -> float:
        """The stated digits as a number to draw, whatever word qualifies them; never to decide with."""
        return float(self.register.number(id, part).printed(self.rounding).printed.value)

    def check(
        self,
        id: str,
        value: Value | Mapping[str, Value] | None = None,
        *,
        vintages: Mapping[str, Any] | None = None,
        conventions: Mapping[str, Any] | None = None,
        instead: Mapping[str, Any] | None = None,
        given: Iterable[Quantity | Missing] | Mapping[str, Iterable[Quantity | Missing]] = (),
        note: str = "",
        **readings: Value | Mapping[str, Value],
    ) -> Verdict:
        """Judge one claim: the value it names, or several readings of it by name.

        Args:
            id: a claim of the register.
            value: the quantity (number, count), date or truth (other kinds), where the sentence bears one reading. Of a statement of
                several numbers a mapping of their names; of a range also the one quantity that lies in it.
            vintages, conventions, instead: see :func:`asprinted.verdicts.rules.judge_number`.
            given: see :func:`asprinted.verdicts.rules.judge_number`; for each reading its own, where they are by its name; of
                several numbers by the name of the number.
            note: what a reader should know beside the verdict, such as a lead or an error of a source.
            readings: the readings that the words of the sentence bear, by name.

        Raises:
            InputError: the register has no such claim; what is handed over is no quantity (of another kind of claim no truth);
                its unit is not the claim's; an argument names no reading.
        """
        claim = self.register[id]
        arguments.check(id, readings, claim.units, given, note, vintages=vintages, conventions=conventions, instead=instead)
        listed = {"as worded": value} if value is not None else {}
        listed |= {name.replace("_", " "): reading for name, reading in readings.items()}
        numbers = case.pieces(claim, listed)
        admitted.names(id, listed, claim.units, given if isinstance(given, Mapping) and case.WHOLE in numbers else ())
        cases = {
            name: self._case(number, {one: case.piece(value, name, claim, f"paper.check({id!r}), reading {one}")
                                      for one, value in listed.items()},
                             *(case.of_each(others, name, claim, f"paper.check({id!r}), {what}")
                               for what, others in (("vintage", vintages), ("convention", conventions), ("instead", instead))),
                             case.given_of(given, name, claim, listed))
            for name, number in numbers.items()
        }

        def judged(**choice: Any) -> Outcome:
            return over_readings({one: over_parts({name: piece.outcome(one, **choice) for name, piece in cases.items()},
                                                  {name: piece.claim.stated for name, piece in cases.items()}) for one in listed})

        worth = {name: power(piece.claim, piece.listed, piece.instead) for name, piece in cases.items()}
        record = self._record(claim, judged(measured=True), note, worth)
        record["holds_under"] = self._holds_under(judged, [*cases.values()], record)
        record |= power_over(worth)
        self._own[id] = Verdict(record)
        return self._own[id]

    def judge_later(self, id: str) -> Verdict | SideBySide:
        """Say of a claim, or of each cell of a printed table, that nobody has judged it yet, until a check does: it counts as no verdict.

        Raises:
            InputError: the register has no such claim.
        """
        def later(claim: str) -> Verdict:
            waiting = Outcome(NOT_JUDGED, "nobody has said yet what it is to be compared with")
            return Verdict(self._record(self.register[claim], waiting, "") | {"could_fail": False})

        table = self.register.tables.get(id) if isinstance(id, str) else None
        return SideBySide([later(cell) for cell in table.cells.values()]) if table else later(id)

    def side_by_side(self, *verdicts: Verdict) -> SideBySide:
        """The claims of a paragraph in one table, each as :meth:`check` judged it: the last line of the cell that does."""
        return SideBySide(verdicts)

    @property
    def own(self) -> list[Verdict]:
        """The verdicts of this notebook so far, each claim once however often its cell was run."""
        return list(self._own.values())

    def _case(self, claim: Claim, listed: Mapping[str, Any], vintages: Mapping[str, Any], conventions: Mapping[str, Any],
              instead: Mapping[str, Any], given: Mapping[str, Iterable[Any]]) -> Case:
        """A claim, or one number of it, with all that it is judged by: each value of its kind, in its unit and its scale."""
        listed = {name: self._admitted(claim, reading, name) for name, reading in listed.items()}

        def scaled(quantities: Mapping[str, Quantity | Missing], what: str) -> dict[str, Quantity | Missing]:
            return {name: case.scaled(self._admitted(claim, q, f"{what} {name}"), claim) for name, q in quantities.items()}

        extra: dict[str, Any] = {
            "vintages": scaled(vintages, "vintage"),
            "instead": {name: case.scaled(admitted.alike(q, self.official.unit(claim.unit)), claim) for name, q in instead.items()},
            "shortened_to": (),  # done once, here
        }
        extras = {
            name: extra | {
                "given": [case.scaled(self._admitted(claim, q, name, measured=False), claim) for q in given[name]],
                "conventions": {key: case.scaled(q, claim) for key, q in self._of_shortened(reading).items()}
                | scaled(conventions, "convention"),
            } for name, reading in listed.items()
        }
        return Case(claim, listed, extras, lambda: self.rounding)

    def _of_shortened(self, value: Value) -> dict[str, Quantity | Missing]:
        """The value as calculated with shortened figures: to the digits that texts keep, or that this paper prints of one of them."""
        if isinstance(value, Truth):
            return {}
        digits = {*SHORTENED}
        for figure in value.looked_up() if isinstance(value, Quantity) else ():
            if figure.rows and figure.published:
                digits |= {claim.significant for claim, possible in self._stated_levels
                           if figure.published in possible and figure.published != claim.value}
        return of_shortened(value, digits)

    def _admitted(self, claim: Claim, value: Value, reading: str, *, measured: bool = True) -> Any:
        """The value, which must be of the claim's kind and in its unit; ``measured`` as well: no factor from its digits."""
        where = f"paper.check({claim.id!r}), reading {reading}"
        value = admitted.of_kind(value, where, claim.kind, is_number=claim.is_number)
        if not claim.is_number or isinstance(value, Truth):
            return value
        unit = self.official.unit(claim.units.get(reading, claim.unit))
        found = admitted.of_unit(value, unit, where)
        if measured:
            admitted.of_scale(found, claim.printed(self.rounding), unit, claim.factor, where)
        return found

    @functools.cached_property
    def _rows(self) -> labels.Rows:
        return ChainMap(provenance.rows(self.base), labels.ByKey(self.base))  # type: ignore[arg-type]

    @functools.cached_property
    def _stated_levels(self) -> list[tuple[Claim, Interval]]:
        """Every level that the paper prints in millions or more, and the values that it may stand for, in plain units."""
        listed = [one for claim in self.register.claims.values() for one in claim.named.values() or (claim,)]
        return [(claim, claim.printed(self.rounding).widest().scaled(claim.factor)) for claim in listed
                if claim.kind == "number" and claim.scale != "one" and claim.exactly]

    def _holds_under(self, judged: Callable[..., Outcome], cases: list[Case], record: dict[str, Any]) -> dict[str, list[str]]:
        """The rounding conventions and the listed vintages under which the verdict is the same, and those where not."""
        named = dict.fromkeys(name for one in cases for extra in one.extras.values() for name in extra["vintages"])
        vintages = {name: judged(vintage=name).verdict for name in named}
        found = {"rounding": {rounding.value: judged(rounding=rounding).verdict for rounding in Rounding},
                 "vintage": vintages or {record["vintage"]: record["verdict"]}}
        holds = {kind: [name for name, other in named.items() if other == record["verdict"]] for kind, named in found.items()}
        return holds | {"not": [f"{kind}: {name}, {other}" for kind, named in found.items() for name, other in named.items()
                                if other != record["verdict"]]}

    def _record(self, claim: Claim, outcome: Outcome, note: str, worth: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
        record = {
            "id": claim.id, "where": claim.where, "section": claim.section, "kind": claim.kind,
            "quantity": claim.quantity, "stated": claim.stated, "unit": claim.full_unit, "qualifier": claim.qualifier,
            **of_outcome(outcome), **case.parts_of(claim, outcome, worth),
            "readings": [{"name": name, "unit": claim.unit_of(name), **of_outcome(reading), **case.parts_of(claim, reading, {})}
                         for name, reading in outcome.readings.items()] if len(outcome.readings) > 1 else [],
            "convention": self.rounding.value, "vintage": outcome.vintage or self.official.vintage, "note": note,
            **self._around(claim, outcome),
        }
        for one in (record, *record["readings"], *record.get("parts", ())):
            one["reason"], *one["only_by"] = map(self._named, (one["reason"], *one["only_by"]))
        return record

    def _named(self, text: str) -> str:
        """A text whose conditions have what the paper states before the id of each claim; an id may be a word of every day elsewhere."""
        return CONDITION.sub(lambda found: taken_as_right(f"{case.said(self.register[id])} ({id})" for id in found[1].split(", ")), text)

    def _around(self, claim: Claim, outcome: Outcome) -> dict[str, Any]:
        """What a reader is told around a verdict: what turned it, what was replied, the cited work, what would settle it, the pages."""
        return {
            "turns": self.register.turns(claim.id), "replies": self.register.replies(claim.id),
            "faithful": self.attributions.faithful(claim),
            **({"table": dict(zip(("id", "row", "column"), claim.table, strict=True))} if claim.table else {}),
            "settles": labels.wanted(outcome.wanted, self._rows, paths.official(self.base)),
            "pages": labels.pages(outcome.rows, self._rows),
        }

    def verdicts(self, *notebooks: str) -> Verdicts:
        """The verdicts of other notebooks (file names without ending), those that a reader of them rests on.

        Within a run these are the verdicts of the run, which therefore executes the named notebooks first; outside
        one they are those of the committed notebooks.
        """
        named = os.environ.get(GIVEN)
        if named:
            given = json.loads(Path(named).read_text(encoding="utf-8"))
            chosen = [record for name, records in given.items() if name in notebooks for record in records]
            return Verdicts(chosen, "the run that executed this notebook", tuple(self.register.claims))
        records = []
        for stem in notebooks:
            path = paths.notebooks(self.base) / f"{stem}.ipynb"
            if not path.is_file():
                raise InputError("there is no such notebook", stem, "the file name of a notebook, without ending", stem,
                                 f"see {paths.notebooks(self.base).name}/")
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                for output in cell.get("outputs", []):
                    records += [record | {"notebook": stem} for record in records_of(output.get("data", {}))]
        return Verdicts(records, "the committed notebooks", tuple(self.register.claims))
