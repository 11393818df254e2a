"""What stands beside each data file: its description, held to a schema, and its hash, which says that it is the file that was reviewed.

A data file is two files of one stem in ``data/files``: ``penguins.csv`` and ``penguins.yaml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers.sources import DATA_FILES
from forkmill import project_files, reading, writing
from forkmill.errors import InputError
from forkmill.schema import Schema, near
from forkmill.state.snapshot import sha256

SCHEMA = Path(__file__).with_name("data_file.yaml")
BEGIN = "run `python -m asprinted data --accept`, which begins one, and fill it in"
ACCEPT = "review the change, then run `python -m asprinted data --accept`"
DRAFT = """\
# What the file is and where it comes from, and of each column that is used its meaning and, of numbers, its unit. Others can go.
title:
holds:  # what a row is, and how many there are
whose:  # authors, or others
publisher:
published:  # in quotes
address:  # http..., where a reader can get the same file
rights:
sha256:
"""
COLUMNS = "columns:\n  # name in the file: {meaning: what it is, unit: of numbers}\n"


def key(name: str) -> str:
    """By what a data file stands among the sources of a record.

    >>> key("penguins.csv")
    'data/files/penguins.csv'
    """
    return DATA_FILES + name


def names(root: Path | None = None) -> list[str]:
    """Names of the data files, such as penguins.csv, in alphabetical order."""
    return [path.name for path in _inside(root) if path.suffix != ".yaml"]


def described(root: Path | None = None) -> dict[str, dict[str, Any]]:
    """What the YAML beside each data file says, by the name of the file.

    Raises:
        InputError: a file has none, or one that cannot be read.
    """
    return {name: about(name, root) for name in names(root)}


def about(name: str, root: Path | None = None) -> dict[str, Any]:
    """What the YAML beside a data file says, read again only where it has changed.

    Raises:
        InputError: there is no such data file, or it has no YAML that can be read.
    """
    if name not in names(root):
        raise InputError("there is no such data file", key(str(name)), ", ".join(names(root)) or "a file in data/files", str(name),
                         near(str(name), names(root)) or "put it into data/files, then run `python -m asprinted data --accept`")
    path = beside(name, root)
    return _read(path, reading.stamp(path))


@functools.lru_cache(maxsize=256)
def _read(path: Path, stamp: object) -> dict[str, Any]:
    where = key(path.name)
    if not path.is_file():
        raise InputError("nothing says what the data file is", where, f"{path.name} beside it", "no such file",
                         BEGIN)
    found = reading.document(path, where)
    if not isinstance(found, dict):
        raise InputError("the description of the data file is no mapping", where, "title, holds, whose, ...", type(found).__name__,
                         "fill it in")
    columns = found.get("columns")
    for said in columns.values() if isinstance(columns, dict) else ():
        if isinstance(said, dict) and said.get("unit", "") is None:  # as it was begun: a number without a unit
            del said["unit"]
    return found


def beside(name: str, root: Path | None = None) -> Path:
    """The YAML file that belongs to a data file."""
    return paths.data_files(root) / f"{name.partition('.')[0]}.yaml"


def check(root: Path | None = None) -> list[InputError]:
    """Every breach of hash and form of all data files, in one pass; [] when clean. No data are read for it but the bytes."""
    found: list[InputError] = []
    stems: dict[str, str] = {}
    for name in names(root):
        stem = name.partition(".")[0]
        if stem in stems:
            found.append(InputError("two data files have one name before the point", key(name), "a name of its own", stems[stem],
                                    "rename one of them: the YAML beside it is found by this name"))
        stems.setdefault(stem, name)
        try:
            said = about(name, root)
        except InputError as error:
            found.append(error)
            continue
        now = sha256(paths.data_files(root) / name)
        found += _breaches(said | {"sha256": now}, key(beside(name, root).name))
        if said.get("sha256") != now:
            found.append(InputError("the data file is not the one that was reviewed", key(name),
                                    f"sha256 {said.get('sha256') or 'none yet'}", f"sha256 {now}", ACCEPT))
    found += [InputError("the data file is missing", key(path.name), "a data file of this name", "the YAML alone",
                         "bring the data file back, or remove this one")
              for path in _inside(root) if path.suffix == ".yaml" and path.stem not in stems]
    return found


def _breaches(said: Mapping[str, Any], where: str) -> list[InputError]:
    """Every breach of the form of a description; all that is still empty of it in one."""
    fields = _schema().rule["properties"]
    columns = said["columns"] if isinstance(said.get("columns"), dict) else {}
    empty = {f"{where}, field {name}": name for name in fields if name in said and (said[name] is None or said[name] == {})}
    bare = {f"{where}, field columns, field {name}, field meaning": name for name, about in columns.items()
            if isinstance(about, dict) and "meaning" in about and about["meaning"] is None}
    found = [error for error in _schema().breaches(said, where) if error.where not in {*empty, *bare}]
    if empty or bare:
        expected = [f"{name}: {fields[name]['description']}" for name in empty.values()] + ["the meaning of each column"] * bool(bare)
        found.append(InputError("the description of the data file is not filled in", where, "; ".join(expected),
                                f"nothing of {', '.join([*empty.values(), *(f'column {name}' for name in bare.values())])}",
                                "fill it in, and delete the columns that no notebook uses"))
    return found


def with_hash(text: str, now: str) -> str:
    """The text of a provenance with another hash.

    >>> with_hash("title: Exports\\nsha256: 12ab\\n", "34cd")
    'title: Exports\\nsha256: 34cd\\n'
    """
    return re.sub(r"^sha256:.*$", f"sha256: {now}", text, count=1, flags=re.MULTILINE)


def rehash(root: Path | None = None, columns: Callable[[str], str] = lambda name: COLUMNS) -> list[str]:
    """Write the hash of every data file beside it, after a review; the names of those that had changed.

    A file without a description gets one to fill in; ``columns``: the end of it, by the name of the file.
    """
    changed = []
    for name in names(root):
        path, now = beside(name, root), sha256(paths.data_files(root) / name)
        before = path.read_text(encoding="utf-8") if path.is_file() else DRAFT + columns(name)
        renewed = with_hash(before, now)
        if renewed != before:
            writing.write_text(path, renewed)
            changed.append(name)
    return changed


def rows(root: Path | None = None) -> dict[str, dict[str, str]]:
    """Each data file as a record names its sources: by its key, with the fields that a row of a table has from its source."""
    return {key(name): _row(name, said) for name, said in described(root).items()}


def _row(name: str, said: Mapping[str, Any]) -> dict[str, str]:
    fields = {field: str(said.get(field, "")) for field in ("title", "publisher", "published", "address", "rights")}
    status = "VERIFIED" if strong(said) else ""
    return fields | {"row": key(name), "source": key(name), "table": "files", "host": grade(said), "status": status}


def grade(said: Mapping[str, Any]) -> str:
    """What the evidence of a data file is called: one of :data:`asprinted.numbers.sources.DATA`."""
    return "authors' data" if said.get("whose") == "authors" else "data file"


def strong(said: Mapping[str, Any]) -> bool:
    """Whether a data file may contradict a statement: a reader can get the same file."""
    return str(said.get("address", "")).startswith(("http://", "https://"))


@functools.cache
def _schema() -> Schema:
    return Schema(reading.document(SCHEMA, SCHEMA.name))


def _inside(root: Path | None) -> list[Path]:
    folder = paths.data_files(root)
    return [path for path in project_files.find(folder, "") if path.is_file() and path.name != "README.md"]
