"""What a run with default parameters found otherwise than the committed notebooks say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from asprinted.audit.collect import records
from asprinted.verdicts.record import Record
from asprinted.verdicts.words import many
from forkmill.notebooks.ipynb import Cell, Notebook, normal_outputs
from forkmill.notebooks.rules import CHECKED, IGNORED


@dataclass(frozen=True)
class Change:
    """One claim whose record differs; a verdict is None where there was, or is, no record."""

    claim: str
    before: str | None
    after: str | None
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.before == self.after:
            return f"{self.claim}: still {self.after}, but other: " + ", ".join(self.fields)
        return f"{self.claim}: {self.before or 'not recorded'} -> {self.after or 'no longer judged'}"


def changes(found: dict[str, Record], committed: list[Notebook]) -> list[Change]:
    """Claims whose record is another than in the committed notebooks, in the order of ``found``; lost ones last."""
    recorded = {record.get("id"): record for record in records(committed)}
    changed = []
    for claim, record in found.items():
        old = recorded.get(claim)
        if old is None:
            changed.append(Change(claim, None, record["verdict"]))
        elif old != record:
            fields = [name for name in {**old, **record} if name not in old or name not in record or old[name] != record[name]]
            changed.append(Change(claim, old.get("verdict"), record["verdict"], tuple(fields)))
    changed += [
        Change(str(claim), record.get("verdict"), None) for claim, record in recorded.items() if claim not in found
    ]
    return changed


def told(changed: list[Change]) -> list[str]:
    """A line a change; cells of one printed table that changed in the same way are one.

    >>> told([Change("t[a, b]", None, "reproduced"), Change("t[c, d]", None, "reproduced"), Change("rate", None, "reproduced")])
    ['t, 2 cells: not recorded -> reproduced', 'rate: not recorded -> reproduced']
    """
    alike: dict[Change, list[Change]] = {}
    for one in changed:
        alike.setdefault(replace(one, claim=one.claim.partition("[")[0]), []).append(one)
    return [str(found[0] if len(found) == 1 else replace(same, claim=f"{same.claim}, {many(len(found), 'cell')}"))
            for same, found in alike.items()]


def other_outputs(executed: list[Notebook], committed: list[Notebook]) -> list[str]:
    """Labels of compared cells of which something that is compared differs from the committed notebook."""
    stored = {one.name: {cell.id: _shown(cell) for cell in one.code} for one in committed}
    return [
        cell.label
        for one in executed
        for cell in one.code
        if CHECKED in cell.tags and stored.get(one.name, {}).get(cell.id) != _shown(cell)
    ]


def _shown(cell: Cell) -> list[Any]:
    shown: list[Any] = []
    for output in normal_outputs(cell.outputs):
        shown += [output["text"]] if output.get("name") == "stdout" else []
        shown += [(mime, value) for mime, value in output.get("data", {}).items() if mime not in IGNORED]
    return shown
