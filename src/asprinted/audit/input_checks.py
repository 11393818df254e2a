"""Whether what an audit rests on is sound: every fault of data, claims, parameters and notebooks at once."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from asprinted import paths
from asprinted.audit import collect, dependencies, notebook_rules
from asprinted.notebook import calls
from forkmill import reading
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import ipynb, parameter_declaration, parameters_cell, rules
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.schema import near
from forkmill.state import packages, snapshot
from forkmill.writing import write_bytes

SOUND = "tables-found-sound"  # below the cache of a build
SITE_FIELDS = ("title", "short", "licence", "introduction", "onward")  # without these no page can be made


@dataclass(frozen=True)
class Inputs:
    """Sound inputs: declared parameters, notebooks by name, ids of the claims in the order of the paper."""

    declared: dict[str, Parameter]
    notebooks: list[Notebook]
    claims: list[str]

    @property
    def rests_on(self) -> dict[str, tuple[str, ...]]:
        """For each notebook those whose verdicts it asks for."""
        return {one.name: dependencies.rests_on(one, self.notebooks) for one in self.notebooks}

    @property
    def readers(self) -> list[str]:
        """Notebooks that judge the claims of others anew, for which they read their files."""
        return [one.name for one in self.notebooks if dependencies.judges_anew(one)]


def declaration(root: Path, notebooks: list[str] | None = None) -> dict[str, Parameter]:
    """The declared parameters. Raises :class:`InputErrors`."""
    return parameter_declaration.load(root / paths.MARK, notebooks)


def check(root: Path, record: bool = False) -> Inputs:
    """All inputs, if they are sound; with ``record`` also what the committed notebooks have stored, and the text that was drafted.

    Raises:
        InputErrors: every fault of data, claims, parameters and notebooks at once.
    """
    written = claim_errors(root)
    errors = data_errors(root) + written + site_errors(root)
    read: list[Notebook] = []
    try:
        read = rules.load(paths.notebooks(root))
    except InputErrors as error:
        errors += error.errors
    errors += [] if written else _unknown(root, read)
    declared: dict[str, Parameter] = {}
    try:
        declared = declaration(root, [path.stem for path in ipynb.paths(paths.notebooks(root))] or None)
    except InputErrors as error:
        errors += error.errors
    for notebook in read:
        errors += notebook_rules.source_errors(notebook)
        if declared:
            errors += parameters_cell.errors(notebook, declared)
        if record:
            errors += notebook_rules.record_errors(notebook)
    if record:
        errors += collect.guesses(collect.records(read))
    if not errors:  # it needs every notebook, and code that can be parsed
        errors += dependencies.errors(read) + _absent(root, read) + (text_errors(root) if record else [])
    if errors:
        raise InputErrors(errors)
    from asprinted.paper import register

    return Inputs(declared, read, list(register.load(root).claims))


def _unknown(root: Path, read: list[Notebook]) -> list[InputError]:
    """Claims and printed tables that a notebook judges and that are not written down of the paper."""
    from asprinted.paper import register

    found = register.load(root)
    known = {**found.claims, **found.tables}
    return [InputError("there is no such claim to judge", cell.label, "a claim or a printed table of data/paper/claims", claim,
                       near(claim, known) or "write it down there, or take the cell out")
            for one in read for cell in one.code for claim in calls.claims_of(cell.source) if claim not in known]


def data_errors(root: Path) -> list[InputError]:
    """Faults of the official tables and of the data files.

    Tables in which none was found are not gone through again while they, and what goes through them, stay as they are: of this audit's
    11 tables that takes 0.18 s, and 0.01 s to see that they do.
    """
    from asprinted.data_files import provenance
    from asprinted.official import tables

    kept, state = paths.project(root).cache / SOUND, _state_of_tables(root)
    found = [] if state and kept.is_file() and kept.read_bytes() == state else tables.check(root)
    if state and not found and kept.parent.is_dir():
        with contextlib.suppress(OSError):  # in a folder where nothing may be written it is found anew each time
            write_bytes(kept, state)
    return found + provenance.check(root)


def _state_of_tables(root: Path) -> bytes:
    """What decides whether the official tables are sound: their bytes, the code and the libraries; empty where one cannot be read."""
    folder = paths.official(root)
    try:
        inside = sorted(folder.rglob("*"))
        if any(path.is_file() and path.stat().st_size > reading.LARGEST for path in inside):
            return b""  # it is refused without being read
        hashes = [snapshot.hashes(folder, ["."]), *(snapshot.hashes(code, ["."]) for code in paths.project(root).packages)]
    except OSError:
        return b""
    names = [path.relative_to(folder).as_posix() for path in inside]  # also of what should be a file and is none
    return snapshot.digest(json.dumps([hashes, names, packages.installed(), sys.version]).encode()).encode()


def site_errors(root: Path) -> list[InputError]:
    """Faults of docs/site.yaml, the texts of the report; an audit without the file has no report."""
    path = root / paths.SITE
    if not path.is_file():
        return []
    try:
        found = reading.document(path, paths.SITE.as_posix())
    except InputError as error:
        return [error]
    if not isinstance(found, dict):
        return [InputError("the texts of the report are no mapping", paths.SITE.as_posix(), ", ".join(SITE_FIELDS), type(found).__name__,
                           "write a line NAME: TEXT for each")]
    return [InputError("a text of the report is missing", f"{paths.SITE.as_posix()}, field {field}", "text",
                       "nothing" if found.get(field) is None else repr(found[field])[:80], "write it; a new audit shows how")
            for field in SITE_FIELDS if not (isinstance(found.get(field), str) and found[field].strip())]


def claim_errors(root: Path) -> list[InputError]:
    """Faults of what is written down of the paper."""
    from asprinted.paper import attribution, findings, register
    from asprinted.paper.form import check as breaches

    errors = breaches(root)
    if errors:  # the attributions name claims and locators
        return errors
    found = register.load(root)
    return attribution.check(found.claims, {*found.locators}, root) + findings.check(found.claims, root)


def text_errors(root: Path) -> list[InputError]:
    """Claims and printed tables that state what the text, as it was drafted last, does not print; what is written down is sound.

    A draft is not held to it: it tells the same, and writes down the new text.
    """
    from asprinted.paper import drafted

    return drafted.check(root)


def _absent(root: Path, read: list[Notebook]) -> list[InputError]:
    """Files of data/paper that the notebooks ask for by ``paper.table(NAME)`` and ``paper.document(NAME)``, or by ``paper.data(NAME)``."""
    endings = {"table": ".csv", "document": ".yaml"}
    asked = [(cell, call) for one in read for cell in one.code for call in calls.of_paper(cell.source) if call.claim]
    return _no_data(root, [str(call.claim) for _, call in asked if call.name == "data"]) + [
        InputError("the notebook reads a file that is missing", cell.label, f"data/paper/{call.claim}{endings[call.name]}",
                   "nothing", "restore it from git, or correct the name")
        for cell, call in asked
        if call.name in endings and not (paths.paper(root) / f"{call.claim}{endings[call.name]}").is_file()
    ]


def _no_data(root: Path, names: list[str]) -> list[InputError]:
    """Data files that the notebooks ask for and that are not there."""
    from asprinted.data_files import provenance

    found = []
    for name in dict.fromkeys(names):
        try:
            provenance.about(name, root)
        except InputError as error:
            found.append(error)
    return found
