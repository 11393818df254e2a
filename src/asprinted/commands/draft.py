"""``draft``: a paper's text written down as an audit that waits for its verdicts."""

from __future__ import annotations

import contextlib
from pathlib import Path

from asprinted import paths
from asprinted.audit import input_checks
from asprinted.commands import readme
from asprinted.draft import drafting
from asprinted.draft.drafted_before import align
from asprinted.draft.reading import paper_file
from asprinted.draft.structure import places
from asprinted.numbers.written import notation
from asprinted.paper import drafted, files
from asprinted.verdicts.words import agreeing, many
from forkmill.errors import InputError
from forkmill.run import journal
from forkmill.terminal import Terminal
from forkmill.writing import write_text


def run(root: Path, paper: Path, terminal: Terminal, locale: str = "") -> int:
    """Add to an audit what a paper's text has and the audit has not; all or nothing.

    ``locale``: the language that the paper is printed in; what the audit declares, else English, where it is not given.

    Raises:
        InputErrors: the paper cannot be read, or the audit is not sound to begin with.
    """
    project = paths.project(root)
    with journal.alone(project, terminal):
        content = paper_file.read(paper)
        input_checks.check(root)
        language = _language(root, locale)
        before = [] if drafting.example.untouched(root) else drafted.read(paths.paper(root))
        found = drafting.draft(root, content, language)
        _write(root, found.files if found.new or found.gone else {})
        if found.new:
            with contextlib.suppress(InputError):  # a page without the markers is told by make readme
                readme.rewrite(root)
        folder = project.build / drafting.FOLDER
        for name, text in drafting.listing(found, align(places(content.blocks, language), before).places):
            write_text(folder / name, text)
    _tell(found, paper, terminal)
    return 0


def _language(root: Path, given: str) -> str:
    """The language of the paper. Raises :class:`InputError`: none that is known, or another one is declared."""
    declared = files.locale(root)
    if given and (paths.paper(root) / drafting.LANGUAGE).is_file() and given != declared:
        raise InputError("the paper is declared to be in another language", "--locale", declared, given,
                         "leave it out, or correct data/paper/paper.yaml")
    try:
        notation.of(given or declared)
    except ValueError as error:
        raise InputError("the language is not known", "--locale", "a language such as en, de or fr", given, str(error)) from None
    return given or declared


def _write(root: Path, written: dict[Path, str | None]) -> None:
    """Write and remove the files; where what they make is not sound, put back what was there."""
    old = {path: path.read_bytes() if path.is_file() else None for path in written}
    try:
        for path, text in written.items():
            if text is None:
                path.unlink()
            else:
                write_text(path, text)
        input_checks.check(root)
    except BaseException:
        for path, content in old.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise


def _tell(found: drafting.Draft, paper: Path, terminal: Terminal) -> None:
    claims, cells = len(found.each), len(found.each) - len(found.claims) + len(found.printed)
    printed = f" ({cells} of them the cells of {many(len(found.printed), 'printed table')})" if found.printed else ""
    if found.new:
        terminal.say(f"Drafted from {paper.name}: {many(len(found.places), 'place')}, {many(found.numbers, 'number')}, of them "
                     f"{many(claims, 'claim')} that {agreeing(claims, 'is', 'are')} not judged yet{printed} and "
                     f"{found.numbers - claims} exempt; {many(len(found.notebooks), 'notebook')}.")
    else:
        terminal.say(f"Nothing in {paper.name} that is not written down already.")
    terminal.listed("Otherwise in the text than it was; look at what rests on it:", found.gone)
    folder = f"build/{drafting.FOLDER}"
    terminal.say(f"Not sure of {len(found.unsure)}: {folder}/unsure.md. The text with its locators: {folder}/text.md.")
