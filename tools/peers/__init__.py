"""The test suites of the projects whose kernels are forked here, with ordinary and with forked kernels: ``python -m peers``."""
