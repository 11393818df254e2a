"""What a number is taken for, and what a claim of it says: tables of sentences with what a reader would say."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from asprinted.draft import exemptions, merge, sentences
from asprinted.draft.claims import claim
from asprinted.draft.structure import Place
from asprinted.draft.tokens import tokens

D, L, N, NTH, S, G, C = (*(getattr(exemptions, name) for name in ("DATE", "LABEL", "NAME", "ORDINAL", "SPEECH", "GRAMMAR")), "")
SAID = {
    "In 1935, 50 flowers were seen on 12 March 2020 at 15:46, 2007 - 2009.": [D, C, D, D, D, D, D, D],
    "The 2010 census and the 1990s (Link et al. 2008; Smith 2019a).": [D, D, D, D],
    "About 2000 participants of 2,752 were seen (n = 1999).": [C, C, C],
    "See Figures 1 & 2, Table 3, Section 4.2, Eq. (5) and Appendix 6.": [L] * 6,
    "As said before [3, 4] and in [5].": [L] * 3,
    "CC0, COVID-19, N36A1, 13C/12C, version 4.1.2 and https://a.org/12/b3.": [N] * 8,
    "RQ1 and Study 2 used seeds 0-4 of Cluster 3.": [N] * 5,
    "In Cluster 3 were 50 birds; Title 13 of the law says nothing.": [N, C, N],
    "A 95% confidence interval of 8.4%.": [N, C],
    "The ratio had a 95% CI 1.08–3.78, and SD 2.7.": [N, C, C, C],
    "First, the third species was second to none.": [NTH] * 3,
    "A third of the birds, two-thirds of the nests and half of the rest.": [C, C, C],
    "In the first quarter and the second half of 2019.": [D, D, D, D],
    "One of them can, as one may see; one species is distinct, another is not.": [G, G, C],
    "On the one hand three of the two datasets.": [S, C, G],
    "One model has weights, the other has none; greater than or equal to zero.": [G, G],
    "A 4-layer model with 32-dimensional input and a 10-fold increase.": [C, C, C],
    "It rose by .05, -3.5 and \N{MINUS SIGN}0.12.": [C, C, C],
    "***p < 0.001; p < .05 was found.": [L, C],
}


@pytest.mark.parametrize("sentence", SAID)
def test_each_number_of_a_sentence_is_taken_for_what_it_is(sentence):
    found = [(one.text, exemptions.guess(one, sentence)) for one in tokens(sentence)]
    assert [guess.reason if guess else C for _, guess in found] == SAID[sentence], found


CLAIMS = {
    "over 462,000 times": ("number", "462,000", "one", "times", "more than"),
    "almost 1.5 million birds": ("number", "1.5", "million", "birds", "nearly"),
    "$20 a year": ("number", "20", "one", "dollars", "exact"),
    "up to 40 percent": ("number", "40", "one", "percent", "at most"),
    "344 individual penguins": ("count", "344", "one", "penguins", "exact"),
    "(n = 50)": ("count", "50", "one", "cases", "exact"),
    "200 people": ("number", "200", "one", "people", "exact"),
    "a 4.9M parameter model": ("number", "4.9", "million", "model", "exact"),
    "12 mm of rain": ("number", "12", "one", "millimeters", "exact"),
    "below 3 degrees": ("number", "3", "one", "degrees", "less than"),
}


@pytest.mark.parametrize("said", CLAIMS)
def test_a_claim_has_the_kind_scale_unit_and_qualifier_of_its_sentence(said):
    entry, _ = claim(tokens(said)[0], Place("1/1/1", "sentence", said, "1"), set())
    assert (entry["kind"], entry["stated"], entry.get("scale", "one"), entry["unit"], entry.get("qualifier", "exact")) == CLAIMS[said]


def test_no_two_claims_have_one_id():
    said, taken = "3 birds, 3 birds and 3 birds", set()
    place = Place("1/1/1", "sentence", said, "1")
    assert [claim(one, place, taken)[0]["id"] for one in tokens(said)] == ["birds-3", "birds-3-no-2", "birds-3-no-3"]


def test_a_number_in_a_table_has_the_heads_of_its_row_and_column():
    row = Place("tab/1/2", "row", "Dream | 124 | 36.1%", "1", ("Dream", "124", "36.1%"), ("island", "birds", "share"))
    made = [claim(one, row, set())[0] for one in tokens(row.text)]
    assert [(one["id"], one["quantity"]) for one in made] == [
        ("dream-birds-124", "guess: Dream, birds, 124"), ("dream-share-percent-36-1", "guess: Dream, share, 36.1%")]


WHOLE = ["It rose by 3.5 percent.", "Smith et al. saw 2 of them (cf. Fig. 2).", "Was it 5?", "Nobody knows!"]


def test_words_that_only_could_be_numbers_are_none():
    assert Place("1/1/1", "sentence", "A single score of all scores.", "1").numbers == ()


def test_digits_follow_the_language_of_the_paper():
    place = Place("1/1/1", "sentence", "En moyenne 38,43 de 445 186 birds", "1", locale="fr")
    assert [one.text for one in place.numbers] == ["38,43", "445 186"]


@pytest.mark.parametrize(("said", "locale", "found"), [
    ("Der Verbrauch stieg um 12,4 Prozent auf 126,0 Mrd. kWh, also um 1,7 Prozentpunkte mehr bei 29.213 Anlagen im Norden.", "de",
     [("number", "one", "percent"), ("number", "billion", "kWh"), ("number", "one", "percentage points"), ("count", "one", "Anlagen")]),
    ("La production a baissé de 3,5 pour cent, à 1,2 milliard d'euros dans 41 communes de France.", "fr",
     [("number", "one", "percent"), ("number", "billion", "euros"), ("count", "one", "communes")]),
    ("Subió 0,4 puntos porcentuales, a 2.317 millones de euros.", "es",
     [("number", "one", "percentage points"), ("number", "million", "euros")]),
])
def test_units_and_scales_follow_the_language_of_the_paper(said, locale, found):
    place = Place("1/1/1", "sentence", said, "1", locale=locale)
    made = [claim(one, place, set())[0] for one in place.numbers]
    assert [(one["kind"], one.get("scale", "one"), one["unit"]) for one in made] == found


@given(st.lists(st.sampled_from(WHOLE), min_size=1))
def test_sentences_put_together_come_apart_again(said):
    assert sentences.split(" ".join(said)) == said


@given(st.text(alphabet="ab A.?!1(\u3002)\"'"))
def test_no_character_of_a_paragraph_is_lost(paragraph):
    assert "".join("".join(sentences.split(paragraph)).split()) == "".join(paragraph.split())


@given(st.text(alphabet="ab1-., %$§\"':#éü\u3002", min_size=1).map(str.strip).filter(bool))
def test_what_is_written_as_yaml_is_read_back(text):
    entry = {"id": "an-id", "where": "1/title", "stated": "1", "unit": text, "quantity": f"guess: {text}"}
    assert yaml.safe_load(merge.entries([entry])) == [entry]


@pytest.mark.parametrize(("said", "claims"), [
    ("It was done on eighty (80) blocks.", ["eighty", "80"]), ("BPH | 36 (90) | 4 (10)", ["36", "90", "4", "10"]),
    ("It was seen (3) by us.", []), ("Figure 2 (13) shows it.", []),
])
def test_a_number_in_brackets_behind_another_is_no_mark_of_a_work(said, claims):
    assert [one.text for one in tokens(said) if exemptions.guess(one, said) is None] == claims
