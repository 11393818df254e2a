"""What a notebook calls and what it shows: ``Paper``, whose methods judge, and how one, several and tabled verdicts look."""
