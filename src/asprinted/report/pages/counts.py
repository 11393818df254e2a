"""What became of the claims, counted from the run and said in words: for the front page, the summary and the conclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asprinted.numbers.sources import DATA, of_data
from asprinted.report.markup import esc
from asprinted.report.material import Material, Record
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import ACCUSING, AGREES, AMBIGUOUS, MARKS, MEANINGS, PLAIN, PUBLISHED, SUPPORTING, UNJUDGED, worded

INCONSISTENT = "inconsistent"
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST, HALF = 3 / 4, 1 / 2  # shares of what could be checked; of what could not, a quarter is much


@dataclass(frozen=True)
class Counts:
    """How many claims there are and what became of them; ``weak`` of those that agree could not have failed."""

    total: int
    agree: int
    weak: int
    wrong: int
    pairs: int
    depend: int
    open: int

    @property
    def checked(self) -> int:
        """Claims that something public could decide."""
        return self.total - self.open


def of(material: Material) -> Counts:
    """The counts of a run; relations between the paper's own numbers are no claims about the world."""
    count = material.verdicts["summary"]
    pairs = count.get(INCONSISTENT, 0)
    return Counts(
        total=sum(claim.kind != "identity" and id not in material.waiting for id, claim in material.register.claims.items()),
        agree=sum(count.get(name, 0) for name in SUPPORTING), weak=material.verdicts["groups"][AGREES],
        wrong=sum(count.get(name, 0) for name in ACCUSING) - pairs, pairs=pairs, depend=count.get(AMBIGUOUS, 0),
        open=count.get(UNJUDGED, 0),
    )  # fmt: skip


