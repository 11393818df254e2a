"""What a reader should know first: sentences that can be quoted, each shown only as long as a run gives its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.paper.form import breaches, near
from asprinted.verdicts.vocabulary import VERDICTS
from forkmill import reading
from forkmill.errors import InputError

Finding = dict[str, Any]


def listed(base: Path | None = None) -> tuple[list[Finding], list[InputError]]:
    """The findings of data/paper/findings.yaml, in their order, and every breach of form; none where there is no file."""
    path, where = paths.paper(base) / "findings.yaml", "data/paper/findings.yaml"
    if not path.exists():
        return [], []
    entries, faults = reading.entries(path, where)
    faults += [error for place, entry in enumerate(entries, start=1) for error in breaches("finding", entry, f"{where}, entry {place}")]
    return entries, faults


def check(claims: Mapping[str, Any], base: Path | None = None) -> list[InputError]:
    """Every breach of form, and every claim or verdict that does not exist."""
    entries, faults = listed(base)
    if faults:
        return faults
    for place, entry in enumerate(entries, start=1):
        where = f"data/paper/findings.yaml, entry {place}"
        faults += [InputError("there is no such claim", f"{where}, field claim", "an id of a claim", id, near(id, claims))
                   for id in spoken_of(entry) if id not in claims]
        if entry["verdict"] not in VERDICTS:
            faults.append(InputError("there is no such verdict", f"{where}, field verdict", ", ".join(VERDICTS), entry["verdict"],
                                     near(entry["verdict"], VERDICTS)))
    return faults


def true_of(records: Mapping[str, Mapping[str, Any]], base: Path | None = None) -> list[Finding]:
    """The findings whose claims all have the verdict that they speak of."""
    return [entry for entry in listed(base)[0]
            if all(records.get(id, {}).get("verdict") == entry["verdict"] for id in spoken_of(entry))]


def spoken_of(finding: Finding) -> list[str]:
    """Ids of the claims that a finding speaks of."""
    return [finding["claim"], *finding.get("also", [])]
