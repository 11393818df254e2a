"""``python -m synthetic``: judge synthetic papers whose truth is known; status 1 if a true statement is accused."""

from __future__ import annotations

import sys

import click

from asprinted import paths
from asprinted.commands.cli import command


@command("synthetic")
@click.option("--count", default=120_000, show_default=True, type=click.IntRange(min=1), help="Claims to draw.")
@click.option("--seed", default=2019, show_default=True, help="Seed of the draw.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 256), help="Processes.")
@click.option("--accept", is_flag=True, help="Write the tables into docs/synthetic.md too.")
def main(count: int, seed: int, jobs: int, accept: bool) -> int:
    """Judge synthetic papers whose truth is known; status 1 if a true statement is accused."""
    from synthetic import bulk

    text, sound = bulk.report(paths.root(), count, seed, jobs, accept)
    click.echo(text)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m synthetic"))
