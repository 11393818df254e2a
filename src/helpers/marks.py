"""A mark for each verdict, so that no meaning hangs on a colour. No import, because the quickest answers show them."""

MARKS = {
    "reproduced": "✓",
    "consistent": "≈",
    "contradicted": "✗",
    "misattributed": "⇄",
    "inconsistent": "⊘",
    "ambiguous": "?",
    "not checkable": "–",
}
