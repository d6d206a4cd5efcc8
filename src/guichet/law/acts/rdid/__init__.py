"""RDId: the cantonal regulation on identity documents (B 3 05.03), consolidated to 29 August 2023."""
