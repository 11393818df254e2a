"""A command imports its own libraries, whatever lies in the folder that it is called from or on ``PYTHONPATH``."""

from __future__ import annotations

import os
import sys


def alone() -> None:
    """Take every place to import from away that is neither of this Python nor the folder of the helpers.

    ``PYTHONPATH`` may be how the helpers are found: then that one folder stays, here and for what is started from here.
    """
    ours = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    given = [os.path.realpath(one) for one in os.environ.pop("PYTHONPATH", "").split(os.pathsep) if one]
    if not sys.flags.safe_path:
        sys.path[0] = ours  # was the folder that the command is called from
    sys.path[:] = [one for one in sys.path if one == ours or os.path.realpath(one) not in given]
    if ours in given:
        os.environ["PYTHONPATH"] = ours
