"""What makes a host official, press or a mirror is said in one place, data/official/hosts.yaml, and every source follows it."""

from __future__ import annotations

from urllib.parse import urlparse

from asprinted.numbers.sources import PAGES, REPRINT
from asprinted.official import tables
from checkout import ROOT

OFFICIAL = ROOT / "data" / "official"
RULE = tables.read_yaml(OFFICIAL / "hosts.yaml")
SOURCES = [(f"{name}/{key}", key, source) for name in tables.names(ROOT)
           for key, source in tables.read_yaml(OFFICIAL / f"{name}.yaml")["sources"].items()]
WITH_ADDRESS = [(where, urlparse(source["address"]).netloc, source) for where, _, source in SOURCES
                if source["address"] != REPRINT]


def test_the_classes_are_those_that_the_checks_know():
    assert tuple(RULE["classes"]) == PAGES
    assert all(RULE["classes"].values())
    assert RULE["rule"]


def test_every_host_has_a_known_class_and_a_reason():
    assert [host for host, entry in RULE["hosts"].items() if entry["class"] not in RULE["classes"] or not entry["why"]] == []


def test_every_source_that_has_an_address_has_the_class_of_its_host():
    assert [where for where, host, source in WITH_ADDRESS
            if RULE["hosts"].get(host, {}).get("class") != source["host"]] == []


def test_no_host_is_listed_on_which_no_source_stands():
    assert sorted(RULE["hosts"]) == sorted({host for _, host, _ in WITH_ADDRESS})


def test_a_source_without_an_address_is_a_mirror_and_says_why_it_has_none():
    without = {key: source for _, key, source in SOURCES if source["address"] == REPRINT}
    assert [key for key, source in without.items() if source["host"] != "mirror"] == []
    assert list(RULE["no_address"]) == sorted(without)
    assert [key for key, reason in RULE["no_address"].items() if reason not in RULE["no_address_reasons"]] == []


def test_one_page_is_one_source_of_a_table():
    seen = [(where.partition("/")[0], source["address"]) for where, _, source in WITH_ADDRESS]
    assert sorted({pair for pair in seen if seen.count(pair) > 1}) == []
