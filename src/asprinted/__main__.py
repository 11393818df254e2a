"""The command line: ``python -m asprinted COMMAND``. Each command imports what it needs when it is called."""

from __future__ import annotations

import atexit
import gc
import sys

if __name__ == "__main__":  # before anything is imported that another's module could be taken for
    from asprinted.commands.start_up import alone, at_once

    alone()
    # A command is short, and most of what it makes, libraries above all, stays to its end, when Python looks once more:
    # `list` takes 120 ms in place of 133, a run after an edit 4 % less.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    changed = False
    if sys.argv[1:] == ["reproduce"]:  # what is asked most, before the library of the command line is imported for it
        changed = at_once()
else:
    changed = False

from pathlib import Path

import click

from asprinted.commands.cli import command, main
from forkmill.errors import InputError


@command("reproduce")
@click.option("--params", default="", metavar='"NAME=VALUE ..."', help="Parameters that differ from the defaults.")
@click.option("--params-file", type=click.Path(path_type=Path), help="YAML or JSON file of parameters; --params goes before it.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Notebooks at once; one a core by default.")
@click.option("--scheduler", metavar="ADDRESS", help="Run on the workers of a dask.distributed scheduler.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong, and the last sentence.")
@click.option("--fresh", is_flag=True, help="Run every notebook, also where its result in build/ stands.")
@click.option("--timings", is_flag=True, help="Say at the end how long each stage took.")
def reproduce(params: str, params_file: Path | None, jobs: int | None, scheduler: str | None, quiet: bool, fresh: bool,
              timings: bool) -> int:
    """Run the notebooks whose result no longer stands and compare all verdicts with the committed notebooks."""
    from asprinted.paths import project, root
    from forkmill.state.quick_answer import again
    from forkmill.terminal import Terminal

    status = None if fresh or changed else again(project(), params, params_file, Terminal(quiet), timings)
    if status is not None:
        return status
    from asprinted.audit.reproduce import reproduce as run

    return run(root(), params, params_file, jobs, Terminal(quiet), fresh, timings, scheduler)


@command("why")
@click.option("--params", default="", metavar='"NAME=VALUE ..."', help="Parameters that differ from the defaults.")
@click.option("--params-file", type=click.Path(path_type=Path), help="YAML or JSON file of parameters.")
def why(params: str, params_file: Path | None) -> None:
    """Say for each notebook whether it would run, and which input changed, old and new. Runs nothing."""
    from asprinted.audit.why import why as text
    from asprinted.paths import root

    click.echo(text(root(), params, params_file))


@command("sweep")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes at once; one a core by default.")
@click.option("--sample", type=click.IntRange(1), help="Instead: run so many of them through papermill and compare.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample.")
@click.option("--scheduler", metavar="ADDRESS", help="Run on the workers of a dask.distributed scheduler.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong, and the last sentence.")
def sweep(jobs: int | None, sample: int | None, seed: int, scheduler: str | None, quiet: bool) -> int:
    """Judge every claim under every combination of the parameters, into build/sweep."""
    from asprinted.commands import sweep as sweeping
    from asprinted.paths import project, root
    from forkmill.terminal import Terminal

    if sample is not None:
        options = [*(["--jobs", str(jobs)] if jobs else []), *(["--scheduler", scheduler] if scheduler else [])]
        return sweeping.sample(root(), sample, seed, Terminal(quiet), options)
    if scheduler is None:
        return sweeping.run(root(), jobs, Terminal(quiet))
    from forkmill.cluster.scheduler import Cluster

    say = Terminal(quiet)
    with Cluster(scheduler, project(), say) as cluster:
        return sweeping.run(root(), jobs, say, sweeping.elsewhere(cluster, say))


@command("accept", asks=True)
def accept() -> int:
    """Make the complete default run in build/ the record: replace the committed notebooks by it."""
    from asprinted.audit.accept import accept as run
    from asprinted.paths import root
    from forkmill.terminal import Terminal

    return run(root(), Terminal())


@command("validate")
def validate() -> int:
    """Run the committed notebooks through nbval and compare every check with what is stored."""
    from asprinted.audit.validate import validate as run
    from asprinted.paths import root
    from forkmill.terminal import Terminal

    return run(root(), Terminal())


@command("check")
def check() -> None:
    """Check data, claims, parameters and notebooks, without running anything."""
    from asprinted.audit import input_checks
    from asprinted.paths import root
    from asprinted.verdicts.words import many

    found = input_checks.check(root(), record=True)
    counts = ", ".join(many(len(one), noun) for one, noun in (
        (found.claims, "claim"), (found.notebooks, "notebook"), (found.declared, "parameter")))
    click.echo(f"Sound: {counts} (exit 0).")


@command("data")
@click.option("--accept", is_flag=True, help="Write the hash of each changed table into its provenance.")
def data(accept: bool) -> None:
    """Check the official tables, the data files and their dictionary; with --accept, take a reviewed change of them over."""
    from asprinted.official import reviewed
    from asprinted.paths import root

    if accept:
        click.echo("Hashes written: " + (", ".join(reviewed.take_over(root())) or "none") + ".")
    click.echo(f"Sound: {reviewed.sound(root())} (exit 0).")


@command("sources")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 256), help="Processes.")
@click.option("--accept", is_flag=True, help="Write the table into docs/sources.md too.")
def sources(jobs: int, accept: bool) -> None:
    """What each verdict would be without each of its sources in turn."""
    from asprinted.paths import root
    from asprinted.robustness import without_a_source as found

    click.echo(found.report(root(), jobs, accept))


