"""An audit to break: its undisturbed run, the means to disturb it, and everything that has to hold afterwards."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from faults import processes, promises
from faults.promises import built, outside
from faults.trial import Trial

PATIENCE = 5.0  # seconds after which no process may be left
LONGEST = 300.0
SIGNALS = {"SIGKILL": signal.SIGKILL, "SIGTERM": signal.SIGTERM, "Ctrl-C": signal.SIGINT, "SIGHUP": signal.SIGHUP}
GROUP = ("Ctrl-C", "SIGHUP")  # a terminal sends these to all that runs in it; kill sends to one process
ARGUMENTS = {"reproduce": ("reproduce", "--fresh"), "validate": ("validate",), "accept": ("accept",)}


class DisturbedAudit:
    """An audit in a folder of its own, with a server of kernels, a folder for temporary files and a log of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.build, self.folder = root, root / "build", folder
        self.log, self.pristine, self.kept = folder / "said", folder / "pristine", folder / "kept"
        self.temporary, self.run = folder / "temporary", folder / "run"
        for path in (self.temporary, self.run):
            path.mkdir(mode=0o700)
        self.command("reproduce", "--fresh")  # a miniature has no record yet
        self.command("accept")
        self.new = {path.name: path.read_bytes() for path in sorted((root / "notebooks").glob("*.ipynb"))}
        self.old = {name: _unrecorded(content) for name, content in self.new.items()}
        self.seconds: dict[str, float] = {}
        for name in ("reproduce", "validate", "accept"):
            self._before(name)
            began = time.monotonic()
            status, said = self.command(*ARGUMENTS[name])
            assert status == 0, said
            self.seconds[name] = time.monotonic() - began
        assert self.command("reproduce")[0] == 0
        self.reference, self.record = built(root), outside(root)
        subprocess.run(["cp", "-a", self.build, self.pristine], check=True)
        self.size = sum(path.stat().st_size for path in self.build.rglob("*") if path.is_file())

    def close(self) -> None:
        """End the server."""
        processes.kill(processes.servers(self.run))

    def start(self, *arguments: str, mark: str = "", memory: int | None = None, terminal: int | None = None,
              log: Path | None = None) -> subprocess.Popen[bytes]:
        """The command in a session of its own; what it says goes to the log, or to a ``terminal``."""
        own = {"AUDIT_ROOT": str(self.root), "TMPDIR": str(self.temporary), "XDG_RUNTIME_DIR": str(self.run)}
        env = {**os.environ, **own, "FAULT_TRIAL": mark}

        def prepare() -> None:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)  # as in a shell, however the harness itself was started
            if memory is not None:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if terminal is not None:
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        with (log or self.log).open("wb") as out:
            return subprocess.Popen([sys.executable, "-m", "asprinted", *arguments], cwd=self.root, env=env,
                                    stdin=subprocess.DEVNULL if terminal is None else terminal,
                                    stdout=out if terminal is None else terminal, stderr=subprocess.STDOUT,
                                    start_new_session=True, preexec_fn=prepare)  # noqa: PLW1509 - no threads but our own

    def said(self) -> str:
        """What the last command printed."""
        return self.log.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")

    def command(self, *arguments: str) -> tuple[int, str]:
        """Status and output of an undisturbed command."""
        return self.start(*arguments).wait(LONGEST), self.said()

    def disturb(self, trial: Trial, source: random.Random) -> None:
        """Run the trial's command, put its fault into it, and note every broken promise in the trial."""
        mark = uuid.UUID(int=source.getrandbits(128)).hex
        self._before(trial.command)
        with self._disk(trial) if trial.kind == "full disk" else contextlib.nullcontext():
            try:
                trial.status = self._struck(trial, mark, source)
            except subprocess.TimeoutExpired:
                trial.broken.append(f"did not end within {LONGEST:.0f} seconds")
            trial.last = (self.said().strip().splitlines() or [""])[-1]
            self._gone(trial, mark)
            promises.honest(self, trial)
            promises.whole(self, trial)
            if trial.kind == "full disk":
                subprocess.run(["mount", "-o", "remount,size=2g", self.build], check=True)
            promises.following(self, trial)
        trial.outcome = trial.outcome or _outcome(trial)

    def _before(self, command: str) -> None:
        """For accept, a record that is another one than the run in build/."""
        for name, content in (self.old if command == "accept" else self.new).items():
            (self.root / "notebooks" / name).write_bytes(content)

    @contextlib.contextmanager
    def _disk(self, trial: Trial) -> Iterator[None]:
        """A small disk in place of build/, nearly full where the command needs what was built."""
        keep = trial.command != "reproduce"
        room = int(trial.moment * self.size * (0.1 if keep else 1.3))
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", self.build], check=True)
        try:
            if keep:
                subprocess.run(f'cp -a "{self.pristine}"/. "{self.build}"/', shell=True, check=True)
            used = shutil.disk_usage(self.build).used
            subprocess.run(["mount", "-o", f"remount,size={max(8192, used + room)}", self.build], check=True)
            yield
        finally:
            subprocess.run(["umount", "-l", self.build], check=True)
            shutil.rmtree(self.build, ignore_errors=True)
            subprocess.run(["cp", "-a", self.pristine, self.build], check=True)

    def _struck(self, trial: Trial, mark: str, source: random.Random) -> int:
        arguments = ARGUMENTS[trial.command]
        if trial.kind == "no memory":
            return self.start(*arguments, mark=mark, memory=int((0.1 + 1.2 * trial.moment) * 2**30)).wait(LONGEST)
        if trial.kind == "full disk":
            return self.start(*arguments, mark=mark).wait(LONGEST)
        if trial.kind == "closed terminal":
            return self._closed(trial, mark)
        process = self.start(*arguments, mark=mark)
        self._wait(trial, process)
        if trial.kind == "two at once":
            return self._second(trial, process, mark)
        if trial.kind in SIGNALS:
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if trial.kind in GROUP else os.kill)(process.pid, SIGNALS[trial.kind])
            return process.wait(LONGEST)
        trial.outcome = "nothing of the kind was running"
        while process.poll() is None:
            found = processes.servers(self.run) if trial.kind == "killed server" else processes.kernels(self.run, mark)
            if found:
                time.sleep(source.choice((0.0, 0.1, 0.4)) if trial.kind == "killed kernel" else 0.0)  # in all its ages
                processes.kill([source.choice(found)])
                trial.outcome = ""
                break
            time.sleep(0.005)
        return process.wait(LONGEST)

    def _wait(self, trial: Trial, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + 0.85 * trial.moment * self.seconds[trial.command]  # later runs are warmer
        while time.monotonic() < until and process.poll() is None:
            time.sleep(0.005)

    def _closed(self, trial: Trial, mark: str) -> int:
        """In a terminal whose window is closed: the system tells those in front, and there is nothing to write to."""
        ours, theirs = pty.openpty()
        process = self.start(*ARGUMENTS[trial.command], mark=mark, terminal=theirs)
        os.close(theirs)
        closing = threading.Event()

        def listen() -> None:
            with self.log.open("wb") as log, contextlib.suppress(OSError):
                os.set_blocking(ours, False)
                while not closing.is_set():
                    with contextlib.suppress(BlockingIOError):
                        log.write(os.read(ours, 4096))
                        continue
                    time.sleep(0.005)

        listener = threading.Thread(target=listen)
        listener.start()
        self._wait(trial, process)
        closing.set()
        listener.join()
        os.close(ours)
        return process.wait(LONGEST)

    def _second(self, trial: Trial, process: subprocess.Popen[bytes], mark: str) -> int:
        """A whole run beside the command: both end well, and one that had to wait has said so."""
        second = self.start("reproduce", "--fresh", mark=mark, log=self.folder / "second")
        began = time.monotonic()
        status = process.wait(LONGEST)
        # Less is over before the second has imported what it needs to ask whether it may begin.
        overlap = time.monotonic() - began > 0.5 * self.seconds[trial.command]
        other = second.wait(LONGEST)
        said = (self.folder / "second").read_text(encoding="utf-8", errors="replace")
        # While an accept goes on, or before it, the other run may build: then there is no complete run to accept.
        refused = trial.command == "accept" and status == 2 and "there is no complete run to accept" in self.said()
        fits = (0, 1) if trial.command == "accept" else (0,)  # a run before the record has another one to differ from
        if (status and not refused) or other not in fits:
            trial.broken.append(f"two at once ended with {status} and {other}: {said.strip().splitlines()[-1:]}")
        waited = any(re.search(r"\(process \d+\) is going on.* waiting for it", text) for text in (self.said(), said))
        trial.outcome = "one waited and said so" if waited else "refused to start" if refused else "one after the other"
        if overlap and not waited and trial.command != "accept":  # which holds the lock for a moment
            trial.broken.append("two ran at once and neither said that it waits")
        return status

    def _gone(self, trial: Trial, mark: str) -> None:
        until = time.monotonic() + PATIENCE
        while (left := processes.left(self.run, mark, self.root)) and time.monotonic() < until:
            time.sleep(0.05)
        if left:
            trial.broken.append(f"{len(left)} process(es) left after {PATIENCE:.0f} seconds")
            processes.kill(left)


def _unrecorded(content: bytes) -> bytes:
    """A notebook without its outputs: what it was before anything was accepted."""
    read = json.loads(content)
    for cell in read["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return (json.dumps(read, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _outcome(trial: Trial) -> str:
    if trial.status is None:
        return "did not end"
    if trial.status < 0:
        return "killed"
    return {0: "done in spite of it", 1: "said incomplete or not valid", 2: "refused to start",
            3: "said that it was stopped"}.get(trial.status, "said interrupted")
