"""Whether a result still stands: what each notebook read, and whether all of it is the same as before."""
