"""One run of an audit: inputs checked, notebooks run, verdicts collected, the report made, all compared with the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.audit import collect, compare, input_checks, verdict_table
from asprinted.audit.input_checks import Inputs
from asprinted.report import build as report
from asprinted.report.sphinx import Sphinx
from asprinted.verdicts import record
from asprinted.verdicts.words import many
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import parameter_values
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_values import Value
from forkmill.project import MARK
from forkmill.run import folder, pool
from forkmill.run.session import Ran, Session
from forkmill.terminal import Terminal
from forkmill.writing import write_text

FIGURES = "figures"
REPORT = "the report"


def reproduce(root: Path, text: str = "", file: Path | None = None, jobs: int | None = None, terminal: Terminal | None = None,
              fresh: bool = False, timings: bool = False, scheduler: str | None = None) -> int:
    """Run every notebook whose result in ``build/`` no longer stands, and write ``build/``; the exit status.

    0: complete, and with default parameters equal to the record. 1: incomplete, or a verdict changed. 128 + signal:
    interrupted. ``text`` and ``file`` give parameters; ``jobs`` notebooks run at once, one a core by default. With
    ``fresh`` every notebook runs, whatever stands; ``timings`` says how long each stage took. ``scheduler``:
    address of a dask.distributed scheduler, on whose workers they run instead.

    Raises:
        InputErrors: every fault of the inputs, found before a kernel starts; what was built before is left as it was.
    """
    say, project = terminal or Terminal(), paths.project(root)

    def left() -> str:
        state = "holds a complete run" if (project.build / MARK).is_file() else "is incomplete"
        return f"the kernels were stopped and build/ {state}"

    with pool.Ending(say.say, left) as ending, Session(project, say, text=text, file=file, jobs=jobs, fresh=fresh, scheduler=scheduler,
                                                       aside=[FIGURES], after=[REPORT]) as session:
        found, chosen = _checked(root, text, file)
        session.stages.done("check inputs")
        with Sphinx(root, project.build) as sphinx:
            ran = session.run(found.notebooks, found.declared, chosen, found.rests_on, _given, sphinx.begin, found.readers)
            collection, faults = _collected(session, ran, found, chosen, sphinx)
        ending.status = _told(session, ran, collection, found, faults)
        say.listed("Seconds:", [f"{name:<22} {took:7.3f}" for name, took in session.stages.seconds.items()] * timings)
    return ending.status


def _checked(root: Path, text: str, file: Path | None) -> tuple[Inputs, dict[str, Value]]:
    errors: list[InputError] = []
    found, chosen = None, None
    try:
        found = input_checks.check(root)
        errors += input_checks.text_errors(root)
    except InputErrors as error:
        errors += error.errors
    try:
        chosen = parameter_values.values(input_checks.declaration(root), text, file)
    except InputErrors as error:
        errors += [one for one in error.errors if one not in errors]
    if found is None or chosen is None or errors:
        raise InputErrors(errors)
    return found, chosen


def _given(notebook: Notebook) -> list[dict[str, Any]]:
    return collect.records([notebook])


def _collected(session: Session, ran: Ran, found: Inputs, chosen: dict[str, Value], sphinx: Sphinx) -> tuple[collect.Collection, list[str]]:
    """Collect and write everything that a run leaves; with the faults that make it incomplete."""
    sphinx.begin()
    build = session.project.build
    collection = collect.collect(ran.notebooks, found.claims)
    # A claim that is missing because its notebook failed is said once, by that failure.
    faults = [fault for fault in collection.faults if not (ran.failures and fault.startswith("no notebook judges"))]
    session.stages.done("collect verdicts")
    complete = not ran.failures and not faults
    folder.put_back(session.project, FIGURES, collection.figures)
    write_text(build / "verdicts.json", record.as_json(collection.records, chosen, complete))
    write_text(build / "verdicts.csv", record.as_csv(collection.records))
    session.stages.done("write verdicts")
    with session.step(REPORT, "writing the pages"):
        faults += report.build(session.project.root, build, sphinx)
    session.mark(complete and not faults)
    return collection, faults


def _told(session: Session, ran: Ran, collection: collect.Collection, found: Inputs, faults: list[str]) -> int:
    """Say what was found, and how it differs from the record; the exit status."""
    summary = record.summary(collection.records.values())
    waiting = sum(not record.judged(one) for one in collection.records.values())
    if ran.failures or faults:
        verdict_table.say(summary, session.say, waiting)
        return session.incomplete([*ran.failures, *faults])
    with session.say.kept() as said:
        verdict_table.say(summary, session.say, waiting)
        verdict_table.say_what_fails(collection.records.values(), session.say)
        if (page := session.project.build / report.FOLDER / "index.html").is_file():
            session.say.note(f"The report: {page.relative_to(session.project.root)} (make view). One claim: make show ID=...")
        status = _compared(session, collection, ran.notebooks, found)
    session.remember(said, status)
    return status


def _compared(session: Session, collection: collect.Collection, executed: list[Notebook], found: Inputs) -> int:
    say, judged = session.say, sum(map(record.judged, collection.records.values()))
    number, waiting = many(judged, "claim"), len(collection.records) - judged
    later = f", {waiting} not judged yet" if waiting else ""
    changed = compare.changes(collection.records, found.notebooks)
    if not session.default:
        other = parameter_values.as_text(parameter_values.differing(session.declared, session.chosen))
        verdicts = [one for one in changed if one.before != one.after]
        say.listed("Other verdicts than under the default choices:", compare.told(verdicts))
        say.say(f"Complete: {number} judged under {other}{later}, {len(verdicts) or 'no'} other verdict{'s' * (len(verdicts) != 1)} than "
                "under the default choices. build/ holds this run now; make reproduce brings the default one back (exit 0).")
        return 0
    say.listed("Not as in the committed notebooks:", compare.told(changed))
    if changed:
        say.say(f"Complete, but {len(changed)} of {many(len(collection.records), 'claim')} have another record than the committed "
                "notebooks; make accept would make it theirs (exit 1).")
        return 1
    say.listed("Other outputs than in the committed notebooks (make accept stores them):",
               compare.other_outputs(executed, found.notebooks))
    say.say(f"Complete: {number} judged{later}, every verdict equals the record (exit 0).")
    return 0
