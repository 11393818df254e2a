"""Sphinx in a process of its own, which may import its libraries before there is anything to make pages from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from asprinted import paths

WORK = Path(".cache", "report")  # under build/: sources, what Sphinx remembers, the finished site, its key
PACKAGE = Path(__file__).parent
# What the settings in conf.py load. It waits for a word, and ends without one where nobody is left to say it.
CODE = """
import sys
import myst_nb.sphinx_ext, sphinx.builders.html, sphinx.cmd.build, sphinx_book_theme
sys.exit(sphinx.cmd.build.main(sys.argv[1:]) if sys.stdin.read() else 0)
"""


class Sphinx:
    """The process that makes the pages of ``build_folder``; when this closes, it has ended."""

    def __init__(self, root: Path, build_folder: Path) -> None:
        self.root, self.work = root, build_folder / WORK
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Let it import its libraries, if it does not do so yet and the audit has a report."""
        if self._process is None and (self.root / paths.SITE).is_file():
            self._process = self._started()

    def pages(self) -> str | None:
        """Make the pages out of their sources; the last words of Sphinx if it failed."""
        self._process = self._process or self._started()
        said, fault = self._process.communicate("go")
        status, self._process = self._process.returncode, None
        words = (fault or said).strip()[-2000:] or f"Sphinx ended with status {status} and without a word"
        return None if status == 0 else words

    def __enter__(self) -> Sphinx:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        """In an environment that decides nothing."""
        dropped = ("PYTHON", "SPHINX", "DOCUTILS", "LC_", "LANG", "TZ", "AUDIT_", "MPL", "SOURCE_DATE")
        env = {name: value for name, value in os.environ.items() if not name.startswith(dropped) or name == "PYTHONPATH"}
        env |= {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "MPLBACKEND": "agg",
                "MPLCONFIGDIR": str(self.work.parent / "matplotlib"), "AUDIT_ROOT": str(self.root),
                "AUDIT_SITE": str(self.work / "site.json")}
        command = [sys.executable, "-c", CODE, "-j", "auto", "-q", "-N", "-b", "html", "-c", str(PACKAGE),
                   "-d", str(self.work / "doctrees"), "-w", str(self.work / "warnings.txt"),
                   str(self.work / "source"), str(self.work / "html")]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", errors="replace")
