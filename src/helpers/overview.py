"""What the notebooks say of all claims together: counts of verdicts, numbers in reading order, what measures rest on.

``judged`` is the frame of :class:`asprinted.notebook.other_notebooks.Verdicts`: one row a claim, indexed by its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from asprinted import Paper, sweep
from asprinted.numbers.sources import PAGES
from asprinted.paper.attribution import Attributions, Passage
from asprinted.paper.register import Register
from asprinted.verdicts import vocabulary, words

AGREES = "agrees"  # whatever its check says: what holds, and what agrees in a check that says little
LEVELS = {level: f"{level} {'alone' if level == PAGES[0] else 'or better'}" for level in PAGES}  # of the least evidence


def by_verdict(judged: pd.DataFrame) -> pd.DataFrame:
    """How many claims have each verdict, for ``charts.counts``: columns verdict (in the order of the vocabulary) and claims."""
    found = judged["verdict"].astype(str).value_counts().reindex(vocabulary.VERDICTS, fill_value=0)
    return found.rename("claims").rename_axis("verdict").reset_index()


def by_group(judged: pd.DataFrame) -> pd.DataFrame:
    """How many claims fall into each group that a reader asks for first (:data:`asprinted.verdicts.vocabulary.GROUPS`)."""
    groups = pd.Series(map(vocabulary.group, judged["verdict"], judged["telling"]), dtype=object)
    return groups.value_counts().reindex(vocabulary.GROUPS, fill_value=0).rename("claims").to_frame()


def standing(verdicts: pd.Series) -> str:
    """What became of some claims, in one clause: "39 agree with what was published, 3 do not, ..."."""
    groups = [vocabulary.group(str(verdict), telling=True) for verdict in verdicts]
    agree, _, not_, depend, open_ = map(groups.count, vocabulary.GROUPS)
    return ", ".join([
        f"{agree} {words.agreeing(agree, 'agrees', 'agree')} with what was published",
        f"{not_} {words.agreeing(not_, 'does', 'do')} not",
        *([f"{depend} {words.agreeing(depend, 'depends', 'depend')} on the reading"] if depend else []),
        *([f"for {open_} {vocabulary.UNSEEN}"] if open_ else [])])


def every_number(paper: Paper, judged: pd.DataFrame) -> pd.DataFrame:
    """All numbers of the paper in reading order, for ``charts.cells``: section, where, text, claim and verdict.

    Claim and verdict are "" for a number that needs no judgement, such as a date or a label.
    """
    numbers = paper.inventory()
    numbers["section"] = numbers["where"].map(paper.section)
    numbers["verdict"] = numbers["claim"].map(judged["verdict"].astype(str)).fillna("")
    return numbers[["section", "where", "text", "claim", "verdict"]]


def behind_measures(paper: Paper, judged: pd.DataFrame) -> pd.DataFrame:
    """The claims that each countermeasure rests on by way of a diagnosis: measure, diagnosis, claim and verdict."""
    diagnoses = paper.register.conclusions
    links = [
        {"measure": measure["measure"], "diagnosis": diagnoses[key]["conclusion"], "claim": claim}
        for measure in paper.document("mechanism")["measures"]
        for key in measure["conclusions"]
        for claim in diagnoses[key]["rests_on"]
    ]
    return pd.DataFrame(links, columns=["measure", "diagnosis", "claim"]).join(judged[["verdict"]], on="claim")


def by_evidence(table: pd.DataFrame, usual: Mapping[str, Any]) -> pd.DataFrame:
    """The verdict on each claim under each least evidence, the other choices as ``usual``: a column each, the laxest first.

    ``table`` is that of :func:`asprinted.robustness.sweep.tidy`.
    """
    def verdicts(level: str) -> pd.Series:
        rows = sweep.relative_to(table, {**usual, "least_evidence": level})
        return rows[rows["default"]].set_index("claim")["verdict"]

    return pd.DataFrame({level: verdicts(level) for level in reversed(PAGES)})


def standing_by_evidence(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many claims of :func:`by_evidence` agree, fail, depend or stay open, for ``charts.bars``: label, group and value."""
    groups = verdicts.map(lambda verdict: vocabulary.group(verdict, telling=True))
    names = {vocabulary.HOLDS: AGREES} | {name: name for name in vocabulary.GROUPS if name not in (vocabulary.HOLDS, vocabulary.AGREES)}
    return pd.DataFrame([
        {"label": LEVELS[level].replace(" ", "\n", 1), "group": shown, "value": int((groups[level] == name).sum())}
        for level in groups for name, shown in names.items()
    ])


def in_words(frame: pd.DataFrame, register: Register) -> pd.DataFrame:
    """The frame with the claims of its index as the ledger words them, and the least evidence of its columns by what it lets in."""
    return frame.rename(index={id: claim.quantity for id, claim in register.claims.items()}, columns=LEVELS)


def turned(claims: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The claims whose verdict some combination of choices turns: :func:`by_evidence`, and which other choice alone turns it to what.

    ``claims`` is the frame of :func:`asprinted.robustness.sweep.shares`; those that the fewest combinations leave as they are stand first.
    """
    found = claims[claims["holds"] < claims["specifications"]].sort_values("share", kind="stable")
    others = ["; ".join(change.replace("=", " ", 1) for change in text.split("; ") if not change.startswith("least_evidence"))
              for text in found["flipped_by"]]
    return verdicts.loc[found.index].assign(**{"another choice": others})


def passages(attributions: Attributions) -> pd.DataFrame:
    """Each passage with numbers: the work that it cites, its latest figure, whether the work can hold it, which works could."""

    def answer(passage: Passage) -> dict[str, str]:
        cited = attributions.works.get(passage.cites)
        able = " ".join(f"[{work.number}]" for work in attributions.could_hold(passage))
        return {"where": passage.where[0], "cites": f"[{passage.cites}]" if cited else "nothing", "latest figure": passage.latest,
                "can the cited work hold it": cited.can_hold(passage) if cited else "", "works that could, by date": able or "none"}

    return pd.DataFrame([answer(passage) for passage in attributions.passages]).set_index("where")
