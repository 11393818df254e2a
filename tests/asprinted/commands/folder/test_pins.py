"""`asprinted lock`: what an audit asks for, pinned by hashes, its own two packages by nothing but their wheels."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from asprinted import __version__
from asprinted.commands.folder import pins
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.state.snapshot import sha256

PROJECT = '[project]\nname = "audit"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["asprinted"]\n'


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """The folder of an audit that asks for one package."""
    (tmp_path / "requirements" / "wheels").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / pins.ASKED).write_text("click\n", encoding="utf-8")
    for name in pins.OURS:
        (tmp_path / pins.WHEELS / f"{name}-0.2.0-py3-none-any.whl").write_bytes(name.encode("utf-8"))
    return tmp_path


@pytest.fixture
def uv(monkeypatch) -> list[list[str]]:
    """What uv is called with; it writes a lock of one package and reads its constraints."""
    called: list[list[str]] = []

    def run(line: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        given = [Path(line[n + 1]).read_text(encoding="utf-8") for n, part in enumerate(line) if part == "-c"]
        called.append([*line, *given])
        Path(line[line.index("-o") + 1]).write_text("click==8.2 \\\n    --hash=sha256:1\n", encoding="utf-8")
        return subprocess.CompletedProcess(line, 0, "", "")

    monkeypatch.setattr(pins.subprocess, "run", run)
    return called


def test_both_locks_end_with_the_wheels_that_lie_beside_them(asked, uv):
    said = pins.lock(asked)
    ours = "".join(f"{name}==0.2.0 \\\n    --hash=sha256:{sha256(next((asked / pins.WHEELS).glob(f'{name}-*')))}\n" for name in pins.OURS)
    for name in (pins.RUN, pins.ALL):
        assert (asked / name).read_text(encoding="utf-8") == f"click==8.2 \\\n    --hash=sha256:1\n{ours}"
    assert said[:3] == [f"{pins.RUN}: asprinted 0.2.0 is new", f"{pins.RUN}: click 8.2 is new", f"{pins.RUN}: forkmill 0.2.0 is new"]


def test_a_package_of_the_same_name_in_an_index_is_never_taken_in_place_of_a_wheel(asked, uv):
    pins.lock(asked)
    for call in uv:
        assert all(f"{name} @ {next((asked / pins.WHEELS).glob(f'{name}-*')).as_uri()}\n" in call[-2] + call[-1] for name in pins.OURS)


def test_without_wheels_the_version_that_compiles_is_asked_of_the_index(asked, uv):
    for path in (asked / pins.WHEELS).iterdir():
        path.unlink()
    pins.lock(asked)
    assert f"asprinted=={__version__}\nforkmill=={__version__}\n" in uv[0]
    assert "--no-emit-package" not in uv[0]


def test_the_oldest_python_is_that_of_the_audit(asked, uv):
    pins.lock(asked)
    assert uv[0][uv[0].index("--python-version") + 1] == "3.12"


def test_a_lock_that_holds_older_wheels_gets_the_new_ones(tmp_path):
    path = tmp_path / "asprinted-0.2.0-py3-none-any.whl"
    path.write_bytes(b"")
    before = "click==8.1 \\\n    --hash=sha256:1\nasprinted==0.1.0 \\\n    --hash=sha256:2\n"
    after = pins.locked(before, {"asprinted": path})
    assert after == f"click==8.1 \\\n    --hash=sha256:1\nasprinted==0.2.0 \\\n    --hash=sha256:{sha256(path)}\n"


def test_what_uv_cannot_bring_together_is_told_in_its_words_and_no_lock_is_touched(asked, monkeypatch):
    fails = [sys.executable, "-c", "import sys; sys.exit('no version of clik')"]
    called = subprocess.run
    monkeypatch.setattr(pins.subprocess, "run", lambda line, **options: called(fails, **options))
    with pytest.raises(InputError, match="no version of clik"):
        pins.lock(asked)
    assert not (asked / pins.RUN).exists()


def test_a_folder_that_asks_for_nothing_is_told_what_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"no pyproject\.toml"):
        pins.lock(tmp_path)


def test_a_checkout_that_holds_the_packages_itself_is_left_alone():
    before = (ROOT / pins.RUN).read_bytes()
    with pytest.raises(InputError, match="this audit pins no asprinted"):
        pins.lock(ROOT)
    assert (ROOT / pins.RUN).read_bytes() == before
