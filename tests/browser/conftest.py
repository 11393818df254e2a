"""A Chromium that is already on this machine, driven by playwright; without one the browser tests skip and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from browser.labserver import Lab
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE_HERE = (
    "no Chromium here, so nothing was tried in a browser: install one (Debian: apt-get install chromium), "
    "or name its program in AUDIT_CHROMIUM"
)


def chromium() -> str | None:
    """Path of the browser: the one named in AUDIT_CHROMIUM, else the first of the usual names on the PATH."""
    named = os.environ.get("AUDIT_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


# For this folder, not for the whole session: while playwright is open its event loop counts as running.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the extra `browser`")
    path = chromium()
    if path is None:
        pytest.skip(NONE_HERE)
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, on a copy of the audit, with settings folders of its own."""
    from browser.labserver import Lab

    root = Path(__file__).resolve().parents[2]
    with Lab(browser, root, tmp_path_factory.mktemp("lab")) as server:
        yield server
