"""One run of a folder: which notebooks in which order, side by side, alone in the folder, and what is left in ``build/``."""
