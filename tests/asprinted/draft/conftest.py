"""A new audit as the template has it, for a paper to be drafted into."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from asprinted.draft.example import TEMPLATE
from asprinted.official import tables

TEXT = """\
Abstract

We weighed 344 penguins in 2009.

1 Introduction

Growth was 8.4% in 2020, over 1.5 million birds (Figure 1). It fell by 3.5 percent in the first quarter.

Table 1: Birds of three islands.

Dream   124   36.1%
Biscoe   168   48.8%

References

Smith, A. (2019). On 12 birds. Journal 3, 45-67.
"""


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    root = tmp_path / "audit"
    shutil.copytree(TEMPLATE, root, ignore=shutil.ignore_patterns("__pycache__"))
    tables.rehash(root)
    return root


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
