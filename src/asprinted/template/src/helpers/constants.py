"""Published constants."""

from __future__ import annotations

from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official


def luminous_efficacy(official: Official) -> Quantity | Missing:
    """Luminous efficacy of monochromatic radiation of 540 THz as defined in 1979, lumens per watt."""
    return official.find("constants", "luminous_efficacy", "1979", geography="World", basis="point")
