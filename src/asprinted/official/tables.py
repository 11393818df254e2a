"""The official tables: reading them, and finding every breach of their own rules in one pass.

A table is three files: ``growth.csv`` (the rows), ``growth.yaml`` (the provenance: who published what, where it was
seen, and the hash of the CSV), ``schemas/growth.yaml`` (a JSON Schema of one row, with the meaning of every column).
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asprinted import paths
from asprinted.data_files.provenance import ACCEPT, with_hash
from asprinted.numbers.dates import periods
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.printed import SCALES
from asprinted.numbers.sources import PAGES, REPRINT
from asprinted.numbers.written import notation
from asprinted.official import declared_units
from asprinted.official.excerpt import digits_in
from forkmill import project_files, reading, writing
from forkmill.errors import InputError
from forkmill.schema import Schema, near
from forkmill.state.snapshot import digest, sha256

if TYPE_CHECKING:
    import pandas

SOURCE_FIELDS = ("publisher", "title", "published", "address", "host")


def names(root: Path | None = None) -> list[str]:
    """Names of the tables, in alphabetical order: those that have a schema."""
    return [path.stem for path in project_files.find(paths.official(root) / "schemas", ".yaml")]


def rows(name: str, root: Path | None = None) -> list[dict[str, str]]:
    """The rows of a table as plain dictionaries, without pandas.

    Raises:
        InputError: the table cannot be read.
    """
    found, faults = reading.table(paths.official(root) / f"{name}.csv", f"data/official/{name}.csv")
    if faults:
        raise faults[0]
    return found


def load(name: str, root: Path | None = None) -> pandas.DataFrame:
    """One table: every column a string, indexed by ``row``, with the fields of its source joined.

    Raises:
        InputError: the table, or its provenance, is not there.
    """
    folder = paths.official(root)
    for path in (folder / f"{name}.csv", folder / f"{name}.yaml"):
        if not path.is_file():
            raise InputError("there is no such table", str(path), ", ".join(names(root)), name, "take one of these names")
    return _loaded(folder, name, stamp(name, root)).copy(deep=False)


def stamp(name: str, root: Path | None = None) -> tuple[tuple[int, ...], ...]:
    """How the files of a table look from outside, to key a cache of what was made from them."""
    folder = paths.official(root)
    return reading.stamp(folder / f"{name}.csv", folder / f"{name}.yaml")


@functools.lru_cache(maxsize=64)
def _loaded(folder: Path, name: str, stamp: object) -> pandas.DataFrame:
    import pandas

    frame = pandas.read_csv(folder / f"{name}.csv", dtype="string", keep_default_na=False, encoding="utf-8")
    sources = read_yaml(folder / f"{name}.yaml")["sources"]
    for field in SOURCE_FIELDS:
        frame[field] = frame["source"].map({key: str(value[field]) for key, value in sources.items()}).astype("string")
    return frame.set_index("row")


def check(root: Path | None = None) -> list[InputError]:
    """Every breach of hash, form, schema, key, reference and evidence in all tables, in one pass; [] when clean."""
    folder, found, rows_seen = paths.official(root), declared_units.check(root), {}
    for name in sorted({*names(root), *(path.stem for path in project_files.find(folder, ".csv"))}):
        parts = (f"{name}.csv", f"{name}.yaml", f"schemas/{name}.yaml")
        missing = [part for part in parts if not (folder / part).is_file()]
        found += [InputError("the file is missing", f"data/official/{part}", f"the three files of the table {name}",
                             "no file", "bring it back, or remove the whole table") for part in missing]
        if not missing:
            try:
                found += _check_table(folder, name, rows_seen)
            except InputError as error:  # a YAML file that cannot be read: nothing can be said of its table
                found.append(error)
    return found


def rehash(root: Path | None = None) -> list[str]:
    """Write the hash of every CSV into its provenance, after a review; the names of the tables that had changed."""
    folder, changed = paths.official(root), []
    for name in names(root):
        provenance = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        renewed = with_hash(provenance, sha256(folder / f"{name}.csv"))
        if renewed != provenance:
            writing.write_text(folder / f"{name}.yaml", renewed)
            changed.append(name)
    return changed


def schema(name: str, root: Path | None = None) -> dict[str, Any]:
    """The schema of one row of a table, with what it shares with other tables (``extends``) filled in; to be read, not changed."""
    folder = paths.official(root) / "schemas"
    return _schema(folder, name, root, reading.stamp(folder / f"{name}.yaml", *project_files.find(folder / "common", ".yaml")))


@functools.lru_cache(maxsize=64)
def _schema(folder: Path, name: str, root: Path | None, stamp: object) -> dict[str, Any]:
    if not (folder / f"{name}.yaml").exists():
        raise InputError("there is no such table", f"data/official/schemas/{name}.yaml", ", ".join(known := names(root)), name,
                         near(name, known) or "take one of these names")
    own = read_yaml(folder / f"{name}.yaml")
    if not isinstance(own, dict) or not isinstance(own.get("properties"), dict):
        raise InputError("the file is no schema of a row", f"data/official/schemas/{name}.yaml", "a mapping with properties",
                         type(own).__name__, "restore it from git")
    if "extends" not in own:
        return own
    common = read_yaml(folder / "common" / f"{own['extends']}.yaml")
    return {**common, **own, "properties": {**common["properties"], **own["properties"]}}


def _check_table(folder: Path, name: str, rows_seen: dict[str, str]) -> list[InputError]:
    where = f"data/official/{name}.csv"
    content = reading.content(folder / f"{name}.csv", where)
    rule, provenance = schema(name, folder.parents[1]), read_yaml(folder / f"{name}.yaml")
    found = _check_provenance(f"data/official/{name}.yaml", provenance, content)
    rows, faults = reading.numbered(folder / f"{name}.csv", where, list(rule["required"]))
    if faults and not rows:  # nothing could be read: that no row rests on a source says nothing more
        return found + faults
    sources = provenance.get("sources") if isinstance(provenance, dict) else None
    parsed = [(f"{where}, line {number}" + (f" ({row['row']})" if row.get("row") else ""), row) for number, row in rows]
    return found + faults + _check_rows(parsed, rule, sources if isinstance(sources, dict) else {}, rows_seen)


def _check_rows(parsed: list[tuple[str, dict[str, str]]], rule: dict[str, Any], sources: dict[str, Any],
                rows_seen: dict[str, str]) -> list[InputError]:
    columns_of_row = {"type": "object", "properties": {name: _as_enum(value) for name, value in rule["properties"].items()}}
    validate = Schema(columns_of_row).errors
    units = {entry["const"]: entry["unit"] for entry in rule["properties"].get("indicator", {}).get("oneOf", ())}
    found: list[InputError] = []
    first: list[dict[tuple[str, ...], str]] = [{} for _ in rule["unique"]]
    for at, row in parsed:
        errors = validate(row)
        bad = {str(error.path[0]) for error in errors}
        found += [_explain(f"{at}, column {column}", row[column], error, rule["properties"][column])
                  for error in errors for column in [str(error.path[0])]]
        for columns, seen in zip(rule["unique"], [rows_seen, *first[1:]], strict=True):
            key = row["row"] if columns == ["row"] else tuple(row[column] for column in columns)
            if key in seen:
                what = "the key is not unique" if columns == ["row"] else "the observation stands twice"
                found.append(InputError(what, f"{at}, column {columns[0]}", f"one row for {', '.join(columns)}", f"the same as {seen[key]}",
                                        "remove one row, or name what differs"))
            seen.setdefault(key, at)
        if "period" in row and "period" not in bad:
            found += _check_period(f"{at}, column period", row["period"])
        if row["source"] not in sources and "source" not in bad:
            found.append(InputError("the source is not in the provenance", f"{at}, column source", "a key of `sources`", row["source"],
                                    "add the source beside the table, or correct the key"))
        if re.search(r"\s", row["row"]) and "row" not in bad:  # by which labels.ByKey tells a key from what is wanted in words
            found.append(InputError("the key holds a blank", f"{at}, column row", "words joined by -", row["row"], "write it so"))
        if "digits" in row and not bad & {"digits", "scale", "unit", "indicator", "evidence"}:
            source = sources.get(row["source"])
            declared = str(source.get("locale", "")) if isinstance(source, dict) else ""
            found += _check_figure(at, row, units[row["indicator"]], rule["ranges"], declared if _known(declared) else "")
    used = {row["source"] for _, row in parsed}
    return found + [InputError("no row rests on the source", f"data/official, source {key}", "a row that names it", "none",
                               "remove the source from the provenance") for key in sources if key not in used]


def _as_enum(rule: dict[str, Any]) -> dict[str, Any]:
    """A list of constants with meanings as a plain ``enum``, which is quick and says which value is wrong."""
    return {"enum": [entry["const"] for entry in rule["oneOf"]]} if "oneOf" in rule else rule


def _explain(at: str, value: str, error: Any, rule: dict[str, Any]) -> InputError:
    if at.endswith("column digits"):
        for what, pattern, do in (
            ("a full-width digit", r"[\uff0b-\uff19]", "write 0 to 9"),
            ("a percent sign", r"[%\uff05]", "leave it out: the column unit says percent"),
            ("a thousands separator", r"^-?\d{1,3}([,'\s\u202f]\d{3})+", "write the digits without it"), ("a space", r"\s", "remove it"),
        ):
            if re.search(pattern, value):
                return InputError(f"the digits hold {what}", at, "plain digits such as 22143.6", value, do)
    expected = str(error.message)
    if error.validator == "enum":
        expected = "one of: " + ", ".join(repr(known) if known == "" else str(known) for known in error.validator_value)
    elif error.validator == "pattern":
        expected = f"{rule['description']} (pattern {error.validator_value})"
    elif error.validator == "minLength":
        expected = f"at least {error.validator_value} characters"
    return InputError("the value is not allowed here", at, expected, value or "nothing", "correct the value")


def _check_period(at: str, period: str) -> list[InputError]:
    try:
        periods.kind(period)
    except ValueError as error:
        return [InputError("no calendar has this period", at, "a period that begins before it ends", period, str(error))]
    return []


def _known(locale: str) -> bool:
    """Whether a language is one whose notation is known."""
    try:
        return bool(notation.of(locale))
    except ValueError:
        return False


def _check_figure(at: str, row: dict[str, str], unit: str, ranges: dict[str, list[int]], locale: str) -> list[InputError]:
    found = []
    if row["unit"] != unit:
        found.append(InputError("the unit is not the one of the indicator", f"{at}, column unit", unit, row["unit"], "correct one of them"))
    elif unit == DATE:
        found += _check_date(at, row)
    elif not re.fullmatch(r"-?\d+(\.\d+)?", row["digits"]):
        found.append(InputError("the digits are a date, and the unit is none", f"{at}, column digits", f"a number of {unit}", row["digits"],
                                f"correct the digits, or give the indicator and the row the unit {DATE}"))
    elif unit not in ranges:
        found.append(InputError("the unit has no range in which a figure is believed", f"{at}, column unit",
                                f"an entry {unit} under ranges", "none",
                                f'add "{unit}: [least, greatest]" to ranges in data/official/schemas/common/observation.yaml'))
    elif not ranges[unit][0] <= Decimal(row["digits"]).scaleb(SCALES[row["scale"]]) <= ranges[unit][1]:
        found.append(InputError(f"the figure is out of the range of {unit}", f"{at}, column digits",
                                f"{ranges[unit][0]} to {ranges[unit][1]}", f"{row['digits']} {row['scale']}",
                                "look at digits and scale in the source"))
    if not digits_in(row, locale):
        found.append(InputError("the digits do not stand in the evidence", f"{at}, column digits",
                                f"digits and scale of: {row['evidence']}", f"{row['digits']}, scale {row['scale']}",
                                "copy digits and scale as the evidence prints them" + _language(row, locale)))
    return found


def _check_date(at: str, row: dict[str, str]) -> list[InputError]:
    if row["scale"] != "one" or row["bound"]:
        return [InputError("a date has a scale or a bound", f"{at}, column {'bound' if row['bound'] else 'scale'}",
                           "scale one, and no bound", f"{row['scale']}, {row['bound'] or 'no bound'}", "correct it")]
    return _check_period(f"{at}, column digits", row["digits"])


def _language(row: dict[str, str], locale: str) -> str:
    """What else to do where the digits would stand there in the notation of another language."""
    other = next((one for one in ("de", "fr", "en") if digits_in(row, one)), "") if not locale else ""
    return f"; if the source writes numbers as in {other}, give it `locale: {other}`, or its own language" if other else ""


def _check_provenance(where: str, provenance: Any, content: bytes) -> list[InputError]:
    if not isinstance(provenance, dict):
        return [InputError("the provenance is empty", where, "title, holds, rights, sha256, sources", "nothing",
                           "bring it back")]
    found = [InputError("the provenance lacks a field", where, field, "nothing", "fill it in")
             for field in ("title", "holds", "rights", "sha256", "sources") if not provenance.get(field)]
    now = digest(content)
    if provenance.get("sha256") not in (None, now):
        found.append(InputError("the table is not the one that was reviewed", where.replace(".yaml", ".csv"),
                                f"sha256 {provenance['sha256']}", f"sha256 {now}", ACCEPT))
    sources = provenance.get("sources") or {}
    if not isinstance(sources, dict):
        return [*found, InputError("the sources are no mapping", f"{where}, field sources", "key: {publisher, title, ...}",
                                   type(sources).__name__, "bring the file back")]
    for key, source in sources.items():
        if not isinstance(source, dict):
            found.append(InputError("the source is no mapping", f"{where}, source {key}", ", ".join(SOURCE_FIELDS),
                                    str(source)[:160], "give it its fields"))
            continue
        found += [InputError("the source lacks a field", f"{where}, source {key}", field, "nothing", "fill it in")
                  for field in SOURCE_FIELDS if not source.get(field)]
        if "locale" in source and not _known(str(source["locale"])):
            found.append(InputError("the language is not known", f"{where}, source {key}, field locale",
                                    "the language of the source, such as en, de or de-CH", str(source["locale"]), "correct it"))
        seen = str(source.get("address", ""))
        if source.get("host") not in PAGES:
            found.append(InputError("the host is of no known kind", f"{where}, source {key}", ", ".join(PAGES),
                                    str(source.get("host")), "say where the page was seen"))
        elif not (re.match("https?://", seen) or (seen == REPRINT and source["host"] == "mirror")):
            found.append(InputError("the address does not fit the host", f"{where}, source {key}",
                                    f"an http address, or {REPRINT!r} for a mirror", seen,
                                    "give the page's address; what makes a host official or press stands in data/official/hosts.yaml"))
    return found


def read_yaml(path: Path) -> Any:
    """Content of a YAML file; None when it is empty.

    Raises:
        InputError: the file is missing, or not YAML in plain form.
    """
    parts = path.parts
    return reading.document(path, "/".join(parts[len(parts) - 1 - parts[::-1].index("data"):]) if "data" in parts else path.name)
