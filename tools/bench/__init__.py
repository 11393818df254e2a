"""How long a run takes here and by other tools: ``make -C tools bench``, ``bench-many``, ``bench-first``."""
