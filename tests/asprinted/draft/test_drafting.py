"""A draft is a sound audit that waits; drafted again it adds what is new and touches nothing that stands."""

from __future__ import annotations

import io
import json

import pytest
from drafts import claims, contents, drafted, rows

from asprinted import paths
from asprinted.audit import collect, input_checks
from asprinted.audit.reproduce import reproduce
from asprinted.commands import draft, readme, show, sweep
from forkmill.errors import InputError, InputErrors
from forkmill.terminal import Terminal


def test_what_was_drafted_is_a_sound_audit_with_its_record(audit, paper):
    drafted(audit, paper)
    found = input_checks.check(audit, record=True)
    assert found.claims
    assert collect.collect(found.notebooks, found.claims).faults == []


def test_every_claim_waits_and_none_is_judged(audit, paper):
    drafted(audit, paper)
    found = input_checks.check(audit)
    records = collect.collect(found.notebooks, found.claims).records
    assert {record["verdict"] for record in records.values()} == {"not judged yet"}
    assert list(records) == list(claims(audit)) or set(records) == set(claims(audit))


def test_what_waits_is_listed_and_shown_as_waiting(audit, paper):
    drafted(audit, paper)
    said = show.listing(audit).splitlines()
    assert len(said) == 1 + len(claims(audit))
    assert all("… " in line and "not judged yet  stated" in line for line in said[1:])
    assert "not judged yet" in show.show(audit, "penguins-344")


def test_places_are_told_apart(audit, paper):
    drafted(audit, paper)
    assert {row["where"]: row["kind"] for row in rows(audit, "locators")} == {
        "abstract/title": "heading", "abstract/1/1": "sentence", "1/title": "heading", "1/1/1": "sentence", "1/1/2": "sentence",
        "tab/1": "caption", "tab/1/1": "row", "tab/1/2": "row", "ref/title": "heading", "ref/1": "reference",
    }


def test_every_number_is_a_claim_or_exempt_with_its_reason_and_those_of_references_are_not_listed(audit, paper):
    drafted(audit, paper)
    assert [(row["where"], row["text"], row["claim"] or row["exempt"]) for row in rows(audit, "inventory")] == [
        ("abstract/1/1", "344", "penguins-344"), ("abstract/1/1", "2009", "date or period"), ("1/1/1", "8.4", "percent-was-8-4"),
        ("1/1/1", "2020", "date or period"), ("1/1/1", "1.5", "birds-1-5"), ("1/1/1", "1", "label of a figure"),
        ("1/1/2", "3.5", "percent-by-3-5"), ("1/1/2", "first", "date or period"), ("tab/1", "three", "islands-three"),
        ("tab/1/1", "124", "dream-124"), ("tab/1/1", "36.1", "dream-percent-36-1"), ("tab/1/2", "168", "biscoe-168"),
        ("tab/1/2", "48.8", "biscoe-percent-48-8"),
    ]


def test_a_claim_has_its_scale_unit_and_qualifier_and_a_guess_of_what_is_meant(audit, paper):
    drafted(audit, paper)
    assert claims(audit)["birds-1-5"] == {
        "id": "birds-1-5", "where": "1/1/1", "kind": "number", "stated": "1.5", "scale": "million", "unit": "birds",
        "qualifier": "more than", "quantity": "guess: over 1.5 million birds, 2020",
    }


def test_the_language_of_the_paper_is_declared_once(audit, paper):
    paper.write_text(paper.read_text(encoding="utf-8").replace("8.4%", "8,4%"), encoding="utf-8")
    draft.run(audit, paper, Terminal(quiet=True), "de")
    assert (audit / "data/paper/paper.yaml").read_text(encoding="utf-8") == "locale: de\n"
    assert claims(audit)["percent-was-8-4"]["stated"] == "8,4"
    with pytest.raises(InputError, match="declared to be in another language"):
        draft.run(audit, paper, Terminal(quiet=True), "en")


@pytest.mark.parametrize("language", ["xx", "english"])
def test_a_language_that_is_not_known_is_named(audit, paper, language):
    with pytest.raises(InputError, match="language is not known"):
        draft.run(audit, paper, Terminal(quiet=True), language)


def test_a_second_draft_of_the_same_text_changes_nothing(audit, paper):
    drafted(audit, paper)
    before = contents(audit)
    assert "Nothing in paper.txt that is not written down already." in drafted(audit, paper)
    assert contents(audit) == before


def test_a_line_that_somebody_wrote_stays_whatever_becomes_of_the_text(audit, paper):
    drafted(audit, paper)
    written = audit / "data/paper/claims/01.yaml"
    mine = written.read_text(encoding="utf-8").replace("guess: over 1.5 million birds, 2020", "birds that were weighed")
    written.write_text(mine + "# my own remark\n", encoding="utf-8")
    paper.write_text(paper.read_text(encoding="utf-8").replace("It fell by", "New are 77 nests. It fell by"), encoding="utf-8")
    drafted(audit, paper)
    assert written.read_text(encoding="utf-8").startswith(mine + "# my own remark\n")
    assert claims(audit)["birds-1-5"]["quantity"] == "birds that were weighed"


