"""The list of licences is that of the lock."""

from __future__ import annotations

import pytest

import licences
from checkout import ROOT

# docutils is in the public domain or under BSD licences but for a mode for Emacs, which is not in what is installed.
KNOWN = {"docutils": "GPL"}
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")


def test_every_pinned_package_and_no_other_is_on_the_page():
    assert list(licences.rows(PAGE)) == licences.pinned("all")


def test_the_page_says_what_the_installed_packages_say():
    assert licences.text(PAGE) == PAGE


def test_every_package_states_a_licence():
    assert not [key for key, (_, terms) in licences.rows(PAGE).items() if terms in (licences.ELSEWHERE, "not stated")]


@pytest.mark.parametrize("family", ["AGPL", "GPL", "SSPL", "BUSL", "Commons Clause", "Proprietary"])
def test_no_licence_puts_terms_on_the_audit_itself(family):
    found = [key for key, (_, terms) in licences.rows(PAGE).items() if family in terms.replace("LGPL", "")]
    assert [key for key in found if KNOWN.get(key[0]) != family] == []


def test_the_one_file_of_docutils_that_is_under_the_gpl_is_not_installed():
    from importlib.metadata import files

    installed = files("docutils") or []
    assert [str(path) for path in installed if path.suffix == ".el"] == []
    said = next(path for path in installed if path.name == "COPYING.rst").read_text(encoding="utf-8")
    exceptions = said.partition("Exceptions\n")[2].partition("All used licenses")[0]
    named = [part for part in exceptions.split("\n* ") if "released under the `GNU General Public License`_" in part]
    assert [part.splitlines()[0] for part in named] == ["tools/editors/emacs/rst.el"]


def test_every_pinned_package_has_a_hash():
    for name in ("run", "all"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert lock.count("==") - lock.count("python_") >= 0
        blocks = [block for block in lock.split("\n") if "==" in block and not block.startswith(" ")]
        assert blocks
        assert all(block.rstrip().endswith("\\") for block in blocks)
