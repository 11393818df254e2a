"""The ways to run notebooks that are timed, each as what to do before (not timed) and the command (timed)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import peers, series
from forkmill.project import VARIABLES

HERE = Path(__file__).parent
PYTHON = series.ROOT / ".venv" / "bin" / "python"
# As a run imports them, and ends.
IMPORTS = """
import gc
gc.set_threshold(100_000)
import asprinted.__main__, asprinted.audit.reproduce, forkmill.kernels.provisioner, papermill.execute
gc.freeze()
"""
OURS = [str(PYTHON), "-m", "asprinted"]
KERNEL = "this project, one kernel alone"


@dataclass(frozen=True)
class Way:
    """One thing to time. ``stage`` says with what it may be compared."""

    name: str
    stage: str
    before: Callable[[Path], None]
    command: Callable[[Path], list[str]]
    status: tuple[int, ...] = (0,)


def environment(root: Path) -> dict[str, str]:
    """Variables of every command: the audit's own packages, no setting of the user's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "AUDIT_", VARIABLES))}
    return kept | {"PYTHONPATH": str(root / "src"), "AUDIT_ROOT": str(root)}


def _files(root: Path) -> list[str]:
    return [f"notebooks/{stem}.ipynb" for stem in series.names(root)]


def _out(root: Path) -> Path:
    return root / "out"


def _aside(path: Path) -> None:
    """Out of the way, but not removed: file systems take long over new files where many were removed just before."""
    if path.exists():
        folder = path.parent / "aside"
        folder.mkdir(exist_ok=True)
        path.rename(folder / str(time.monotonic_ns()))


def _empty(root: Path) -> None:
    for name in ("out", ".snakemake", ".ploomber-session", "products"):
        _aside(root / name)
    _out(root).mkdir()


def stop_server(root: Path) -> None:
    """End the fork server and wait for its end: the next run starts from nothing."""
    code = "from forkmill.kernels import client\nclient.stop_all()\nprint(client.folder())"
    done = subprocess.run(
        [str(PYTHON), "-c", code], env=environment(root), capture_output=True, text=True, encoding="utf-8", check=True
    )
    until = time.monotonic() + 10
    while any(Path(done.stdout.strip()).glob("*.socket")) and time.monotonic() < until:
        time.sleep(0.05)


def _cold(root: Path) -> None:
    stop_server(root)
    _aside(root / "build")


def _built(root: Path) -> None:
    subprocess.run([*OURS, "reproduce", "--quiet"], cwd=root, env=environment(root), capture_output=True, check=False)


def _make() -> list[str]:
    return ["env", "-u", "AUDIT_ROOT", "make", "-s", "-C", str(series.ROOT), "reproduce"]


def _made(root: Path) -> None:
    """This checkout itself, since make looks after its environment."""
    subprocess.run(_make(), env=environment(root), capture_output=True, check=False)


