"""What is tested in a real browser: the report from disk, and the notebooks in JupyterLab."""
