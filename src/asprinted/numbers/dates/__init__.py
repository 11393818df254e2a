"""Dates as exact as numbers: periods of days, how languages write them, and what is known of one."""
