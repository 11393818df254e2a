"""Whether the committed notebooks judge every claim once, and give what they have stored when they are run again."""

from __future__ import annotations

import html
from pathlib import Path

from asprinted import paths
from asprinted.audit import collect, input_checks
from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook import side_by_side
from asprinted.verdicts.card import as_html
from asprinted.verdicts.record import VERDICT_MIME
from forkmill.notebooks.ipynb import Notebook, text_of
from forkmill.run import journal
from forkmill.terminal import Terminal
from forkmill.validate import nbval


def validate(root: Path, terminal: Terminal) -> int:
    """Check the notebooks' shape and that every claim is judged once, then run nbval over them; the exit status.

    0: every compared output equals the stored one. 1: a claim is unjudged, judged twice, unknown, or an output differs.

    Raises:
        InputErrors: every fault in data, claims, parameters and notebooks (a missing output, a misspelt tag, ...).
    """
    nbval.available()
    project = paths.project(root)
    with journal.alone(project, terminal):
        found = input_checks.check(root, record=True)
        faults = collect.collect(found.notebooks, found.claims).faults + card_faults(found.notebooks)
        if faults:
            terminal.listed("The committed notebooks do not judge every claim once:", faults)
            terminal.say(f"Not valid: {len(faults)} fault(s); no notebook was run (exit 1).")
            return 1
        return nbval.validate(project, found.notebooks, terminal)


def card_faults(read: list[Notebook]) -> list[str]:
    """Stored cards and captions that are not those of the record beside them: nbval compares no HTML."""
    faults = []
    for cell in [cell for one in read for cell in one.code]:
        for bundle in cell.bundles(VERDICT_MIME):
            record = {"note": "", **bundle[VERDICT_MIME]}
            if "text/html" in bundle and text_of(bundle["text/html"]) != as_html(record):
                faults.append(f"{cell.label}: the stored card is not the one of the stored verdict")
        for bundle in cell.bundles(side_by_side.VERDICTS_MIME):
            records = [{"note": "", **record} for record in side_by_side.records_of(bundle)]
            if "text/html" in bundle and text_of(bundle["text/html"]) != side_by_side.as_html(records):
                faults.append(f"{cell.label}: the stored table is not the one of the stored verdicts")
        for bundle in cell.bundles(FIGURE_MIME):
            texts = [html.escape(bundle[FIGURE_MIME][key], quote=True) for key in ("alt", "title", "source")]
            shown = text_of(bundle.get("text/html", ""))
            if "<figcaption" in shown and not all(text in shown for text in texts):
                faults.append(f"{cell.label}: the stored caption is not the one of the stored figure")
    return faults
