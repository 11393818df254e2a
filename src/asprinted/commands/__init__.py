"""What the commands of ``python -m asprinted`` do that is no part of a run, and how each of them starts and ends."""
