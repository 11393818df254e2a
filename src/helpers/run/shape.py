"""Rules that every notebook keeps, so that nothing passes because nothing was compared.

nbval passes a notebook without outputs, with a misspelt tag, or with its checks deleted; these rules do not.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from helpers.errors import InputError, InputErrors
from helpers.run import calls, notebooks
from helpers.run.notebooks import FIGURE_MIME, INJECTED, VERDICT_MIME, Cell, Notebook
from helpers.run.records import record_fault

CHECKED = "nbval-check-output"
PARAMETERS = "parameters"
TAGS = (PARAMETERS, INJECTED, CHECKED)


def load(folder: Path) -> list[Notebook]:
    """Every notebook of a folder, in the order of their names.

    Raises:
        InputErrors: one or more cannot be read, or there is none.
    """
    read, errors = [], []
    for path in notebooks.paths(folder):
        try:
            read.append(notebooks.read(path))
        except InputError as error:
            errors.append(error)
    if not read and not errors:
        errors.append(InputError("there is no notebook", folder.name, "files *.ipynb", "none", "restore them from git"))
    if errors:
        raise InputErrors(errors)
    return read


def source_errors(notebook: Notebook) -> list[InputError]:
    """Faults in what a person writes: kernel, tags, kinds of cells, calls. Needs no outputs, so it precedes a run."""
    errors = _kernel_errors(notebook)
    ids: set[str] = set()
    for cell in notebook.cells:
        if cell.id in ids:
            errors.append(
                InputError(
                    "two cells have one id",
                    cell.label,
                    "an id for each cell",
                    cell.id,
                    "copy the cell in JupyterLab instead of in the file",
                )
            )
        ids.add(cell.id)
        errors += _tag_errors(cell)
        errors += _code_errors(cell) if cell.kind == "code" else _other_errors(cell)
    return errors


def record_errors(notebook: Notebook) -> list[InputError]:
    """Faults in what is stored: outputs, counts, verdicts. A committed notebook has none of them."""
    errors: list[InputError] = []
    for cell in notebook.code:
        errors += _stored_errors(cell)
    if not any(CHECKED in cell.tags for cell in notebook.code):
        errors.append(
            InputError(
                "no cell of the notebook is compared",
                f"{notebook.name}.ipynb",
                f"at least one code cell with the tag {CHECKED}",
                "none",
                "tag the cell that shows the notebook's verdicts or its table",
            )
        )
    volatile = [key for key in notebooks.VOLATILE_NOTEBOOK if key in notebook.content.get("metadata", {})]
    for key in volatile:
        errors.append(_volatile(f"{notebook.name}.ipynb", key))
    for cell in notebook.cells:
        errors += [_volatile(cell.label, key) for key in ("papermill", "execution") if key in cell.metadata]
    return errors


def _volatile(where: str, key: str) -> InputError:
    return InputError(
        "metadata that change with every run are stored",
        where,
        f"no metadata.{key}",
        key,
        "run make reproduce, then make accept",
    )


def _kernel_errors(notebook: Notebook) -> list[InputError]:
    metadata = notebook.content.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = spec.get("name") if isinstance(spec, dict) else None
    if name == notebooks.KERNEL["name"]:
        return []
    return [
        InputError(
            "the notebook asks for another kernel",
            f"{notebook.name}.ipynb, metadata.kernelspec",
            notebooks.KERNEL["name"],
            str(name),
            "choose the kernel Python 3 (ipykernel) in JupyterLab and save",
        )
    ]


def _tag_errors(cell: Cell) -> list[InputError]:
    errors = []
    for tag in cell.tags:
        if tag not in TAGS:
            near = difflib.get_close_matches(tag, TAGS, 1)
            do = f"did you mean {near[0]}?" if near else "remove the tag"
            errors.append(InputError("the tag is not one of those allowed", cell.label, ", ".join(TAGS), tag, do))
        elif cell.kind != "code":
            errors.append(
                InputError(
                    f"a {cell.kind} cell has the tag of a code cell",
                    cell.label,
                    "a code cell",
                    tag,
                    "make it a code cell again",
                )
            )
    if INJECTED in cell.tags:
        errors.append(
            InputError(
                "a cell that a run with other parameters injected was left",
                cell.label,
                "the parameters cell alone",
                INJECTED,
                "delete the cell",
            )
        )
    return errors


def _other_errors(cell: Cell) -> list[InputError]:
    if cell.kind != "raw":
        return []
    return [
        InputError(
            "a raw cell is never run and never compared",
            cell.label,
            "a code or a Markdown cell",
            "raw",
            "make it a code cell again",
        )
    ]


def _code_errors(cell: Cell) -> list[InputError]:
    source = cell.source.rstrip()
    if not source:
        return [InputError("the code cell is empty", cell.label, "code", "nothing", "delete the cell")]
    try:
        checks = [call for call in calls.of_paper(source) if call.name == "check"]
    except (SyntaxError, ValueError) as error:
        return [
            InputError(
                "the code is not plain Python",
                cell.label,
                "Python without magics or shell escapes",
                str(error),
                "write it in Python, or move it out of the notebook",
            )
        ]
    errors = []
    if source.endswith(";"):
        errors.append(
            InputError(
                "the cell ends in ;",
                cell.label,
                "an assignment or an output",
                source.splitlines()[-1],
                "assign the result: nbval shows what ; would hide",
            )
        )
    if not checks:
        return errors
    if len(checks) > 1 or not checks[0].last:
        errors.append(
            InputError(
                "a cell judges one claim, and that is its last line",
                cell.label,
                "one paper.check(...), last",
                f"{len(checks)} call(s)",
                "give each check its own cell",
            )
        )
    if any(call.claim is None for call in checks):
        errors.append(
            InputError(
                "the claim's id is not written out",
                cell.label,
                'paper.check("an-id", ...)',
                source.splitlines()[-1],
                "write the id as a literal string",
            )
        )
    if CHECKED not in cell.tags:
        errors.append(
            InputError(
                "the check would not be compared",
                cell.label,
                f"the tag {CHECKED}",
                ", ".join(cell.tags) or "no tag",
                "add the tag in JupyterLab's property inspector",
            )
        )
    return errors


def _stored_errors(cell: Cell) -> list[InputError]:
    errors = []
    again = "run make reproduce, then make accept"
    if cell.count != cell.number:
        errors.append(
            InputError(
                "the notebook was not run from top to bottom",
                cell.label,
                f"execution count {cell.number}",
                str(cell.count),
                again,
            )
        )
    for output in cell.outputs:
        if output.get("output_type") == "error":
            errors.append(
                InputError(
                    "the cell failed when it was run",
                    cell.label,
                    "no error",
                    f"{output.get('ename')}: {output.get('evalue')}",
                    "mend the cell; " + again,
                )
            )
    records = [bundle[VERDICT_MIME] for bundle in cell.bundles(VERDICT_MIME)]
    for fault in filter(None, map(record_fault, records)):
        errors.append(InputError("the stored verdict is not in form", cell.label, "a record as checks give it", fault, again))
    claim = calls.claim_of(cell.source)
    if claim is None and records:
        errors.append(
            InputError(
                "a verdict is stored in a cell that judges nothing",
                cell.label,
                "paper.check(...)",
                _ids(records),
                "bring the check back, or " + again,
            )
        )
    elif claim is not None and len(records) != 1:
        errors.append(
            InputError(
                f"the check of {claim} stored no single verdict",
                cell.label,
                "one verdict record",
                str(len(records)),
                again,
            )
        )
    elif claim is not None and _ids(records) != claim:
        errors.append(InputError("the stored verdict is of another claim", cell.label, claim, _ids(records), again))
    if cell.bundles(FIGURE_MIME) and CHECKED not in cell.tags:
        errors.append(
            InputError(
                "the figure's data would not be compared",
                cell.label,
                f"the tag {CHECKED}",
                ", ".join(cell.tags) or "no tag",
                "add the tag in JupyterLab's property inspector",
            )
        )
    if CHECKED in cell.tags and claim is None and not cell.outputs:
        errors.append(InputError("a compared cell stored no output", cell.label, "an output", "none", again))
    return errors


def _ids(records: list[object]) -> str:
    return ", ".join(str(record.get("id")) if isinstance(record, dict) else "not a record" for record in records)
