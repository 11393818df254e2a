"""Tests of results that stand: they need a system that can keep kernels from opening everything else."""

from __future__ import annotations

import pytest

from forkmill.state.standing import confining

needs_confinement = pytest.mark.skipif(not confining(), reason="no result stands without Landlock (Linux 6.7 or later)")
