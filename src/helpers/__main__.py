"""The command line: ``python -m helpers COMMAND``. Each command imports what it needs when it is called."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path

import click

from helpers.errors import InputError, InputErrors

BAD_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Reproduce, check and show the audit. Works from any folder inside it."""


def command(name: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """Decorator: the function becomes the subcommand ``name``, its result the exit status.

    Faults of the input are all printed, then the status is 2.
    """

    def decorate(function: Callable[..., int | None]) -> click.Command:
        @functools.wraps(function)
        def run(*arguments: object, **options: object) -> None:
            # Caught here, not further out: click's own context managers would set attributes of the exception.
            try:
                status = function(*arguments, **options) or 0
            except InputErrors as error:
                status = _refuse(error.errors)
            except InputError as error:
                status = _refuse([error])
            click.get_current_context().exit(status)

        return main.command(name)(run)

    return decorate


def _refuse(errors: list[InputError]) -> int:
    for one in errors:
        click.echo(str(one), err=True)
    click.echo(f"Not started: {len(errors)} fault(s) in the input (exit {BAD_INPUT}).", err=True)
    return BAD_INPUT


@command("reproduce")
@click.option("--params", default="", metavar='"NAME=VALUE ..."', help="Parameters that differ from the defaults.")
@click.option(
    "--params-file", type=click.Path(path_type=Path), help="YAML or JSON file of parameters; --params goes before it."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Notebooks at once; one a core by default.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong, and the last sentence.")
def reproduce(params: str, params_file: Path | None, jobs: int | None, quiet: bool) -> int:
    """Run every notebook into build/ and compare its verdicts with the committed notebooks."""
    from helpers.paths import root
    from helpers.run.build import reproduce as run
    from helpers.run.terminal import Terminal

    return run(root(), params, params_file, jobs, Terminal(quiet))


@command("accept")
def accept() -> int:
    """Make the complete default run in build/ the record: replace the committed notebooks by it."""
    from helpers.paths import root
    from helpers.run.accept import accept as run
    from helpers.run.terminal import Terminal

    return run(root(), Terminal())


@command("validate")
def validate() -> int:
    """Run the committed notebooks through nbval and compare every check with what is stored."""
    from helpers.paths import root
    from helpers.run.terminal import Terminal
    from helpers.run.validate import validate as run

    return run(root(), Terminal())


@command("check")
def check() -> None:
    """Check data, claims, parameters and notebooks, without running anything."""
    from helpers.paths import root
    from helpers.run import inputs

    found = inputs.check(root(), record=True)
    counts = f"{len(found.claims)} claims, {len(found.notebooks)} notebooks, {len(found.declared)} parameters"
    click.echo(f"Sound: {counts} (exit 0).")


@command("data")
@click.option("--accept", is_flag=True, help="Write the hash of each changed table into its provenance.")
def data(accept: bool) -> int:
    """Check the official tables and their dictionary; with --accept, take a reviewed change of them over."""
    from helpers import dictionary, tables
    from helpers.paths import root

    if accept:
        click.echo("Hashes written: " + (", ".join(tables.rehash(root())) or "none") + ".")
        dictionary.write(root())
    errors = [*tables.check(root()), *dictionary.check(root())]
    if errors:
        raise InputErrors(errors)
    click.echo(f"Sound: {len(tables.names(root()))} tables (exit 0).")
    return 0


@command("sources")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 256), help="Processes.")
@click.option("--accept", is_flag=True, help="Write the table into docs/sources.md too.")
def sources(jobs: int, accept: bool) -> None:
    """What each verdict would be without each of its sources in turn."""
    from helpers import sources as found
    from helpers.paths import root

    click.echo(found.report(root(), jobs, accept))


@command("inventory")
@click.option("--paper", required=True, type=click.Path(path_type=Path), help="Your copy of the paper as plain text.")
def inventory(paper: Path) -> int:
    """Check the inventory of numbers against a copy of the paper; status 1 if they differ."""
    from helpers import inventory as numbers

    differences = numbers.check(paper)
    for one in differences:
        click.echo(str(one))
    total = len(numbers.listed())
    click.echo(f"{len(differences)} difference(s) from the {total} numbers of the inventory (exit {int(bool(differences))}).")
    return int(bool(differences))


@command("synthetic")
@click.option("--count", default=120_000, show_default=True, type=click.IntRange(min=1), help="Claims to draw.")
@click.option("--seed", default=2019, show_default=True, help="Seed of the draw.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 256), help="Processes.")
@click.option("--accept", is_flag=True, help="Write the tables into docs/synthetic.md too.")
def synthetic(count: int, seed: int, jobs: int, accept: bool) -> int:
    """Judge synthetic papers whose truth is known; status 1 if a true statement is accused."""
    from helpers import synthetic_bulk
    from helpers.paths import root

    text, sound = synthetic_bulk.report(root(), count, seed, jobs, accept)
    click.echo(text)
    return 0 if sound else 1


@command("clean")
def clean() -> None:
    """Remove build/."""
    from helpers.paths import root
    from helpers.run.build import clean as run
    from helpers.run.terminal import Terminal

    run(root(), Terminal())


@command("readme")
def readme() -> None:
    """Bring the generated parts of README.md up to date with the committed notebooks."""
    from helpers import readme as text

    click.echo("README.md rewritten" if text.rewrite() else "README.md is current")


@command("show")
@click.argument("claim", metavar="ID")
def show(claim: str) -> None:
    """Print one claim with all it rests on."""
    from helpers.paths import root
    from helpers.run.show import show as text

    click.echo(text(root(), claim))


@command("list")
def listed() -> None:
    """Print every claim's id, verdict and place in the paper."""
    from helpers.paths import root
    from helpers.run.show import listing

    click.echo(listing(root()))


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m helpers"))
