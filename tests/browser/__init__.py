"""A package, so that the browser is closed with its last test: while playwright is open, its event loop counts as running
in the thread, and no notebook can be run there."""
