"""What a notebook calls: the paper's claims, the official figures, and one call that puts them side by side."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from asprinted import paths
from asprinted.data import provenance
from asprinted.from_data import FromData
from asprinted.judged import Verdicts
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.sources import PAGES
from asprinted.numbers.truth import Truth
from asprinted.official import words
from asprinted.official.observations import Official
from asprinted.paper import attribution, register
from asprinted.paper.files import inventory, read_yaml
from asprinted.paper.power import power
from asprinted.paper.register import Claim
from asprinted.side_by_side import SideBySide, records_of
from asprinted.verdicts import admitted, arguments
from asprinted.verdicts.agreement import SHORTENED, of_shortened
from asprinted.verdicts.card import Verdict
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.record import of_outcome
from asprinted.verdicts.rules import Outcome, judge_number, judge_truth
from asprinted.verdicts.vocabulary import NOT_JUDGED
from forkmill.errors import InputError
from forkmill.project import GIVEN

Value = Quantity | Missing | Truth
VINTAGES = ("first", "latest")
APART = ("fig/", "tab/")  # locators of captions and of tables, which lie in the section around them


class Paper(FromData):
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

    @functools.cached_property
    def attributions(self) -> attribution.Attributions:
        """The works that the paper cites, and its passages with the work that each names."""
        return attribution.load(self.base)

    def stated(self, id: str) -> Quantity:
        """The number that the paper states, as a quantity in plain units that rests on the claim alone.

        Its interval holds whatever the digits may stand for, so that no conclusion hangs on how they were shortened. It has
        the unit that the claim states, and none where that differs from reading to reading.
        """
        claim = self.register[id]
        stated = claim.printed(self.rounding)
        interval = stated.widest().scaled(claim.factor)
        figure = stated.printed.value * claim.factor if claim.exactly else None
        return Quantity(interval, (), (id,), figure, unit=None if claim.units else self.official.unit(claim.unit))

    def in_unit(self, value: Quantity | Missing, unit: str) -> Quantity | Missing:
        """The same number with the unit that its words mean, where arithmetic cannot know it."""
        return value if isinstance(value, Missing) else replace(value, unit=self.official.unit(unit))

    def digits(self, id: str) -> float:
        """The stated digits as a number to draw, whatever word qualifies them; never to decide with."""
        return float(self.register[id].printed(self.rounding).printed.value)

    def table(self, name: str) -> pd.DataFrame:
        """A table of data/paper as strings, for instance the points of the figures."""
        return pd.read_csv(paths.paper(self.base) / f"{name}.csv", dtype=str, keep_default_na=False)

    def inventory(self) -> pd.DataFrame:
        """Every number of the paper in reading order, as strings: where, n, text, claim, exempt."""
        return pd.DataFrame(inventory(self.base))

    def document(self, name: str) -> Any:
        """A YAML document of data/paper, for instance the mechanism."""
        return read_yaml(paths.paper(self.base) / f"{name}.yaml")

    def check(
        self,
        id: str,
        value: Value | None = None,
        *,
        vintages: Mapping[str, Quantity | Missing] | None = None,
        conventions: Mapping[str, Quantity | Missing] | None = None,
        instead: Mapping[str, Quantity | Missing] | None = None,
        given: Iterable[Quantity | Missing] | Mapping[str, Iterable[Quantity | Missing]] = (),
        note: str = "",
        **readings: Value,
    ) -> Verdict:
        """Judge one claim: the value it names, or several readings of it by name.

        Args:
            id: a claim of the register.
            value: the quantity (number, count) or truth (other kinds), where the sentence bears one reading.
            vintages, conventions, instead: see :func:`asprinted.verdicts.rules.judge_number`.
            given: see :func:`asprinted.verdicts.rules.judge_number`; for each reading its own, where they are by its name.
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
        admitted.names(id, listed, claim.units, given if isinstance(given, Mapping) else ())
        listed = {name: self._admitted(claim, reading, name) for name, reading in listed.items()}
        implied = {name: given.get(name, ()) for name in listed} if isinstance(given, Mapping) else dict.fromkeys(listed, tuple(given))
        others = {name: admitted.alike(q, self.official.unit(claim.unit)) for name, q in (instead or {}).items()}

        def scaled(quantities: Mapping[str, Quantity | Missing] | None, what: str) -> dict[str, Quantity | Missing]:
            return {name: _scaled(self._admitted(claim, q, f"{what} {name}"), claim) for name, q in (quantities or {}).items()}

        extra: dict[str, Any] = {
            "vintages": scaled(vintages, "vintage"),
            "instead": {name: _scaled(q, claim) for name, q in others.items()},
            "shortened_to": (),  # done once, here
        }
        extras = {
            name: extra | {
                "given": [_scaled(self._admitted(claim, q, name, measured=False), claim) for q in implied[name]],
                "conventions": {key: _scaled(q, claim) for key, q in self._of_shortened(reading).items()}
                | scaled(conventions, "convention"),
            } for name, reading in listed.items()
        }  # fmt: skip

        def outcome(claim: Claim, listed: Mapping[str, Value], measured: bool = False) -> Outcome:
            return over_readings({name: self._judge(claim, reading, extras[name], measured=measured)
                                  for name, reading in listed.items()})

        record = self._record(claim, outcome(claim, listed, measured=True), note)
        record["holds_under"] = self._holds_under(claim, listed, extras, record)
        record |= power(claim, listed, outcome)
        verdict = Verdict(record)
        self._own[id] = verdict
        return verdict

    def judge_later(self, id: str) -> Verdict:
        """Say of a claim that nobody has judged it yet: its record is that state, which counts nowhere as a verdict.

        It stands in the cell of the claim until :meth:`check` takes its place.

        Raises:
            InputError: the register has no such claim.
        """
        waiting = Outcome(NOT_JUDGED, "nobody has said yet what it is to be compared with")
        return Verdict(self._record(self.register[id], waiting, "") | {"could_fail": False})

    def side_by_side(self, *verdicts: Verdict) -> SideBySide:
        """The claims of a paragraph in one table, each as :meth:`check` judged it: the last line of the cell that does."""
        return SideBySide(verdicts)

    @property
    def own(self) -> list[Verdict]:
        """The verdicts of this notebook so far, each claim once however often its cell was run."""
        return list(self._own.values())

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
        admitted.of_kind(value, where, claim.kind, is_number=claim.is_number)
        if not claim.is_number or isinstance(value, Truth):
            return value
        unit = self.official.unit(claim.units.get(reading, claim.unit))
        found = admitted.of_unit(value, unit, where)
        if measured:
            admitted.of_scale(found, claim.printed(self.rounding), unit, claim.factor, where)
        return found

    @functools.cached_property
    def _rows(self) -> words.Rows:
        return {**words.by_key(paths.official(self.base)), **provenance.rows(self.base)}

    @functools.cached_property
    def _stated_levels(self) -> list[tuple[Claim, Interval]]:
        """Every level that the paper prints in millions or more, and the values that it may stand for, in plain units."""
        return [(claim, claim.printed(self.rounding).widest().scaled(claim.factor)) for claim in self.register.claims.values()
                if claim.kind == "number" and claim.scale != "one" and claim.exactly]

    def _judge(self, claim: Claim, value: Value, extra: dict[str, Any], rounding: Rounding | None = None,
               measured: bool = False) -> Outcome:
        if not claim.is_number or isinstance(value, Truth):
            return judge_truth(value, within_the_paper=claim.kind == "identity")  # type: ignore[arg-type]
        return judge_number(claim.printed(rounding or self.rounding), _scaled(value, claim), **extra, measured=measured)

    def _holds_under(self, claim: Claim, listed: dict[str, Value], extras: dict[str, dict[str, Any]],
                     record: dict[str, Any]) -> dict[str, list[str]]:
        """The rounding conventions and the listed vintages under which the verdict is the same, and those where not."""
        def verdict(rounding: Rounding | None = None, vintage: str | None = None) -> str:
            return over_readings({
                name: self._judge(claim, reading, extras[name], rounding) if vintage is None
                else judge_number(claim.printed(self.rounding), extras[name]["vintages"][vintage], **extras[name], measured=False)
                for name, reading in listed.items()
            }).verdict  # fmt: skip

        vintages = {name: verdict(vintage=name) for extra in extras.values() for name in extra["vintages"]}
        found = {"rounding": {rounding.value: verdict(rounding) for rounding in Rounding},
                 "vintage": vintages or {record["vintage"]: record["verdict"]}}
        holds = {kind: [name for name, other in named.items() if other == record["verdict"]] for kind, named in found.items()}
        return holds | {"not": [f"{kind}: {name}, {other}" for kind, named in found.items() for name, other in named.items()
                                if other != record["verdict"]]}

    def _record(self, claim: Claim, outcome: Outcome, note: str) -> dict[str, Any]:
        record = {
            "id": claim.id, "where": claim.where, "section": claim.section, "kind": claim.kind,
            "quantity": claim.quantity, "stated": claim.stated, "unit": claim.full_unit, "qualifier": claim.qualifier,
            **of_outcome(outcome),
            "readings": [{"name": name, "unit": claim.unit_of(name), **of_outcome(reading)} for name, reading in outcome.readings.items()]
            if len(outcome.readings) > 1 else [],
            "convention": self.rounding.value, "vintage": outcome.vintage or self.official.vintage, "note": note,
            "turns": self.register.turns(claim.id), "replies": self.register.replies(claim.id),
            "faithful": self.attributions.faithful(claim),
            **({"table": dict(zip(("id", "row", "column"), claim.table, strict=True))} if claim.table else {}),
            "settles": words.wanted(outcome.wanted, self._rows, paths.official(self.base)), "pages": words.pages(outcome.rows, self._rows),
        }  # fmt: skip
        return record

    def section(self, where: str) -> str:
        """Number of the section that a locator lies in; a caption or a table lies in that of the sentence before it."""
        if not where.startswith(APART):
            return where.partition("/")[0]
        before = self.register.locators[: self.register.locators.index(where)]
        return next(w.partition("/")[0] for w in reversed(before) if not w.startswith(APART))

    def subsections(self, section: str) -> list[str]:
        """Numbers of the subsections of a section, counted from the locators: 3.1, 3.2, ..."""
        heads = [where.removesuffix("/title") for where in self.register.locators if where.endswith("/title")]
        return [head for head in heads if head.startswith(f"{section}.")]

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


def _scaled(value: Quantity | Missing, claim: Claim) -> Quantity | Missing:
    """The quantity in units of the printed digits; the figure stays a figure."""
    if isinstance(value, Missing) or claim.factor == 1:
        return value
    published = None if value.published is None else value.published / claim.factor
    return replace(value.mapped(lambda interval: interval.scaled(1 / claim.factor)), published=published, derived=value.derived)
