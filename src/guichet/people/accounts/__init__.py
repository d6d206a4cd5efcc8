"""Accounts: signing up and in, proving who one is by a letter, and the pages « Mon compte »."""
