"""The interval picture: what the stated digits allow and what the figures allow, one under the other on one axis.

HTML and CSS alone, so it fits any width, any theme, a printer and a page without scripts; every number in it is text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from asprinted.numbers.interval import Interval, decimal_text
from asprinted.numbers.printed import Rounding
from asprinted.paper.register import Claim
from asprinted.report.markup import esc
from asprinted.verdicts.words import grouped


@dataclass(frozen=True)
class Bar:
    """One line of the picture: a label, ends (None: unbounded) and whether it is the stated or a computed value."""

    label: str
    low: Fraction | None
    high: Fraction | None
    kind: str


def picture(claim: Claim, record: Mapping[str, Any]) -> str:
    """The picture as HTML; nothing for a claim that is no number, without a figure beside it, or of several units: one axis
    cannot carry persons and yuan. Of a statement of several numbers one picture each."""
    if record.get("parts"):
        return "".join(picture(claim.named[one["name"]], {
            "convention": record["convention"], "readings": [], **one, "unit": f"{one['name']}: {one['unit']}"})
                       for one in record["parts"])
    units = {record["unit"], *(one.get("unit", record["unit"]) for one in record["readings"] if one["computed"])}
    if not claim.is_number or len(units) > 1 or not [*_computed(record)]:
        return ""
    bars = [*_stated(claim, record), *_computed(record)]
    ends = [end for bar in bars for end in (bar.low, bar.high) if end is not None]
    axis = _axis(min(ends), max(ends), any(bar.low is None for bar in bars), any(bar.high is None for bar in bars))
    lines = "".join(_line(bar, *axis) for bar in bars)
    ticks = "".join(f'<span style="left:{_place(tick, *axis)}%">{esc(_thousands(tick))}</span>' for tick in _ticks(*axis))
    return (f'<div class="numberline">{lines}<div class="nl-axis" aria-hidden="true">{ticks}</div>'
            f'<p class="nl-unit">{esc(record["unit"])}</p></div>')


def _stated(claim: Claim, record: Mapping[str, Any]) -> Iterator[Bar]:
    """The stated interval; where trailing zeros leave the precision open, the finest and the coarsest."""
    meanings = claim.printed(Rounding(record["convention"] or Rounding.HALF_UP)).meanings()
    for one in meanings if len(meanings) < 2 else (meanings[0], meanings[-1]):
        also = f", read to the {_thousands(one.place)}" if len(meanings) > 1 else ""
        said = f"stated {claim.stated}" if claim.qualifier == "exact" else f"stated: {claim.qualifier} {claim.stated}"
        yield Bar(f"{said}{also}: {_words(one.says)}", one.says.low, one.says.high, "stated")
        if one.possible != one.says:
            yield Bar(f"not excluded: {_words(one.possible)}", one.possible.low, one.possible.high, "stated")


def _computed(record: Mapping[str, Any]) -> Iterator[Bar]:
    readings = [(f"read as {one['name']}", one["computed"]) for one in record["readings"]]
    for name, computed in readings or [("computed", record["computed"])]:
        if computed is None:
            continue
        low, high = (None if computed[end] is None else Fraction(computed[end]) for end in ("low", "high"))
        yield Bar(f"{name}: {_words(Interval(low, high))}", low, high, "computed")


def _words(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        end = interval.high if interval.low is None else interval.low
        return ("less than " if interval.low is None else "more than ") + _thousands(end)
    if interval.low == interval.high:
        return f"{_thousands(interval.low)} exactly"
    if _thousands(interval.low) == _thousands(interval.high):
        return _thousands(interval.low)
    left = "from" if interval.low_closed else "from above"
    right = "to" if interval.high_closed else "to below"
    return f"{left} {_thousands(interval.low)} {right} {_thousands(interval.high)}"


def _thousands(value: Fraction | None) -> str:
    """At most four decimals, as people read it.

    >>> _thousands(Fraction(1042000)), _thousands(Fraction("-6.55"))
    ('1,042,000', '-6.55')
    """
    return grouped(decimal_text(value or Fraction(0), 4))


def _axis(low: Fraction, high: Fraction, open_low: bool, open_high: bool) -> tuple[Fraction, Fraction]:
    span = (high - low) or abs(high) or Fraction(1)
    return low - span * Fraction(30 if open_low else 8, 100), high + span * Fraction(30 if open_high else 8, 100)


def _place(value: Fraction, low: Fraction, high: Fraction) -> str:
    return decimal_text(max(Fraction(0), min(Fraction(100), (value - low) / (high - low) * 100)), 2)


def _ticks(low: Fraction, high: Fraction) -> list[Fraction]:
    """Three or four round numbers inside an axis.

    >>> [str(tick) for tick in _ticks(Fraction(1), Fraction(9))]
    ['2', '4', '6', '8']
    """
    rough = (high - low) / 4
    power = Fraction(10) ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = -((-low / step).__floor__())
    found = [step * n for n in range(first, (high / step).__floor__() + 1)]
    return found if len(found) <= 5 else found[::2]


def _line(bar: Bar, low: Fraction, high: Fraction) -> str:
    left = _place(low if bar.low is None else bar.low, low, high)
    width = decimal_text(Fraction(_place(high if bar.high is None else bar.high, low, high)) - Fraction(left), 2)
    ends = ("" if bar.low is not None else " open-low") + ("" if bar.high is not None else " open-high")
    return (f'<div class="nl-row"><span class="nl-label">{esc(bar.label)}</span><div class="nl-track" aria-hidden="true">'
            f'<span class="nl-bar nl-{bar.kind}{ends}" style="left:{left}%;width:{width}%"></span></div></div>')
