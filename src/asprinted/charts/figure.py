"""A figure as a notebook shows it: picture, alternative text, source line, and the data behind it.

The picture travels in the cell's output together with its data, so nothing but the output carries a figure from a
notebook to the build. Figures are made without pyplot: no state is shared between two of them.
"""

from __future__ import annotations

import base64
import contextlib
import html
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib import get_data_path, rc_context, rcdefaults
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import fontManager
from matplotlib.transforms import Bbox

from asprinted.charts.files import FIGURE_MIME, files

__all__ = ["BLUE", "FIGURE_MIME", "GREEN", "GREY", "STYLE", "VERMILION", "Figure", "canvas", "files", "finish", "style"]

DOTS_PER_INCH = 144
MARGIN = 0.12  # inches around the ink

# Of seaborn's colour-blind palette; every use pairs a colour with a marker, a line style or a label of its own.
BLUE, GREEN, VERMILION, GREY = "#0173b2", "#029e73", "#d55e00", "#555555"
FAMILY = "DejaVu Sans"
STYLE = {
    "font.size": 10, "axes.titlesize": 11, "axes.labelsize": 10, "xtick.labelsize": 9.5, "ytick.labelsize": 9.5,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "axes.grid.axis": "y",
    "grid.color": "#dddddd", "svg.hashsalt": "audit", "svg.fonttype": "path",
}  # fmt: skip


class Figure:
    """A drawn figure with everything a reader needs beside it.

    Args:
        canvas: the matplotlib figure.
        name: file name without ending.
        title, alt, source: title, alternative text that says what the figure shows, and where its data come from.
        data: the tidy table behind the picture.
    """

    def __init__(self, canvas: Canvas, *, name: str, title: str, alt: str, source: str, data: pd.DataFrame) -> None:
        self.name, self.title, self.alt, self.source = name, title, alt, source
        self.data = data
        self.png, self.svg = _pictures(canvas)

    def __repr__(self) -> str:
        return f"Figure {self.name}: {self.alt}"

    def record(self) -> dict[str, Any]:
        """Name, texts and data of the figure, as plain JSON values."""
        rows = [[_plain(value) for value in row] for row in self.data.itertuples(index=False)]
        return {"name": self.name, "title": self.title, "alt": self.alt, "source": self.source,
                "columns": [str(column) for column in self.data.columns], "rows": rows}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        picture = base64.b64encode(self.png).decode("ascii")
        markup = (
            f'<figure style="margin:0"><img alt="{html.escape(self.alt, quote=True)}" style="max-width:100%;'
            f'background:#fff" src="data:image/png;base64,{picture}"><figcaption style="font-size:.85em">'
            f"{html.escape(self.title)}. Source: {html.escape(self.source)}.</figcaption></figure>"
        )
        return {"text/plain": repr(self), "text/html": markup, "image/svg+xml": self.svg.decode("utf-8"),
                FIGURE_MIME: self.record()}


@contextlib.contextmanager
def style() -> Iterator[None]:
    """The house style on seaborn's theme and matplotlib's own fonts, whatever a user's settings say and a machine has."""
    _own_fonts()
    with rc_context():
        rcdefaults()
        # The one-letter colours are no settings: what seaborn made of them would stay after this.
        sns.set_theme(context="paper", style="ticks", palette="colorblind", font=FAMILY, color_codes=False, rc=STYLE)
        yield


def _own_fonts() -> None:
    """Let the family be the files that matplotlib brings: a machine's own of that name are of another version.

    Which of the two its list of fonts puts first, or has at all, depends on when and by whom the list was made.
    """
    own = sorted(str(path) for path in Path(get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf"))
    family = [font for font in fontManager.ttflist if font.name.startswith(FAMILY)]
    if {font.fname for font in family} != set(own):
        fontManager.ttflist = [font for font in fontManager.ttflist if font not in family]
        for path in own:
            fontManager.addfont(path)


def canvas(width: float = 7.2, height: float = 4.0) -> Canvas:
    """An empty figure of the house style, in inches."""
    with style():
        return Canvas(figsize=(width, height), dpi=DOTS_PER_INCH, facecolor="white")


def finish(figure: Canvas, title: str) -> None:
    """The title of a figure, and room for all that is written beside its axes."""
    figure.suptitle(title, x=0.015, ha="left", fontsize=STYLE["axes.titlesize"])
    figure.tight_layout()


def _pictures(figure: Canvas) -> tuple[bytes, bytes]:
    """The figure as PNG and as SVG, both of the area that its ink takes, which is measured once for the two."""
    with style():
        figure.set_layout_engine(None)  # it has done its work, and would lay out again before each is drawn
        area = figure.get_tightbbox(FigureCanvasAgg(figure).get_renderer()).padded(MARGIN)
        return (_saved(figure, area, format="png", metadata={"Software": None}),
                _saved(figure, area, format="svg", metadata={"Date": None, "Creator": None}))  # fmt: skip


def _saved(figure: Canvas, area: Bbox, **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=DOTS_PER_INCH, bbox_inches=area, **options)
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    """A JSON value: numbers and text stay, holes become None, everything else its text."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    return value.item() if hasattr(value, "item") else str(value)
