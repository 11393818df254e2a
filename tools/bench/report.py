"""Medians, spread and ratios of what was measured, as a table, a figure and a page."""

from __future__ import annotations

import csv
import io
import os
import platform
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from asprinted import generated_parts
from bench import peers
from bench.ways import KERNEL

OURS, FLOOR, LOOP = "this project, from nothing", "bare script", "papermill, a loop of commands"
LEAST = "bare script, on all cores at once"
TOOLS = ("papermill", "nbclient", "nbconvert", "jupyter-cache", "snakemake", "ploomber", "nbval", "ipykernel", "pandas")
Times = dict[tuple[str, str], list[dict[str, Any]]]


def write(found: list[dict[str, Any]], folder: Path, docs: Path | None) -> str:
    """Write table, figure and page; the page's text.

    ``docs``: where to put what is to be kept, or None.
    """
    times: Times = defaultdict(list)
    for one in found:
        times[one["series"], one["way"]].append(one)
    parts = [_machine(), _rounds(times), _table(times), _ratios(times), _stages(times), _failures(found)]
    text = "\n\n".join(filter(None, parts)) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "times.csv").write_text(_csv(times), encoding="utf-8", newline="")
    (folder / "speed.md").write_text(text, encoding="utf-8")
    curves = _curves(times)
    picture = _figure(curves)
    if picture:
        (folder / "speed.svg").write_bytes(picture)
    if docs is not None:
        if picture:
            (docs / "speed.svg").write_bytes(picture)
            text = f"![{_alt(curves)}](speed.svg)\n\n{text}"
        generated_parts.put(docs / "speed.md", "speed", text, "make -C tools bench")
    return text


def _commit() -> str:
    """What git says stands in this checkout, or nothing where it does not know."""
    command = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f", commit {done.stdout.strip()}"


def _machine() -> str:
    tools = ", ".join(f"{name} {version}" for name, version in peers.versions(*TOOLS).items())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30 if hasattr(os, "sysconf") else "?"
    return (
        f"{datetime.now(UTC).date().isoformat()}{_commit()}; "
        f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores, {memory} GB; "
        f"Python {platform.python_version()}; {tools}."
    )


def _rounds(times: Times) -> str:
    counted = {name: len(taken) for (name, way), taken in times.items() if way == OURS}
    return "Rounds: " + ", ".join(f"{_title(name)} {counted[name]}" for name in _names(times) if name in counted) + "."


def _stages(times: Times) -> str:
    """Where the time of a run from nothing goes."""
    taken = {name: [one["stages"] for one in times.get((name, OURS), ()) if one.get("stages")] for name in _names(times)}
    stages = dict.fromkeys(stage for runs in taken.values() for run in runs for stage in run)
    lines = ["| seconds of a run from nothing, by stage (median) | " + " | ".join(map(_title, taken)) + " |"]
    lines += ["|---" * (len(taken) + 1) + "|"]
    for stage in stages:
        values = [[run[stage] for run in runs if stage in run] for runs in taken.values()]
        lines.append(f"| {stage} | " + " | ".join(f"{median(one):.2f}" if one else "" for one in values) + " |")
    return "\n".join(lines) if stages else ""


def _names(times: Times) -> list[str]:
    return sorted({series for series, _ in times}, key=lambda name: (name != "own", name.zfill(3)))


def _table(times: Times) -> str:
    series = _names(times)
    lines = ["| seconds: median (least to most) | " + " | ".join(_title(one) for one in series) + " |"]
    lines += ["|---" * (len(series) + 1) + "|"]
    for way in dict.fromkeys(way for _, way in times):
        cells = [_cell([one["wall"] for one in times.get((name, way), ())]) for name in series]
        lines.append(f"| {way} | " + " | ".join(cells) + " |")
        pages = [[one["report"] for one in times.get((name, way), ()) if one.get("report")] for name in series]
        if any(pages):
            lines.append("| of it the report after the notebooks, left out of the ratios | " + " | ".join(map(_cell, pages)) + " |")
    return "\n".join(lines)


def _title(series: str) -> str:
    return "this audit" if series == "own" else f"{series} notebooks"


def _cell(walls: list[float]) -> str:
    return f"{median(walls):.2f} ({min(walls):.2f} to {max(walls):.2f})" if walls else ""


def _ratios(times: Times) -> str:
    lines = ["| ratio of medians | goal: at most | " + " | ".join(map(_title, _names(times))) + " |"]
    lines += ["|---" * (len(_names(times)) + 2) + "|"]
    rows = (
        ("from nothing / papermill loop", "0.15", lambda n: _over(times, n, OURS, [LOOP])),
        ("from nothing / fastest other tool", "0.35", lambda n: _over(times, n, OURS, _others(times, n, "all"))),
        ("from nothing / bare script", "1.5", lambda n: _over(times, n, OURS, [FLOOR])),
        ("bare script on all cores / papermill loop", "", lambda n: _over(times, n, LEAST, [LOOP])),
        ("bare script on all cores / fastest other tool", "", lambda n: _over(times, n, LEAST, _others(times, n, "all"))),
        ("unchanged / fastest other tool", "0.1", lambda n: _over(times, n, "this project, unchanged",
                                                                  _others(times, n, "unchanged"))),
        ("unchanged `make reproduce`, seconds", "0.15", lambda n: _value(times, n, "make reproduce, unchanged")),
        ("a notebook edited / that notebook alone, bare, start apart", "1.3", lambda n: _edit(times, n, "unchanged")),
        ("the same, our imports apart as well", "", lambda n: _edit(times, n, "its imports alone")),
        ("a kernel's start and cells, no more / that notebook alone, bare, start apart", "", lambda n: _kernel(times, n)),
        ("a notebook edited / that notebook alone, bare, each with its start", "", lambda n: _over(
            times, n, "this project, a notebook edited", ["bare script, one notebook"])),
        ("validate / nbval", "0.3", lambda n: _over(times, n, "this project, validate", ["nbval"])),
        ("seconds a notebook / those of the 7", "1.1", lambda n: _linear(times, n)),
        ("peak memory less that of the papermill loop, MB", "300", lambda n: _memory(times, n)),
    )
    for title, goal, value in rows:
        values = [value(name) for name in _names(times)]
        if any(one is not None for one in values):
            lines.append(f"| {title} | {goal} | " + " | ".join(_judged(one, goal) for one in values) + " |")
    return "\n".join(lines)