def test_a_new_sentence_gets_a_locator_of_its_own_and_moves_no_other(audit, paper):
    drafted(audit, paper)
    before = {id: claim["where"] for id, claim in claims(audit).items()}
    paper.write_text(paper.read_text(encoding="utf-8").replace("It fell by", "New are 77 nests. It fell by"), encoding="utf-8")
    drafted(audit, paper)
    after = {id: claim["where"] for id, claim in claims(audit).items()}
    assert after == before | {"nests-77": "1/1/1b"}
    assert [row["where"] for row in rows(audit, "locators")][3:6] == ["1/1/1", "1/1/1b", "1/1/2"]
    input_checks.check(audit, record=True)


def test_a_number_that_changed_is_added_and_the_old_one_named(audit, paper):
    drafted(audit, paper)
    paper.write_text(paper.read_text(encoding="utf-8").replace("344 penguins", "345 penguins"), encoding="utf-8")
    said = drafted(audit, paper)
    assert "abstract/1/1 reads otherwise now; no longer in it: 344" in said
    assert {"penguins-344", "penguins-345"} <= set(claims(audit))
    assert [row["n"] for row in rows(audit, "inventory") if row["where"] == "abstract/1/1"] == ["1", "2", "3"]
    input_checks.check(audit)


def test_as_long_as_a_claim_states_what_the_text_prints_no_longer_each_draft_and_each_check_say_so(audit, paper):
    drafted(audit, paper)
    paper.write_text(paper.read_text(encoding="utf-8").replace("344 penguins", "345 penguins"), encoding="utf-8")
    stale = "abstract/1/1, number 1: 344, which claim penguins-344 states; the text has 345, 2009"
    assert [stale in drafted(audit, paper) for _ in range(3)] == [True] * 3
    for checked in (lambda: input_checks.check(audit, record=True), lambda: reproduce(audit, terminal=Terminal(quiet=True))):
        with pytest.raises(InputErrors, match="which claim penguins-344 states"):
            checked()
    paper.write_text(paper.read_text(encoding="utf-8").replace("345 penguins", "344 penguins"), encoding="utf-8")
    said = drafted(audit, paper)
    assert "penguins-344" not in said
    assert "penguins-345" in said


def test_a_sentence_that_is_gone_is_told_each_time_until_its_locator_is_taken_out(audit, paper):
    drafted(audit, paper)
    whole = paper.read_text(encoding="utf-8")
    paper.write_text(whole.replace("Biscoe   168   48.8%\n", ""), encoding="utf-8")
    assert ["tab/1/2 is no longer in the text, with 168, 48.8" in drafted(audit, paper) for _ in range(3)] == [True] * 3
    with pytest.raises(InputErrors, match="biscoe-168"):
        input_checks.check(audit, record=True)
    paper.write_text(whole, encoding="utf-8")
    assert "no longer" not in drafted(audit, paper)
    input_checks.check(audit, record=True)


def test_a_sentence_that_is_gone_is_named_and_stays_until_somebody_takes_it_out(audit, paper):
    drafted(audit, paper)
    paper.write_text(paper.read_text(encoding="utf-8").replace(" It fell by 3.5 percent in the first quarter.", ""), encoding="utf-8")
    assert "1/1/2 is no longer in the text, with 3.5, first" in drafted(audit, paper)
    assert "percent-by-3-5" in claims(audit)


def test_a_number_that_somebody_made_exempt_does_not_come_back(audit, paper):
    drafted(audit, paper)
    path = audit / "data/paper/inventory.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("tab/1,1,three,islands-three,", "tab/1,1,three,,grammar"), encoding="utf-8")
    file = next(path for path in (audit / "data/paper/claims").glob("*.yaml") if "islands-three" in path.read_text(encoding="utf-8"))
    kept = [part for part in file.read_text(encoding="utf-8").split("- ")[1:] if "islands-three" not in part]
    file.write_text("".join(f"- {part}" for part in kept), encoding="utf-8")
    for notebook in paths.notebooks(audit).glob("*.ipynb"):
        content = json.loads(notebook.read_text(encoding="utf-8"))
        content["cells"] = [cell for cell in content["cells"] if "islands-three" not in "".join(cell["source"])]
        notebook.write_text(json.dumps(content), encoding="utf-8")
    drafted(audit, paper)
    assert "islands-three" not in claims(audit)


