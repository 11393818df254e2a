"""Judging: how a stated number agrees with what was published, which of the verdicts that gives, and a verdict written down
(the vocabulary, the form of a record, the card). Standard library alone."""
