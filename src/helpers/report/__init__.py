"""The report of a run: a static site in ``build/report/`` that opens from disk and asks nothing of any network."""

from helpers.report.ahead import Sphinx
from helpers.report.stage import FOLDER, build

__all__ = ["FOLDER", "Sphinx", "build"]
