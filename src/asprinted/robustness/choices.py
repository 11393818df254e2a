"""Drop-downs over the choices of a run, in JupyterLab: pick others and see which verdicts of the notebook become others.

Nothing of the notebook is run or changed for it: its file is replayed in the same kernel (:mod:`asprinted.robustness.replay`).
Anywhere else, in a run, in nbval or on a page, there is a sentence in their place.
"""

from __future__ import annotations

import functools
import html
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.robustness import replay
from asprinted.verdicts import words
from asprinted.verdicts.vocabulary import MARKS
from asprinted.verdicts.words import agreeing, many
from forkmill.notebooks.parameter_declaration import Parameter, Value, load
from forkmill.notebooks.parameter_values import checked

LAB = "AUDIT_LAB"  # set where JupyterLab shows what a kernel gives


class Choices:
    """The choices that a notebook takes, and what its verdicts are under others.

    Args:
        notebook: its file name, without ending.
        now: its parameters with their values, each of which is held to the declaration; the menus stand on them.

    Raises:
        InputErrors: a value that is not allowed, or a parameter that the notebook does not take.
    """

    def __init__(self, notebook: str, root: Path | None = None, **now: Value) -> None:
        base = root or paths.root()
        self.file = paths.notebooks(base) / f"{notebook}.ipynb"
        self._declaration = base / paths.MARK
        self.now = checked(self.declared, now, "the cell of parameters") if now else {}

    @functools.cached_property
    def declared(self) -> dict[str, Parameter]:
        """The parameters of this notebook, by name."""
        return {name: one for name, one in load(self._declaration).items() if self.file.stem in one.notebooks}

    @functools.cached_property
    def default(self) -> dict[str, dict[str, Any]]:
        """The records under the default choices, by claim."""
        return {record["id"]: record for record in replay.evaluate(self.file)}

    def changed(self, chosen: Mapping[str, Value]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """The records whose verdict is another under these choices: each as it is by default, and as it is then."""
        others = {name: value for name, value in chosen.items() if value != self.declared[name].default}
        if not others:
            return []
        return [(self.default[record["id"]], record) for record in replay.evaluate(self.file, others)
                if record["verdict"] != self.default[record["id"]]["verdict"]]

    def told(self, chosen: Mapping[str, Value]) -> str:
        """What changes under these choices, as HTML."""
        others = [f"{name} = {value}" for name, value in chosen.items() if value != self.declared[name].default]
        if not others:
            return f"<p>These are the default choices, under which this audit judges {many(len(self.default), 'claim')} here.</p>"
        rows = [_row(before, after) for before, after in self.changed(chosen)]
        said = f"Under {html.escape(', '.join(others))}, {len(rows) or 'none'} of {many(len(self.default), 'verdict')} " \
               f"{agreeing(len(rows), 'is another', 'are others')}{':' if rows else '.'}"
        head = "".join(f'<th style="text-align:left;padding:0 1em 0 0">{name}</th>'
                       for name in ("claim", "stated", "by default", "under these choices"))
        return f"<p>{said}</p>" + (f"<table><tr>{head}</tr>{''.join(rows)}</table>" if rows else "")

    def _widget(self) -> Any:
        import ipywidgets

        now = {name: self.now.get(name, one.default) for name, one in self.declared.items()}
        menus = {name: ipywidgets.Dropdown(options=_offered(one, now[name]), value=now[name], description=name, tooltip=one.meaning,
                                           style={"description_width": "9em"}) for name, one in self.declared.items()}
        answer = ipywidgets.HTML("<p>Choose another value: the claims of this notebook are judged anew, in a second or two.</p>")

        def judge(_: object) -> None:
            answer.value = "<p>Judging ...</p>"
            answer.value = self.told({name: menu.value for name, menu in menus.items()})

        for menu in menus.values():
            menu.observe(judge, "value")
        return ipywidgets.VBox([*menus.values(), answer])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        if os.environ.get(LAB):
            return self._widget()._repr_mimebundle_() | {"text/plain": repr(self)}  # which is what a saved notebook keeps
        return {"text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"In JupyterLab (make lab), run this cell (Shift+Enter) for drop-downs of {', '.join(self.declared)}."


def _offered(parameter: Parameter, now: Value) -> list[Value]:
    """The values to choose from; where there is no end of them its default and the one it has now."""
    return parameter.listed or list(dict.fromkeys([parameter.default, now]))


def _row(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    cells = [before["quantity"], words.stated(before), *(f"{MARKS[one['verdict']]} {one['verdict']}" for one in (before, after))]
    return "<tr>" + "".join(f'<td style="text-align:left;padding:0 1em 0 0">{html.escape(cell)}</td>' for cell in cells) + "</tr>"
