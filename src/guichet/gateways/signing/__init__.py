"""The office's seal key: where it is held, and how it is asked to sign."""
