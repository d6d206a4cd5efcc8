"""Accounts, persons of the residents' register, and the log of who read their data."""
