"""The law, browsable: every passage, every procedure, and a form to ask each question."""
