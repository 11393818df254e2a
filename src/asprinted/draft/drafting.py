"""A draft put together: what is new in a paper beside what an audit holds, the files that this makes, and what it was unsure of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.draft import drafted_before, example, exemptions, merge, notebooks, printed_tables, structure
from asprinted.draft.claims import claim, plain, statements
from asprinted.draft.reading.blocks import CAPTION, HEADING, Read
from asprinted.draft.structure import Place
from asprinted.draft.tokens import Token
from asprinted.notebook.paper import Paper
from asprinted.paper import drafted, files, register, tables
from asprinted.paper.register import Claim, Register
from forkmill.notebooks import ipynb, parameter_declaration
from forkmill.writing import csv_text

LANGUAGE = "paper.yaml"
FOLDER = "draft"  # below build/: the text with its locators, and what was not sure
CLAIMS = "# What the paper says, and nothing about whether it is true. A quantity that begins with guess: waits for your own words.\n"
CONCLUSIONS = "# What the paper concludes, in your words, and the claims that each conclusion rests on.\n[]\n"
Rows = list[tuple[list[str], str]]  # of the inventory, each with its locator
Made = dict[str, list[dict[str, Any]]]  # claims by locator
NAMES = {structure.FRONT: "Before the text", structure.ABSTRACT: "Abstract"}


@dataclass
class Draft:
    """What a draft adds, by file (None: the file goes), and what is to be said of it."""

    files: dict[Path, str | None] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    numbers: int = 0
    claims: list[dict[str, Any]] = field(default_factory=list)
    printed: dict[str, printed_tables.Rows] = field(default_factory=dict)  # by the id of a claim that is a printed table
    notebooks: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def new(self) -> bool:
        """Whether it adds anything."""
        return bool(self.places or self.numbers)

    @property
    def each(self) -> list[dict[str, Any]]:
        """Every claim, those of the cells of printed tables among them."""
        return [one for entry in self.claims
                for one in (tables.claims(entry, self.printed[entry["id"]]) if entry["id"] in self.printed else [entry])]


def draft(root: Path, read: Read, locale: str) -> Draft:
    """What a paper adds to an audit. Nothing is written; ``locale``: the language whose notation the digits of the paper follow.

    Raises:
        InputErrors: the audit's own files cannot be read.
    """
    fresh = example.untouched(root)
    folder = paths.paper(root)
    found = Draft(unsure=list(read.unsure))
    held = files.Files() if fresh else files.read(folder, others=False)
    old = [] if fresh else drafted.read(folder)
    aligned = drafted_before.align(structure.places(read.blocks, locale), old)
    known = {row["where"] for row in held.locators}
    found.places = [place for place in aligned.places if place.where not in known]
    taken = {entry["id"] for _, entry in held.claims if isinstance(entry, dict) and "id" in entry}
    rows, made = _numbers(aligned, held, taken, found)
    remembered = [drafted_before.of(place, aligned.before.get(place.where)) for place in aligned.places]
    found.gone += [f"{one.where} is no longer in the text" + (f", with {', '.join(one.lost)}" if one.lost else "")
                   for one in aligned.gone if one.where in known]
    found.gone += [f"{fault.where}: {fault.got}; the text has {fault.expected}" for fault in drafted.faults(held, remembered)]
    merged = _merged([row["where"] for row in held.locators], [one.where for one in aligned.places])
    order = {where: number for number, where in enumerate(merged)}
    if not (folder / LANGUAGE).is_file():
        found.files[folder / LANGUAGE] = f"locale: {locale}\n"
    _data(root, found, rows, order, fresh)
    every = {one.where: one for one in (*remembered, *aligned.gone)}
    kept = _merged([one.where for one in old], [one.where for one in remembered])  # what is gone may come back, in its place
    found.files[folder / drafted.FILE] = drafted.text([every[where] for where in kept])
    _notebooks(root, found, aligned.places, made, order, fresh)
    return found


def _numbers(aligned: drafted_before.Aligned, held: files.Files, taken: set[str], found: Draft) -> tuple[Rows, Made]:
    """Rows of the inventory and claims by locator, of every number that was not drafted before and is not listed."""
    rows: Rows = []
    made, laid_out = _tables(aligned, held, taken, found)
    entries = {entry["where"]: entry["id"] for _, entry in held.claims if tables.is_table(entry) and "where" in entry}
    last = Counter(row["where"] for row in held.inventory)
    for place in aligned.places:
        if place.table in laid_out and place.kind == structure.ROW:
            continue
        before, many = aligned.before.get(place.where), found.numbers
        listed = Counter(row["text"] for row in held.inventory if row["where"] == place.where) if last[place.where] else Counter()
        old, now = Counter(before.numbers) if before else Counter(), drafted_before.of(place)
        if before and before.words != now.words:
            lost = old - Counter(now.numbers)
            found.gone.append(f"{place.where} reads otherwise now" + (f"; no longer in it: {', '.join(lost.elements())}" if lost else ""))
        whole = {} if before or listed else statements(place)
        ids: dict[Token, str] = {}
        for token in place.numbers:
            if old[token.text] or listed[token.text]:
                old[token.text] -= 1
                listed[token.text] -= 1
                continue
            last[place.where] += 1
            if id := ids.get(whole.get(token, token)):
                rows.append(([place.where, str(last[place.where]), token.text, id, ""], place.where))
                found.numbers += 1
                continue
            row, entry = _number(token, whole.get(token, token), place, last[place.where], taken, found)
            rows.append((row, place.where))
            if entry:
                ids[whole.get(token, token)] = entry["id"]
                made.setdefault(place.where, []).append(entry)
        table = entries.get(place.table) or entries.get(place.table.rpartition("/")[0])
        if table and place.kind == structure.ROW and found.numbers > many:
            found.gone.append(f"{place.where} is new or changed in the printed table {table}: its new numbers are claims of their own; or "
                              f"write them into {tables.FOLDER}/{table}.csv, and delete these")
    return rows, made


def _tables(aligned: drafted_before.Aligned, held: files.Files, taken: set[str], found: Draft) -> tuple[Made, set[str]]:
    """The printed tables that were not drafted before, each as one claim, and which they are: those that can be laid out."""
    made: Made = {}
    laid_out: set[str] = set()
    captions = {place.table: place for place in aligned.places if place.kind == CAPTION}
    listed = {*aligned.before, *(row["where"] for row in held.inventory)}
    for table in dict.fromkeys(place.table for place in aligned.places if place.kind == structure.ROW):
        rows = [place for place in aligned.places if place.table == table and place.kind == structure.ROW]
        if any(place.where in listed for place in rows) or not any(place.numbers for place in rows):
            continue
        head = captions.get(table.rpartition("/")[0], rows[0])
        try:
            one = printed_tables.lay_out(rows, _id(head.where, taken), head.where, head.text if head.kind == CAPTION else "")
        except printed_tables.NotLaidOut as why:
            found.unsure.append(f"`{rows[0].where}`: the table is no entry of kind table, each of its numbers was looked at alone: {why}.")
            continue
        taken.add(one.entry["id"])
        found.claims.append(one.entry)
        found.printed[one.entry["id"]] = one.rows
        found.numbers += one.cells
        units = [name for name, said in one.entry["columns"].items() if not said["unit"]]
        told = (*one.unsure, *([f"the unit of {', '.join(units)} is not known"] if units else []))
        found.unsure += [f"`{head.where}`: {one.entry['id']}: {text}." for text in told]
        made.setdefault(head.where, []).append(one.entry)
        laid_out.add(table)
    return made, laid_out


def _id(where: str, taken: set[str]) -> str:
    """An id of a printed table that nothing has: table-1 of tab/1, table-1-no-2 of a second one below its caption."""
    named = [f"table-{where.split('/')[1]}" + (f"-no-{number}" if number > 1 else "") for number in range(1, len(taken) + 2)]
    return next(one for one in named if one not in taken)


def _number(token: Token, whole: Token, place: Place, number: int, taken: set[str],
            found: Draft) -> tuple[list[str], dict[str, Any] | None]:
    """The row of a number, and the claim of ``whole``, the statement that it begins: the number itself, or a range and the like."""
    found.numbers += 1
    guess = exemptions.guess(token, place.text) if token == whole else None
    if guess is not None:
        if guess.doubt:
            found.unsure.append(f"`{place.where}`: {token.text} is exempt as {guess.reason}; it {guess.doubt}.")
        return [place.where, str(number), token.text, "", guess.reason], None
    entry, unsure = claim(whole, place, taken)
    said, about, many = [{**one, "id": ""} for one in found.claims], entry["quantity"], 1
    while {**entry, "id": ""} in said:  # t(28) twice in one sentence
        many += 1
        entry["quantity"] = f"{about}, no. {many}"
    found.unsure += [f"`{place.where}`: {entry['id']}: {text}." for text in unsure]
    found.claims.append(entry)
    return [place.where, str(number), token.text, entry["id"], ""], entry


def _merged(old: list[str], new: list[str]) -> list[str]:
    """All locators in one order: that of the text, each that is no longer in it behind the one that it stood behind."""
    found, wanted = list(new), set(new)
    for number, where in enumerate(old):
        if where not in wanted:
            before = next((one for one in reversed(old[:number]) if one in found), None)
            found.insert(found.index(before) + 1 if before else 0, where)
    return found


def _data(root: Path, found: Draft, rows: Rows, order: dict[str, int], fresh: bool) -> None:
    """The files of data/paper with what is new."""
    folder = paths.paper(root)

    def text(name: str, empty: str) -> str:
        return empty if fresh or not (folder / name).is_file() else (folder / name).read_text(encoding="utf-8")

    if fresh:
        found.files |= dict.fromkeys(example.files(root))
        found.files[folder / "conclusions.yaml"] = CONCLUSIONS
    found.files[folder / "locators.csv"] = merge.inserted(text("locators.csv", "where,kind\n"),
                                                          [([place.where, place.kind], place.where) for place in found.places], order)
    found.files[folder / "inventory.csv"] = merge.inserted(text("inventory.csv", ",".join(files.INVENTORY_COLUMNS) + "\n"), rows, order)
    parts = {place.where: place.part for place in found.places}
    for part in dict.fromkeys(_part(entry, parts) for entry in found.claims):
        name = f"claims/{_file(part)}.yaml"
        there = text(name, CLAIMS)
        new = merge.entries(one for one in found.claims if _part(one, parts) == part)
        found.files[folder / name] = there + ("" if there.endswith("\n") else "\n") + new
    for id, cells in found.printed.items():
        found.files[root / tables.FOLDER / f"{id}.csv"] = csv_text([list(cells[0]), *(list(row.values()) for row in cells)])


def _part(entry: dict[str, Any], parts: dict[str, str]) -> str:
    return parts.get(entry["where"], entry["where"].partition("/")[0].partition(".")[0])


def _file(part: str) -> str:
    return f"{int(part):02}" if part.isdigit() else plain(part)


def _notebooks(root: Path, found: Draft, places: list[Place], made: Made, order: dict[str, int], fresh: bool) -> None:
    """The notebooks with a cell for each new claim: in that of its section, or in a new one."""
    declared = parameter_declaration.load(root / paths.MARK)
    shown = _shown(root, found, order, {name: one.default for name, one in declared.items() if name in notebooks.TAKEN}, fresh)
    there = {} if fresh else {path: ipynb.read(path).content for path in ipynb.paths(paths.notebooks(root))}
    claims_of = {path: notebooks.claims_in(content) for path, content in there.items()}
    known = Register({}, (), {}) if fresh else register.load(root)
    where_of = {one.id: one.where for one in (*known.claims.values(), *known.tables.values())}
    part_of = {place.where: place.part for place in places}
    titles = {place.part: place.text for place in reversed(places) if place.kind == HEADING and place.where == f"{place.part}/title"}
    number = max((int(path.stem[:2]) for path in there if path.stem[:2].isdigit()), default=0)
    for part in dict.fromkeys(place.part for place in places if made.get(place.where)):
        here = [place for place in places if place.part == part]
        home = next((path for path, ids in claims_of.items() if any(part_of.get(where_of.get(id, "")) == part for id in ids)), None)
        if home is None:
            number += 1
            title = NAMES.get(part) or titles.get(part, f"Section {part}")
            stem = notebooks.name(number, title)
            cells = notebooks.begin(title, part, declared)
            cells += notebooks.paragraphs(here, made, shown, {cell["id"] for cell in cells})
            found.files[paths.notebooks(root) / f"{stem}.ipynb"] = notebooks.text(notebooks.numbered(cells))
            found.notebooks.append(stem)
        else:
            cells = notebooks.paragraphs(here, made, shown, {cell["id"] for cell in there[home]["cells"]})
            found.files[home] = notebooks.with_more(there[home], cells)
    if found.notebooks:
        path = root / paths.MARK
        taken = [name for name in notebooks.TAKEN if name in declared]
        found.files[path] = merge.listed(path.read_text(encoding="utf-8"), taken, found.notebooks, instead=fresh)


def _shown(root: Path, found: Draft, order: dict[str, int], choices: dict[str, Any], fresh: bool) -> dict[str, Any]:
    """What each new claim shows until somebody judges it."""
    paper = Paper(base=root, **choices)
    claims = {entry["id"]: Claim(**entry) for entry in found.each}
    printed = {entry["id"]: tables.table(entry, found.printed[entry["id"]]) for entry in found.claims if entry["id"] in found.printed}
    held = Register({}, (), {}) if fresh else paper.register
    paper.register = Register(held.claims | claims, tuple(sorted(order, key=order.__getitem__)), held.conclusions, held.answers, printed)
    return {entry["id"]: paper.judge_later(entry["id"]) for entry in found.claims}


def listing(found: Draft, places: list[Place]) -> Iterator[tuple[str, str]]:
    """The files below build/ that a person reads beside a draft: the text with its locators, and what was not sure."""
    lines = [f"`{place.where}` {place.text}" for place in places if place.counted]
    yield "text.md", "\n\n".join(["# The text, each place with its locator", *lines]) + "\n"
    told = [f"- {text}" for text in found.unsure] or ["Nothing."]
    yield "unsure.md", "\n".join(["# What the draft was not sure of", "", *told, "", "# What is otherwise in the text than it was", "",
                                  *([f"- {text}" for text in found.gone] or ["Nothing."])]) + "\n"
