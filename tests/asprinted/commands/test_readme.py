"""The generated parts of README.md."""

from __future__ import annotations

import re

from asprinted.commands import readme
from asprinted.numbers import quantity
from asprinted.paper import register
from checkout import ROOT


def counted() -> tuple[int, int]:
    said = readme.generated(ROOT)["counts"]
    return int(re.search(r"(\d+) belong to claims", said)[1]), int(re.search(r"(\d+) more claims", said)[1])


def test_a_statement_that_rests_on_a_number_of_the_inventory_is_counted_once(monkeypatch):
    numbers, more = counted()
    rows = readme.inventory(ROOT)
    judged = {row["claim"] for row in rows}
    statement = next(claim for claim in register.load(ROOT).claims.values() if not claim.is_number and claim.kind != "identity"
                     and claim.id not in judged)
    row = {"where": statement.where, "n": "9", "text": "9", "claim": statement.id, "exempt": ""}
    monkeypatch.setattr(readme, "inventory", lambda _: [*rows, row])
    assert counted() == (numbers + 1, more - 1)


def test_a_figure_that_no_table_would_hold_is_named_by_what_would_settle_it(tmp_path):
    (tmp_path / "data" / "official").mkdir(parents=True)
    unseen = {"verdict": "not checkable", "wanted": ["downloads"], "settles": ["downloads of the package"], "where": "1/1/1"}
    told = {reason: readme._open({"one": unseen | {"reason": reason}}, tmp_path).splitlines()[-1]
            for reason in (quantity.NOT_SEEN, quantity.NO_MEASURE)}
    assert told == {quantity.NOT_SEEN: "| downloads of the package | 1 | 1/1/1 |",
                    quantity.NO_MEASURE: "| nothing that is published measures it | 1 | 1/1/1 |"}
