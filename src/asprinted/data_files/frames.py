"""Reading a data file into a pandas frame, whatever its form; a library that is not there, or a file that is no table, is one sentence."""

from __future__ import annotations

import contextlib
import importlib.util
import inspect
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from asprinted.data_files.provenance import key
from forkmill.errors import InputError
from forkmill.schema import near

if TYPE_CHECKING:
    import pandas as pd


class Form(NamedTuple):
    """How files of one ending are read: the function of pandas, the library that it needs beside pandas and the extra of this
    package that installs it, what it calls the columns to read, and options."""

    function: str
    library: str = ""
    extra: str = ""
    columns: str = "usecols"
    options: Mapping[str, Any] = {}


FORMS = {
    ".csv": Form("read_csv"), ".tsv": Form("read_csv", options={"sep": "\t"}),
    ".parquet": Form("read_parquet", "pyarrow", "parquet", "columns"), ".feather": Form("read_feather", "pyarrow", "parquet", "columns"),
    ".xlsx": Form("read_excel", "openpyxl", "excel"), ".xlsm": Form("read_excel", "openpyxl", "excel"),
    ".dta": Form("read_stata", columns="columns"), ".sav": Form("read_spss", "pyreadstat", "spss"),
    ".sqlite": Form("read_sql_query"), ".db": Form("read_sql_query"),
}
SEPARATORS = (";", "\t", "|")  # what may stand between columns where no comma does
PACKED = (".gz", ".bz2", ".xz", ".zip")  # pandas unpacks these by itself


@dataclass(frozen=True)
class DataFile:
    """A file of data/files, read when it is asked for: ``frame`` is all of it, :meth:`read` some columns or in another way.

    ``path`` is for libraries that read it themselves. ``about`` is what the YAML beside it says.
    """

    path: Path
    about: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The file's name, such as penguins.csv."""
        return self.path.name

    @property
    def frame(self) -> pd.DataFrame:
        """All of the file as a pandas frame, read anew each time, so that nobody changes what another cell computes from."""
        return self.read()

    def read(self, columns: Iterable[str] | None = None, **options: Any) -> pd.DataFrame:
        """The file, or some of its columns, as a pandas frame.

        Args:
            columns: their names in the file, or none for all of them.
            options: of the function of pandas that reads it; they go before those under ``read`` in the YAML.

        Raises:
            InputError: the form is unknown, a library is missing, or the file is no table of that form.
        """
        frame, wanted = self._frame(columns, options)
        for fault in self._faults(frame, wanted):
            raise fault
        return frame

    def faults(self) -> list[InputError]:
        """Every fault of the file beside its YAML, none where this package does not read it: then a library of the audit's own does."""
        try:
            self._form()
        except InputError:
            return []
        try:
            return self._faults(self._frame(None, {})[0], None)
        except InputError as error:
            return [error]

    def _frame(self, columns: Iterable[str] | None, options: Mapping[str, Any]) -> tuple[pd.DataFrame, list[str] | None]:
        where, form = key(self.name), self._form()
        chosen = {**form.options, **self.about.get("read", {}), **options}
        wanted = None if columns is None else list(columns)
        with _told(where):
            if form.function == "read_sql_query":
                frame = _of_sqlite(self.path, where, chosen.pop("table", None), wanted)
            else:
                import pandas as pd

                if wanted is not None:
                    chosen[form.columns] = wanted
                reader = getattr(pd, form.function)
                _known(chosen, reader, where)
                frame = reader(self.path, **chosen)
        return _flat(frame, where), wanted

    def _form(self) -> Form:
        ending = next((end for end in reversed(self.path.suffixes) if end not in PACKED), "")
        form = FORMS.get(ending.lower())
        if form is None:
            raise InputError("files of this ending are not read", key(self.name), ", ".join(FORMS), ending or "none",
                             "save it in one of these forms, or read `.path` with a library of your own")
        if form.library and importlib.util.find_spec(form.library) is None:
            raise InputError(f"the library that reads {ending} is not installed", key(self.name), form.library, "no such library",
                             f'install it: pip install "asprinted[{form.extra}]", or {form.library} alone')
        return form

    def _faults(self, frame: pd.DataFrame, wanted: list[str] | None) -> list[InputError]:
        """The dictionary against the columns: each that is not there, and each with a unit that is not all numbers."""
        from pandas.api.types import is_numeric_dtype

        where, there = key(self.name), [str(column) for column in frame.columns]
        sep = next((one for one in SEPARATORS if len(there) == 1 and one in there[0]), "")
        if sep and there[0] not in self._columns:
            return [InputError("the file has one column, whose name holds those of several", where, "a column for each name",
                               there[0][:160], f"say in the YAML beside it what stands between them: read: {{sep: {json.dumps(sep)}}}")]
        found = []
        for column, said in self._columns.items():
            if column not in there and (wanted is None or column in wanted):
                found.append(InputError("the dictionary names a column that the file does not have", f"{where}, column {column}",
                                        ", ".join(there[:20]), column, near(column, there) or "correct the YAML beside the file"))
            if column in there and "unit" in said and not is_numeric_dtype(frame[column]):
                bad = next(((row, value) for row, value in enumerate(frame[column]) if not _number(value)), None)
                if bad is not None:
                    found.append(InputError("a column of numbers holds something else", f"{where}, column {column}, {self._place(*bad)}",
                                            f"a number, in {said['unit']}", repr(bad[1]),
                                            "name what stands for nothing under read: {na_values: [...]} in the YAML beside the file; of "
                                            "the mark of a footnote make a clean copy of the file, and say so in its title"))
        return found

    @property
    def _columns(self) -> Mapping[str, Any]:
        return self.about.get("columns") or {}

    def _place(self, row: int, value: object) -> str:
        """The line of a text file that a row, counted from 0, stands in; where that cannot be told the row, counted from 1."""
        read = self.about.get("read", {})
        before = [read.get("skiprows", 0), read.get("header", 0)]
        if self.path.suffix.lower() in (".csv", ".tsv") and all(isinstance(one, int) for one in before):
            line = row + 2 + sum(before)
            lines = self.path.read_text(encoding=read.get("encoding", "utf-8"), errors="replace").splitlines()
            if len(lines) >= line and str(value) in lines[line - 1]:
                return f"line {line}"
        return f"row {row + 1} below the header"


