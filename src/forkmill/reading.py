"""Reading text, CSV and YAML that a stranger may have written: what is not exactly in form is one clear error.

Nothing that is read here runs code, and nothing is taken silently for something else: a byte order mark, a key that
stands twice, a row too short are all refused.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from pathlib import Path
from typing import Any

from forkmill.errors import InputError
from forkmill.project_files import signs

LARGEST = 64 * 1024 * 1024  # bytes; nothing that a person writes is larger
MOST_VALUES = 1_000_000  # a few lines of aliases can stand for more than a machine can hold
NOT_PLAIN = "plain values: text, numbers, lists, mappings"


def stamp(*paths: Path) -> tuple[tuple[int, ...], ...]:
    """The signs of files, to key a cache of what was read from them; of one that is not there, nothing."""
    return tuple(tuple(signs(path)) if path.is_file() else () for path in paths)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping of JSON, as ``object_pairs_hook``: Python would keep the last of two values silently.

    Raises:
        ValueError: a key stands twice.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError("the key " + next(name for name in names if names.count(name) > 1) + " stands twice")
    return found


def content(path: Path, where: str, missing: str = "restore it from git") -> bytes:
    """The bytes of an input file; ``missing``: what to do where there is none.

    Raises:
        InputError: it is missing, a folder, not readable, a circle of links, or too large.
    """
    try:
        if path.is_dir():
            raise InputError("a folder stands where a file should", where, "a file", "a folder", "restore it from git")
        if path.stat().st_size > LARGEST:
            raise InputError("the file is too large", where, f"at most {LARGEST} bytes", f"{path.stat().st_size} bytes",
                             "see whether it is the right file")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("the file is missing", where, "a file", "nothing", missing) from None
    except OSError as error:
        raise InputError("the file cannot be read", where, "a readable file", error.strerror or str(error),
                         "see its permissions, and where it points to if it is a link") from None


def text(path: Path, where: str) -> str:
    """The text of an input file in UTF-8 with line feeds.

    Raises:
        InputError: as :func:`content`, or a byte order mark, or carriage returns, or not UTF-8.
    """
    raw = content(path, where)
    if raw.startswith(b"\xef\xbb\xbf"):
        raise InputError("the file begins with a byte order mark", where, "UTF-8 without one", "EF BB BF",
                         "save it as UTF-8 without a byte order mark")
    if b"\r" in raw:
        raise InputError("the lines end as on Windows", where, "line feeds", "carriage returns",
                         "save it with line feeds")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError("the file is not UTF-8", f"{where}, line {line}", "UTF-8", f"byte {raw[error.start]:#04x}",
                         "save it as UTF-8") from None


def table(path: Path, where: str, columns: list[str] | None = None) -> tuple[list[dict[str, str]], list[InputError]]:
    """The sound rows of a CSV file, and every fault of its form; no rows where the header is not ``columns``."""
    rows, faults = numbered(path, where, columns)
    return [row for _, row in rows], faults


def numbered(path: Path, where: str, columns: list[str] | None = None) -> tuple[list[tuple[int, dict[str, str]]], list[InputError]]:
    """As :func:`table`, each row with the number of its line."""
    try:
        lines = list(csv.reader(io.StringIO(text(path, where), newline=""), strict=True))
    except InputError as error:
        return [], [error]
    except csv.Error as error:
        return [], [InputError("the file cannot be read as CSV", where, 'comma separated values, quoted with "', str(error),
                               "mend the quotes")]
    if not any(lines):
        return [], [InputError("the file is empty", where, ", ".join(columns or ["a header"]), "nothing", "restore it from git")]
    header = lines[0]
    faults = _header_faults(header, columns, f"{where}, line 1")
    if faults:
        return [], faults
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) == len(header):
            rows.append((number, dict(zip(header, line, strict=True))))
        else:
            faults.append(InputError(f"the row is too {'short' if len(line) < len(header) else 'long'}",
                                     f"{where}, line {number}" + (f" ({line[0]})" if line and line[0] else ""),
                                     f"{len(header)} values", f"{len(line)} values",
                                     "give every column its value; quote a value that holds a comma"))
    return rows, faults


def _header_faults(header: list[str], columns: list[str] | None, at: str) -> list[InputError]:
    wanted = dict.fromkeys(header) if columns is None else columns
    do = "write the columns as: " + ", ".join(wanted)
    found = [InputError("a column is missing", f"{at}, column {column}", column, "no such column", do)
             for column in wanted if column not in header]
    found += [InputError("an unknown column", f"{at}, column {column}", "one of the known columns", column or "no name", do)
              for column in header if column not in wanted]
    found += [InputError("a column stands twice", f"{at}, column {column}", "once", f"{header.count(column)} times", do)
              for column in dict.fromkeys(header) if header.count(column) > 1]
    if not found and list(wanted) != header:
        found = [InputError("the columns are in another order", at, ", ".join(wanted), ", ".join(header), do)]
    return found


@functools.cache
def _loader() -> type:
    import yaml

    class Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """A safe loader that refuses a key given twice, of which the plain one silently keeps the last."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            result = super().construct_mapping(node, deep)
            if len(result) != len(node.value):
                names = [self.construct_object(key, deep=True) for key, _ in node.value]
                twice = next((name for name in names if names.count(name) > 1), "<<")
                raise ValueError(f"line {node.start_mark.line + 1}: the key {twice} stands twice in one mapping")
            return result

        def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
            if re.fullmatch(r"[-+]?0[0-9_]+|.*:.*", node.value):  # YAML 1.1: in eights and in sixties
                raise ValueError(f"line {node.start_mark.line + 1}: is {node.value} a number or a text?"
                                 " Write it without the leading 0, or in quotes")
            return super().construct_yaml_int(node)

    Strict.add_constructor("tag:yaml.org,2002:int", Strict.construct_yaml_int)
    # A number in YAML 1.2, in JSON and on the command line, and a text in YAML 1.1.
    exponent = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]{1,3}$")
    Strict.add_implicit_resolver("tag:yaml.org,2002:float", exponent, list("-+0123456789"))
    return Strict


def parse(source: str, where: str) -> Any:
    """Plain data out of YAML.

    Raises:
        InputError: not YAML, a tag that is not of plain data, a key given twice, aliases without measure.
    """
    import yaml

    try:
        found = yaml.load(source, Loader=_loader())
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError, ArithmeticError) as error:
        raise InputError("the file is not YAML", where, NOT_PLAIN, " ".join(str(error).split())[:300],
                         "mend it there") from None
    if _expanded(found) > MOST_VALUES:
        raise InputError("the file stands for too much", where, f"at most {MOST_VALUES} values", "more, by its aliases",
                         "write out what the aliases (*name) mean")
    return found


def _expanded(value: Any) -> int:
    """Values with all aliases written out, counted no further than what is too much (a circle has no end)."""
    count, waiting = 0, [value]
    while waiting and count <= MOST_VALUES:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
    return count


def document(path: Path, where: str) -> Any:
    """Plain data out of a YAML file. Raises as :func:`text` and :func:`parse`."""
    return parse(text(path, where), where)


def entries(path: Path, where: str) -> tuple[list[Any], list[InputError]]:
    """The list that a YAML file holds, or the fault that makes it none."""
    try:
        found = document(path, where)
    except InputError as error:
        return [], [error]
    if not isinstance(found, list):
        return [], [InputError("the file holds no list", where, "entries that begin with -", type(found).__name__,
                               "write a list; [] where there is nothing")]
    return found, []
