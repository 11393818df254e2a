"""What the verdicts would be under other choices and without a source: the notebooks' code run in process, many times over."""
