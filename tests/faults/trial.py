"""One fault put into one command of an audit, and everything that has to hold afterwards."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

KINDS = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "full disk", "killed kernel", "killed server", "no memory")
COMMANDS = ("reproduce", "validate", "accept")
PATIENCE = 5.0  # seconds after which no process may be left
LONGEST = 300.0
HIDDEN = (".cache", ".lock", "timings.json")
SERVER = re.compile(rb"helpers[./]run[./]\S*(warm|server|fork)|forkserver")


@dataclass
class Trial:
    """What was tried, what the command said, and every promise that it broke."""

    number: int
    audit: str
    kind: str
    command: str
    moment: float  # share of an undisturbed run; of the disk or the memory that it needs
    status: int | None = None
    last: str = ""
    outcome: str = ""
    broken: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        """One line of the log."""
        return json.dumps(asdict(self), ensure_ascii=False)


def sha(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def built(root: Path) -> dict[str, str]:
    """Hashes of what has to be the same after every run."""
    build = root / "build"
    return {path.relative_to(build).as_posix(): sha(path) for path in sorted(build.rglob("*"))
            if path.is_file() and path.relative_to(build).parts[0] not in HIDDEN}


def outside(root: Path) -> dict[str, str]:
    """Hashes of everything of an audit that is not under build/."""
    return {path.relative_to(root).as_posix(): sha(path) for path in sorted(root.rglob("*"))
            if path.is_file() and path.relative_to(root).parts[0] != "build"}


def processes(mark: str) -> list[int]:
    """Processes that carry ``mark`` in their environment, however they are related to us; dead ones left out."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                state = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
                if state not in ("Z", "X"):
                    found.append(int(folder.name))
    return found


def named(pids: list[int], pattern: re.Pattern[bytes]) -> list[int]:
    """Those of the processes whose command line matches."""
    found = []
    for pid in pids:
        with contextlib.suppress(OSError):
            if pattern.search(Path(f"/proc/{pid}/cmdline").read_bytes()):
                found.append(pid)
    return found


