"""Statistics that check themselves, without any data: what a paper prints of a test, a mean or a sum, against itself.

Each function takes numbers as printed, in strings, and gives a :class:`asprinted.numbers.truth.Truth`, which ``paper.check`` judges as
an identity: reproduced, consistent or inconsistent, internal to the paper. That statistics fail says that they cannot all be right,
not which of them is wrong.
"""

from asprinted.statistics.counts import mean_of_counts, sd_of_counts, sd_of_shares, share_of_count
from asprinted.statistics.p_values import p_of, p_of_chi2, p_of_f, p_of_q, p_of_r, p_of_t, p_of_z
from asprinted.statistics.relations import interval_about, parts_of_whole, ratio_is_t
from asprinted.statistics.text import in_text

__all__ = ["in_text", "interval_about", "mean_of_counts", "p_of", "p_of_chi2", "p_of_f", "p_of_q", "p_of_r", "p_of_t", "p_of_z",
           "parts_of_whole", "ratio_is_t", "sd_of_counts", "sd_of_shares", "share_of_count"]
