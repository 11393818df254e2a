"""The first moments of a command: it imports its own libraries, and Ctrl-C is answered before they are there.

Libraries of its own: whatever lies in the folder that it is called from or on ``PYTHONPATH``.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def alone() -> None:
    """Take every place to import from away that is neither of this Python nor the folder of this package.

    ``PYTHONPATH`` may be how it is found: then that one folder stays, here and for what is started from here.
    """
    ours = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    given = [os.path.realpath(one) for one in os.environ.pop("PYTHONPATH", "").split(os.pathsep) if one]
    if not sys.flags.safe_path:
        sys.path[0] = ours  # was the folder that the command is called from
    sys.path[:] = [one for one in sys.path if one == ours or os.path.realpath(one) not in given]
    if ours in given:
        os.environ["PYTHONPATH"] = ours
    from forkmill.terminal import encodable

    encodable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # ignored where a shell started it behind itself
        signal.signal(signal.SIGINT, stopped)


def at_once() -> bool:
    """End this process as ``reproduce`` ends where nothing has changed; else return, with nothing said.

    True: something has changed. False: there is a fault, or nobody to hear the answer, and the command that follows knows
    what to do. Where every notebook will run, the process that kernels are forked from imports by then.
    """
    from asprinted.paths import instead, passed_by, project
    from forkmill.errors import InputError
    from forkmill.state import quick_answer
    from forkmill.terminal import Terminal

    try:
        if passed_by() or instead():  # the command says which is meant
            return False
        where = project()
        answer = quick_answer.recall(where)
    except InputError:
        return False
    if answer is None:
        from forkmill.kernels.environment import begin

        begin(where)
        return True
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is as good as said
    try:
        status = quick_answer.told(answer, Terminal())
        sys.stdout.flush()
    except OSError:
        signal.signal(signal.SIGINT, before)
        return False
    os._exit(status)


def stopped(number: int, frame: FrameType | None) -> None:
    """End at once: nothing was begun."""
    os.write(2, b"Interrupted: the command did not begin (exit 130).\n")
    os._exit(130)
