"""A module as it would be after an edit of its file, in a process that has not imported it yet."""

from __future__ import annotations

import importlib
import sys
import types

from checkout import ROOT


def module(name: str, old: str, new: str) -> types.ModuleType:
    """Import a module of this checkout with one place of its text replaced: what is imported afterwards finds that one."""
    path = ROOT.joinpath("src", *name.split(".")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{source.count(old)} places in {path.name}"
    assert name not in sys.modules
    made = types.ModuleType(name)
    made.__file__ = str(path)
    package, _, stem = name.rpartition(".")
    setattr(importlib.import_module(package), stem, made)
    sys.modules[name] = made
    exec(compile(source.replace(old, new), path, "exec"), made.__dict__)
    return made
