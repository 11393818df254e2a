"""What became of the claims, counted from the run and said in words: for the front page, the summary and the conclusions."""

from __future__ import annotations

from dataclasses import dataclass

from asprinted.numbers.sources import DATA, of_data
from asprinted.report.markup import esc
from asprinted.report.material import Material, Record, locator
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import (
    ACCUSING,
    AGREES,
    AMBIGUOUS,
    INCONSISTENT,
    MARKS,
    MEANINGS,
    PLAIN,
    PUBLISHED,
    SUPPORTING,
    UNJUDGED,
    UNSEEN,
    worded,
)
from asprinted.verdicts.words import agreeing, anchor, enumerated, many, number

MOST, HALF = 3 / 4, 1 / 2  # shares of what was put to a check that tells something; of what was not found, a quarter is much


@dataclass(frozen=True)
class Counts:
    """How many claims there are and what became of them; ``weak`` of those that agree do so in checks that say little, ``pairs`` of
    those that are wrong exclude another statement of the paper, so that either may be the wrong one."""

    total: int
    agree: int
    weak: int
    wrong: int
    pairs: int
    depend: int
    open: int

    @property
    def checked(self) -> int:
        """Claims for which a figure was found."""
        return self.total - self.open

    @property
    def telling(self) -> int:
        """Claims put to a check that most wrong numbers would not have passed."""
        return self.checked - self.weak

    @property
    def hold(self) -> int:
        """Claims that passed such a check."""
        return self.agree - self.weak


def of(material: Material) -> Counts:
    """The counts of a run; relations between the paper's own numbers are no claims about the world."""
    count = material.verdicts["summary"]
    return Counts(
        total=sum(claim.kind != "identity" and id not in material.waiting for id, claim in material.register.claims.items()),
        agree=sum(count.get(name, 0) for name in SUPPORTING), weak=material.verdicts["groups"][AGREES],
        wrong=sum(count.get(name, 0) for name in ACCUSING), pairs=count.get(INCONSISTENT, 0), depend=count.get(AMBIGUOUS, 0),
        open=count.get(UNJUDGED, 0),
    )


def answer(material: Material) -> str:
    """What a reader came for, in one sentence of Markdown and HTML alike; what is none is left out."""
    found = of(material)
    if not found.total:
        waiting = len(material.waiting)
        return f"None of the {many(waiting, 'claim')} is judged yet." if waiting > 1 else (
            "The one claim is not judged yet." if waiting else "No claim is written down yet.")
    checks = agreeing(found.weak, "a check that says", "checks that say")
    little = f", {number(found.weak)} of them in {checks} little" if found.weak else ""
    pairs = f"{number(found.pairs)} of them because two statements" if found.wrong > 1 else "because it and another statement"
    pairs = f" ({pairs} of the paper exclude each other)" if found.pairs else ""
    parts = [
        f"{found.agree} of {many(found.total, 'claim')} {agreeing(found.agree, 'agrees', 'agree')} with "
        f"{worded(PUBLISHED, *material.rests_on)}{little}",
        f"{number(found.wrong)} {agreeing(found.wrong, 'does', 'do')} not{pairs}" if found.wrong else "none fails",
        *([f"{number(found.depend)} {agreeing(found.depend, 'depends', 'depend')} on how a sentence is read"] if found.depend else []),
        *([f"for {number(found.open)} {worded(UNSEEN, *material.rests_on)}"] if found.open else []),
    ]
    return "; ".join(parts) + "."


def waiting(material: Material) -> str:
    """How many claims are not judged yet, with the way to them; nothing where all are."""
    later = len(material.waiting)
    return f"{number(later).capitalize()} more {agreeing(later, 'is', 'are')} not judged yet, and in no count: " \
           f"[their places](claims.md#{anchor(material.waiting[0])})." if later else ""


def worth(material: Material) -> str:
    """What the agreement is worth, where some of it is worth little; nothing otherwise."""
    return ("A check says little where at least half of the wrong digits that might have stood there, or the contrary of the words, would "
            "have passed as well: beside the claim stands a bound, a condition, a shortened figure or a relay that can accuse nobody."
            if of(material).weak else "")


def official_only(material: Material) -> str:
    """How many of the errors remain where only the pages of issuing bodies and governments count.

    The evidence of a record is the weakest that its verdict needs. An error also remains where the paper's own numbers alone
    exclude the number, which a relation inside the paper says.
    """
    failing = material.failing
    if all(of_data(one["sources"]) for one in failing):
        return ""
    inside = {id for one in material.records.values() if one["kind"] == "identity" and one["verdict"] in ACCUSING
              and one["evidence"] in ("official", "none") for id in one["with"]}
    left = [one for one in failing if one["evidence"] in (*DATA, "official", "none") or one["id"] in inside]
    total = f"the {number(len(failing))} {agreeing(len(failing), 'claim that does', 'claims that do')} not hold"
    if len(left) == len(failing):
        return f"If only the pages of offices and governments counted, {total} still would not."
    others = [locator(one["where"]) for one in failing if one not in left]
    rest = (f"{agreeing(len(others), 'the other', 'the others')} ({enumerated(others)}) {agreeing(len(others), 'rests', 'rest')}"
            if left else "all rest")
    return (f"If only the pages of offices and governments counted, {number(len(left))} of {total} would remain; "
            f"{rest} on the press or on a reprint of an office's release.")


