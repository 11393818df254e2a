"""Every breach of form in the claims, the inventory and the conclusions of a paper, in one pass."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.paper import dated, files, stated, tables
from asprinted.paper.files import DEFAULT, Files, read_yaml
from forkmill import schema
from forkmill.errors import InputError
from forkmill.schema import Schema

SCHEMAS = Path(__file__).with_name("schemas")


def check(base: Path | None = None) -> list[InputError]:
    """Every breach of form in the claims, the inventory and the conclusions; an empty list when there is none."""
    found = files.read(paths.paper(base), others=True)
    # What rests on a file that cannot be read would be a fault in every line; its own rows are still looked at.
    return found.faults + (_check_claims(found.claims, None, found.locale) if found.faults else breaches_of(found))


def breaches_of(files: Files) -> list[InputError]:
    """Every breach in files that could all be read."""
    locators = dict.fromkeys(row["where"] for row in files.locators)
    printed_tables, faulty = _check_tables(files)
    entries = {entry["id"]: entry for _, entry in files.claims if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
    entries |= {claim["id"]: claim for one in printed_tables for claim in tables.claims(one, files.printed[one["id"]])}
    counts = Counter(row["where"] for row in files.locators)
    errors = [InputError("the locator stands twice", "data/paper/locators.csv", "once", where, "remove one of them")
              for where, count in counts.items() if count > 1]
    errors += faulty + _check_claims(files.claims, locators, files.locale)
    for kind, key, listed in (("conclusion", "rests_on", files.conclusions), ("reply", "claim", files.replies)):
        name = "conclusions" if kind == "conclusion" else "replies"
        for place, entry in enumerate(listed, start=1):
            where = f"data/paper/{name}.yaml, entry {place}"
            faults = breaches(kind, entry, where)
            errors += faults
            ids = [] if faults else entry[key] if isinstance(entry[key], list) else [entry[key]]
            what = "there is no such claim" if kind == "reply" else "a conclusion rests on a claim that does not exist"
            errors += [InputError(what, f"{where}, field {key}", "an id of a claim", id, near(id, entries))
                       for id in ids if id not in entries]
    ids = Counter(entry["id"] for entry in files.conclusions if isinstance(entry, dict) and isinstance(entry.get("id"), str))
    errors += [InputError("the id stands twice", "data/paper/conclusions.yaml", "an id of its own", id, "rename one of them")
               for id, count in ids.items() if count > 1]
    errors += [InputError("there is no such claim", f"{name}, line {line}, column claim", "an id of a claim, or nothing",
                          row["claim"], near(row["claim"], entries))
               for name, rows in files.tables.items() for line, row in enumerate(rows, start=2)
               if row.get("claim") and row["claim"] not in entries]
    return errors + _check_inventory(files.inventory, locators, entries, files.locale or DEFAULT)


def _check_tables(files: Files) -> tuple[list[dict[str, Any]], list[InputError]]:
    """The entries of printed tables that are sound, and every fault of the others; a file that no entry names is one."""
    sound, errors = [], []
    listed = [(where, entry) for where, entry in files.claims if tables.is_table(entry) and not breaches(tables.KIND, entry, where)]
    for where, entry in listed:
        if entry["id"] not in files.printed:
            faults = [InputError("the cells of the printed table are missing", where, f"{tables.FOLDER}/{entry['id']}.csv", "no such file",
                                 near(entry["id"], files.printed) if files.printed else "copy the table into it, cell by cell as printed")]
        else:
            faults = tables.breaches(entry, files.printed[entry["id"]], where, files.locale)
        errors += faults
        sound += [] if faults else [entry]
    named = {entry["id"] for _, entry in listed}
    errors += [InputError("no claim is about the printed table", f"{tables.FOLDER}/{name}.csv", "an entry of kind table with this id",
                          name, near(name, named)) for name in files.printed if name not in named]
    return sound, errors


def near(name: str, names: Iterable[str]) -> str:
    """What to do about a name that nothing bears."""
    return schema.near(name, names) or "correct it"


def _check_claims(entries: list[tuple[str, Any]], locators: Collection[str] | None, locale: str = "") -> list[InputError]:
    errors = [error for where, entry in entries
              for error in breaches(tables.KIND if tables.is_table(entry) else "claim", entry, where)]
    counts = Counter(str(entry.get("id")) for _, entry in entries if isinstance(entry, dict))
    said: dict[tuple[str, ...], str] = {}
    for where, entry in entries:
        if not isinstance(entry, dict):
            continue
        if counts[str(entry.get("id"))] > 1 and "id" in entry:
            errors.append(InputError("the id stands twice", where, "an id of its own", str(entry["id"]), "rename one of them"))
        same = tuple(str(entry.get(field, "")).casefold().strip() for field in ("where", "kind", "stated", "scale", "unit", "quantity"))
        first = said.setdefault(same, str(entry.get("id")))
        if first != str(entry.get("id")):
            errors.append(InputError("two claims say the same", f"{where}, field quantity", "what no other claim of the sentence says",
                                     f"as in claim {first}", "remove one of them, or say what differs"))
        if locators is not None and isinstance(entry.get("where"), str) and entry["where"] not in locators:
            errors.append(InputError("no such locator", f"{where}, field where", "a locator out of data/paper/locators.csv",
                                     entry["where"], _place(entry["where"], locators)))
        if stated.in_form(entry):
            errors += stated.faults(entry, f"{where}, field stated", locale)
    return errors


def _place(where: str, locators: Iterable[str]) -> str:
    """What to do about a locator that is not there; of a table whose rows have locators and whose caption is a sentence, that one."""
    before = ""
    for one in locators:
        if where.startswith("tab/") and one.startswith(f"{where}/") and before:
            return f"did you mean {before}, which stands before {one}?"
        before = one
    return near(where, locators)


@functools.cache
def _schema(name: str) -> Schema:
    return Schema(read_yaml(SCHEMAS / f"{name}.yaml"))


def breaches(schema: str, entry: object, where: str) -> list[InputError]:
    """Every rule of a schema of this package that ``entry`` breaks."""
    return _schema(schema).breaches(entry, where)


def _check_inventory(
    rows: list[dict[str, str]], locators: Collection[str], claims: dict[str, dict[str, Any]], locale: str
) -> list[InputError]:
    name = "data/paper/inventory.csv"
    errors, seen = [], Counter(row["where"] for row in rows)
    judged = {row["claim"] for row in rows}
    for line, row in enumerate(rows, start=2):
        where = f"{name}, line {line}"
        errors += breaches("inventory", row, where)
        if row["where"] not in locators:
            errors.append(InputError("no such locator", f"{where}, column where", "a locator out of data/paper/locators.csv",
                                     row["where"], near(row["where"], locators)))
        if row["claim"] and row["claim"] not in claims:
            errors.append(InputError("no such claim", f"{where}, column claim", "an id of a claim", row["claim"],
                                     near(row["claim"], claims)))
        entry = claims.get(row["claim"], {})
        texts = _texts(entry, locale)
        if texts and row["text"] not in (*texts, *entry.get("also", ())) and not dated.is_stated(entry, row["text"]):
            errors.append(InputError("the inventory and the claim print different numbers", f"{where}, column text",
                                     f"{' or '.join(texts)} as in claim {row['claim']}", row["text"],
                                     "look at the paper, and correct the one that is wrong"))
    for locator, count in seen.items():
        numbers = [row["n"] for row in rows if row["where"] == locator]
        if numbers != [str(n) for n in range(1, count + 1)]:
            errors.append(InputError("numbers of a sentence are not counted 1, 2, 3", f"{name}, {locator}",
                                     ", ".join(str(n) for n in range(1, count + 1)), ", ".join(numbers), "renumber"))
    errors += [error for id, entry in claims.items() for error in _check_sentence(rows, id, entry, locale)]
    for id, entry in claims.items():
        if entry.get("kind") in ("number", "count", dated.DATE) and id not in judged and "table" not in entry:
            what = "date" if entry["kind"] == dated.DATE else "number"
            errors.append(InputError(f"a stated {what} is not in the inventory", str(id), f"a row in {name}", "none", "add the row"))
        if id in judged and len(texts := _texts(entry, locale)) > 1:
            missing = Counter(texts) - Counter(row["text"] for row in rows if row["claim"] == id)
            errors += [InputError("a number of the statement is not in the inventory", str(id), f"a row in {name} for each number", text,
                                  "add the row, with the claim's id") for text in missing]
    return errors


def _texts(entry: dict[str, Any], locale: str) -> tuple[str, ...]:
    """What the inventory lists of a claim; nothing of one that states no number, or is not in form."""
    return stated.texts(entry, locale) if stated.in_form(entry) else ()


def _check_sentence(rows: list[dict[str, str]], id: str, entry: dict[str, Any], locale: str) -> list[InputError]:
    """A fault where the inventory has the stated number of a claim, and nowhere in the sentence that the claim names."""
    texts = _texts(entry, locale)
    found = [(line, row["where"]) for line, row in enumerate(rows, start=2)
             if row["claim"] == id and (row["text"] in texts or dated.is_stated(entry, row["text"]))]
    if not found or entry.get("where") in (where for _, where in found):
        return []
    line, where = found[0]
    return [InputError("the inventory and the claim name different sentences", f"data/paper/inventory.csv, line {line}, column where",
                       f"{entry.get('where')} as in claim {id}", where, "look at the paper, and correct the one that is wrong")]
