"""What a notebook is to a run: the file read strictly and written in one form, its rules, its parameters, the task."""