class Bench:
    """An audit in a folder of its own, its undisturbed run, and the means to disturb it."""

    def __init__(self, root: Path, name: str, log: Path) -> None:
        self.root, self.name, self.log = root, name, log
        self.temporary = log.parent / "temporary"
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.seconds: dict[str, float] = {}
        self.run("reproduce")  # a miniature has no record yet
        self.run("accept")
        for command in COMMANDS:
            began = time.monotonic()
            status, said = self.run(command)
            assert status == 0, said
            self.seconds[command] = time.monotonic() - began
        self.reference, self.record = built(root), outside(root)
        subprocess.run(["cp", "-a", root / "build", root.parent / "pristine"], check=True)
        self.size = sum(path.stat().st_size for path in (root / "build").rglob("*") if path.is_file())

    def start(self, command: str, mark: str = "", memory: int | None = None) -> subprocess.Popen[bytes]:
        """The command in a session of its own, its output in a file."""
        env = {**os.environ, "AUDIT_ROOT": str(self.root), "TMPDIR": str(self.temporary), "FAULT_TRIAL": mark}

        def limit() -> None:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)  # as in a terminal, however the harness itself was started
            if memory is not None:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        with self.log.open("wb") as out:
            return subprocess.Popen([sys.executable, "-m", "helpers", command], cwd=self.root, env=env, stdout=out,
                                    stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                                    preexec_fn=limit)  # noqa: PLW1509 - this process has no threads

    def said(self) -> str:
        """What the last command printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def run(self, command: str) -> tuple[int, str]:
        """Status and output of an undisturbed command."""
        status = self.start(command).wait(LONGEST)
        return status, self.said()

    def disturb(self, trial: Trial, random_source: random.Random) -> None:
        """Run the trial's command, put its fault into it, and note every broken promise in the trial."""
        mark = uuid.UUID(int=random_source.getrandbits(128)).hex
        memory = None
        if trial.kind == "no memory":
            memory = int((0.15 + 1.85 * trial.moment) * 2**30)
        if trial.kind == "full disk":
            self._mount(trial)
        try:
            process = self.start(trial.command, mark, memory)
            self._strike(trial, process, mark, random_source)
            try:
                trial.status = process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                trial.broken.append(f"did not end within {LONGEST:.0f} seconds")
            trial.last = (self.said().strip().splitlines() or [""])[-1]
            self._gone(trial, mark)
            self._honest(trial)
            self._whole(trial)
            if trial.kind == "full disk":
                subprocess.run(["mount", "-o", "remount,size=1g", self.root / "build"], check=True)
            self._next(trial)
        finally:
            if trial.kind == "full disk":
                subprocess.run(["umount", "-l", self.root / "build"], check=True)
                subprocess.run(["rm", "-rf", self.root / "build"], check=True)
                subprocess.run(["cp", "-a", self.root.parent / "pristine", self.root / "build"], check=True)
        trial.outcome = trial.outcome or self._outcome(trial)

    def _mount(self, trial: Trial) -> None:
        build = self.root / "build"
        keep = None
        if trial.command != "reproduce":
            keep = self.root.parent / "kept"
            subprocess.run(["cp", "-a", build, keep], check=True)
        size = max(8192, int(trial.moment * self.size) + (self.size if keep else 0))
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", build], check=True)
        if keep:
            subprocess.run(f'cp -a "{keep}"/. "{build}"/; rm -rf "{keep}"', shell=True, check=False,
                           stderr=subprocess.DEVNULL)

    def _strike(self, trial: Trial, process: subprocess.Popen[bytes], mark: str, source: random.Random) -> None:
        if trial.kind in ("full disk", "no memory"):
            return
        until = time.monotonic() + 0.9 * trial.moment * self.seconds[trial.command]  # later runs are warmer
        while time.monotonic() < until and process.poll() is None:
            time.sleep(0.005)
        pattern = {"killed kernel": re.compile(rb"ipykernel|kernel-[0-9a-f-]+\.json"), "killed server": SERVER}.get(trial.kind)
        if pattern is None:
            with contextlib.suppress(ProcessLookupError):
                # A terminal sends to the whole group; kill sends to one.
                send = os.killpg if trial.kind in ("SIGINT", "SIGHUP") else os.kill
                send(process.pid, getattr(signal, trial.kind))
            return
        while process.poll() is None:
            found = named(processes(mark), pattern)
            if found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(source.choice(found), signal.SIGKILL)
                return
            time.sleep(0.01)
        trial.outcome = "nothing of the kind was running"

    def _gone(self, trial: Trial, mark: str) -> None:
        until = time.monotonic() + PATIENCE
        while (left := processes(mark)) and time.monotonic() < until:
            time.sleep(0.05)
        if left:
            trial.broken.append(f"{len(left)} process(es) left after {PATIENCE:.0f} seconds")
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _honest(self, trial: Trial) -> None:
        complete = (self.root / "build/run.json").is_file()
        if trial.status == 0 and trial.command == "reproduce" and not complete:
            trial.broken.append("status 0 without a complete build")
        if trial.status is not None and trial.status > 0 and trial.command == "reproduce" and complete:
            # Killed between the last file and the last sentence: the build is whole, and its hashes must say so.
            trial.outcome = "complete before the fault"
        said = re.search(r"\(exit (\d+)\)[.;]?", trial.last)
        if said and int(said[1]) != trial.status:
            trial.broken.append(f"the last line says exit {said[1]}, the status is {trial.status}")
        # A signal may come between the last line and the end of the process: nothing is wrong with what was said then.
        if trial.status is not None and trial.status > 0 and re.search(r"^(Complete:|Valid:|Accepted:)", trial.last):
            trial.broken.append(f"status {trial.status} after: {trial.last}")
        if trial.status is not None and trial.status > 0 and not said:
            trial.broken.append(f"status {trial.status} and a last line that does not say so: {trial.last[:120]}")

    def _whole(self, trial: Trial) -> None:
        build, now = self.root / "build", outside(self.root)
        if now != self.record:
            changed = sorted(name for name in {*now, *self.record} if now.get(name) != self.record.get(name))
            trial.broken.append("changed outside build/: " + ", ".join(changed))
        left = [path.name for path in self.temporary.iterdir()]
        if left:
            trial.broken.append("left in the folder for temporary files: " + ", ".join(sorted(left)[:5]))
            subprocess.run(f'rm -rf "{self.temporary}"/*', shell=True, check=False)
        for path in sorted(build.rglob("*")) if build.is_dir() else []:
            inside = path.relative_to(build)
            if path.is_file() and inside.parts[0] != ".cache" and not path.name.startswith("."):
                fault = _half(path)
                if fault:
                    trial.broken.append(f"build/{inside.as_posix()}: {fault}")
        mark = build / "run.json"
        if mark.is_file() and not _half(mark):
            files = json.loads(mark.read_text(encoding="utf-8"))["files"]
            wrong = [name for name, known in files.items() if not (build / name).is_file() or sha(build / name) != known]
            if wrong:
                trial.broken.append("run.json names other files than there are: " + ", ".join(wrong[:5]))

    def _next(self, trial: Trial) -> None:
        status, said = self.run("reproduce")
        if status != 0:
            trial.broken.append(f"the next run ended with {status}: {said.strip().splitlines()[-1:]}")
        now = built(self.root)
        if now != self.reference:
            wrong = sorted(name for name in {*now, *self.reference} if now.get(name) != self.reference.get(name))
            trial.broken.append("the next run gave other bytes: " + ", ".join(wrong[:5]))
        left = [path.name for path in (self.root / "build").rglob("*.part")]
        left += [path.name for path in (self.root / "notebooks").iterdir() if path.suffix != ".ipynb"]
        if left:
            trial.broken.append("the next run left: " + ", ".join(left[:5]))
            for path in (self.root / "notebooks").iterdir():
                if path.suffix != ".ipynb":
                    path.unlink()

    @staticmethod
    def _outcome(trial: Trial) -> str:
        if trial.status is None:
            return "did not end"
        if trial.status < 0:
            return "killed"
        return {0: "done in spite of it", 1: "said incomplete or not valid", 2: "refused to start",
                3: "said that it was stopped"}.get(trial.status, "said interrupted")


def _half(path: Path) -> str | None:
    """Why a file is not whole, or None."""
    if not path.stat().st_size:
        return "empty"
    try:
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".csv":
            rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True), strict=True))
            if len({len(row) for row in rows}) > 1:
                return "rows of several lengths"
        elif path.suffix == ".svg" and not path.read_text(encoding="utf-8").rstrip().endswith(("</svg>", "/>")):
            return "cut off"
    except (ValueError, csv.Error) as error:
        return f"half written ({error})"
    return None
