"""A run of an audit: inputs and notebooks held to their rules, the notebooks run by :mod:`forkmill`, their verdicts collected,
compared with the record and made the record."""
