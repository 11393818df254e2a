"""The generated parts of README.md agree with the committed notebooks."""

from __future__ import annotations

import re

import pytest

from asprinted.commands import readme
from checkout import ROOT
from forkmill.errors import InputError


def test_the_generated_parts_of_the_readme_are_current():
    assert readme.rewritten(ROOT) == (ROOT / "README.md").read_text(encoding="utf-8"), "run: make readme"


def test_a_lost_marker_is_named(tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text("# no markers", encoding="utf-8")
    monkeypatch.setattr(readme, "generated", lambda root: {"findings": "table"})
    with pytest.raises(InputError, match="a marker is missing"):
        readme.rewritten(tmp_path)


def test_every_local_link_of_the_readme_leads_to_a_file():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_parameter_is_explained_in_the_readme():
    from forkmill.notebooks import parameter_values

    declared = parameter_values.load(ROOT / "data/paper/parameters.yaml", [path.stem for path in (ROOT / "notebooks").glob("*.ipynb")])
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in declared if f"`{name}`" not in text] == []


def test_the_readme_is_read_to_its_end():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 110
