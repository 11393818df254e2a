"""Notebooks on the workers of a dask.distributed scheduler, from the very same files and packages or not at all."""
