"""Folders of notebooks run fast and honestly on papermill; see README.md in this folder."""

__version__ = "0.1.0"
