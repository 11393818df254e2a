"""Committed notebooks run again by nbval, which passes nothing that was not compared."""
