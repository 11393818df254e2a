"""What each verdict would be without each of its sources in turn, relays of one release counting as one source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asprinted import generated_parts, paths
from asprinted.data_files import provenance
from asprinted.numbers.sources import EXCLUDED, of_data
from asprinted.official import tables
from asprinted.paper import register
from asprinted.paper.files import read_yaml
from asprinted.robustness.replay import all_records
from asprinted.verdicts.words import agreeing, many
from forkmill.writing import write_text

ACCEPTED = Path("docs", "sources.csv")


@dataclass(frozen=True)
class Dependence:
    """One claim: its verdict, its sources as releases, and the verdicts that it would get without one of them."""

    claim: str
    verdict: str
    releases: tuple[str, ...]
    without: dict[str, str]

    @property
    def mark(self) -> str:
        """What a reader should know at a glance."""
        if not self.releases:
            return "no source"
        if not self.without:
            return ""
        return "hangs on one source" if len(self.without) == 1 else "hangs on each of several sources"


@contextmanager
def excluding(keys: frozenset[str]) -> Iterator[None]:
    """Within it, figures and data are those that stand in other sources than ``keys``."""
    token = EXCLUDED.set(keys)
    try:
        yield
    finally:
        EXCLUDED.reset(token)


def releases(root: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Sources by the release that they relay, as listed in data/official/releases.yaml; none where no source relays another's."""
    path = paths.official(root) / "releases.yaml"
    listed = read_yaml(path) if path.is_file() else {}
    return {release: tuple(keys) for release, keys in listed.items()}


def source_of(root: Path | None = None) -> dict[str, str]:
    """The source of every row of every table, by the key of the row; a data file is its own."""
    files = {provenance.key(name): provenance.key(name) for name in provenance.names(root)}
    return files | {str(row): str(source) for name in tables.names(root) for row, source in tables.load(name, root)["source"].items()}


def _verdicts(task: tuple[Path | None, tuple[str, ...], tuple[str, ...]]) -> dict[str, str]:
    root, keys, notebooks = task
    with excluding(frozenset(keys)):
        return {id: record["verdict"] for id, record in all_records(root, names=notebooks).items()}


def dependences(root: Path | None = None, jobs: int = 1) -> list[Dependence]:
    """Every claim with its sources and what becomes of it without each."""
    records, of_row, listed = all_records(root), source_of(root), releases(root)
    release_of = {key: release for release, keys in listed.items() for key in keys}
    used: dict[str, dict[str, None]] = {id: dict.fromkeys(release_of.get(of_row[row], of_row[row]) for row in record["sources"])
                                        for id, record in records.items()}
    tasks = {}
    for release in dict.fromkeys(release for found in used.values() for release in found):
        notebooks = sorted({records[id]["notebook"] for id, found in used.items() if release in found})
        tasks[release] = (root, listed.get(release, (release,)), tuple(notebooks))
    if jobs == 1:
        results = dict(zip(tasks, map(_verdicts, tasks.values()), strict=True))
    else:
        with ProcessPoolExecutor(jobs) as pool:
            results = dict(zip(tasks, pool.map(_verdicts, tasks.values()), strict=True))
    order = register.load(root).claims
    return [Dependence(id, records[id]["verdict"], tuple(used[id]),
                       {release: results[release][id] for release in used[id] if results[release][id] != records[id]["verdict"]})
            for id in order if id in records]


def table(found: list[Dependence]) -> str:
    """The dependences in Markdown, the claims that rest on no source left out."""
    sourced = [one for one in found if one.releases]
    hanging = [one for one in sourced if one.without]
    what = "figures or data" if any(of_data(one.releases) for one in sourced) else "official figures"
    lines = [f"{len(sourced)} of {many(len(found), 'claim')} {agreeing(len(sourced), 'rests', 'rest')} on {what}; "
             f"{many(len(hanging), 'verdict')} {agreeing(len(hanging), 'changes', 'change')} when one of their sources is left out.", "",
             "| claim | verdict | sources | without | it would be |", "|---|---|--:|---|---|"]
    for one in sourced:
        first, *more = list(one.without.items()) or [("", "")]
        lines.append(f"| `{one.claim}` | {one.verdict} | {len(one.releases)} | {first[0]} | {first[1]} |")
        lines += [f"| | | | {release} | {verdict} |" for release, verdict in more]
    return "\n".join(lines)


def as_csv(found: list[Dependence]) -> str:
    """A row a claim and source: claim, verdict, source, verdict without it, mark."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["claim", "verdict", "source", "without", "mark"])
    for one in found:
        for release in one.releases or ("",):
            writer.writerow([one.claim, one.verdict, release, one.without.get(release, one.verdict), one.mark])
    return text.getvalue()


def accepted(root: Path) -> dict[str, Dependence]:
    """What ``make -C tools sources ARGS=--accept`` has found, by claim; nothing where it was never run."""
    path = root / ACCEPTED
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.is_file() else []
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["claim"], []).append(row)
    return {claim: Dependence(claim, own[0]["verdict"], tuple(row["source"] for row in own if row["source"]),
                              {row["source"]: row["without"] for row in own if row["without"] != row["verdict"]})
            for claim, own in grouped.items()}


def report(root: Path, jobs: int, accept: bool) -> str:
    """Write build/sources.md and .csv and, if accepted, docs/sources.md and .csv; the table."""
    found = dependences(root, jobs)
    content = table(found)
    write_text(paths.build(root) / "sources.md", content + "\n")
    write_text(paths.build(root) / "sources.csv", as_csv(found))
    if accept:
        write_text(root / ACCEPTED, as_csv(found))
        today = datetime.now(UTC).date().isoformat()
        generated_parts.put(root / "docs" / "sources.md", "sources", f"Run of {today}. {content}", "make -C tools sources ARGS=--accept")
    return content
