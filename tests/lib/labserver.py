"""JupyterLab on a copy of the audit, and notebooks run in it through its commands and models, never its markup."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError

START, RUN = 60, 120  # seconds
COPIED = ("data", "notebooks", "README.md")
NO_QUESTION = {"sessionDialogs.jupyterlab-settings": {"skipKernelRestartDialog": True}}
NOISE = ("Could not restore the debugger state",)  # of every restart

READY = "() => window.jupyterapp && window.jupyterapp.restored.then(() => true)"
OPEN = """async path => {
  const widget = await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  await widget.context.ready; await widget.sessionContext.ready; await widget.revealed;
  window.jupyterapp.shell.activateById(widget.id);
  window.notebook = widget;
}"""
# A dead kernel ends a command without an error; a hanging one never ends it, and evaluate() has no time-out.
COMMAND = """([name, seconds]) => Promise.race([
  window.jupyterapp.commands.execute(name).then(() => 'ended'),
  new Promise(done => setTimeout(() => done('no end'), 1000 * seconds)),
])"""
IDLE = "() => window.notebook.sessionContext.session?.kernel?.status === 'idle'"
CONTENT = "() => window.notebook.content.model.toJSON()"
# Each card of the notebook, opened where it is folded: scrolled to, as a reader does, and measured.
CARDS = """async mimes => {
  const found = {};
  const panel = window.notebook.content;
  for (const cell of panel.widgets.filter(one => one.model.type === 'code')) {
    const records = cell.model.toJSON().outputs.flatMap(one => mimes.flatMap(mime => one.data?.[mime] ?? []));
    if (!records.length) continue;
    await panel.scrollToCell(cell);
    cell.node.scrollIntoView();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    cell.node.querySelectorAll('details').forEach(one => { one.open = true; });
    const cards = cell.node.querySelectorAll('.verdict');
    records.forEach((record, place) => {
      const card = cards[place], box = card && card.getBoundingClientRect();
      found[record.id] = card && {
        text: card.innerText, height: box.height, width: box.width,
        seen: card.checkVisibility({opacityProperty: true, visibilityProperty: true}),
        cut: card.scrollWidth > card.clientWidth + 1,
      };
    });
  }
  return found;
}"""


@dataclass
class Ran:
    """What is left of one run in the browser: the model of the notebook, its cards by claim, and how it went."""

    content: dict[str, Any]
    cards: dict[str, dict[str, Any] | None]
    idle: bool
    seconds: float
    outside: list[str]
    console: list[str]


@dataclass
class Opened:
    """A page of JupyterLab, the requests of it that left this machine, and its console errors."""

    page: Page
    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, notebook: str) -> None:
        """Show a notebook (path below the root); it is ``window.notebook`` from then on."""
        self.page.evaluate(OPEN, notebook)

    def command(self, name: str, seconds: float = RUN) -> None:
        """Call one of JupyterLab's commands and wait for its end."""
        if self.page.evaluate(COMMAND, [name, seconds]) != "ended":
            raise TimeoutError(f"{name} did not end within {seconds} s")

    def content(self) -> dict[str, Any]:
        """The notebook as JupyterLab holds it now."""
        return self.page.evaluate(CONTENT)

    def idle(self) -> bool:
        """Whether the kernel comes to rest; a dead one never does."""
        with contextlib.suppress(TimeoutError):
            self.page.wait_for_function(IDLE, timeout=1000 * START)
            return True
        return False


class Lab:
    """A server for a `with` statement; it and its kernels end with the statement."""

    def __init__(self, browser: Browser, source: Path, folder: Path) -> None:
        self.browser, self.root, self.folder = browser, folder / "audit", folder
        for name in COPIED:
            part = source / name
            (shutil.copytree if part.is_dir() else shutil.copy)(part, self._made(self.root) / name)
        self.address = ""

    def _made(self, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        return path

    def _environment(self) -> dict[str, str]:
        settings = self._made(self.folder / "settings" / "@jupyterlab" / "apputils-extension")
        for name, value in NO_QUESTION.items():
            (settings / name).write_text(json.dumps(value), encoding="utf-8")
        own = {
            "AUDIT_ROOT": self.root,
            "JUPYTERLAB_SETTINGS_DIR": self.folder / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": self.folder / "workspaces",
            **{f"JUPYTER_{name}_DIR": self.folder / name.lower() for name in ("CONFIG", "DATA", "RUNTIME")},
        }
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "AUDIT"))}
        return inherited | {name: str(path) for name, path in own.items()}

    def __enter__(self) -> Lab:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
        options += ["--IdentityProvider.token=", "--expose-app-in-browser"]
        self.log = (self.folder / "log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "asprinted", "lab", *options],
            cwd=self.root, env=self._environment(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )
        until = time.monotonic() + START
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/api", timeout=5).close()
                return self
            if self.process.poll() is not None or time.monotonic() > until:
                self.__exit__()
                raise RuntimeError(f"JupyterLab did not start:\n{self.said()}")
            time.sleep(0.2)

    def __exit__(self, *exception: object) -> None:
        self.process.send_signal(signal.SIGTERM)  # it ends its kernels
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def said(self) -> str:
        """All that the server printed so far."""
        return (self.folder / "log").read_text(encoding="utf-8")

    @contextlib.contextmanager
    def page(self, place: str = "/lab?reset") -> Iterator[Opened]:
        """A page of JupyterLab in a window of its own, ready to use."""
        page = self.browser.new_page(viewport={"width": 1280, "height": 900})
        opened = Opened(page)
        page.on("request", lambda request: None if request.url.startswith((self.address, "data:", "blob:"))
                else opened.outside.append(request.url))
        page.on("console", lambda said: opened.console.append(said.text) if said.type == "error"
                and not said.text.startswith(NOISE) else None)
        page.on("pageerror", lambda error: opened.console.append(str(error)))
        try:
            page.goto(self.address + place)
            page.wait_for_function(READY, timeout=1000 * START)
            yield opened
        finally:
            cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
            page.close()
            self._end_sessions(cookies)

    def _end_sessions(self, cookies: dict[str, str]) -> None:
        """End all kernels, after the page: a page that is told of it asks on, and is answered late."""
        with urllib.request.urlopen(f"{self.address}/api/sessions", timeout=START) as answer:
            sessions = json.load(answer)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"Cookie": cookie, "X-XSRFToken": cookies.get("_xsrf", "")}
        for session in sessions:
            address = f"{self.address}/api/sessions/{session['id']}"
            urllib.request.urlopen(urllib.request.Request(address, headers=headers, method="DELETE"), timeout=START).close()

    def run(self, notebook: str, mimes: list[str]) -> Ran:
        """Run all cells in a fresh kernel, with no output left of before, then look at every card.

        The kernel is waited for: JupyterLab 4.6 that restarts one which is just starting talks to the server in two
        protocols, and the run hangs or lasts ten times as long.
        """
        began = time.monotonic()
        with self.page() as opened:
            opened.open(notebook)
            assert opened.idle(), f"the kernel of {notebook} did not start:\n{self.said()}"
            opened.command("notebook:clear-all-cell-outputs")
            opened.command("notebook:run-all-cells")
            seconds = time.monotonic() - began
            idle = opened.idle()
            cards = opened.page.evaluate(CARDS, mimes)
            return Ran(opened.content(), cards, idle, seconds, opened.outside, opened.console)
