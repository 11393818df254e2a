"""Make or mend the virtual environment .venv from a lock: ``python requirements/install.py [run|all]``.

``run`` is what `make reproduce` needs; ``all`` adds JupyterLab and the tests. Only the standard library is used,
and the first lines parse under old versions too, so that an old Python can say what is wrong.

``.venv/where`` is written last and holds the checkout's folder. A .venv without it was left half made; one that names
another folder was moved or copied and would import the packages of the other checkout. Both are made again from nothing.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OURS = VENV / ".setup"  # says that this script made the folder, so that nobody else's is ever deleted
WHERE = VENV / "where"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
LOCKS = ("run", "all")


def stop(*lines: str) -> None:
    """End with status 2 after saying what is wrong and what to do."""
    print(*lines, sep="\n", file=sys.stderr)
    sys.exit(2)


def check_python() -> None:
    """Refuse a Python that is too old or cannot make environments, and name what to install."""
    have = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info < OLDEST:
        stop(
            "Python {}.{} or newer is needed; {} is {}.".format(*OLDEST, sys.executable, have),
            "Name another one: make PYTHON=python3.12 TARGET, or python3.12 requirements/install.py",
        )
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        stop(
            f"{sys.executable} cannot make virtual environments: its module {missing[0]} is not installed.",
            f"On Debian or Ubuntu: sudo apt install python{have}-venv (or python3-venv, for the system's own Python).",
            "Elsewhere: install a Python that has it, such as the one from python.org.",
        )


def digest(name: str) -> str:
    """SHA-256 of a file of the checkout."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def stamp(lock: str) -> Path:
    """File whose presence says that ``lock`` is installed; Makefile compares its age with the lock's."""
    return VENV / f"{lock}.stamp"


def read(path: Path) -> str:
    """Text of a file, or nothing when there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def installed(lock: str) -> bool:
    """Whether what the lock holds now is what was installed."""
    return digest(f"requirements/{lock}.txt") in read(stamp(lock))


def usable() -> bool:
    """Whether .venv is whole, belongs to this folder, starts, and has no package of an older lock."""
    if read(WHERE) != str(ROOT) or not all(installed(lock) for lock in LOCKS if stamp(lock).is_file()):
        return False
    try:
        return subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0
    except OSError:  # the Python it was made with is gone
        return False


def forget() -> None:
    """Take back every sign of completeness before anything is changed, so that a killed set-up leaves none."""
    for path in (WHERE, *map(stamp, LOCKS)):
        path.unlink(missing_ok=True)


def status(*command: str) -> int:
    """Run a command in the checkout, whose words are shown, and give its status."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    environment.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0", PIP_NO_INPUT="1", UV_PYTHON_DOWNLOADS="never")
    return subprocess.run(command, cwd=ROOT, env=environment, close_fds=False, check=False).returncode


def call(*command: str) -> None:
    """Run a command in the checkout; end with status 2 when it fails."""
    ended = status(*command)
    if ended:
        stop(f"The set-up of .venv stopped: {' '.join(command)} ended with {ended}.", "Call again to start over.")


def add(*arguments: str) -> None:
    """Install into .venv without resolving anything, since a lock is complete; only errors are shown."""
    own = ROOT / "requirements" / "wheels"  # of an audit that pins the packages it is made with
    arguments += ("--find-links", str(own)) if own.is_dir() else ()
    installer, quiet = uv(), [] if sys.stderr.isatty() else ["-q"]  # on a terminal uv shows how far it is
    if installer and status(installer, "pip", "install", *quiet, "--python", str(PYTHON), "--no-deps", *arguments) == 0:
        return
    if installer:  # for instance an index that only pip was told of
        print("uv could not install it; pip tries, which takes longer ...", flush=True)
        if status(str(PYTHON), "-c", "import importlib.util as util, sys; sys.exit(util.find_spec('pip') is None)") != 0:
            call(str(PYTHON), "-m", "ensurepip")
    call(str(PYTHON), "-m", "pip", "install", "-qq", "--no-deps", *arguments)


def pinned(name: str) -> str:
    """Lines of the lock that pin a package, with its hashes."""
    found = re.search(rf"^{name}==.*\n(?:    --hash.*\n)+", read(ROOT / "requirements/run.txt"), re.MULTILINE)
    return found.group() if found else ""


