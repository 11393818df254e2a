"""Committed notebooks run again by nbval, which passes nothing that was not compared."""

ASKED_BY = "FORKMILL_ASKED_BY"  # variable that tells pytest the number of the process that started it
SETTINGS = "nbval.ini"  # in the cache of a project: that pytest has no settings of anybody else, and where the cache is
VALIDATED = "validated "  # stands before a notebook's name where it is kept how long its validation took
