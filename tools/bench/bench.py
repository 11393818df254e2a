"""``make -C tools bench``: time every way on every series, in turn, and say how the ways compare.

Each time is stored as soon as it is taken, in build/tools/bench/times.jsonl, so an interrupted benchmark goes on where it
was; remove build/tools/bench to begin anew. QUICK=1 takes one round of this audit alone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from asprinted.audit.reproduce import REPORT
from bench import peers, report, series
from bench.memory import Watch
from bench.ways import KERNEL, WAYS, Way, environment, stop_server

RESULTS = series.ROOT / "build" / "tools" / "bench"
ALL = ["own", "7", "20", "60"]
ENOUGH = 5  # rounds, below which nothing goes into docs/
LONGEST = 1800  # seconds for one command


def measure(way: Way, root: Path) -> dict[str, Any]:
    """Wall and processor seconds, peak memory in MB and exit status of one way, after its preparation."""
    way.before(root)
    command = way.command(root)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        used, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=root, env=environment(root), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )
        # Not wait(LONGEST), which looks only every 50 milliseconds.
        late = threading.Timer(LONGEST, _end, [process.pid])
        late.daemon = True
        late.start()
        with Watch(process.pid) as watch:
            try:
                status = process.wait()
            except BaseException:
                _end(process.pid)
                raise
            finally:
                late.cancel()
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        said.seek(0)
        text = said.read()
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    result = {"wall": round(wall, 4), "cpu": round(cpu, 3), "memory": watch.peak, "status": status}
    if status not in way.status:
        result["failed"] = text[-800:]
    if command[1:4] == ["-m", "asprinted", "reproduce"]:
        result["stages"] = _stages(root, time.time() - wall)
        if (root / "build" / "report").is_dir():
            result["report"] = result["stages"].get(REPORT, 0.0)
    if way.name.startswith(("bare script", KERNEL)) and "failed" not in result:
        result["inner"] = sum(float(line.split()[1]) for line in text.splitlines() if not line.startswith("imports"))
    if way.name == KERNEL:  # what the client itself needs is no part of it
        result["wall"] = result.get("inner", result["wall"])
    return result


def _end(group: int) -> None:
    """End a command with all that it started, which would otherwise run on beside the next one."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)


def _stages(root: Path, began: float) -> dict[str, float]:
    """Seconds that a run which began then spent on each stage; on the report too, which no other tool writes."""
    path = root / "build" / "timings.json"
    if not path.is_file() or path.stat().st_mtime < began:
        return {}
    return json.loads(path.read_text(encoding="utf-8"))["stages"]


def known(path: Path) -> dict[tuple[str, str, int], dict[str, Any]]:
    """What has been measured already: by series, way and round; the last time, where one was taken again."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {(one["series"], one["way"], one["round"]): one for one in map(json.loads, lines)}


def take(names: list[str], rounds: int, only: str) -> None:
    """Measure what is missing, all ways in turn within a round."""
    path = RESULTS / "times.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    done = known(path)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        done = {key: one for key, one in done.items() if "failed" not in one}  # a failure is tried again
        for name in names:
            if all((name, way.name, number) in done for way in WAYS for number in range(rounds)):
                continue
            root = series.prepare(name, Path(folder))
            for number in range(rounds):
                for way in WAYS:
                    if (name, way.name, number) in done or only not in way.name:
                        continue
                    result = {"series": name, "notebooks": len(series.names(root)), "way": way.name, "round": number}
                    result |= measure(way, root)
                    with path.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(result) + "\n")
                    note = "  FAILED " + result["failed"][-300:] if "failed" in result else ""
                    print(f"{name:>4} round {number + 1}  {way.name:<36} {result['wall']:8.2f} s{note}", flush=True)
            stop_server(root)


def main() -> None:
    """Read the arguments, measure, write build/tools/bench/ and docs/speed.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of this audit alone")
    parser.add_argument("--series", nargs="+", default=ALL)
    parser.add_argument("--rounds", type=int, default=ENOUGH)
    parser.add_argument("--only", default="", help="ways whose name holds this")
    parser.add_argument("--docs", action="store_true", help="write docs/speed.md also where a series has fewer rounds")
    chosen = parser.parse_args()
    peers.install()
    if chosen.quick:
        chosen.series, chosen.rounds = ["own"], 1
    take(chosen.series, chosen.rounds, chosen.only)
    whole = chosen.docs or (chosen.series == ALL and chosen.rounds >= ENOUGH and not chosen.only)
    found = list(known(RESULTS / "times.jsonl").values())
    print(report.write(found, series.ROOT / "build" / "tools" / "bench", series.ROOT / "docs" if whole else None))


if __name__ == "__main__":
    sys.exit(main())
