"""Kernels forked from one process that has already imported the heavy libraries.

``server`` is that process, ``child`` what every kernel does on its way up, ``confinement`` what lets it open no more than
it is given; these three run by path and import nothing of this package, so that edited code never meets an old copy of
itself. ``client`` reaches the server and starts it; ``provisioner`` puts it behind jupyter_client.
"""
