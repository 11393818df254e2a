"""Drop-downs over the choices of a run: what they offer, and which verdicts they say become others."""

from __future__ import annotations

import pytest
from replayed import replay

from asprinted.robustness import choices
from asprinted.robustness.choices import Choices
from checkout import ROOT
from forkmill.errors import InputErrors
from forkmill.notebooks.parameter_declaration import Parameter


@pytest.fixture(scope="module")
def of_03() -> Choices:
    return Choices("03_collaborative_innovation", ROOT)


def test_a_notebook_offers_the_parameters_that_it_takes(of_03):
    assert list(of_03.declared) == ["vintage", "rounding", "least_evidence"]
    assert list(Choices("02_development_status", ROOT).declared) == ["rounding", "least_evidence", "recent_years", "quarter_ratio"]


def test_limits_are_offered_as_all_numbers_between_them():
    declared = Choices("02_development_status", ROOT).declared
    assert declared["recent_years"].listed == [2, 3, 4, 5]
    assert declared["rounding"].listed == ["half up", "half even", "truncate"]


def test_of_a_parameter_without_an_end_the_default_and_the_value_of_now_are_offered():
    years = Parameter("years", "integer", 3, "a window", (), minimum=1)
    assert (choices._offered(years, 5), choices._offered(years, 3)) == ([3, 5], [3])


def test_the_verdicts_that_become_others_are_those_of_a_run_with_these_choices(of_03):
    chosen = {"vintage": "latest", "rounding": "half up", "least_evidence": "mirror"}
    before, after = (replay("03_collaborative_innovation", **given) for given in ({}, {"vintage": "latest"}))
    expected = {id: record["verdict"] for id, record in after.items() if record["verdict"] != before[id]["verdict"]}
    assert expected
    assert {new["id"]: new["verdict"] for _, new in of_03.changed(chosen)} == expected


def test_what_changes_is_told_with_the_claim_in_words_and_both_verdicts(of_03):
    said = of_03.told({"vintage": "latest", "rounding": "half up", "least_evidence": "mirror"})
    assert "Under vintage = latest, 1 of " in said
    assert "<td" in said
    assert "✓ reproduced" in said
    assert "≈ consistent" in said


def test_the_default_choices_change_nothing(of_03):
    default = {name: one.default for name, one in of_03.declared.items()}
    assert of_03.changed(default) == []
    assert "These are the default choices" in of_03.told(default)


def test_outside_of_jupyterlab_a_sentence_stands_in_the_place_of_the_drop_downs(of_03, monkeypatch):
    monkeypatch.delenv(choices.LAB, raising=False)
    assert of_03._repr_mimebundle_() == {
        "text/plain": "In JupyterLab (make lab), run this cell (Shift+Enter) for drop-downs of vintage, rounding, least_evidence."}


def test_in_jupyterlab_there_is_a_menu_for_each_choice_on_its_default(of_03, monkeypatch):
    monkeypatch.setenv(choices.LAB, "1")
    shown = of_03._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/plain"] == repr(of_03)
    menus = of_03._widget().children[:-1]
    assert [(menu.description, menu.value) for menu in menus] == [(name, one.default) for name, one in of_03.declared.items()]


def test_the_menus_stand_on_the_values_that_the_notebook_runs_under():
    menus = Choices("02_development_status", ROOT, least_evidence="press", recent_years=5)._widget().children[:-1]
    assert [menu.value for menu in menus] == ["half up", "press", 5, 2]


@pytest.mark.parametrize(("given", "said"), [
    ({"recent_years": 12}, "integer from 2 to 5"), ({"quarter_ratio": "three"}, "another type"), ({"vintage": "first"}, "unknown")])
def test_a_value_that_is_not_allowed_is_refused_before_anything_is_judged_under_it(given, said):
    with pytest.raises(InputErrors, match=said):
        Choices("02_development_status", ROOT, **given)
