"""What the notebooks find, under every choice that they can be given, once for all tests of this folder."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from second.paper import Choice, choices

from asprinted import paths
from asprinted.robustness import sweep
from asprinted.robustness.parameter_reads import observe
from asprinted.robustness.replay import judging
from checkout import ROOT


def whole_records(orders: Iterable[sweep.Order]) -> list[sweep.Answer]:
    """The answers of a sweep with all of each claim's record that an observation works out."""
    seen = [(one, observe(paths.notebooks(ROOT) / f"{one.notebook}.ipynb", dict(one.differing), one.cells)) for one in orders]
    return [
        sweep.Answer(
            one, [found.record | {"reads": sorted(found.reads), "cells": sorted(found.cells)} for found in all_found]
        )
        for one, all_found in seen
    ]


class Records:
    """The record of a claim under a choice, computed under every combination of the parameters that the claim reads."""

    def __init__(self) -> None:
        asked = choices()
        declared = {name: replace(one, allowed=tuple(dict.fromkeys(getattr(choice, name) for choice in asked)))
                    for name, one in sweep.declared(ROOT).items()}
        tables = sweep.sweep(declared, judging(ROOT), whole_records)
        self.notebooks = {claim: table for table in tables for claim in table.reads}

    def __call__(self, id: str, choice: Choice) -> dict[str, Any]:
        notebook = self.notebooks[id]
        read = {name: values[0] for name, values in notebook.values.items() if name in notebook.reads[id]}
        chosen = ((name, getattr(choice, name)) for name in read)
        return notebook.rows[id, tuple((name, value) for name, value in chosen if value != read[name])]


@functools.cache
def _all() -> Records:
    return Records()


def record_under(id: str, choice: Choice) -> dict[str, Any]:
    """The record of a claim under a choice; all are made at the first call, and nothing of them is changed."""
    return _all()(id, choice)


def judged() -> list[str]:
    """The claims that some notebook judges."""
    return sorted(_all().notebooks)


def readings(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The readings of a record; one that has none is its own."""
    return record["readings"] or [record]


def ends(record: dict[str, Any]) -> tuple[Fraction | None, Fraction | None] | None:
    """The two ends of a computed interval."""
    bounds = record["computed"]
    return bounds and tuple(None if bounds[side] is None else Fraction(bounds[side]) for side in ("low", "high"))
