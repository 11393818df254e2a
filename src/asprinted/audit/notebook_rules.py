"""Rules that the notebooks of an audit keep beside those of every notebook (:mod:`forkmill.notebooks.rules`): each claim is
judged by a cell of its own, which is compared."""

from __future__ import annotations

from asprinted.audit import paper_calls
from asprinted.charts.files import FIGURE_MIME, figure_fault
from asprinted.verdicts.record import VERDICT_MIME, record_fault
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
    return rules.record_errors(notebook, AGAIN) + [error for cell in notebook.code for error in _stored_errors(cell)]


def _check_errors(cell: Cell) -> list[InputError]:
    checks = [call for call in paper_calls.of_paper(cell.source) if call.name == "check"]
    if not checks:
        return []
    errors, last = [], cell.source.rstrip().splitlines()[-1]
    if len(checks) > 1 or not checks[0].last:
        errors.append(InputError("a cell judges one claim, and that is its last line", cell.label, "one paper.check(...), last",
                                 f"{len(checks)} call(s)", "give each check its own cell"))
    if any(call.claim is None for call in checks):
        errors.append(InputError("the claim's id is not written out", cell.label, 'paper.check("an-id", ...)', last,
                                 "write the id as a literal string"))
    if CHECKED not in cell.tags:
        errors.append(_untagged("the check would not be compared", cell))
    return errors


def _untagged(what: str, cell: Cell) -> InputError:
    return InputError(what, cell.label, f"the tag {CHECKED}", ", ".join(cell.tags) or "no tag", TAG_IT)


def _stored_errors(cell: Cell) -> list[InputError]:
    errors = []
    records = [bundle[VERDICT_MIME] for bundle in cell.bundles(VERDICT_MIME)]
    for fault in filter(None, map(record_fault, records)):
        errors.append(InputError("the stored verdict is not in form", cell.label, "a record as checks give it", fault, AGAIN))
    claim = paper_calls.claim_of(cell.source)
    if claim is None and records:
        errors.append(InputError("a verdict is stored in a cell that judges nothing", cell.label, "paper.check(...)", _ids(records),
                                 "bring the check back, or " + AGAIN))
    elif claim is not None and len(records) != 1:
        errors.append(InputError(f"the check of {claim} stored no single verdict", cell.label, "one verdict record",
                                 str(len(records)), AGAIN))
    elif claim is not None and _ids(records) != claim:
        errors.append(InputError("the stored verdict is of another claim", cell.label, claim, _ids(records), AGAIN))
    figures = [bundle[FIGURE_MIME] for bundle in cell.bundles(FIGURE_MIME)]
    if figures and CHECKED not in cell.tags:
        errors.append(_untagged("the figure's data would not be compared", cell))
    for fault in filter(None, map(figure_fault, figures)):
        errors.append(InputError("the stored figure is not in form", cell.label, "a figure with its data", fault, AGAIN))
    return errors


def _ids(records: list[object]) -> str:
    return ", ".join(str(record.get("id")) if isinstance(record, dict) else "not a record" for record in records)
