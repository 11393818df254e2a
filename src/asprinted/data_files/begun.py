"""The dictionary of a data file as it is begun: its columns with what they seem to hold, for a person to fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asprinted import paths
from asprinted.data_files.frames import SEPARATORS, DataFile
from asprinted.data_files.provenance import COLUMNS
from forkmill.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

TEXT, FEW = "text", 5


def columns(name: str, root: Path | None = None) -> str:
    """The end of a description: the options that the file seems to need, and a line a column; of a file that is not read a hint."""
    path = paths.data_files(root) / name
    for sep in ("", *SEPARATORS):
        for decimal in ("", ",") if sep and sep != "|" else ("",):
            read = {**({"sep": sep} if sep else {}), **({"decimal": decimal} if decimal else {})}
            frame = _read(path, read)
            if frame is not None and _fits(frame, decimal):
                options = f"read: {json.dumps(read)}\n" if read else ""
                return f"{options}columns:\n" + "".join(_line(frame[column]) for column in frame.columns)
    return COLUMNS


def _read(path: Path, read: dict[str, Any]) -> pd.DataFrame | None:
    try:
        return DataFile(path, {"read": read}).read()
    except InputError:
        return None


def _fits(frame: pd.DataFrame, decimal: str) -> bool:
    """Whether the columns are told apart, and no column of numbers has another mark of decimals."""
    text = frame.select_dtypes(exclude="number")
    mixed = any(text[column].astype(str).str.fullmatch(r"-?\d+,\d+").any() for column in text)
    return len(frame.columns) > 0 and not (mixed and not decimal and len(frame.columns) > 1)


def _line(column: pd.Series) -> str:
    from pandas.api.types import is_integer_dtype, is_numeric_dtype

    kind = "whole numbers" if is_integer_dtype(column) else "numbers" if is_numeric_dtype(column) else TEXT
    values = list(dict.fromkeys(map(str, column.dropna())))
    few = kind == TEXT and len(values) <= FEW and all(len(one) < 20 and one.isprintable() for one in values)
    seen = f": {', '.join(values)}" if few else ""
    fields = "{meaning: }" if kind == TEXT else "{meaning: , unit: }"
    return f"  {json.dumps(str(column.name), ensure_ascii=False)}: {fields}  # {kind}{seen}\n"
