"""Helpers that every notebook imports: printed numbers, official figures, verdicts, figures, the run."""
