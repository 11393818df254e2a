"""What kernels leave in their folders reaches no later run."""

from __future__ import annotations

import pytest

from forkmill.kernels import client
from forkmill.kernels.cache import fresh_cache

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


def test_a_start_up_script_left_among_the_settings_of_ipython_reaches_no_later_run(runner):
    runner.text("from pathlib import Path\nimport os\n"
                "place = Path(os.environ['IPYTHONDIR'], 'profile_default', 'startup')\n"
                "_ = (place / 'left.py').write_text('left = 1')")
    fresh_cache(runner.cache)
    assert runner.text("print('left' in globals())") == "False\n"
    assert not any(path.suffix == ".py" for path in runner.cache.rglob("*"))
