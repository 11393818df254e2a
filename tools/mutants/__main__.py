"""``python -m mutants``: plant defects in copies of the checkout and report which of them are noticed, and by what."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from asprinted import paths
from asprinted.commands.cli import command


@command("mutants")
@click.option("--sample", type=click.IntRange(1), help="So many defects of each class in place of all.")
@click.option("--seed", type=int, help="Another draw.")
@click.option("--jobs", type=click.IntRange(1, 256), default=2, help="Defects at once.")
@click.option("--page", type=click.Path(path_type=Path), help="A page between whose marks the report is written too.")
def main(sample: int | None, seed: int | None, jobs: int, page: Path | None) -> int:
    """Plant defects in copies of the checkout and report which of them are noticed, and by what."""
    from mutants import command, plan

    return command.run(paths.root(), click.echo, plan.SEED if seed is None else seed, sample, jobs, page)


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m mutants"))
