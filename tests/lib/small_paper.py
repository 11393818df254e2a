"""A paper of six claims, as a notebook loads it, and figures to hold them against."""

from __future__ import annotations

from pathlib import Path

from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Quantity

CLAIMS = """\
- {id: rate, where: 1.1/1/1, kind: number, stated: "8.4", unit: percent, quantity: a rate of the test <b>}
- {id: amount, where: 1.1/1/2, kind: number, stated: "790", scale: billion, unit: yuan, quantity: an amount of money}
- {id: bound, where: 1.1/1/2, kind: number, stated: "40", unit: percent, qualifier: more than, quantity: some bound}
- {id: both, where: 1.1/1/2, kind: number, stated: "9", unit: yuan, units: {heads: persons}, quantity: an increase of either}
- {id: rising, where: 1.1/1/3, kind: trend, quantity: a trend of the test}
- {id: parts, where: 1.2/1/1, kind: count, stated: two, unit: parts, quantity: a count of the test}
"""


def make(root: Path) -> Path:
    """The data of the paper in a folder."""
    folder = root / "data" / "paper"
    (folder / "claims").mkdir(parents=True)
    locators = ["1/title", "1.1/title", "1.1/1/1", "1.1/1/2", "1.1/1/3", "fig/1", "1.2/title", "1.2/1/1", "2/title"]
    inventory = ["1.1/1/1,1,8.4,rate,", "1.1/1/2,1,790,amount,", "1.1/1/2,2,40,bound,", "1.1/1/2,3,9,both,", "1.2/1/1,1,two,parts,"]
    files = {
        "claims/1.yaml": CLAIMS,
        "locators.csv": "\n".join(["where,kind", *(f"{where},sentence" for where in locators), ""]),
        "inventory.csv": "\n".join(["where,n,text,claim,exempt", *inventory, ""]),
        "conclusions.yaml": "- {id: end, where: 2/title, conclusion: it holds, rests_on: [rate]}\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return root


def figure(value: int | str) -> Quantity:
    return Quantity(Interval.point(value), ("row",), (), None, "official", True, ("first",))