def _judged(value: float | None, goal: str) -> str:
    if value is None:
        return ""
    return f"{value:.3g}, missed" if goal and value > float(goal) else f"{value:.3g}"


def _others(times: Times, series: str, stage: str) -> list[str]:
    ending = ", unchanged" if stage == "unchanged" else ""
    own = ("this project", "bare script", "make ", "nbval")
    ways = [way for name, way in times if name == series and not way.startswith(own)]
    return [way for way in ways if way.endswith(", unchanged") == bool(ending)]


def _value(times: Times, series: str, way: str, field: str = "wall") -> float | None:
    taken = [one for one in times.get((series, way), ()) if "failed" not in one and one.get(field) is not None]
    sound = [one[field] - (one.get("report", 0.0) if field == "wall" else 0.0) for one in taken]
    return median(sound) if sound else None


def _over(times: Times, series: str, way: str, others: Iterable[str]) -> float | None:
    values = [value for other in others if (value := _value(times, series, other))]
    ours = _value(times, series, way)
    return ours / min(values) if ours is not None and values else None


def _edit(times: Times, series: str, start: str) -> float | None:
    # The start of either process apart: what an unchanged run takes here, or also its imports; the imports there.
    whole, idle = (_value(times, series, f"this project, {what}") for what in ("a notebook edited", start))
    alone = _value(times, series, "bare script, one notebook", "inner")
    return (whole - idle) / alone if whole and idle and alone else None


def _kernel(times: Times, series: str) -> float | None:
    here, alone = (_value(times, series, way, "inner") for way in (KERNEL, "bare script, one notebook"))
    return here / alone if here and alone else None


def _linear(times: Times, series: str) -> float | None:
    if series == "own" or series == "7":
        return None
    few, many = _value(times, "7", OURS), _value(times, series, OURS)
    return (many / int(series)) / (few / 7) if few and many else None


def _memory(times: Times, series: str) -> float | None:
    ours, loop = (_value(times, series, way, "memory") for way in (OURS, LOOP))
    return ours - loop if ours is not None and loop is not None else None


def _failures(found: list[dict[str, Any]]) -> str:
    ways = sorted({one["way"] for one in found if "failed" in one})
    return "Did not end well, and left out of the ratios: " + ", ".join(ways) + "." if ways else ""


def _csv(times: Times) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["series", "notebooks", "way", "round", "wall_seconds", "cpu_seconds", "peak_memory_mb", "status"])
    for (series, way), taken in times.items():
        for one in taken:
            writer.writerow([series, one["notebooks"], way, one["round"], one["wall"], one["cpu"], one["memory"],
                             one["status"]])
    return text.getvalue()


def _curves(times: Times) -> dict[str, dict[int, float]]:
    """Median seconds by number of notebooks, for the ways that run them all; the slowest first."""
    generated = [name for name in _names(times) if name != "own"]
    ways = [OURS, FLOOR, *dict.fromkeys(way for name in generated for way in _others(times, name, "all"))]
    found = {way: {int(name): value for name in generated if (value := _value(times, name, way))} for way in ways}
    return dict(sorted(((way, one) for way, one in found.items() if one), key=lambda pair: -pair[1][max(pair[1])]))


def _figure(curves: dict[str, dict[int, float]]) -> bytes | None:
    """Seconds against number of notebooks, named beside the figure in the order of their last points."""
    from asprinted.charts.figure import canvas, style

    numbers = sorted({number for one in curves.values() for number in one})
    if len(numbers) < 2:
        return None
    drawn = canvas(7.2, 4.6)
    with style():
        axes = drawn.subplots()
        for (way, points), mark in zip(curves.items(), "^vD*XPs<>o", strict=False):
            own = way in (OURS, FLOOR)
            axes.plot(list(points), list(points.values()), marker="o" if way == OURS else mark, label=way,
                      color="#0072b2" if way == OURS else "black" if own else "0.45",
                      linewidth=2.5 if way == OURS else 1.2, linestyle="--" if way == FLOOR else "-")
        axes.set(xlabel="notebooks", ylabel="seconds (median)", xscale="log", yscale="log")
        axes.set_xticks(numbers, labels=map(str, numbers))
        low, high = axes.get_ylim()
        ticks = [tick for tick in (1, 2, 5, 10, 20, 50, 100, 200) if low <= tick <= high]
        axes.set_yticks(ticks, labels=map(str, ticks))
        axes.minorticks_off()
        axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=9, frameon=False)
        buffer = io.BytesIO()
        drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    return buffer.getvalue()


def _alt(curves: dict[str, dict[int, float]]) -> str:
    said = (f"{way}: " + ", ".join(f"{value:.1f} for {number}" for number, value in points.items()) for way, points in curves.items())
    return f"Seconds for generated series of notebooks, on two logarithmic axes. {'; '.join(said)}."
