"""The report of this audit, as its committed notebooks leave it."""

from __future__ import annotations

import pytest
from report_build import fill, pages

from asprinted.report.material import Material
from checkout import ROOT


@pytest.fixture(scope="module")
def material(tmp_path_factory) -> Material:
    """What the stored notebooks left, without a report."""
    build = tmp_path_factory.mktemp("told") / "build"
    fill(ROOT, build)
    return Material(ROOT, build)


@pytest.fixture(scope="module")
def read(stored_build):
    return pages(stored_build / "report")
