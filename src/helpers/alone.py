"""The first moments of a command: it imports its own libraries, and Ctrl-C is answered before they are there.

Libraries of its own: whatever lies in the folder that it is called from or on ``PYTHONPATH``.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


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
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # ignored where a shell started it behind itself
        signal.signal(signal.SIGINT, stopped)


def stopped(number: int, frame: FrameType | None) -> None:
    """End at once: nothing was begun."""
    os.write(2, b"Interrupted: the command did not begin (exit 130).\n")
    os._exit(130)
