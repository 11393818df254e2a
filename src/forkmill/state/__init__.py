"""Whether a result still stands: what each notebook could have opened, and whether all of it is the same as before."""
