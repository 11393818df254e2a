"""Data files as evidence: a file in data/files with its hash, source, rights and dictionary beside it, and quantities computed from it."""
