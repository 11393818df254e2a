"""A Chromium that is already on this machine, driven by playwright; without one the browser tests are left out, and a
line at the end says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from labserver import Lab
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE_HERE = (
    "Nothing was tried in a browser: {} tests left out, because no Chromium is here. "
    "Install one (Debian: apt-get install chromium), or name its program in AUDIT_CHROMIUM."
)
LEFT_OUT = pytest.StashKey[str]()


def chromium() -> str | None:
    """Path of the browser: the one named in AUDIT_CHROMIUM, else the first of the usual names on the PATH."""
    named = os.environ.get("AUDIT_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


# In front of pytest's own choice by marks, so that what is left out is counted once.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    if ours and chromium() is None:
        items[:] = [item for item in items if item not in ours]
        config.hook.pytest_deselected(items=ours)
        config.stash[LEFT_OUT] = NONE_HERE.format(len(ours))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if LEFT_OUT in config.stash:
        terminalreporter.write_line(config.stash[LEFT_OUT])


# For this folder, not for the whole session: while playwright is open its event loop counts as running.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium())
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, on a copy of the audit, with settings folders of its own."""
    from labserver import Lab

    from checkout import ROOT

    with Lab(browser, ROOT, tmp_path_factory.mktemp("lab")) as server:
        yield server