def number(count: int) -> str:
    """A count as a sentence has it: small ones in words.

    >>> number(0), number(2), number(33)
    ('none', 'two', '33')
    """
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def listing(parts: Sequence[str]) -> str:
    """Parts of a sentence with commas, and "and" before the last.

    >>> listing(["a"]), listing(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def answer(material: Material) -> str:
    """What a reader came for, in one sentence of Markdown and HTML alike."""
    found = of(material)
    if not found.total:
        return f"None of the {len(material.waiting)} claims is judged yet." if material.waiting else "No claim is written down yet."
    pairs = "one pair of numbers excludes itself" if found.pairs == 1 else f"{number(found.pairs)} pairs of numbers exclude themselves"
    return f"{found.agree} of {found.total} claims agree with {worded(PUBLISHED, *material.rests_on)}, " + listing([
        f"{number(found.wrong)} {'does' if found.wrong == 1 else 'do'} not",
        *([pairs] if found.pairs else []),
        *([f"{number(found.depend)} {'depends' if found.depend == 1 else 'depend'} on how a sentence is read"] if found.depend else []),
        f"{number(found.open)} nobody can check"]) + "."


def waiting(material: Material) -> str:
    """How many claims are not judged yet, with the way to them; nothing where all are."""
    many = len(material.waiting)
    return f"{number(many).capitalize()} more {'is' if many == 1 else 'are'} not judged yet, and in no count: " \
           f"[their places](claims.md#{material.waiting[0]})." if many else ""


def worth(material: Material) -> str:
    """What the agreement is worth, where some of it is worth little; nothing otherwise."""
    found = of(material)
    if not found.weak:
        return ""
    return (f"Of the {found.agree} that agree, {number(found.weak)} say little: had their numbers been wrong, this check would not have "
            "noticed, because the figure beside them is a bound, a condition or a relay that can accuse nobody.")


def official_only(material: Material) -> str:
    """How many of the errors remain where only the pages of issuing bodies and governments count.

    The evidence of a record is the weakest that its verdict needs. An error also remains where the paper's own numbers alone
    exclude the number, which a relation inside the paper says.
    """
    failing = material.failing
    if all(of_data(one["sources"]) for one in failing):
        return ""
    inside = {id for one in material.records.values() if one["kind"] == "identity" and one["verdict"] in ACCUSING
              and one["evidence"] in ("official", "none") for id in one["with"]}  # fmt: skip
    left = [one for one in failing if one["evidence"] in (*DATA, "official", "none") or one["id"] in inside]
    if len(left) == len(failing):
        return "If only the pages of offices and governments counted, all of these would remain."
    rest = "the other rests" if len(failing) - len(left) == 1 else "the others rest"
    return (f"If only the pages of offices and governments counted, {number(len(left))} of these {number(len(failing))} would remain; "
            f"{rest} on the press or on a reprint of an office's release.")


def inside(material: Material) -> str:
    """The relations inside the paper in a sentence; nothing where none is recorded."""
    identities = material.verdicts["identities"]
    total, failed = sum(identities.values()), sum(identities.get(verdict, 0) for verdict in ACCUSING)
    if not total:
        return ""
    return f"Of {total} relations that the paper's own numbers must keep, {number(failed)} {'fails' if failed == 1 else 'fail'}."


def threatened(material: Material, record: Record) -> list[str]:
    """Conclusions that an error may change: those resting on the claim for which no reason is recorded why they withstand it."""
    conclusions = material.register.conclusions
    return [one for one in record["turns"] if one in conclusions and record["id"] not in conclusions[one].get("withstands", {})]


def turning(material: Material) -> str:
    """What the errors do to the conclusions, in a sentence."""
    failing = material.failing
    may = [record for record in failing if threatened(material, record)]
    if material.waiting and not material.records:
        return "Which of its conclusions stand is open: no claim is judged yet."
    if not failing:
        return "No error was found that could overturn a conclusion."
    if not may:
        bare = sum(not any(one in material.register.conclusions for one in record["turns"]) for record in failing)
        if bare == len(failing):
            return "No conclusion of the paper that is on record rests on what was found wrong."
        none = f"{number(bare)} {'stands' if bare == 1 else 'stand'} under none, and for each of the others" if bare else "for each,"
        return f"None of the errors overturns a conclusion of the paper: {none} a reason why not is on record."
    if len(failing) == 1:
        return "The one error may change a conclusion of the paper."
    return f"{number(len(may)).capitalize()} of the {number(len(failing))} errors may change a conclusion of the paper."


def classification(material: Material) -> tuple[str, str]:
    """An overall class of the paper, by the rule of :data:`CLASSES`, and its reason from the counts."""
    found = of(material)
    share = found.agree / found.checked if found.checked else 0.0
    bad = found.wrong + found.pairs
    if not found.total:
        return "Not judged yet", answer(material)
    may = any(threatened(material, record) for record in material.failing)
    if share >= MOST and not may:
        name = "Holds where it can be checked" if not bad else "Holds in most of what can be checked, with errors that overturn nothing"
    else:
        name = "Holds in part" if share >= HALF else "Does not hold in most of what can be checked"
    if found.open > found.total / 4:
        name += "; much of it nobody can check"
    reason = (f"{found.agree} of the {found.checked} claims that can be checked agree ({share:.0%}), {number(bad)} "
              f"{'is' if bad == 1 else 'are'} wrong or in conflict, {number(found.depend)} "
              f"{'depends' if found.depend == 1 else 'depend'} on the reading; {found.open} of all {found.total} "
              f"({found.open / (found.total or 1):.0%}) cannot be checked. {turning(material)}")
    return name, reason


CLASSES = ("The class is computed. A paper holds in most where at least three quarters of what can be checked agree and no error may "
           "change a conclusion; in part where at least half agree, or an error may; less is not holding. Where more than a quarter "
           "cannot be checked, the class says so.")


def _counted(material: Material) -> dict[str, tuple[int, str]]:
    """How many claims have each verdict that occurs, and the address of their rows in the ledger."""
    return {verdict: (number, f"ledger.html?verdict={esc(verdict.replace(' ', '+'))}")
            for verdict, number in material.verdicts["summary"].items() if number}


def bar(material: Material) -> str:
    """The counts as a bar in HTML, each part a link into the ledger."""
    parts = "".join(f'<a class="v-{verdict.replace(" ", "-")}" style="flex-grow:{many}" href="{address}" '
                    f'aria-label="{many} {esc(verdict)}: show them" title="{many} {esc(verdict)}">{MARKS[verdict]}&#8239;{many}</a>'
                    for verdict, (many, address) in _counted(material).items())
    return f'<div class="counts">{parts}</div>'


def key(material: Material) -> str:
    """What each verdict says in words of every day, with its count; the exact definitions folded."""
    counted = _counted(material)
    total = sum(many for many, _ in counted.values()) or 1
    words = "".join(f'<li><a href="{address}">{chip(verdict)}</a> <strong>{many}</strong> of {total}: '
                    f"{esc(worded(PLAIN[verdict], *material.rests_on))}</li>"
                    for verdict, (many, address) in counted.items())
    exact = "".join(f"<div><dt>{chip(verdict)}</dt><dd>{esc(MEANINGS[verdict])}</dd></div>" for verdict in counted)
    return (f'<ul class="counts-key">{words}</ul>'
            f'<details><summary>The exact definitions</summary><dl class="facts">{exact}</dl></details>')
