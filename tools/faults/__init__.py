"""Runs that are killed, starved and disturbed, and parsers that are fed what nobody meant."""
