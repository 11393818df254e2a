"""The verdicts of other notebooks, as a notebook that speaks of them all takes them: records, and a table with a row a claim."""

from __future__ import annotations

from typing import Any

import pandas as pd

from asprinted.verdicts import words
from asprinted.verdicts.card import Verdict
from asprinted.verdicts.record import judged, telling
from asprinted.verdicts.vocabulary import VERDICTS

# The stated and the published number with their units, what stands beside a stated one whatever it is, the verdict as a sentence,
# and whether its check tells something.
IN_WORDS = {"printed": words.stated, "published": words.published, "beside": words.found, "says": words.sentence, "telling": telling}


class Verdicts:
    """Verdicts of other notebooks: ``source`` says where they come from, ``frame`` holds one row a claim.

    Beside fields of the record a row has what :data:`IN_WORDS` makes of it for people.
    """

    def __init__(self, records: list[dict[str, Any]], source: str, order: tuple[str, ...]) -> None:
        self.source, self.order = source, order
        # A committed notebook may be older than the register.
        known = [record for record in records if record["id"] in order and judged(record)]
        self.records = sorted(known, key=lambda record: order.index(record["id"]))
        columns = ["id", "where", "section", "kind", "quantity", "stated", "unit", "verdict", "reason", "corrected",
                   "evidence", "turns"]
        rows = [{key: record.get(key) for key in columns} | {key: said(record) for key, said in IN_WORDS.items()}
                for record in self.records]
        frame = pd.DataFrame(rows, columns=[*columns, *IN_WORDS])
        frame["verdict"] = pd.Categorical(frame["verdict"], VERDICTS)
        self.frame = frame.set_index("id")

    def __repr__(self) -> str:
        return f"{words.many(len(self.frame), 'verdict')} of {self.source}"

    def __add__(self, own: list[Verdict]) -> Verdicts:
        """These verdicts and those of this notebook."""
        return Verdicts([*self.records, *(verdict.record for verdict in own)], self.source, self.order)
