"""The report of a run: a static site in ``build/report/`` that opens from disk and asks nothing of any network."""
