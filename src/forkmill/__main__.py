"""``python -m forkmill COMMAND FOLDER``: the notebooks of any folder, run, explained, validated, brought into form."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from forkmill import project
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import parameter_declaration, parameter_values, parameters_cell, rules
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.project import CACHE, LOCK, MARK, Project
from forkmill.run import folder, journal, pool
from forkmill.run.plan import plan
from forkmill.run.session import Session
from forkmill.run.tidy import tidy
from forkmill.state import quick_answer
from forkmill.state.standing import Standing
from forkmill.terminal import Terminal, encodable
from forkmill.validate import nbval

BAD_INPUT, BROKEN = 2, 3
EPILOG = """\
exit status: 0 all is well; 1 a notebook did not end, or a stored output is another one now; 2 a fault in the input,
found before anything ran; 3 a fault of the machine or of this program; 128 and the signal's number, such as 130: stopped.
"""


def sound(where: Project, record: bool = False) -> tuple[list[Notebook], dict[str, Parameter]]:
    """The notebooks and the declared parameters of a plain folder.

    A notebook that takes no parameter needs no cell for them. ``record``: whether what is stored in them counts too; then
    they are held to more, since a stored output has to come out again.

    Raises:
        InputErrors: every fault at once.
    """
    read = rules.load(where.notebooks, upgrade=not record)
    declared: dict[str, Parameter] = {}
    if (where.root / where.declaration).is_file():
        declared = parameter_declaration.load(where.root / where.declaration, [one.name for one in read])
    errors = [error for one in read for error in rules.source_errors(one, strict=record)]
    taking = {name for parameter in declared.values() for name in parameter.notebooks}
    for one in read if declared else []:
        if one.name in taking or any(rules.PARAMETERS in cell.tags for cell in one.code):
            errors += parameters_cell.errors(one, declared)
    if record:
        errors += [error for one in read for error in rules.record_errors(one)]
    if errors:
        raise InputErrors(errors)
    return read, declared


def run(where: Project, params: str = "", file: Path | None = None, jobs: int | None = None, fresh: bool = False,
        scheduler: str | None = None, say: Terminal | None = None) -> int:
    """Run what does not stand; 0 where every notebook ended, 1 where one did not, 128 and the signal's number if stopped."""
    say = say or Terminal()
    if not fresh and (status := quick_answer.again(where, params, file, say)) is not None:
        return status

    def left() -> str:
        return f"the kernels were stopped and build/ {'holds a complete run' if (where.build / MARK).is_file() else 'is incomplete'}"

    with pool.Ending(say.say, left) as ending, Session(where, say, text=params, file=file, jobs=jobs, fresh=fresh,
                                                       scheduler=scheduler) as session:
        read, declared = sound(where)
        chosen = parameter_values.values(declared, params, file)
        session.stages.done("check inputs")
        ran = session.run(read, declared, chosen)
        session.mark(complete=not ran.failures)
        if ran.failures:
            ending.status = session.incomplete(ran.failures)
        else:
            with say.kept() as said:
                say.say(f"Complete: {len(ran.notebooks)} notebooks ran to their end or stand (exit 0).")
            session.remember(said, 0)
    return ending.status


def why(where: Project, params: str = "", file: Path | None = None) -> str:
    """For each notebook whether it would run now, and why."""
    read, declared = sound(where)
    standing = Standing(where, read)
    told = []
    for task in plan(read, declared, parameter_values.values(declared, params, file), {}):
        reasons = standing.reasons(task)
        told += [f"{task.name}: would run", *(f"  {one}" for one in reasons)] if reasons else [f"{task.name}: stands"]
    return "\n".join(told)


def validate(where: Project, say: Terminal) -> int:
    """Run the notebooks by nbval and compare with what they have stored; 0 where it is the same, else 1."""
    nbval.available()
    with journal.alone(where, say):
        return nbval.validate(where, sound(where, record=True)[0], say)


