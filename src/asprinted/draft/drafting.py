"""A draft put together: what is new in a paper beside what an audit holds, the files that this makes, and what it was unsure of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.draft import example, exemptions, memory, merge, notebooks, structure
from asprinted.draft.claims import claim, plain
from asprinted.draft.reading.blocks import HEADING, Read
from asprinted.draft.structure import Place
from asprinted.draft.tokens import Token
from asprinted.notebook import Paper
from asprinted.paper import drafted, files, register
from asprinted.paper.register import Claim, Register
from forkmill.notebooks import ipynb, parameter_declaration

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
    notebooks: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def new(self) -> bool:
        """Whether it adds anything."""
        return bool(self.places or self.numbers)


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
    aligned = memory.align(structure.places(read.blocks, locale), old)
    known = {row["where"] for row in held.locators}
    found.places = [place for place in aligned.places if place.where not in known]
    taken = {entry["id"] for _, entry in held.claims if isinstance(entry, dict) and "id" in entry}
    rows, made = _numbers(aligned, held, taken, found)
    remembered = [memory.of(place, aligned.before.get(place.where)) for place in aligned.places]
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


def _numbers(aligned: memory.Aligned, held: files.Files, taken: set[str], found: Draft) -> tuple[Rows, Made]:
    """Rows of the inventory and claims by locator, of every number that was not drafted before and is not listed."""
    rows: Rows = []
    made: Made = {}
    last = Counter(row["where"] for row in held.inventory)
    for place in aligned.places:
        before = aligned.before.get(place.where)
        listed = Counter(row["text"] for row in held.inventory if row["where"] == place.where) if last[place.where] else Counter()
        old, now = Counter(before.numbers) if before else Counter(), memory.of(place)
        if before and before.words != now.words:
            lost = old - Counter(now.numbers)
            found.gone.append(f"{place.where} reads otherwise now" + (f"; no longer in it: {', '.join(lost.elements())}" if lost else ""))
        for token in place.numbers:
            if old[token.text] or listed[token.text]:
                old[token.text] -= 1
                listed[token.text] -= 1
                continue
            last[place.where] += 1
            row, entry = _number(token, place, last[place.where], taken, found)
            rows.append((row, place.where))
            if entry:
                made.setdefault(place.where, []).append(entry)
    return rows, made


def _number(token: Token, place: Place, number: int, taken: set[str], found: Draft) -> tuple[list[str], dict[str, Any] | None]:
    found.numbers += 1
    guess = exemptions.guess(token, place.text)
    if guess is not None:
        if guess.doubt:
            found.unsure.append(f"`{place.where}`: {token.text} is exempt as {guess.reason}; it {guess.doubt}.")
        return [place.where, str(number), token.text, "", guess.reason], None
    entry, unsure = claim(token, place, taken)
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
    where_of = {} if fresh else {claim.id: claim.where for claim in register.load(root).claims.values()}
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
    claims = {entry["id"]: Claim(**entry) for entry in found.claims}
    held = Register({}, (), {}) if fresh else paper.register
    paper.register = Register(held.claims | claims, tuple(sorted(order, key=order.__getitem__)), held.conclusions, held.answers)
    return {id: paper.judge_later(id) for id in claims}


def listing(found: Draft, places: list[Place]) -> Iterator[tuple[str, str]]:
    """The files below build/ that a person reads beside a draft: the text with its locators, and what was not sure."""
    lines = [f"`{place.where}` {place.text}" for place in places if place.counted]
    yield "text.md", "\n\n".join(["# The text, each place with its locator", *lines]) + "\n"
    told = [f"- {text}" for text in found.unsure] or ["Nothing."]
    yield "unsure.md", "\n".join(["# What the draft was not sure of", "", *told, "", "# What is otherwise in the text than it was", "",
                                  *([f"- {text}" for text in found.gone] or ["Nothing."])]) + "\n"
