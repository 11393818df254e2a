"""What is tried: one fault in one command, and what came of it."""

from __future__ import annotations

import json
import os
import random
from dataclasses import asdict, dataclass, field

KINDS = ("SIGKILL", "SIGTERM", "Ctrl-C", "SIGHUP", "closed terminal", "full disk", "killed kernel", "killed server",
         "no memory", "two at once")
# Seven to two to four: validate is the slowest and writes the least.
COMMANDS = ("reproduce", "accept", "reproduce", "validate", "reproduce", "accept", "reproduce", "reproduce", "accept",
            "reproduce", "validate", "reproduce", "accept")
WITHOUT_KERNELS = ("accept",)


@dataclass
class Trial:
    """What was tried, what the command said, and every promise that it broke."""

    number: int
    audit: str
    kind: str
    command: str
    moment: float  # share of an undisturbed run; of the disk or the memory that it needs
    status: int | None = None
    last: str = ""
    outcome: str = ""
    broken: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        """One line of the log."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def key(self) -> tuple[int, str, str, str, float]:
        """What makes it the same trial in another run of the harness."""
        return self.number, self.audit, self.kind, self.command, self.moment


def planned(seed: int, count: int, audit: str, root: bool | None = None) -> list[Trial]:
    """The trials of a seed: kinds in turn, commands by their weight, moments stratified over the run.

    ``root``: whether a disk can be made, which the trials with a full one need; by default whether this user can.
    """
    source = random.Random(f"{seed} {audit}")
    may = os.geteuid() == 0 if root is None else root
    kinds = [kind for kind in KINDS if kind != "full disk" or may]
    strata = max(1, -(-count // len(kinds)))
    trials = []
    for number in range(count):
        kind, turn = kinds[number % len(kinds)], number // len(kinds)
        command = COMMANDS[turn % len(COMMANDS)]
        if command in WITHOUT_KERNELS and kind in ("killed kernel", "killed server"):
            command = "reproduce"
        moment = ((turn * 7) % strata + source.random()) / strata
        trials.append(Trial(number, audit, kind, command, round(moment, 4)))
    return trials
