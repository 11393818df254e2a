"""What has to hold after every fault."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from faults.trial import Trial

if TYPE_CHECKING:
    from faults.disturbed_audit import DisturbedAudit

HIDDEN = (".cache", ".lock", ".accepting", "timings.json")
YOUNG = 10.0  # seconds
STARTING = ("Fatal Python error: init_import_site", "Could not import runpy module")
ENDS = re.compile(r"^(Complete|Valid|Accepted):")


def sha(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def built(root: Path) -> dict[str, str]:
    """Hashes of what has to be the same after every run."""
    build = root / "build"
    return {path.relative_to(build).as_posix(): sha(path) for path in sorted(build.rglob("*"))
            if path.is_file() and path.relative_to(build).parts[0] not in HIDDEN}


def outside(root: Path) -> dict[str, str]:
    """Hashes of everything of an audit that is not under build/."""
    return {path.relative_to(root).as_posix(): sha(path) for path in sorted(root.rglob("*"))
            if path.is_file() and path.relative_to(root).parts[0] != "build"}


def honest(disturbed: DisturbedAudit, trial: Trial) -> None:
    """Status, last line and build say the same."""
    if any(text in disturbed.said() for text in STARTING):
        trial.outcome = "Python itself had not yet started"
        return
    complete = (disturbed.build / "run.json").is_file()
    if trial.status == 0 and trial.command == "reproduce" and not complete:
        trial.broken.append("status 0 without a complete build")
    said = re.search(r"\(exit (\d+)\)[.;]?", trial.last)
    if said and trial.status is not None and trial.status >= 0 and int(said[1]) != trial.status:
        trial.broken.append(f"the last line says exit {said[1]}, the status is {trial.status}")
    # A signal may come between the last line and the end of the process: nothing is wrong with what was said then.
    failed = trial.status is not None and trial.status > 0
    if failed and ENDS.match(trial.last):
        trial.broken.append(f"status {trial.status} after: {trial.last}")
    if failed and not said and trial.kind != "closed terminal":  # to which nothing can be said
        trial.broken.append(f"status {trial.status} and a last line that does not say so: {trial.last[:120]}")
    if trial.status == 0 and trial.kind not in ("two at once", "closed terminal") and not ENDS.match(trial.last):
        trial.broken.append(f"status 0 after: {trial.last[:120]}")


def whole(disturbed: DisturbedAudit, trial: Trial) -> None:
    """Nothing is half written, and nothing is left where it does not belong."""
    now = outside(disturbed.root)
    notebooks = {name: (disturbed.root / "notebooks" / name).read_bytes() for name in disturbed.new
                 if (disturbed.root / "notebooks" / name).is_file()}
    other = {name for name in {*now, *disturbed.record} if now.get(name) != disturbed.record.get(name)}
    if trial.command == "accept":
        replaced = {name for name in disturbed.new if notebooks.get(name) == disturbed.new[name]}
        whole = all(notebooks.get(name) in (disturbed.old[name], disturbed.new[name]) for name in disturbed.new)
        if not whole or (trial.status == 0 and replaced != set(disturbed.new)):
            trial.broken.append("a notebook is neither the old nor the new one")
        if replaced not in (set(), set(disturbed.new)) and not (disturbed.build / ".accepting" / "decided.json").is_file():
            trial.broken.append("half accepted, and nothing says so")
        other -= {f"notebooks/{name}" for name in disturbed.new}
    if other:
        trial.broken.append("changed outside build/: " + ", ".join(sorted(other)))
    left = [path.name for path in disturbed.temporary.iterdir()]
    if left:
        trial.broken.append("left in the folder for temporary files: " + ", ".join(sorted(left)[:5]))
        subprocess.run(f'rm -rf "{disturbed.temporary}"/*', shell=True, check=False)
    for path in sorted(disturbed.build.rglob("*")) if disturbed.build.is_dir() else []:
        inside = path.relative_to(disturbed.build)
        if path.is_file() and inside.parts[0] != ".cache" and not path.name.startswith("."):
            fault = half(path)
            if fault:
                trial.broken.append(f"build/{inside.as_posix()}: {fault}")
    mark = disturbed.build / "run.json"
    if mark.is_file() and not half(mark):
        files = json.loads(mark.read_text(encoding="utf-8"))["files"]
        wrong = [name for name, known in files.items() if not (disturbed.build / name).is_file() or sha(disturbed.build / name) != known]
        if wrong:
            trial.broken.append("run.json names other files than there are: " + ", ".join(wrong[:5]))


def following(disturbed: DisturbedAudit, trial: Trial) -> None:
    """The next run ends well, with the bytes of one that was never disturbed, and leaves nothing."""
    again = ["reproduce"]
    if trial.command == "accept":  # what was run is still there, unless a run came between
        again = ["accept", "reproduce"] if (disturbed.build / "run.json").is_file() else ["reproduce", "accept", "reproduce"]
    for command in again:
        status, said = disturbed.command(command)
        if status not in ((0, 1) if len(again) == 3 and command == "reproduce" else (0,)):
            trial.broken.append(f"the next {command} ended with {status}: {said.strip().splitlines()[-1:]}")
    for what, now, known in (("run", built(disturbed.root), disturbed.reference), ("record", outside(disturbed.root), disturbed.record)):
        wrong = sorted(name for name in {*now, *known} if now.get(name) != known.get(name))
        if wrong:
            trial.broken.append(f"the next {what} has other bytes: " + ", ".join(wrong[:5]))
    left = [path.name for path in disturbed.build.rglob("*.part")] + [".accepting"] * (disturbed.build / ".accepting").exists()
    for path in (disturbed.root / "notebooks").iterdir():
        if path.suffix != ".ipynb":
            left.append(path.name)
            path.unlink()
    # Sockets of kernels that are no more; those of the last second may be of one that is just coming up.
    left += [path.name for path in disturbed.run.glob("forkmill-*/k*") if time.time() - path.stat().st_mtime > YOUNG]
    if left:
        trial.broken.append("the next run left: " + ", ".join(left[:5]))


def half(path: Path) -> str | None:
    """Why a file is not whole, or None."""
    if not path.stat().st_size:
        return "empty"
    try:
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".csv":
            rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True), strict=True))
            if len({len(row) for row in rows}) > 1:
                return "rows of several lengths"
        elif path.suffix == ".svg" and not path.read_text(encoding="utf-8").rstrip().endswith(("</svg>", "/>")):
            return "cut off"
    except (ValueError, csv.Error) as error:
        return f"half written ({error})"
    return None
