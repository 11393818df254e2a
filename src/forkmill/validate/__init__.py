"""Committed notebooks run again by nbval, which passes nothing that was not compared."""

ASKED_BY = "FORKMILL_ASKED_BY"  # variable that tells pytest the number of the process that started it
VALIDATED = "validated "  # stands before a notebook's name where it is kept how long its validation took
