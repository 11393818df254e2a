"""How long each stage of a run took."""

from __future__ import annotations

import time


class Stages:
    """Seconds from one stage's end to the next, by name, in order."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def done(self, stage: str) -> None:
        """The stage that began where the one before ended has ended."""
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._last, 3)
        self._last = now
