"""Rules that every notebook keeps, so that nothing passes because nothing was compared.

nbval passes a notebook without outputs, with a misspelt tag, or with its checks deleted; these rules do not.
"""

from __future__ import annotations

import ast
import difflib
import re
from pathlib import Path
from typing import Any

from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import ipynb
from forkmill.notebooks.ipynb import INJECTED, Cell, Notebook

CHECKED = "nbval-check-output"
PARAMETERS = "parameters"
# Of outputs, what looks different on another machine and means the same: not compared.
IGNORED = ("text/html", "image/png", "image/jpeg", "image/svg+xml", "application/vnd.jupyter.widget-view+json", "stderr")
NO_TEXT = re.compile(r"<[\w.]+( object)?( at 0x[0-9a-f]+)?>|<Figure size .*>")  # what stands for something that has no text
TAGS = (PARAMETERS, INJECTED, CHECKED)
AGAIN = "run the notebooks, then store those of build/notebooks/ in their place"
TAG_IT = "add the tag in JupyterLab's property inspector"


def load(folder: Path, *, upgrade: bool = False) -> list[Notebook]:
    """Every notebook of a folder, in the order of their names; with ``upgrade`` as one of format 4.5 where it is older.

    Raises:
        InputErrors: one or more cannot be read, or there is none.
    """
    read, errors = [], []
    for path in ipynb.paths(folder):
        try:
            read.append(ipynb.read(path, upgrade=upgrade))
        except InputError as error:
            errors.append(error)
    if not read and not errors:
        errors.append(InputError("there is no notebook", folder.name, "files *.ipynb", "none",
                                 "give the folder that holds them, or restore them"))
    if errors:
        raise InputErrors(errors)
    return read


def source_errors(notebook: Notebook, *, strict: bool = True) -> list[InputError]:
    """Faults in what a person writes: kernel, tags, kinds of cells, code. Needs no outputs, so it precedes a run.

    Without ``strict`` only those that would spoil a run: cells that do not run, and tags of other tools, do not.
    """
    errors = _kernel_errors(notebook)
    ids: set[str] = set()
    for cell in notebook.cells:
        if cell.id in ids:
            do = "copy the cell in JupyterLab instead of in the file"
            errors.append(InputError("two cells have one id", cell.label, "an id for each cell", cell.id, do))
        ids.add(cell.id)
        errors += _tag_errors(cell, strict)
        if cell.kind == "code":
            errors += _code_errors(cell, strict) if strict or cell.runs else []
        elif cell.kind == "raw" and strict:
            errors.append(InputError("a raw cell is never run and never compared", cell.label, "a code or a Markdown cell", "raw",
                                     "make it a code cell again"))
    return errors


def record_errors(notebook: Notebook, again: str = AGAIN) -> list[InputError]:
    """Faults in what is stored: outputs and counts. A committed notebook has none of them.

    ``again``: how one stores what a new run gives.
    """
    errors = _order_errors(notebook, again)
    if never_run(notebook):  # that nothing is stored either says nothing more
        return errors
    for cell in notebook.code:
        errors += _stored_errors(cell, again)
    if not any(CHECKED in cell.tags for cell in notebook.code):
        errors.append(InputError("no cell of the notebook is compared", f"{notebook.name}.ipynb",
                                 f"at least one code cell with the tag {CHECKED}", "none",
                                 "tag the cell that shows what the notebook finds"))
    for key in ipynb.VOLATILE_NOTEBOOK:
        if key in notebook.content.get("metadata", {}):
            errors.append(_volatile(f"{notebook.name}.ipynb", key, again))
    for cell in notebook.cells:
        errors += [_volatile(cell.label, key, again) for key in ("papermill", "execution") if key in cell.metadata]
    return errors


def never_run(notebook: Notebook) -> bool:
    """Whether no cell of the notebook has been run, as it was first written or saved without outputs."""
    return bool(notebook.code) and all(cell.count is None and not cell.outputs for cell in notebook.code)


