"""Numbers as they are printed: what true values a printed number leaves open, arithmetic that keeps them all, and statements
that are true of all of them, of none, or not decided. Exact fractions and the standard library alone."""
