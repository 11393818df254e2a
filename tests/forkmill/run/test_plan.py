"""Which notebooks run, with what, and in which order."""

from __future__ import annotations

import pytest

from forkmill.errors import InputErrors
from forkmill.notebooks import rules
from forkmill.notebooks.parameter_declaration import load
from forkmill.notebooks.task import Task
from forkmill.run.plan import longest_first, order, plan

FIVE = ["a", "b", "c", "d", "e"]


def test_notebooks_that_wait_for_none_keep_their_order():
    assert order(FIVE, {}) == FIVE


def test_a_notebook_comes_after_all_whose_results_it_is_given():
    assert order(FIVE, {"a": ("e", "c"), "c": ("d",)}) == ["b", "d", "e", "c", "a"]


@pytest.mark.parametrize(
    ("rests_on", "circle"),
    [
        ({"a": ("a",)}, ["a"]),
        ({"a": ("b",), "b": ("a",)}, ["a", "b"]),
        ({"b": ("c",), "c": ("d",), "d": ("b",), "e": ("b",)}, ["b", "c", "d"]),
    ],
)
def test_those_that_wait_in_a_circle_are_named_each_and_no_other(rests_on, circle):
    with pytest.raises(InputErrors) as raised:
        order(FIVE, rests_on)
    assert [error.where for error in raised.value.errors] == [f"{name}.ipynb" for name in circle]
    assert {error.got for error in raised.value.errors} == {" and ".join(circle)}


def test_a_task_has_those_parameters_that_its_notebook_takes_and_that_are_not_the_default(plain):
    read = rules.load(plain.project.notebooks)
    declared = load(plain.root / "parameters.yaml")
    tasks = plan(read, declared, {"sign": -1, "vintage": "first"}, {"01_first": ("03_third",)})
    assert [(task.name, task.rests_on, task.parameters) for task in tasks] == [
        ("02_second", (), {"sign": -1}), ("03_third", (), {}), ("01_first", ("03_third",), {"sign": -1}),
    ]


def test_first_begins_what_takes_longest_with_all_that_waits_for_it(plain):
    first, second, third = rules.load(plain.project.notebooks)
    tasks = [Task(first), Task(second), Task(third, ("01_first",))]
    assert [task.name for task in longest_first(tasks, {"01_first": 1, "02_second": 3, "03_third": 4})] == [
        "01_first", "03_third", "02_second",
    ]
    assert [task.name for task in longest_first(tasks[:2], {"02_second": 3})] == ["02_second", "01_first"]