def uv() -> str:
    """The uv of .venv, or one on the machine that is not older than the lock's; nothing where there is none."""
    own = PYTHON.with_name("uv.exe" if os.name == "nt" else "uv")
    if own.is_file():
        return str(own)
    there = shutil.which("uv")
    wanted = re.search(r"==([0-9.]+)", pinned("uv"))
    if not there or not wanted:
        return ""
    said = subprocess.run([there, "--version"], capture_output=True, text=True, check=False).stdout
    have = re.search(r"[0-9]+(?:\.[0-9]+)+", said)
    numbers = [tuple(map(int, text.split("."))) for text in (have.group() if have else "0", wanted.group(1))]
    return there if numbers[0] >= numbers[1] else ""


def unpacked(folder: Path) -> Path | None:
    """pip as a folder to run, out of the wheel that this Python brings for venv; nothing where it brings none.

    Putting it into the environment first, as venv does, takes twice as long as all that it is needed for: to fetch uv.
    """
    import ensurepip

    places = [Path(ensurepip.__file__).parent / "_bundled", Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/nowhere")]
    found = sorted(wheel for place in places for wheel in place.glob("pip-*.whl"))
    if found:
        zipfile.ZipFile(found[-1]).extractall(folder)
    return folder / "pip" if found else None


def create() -> None:
    """Make an empty .venv, and put the lock's own installer into it where the machine has none that is good enough."""
    if VENV.exists():
        forget()
        shutil.rmtree(VENV)
    VENV.mkdir()
    OURS.touch()
    there, folder = uv(), VENV / "first"
    pip = None if there else unpacked(folder)
    call(sys.executable, "-m", "venv", *(["--without-pip"] if there or pip else []), str(VENV))
    if there:
        return
    pip = [sys.executable, str(pip), "--python", str(PYTHON)] if pip else [str(PYTHON), "-m", "pip"]
    folder.mkdir(exist_ok=True)
    (folder / "uv.txt").write_text(pinned("uv"), encoding="utf-8")
    if status(*pip, "install", "-qqq", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(folder / "uv.txt")) != 0:
        print("No wheel of uv fits this machine; pip installs, which takes longer ...", flush=True)
        call(sys.executable, "-m", "venv", "--clear", str(VENV))
        OURS.touch()
        folder.mkdir(exist_ok=True)
        (folder / "pip.txt").write_text(pinned("pip"), encoding="utf-8")  # an older pip takes up to twice as long
        status(str(PYTHON), "-m", "pip", "install", "-qqq", "--no-deps", "--require-hashes", "-r", str(folder / "pip.txt"))
    shutil.rmtree(folder, ignore_errors=True)


def install(lock: str) -> None:
    """Bring .venv to what ``lock`` says and put the packages of this checkout on its path."""
    if usable() and installed(lock):
        if digest("pyproject.toml") not in read(stamp(lock)):
            print("Noting the changed pyproject.toml in .venv ...", flush=True)
            add("--no-build-isolation", "--editable", ".")
        finish(*[name for name in LOCKS if stamp(name).is_file()])
        return
    if usable():
        print(f"Adding requirements/{lock}.txt to .venv: first time only ...", flush=True)
        forget()
    else:
        if VENV.exists() and any(VENV.iterdir()) and not OURS.exists():
            stop("The folder .venv was not made by this set-up.", "Move it away or delete it, then call again.")
        print(f"Setting up .venv from requirements/{lock}.txt: first time only ...", flush=True)
        create()
        print("Installing what the lock pins ...", flush=True)
    add("--require-hashes", "-r", f"requirements/{lock}.txt")
    add("--no-build-isolation", "--editable", ".")
    finish(*LOCKS[: LOCKS.index(lock) + 1])


def finish(*locks: str) -> None:
    """Write the stamps, and last the mark that .venv is whole."""
    for lock in locks:
        text = "\n".join(digest(name) for name in (f"requirements/{lock}.txt", "pyproject.toml"))
        stamp(lock).write_text(text + "\n", encoding="utf-8")
    WHERE.write_text(str(ROOT), encoding="utf-8")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock that ends with this process. LIMIT: holds nothing on Windows, nor where files cannot be locked."""
    with Path(__file__).open("rb") as file:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            os.set_inheritable(file.fileno(), True)  # a pip that outlives a killed set-up holds the lock as well
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another set-up of this folder to end ...", flush=True)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Read the one argument and install."""
    lock = sys.argv[1] if len(sys.argv) > 1 else "all"
    if lock not in LOCKS or len(sys.argv) > 2:
        stop("usage: python requirements/install.py [run|all]")
    check_python()
    with one_at_a_time():
        install(lock)


if __name__ == "__main__":
    main()
