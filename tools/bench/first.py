"""The first ``make reproduce`` on a fresh machine, environment included, against the installer alone on the same lock.

``make -C tools bench-first``. Each in a fresh clone of what is committed, in turn; the package index, or what stands between, is
as warm for one as for the other, because a round that is not counted goes before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from asprinted import generated_parts
from bench import peers
from forkmill.project import VARIABLES

GOAL = 1.5
GOAL_AGAINST = 0.6  # of the commit before uv


def timed(*commands: list[str], cwd: Path) -> float:
    """Seconds that the commands take, one after another."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "AUDIT_", VARIABLES))}
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - began


def installer(clone: Path) -> float:
    """Seconds of an environment made by hand, with the packages of a run and no line more."""
    venv = clone / "by-hand"
    pip = [str(venv / "bin" / "pip"), "install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    base = getattr(sys, "_base_executable", sys.executable)
    return timed([base, "-m", "venv", str(venv)], [*pip, "-r", "requirements/run.txt"], cwd=clone)


def first(clone: Path) -> float:
    """Seconds of the first ``make reproduce``."""
    return timed(["make", "reproduce"], cwd=clone)


def measure(rounds: int, against: str = "") -> dict[str, list[float]]:
    """Seconds of each, round by round; with a commit, of the first ``make reproduce`` there as well."""
    ways = {"the installer alone": (installer, "HEAD"), "the first `make reproduce`": (first, "HEAD")}
    if against:
        ways[f"the first `make reproduce` at {against}"] = (first, against)
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, (way, commit) in ways.items():
            with tempfile.TemporaryDirectory(prefix="audit-first-") as folder:
                clone = Path(folder, "clone")
                subprocess.run(["git", "clone", "-q", str(peers.ROOT), str(clone)], check=True)
                subprocess.run(["git", "checkout", "-q", commit], cwd=clone, check=True)
                seconds = way(clone)
                print(f"round {number}: {name} {seconds:.1f} s", flush=True)
                if (clone / ".venv").is_dir():
                    subprocess.run(["make", "clean"], cwd=clone, check=True, capture_output=True)
                    shutil.rmtree(clone / ".venv")
            if number:
                found[name].append(seconds)
    return found


def table(found: dict[str, list[float]]) -> str:
    """The figures in Markdown, with the ratio and its goal."""
    rows = [f"| {name} | {statistics.median(taken):.1f} ({min(taken):.1f} to {max(taken):.1f}) |" for name, taken in found.items()]
    alone, whole, *before = (statistics.median(taken) for taken in found.values())
    against = [f"Against that commit {whole / before[0]:.2f} (goal: at most {GOAL_AGAINST})."] if before else []
    return "\n".join([f"{datetime.now(UTC).date().isoformat()}, {os.cpu_count()} cores, {len(found['the installer alone'])} rounds.", "",
                      "| from a fresh clone | seconds: median (least to most) |", "|---|--:|", *rows, "",
                      f"Ratio {whole / alone:.2f} (goal: at most {GOAL}).", *against])


def main() -> None:
    """Measure, print a table, and write it to docs/ with ``--docs``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds after the one that is not counted")
    parser.add_argument("--against", default="", metavar="COMMIT", help="time the first run of that commit as well")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/speed.md")
    options = parser.parse_args()
    text = table(measure(options.rounds, options.against))
    print(text)
    if options.docs:
        generated_parts.put(peers.ROOT / "docs" / "speed.md", "first", text, "make -C tools bench-first ARGS=--docs")


if __name__ == "__main__":
    main()
