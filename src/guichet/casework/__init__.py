"""Everything is a case moved by acts: acts, the journal and its chain, what is owed, background work."""
