"""What of a user's own environment reaches a kernel."""

from __future__ import annotations

import pytest

from forkmill.kernels import client

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_nothing_on_the_path_of_a_user_goes_before_a_library(runner, monkeypatch, tmp_path, kind):
    (tmp_path / "yaml.py").write_text("raise SystemExit('a shadow')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv(client.SWITCH, kind)
    assert runner.text("import yaml\nprint(yaml.safe_load('1'))") == "1\n"
