"""Forked kernels behind jupyter_client: papermill, nbval and JupyterLab use them without knowing."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import sys
import time
import uuid
from collections.abc import Mapping
from inspect import iscoroutinefunction
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.utils import ensure_async, run_sync

from forkmill.kernels import child, client
from forkmill.kernels.forked_process import ForkedProcess

LAUNCHER = ["-m", "ipykernel_launcher"]
FOR_A_DEBUGGER = ["-Xfrozen_modules=off"]  # in the kernelspecs that ipykernel installs; no cell can see it
UNDERSTOOD = {"cwd", "env", "stdout", "stderr", "extra_arguments", "kernel_id"}  # of what a process can be started with
ADDRESS = {"transport", "ip", "shell_port", "iopub_port", "stdin_port", "hb_port", "control_port"}
STEP = 0.002  # seconds between two looks at an ending kernel; jupyter_client takes 0.1


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel of this environment, and starts every other kernel, or where fork fails, as a process."""

    _sockets = ""

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """Choose sockets in the file system, where others cannot listen, and a client that does not wait in vain."""
        manager = self.parent
        if manager is not None and arguments_of(manager.format_kernel_cmd(options.get("extra_arguments")), options) is not None:
            self._listen_in_folder(manager)
            manager.client_factory = _quick(manager.client_factory)
        return await super().pre_launch(**options)

    def _listen_in_folder(self, manager: Any) -> None:
        # Clients of a kernel that is started again look for it where it was.
        if self._sockets and manager.ip == self._sockets:
            return
        self._sockets = ""
        if hasattr(os, "fork") and not _chosen(manager):
            with contextlib.suppress(client.Unavailable):
                self._sockets = str(client.folder() / f"k{uuid.uuid4().hex[:12]}")
                manager.transport, manager.ip, manager.cache_ports = "ipc", self._sockets, False

    async def launch_kernel(self, cmd: list[str], **options: Any) -> dict[str, Any]:
        """Start the kernel that ``cmd`` describes."""
        arguments = arguments_of(cmd, options)
        if arguments is None:
            return await super().launch_kernel(cmd, **options)
        cwd = str(options.get("cwd") or os.getcwd())
        env = options.get("env") or dict(os.environ)
        if client.possible(cwd, env):
            try:
                self.process = ForkedProcess(arguments, env, cwd, options.get("stdout"), options.get("stderr"), self._sockets)
                self.pid = self.pgid = self.process.pid
                self.cwd = Path(cwd)
                return self.connection_info
            except client.Unavailable:
                pass
        return await super().launch_kernel([cmd[0], child.__file__, *arguments], **options)

    async def poll(self) -> int | None:
        """The exit status, or None while it runs; what the cells of an ended kernel left running is killed."""
        status = await super().poll()
        if status is not None and self.parent is not None:
            self.parent.ended_with = status
        if status is not None and self.pgid is not None and self.pgid == self.pid:
            if not isinstance(self.process, ForkedProcess):  # the server has done so, before the number was free
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pgid, signal.SIGKILL)
            self.pgid = None
        return status

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel with what its cells started, and return when it is gone."""
        if self.process is not None:
            await self.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            await self._gone(5.0)
            await self.poll()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Return as soon as the kernel has ended by itself, so that nobody sleeps longer than it takes."""
        await self._gone(2.0)

    async def _gone(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.process is not None and self.process.poll() is None and time.monotonic() < until:
            await asyncio.sleep(STEP)


def arguments_of(command: list[str], options: Mapping[str, Any]) -> list[str] | None:
    """The arguments of a kernel that is the same whether it is forked or a process; None for any other.

    Another is one of another language or another environment, one whose Python is given options, and one that is to be
    started in a way that only a process can be.
    """
    program, *rest = command or [""]
    if rest[:1] == FOR_A_DEBUGGER:
        rest = rest[1:]
    # Not by where links lead alone: all virtual environments of one Python are links to it.
    ours = os.path.dirname(program) == os.path.dirname(sys.executable) and os.path.realpath(program) == os.path.realpath(sys.executable)
    if not ours or rest[: len(LAUNCHER)] != LAUNCHER or {name for name, value in options.items() if value} - UNDERSTOOD:
        return None
    return rest[len(LAUNCHER) :]


def _chosen(manager: Any) -> bool:
    """Whether somebody has said where the kernel is to listen."""
    configured = {name for kind in type(manager).__mro__ if kind.__name__ in manager.config for name in manager.config[kind.__name__]}
    return bool(configured & ADDRESS) or manager.transport != "tcp" or manager.ip != localhost() or any(manager.ports)


@functools.cache
def _quick(factory: type) -> type:
    """A client class that is ready as soon as its own first request was answered on both channels.

    jupyter_client goes on listening until nothing has come for 0.2 seconds, so this gains 0.2 of 0.37 seconds a kernel
    (medians of 15 starts with and without in turn, jupyter_client 8.10, two busy cores). It calls ``kernel_info``,
    ``_handle_kernel_info_reply`` and ``_async_is_alive`` of the client and ``get_msg`` of its channels: where a release
    renames one of them no kernel starts, and every test that runs a notebook says so.
    """
    if getattr(factory, "quick", False) or not hasattr(factory, "wait_for_ready"):  # clients of an event loop do not wait
        return factory

    async def wait_for_ready(self: Any, timeout: float | None = None) -> None:
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            asked = self.kernel_info()
            reply = await _heard(self, "shell_channel", _is_reply, 1.0)
            if reply is not None:
                idle = await _heard(self, "iopub_channel", functools.partial(_is_idle, asked), 0.2)
                if idle is not None:
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if until is not None and time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    waiting = wait_for_ready if iscoroutinefunction(factory.wait_for_ready) else run_sync(wait_for_ready)
    return type(f"Quick{factory.__name__}", (factory,), {"wait_for_ready": waiting, "quick": True})


async def _heard(self: Any, channel: str, wanted: Any, seconds: float) -> dict[str, Any] | None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        try:
            message = await ensure_async(getattr(self, channel).get_msg(timeout=left))
        except Empty:
            return None
        if wanted(message):
            return message
    return None


def _is_reply(message: dict[str, Any]) -> bool:
    return message["msg_type"] == "kernel_info_reply"


def _is_idle(asked: str, message: dict[str, Any]) -> bool:
    return (
        message["msg_type"] == "status"
        and message["content"].get("execution_state") == "idle"
        and message["parent_header"].get("msg_id") == asked
    )
