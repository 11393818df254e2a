"""Published figures: the tables in ``data/official`` read and held to their rules, and each figure looked up with all that was
seen of it."""
