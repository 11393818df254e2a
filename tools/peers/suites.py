"""The suites: where they come from, the environment they run in, and running one."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from forkmill.kernels.manager import FORKED
from forkmill.project import VARIABLES
from peers.compare import Outcomes, outcomes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "tools" / "peers"
VENV = FOLDER / "venv"
LOCKS = (ROOT / "requirements" / "all.txt", Path(__file__).with_name("requirements.txt"))
PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # by this variable jupyter_client takes forked kernels where it is not told another kind
SETTINGS = "pyproject.toml"  # where each of them has its pytest's
TEST, SUITE = 120, 3600  # seconds that one test, and a whole suite, may take
# A user's own settings, and those of the run that starts this.
OTHERS = ("PYTHON", "VIRTUAL_ENV", "JUPYTER", "JPY_", "IPYTHON", "IPYKERNEL", "MPL", "MATPLOTLIB", "PYTEST", "XDG_", VARIABLES)


@dataclass(frozen=True)
class Suite:
    """The suite of one project: its tests below the sources, and files of them that want what is not here."""

    name: str
    tests: str = "tests"
    left_out: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The version that requirements/all.txt pins."""
        pinned = re.search(rf"^{re.escape(self.name.replace('_', '-'))}==(\S+)", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE)
        assert pinned, self.name
        return pinned[1]


SUITES = (
    # Of storage in five clouds; the simulation of one of them cannot be had beside the packages of requirements/all.txt.
    Suite("papermill", "papermill/tests", ("test_abs.py", "test_adl.py", "test_gcs.py", "test_hdfs.py", "test_s3.py")),
    Suite("nbclient"),
    Suite("nbval"),
    Suite("jupyter_client", left_out=("test_ssh.py",)),  # wants a server
    Suite("ipykernel"),
)


def install() -> None:
    """Make the environment, a copy of this one with what the suites want; nothing where it is as the locks say."""
    stamp, wanted = VENV / "installed", hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Installing an environment for the suites: first time only, a minute ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    # Not the link of this environment: venv would take its Python for the base of another.
    _call(os.path.realpath(sys.executable), "-m", "venv", "--without-pip", VENV)
    uv = (Path(sys.executable).with_name("uv"), "pip", "install", "-q", "--python", VENV / "bin" / "python", "--no-deps")
    for arguments in (("--require-hashes", "-r", LOCKS[0]), ("-r", LOCKS[1]), ("--no-build-isolation", "--editable", ROOT)):
        _call(*uv, *arguments)
    stamp.write_text(wanted, encoding="utf-8")


def sources(suite: Suite, checkout: Path | None) -> Path:
    """A folder with the tests of a suite, from a checkout or from what the project publishes, and with nothing beside them.

    A package beside the tests would be imported in place of the installed one.
    """
    made = FOLDER / "sources" / suite.name
    shutil.rmtree(made, ignore_errors=True)
    if checkout is None:
        whole = f"{suite.name}-{suite.version}"
        if not (FOLDER / f"{whole}.tar.gz").is_file():
            _call(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--no-binary", suite.name,
                  "--dest", FOLDER, f"{suite.name}=={suite.version}")
        with tarfile.open(FOLDER / f"{whole}.tar.gz") as archive:
            archive.extractall(made.with_name("whole"), filter="data")
        checkout = made.with_name("whole") / whole
    first = suite.tests.split("/", maxsplit=1)[0]
    for name in (first, "conftest.py", SETTINGS):
        if (checkout / name).is_dir():
            shutil.copytree(checkout / name, made / name)
        elif (checkout / name).is_file():
            shutil.copy(checkout / name, made / name)
    if not (made / SETTINGS).is_file():  # pytest would look for some further up
        (made / SETTINGS).write_text("[tool.pytest.ini_options]\n", encoding="utf-8")
    return made


def report_of(suite: Suite, way: str) -> Path:
    """Where the report of a suite lies; ``way`` says how it ran."""
    return FOLDER / "reports" / f"{suite.name}-{way}.xml"


def run(suite: Suite, folder: Path, forked: bool, report: Path, tests: Collection[str] = ()) -> Outcomes:
    """What becomes of each test of a suite, or of ``tests`` of it, with forked or with ordinary kernels."""
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    left_out = [f"--ignore={suite.tests}/{name}" for name in suite.left_out]
    # A test that hangs fails by itself: by a signal, since the other method would end all.
    command = [str(VENV / "bin" / "pytest"), "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--timeout={TEST}",
               "--timeout-method=signal", f"--junit-xml={report}", "-o", "junit_family=xunit1",
               "-o", "asyncio_default_fixture_loop_scope=function", "-c", SETTINGS, "--continue-on-collection-errors",
               *left_out, *(tests or [suite.tests])]
    with tempfile.TemporaryDirectory(prefix="peers-") as home, report.with_suffix(".log").open("wb") as log:
        env = environment(os.environ, home) | ({PROVISIONER: FORKED} if forked else {})
        try:
            subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=SUITE, check=False)
        except subprocess.TimeoutExpired:
            print(f"{suite.name} was stopped after {SUITE} seconds", flush=True)
    return read(report)


def read(report: Path) -> Outcomes:
    """The outcomes that a report holds; none where it was never written."""
    return outcomes(report.read_text(encoding="utf-8")) if report.is_file() else {}


def environment(given: Mapping[str, str], home: str) -> dict[str, str]:
    """The variables of a suite: no settings of a user or of a run around it, and a home of its own."""
    kept = {name: value for name, value in given.items() if not name.startswith(OTHERS)}
    return kept | {"HOME": home, "PATH": os.pathsep.join([str(VENV / "bin"), kept.get("PATH", os.defpath)])}


def _call(*command: str | Path) -> None:
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