def test_a_draft_into_an_audit_that_is_not_sound_writes_nothing(audit, paper):
    drafted(audit, paper)
    broken = audit / "data/paper/claims/01.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("kind: number", "kind: nubmer"), encoding="utf-8")
    before = contents(audit)
    paper.write_text(paper.read_text(encoding="utf-8") + "\n\nNew are 77 nests.\n", encoding="utf-8")
    with pytest.raises(InputErrors):
        drafted(audit, paper)
    assert contents(audit) == before


def test_a_paper_beside_claims_of_another_keeps_them(audit, paper):
    mine = audit / "data/paper/claims/1_example.yaml"
    mine.write_text(mine.read_text(encoding="utf-8").replace("by which the candela", "by which today the candela"), encoding="utf-8")
    drafted(audit, paper)
    assert {"luminous-efficacy", "penguins-344"} <= set(claims(audit))
    input_checks.check(audit, record=True)


def test_the_text_with_its_locators_and_what_was_not_sure_lie_below_build(audit, paper):
    drafted(audit, paper)
    folder = audit / "build/draft"
    assert "`1/1/2` It fell by 3.5 percent in the first quarter." in (folder / "text.md").read_text(encoding="utf-8")
    assert "dream-124: the unit is not known" in (folder / "unsure.md").read_text(encoding="utf-8")


def test_the_page_of_the_audit_says_at_once_how_many_wait_and_nothing_of_the_example(audit, paper):
    drafted(audit, paper)
    page = (audit / "README.md").read_text(encoding="utf-8")
    assert "nine belong to claims (nine of them not judged yet)" in page
    for untrue in ("holds one example claim", "published official figures"):
        assert untrue not in page + (audit / "docs/site.yaml").read_text(encoding="utf-8")
    assert "| holds | 0 |" in page


def test_there_is_nothing_to_sweep_before_a_claim_is_judged(audit, paper):
    drafted(audit, paper)
    with pytest.raises(InputErrors, match="no claim is judged yet"):
        sweep.run(audit, 1, Terminal(quiet=True))


def test_no_word_of_the_paper_is_kept_in_what_is_committed_but_in_the_guesses(audit, paper):
    drafted(audit, paper)
    kept = [name for name, content in contents(audit).items() if b"It fell by 3.5 percent in the first quarter" in content]
    assert kept == []


@pytest.mark.long
def test_a_run_of_what_was_drafted_equals_its_record_and_says_how_many_wait(audit, paper, monkeypatch):
    monkeypatch.setenv("AUDIT_ROOT", str(audit))
    drafted(audit, paper)
    (audit / "docs/site.yaml").unlink()
    out = io.StringIO()
    assert reproduce(audit, terminal=Terminal(out=out)) == 0
    assert "Complete: no claims judged, 9 not judged yet, every verdict equals the record" in out.getvalue()
    assert "9 more are not judged yet" in out.getvalue()
    assert json.loads((audit / "build/verdicts.json").read_text(encoding="utf-8"))["not judged yet"] == 9
    assert "(nine of them not judged yet)" in readme.generated(audit)["counts"]


SEVERAL = """# Weights

The birds weighed 5.01 ± 0.35 kg, grew by 5–10% in 2009–2011, and the odds ratio was 0.91 (95% CI 0.73 to 1.13); 19 (0.7%) were lost.
"""


def test_numbers_that_are_one_statement_are_drafted_as_one_claim_with_a_row_for_each(audit, tmp_path):
    (tmp_path / "weights.md").write_text(SEVERAL, encoding="utf-8")
    drafted(audit, tmp_path / "weights.md")
    found = claims(audit)
    assert {entry["stated"]: entry["unit"] for entry in found.values()} == {
        "5.01 ± 0.35": "kilograms", "5–10": "percent", "0.91 (95% CI 0.73 to 1.13)": "", "19": "", "0.7": "percent"}
    listed = {stated: [row["text"] for row in rows(audit, "inventory") if found.get(row["claim"], {}).get("stated") == stated]
              for stated in ("5.01 ± 0.35", "5–10", "0.91 (95% CI 0.73 to 1.13)")}
    assert listed == {"5.01 ± 0.35": ["5.01", "0.35"], "5–10": ["5", "10"], "0.91 (95% CI 0.73 to 1.13)": ["0.91", "0.73", "1.13"]}
    before = contents(audit)
    drafted(audit, tmp_path / "weights.md")
    assert contents(audit) == before
    assert input_checks.check(audit, record=True).claims


def test_what_a_sentence_prints_twice_is_two_claims_that_differ(audit, tmp_path):
    (tmp_path / "mood.md").write_text("# Mood\n\nIt fell, t(28) = 2.34, p = .027, and rose, t(28) = 3.10, p = .004.\n", encoding="utf-8")
    drafted(audit, tmp_path / "mood.md")
    told = [one["quantity"] for one in claims(audit).values() if one["stated"] == "28"]
    assert told == ["guess: 28, at 1/1/1", "guess: 28, at 1/1/1, no. 2"]
    assert input_checks.check(audit, record=True).claims
