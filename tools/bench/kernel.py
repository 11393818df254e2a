"""The least that an edit can need: one kernel, and the cells of one notebook, asked for by a client that does no more.

``python kernel.py NOTEBOOK`` prints the seconds until the kernel is there and those of its cells. The client has imported
before, and neither reads inputs nor keeps results.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from asprinted import paths
from forkmill.kernels.environment import environment
from forkmill.kernels.manager import Kernels


async def run(notebook: Path) -> None:
    """Start a kernel as a run does and run the cells one after another."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    project = paths.project()
    kernel = Kernels(environment(project), project.notebooks, project.cache).manager(notebook.stem)
    await _timed(kernel(), [])  # the server that kernels are forked from is there from now on
    start, took = await _timed(kernel(), ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"])
    print("start", round(start, 3))
    print("cells", round(took, 3))


async def _timed(manager: Any, sources: list[str]) -> tuple[float, float]:
    """Seconds until the kernel is there, and those of the code cells."""
    began = time.perf_counter()
    await manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        await client.wait_for_ready()
        there = time.perf_counter()
        for source in sources:
            await _ran(client, source)
        return there - began, time.perf_counter() - there
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


async def _ran(client: Any, source: str) -> None:
    asked = client.execute(source)
    while True:
        said = await client.get_iopub_msg()
        if said["parent_header"].get("msg_id") == asked and said["content"].get("execution_state") == "idle":
            break
    reply = (await client.get_shell_msg())["content"]
    if reply["status"] != "ok":
        raise SystemExit(f"{reply['ename']}: {reply['evalue']}")


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
