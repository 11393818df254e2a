"""A figure as a notebook shows it: picture, alternative text, source line, and the data behind it.

The picture travels in the cell's output together with its data, so nothing but the output carries a figure from a
notebook to the build. Figures are made without pyplot: no state is shared between two of them.
"""

from __future__ import annotations

import base64
import contextlib
import html
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib import get_data_path, rc_context, rcdefaults
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import fontManager
from matplotlib.transforms import Bbox

from asprinted.charts.figure_files import FIGURE_MIME, files

__all__ = ["BLUE", "FIGURE_MIME", "GREEN", "GREY", "SMALL", "VERMILION", "Figure", "canvas", "files", "finish", "measured", "style"]

DOTS_PER_INCH = 144
GAP = 0.06  # inches around what is written above and below the axes
WIDTH = 5.0  # inches of every figure: a telephone shows it 342 pixels wide, and 9.5 points are then 9 pixels

# Of seaborn's colour-blind palette; every use pairs a colour with a marker, a hatch or a label of its own.
BLUE, GREEN, VERMILION, GREY = "#0173b2", "#029e73", "#d55e00", "#555555"
FAMILY = "DejaVu Sans"
MEASURE = "quantity and unit"  # the column that carries the words of the axis along with the data, of kinds by the argument that has them
LABELLED = {"series": "ylabels", "dots": "xlabel", "bars": "ylabel"}
SMALL = 9.5  # points of what is written inside the axes
STYLE = {
    "font.size": 10, "axes.titlesize": 10, "axes.labelsize": 10, "xtick.labelsize": SMALL, "ytick.labelsize": SMALL,
    "legend.fontsize": 9, "axes.titlelocation": "left", "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "axes.grid.axis": "y", "grid.color": "#dddddd", "svg.hashsalt": "audit", "svg.fonttype": "path",
}


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


def measured(frame: pd.DataFrame, words: str | dict[str, str]) -> pd.DataFrame:
    """The data of a figure with the words of its axis, which may be other ones for each panel."""
    return frame.assign(**{MEASURE: words if isinstance(words, str) else frame["panel"].map(words)})


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


def canvas(width: float = WIDTH, height: float = 4.0) -> Canvas:
    """An empty figure of the house style, in inches."""
    with style():
        return Canvas(figsize=(width, height), dpi=DOTS_PER_INCH, facecolor="white", layout="constrained")


def finish(figure: Canvas, texts: dict[str, str], key: Sequence[Artist] = ()) -> None:
    """Title above, the key of the marks under it, the source at the foot; the figure grows by what they take.

    ``texts`` are those of a :class:`Figure`; what is written is broken where the figure ends.
    """
    title = figure.text(0.01, 1, fill(texts["title"], 49), va="top", fontsize=11.5, fontweight="bold")
    source = figure.text(0.01, 0, fill(f"Source: {texts['source']}.", 80), va="bottom", fontsize=8, color=GREY)
    columns = 2 if max((len(str(one.get_label())) for one in key), default=0) <= 30 else 1
    legend = figure.legend(handles=key, loc="upper left", ncols=columns, frameon=False, borderpad=0.3, borderaxespad=0, handlelength=1.4,
                           columnspacing=1)
    renderer = FigureCanvasAgg(figure).get_renderer()
    above, between, below = (one.get_window_extent(renderer).height / figure.dpi + GAP for one in (title, legend, source))
    between *= bool(key)
    height = figure.get_figheight() + above + between + below
    figure.set_figheight(height)
    title.set_y(1 - GAP / height)
    source.set_y(GAP / height)
    legend.set_bbox_to_anchor((0.01, 1 - (above + GAP) / height))
    figure.get_layout_engine().set(rect=(0, (below + GAP) / height, 1, 1 - (above + between + below + GAP) / height))
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine(None)  # it has done its work, and would lay out again whenever the figure is drawn
    for axis in figure.axes:  # the solver adds up in the order of addresses in memory, so the last bits are another run's others
        axis.set_position(Bbox(axis.get_position(original=True).get_points().round(6)))


def _pictures(figure: Canvas) -> tuple[bytes, bytes]:
    """The figure as PNG and as SVG."""
    with style():
        return (_saved(figure, format="png", metadata={"Software": None}),
                _saved(figure, format="svg", metadata={"Date": None, "Creator": None}))


def _saved(figure: Canvas, **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=DOTS_PER_INCH, **options)
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    """A JSON value: numbers and text stay, holes become None, everything else its text."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    return value.item() if hasattr(value, "item") else str(value)
