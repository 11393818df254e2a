"""What a run rests on: whether it is sound, and the hash of each file of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import helpers
from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.run import calls, notebooks, parameter_cells, parameters, plan, shape
from helpers.run.notebooks import Notebook
from helpers.run.parameters import Parameter


@dataclass(frozen=True)
class Inputs:
    """Sound inputs: declared parameters, notebooks by name, ids of the claims in the order of the paper."""

    declared: dict[str, Parameter]
    notebooks: list[Notebook]
    claims: list[str]


def data_errors(root: Path) -> list[InputError]:
    """Faults of the official tables."""
    from helpers import tables

    return tables.check(root)


def claim_errors(root: Path) -> list[InputError]:
    """Faults of what is written down of the paper."""
    from helpers import attribution, claims, findings

    errors = claims.check(root)
    if errors:  # the attributions name claims and locators
        return errors
    register = claims.load(root)
    return attribution.check(register.claims, {*register.locators}, root) + findings.check(register.claims, root)


def claim_ids(root: Path) -> list[str]:
    """Ids of the claims, in the order of the paper."""
    from helpers import claims

    return list(claims.load(root).claims)


def check(root: Path, record: bool = False) -> Inputs:
    """All inputs, if they are sound; with ``record`` also what the committed notebooks have stored.

    Raises:
        InputErrors: every fault of data, claims, parameters and notebooks at once.
    """
    errors = list(data_errors(root)) + list(claim_errors(root))
    read: list[Notebook] = []
    try:
        read = shape.load(paths.notebooks(root))
    except InputErrors as error:
        errors += error.errors
    declared: dict[str, Parameter] = {}
    try:
        stems = [path.stem for path in notebooks.paths(paths.notebooks(root))]
        declared = parameters.load(paths.paper(root) / "parameters.yaml", stems or None)
    except InputErrors as error:
        errors += error.errors
    for notebook in read:
        errors += shape.source_errors(notebook)
        if declared:
            errors += parameter_cells.errors(notebook, declared)
        if record:
            errors += shape.record_errors(notebook)
    if not errors:  # it needs every notebook, and code that can be parsed
        errors += plan.errors(read) + _absent(root, read)
    if errors:
        raise InputErrors(errors)
    return Inputs(declared, read, claim_ids(root))


def _absent(root: Path, read: list[Notebook]) -> list[InputError]:
    """Files of data/paper that the notebooks ask for by ``paper.table(NAME)`` and ``paper.document(NAME)``."""
    endings = {"table": ".csv", "document": ".yaml"}
    return [
        InputError("the notebook reads a file that is missing", cell.label, f"data/paper/{call.claim}{endings[call.name]}",
                   "nothing", "restore it from git, or correct the name")
        for one in read
        for cell in one.code
        for call in calls.of_paper(cell.source)
        if call.name in endings and call.claim and not (paths.paper(root) / f"{call.claim}{endings[call.name]}").is_file()
    ]  # fmt: skip


def hashes(root: Path, read: list[Notebook]) -> dict[str, str]:
    """SHA-256 of everything that a run rests on, by name; of a notebook only what a person writes in it."""
    files: dict[str, str] = {f"notebooks/{one.name}.ipynb": one.source_hash for one in read}
    for path in _files(root / "data"):
        files[path.relative_to(root).as_posix()] = sha256(path)
    package = Path(helpers.__file__).parent
    for path in _files(package):
        if path.suffix == ".py":
            files[f"helpers/{path.relative_to(package).as_posix()}"] = sha256(path)
    return dict(sorted(files.items()))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
