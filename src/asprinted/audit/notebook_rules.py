"""Rules that the notebooks of an audit keep beside those of every notebook (:mod:`forkmill.notebooks.rules`): a cell judges one
claim, or several side by side in one table, and is compared."""

from __future__ import annotations

from asprinted.audit.collect import stored
from asprinted.charts.figure_files import FIGURE_MIME, figure_fault
from asprinted.notebook import calls, judged_table, side_by_side
from asprinted.verdicts.record import record_fault
from forkmill.errors import InputError
from forkmill.notebooks import rules
from forkmill.notebooks.ipynb import Cell, Notebook
from forkmill.notebooks.rules import CHECKED, TAG_IT

AGAIN = "run make reproduce, then make accept"


def source_errors(notebook: Notebook) -> list[InputError]:
    """Faults in what a person writes, those of every notebook among them. Needs no outputs, so it precedes a run."""
    errors = rules.source_errors(notebook)
    for cell in notebook.code:
        try:
            errors += _check_errors(cell)
        except (SyntaxError, ValueError):
            continue  # said already
    return errors


def record_errors(notebook: Notebook) -> list[InputError]:
    """Faults in what is stored, those of every notebook among them. A committed notebook has none."""
    errors = rules.record_errors(notebook, AGAIN)
    return errors if rules.never_run(notebook) else errors + [error for cell in notebook.code for error in _stored_errors(cell)]


def _check_errors(cell: Cell) -> list[InputError]:
    checks = [call for call in calls.of_paper(cell.source) if call.name in calls.JUDGING]
    if not checks:
        return []
    errors, last = [], cell.source.rstrip().splitlines()[-1]
    aside = sum(not call.last for call in checks)
    if aside:
        errors.append(InputError("what a cell judges is what it shows last: one claim, or several side by side", cell.label,
                                 "paper.check(...) last, or paper.side_by_side(...) of all of them",
                                 f"{len(checks)} check(s), {aside} not shown last",
                                 f"end with paper.{side_by_side.METHOD}(...) of every check, or give each its own cell"))
    if any(call.claim is None and not call.many for call in checks):
        errors.append(InputError("the claim's id is not written out", cell.label, 'paper.check("an-id", ...)', last,
                                 "write the id as a literal string, or loop inside the last line: "
                                 f"paper.{side_by_side.METHOD}(*[paper.check(...) for ...])"))
    if CHECKED not in cell.tags:
        errors.append(_untagged("the check would not be compared", cell))
    return errors


def _untagged(what: str, cell: Cell) -> InputError:
    return InputError(what, cell.label, f"the tag {CHECKED}", ", ".join(cell.tags) or "no tag", TAG_IT)


def _stored_errors(cell: Cell) -> list[InputError]:
    errors = []
    records = stored(cell)
    for fault in filter(None, map(record_fault, records)):
        errors.append(InputError("the stored verdict is not in form", cell.label, "a record as checks give it", fault, AGAIN))
    claims, loops = calls.claims_of(cell.source), calls.loops(cell.source)
    judged = _judged(records)
    if loops and not records:
        errors.append(InputError("a cell that judges claims in a loop stored no verdict", cell.label, "a record of each", "none", AGAIN))
    elif loops and not {*claims} <= {*judged}:
        errors.append(InputError("a stored verdict is of another claim", cell.label, ", ".join(claims), ", ".join(judged), AGAIN))
    elif records and not claims and not loops:
        errors.append(InputError("a verdict is stored in a cell that judges nothing", cell.label, "paper.check(...)", _ids(records),
                                 "bring the check back, or " + AGAIN))
    elif len(judged) != len(claims) and not loops:
        errors.append(InputError(f"a cell that judges {', '.join(claims)} stored another number of verdicts", cell.label,
                                 f"{len(claims)} verdict record(s)", str(len(judged)), AGAIN))
    elif claims and not loops and sorted(judged) != sorted(claims):  # a table may have another order than the code
        errors.append(InputError("a stored verdict is of another claim", cell.label, ", ".join(claims), ", ".join(judged), AGAIN))
    figures = [bundle[FIGURE_MIME] for bundle in cell.bundles(FIGURE_MIME)]
    if figures and CHECKED not in cell.tags:
        errors.append(_untagged("the figure's data would not be compared", cell))
    for fault in filter(None, map(figure_fault, figures)):
        errors.append(InputError("the stored figure is not in form", cell.label, "a figure with its data", fault, AGAIN))
    return errors


def _judged(records: list[object]) -> list[str]:
    """By which ids the code of a cell asks for what it stored: all cells of a printed table by one."""
    ids = [judged_table.judged_by(one) if isinstance(one, dict) else "not a record" for one in records]
    tables = {judged_table.judged_by(one) for one in records if isinstance(one, dict) and one.get("table")}
    return [id for place, id in enumerate(ids) if id not in tables or place == ids.index(id)]


def _ids(records: list[object]) -> str:
    return ", ".join(str(record.get("id")) if isinstance(record, dict) else "not a record" for record in records)