def inside(material: Material) -> str:
    """The relations inside the paper in a sentence; nothing where none is recorded."""
    identities = material.verdicts["identities"]
    total, failed = sum(identities.values()), sum(identities.get(verdict, 0) for verdict in ACCUSING)
    if not total:
        return ""
    return f"Of {many(total, 'relation')} that the paper's own numbers must keep, {number(failed)} {agreeing(failed, 'fails', 'fail')}."


def threatened(material: Material, record: Record) -> list[str]:
    """Conclusions that an error may change: those resting on the claim for which no reason is recorded why they withstand it."""
    conclusions = material.register.conclusions
    return [one for one in record["turns"] if one in conclusions and record["id"] not in conclusions[one].get("withstands", {})]


def turning(material: Material) -> str:
    """What the errors do to the conclusions, in a sentence; where that rests on an argument of ours, it says so."""
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
        none = f"{number(bare)} {agreeing(bare, 'stands', 'stand')} under none, and for each of the others" if bare else "for each,"
        return (f"None of the errors overturns a conclusion of the paper, as this audit argues: {none} a reason is on record. The reasons "
                "are written by hand and not computed.")
    if len(failing) == 1:
        return "The one error may change a conclusion of the paper."
    return f"{number(len(may)).capitalize()} of the errors, {number(len(failing))} in all, may change a conclusion of the paper."


def classification(material: Material) -> tuple[str, str]:
    """An overall class of the paper, by the rule of :data:`CLASSES`, and its reason from the counts."""
    found = of(material)
    if not found.total:
        return "Not judged yet", answer(material)
    unseen = worded(UNSEEN, *material.rests_on)
    name = _class(found, any(threatened(material, record) for record in material.failing))
    if found.total / 4 < found.open < found.total:
        name += f"; for much of it {unseen}"
    return name, " ".join(text for text in (_shares(found), turning(material), f"For {found.open} of all {found.total} "
                                            f"({found.open / found.total:.0%}) {unseen}." if found.open else "") if text)


def _class(found: Counts, may: bool) -> str:
    if not found.telling:
        return "Agrees, in checks that say little" if found.checked else "Nothing of it could be checked"
    share = found.hold / found.telling
    if share == 1:
        return "Holds where it can be checked"
    if share >= MOST and not may:
        return "Holds in most of what can be checked" + ("; no error in it is known to overturn a conclusion" if found.wrong else "")
    if share >= HALF:
        return "Holds in part"
    wrong = found.wrong / found.telling > HALF  # what depends on the reading is not wrong
    return "Does not hold in most of what can be checked" if wrong else "Holds in less than half of what can be checked"


def _shares(found: Counts) -> str:
    """What agrees of all that was checked, and, which decides, of what was put to a check that tells something."""
    if not found.checked:
        return ""
    said = f"{found.agree} of the {many(found.checked, 'claim')} that could be checked {agreeing(found.agree, 'agrees', 'agree')} " \
           f"({found.agree / found.checked:.0%})"
    if found.weak and found.telling:
        said += (f"; without the {number(found.weak)} whose {agreeing(found.weak, 'check says', 'checks say')} little, {found.hold} of "
                 f"{found.telling} ({found.hold / found.telling:.0%}), on which the class rests")
    others = enumerated([*([f"{number(found.wrong)} {agreeing(found.wrong, 'does', 'do')} not hold"] if found.wrong else []),
                      *([f"{number(found.depend)} {agreeing(found.depend, 'depends', 'depend')} on the reading"] if found.depend else [])])
    return f"{said}." + (f" {others.capitalize()}." if others else "")


CLASSES = ("The class is computed from checks that tell something: those that most wrong digits in the place of a number, or the contrary "
           "of words, would not have passed. A paper holds in most where at least three quarters of these agree and no error may change "
           "a conclusion; in part where at least half agree, or an error may; it does not hold in most where more than half are "
           "wrong. Where for more than a quarter of all claims nothing was found that could decide, the class says so. That an error "
           "changes no conclusion is not computed: it is an argument, written by hand with its reason in data/paper/conclusions.yaml and "
           "open to dispute; an error without one counts as one that may.")


def _counted(material: Material) -> dict[str, tuple[int, str]]:
    """How many claims have each verdict that occurs, and the address of their rows in the ledger."""
    return {verdict: (count, f"ledger.html?verdict={esc(verdict.replace(' ', '+'))}")
            for verdict, count in material.verdicts["summary"].items() if count}


def bar(material: Material) -> str:
    """The counts as a bar in HTML, each part a link into the ledger."""
    parts = "".join(f'<a class="v-{verdict.replace(" ", "-")}" style="flex-grow:{count}" href="{address}" '
                    f'aria-label="{count} {esc(verdict)}: show them" title="{count} {esc(verdict)}">{MARKS[verdict]}&#8239;{count}</a>'
                    for verdict, (count, address) in _counted(material).items())
    return f'<div class="counts">{parts}</div>'


def key(material: Material) -> str:
    """What each verdict says in words of every day, with its count; the exact definitions folded."""
    counted = _counted(material)
    total = sum(count for count, _ in counted.values()) or 1
    words = "".join(f'<li><a href="{address}">{chip(verdict)}</a> <strong>{count}</strong> of {total}: '
                    f"{esc(worded(PLAIN[verdict], *material.rests_on))}</li>"
                    for verdict, (count, address) in counted.items())
    exact = "".join(f"<div><dt>{chip(verdict)}</dt><dd>{esc(MEANINGS[verdict])}</dd></div>" for verdict in counted)
    return (f'<ul class="counts-key">{words}</ul>'
            f'<details><summary>The exact definitions</summary><dl class="facts">{exact}</dl></details>')
