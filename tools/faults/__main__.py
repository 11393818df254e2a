"""``make -C tools faults``: faults of every kind spread over a run, seeded, resumable, and the table of what happened.

    python -m faults [--count 200] [--seed 1] [--audit miniature|this] [--fresh] [--table docs/faults.md]

Needs Linux, and root for the trials with a full disk (they are left out otherwise). The log, one line a trial, is
build/tools/faults.jsonl: what it holds is not tried again.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from faults.disturbed_audit import DisturbedAudit
from faults.table import write
from faults.trial import Trial, planned

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "build" / "tools" / "faults.jsonl"


def prepared(audit: str, folder: Path) -> Path:
    """A copy of the audit to break."""
    root = folder / "an audit 审计"
    if audit == "miniature":
        sys.path.insert(0, str(ROOT / "tests" / "lib"))
        from miniature import make_audit

        return make_audit(root).root
    for name in ("data", "notebooks", "src/helpers"):  # whatever else is read lies outside the copy, and is refused
        shutil.copytree(ROOT / name, root / name)
    return root


def main() -> int:
    """Try what is not yet in the log; status 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--audit", choices=["miniature", "this"], default="miniature")
    parser.add_argument("--fresh", action="store_true", help="forget the log")
    parser.add_argument("--table", type=Path, default=ROOT / "build" / "tools" / "faults.md")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # what is below is cleared away all the same
    LOG.parent.mkdir(parents=True, exist_ok=True)
    if given.fresh:
        LOG.unlink(missing_ok=True)
    lines = LOG.read_text(encoding="utf-8").splitlines() if LOG.exists() else []
    done = [Trial(**json.loads(line)) for line in lines]
    known = {trial.key for trial in done}
    left = [trial for trial in planned(given.seed, given.count, given.audit) if trial.key not in known]
    folder = Path(tempfile.mkdtemp(prefix="faults-"))  # short: it is where sockets are
    disturbed = None
    try:
        disturbed = DisturbedAudit(prepared(given.audit, folder), folder) if left else None
        for trial in left:
            disturbed.disturb(trial, random.Random(f"{given.seed} {trial.number}"))
            done.append(trial)
            with LOG.open("a", encoding="utf-8") as file:
                file.write(trial.as_json() + "\n")
            sys.stdout.write(f"{trial.number:4} {trial.command:<9} {trial.kind:<15} {trial.moment:6.3f} "
                             f"{trial.status!s:>5} {trial.outcome}{'  BROKEN: ' if trial.broken else ''}"
                             f"{'; '.join(trial.broken)}\n")
            sys.stdout.flush()
    finally:
        if disturbed is not None:
            disturbed.close()
        shutil.rmtree(folder, ignore_errors=True)
    write(done, given.table, given.seed)
    broken = sum(bool(trial.broken) for trial in done)
    sys.stdout.write(f"{len(done)} faults tried, {broken} broke a promise (exit {1 if broken else 0}).\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