def _known(options: Mapping[str, Any], reader: Callable[..., Any], where: str) -> None:
    """Refuse an option that the reader does not have."""
    taken = [*inspect.signature(reader).parameters][1:]
    for name in options:
        if name not in taken:
            meant = [one for one in taken if name.startswith(one)]  # separator: sep
            raise InputError("there is no such option to read a file with", f"{where}, read: {name}", ", ".join(taken), name,
                             f"did you mean {meant[0]}?" if meant else near(name, taken) or "take it out of the YAML beside the file")


def _number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return value is None or value != value or str(value) == "<NA>"
    return True


@contextlib.contextmanager
def _told(where: str) -> Any:
    """Whatever a reader of pandas makes of a file that is not in form, as one sentence."""
    try:
        yield
    except (InputError, MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:300]
        raise InputError("the data file cannot be read", where, "a table that pandas reads", f"{type(error).__name__}: {said}",
                         "give the options that it needs under `read:` in the YAML beside it, such as sep, encoding, skiprows, header, "
                         "sheet_name") from error


def _of_sqlite(path: Path, where: str, table: str | None, columns: list[str] | None) -> pd.DataFrame:
    import pandas as pd

    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        found = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")]
        chosen = found[0] if table is None and len(found) == 1 else table
        if chosen is None or chosen not in found:
            raise InputError("it is not said which table of the database is meant" if table is None else "the database has no such table",
                             where, ", ".join(found), table or "none", near(table or "", found) or "name it: read: {table: NAME}")
        said = ", ".join(map(_quoted, columns)) if columns else "*"
        return pd.read_sql_query(f"SELECT {said} FROM {_quoted(chosen)}", database)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _flat(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Headers of several rows, as merged cells make them, joined to one name a column; a column without a name is none."""
    import pandas as pd

    if isinstance(frame.columns, pd.MultiIndex):
        parts = [[str(part) for part in column if not str(part).startswith("Unnamed: ")] for column in frame.columns]
        frame = frame.set_axis([", ".join(dict.fromkeys(named)) or "Unnamed: " for named in parts], axis="columns")
    unnamed = [place for place, column in enumerate(frame.columns, start=1) if str(column).startswith("Unnamed: ")]
    if unnamed:
        raise InputError("a column has no name", f"{where}, column {unnamed[0]}", "one row of names, or several of merged cells",
                         f"{len(unnamed)} column(s) without a name",
                         "say under `read:` in the YAML beside the file which rows are the header, such as {header: [0, 1]}, and which "
                         "to pass over, such as {skiprows: 2}; a column of row numbers is {index_col: 0}")
    return frame
