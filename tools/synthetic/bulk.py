"""The bulk run over synthetic papers: how often a right number is accused, how often a wrong one gets by.

The claims are drawn in chunks, each from a seed of its own, so the counts are the same however many processes count.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from asprinted.verdicts.vocabulary import ACCUSING
from synthetic import papers
from synthetic.papers import SIZES, Setting

CHUNK = 500
GROUPS: dict[str, Callable[[Setting], bool]] = {
    "looked up": lambda s: s.kind in ("level", "rate") and s.qualifier == "exact" and s.habit != "finer",
    "gap of two rates": lambda s: s.kind == "gap" and s.qualifier == "exact" and s.habit != "finer",
    "ratio of two figures": lambda s: s.kind == "ratio" and s.qualifier == "exact" and s.habit != "finer",
    "pair of statements": lambda s: s.kind == "pair",
    "finer than the figure": lambda s: s.habit == "finer" and s.qualifier == "exact",
    "with a qualifier": lambda s: s.qualifier != "exact",
    "count": lambda s: s.kind == "count",
}


@dataclass
class Tally:
    """How often each setting got each verdict, and every true statement that was accused."""

    counts: Counter[tuple[Setting, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another run."""
        self.counts.update(other.counts)
        self.wrong += other.wrong

    def number(self, which: Callable[[Setting], bool], verdicts: Iterable[str] | None = None) -> int:
        """How many claims have such a setting, and one of the verdicts if any are named."""
        return sum(count for (made, verdict), count in self.counts.items()
                   if which(made) and (verdicts is None or verdict in verdicts))


def checkable(made: Setting) -> bool:
    """Whether there is strong evidence against which the claim can be held."""
    return made.seen == "strong" or (made.kind == "pair" and made.seen != "mirror")


def known_truth(made: Setting) -> bool:
    """Whether the claim is true, and true of something that is published."""
    return made.true and (made.seen != "no measure" or made.kind == "pair")


def chunk(seed: str, size: int) -> Tally:
    """Draw, judge and count ``size`` claims."""
    draw, tally = random.Random(seed), Tally()
    for _ in range(size):
        claim = papers.make(draw, papers.drawn(draw))
        tally.counts[claim.setting, claim.outcome.verdict] += 1
        if known_truth(claim.setting) and claim.accused:
            tally.wrong.append(f"{claim.text}: {claim.outcome.verdict}, {claim.outcome.reason} ({asdict(claim.setting)})")
    return tally


