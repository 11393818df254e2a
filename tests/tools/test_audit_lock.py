"""The lock that a new audit is lent is compiled from what the template asks for, as all.txt pins it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import audit_lock
from asprinted.commands.folder import manifest, pins
from checkout import ROOT


def test_it_is_what_the_template_asks_for_with_the_pins_of_all_and_our_packages_from_their_wheels(monkeypatch):
    called, otherwise = [], subprocess.run

    def run(line: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if "compile" not in line:  # the wheels are built
            return otherwise(line, **options)
        called.append((options["cwd"], [Path(line[n + 1]).read_text(encoding="utf-8") for n, part in enumerate(line) if part == "-c"]))
        Path(line[line.index("-o") + 1]).write_text("compiled\n", encoding="utf-8")
        return subprocess.CompletedProcess(line, 0, "", "")

    monkeypatch.setattr(pins.subprocess, "run", run)
    assert audit_lock.compiled() == "compiled\n"
    ((folder, (ours, pinned)),) = called
    assert folder == manifest.TEMPLATE
    assert pinned == (ROOT / "requirements" / "all.txt").read_text(encoding="utf-8")
    assert [line.split(" @ ")[0] for line in ours.splitlines()] == [*pins.OURS]
