"""What the notebooks find under every choice, once for all tests of this folder."""

from __future__ import annotations

import pytest
from records import Records


@pytest.fixture(scope="session")
def record_under() -> Records:
    """Made once; nothing of it is changed."""
    return Records()