def run(count: int, seed: int, jobs: int = 1) -> Tally:
    """Draw and judge at least ``count`` claims in ``jobs`` processes."""
    seeds = [f"{seed}/{number}" for number in range(-(-count // CHUNK))]
    total = Tally()
    if jobs == 1:
        for one in seeds:
            total.add(chunk(one, CHUNK))
        return total
    with ProcessPoolExecutor(jobs) as pool:
        for tally in pool.map(chunk, seeds, [CHUNK] * len(seeds)):
            total.add(tally)
    return total


def missed(tally: Tally) -> pd.DataFrame:
    """Share of wrong numbers that were not accused although there was strong evidence, by group and size of the error."""
    rows = []
    for name, group in GROUPS.items():
        for size in SIZES:
            def chosen(made: Setting, group: Callable[[Setting], bool] = group, size: int = size) -> bool:
                return checkable(made) and not made.elsewhere and made.size == size and group(made)

            drawn, accused = tally.number(chosen), tally.number(chosen, ACCUSING)
            rows.append({"group": name, "size": size, "wrong": drawn, "missed": drawn - accused,
                         "share": (drawn - accused) / drawn if drawn else float("nan")})
    return pd.DataFrame(rows)


def rates(tally: Tally) -> dict[str, tuple[int, int]]:
    """The plain numbers: how many, of how many."""
    def count(which: Callable[[Setting], bool], *verdicts: str) -> tuple[int, int]:
        return tally.number(which, verdicts), tally.number(which)

    return {
        "true statements accused": count(known_truth, *ACCUSING),
        "true statements contradicted": count(known_truth, "contradicted"),
        "wrong statements with strong evidence accused": count(lambda m: checkable(m) and not m.true, *ACCUSING),
        "wrong digits called misattributed by chance": count(
            lambda m: checkable(m) and m.kind != "pair" and m.size > 0, "misattributed"),
        "digits of another quantity called misattributed": count(
            lambda m: checkable(m) and m.elsewhere and m.qualifier == "exact", "misattributed"),
        "numbers without any public measure called misattributed by chance": count(
            lambda m: m.true and m.kind != "pair" and m.seen == "no measure", "misattributed"),
        "claims whose figure stands on a mirror accused": count(lambda m: m.seen == "mirror", *ACCUSING),
    }


def text(tally: Tally, seed: int) -> str:
    """The tables in Markdown."""
    total = sum(tally.counts.values())
    lines = [f"{total:,} claims drawn from seed {seed}.", "", "| what | how many | of | share |", "|---|--:|--:|--:|"]
    lines += [f"| {name} | {found} | {of} | {found / of:.4%} |" for name, (found, of) in rates(tally).items() if of]
    table = missed(tally).pivot(index="group", columns="size", values="share").reindex(GROUPS)
    lines += ["", "Wrong numbers that were not accused, in percent, by the size of the error in units of the last printed place:", "",
              "| the number is | " + " | ".join(map(str, SIZES)) + " |", "|---|" + "--:|" * len(SIZES)]
    lines += [f"| {name} | " + " | ".join("" if value != value else f"{value:.1%}" for value in row) + " |"
              for name, row in zip(table.index, table.to_numpy(), strict=True)]
    lines += ["", *(f"- WRONG ACCUSATION {one}" for one in tally.wrong[:20])] if tally.wrong else []
    return "\n".join(lines)


def figure(tally: Tally, seed: int) -> Any:
    """Missed errors against the size of the error, a line a group."""
    import seaborn as sns

    from asprinted.charts.figure import Figure, canvas, finish, style

    data = missed(tally)
    texts = {
        "name": "missed-errors", "title": "Wrong numbers that get by, by the size of the error",
        "alt": "Every line falls as the error grows: fast for counts and looked-up numbers, later for gaps and ratios, which carry "
        "the rounding of two figures, slowest for numbers printed finer than the figure or with a qualifier.",
        "source": f"{sum(tally.counts.values()):,} synthetic claims from seed {seed}",
    }
    drawing = canvas(height=3.6)
    with style():
        axis = drawing.subplots()
        sns.lineplot(data.assign(percent=data["share"] * 100, size=data["size"].astype(str)), x="size", y="percent", hue="group",
                     style="group", markers=True, sort=False, ax=axis)
        axis.set(xlabel="size of the error, units of the last printed place", ylabel="not accused, percent")
        axis.set_ylim(bottom=-2)
        key = axis.get_legend_handles_labels()[0]
        axis.get_legend().remove()
        finish(drawing, texts, key)
    return Figure(drawing, data=data, **texts)


def report(root: Path, count: int, seed: int, jobs: int, accept: bool) -> tuple[str, bool]:
    """Run, write tables and figure into build/ and, if accepted, the tables into docs/; the text, and whether all is well."""
    from asprinted import generated_parts, paths
    from asprinted.charts import figure as figures
    from forkmill.writing import write_bytes, write_text

    tally = run(count, seed, jobs)
    found = text(tally, seed)
    write_text(paths.build(root) / "tools" / "synthetic.md", found + "\n")
    for name, content in figures.files(figure(tally, seed)._repr_mimebundle_()).items():
        write_bytes(paths.build(root) / "tools" / "synthetic" / name, content)
    if accept:
        today = datetime.now(UTC).date().isoformat()
        again = "make -C tools synthetic ARGS=--accept"
        generated_parts.put(root / "docs" / "synthetic.md", "synthetic", f"Run of {today}. {found}", again)
    return found, not tally.wrong
