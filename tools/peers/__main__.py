"""``make -C tools peers``: the test suites of papermill, nbclient, nbval, jupyter_client and ipykernel with forked kernels.

Each runs twice, at the version that requirements/all.txt pins: with ordinary kernels and with forked ones as Jupyter's default.
What fails with forked kernels alone, three times one after another, is told; status 1 where reasons.yaml gives no reason for
it, or one for a test that does not fail so.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import yaml

from asprinted import generated_parts
from peers.compare import Difference, Outcomes, counts, only_forked, settled, table
from peers.suites import FOLDER, ROOT, SUITES, Suite, install, read, report_of, run, sources

REASONS = Path(__file__).with_name("reasons.yaml")
PAGE = ROOT / "src" / "forkmill" / "README.md"
REPEATED = ("forked-again", "forked-once-more")  # how often a test that fails with forked kernels alone is repeated


def both(suite: Suite, checkout: Path | None) -> tuple[Outcomes, Outcomes]:
    """What becomes of the tests of a suite with ordinary and with forked kernels."""
    folder = sources(suite, checkout)
    reports = {way: report_of(suite, way) for way in ("ordinary", "forked", *REPEATED)}
    for report in reports.values():
        report.unlink(missing_ok=True)
    ordinary = run(suite, folder, forked=False, report=reports["ordinary"])
    print(f"{suite.name} {suite.version}, ordinary kernels: {counts(ordinary)}", flush=True)
    forked = run(suite, folder, forked=True, report=reports["forked"])
    for way in REPEATED:
        if tests := only_forked(ordinary, forked):
            forked = settled(forked, run(suite, folder, forked=True, report=reports[way], tests=tests))
    print(f"{suite.name} {suite.version}, forked kernels: {counts(forked)}", flush=True)
    return ordinary, forked


def last(suite: Suite) -> tuple[Outcomes, Outcomes]:
    """The same from the reports of the last run."""
    ordinary, forked = (read(report_of(suite, way)) for way in ("ordinary", "forked"))
    for way in REPEATED:
        forked = settled(forked, read(report_of(suite, way)))
    return ordinary, forked


def main() -> int:
    """Run what is asked for, print the table and the faults, write the page with ``--docs``."""
    parser = argparse.ArgumentParser(prog="python -m peers", description=__doc__.splitlines()[0])
    names = [suite.name for suite in SUITES]
    parser.add_argument("--only", action="append", choices=names, help="this suite; may be given again for another")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=FOLDER",
                        help="take the tests of a suite from a checkout in place of what the project has published")
    parser.add_argument("--reports", action="store_true", help="compare the reports of the last run and run nothing")
    parser.add_argument("--docs", action="store_true", help="write the table into the README of forkmill")
    given = parser.parse_args()
    if given.docs and given.only:
        parser.error("--docs takes every suite")
    checkouts = dict(text.partition("=")[::2] for text in given.checkout)
    if wrong := [text for text in given.checkout if text.partition("=")[0] not in names or not Path(text.partition("=")[2]).is_dir()]:
        parser.error(f"--checkout {wrong[0]}: no suite, or no folder")
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    if not given.reports:
        FOLDER.mkdir(parents=True, exist_ok=True)
        install()
    found = []
    for suite in SUITES:
        if suite.name in (given.only or names):
            checkout = Path(checkouts[suite.name]).resolve() if suite.name in checkouts else None
            ordinary, forked = last(suite) if given.reports else both(suite, checkout)
            found.append(Difference(suite.name, suite.version, ordinary, forked, reasons.get(suite.name, {})))
    text = table(found)
    faults = [fault for one in found for fault in one.faults]
    sys.stdout.writelines(f"{line}\n" for line in (text, *faults))
    if given.docs:
        generated_parts.put(PAGE, "peers", f"Run on {datetime.now(UTC):%Y-%m-%d}.\n\n{text}", "make -C tools peers ARGS=--docs")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
