"""LIPAD: the act on public information, access to documents and protection of personal data (A 2 08)."""