def main(arguments: list[str] | None = None) -> int:
    """The exit status of a command; 2 for faults of the input, each told with its place and what to do."""
    given = _parser().parse_args(arguments)
    say, faults = Terminal(), Terminal(out=sys.stderr)
    with pool.Ending(faults.say, lambda: "the command did not end") as ending:
        try:
            named = (getattr(given, name, ()) for name in ("reads", "passes"))
            ending.status = given.does(_project(given.folder, *named), say, given)
        except (InputError, InputErrors) as error:
            errors = error.errors if isinstance(error, InputErrors) else [error]
            for one in errors:
                faults.say(str(one))
            faults.say(f"Not started: {len(errors)} fault(s) in the input (exit {BAD_INPUT}).")
            ending.status = BAD_INPUT
        except Exception as error:  # never to be taken for a notebook that failed
            if not isinstance(error, OSError):
                traceback.print_exc()
            faults.say(f"Stopped: {type(error).__name__}: {error} (exit {BROKEN}).")
            ending.status = BROKEN
    return ending.status


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m forkmill", epilog=EPILOG, formatter_class=form,
                                     description="Run the notebooks of a folder: fast, strictly, and only those that have to run.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, does: Callable[[Project, Terminal, argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=told, description=told, epilog=EPILOG, formatter_class=form)
        command.add_argument("folder", type=Path, metavar="FOLDER", help="where the notebooks are, or a folder notebooks/ with them")
        command.set_defaults(does=does)
        return command

    running = add("run", _run, "run every notebook whose result in FOLDER/build does not stand")
    asking = add("why", _why, "say which notebooks would run now, and what has changed for each")
    add("validate", _validate, "run all by nbval and compare with the stored outputs")
    add("tidy", _tidy, "take out of the notebooks what editors add to them")
    add("clean", _clean, "remove FOLDER/build")
    for command in (running, asking):
        command.add_argument("--reads", action="append", default=[], metavar="PATH", help="what notebooks can read elsewhere")
        command.add_argument("--passes", action="append", default=[], metavar="NAME", help="a variable that notebooks are handed")
        command.add_argument("--params", default="", metavar='"NAME=VALUE ..."', help="values for parameters of parameters.yaml")
        command.add_argument("--params-file", type=Path, metavar="FILE", help="the same, from a YAML or JSON file")
    running.add_argument("--jobs", type=_number, metavar="N", help="notebooks at once; one a core by default")
    running.add_argument("--fresh", action="store_true", help="run every notebook, whatever stands")
    running.add_argument("--scheduler", metavar="ADDRESS", help="run on the workers of this dask.distributed scheduler")
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1, not {text}")
    return int(text)


def _project(path: Path, reads: Iterable[str] = (), passes: Iterable[str] = ()) -> Project:
    if not path.is_dir():
        raise InputError("there is no such folder", str(path), "a folder of notebooks", "a file" if path.exists() else "nothing",
                         "give the folder that holds them")
    found = project.of(path, tuple(reads), tuple(passes))
    names = sorted(os.listdir(found.build)) if found.build.is_dir() else []
    if names and not {CACHE, LOCK} & set(names):  # a run would empty it
        raise InputError("the folder build holds what no run has written", str(found.build), "none, or that of an earlier run",
                         ", ".join(names[:5]), "move it away, or the notebooks to a folder of their own")
    return found


def _run(where: Project, say: Terminal, given: argparse.Namespace) -> int:
    return run(where, given.params, given.params_file, given.jobs, given.fresh, given.scheduler, say)


def _why(where: Project, say: Terminal, given: argparse.Namespace) -> int:
    say.say(why(where, given.params, given.params_file))
    return 0


def _validate(where: Project, say: Terminal, given: argparse.Namespace) -> int:
    return validate(where, say)


def _tidy(where: Project, say: Terminal, given: argparse.Namespace) -> int:
    say.say("Normalised: " + (", ".join(tidy(where.notebooks)) or "none") + ".")
    return 0


def _clean(where: Project, say: Terminal, given: argparse.Namespace) -> int:
    folder.clean(where, say)
    say.say("Removed: build/.")
    return 0


if __name__ == "__main__":
    encodable()
    sys.exit(main())