def _edited(name: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        _built(root)
        tables = sorted((root / "data" / "series").glob("*.csv"))
        targets = {
            "notebook": root / "notebooks" / f"{series.names(root)[-1]}.ipynb",
            "module": root / "src" / "asprinted" / "charts" / "figure.py",
            "data": tables[0] if tables else root / "data" / "official" / "mobile.yaml",
        }
        path = targets[name]
        text = path.read_text(encoding="utf-8")
        if name == "notebook":
            # the id of its last code cell
            place = text.rindex('"cell_type": "code"')
            place = text.index('"id": "', place) + 7
            end = text.index('"', place)
            text = text[: end - 2] + text[end:] if text[:end].endswith("-x") else f"{text[:end]}-x{text[end:]}"
        elif path.suffix == ".csv":
            text = text.rstrip("\n")[:-1] + ("1\n" if text.rstrip("\n")[-1] != "1" else "2\n")
        else:
            text += "# a comment\n"
        path.write_text(text, encoding="utf-8")

    return edit


def _unrecorded(root: Path) -> None:
    _built(root)
    subprocess.run([*OURS, "accept"], cwd=root, env=environment(root), capture_output=True, check=False)


def _loop(root: Path) -> list[str]:
    tool = peers.FOLDER / "bin" / "papermill"
    lines = [f"{tool} --no-progress-bar -k python3 {name} out/{Path(name).name}" for name in _files(root)]
    return ["bash", "-ec", "\n".join(lines)]


def _api(which: str) -> Callable[[Path], list[str]]:
    return lambda root: [str(peers.PYTHON), str(HERE / "api.py"), which, "out", *_files(root)]


def _convert(root: Path) -> list[str]:
    tool = [str(peers.PYTHON), "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "out"]
    return [*tool, *_files(root)]


def _snakefile(root: Path) -> None:
    names = ", ".join(f'"{stem}"' for stem in series.names(root))
    tool = peers.FOLDER / "bin" / "papermill"
    (root / "Snakefile").write_text(
        f'rule all:\n    input: expand("out/{{n}}.ipynb", n=[{names}])\n'
        'rule run:\n    input: "notebooks/{n}.ipynb"\n    output: "out/{n}.ipynb"\n'
        f'    shell: "{tool} --no-progress-bar -k python3 {{input}} {{output}}"\n',
        encoding="utf-8",
    )


def _snakemake(root: Path) -> list[str]:
    return [str(peers.PYTHON), "-m", "snakemake", "-j2", "--quiet", "all", "--nolock"]


def _pipeline(root: Path) -> None:
    tasks = "".join(
        f"  - source: notebooks/{stem}.ipynb\n    name: n{stem}\n    static_analysis: disable\n"
        f"    product:\n      nb: products/{stem}.ipynb\n    executor_params: {{progress_bar: false}}\n"
        for stem in series.names(root)
    )
    meta = "meta:\n  extract_upstream: false\n  extract_product: false\n"
    text = f"{meta}executor:\n  dotted_path: ploomber.executors.Parallel\n  processes: 2\ntasks:\n{tasks}"
    (root / "pipeline.yaml").write_text(text, encoding="utf-8")


def _ploomber(root: Path) -> list[str]:
    return [str(peers.FOLDER / "bin" / "ploomber"), "build"]


def _nbval(root: Path) -> list[str]:
    tool = [str(peers.PYTHON), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env"]
    return [*tool, *_files(root)]


def _both(*steps: Callable[[Path], None]) -> Callable[[Path], None]:
    def before(root: Path) -> None:
        for step in steps:
            step(root)

    return before


def _nothing(root: Path) -> None:
    """What ran before stands."""


def _floor(root: Path) -> list[str]:
    return [str(PYTHON), str(HERE / "floor.py"), "out", *_files(root)]


def _floor_at_once(root: Path) -> list[str]:
    # The last first: they take longest in this audit, and a core would wait for one that began late.
    tool = [str(PYTHON), str(HERE / "floor.py"), "--jobs", str(os.cpu_count())]
    return [*tool, "out", *reversed(_files(root))]


def _floor_one(root: Path) -> list[str]:
    return [str(PYTHON), str(HERE / "floor.py"), "out", _files(root)[-1]]


def _one_kernel(root: Path) -> list[str]:
    return [str(PYTHON), str(HERE / "kernel.py"), _files(root)[-1]]


def _reproduce(*arguments: str) -> Callable[[Path], list[str]]:
    return lambda root: [*OURS, "reproduce", *arguments]


RECORD = (0, 1)  # 1: complete, but not what is recorded, as it is in a generated audit
# In this order within a round: what rests on an earlier one's result stands behind it.
WAYS = (
    Way("this project, from nothing", "all", _cold, _reproduce(), RECORD),
    Way("this project, unchanged", "unchanged", _built, _reproduce(), RECORD),
    Way("make reproduce, unchanged", "unchanged", _made, lambda root: _make()),
    Way("this project, a notebook edited", "edit", _edited("notebook"), _reproduce(), RECORD),
    Way("this project, a module edited", "edit", _edited("module"), _reproduce(), RECORD),
    Way("this project, a data file edited", "edit", _edited("data"), _reproduce(), RECORD),
    Way("this project, a parameter changed", "edit", _built, lambda root: _reproduce("--params", _other(root))(root)),
    Way("this project, its imports alone", "edit", _nothing, lambda root: [str(PYTHON), "-c", IMPORTS]),
    Way(KERNEL, "edit", _built, _one_kernel),
    Way("bare script", "all", _empty, _floor),
    Way("bare script, on all cores at once", "all", _empty, _floor_at_once),
    Way("bare script, one notebook", "edit", _empty, _floor_one),
    Way("papermill, a loop of commands", "all", _empty, _loop),
    Way("papermill's API in sequence", "all", _empty, _api("papermill")),
    Way("nbconvert --execute", "all", _empty, _convert),
    Way("jupyter-cache, in parallel", "all", _empty, _api("jupyter-cache")),
    Way("jupyter-cache, unchanged", "unchanged", _nothing, _api("jupyter-cache")),
    Way("snakemake -j2", "all", _both(_empty, _snakefile), _snakemake),
    Way("snakemake, unchanged", "unchanged", _nothing, _snakemake),
    Way("ploomber, two processes", "all", _both(_empty, _pipeline), _ploomber),
    Way("ploomber, unchanged", "unchanged", _nothing, _ploomber),
    Way("this project, validate", "compare", _both(_unrecorded, stop_server), lambda root: [*OURS, "validate"]),
    Way("nbval", "compare", _unrecorded, _nbval, (0, 1)),
)


def _other(root: Path) -> str:
    """A parameter with another value than the default."""
    declared = (root / "data" / "paper" / "parameters.yaml").read_text(encoding="utf-8")
    return "width=2" if '"width"' in declared else "recent_years=4"


if __name__ == "__main__":
    sys.exit("python -m bench.bench runs these")
