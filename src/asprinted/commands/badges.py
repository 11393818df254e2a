"""Badges with the counts of the verdicts, as SVG files of our own: nothing is asked of a badge service."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from asprinted.verdicts.record import judged, telling
from asprinted.verdicts.vocabulary import GROUPS, group

FOLDER = Path("docs", "badges")
GREY, DARK, GREEN, RED = "#555555", "#3b3b3b", "#1a6e3c", "#a4262c"  # each at least 5:1 under white text
CHARACTER, MARGIN, HEIGHT = 6.6, 6, 20  # pixels; the text is fitted to its box, whatever font the reader has


def badge(label: str, value: str, colour: str) -> str:
    """One badge: what is counted to the left, how many to the right.

    >>> '<title>claims: 66</title>' in badge("claims", "66", GREY)
    True
    """
    left, right = (round(len(text) * CHARACTER) for text in (label, value))
    middle, width = left + 2 * MARGIN, left + right + 4 * MARGIN
    said = html.escape(f"{label}: {value}")
    texts = "".join(
        f'<text x="{x}" y="14" textLength="{length}" lengthAdjust="spacingAndGlyphs">{html.escape(text)}</text>'
        for x, length, text in ((MARGIN, left, label), (middle + MARGIN, right, value))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" role="img" aria-label="{said}">'
        f'<title>{said}</title><rect width="{middle}" height="{HEIGHT}" fill="{DARK}"/>'
        f'<rect x="{middle}" width="{width - middle}" height="{HEIGHT}" fill="{colour}"/>'
        f'<g fill="#ffffff" font-family="DejaVu Sans, Verdana, sans-serif" font-size="11">{texts}</g></svg>\n'
    )


def badges(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Text of each badge by the name of its file."""
    found = [group(record["verdict"], telling(record)) for record in records if record["kind"] != "identity" and judged(record)]
    holds, agrees, fails, *others = (found.count(name) for name in GROUPS)
    counts = {
        "claims": ("claims judged", len(found), GREY), "hold": ("hold", holds, GREEN),
        "agree": ("agree, but say little", agrees, GREY), "do-not-hold": ("do not hold", fails, RED),
        "open": ("ambiguous or not checkable", sum(others), GREY),
    }
    return {f"{name}.svg": badge(label, str(count), colour) for name, (label, count, colour) in counts.items()}