@command("inventory")
@click.option("--paper", required=True, type=click.Path(path_type=Path), help="Your copy of the paper as plain text.")
def inventory(paper: Path) -> int:
    """Check the inventory of numbers against a copy of the paper; status 1 if they differ."""
    from asprinted.paper import compare_with_copy as numbers
    from asprinted.verdicts.words import many

    differences = numbers.check(paper)
    for one in differences:
        click.echo(str(one))
    total = len(numbers.listed())
    click.echo(f"{many(len(differences), 'difference')} from the {many(total, 'number')} of the inventory (exit {int(bool(differences))}).")
    return int(bool(differences))


@command("statistics")
@click.argument("files", metavar="FILE_OR_FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tails", type=click.IntRange(1, 2), help="Tails of every t, r and z; left out, a p that fits with one may stand.")
def statistics(files: tuple[Path, ...], tails: int | None) -> int:
    """Recompute every p of t, F, r, z, chi2 and Q in texts or folders of them; status 1 if one is inconsistent."""
    from asprinted.commands.statistics import run

    table, status = run(files, tails)
    click.echo(table)
    return status


@command("draft", asks=True)
@click.argument("paper", metavar="PAPER", type=click.Path(path_type=Path))
@click.option("--locale", default="", metavar="LANGUAGE", help="Language of its digits, such as de; English unless declared.")
def draft(paper: Path, locale: str) -> int:
    """Write down the sentences and numbers of PAPER (.pdf, .tex, .md, .Rmd, .qmd, .txt), a claim and a cell for each that is one."""
    from asprinted.commands.draft import run
    from asprinted.paths import root
    from forkmill.terminal import Terminal

    return run(root(), paper, Terminal(), locale)


@command("clean", asks=True)
def clean() -> None:
    """Remove build/, and end the process that kernels are forked from."""
    from asprinted.paths import project
    from forkmill.kernels import client
    from forkmill.run.folder import clean as run
    from forkmill.terminal import Terminal

    run(project(), Terminal())
    client.stop_all()


@command("readme")
def readme() -> None:
    """Bring the generated parts and pictures of README.md up to date with the committed notebooks."""
    from asprinted.commands import pictures
    from asprinted.commands import readme as text

    click.echo("README.md rewritten" if text.rewrite() else "README.md is current")
    click.echo("docs/pictures rewritten" if pictures.rewrite() else "docs/pictures are current")


@command("view")
def view() -> None:
    """Open the report of the last run in a browser; where there is none, say where it stands."""
    import webbrowser

    from asprinted.paths import build, root

    page = build(root()) / "report" / "index.html"
    if not page.is_file():
        written = (root() / "docs" / "site.yaml").is_file()
        do = "run make reproduce" if written else "write docs/site.yaml, without which a run makes none, and run make reproduce"
        raise InputError("there is no report", "build/report", "index.html", "nothing", do)
    click.echo(page.as_uri())
    if not webbrowser.open(page.as_uri()):
        click.echo("No browser was found; open the address above in one.")


@command("new")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
@click.option("--index", is_flag=True, help="Pin the published packages in place of wheels that go along.")
def new(folder: Path, index: bool) -> None:
    """Start an audit of another paper in the new or empty folder NAME."""
    from asprinted.commands.folder.new import new as start

    started = start(folder.resolve(), index)
    click.echo(f"Started: {started} holds an audit of one claim. There: make reproduce, make test; see its README.md.")


@command("update", asks=True)
def update() -> int:
    """Bring an audit that an older version has started to this one; what somebody has edited stays."""
    from asprinted.commands.folder.update import update as run
    from asprinted.paths import root
    from forkmill.terminal import Terminal

    return run(root(), Terminal())


@command("lock")
@click.option("--upgrade", is_flag=True, help="Take the newest versions, not those that are pinned.")
def lock(upgrade: bool) -> None:
    """Compile requirements/*.txt anew, after a change of requirements/run.in or pyproject.toml."""
    from asprinted.commands.folder.pins import lock as run
    from asprinted.paths import root

    changed = run(root(), upgrade)
    click.echo("\n".join([*changed, "Compiled; make reproduce installs it." if changed else "Compiled: every pin is the same."]))


@command("show")
@click.argument("claim", metavar="ID")
def show(claim: str) -> None:
    """Print one claim with all it rests on; ID may be a number or words of it as well, such as 9.3."""
    from asprinted.commands.show import show as text
    from asprinted.paths import root

    click.echo(text(root(), claim))


@command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> int:
    """Open JupyterLab on the first notebook; ARGUMENTS such as --no-browser are handed on to it."""
    from asprinted.commands.lab import start
    from asprinted.paths import root

    return start(root(), arguments)


@command("tidy")
def tidy() -> None:
    """Bring the committed notebooks into their normal form, as a run writes it; outputs stay."""
    from asprinted.paths import notebooks
    from forkmill.run.tidy import tidy as run

    changed = run(notebooks())
    click.echo(f"Normalised: {', '.join(changed)}." if changed else "Every notebook is in its normal form.")


@command("list")
def listed() -> None:
    """Print every claim: its place in the paper, its id and verdict, what is stated and what was published."""
    from asprinted.commands.show import listing
    from asprinted.paths import root

    click.echo(listing(root()))


def console() -> None:
    """The program ``asprinted`` of an environment."""
    main(prog_name="asprinted")


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m asprinted"))
