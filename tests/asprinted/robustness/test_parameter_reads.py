"""What is observed of a notebook: which parameters each claim reads, whatever way they take to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asprinted.notebook import paper as notebook
from asprinted.robustness import replay
from asprinted.robustness.parameter_reads import Observed, observe
from checkout import ROOT

SETUP = """
from types import SimpleNamespace as Bag
import pandas as pd
from asprinted.notebook import paper as notebook
class Paper(notebook.Paper):
    def __init__(self): self._own = {}
    def check(self, id, value): self._own[id] = Bag(record={"id": id, "verdict": str(value)})
paper = Paper()
"""


def tags(id: str, source: str) -> list[str]:
    return ["parameters"] if id == "parameters" else ["nbval-check-output"] * source.endswith("# shown")


def run(folder: Path, *cells: str, **parameters: object) -> dict[str, Observed]:
    """Observe a notebook of two parameters, ``a = 1`` and ``b = "x"``, and these cells."""
    numbered = [(f"cell-{number}", source) for number, source in enumerate(cells, 1)]
    sources = [("parameters", 'a = 1\nb = "x"'), ("setup", SETUP), *numbered]
    content = {"cells": [{"cell_type": "code", "id": id, "source": source,
                          "metadata": {"tags": tags(id, source)}} for id, source in sources]}
    path = folder / "toy.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return {one.record["id"]: one for one in observe(path, parameters)}


def reads(found: dict[str, Observed]) -> dict[str, set[str]]:
    return {claim: set(one.reads) for claim, one in found.items()}


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (['paper.check("c", 1)'], set()),
        (['paper.check("c", a)'], {"a"}),
        (["x = a + 1", "y = 2 * x", 'paper.check("c", y)'], {"a"}),
        (["x = a", "x = 0", 'paper.check("c", x)'], set()),
        (["def f(): return b", 'paper.check("c", f())'], {"b"}),
        (["f = lambda: [a for _ in range(2)]", 'paper.check("c", f())'], {"a"}),
        (["x = 0\nif b == 'y': x = a", 'paper.check("c", x)'], {"b"}),
        (['t = pd.DataFrame({"v": [1]})', 't["w"] = a', 'paper.check("c", t)'], {"a"}),
        (['t = pd.DataFrame({"v": [1]})', 'u = t.assign(w=a)', 'paper.check("c", t)'], set()),
        (['t = pd.DataFrame({"v": [1]})', 't.insert(0, "w", b)', 'paper.check("c", t)'], {"b"}),
        # pandas copies all names to find this one, so all count: a parameter too many, never one too few.
        (['t = pd.DataFrame({"v": [1]})', 'u = t.query("v == @a")', 'paper.check("c", u)'], {"a", "b"}),
        (["x = [1]", "x += [a]", 'paper.check("c", x)'], {"a"}),
        (["x = {}", "x.update(k=b)", 'paper.check("c", x)'], {"b"}),
        (["x = [[1]]", "none = x[0].append(a)", 'paper.check("c", x)'], {"a"}),
        (["x = Bag(v=1)", "x.v = a", 'paper.check("c", x.v)'], {"a"}),
        (["x = a\ndel a", 'paper.check("c", x)'], {"a"}),
    ],
)
def test_a_parameter_is_followed_to_the_claim_that_it_can_change_and_to_no_other(tmp_path, cells, read):
    assert reads(run(tmp_path, *cells)) == {"c": read}


def test_each_claim_has_its_own_parameters(tmp_path):
    found = run(tmp_path, "x = a", 'paper.check("one", x)', 'paper.check("two", b)')
    assert reads(found) == {"one": {"a"}, "two": {"b"}}


def test_claims_side_by_side_have_each_their_own_parameters_and_steps(tmp_path):
    table = 'y = x\none = paper.check("one", y)\npaper.side_by_side(one, paper.check("two", b), paper.check("three", 3))'
    found = run(tmp_path, "x = a", table)
    assert reads(found) == {"one": {"a"}, "two": {"b"}, "three": set()}
    assert found["one"].cells == {"parameters", "setup", "cell-1", "cell-2/1", "cell-2/2"}
    assert [one.record["id"] for one in observe(tmp_path / "toy.ipynb", {}, found["three"].cells)] == ["three"]


def test_what_is_read_under_another_value_is_seen_there(tmp_path):
    found = run(tmp_path, "x = 0\nif b == 'y': x = a", 'paper.check("c", x)', b="y")
    assert reads(found) == {"c": {"a", "b"}}


def test_a_claim_rests_on_the_cells_that_made_or_changed_what_it_uses(tmp_path):
    found = run(tmp_path, "x = [1]", "y = [2]", "x.append(a)\nnone = 0", 'paper.check("c", x)')
    assert found["c"].cells == {"parameters", "setup", "cell-1", "cell-3", "cell-4"}


def test_the_cells_of_a_claim_alone_give_the_same_record(tmp_path):
    cells = ["x = [1]", "y = 1 / 0 if b == 'y' else 2", "x.append(a)\nnone = 0", 'paper.check("c", x)']
    whole = run(tmp_path, *cells)["c"]
    alone = observe(tmp_path / "toy.ipynb", {"b": "y"}, whole.cells)
    assert [one.record for one in alone] == [whole.record]


def test_cells_that_only_show_something_are_not_run(tmp_path):
    assert list(run(tmp_path, "1 / 0  # shown", 'paper.check("c", a)')) == ["c"]


def test_a_parameter_that_the_notebook_does_not_take_is_named(tmp_path):
    with pytest.raises(KeyError, match="takes no parameter c"):
        run(tmp_path, c=1)


def test_a_choice_that_the_paper_carries_is_read_when_it_is_looked_at(tmp_path):
    cells = ["from asprinted.notebook.paper import Paper\nfrom asprinted.numbers.quantity import number, no_measure",
             "paper = Paper(rounding='half up' if a else 'truncate', vintage=b and 'first')",
             'paper.check("quarters-ahead-of-east", number(2))',
             'paper.check("bands-of-prosperity", no_measure("x"))']
    found = reads(run(tmp_path, *cells))
    assert found["quarters-ahead-of-east"] == {"a", "b"}  # neither is called rounding, so either may be behind it


def test_what_a_record_says_beside_the_verdict_is_not_worked_out(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("worked out")

    monkeypatch.setattr(notebook, "power", refuse)
    cells = ["from asprinted.notebook.paper import Paper\nfrom asprinted.numbers.quantity import number", "paper = Paper()",
             'paper.check("quarters-ahead-of-east", number(2))']
    assert run(tmp_path, *cells)["quarters-ahead-of-east"].record["verdict"] == "reproduced"
    assert notebook.power is refuse


@pytest.mark.parametrize("audit", [ROOT, *(ROOT / "examples" / name for name in ("penguins", "rd-communiques"))], ids=lambda one: one.name)
def test_every_claim_that_a_notebook_judges_is_observed(audit, monkeypatch):
    monkeypatch.setenv("AUDIT_ROOT", str(audit))
    monkeypatch.chdir(audit / "notebooks")
    for name in replay.judging(audit):
        path = audit / "notebooks" / f"{name}.ipynb"
        assert [one.record["id"] for one in observe(path, {})] == [record["id"] for record in replay.evaluate(path)], name
