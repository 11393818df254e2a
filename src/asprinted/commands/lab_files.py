"""The notebooks of an audit as JupyterLab gets them, so that one that is only opened has nothing to save.

A committed notebook names its language and nothing more, or it would differ from Python to Python. JupyterLab fills in what
the kernel says of itself, and takes that for an edit. So it is filled in before, and taken out when a notebook is saved.
"""

from __future__ import annotations

from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

LANGUAGE = "language_info"
SAID = IPythonKernel.language_info
WIDGET = "application/vnd.jupyter.widget-view+json"


class LabFiles(AsyncLargeFileManager):
    """Files as they are, but for the language and the widgets of Python notebooks."""

    async def get(self, path: str, content: bool = True, *args: Any, **options: Any) -> Any:
        """A file or folder; a notebook in Python says of its language what the kernel of this environment will say."""
        model = await super().get(path, content, *args, **options)
        if _of_python(model):
            model["content"]["metadata"][LANGUAGE] = dict(SAID)
        return model

    async def save(self, model: Any, path: str = "") -> Any:
        """Save a file; of a Python notebook's language the name alone, and of drop-downs the sentence in their place."""
        if _of_python(model):
            model["content"]["metadata"][LANGUAGE] = {"name": SAID["name"]}
            for cell in model["content"].get("cells", ()):
                for output in cell.get("outputs", ()):
                    if "text/plain" in (data := output.get("data", {})):
                        data.pop(WIDGET, None)  # which lives as long as its kernel
        return await super().save(model, path)


def _of_python(model: Any) -> bool:
    content = model.get("content") if model.get("type") == "notebook" else None
    return isinstance(content, dict) and content.get("metadata", {}).get(LANGUAGE, {}).get("name") == SAID["name"]
