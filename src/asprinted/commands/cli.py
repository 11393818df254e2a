"""What every command of the line has in common: faults told in one way, and an exit status that agrees with them."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import click

from asprinted import __version__, paths
from asprinted.commands.start_up import stopped
from forkmill.errors import InputError, InputErrors

BAD_INPUT = 2
BROKEN = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Go to FOLDER first, as make and git do: one environment serves many audits.")
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="asprinted")
def main(folder: Path | None) -> None:
    """Reproduce, check and show the audit. Works from any folder inside it."""
    if folder is not None:
        paths.enter(folder)


def command(name: str, *, asks: bool = False, **settings: Any) -> Callable[[Callable[..., int | None]], click.Command]:
    """Decorator: the function becomes the subcommand ``name``, its result the exit status.

    Faults of the input are all printed, then the status is 2. ``asks``: it changes what cannot be made again, so it asks
    where the folder that it is called in is of another audit than ``AUDIT_ROOT`` names.
    """

    def decorate(function: Callable[..., int | None]) -> click.Command:
        @functools.wraps(function)
        def run(*arguments: object, **options: object) -> None:
            # Caught here, not further out: click's own context managers would set attributes of the exception.
            process = signal.getsignal(signal.SIGINT) is stopped
            if process:
                signal.signal(signal.SIGINT, _interrupt)
            try:
                _meant(asks, name)
                status = function(*arguments, **options) or 0
                sys.stdout.flush()
            except InputErrors as error:
                status = _refuse(error.errors)
            except InputError as error:
                status = _refuse([error])
            except KeyboardInterrupt as stop:
                status = _interrupted(stop)
            except (BrokenPipeError, click.exceptions.Exit, click.ClickException):
                raise
            except Exception as error:  # a fault of this program is never taken for a finding
                status = _fault(error)
                _unsaid()
            if process:  # all is said
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            click.get_current_context().exit(status)

        return main.command(name, **settings)(run)

    return decorate


def _meant(asks: bool, name: str) -> None:
    """Say which audit is meant where it could be two, or another than who calls may think."""
    here, named = paths.passed_by(), os.environ.get("AUDIT_ROOT", "")
    instead = None if name in ("new", "statistics") else paths.instead()  # these need no audit, and may be called anywhere
    if here is None and instead is None:
        return
    _say(f"This folder lies in no audit: that of {instead} is meant." if instead else
         f"AUDIT_ROOT names {named}: that is meant, not the audit of this folder, {here}.")
    if asks and not (sys.stdin is not None and sys.stdin.isatty() and click.confirm("Go on?", err=True)):
        if here is None:
            raise InputError("it is not sure which audit is meant", os.getcwd(), "a folder inside an audit", "one in none",
                             "call it inside the audit that is meant")
        raise InputError("it is not sure which audit is meant", "AUDIT_ROOT", "none, or that of this folder", named,
                         "unset AUDIT_ROOT, or call it inside the folder that it names")


def _interrupted(stop: KeyboardInterrupt) -> int:
    status = 128 + getattr(stop, "signal", 2)
    # One that passed through exec() makes Python end by the signal in place of the status (3.11 to 3.13);
    # a later exec() that ends well takes that back.
    exec("")
    _say(f"Interrupted: the command did not end (exit {status}).")
    return status


_interrupts: list[KeyboardInterrupt] = []


def _interrupt(number: int, frame: FrameType | None) -> None:
    """As Python's own handler, and remembered: whatever the code that it came to makes of the exception."""
    _interrupts.append(KeyboardInterrupt())
    raise _interrupts[-1]


def _fault(error: Exception) -> int:
    """The status after an exception that nothing expected, which may be a Ctrl-C that became another one.

    Python makes a RuntimeError of one that comes while a class is made, a library what it likes, with no trace of it.
    """
    stop: BaseException | None = error
    while stop is not None and not isinstance(stop, KeyboardInterrupt):
        stop = stop.__cause__ or stop.__context__
    if stop is not None or _interrupts:
        return _interrupted(stop or _interrupts.pop())
    if isinstance(error, OSError):
        return _unheard(error) or _stopped(error)
    traceback.print_exc()
    return _broken(f"{type(error).__name__}: {error}")


def _refuse(errors: list[InputError]) -> int:
    for one in errors:
        _say(str(one))
    _say(f"Not started: {len(errors)} fault(s) in the input (exit {BAD_INPUT}).")
    return BAD_INPUT


def _stopped(error: OSError) -> int:
    """A disk, a folder or a right that the command needs and does not have: before anything was done, bad input."""
    name = str(error.filename or "")
    what = error.strerror or str(error)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EEXIST):
        do = "give the right to write there, or copy the audit to a folder of your own"
        return _refuse([InputError("this cannot be read or written", name or "the audit", "a file or folder that is "
                                   "there for this user", what, do)])
    return _broken(f"{what}{f': {name}' if name else ''}")


def _broken(what: str) -> int:
    _say(f"Stopped by a fault that is none of the paper's: {what} (exit {BROKEN}).")
    return BROKEN


def _say(text: str) -> None:
    """A line for the person at the terminal, where there still is one: the status is the same without it."""
    try:
        click.echo(text, err=True)
    except OSError:
        _nobody_listens()


def _unheard(error: OSError) -> int:
    """The status where the terminal was closed under the command, which was told so by a signal; else 0."""
    if error.errno != errno.EIO or error.filename is not None:
        return 0
    _nobody_listens()
    return 128 + getattr(error.__context__, "signal", 1)


def _unsaid() -> None:
    """Let what standard output does not take go nowhere: Python, which tries again at its end, would end with a status of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _nobody_listens() -> None:
    """What is still to be said goes nowhere: Python would end with a status of its own over it."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
