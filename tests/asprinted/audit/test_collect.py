"""What is gathered out of executed notebooks."""

from __future__ import annotations

from asprinted.audit import collect


def test_a_figure_cannot_leave_its_folder(accepted, monkeypatch):
    from forkmill.notebooks import rules

    monkeypatch.setattr(collect, "files", lambda bundle: {"../../evil.svg": b""})
    found = collect.collect(rules.load(accepted.root / "notebooks"), ["one", "two", "three"])
    assert found.figures == {}
    assert "cannot be called" in found.faults[0]
