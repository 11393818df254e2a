"""A notebook of this audit once more, in this process and without its drawings: the verdicts that come out."""

from __future__ import annotations

import os
from typing import Any
from unittest.mock import patch

from asprinted.robustness.replay import evaluate
from checkout import ROOT
from forkmill.project import GIVEN


def replay(notebook: str, **parameters: object) -> dict[str, dict[str, Any]]:
    """Records of the verdicts by id of claim, in the order of the notebook, under other values of parameters.

    Raises:
        KeyError: the notebook does not declare a parameter of that name.
    """
    # Outside a run the verdicts of other notebooks are those of the committed ones.
    kept = {name: value for name, value in os.environ.items() if name != GIVEN}
    with patch.dict(os.environ, kept | {"AUDIT_ROOT": str(ROOT)}, clear=True):
        return {record["id"]: record for record in evaluate(ROOT / "notebooks" / f"{notebook}.ipynb", parameters)}
