"""Which defects a run plants: of every class the same number, drawn by a seed from all that could be planted."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from asprinted import paths
from asprinted.notebook.side_by_side import records_of
from mutants import plant_claims, plant_code, plant_notebooks, plant_readings, plant_tables
from mutants.defect import Defect, draw

SIZE, SEED = 20, 20200930
FAMILIES = (
    "digit of a stated number", "digit of an official value", "digit of an official value and of its excerpt", "unit or scale",
    "wrong year or quarter", "cumulative for single quarter", "wrong row of the right table", "wrong vintage",
    "nominal for real", "rounding convention", "qualifier", "changed formula in a notebook",
    "constant in place of a computation", "stale stored output", "deleted claim or check", "point moved in a figure's data",
    "changed parameter default", plant_readings.FAMILY,
    *(f"changed module: {module}" for module in plant_code.MODULES if module not in plant_code.COUNTED_WITH),
)
# Of these every place, which is a line or a claim, is changed once.
EVERY_PLACE = (*(f"changed module: {module}" for module in ("interval", "agreement", "rules")), plant_readings.FAMILY)


def bearing(root: Path) -> set[str]:
    """Keys of the official rows that a verdict of the record rests on."""
    return {row for path in sorted(paths.notebooks(root).glob("*.ipynb"))
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] for output in cell.get("outputs", [])
            for record in records_of(output.get("data", {})) for row in record["sources"]}


def plan(root: Path, seed: int = SEED, sample: int | None = None) -> list[Defect]:
    """The defects of a run, class by class; ``sample`` of each class in place of the full number.

    Where a class can be planted in rows, half of them (or a third, where notebooks or statements can have it too) are
    rows that a verdict rests on: a draw over all rows would mostly meet those that no claim of the paper reads.
    """
    rests_on, strata = bearing(root), defaultdict(lambda: defaultdict(list))
    sources = [plant_tables.Tables(root), plant_claims.Statements(root), plant_notebooks.Notebooks(root), plant_readings.Readings(root)]
    for one in [*(one for source in sources for one in source.candidates()), *plant_code.candidates(root)]:
        strata[one.family][(bool(one.rows), bool(rests_on & {*one.rows}))].append(one)
    chosen: list[Defect] = []
    for family in FAMILIES:
        parts = list(strata[family].values())
        size = SIZE if sample is None else sample
        if sample is None and family in EVERY_PLACE:
            size = len({one.where for part in parts for one in part})
        share = -(-size // max(1, len(parts)))
        drawn = [one for part in parts for one in draw(part, share, seed)]
        taken = {one.key for one in drawn}
        drawn += draw((one for part in parts for one in part if one.key not in taken), size - len(drawn), seed)
        chosen += drawn if sample is None else draw(drawn, size, seed)
    return chosen


def probes(root: Path, seed: int = SEED) -> list[Defect]:
    """For every row that a verdict rests on one gross misreading of its source: what notices it guards the row."""
    rests_on = bearing(root)
    family = "digit of an official value and of its excerpt"
    found = [one for one in plant_tables.Tables(root).candidates() if one.family == family and rests_on & {*one.rows}]
    return draw(found, len({one.where for one in found}), seed + 1)