def _order_errors(notebook: Notebook, again: str) -> list[InputError]:
    """One fault for all cells whose count is not their number: what one cell is out by, all below it are."""
    aside = [cell for cell in notebook.code if cell.count != cell.number]
    if not aside:
        return []
    first, *others = aside
    more = f"; the same in {others[0].label}" if others else ""
    more += f" and {len(others) - 1} more" if len(others) > 1 else ""
    return [InputError("the notebook was not run from top to bottom", first.label, f"execution count {first.number}",
                       f"{first.count}{more}", again)]


def _volatile(where: str, key: str, again: str) -> InputError:
    return InputError("metadata that change with every run are stored", where, f"no metadata.{key}", key, f"tidy the notebooks, or {again}")


def _kernel_errors(notebook: Notebook) -> list[InputError]:
    metadata = notebook.content.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = spec.get("name") if isinstance(spec, dict) else None
    if name == ipynb.KERNEL["name"]:
        return []
    do = "choose the kernel Python 3 (ipykernel) in JupyterLab and save"
    if ipynb.language(notebook.content) not in ("", ipynb.PYTHON):
        do = "move it to another folder: only Python is run here"
    return [InputError("the notebook asks for another kernel", f"{notebook.name}.ipynb, metadata.kernelspec", ipynb.KERNEL["name"],
                       str(name), do)]


def _tag_errors(cell: Cell, strict: bool) -> list[InputError]:
    errors = []
    for tag in cell.tags:
        if tag not in TAGS:
            near = difflib.get_close_matches(tag, TAGS, 1)
            if not near and not strict:
                continue
            do = f"did you mean {near[0]}?" if near else "remove the tag"
            errors.append(InputError("the tag is not one of those allowed", cell.label, ", ".join(TAGS), tag, do))
        elif cell.kind != "code":
            errors.append(InputError(f"a {cell.kind} cell has the tag of a code cell", cell.label, "a code cell", tag,
                                     "make it a code cell again"))
    if INJECTED in cell.tags:
        errors.append(InputError("a cell that a run with other parameters injected was left", cell.label, "the parameters cell alone",
                                 INJECTED, "delete the cell"))
    return errors


def _code_errors(cell: Cell, strict: bool) -> list[InputError]:
    source = cell.source.rstrip()
    if not source:
        return [InputError("the code cell is empty", cell.label, "code", "nothing", "delete the cell")]
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return [InputError("the code is not plain Python", cell.label, "Python without magics or shell escapes", str(error),
                           "write it in Python, or move it out of the notebook")]
    leaving = next((node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("exit", "quit")), None)
    if leaving:
        return [InputError("the cell ends the notebook in a way that lets the rest of it go on", cell.label, "sys.exit(), or an exception",
                           f"{leaving}, which asks the shell to end later", "write raise SystemExit")]
    if source.endswith(";") and strict:
        return [InputError("the cell ends in ;", cell.label, "an assignment or an output", source.splitlines()[-1],
                           "assign the result: nbval shows what ; would hide")]
    return []


def _compared(output: dict[str, Any]) -> bool:
    """Whether anything of an output is compared that says what it shows."""
    data = output.get("data")
    if not data:
        return output.get("name") not in IGNORED
    text = "".join(data.get("text/plain", ""))
    told = {"text/plain"} if NO_TEXT.fullmatch(text) and len(data) > 1 else set()
    return not set(data) <= {*IGNORED, *told}


def _stored_errors(cell: Cell, again: str) -> list[InputError]:
    errors = []
    for output in cell.outputs:
        if output.get("output_type") == "error":
            errors.append(InputError("the cell failed when it was run", cell.label, "no error",
                                     f"{output.get('ename')}: {output.get('evalue')}", "mend the cell; " + again))
    if CHECKED in cell.tags and not cell.outputs:
        errors.append(InputError("a compared cell stored no output", cell.label, "an output", "none", again))
    elif CHECKED in cell.tags and not any(map(_compared, cell.outputs)):
        errors.append(InputError("a compared cell shows nothing that is compared", cell.label, "plain text, or data (type +json)",
                                 "pictures, HTML or warnings alone", f"show a text as well, or take the tag {CHECKED} away"))
    return errors
