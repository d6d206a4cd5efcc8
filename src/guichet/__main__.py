"""``python -m guichet`` is ``guichet``."""

from guichet.config.cli import run

run()
