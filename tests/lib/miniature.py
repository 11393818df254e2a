"""A miniature audit that tests may run, break and run again: one table of claims, three notebooks, real kernels."""

from __future__ import annotations

import json
from pathlib import Path

from plain import PARAMETERS, Plain, code, notebook

SETUP = """\
import json, os
from pathlib import Path

class Shown:
    def __init__(self, **bundle):
        self.bundle = bundle
    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.bundle

class Paper:
    def check(self, id, value):
        texts = "where section quantity stated unit qualifier reason how margin convention vintage"
        record = dict.fromkeys(texts.split(), "")
        record |= dict.fromkeys("only_by readings with wanted sources turns".split(), []) | {"id": id, "kind": "number"}
        record |= {"where": "1/1/1", "quantity": "the number " + id, "reason": "a reason"}
        record |= {"verdict": "reproduced" if value > 0 else "contradicted", "evidence": "official", "error": None}
        record |= {"could_fail": True, "faithful": None, "computed": {"low": str(value), "high": str(value)}, "corrected": None}
        return Shown(**{"text/plain": f"{id} {value}", "application/vnd.audit.verdict+json": record})
    def side_by_side(self, *checks):
        several = [one.bundle["application/vnd.audit.verdict+json"] for one in checks]
        text = ", ".join(one.bundle["text/plain"] for one in checks)
        return Shown(**{"text/plain": text, "application/vnd.audit.verdicts+json": several})
    def verdicts(self, *notebooks):
        path = os.environ.get("FORKMILL_GIVEN")
        given = json.loads(Path(path).read_text(encoding="utf-8")) if path else None
        return "the committed notebooks" if given is None else [one for records in given.values() for one in records]

paper = Paper()
"""


class Audit(Plain):
    """The folder of a miniature audit, with shorthands to read and break it."""

    def verdicts(self) -> dict:
        return json.loads((self.build / "verdicts.json").read_text(encoding="utf-8"))


def make_audit(root: Path) -> Audit:
    audit = Audit(root)
    paper = root / "data" / "paper"
    (paper / "claims").mkdir(parents=True)
    (paper / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    claim = (
        '- {{id: {0}, where: 1/1/1, kind: number, stated: "{1}", unit: percent, quantity: a number of the miniature}}\n'
    )
    (paper / "claims" / "1.yaml").write_text(
        "".join(claim.format(*c) for c in (("one", 1), ("two", 2), ("three", 3))), encoding="utf-8"
    )
    (paper / "locators.csv").write_text("where,kind\n1/1/1,sentence\n", encoding="utf-8")
    rows = "".join(f"1/1/1,{n},{n},{claim},\n" for n, claim in enumerate(("one", "two", "three"), 1))
    (paper / "inventory.csv").write_text("where,n,text,claim,exempt\n" + rows, encoding="utf-8")
    (paper / "conclusions.yaml").write_text("[]\n", encoding="utf-8")
    figure = (
        '{"name": "line", "title": "Line", "alt": "a line", "source": "none", "columns": ["x"], "rows": [[1], [2]]}'
    )
    audit.write(
        "01_first",
        notebook(
            code("parameters", "sign = 1  # the sign", "parameters"),
            code("setup", SETUP),
            code("two", 'paper.check("two", 2 * sign)', "nbval-check-output"),
            code(
                "figure",
                'Shown(**{"text/plain": "a figure", "text/html": "<img src=\\"data:image/png;base64,AAAA\\">",'
                f' "image/svg+xml": "<svg/>", "application/vnd.audit.figure+json": {figure}}})',
                "nbval-check-output",
            ),
        ),
    )
    audit.write(
        "02_second",
        notebook(
            code("parameters", 'sign = 1\nvintage = "first"', "parameters"),
            code("setup", SETUP),
            code("one", 'paper.check("one", sign)', "nbval-check-output"),
            code("three", 'paper.check("three", sign * (3 if vintage == "first" else -3))', "nbval-check-output"),
        ),
    )
    audit.write(
        "03_overview",
        notebook(
            code("parameters", "# none", "parameters"),
            code("setup", SETUP),
            code("given", "given = paper.verdicts()"),
            code("shown", 'print("an overview")', "nbval-check-output"),
        ),
    )
    return audit
