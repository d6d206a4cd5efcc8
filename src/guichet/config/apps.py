"""Configuration as a Django app: it brings the operator's commands and the office's own dated facts."""

import os
from pathlib import Path

from django.apps import AppConfig

from guichet.law import questions


class ConfigConfig(AppConfig):
    """Commands of the operator; ``GUICHET_FACTS`` names a folder of facts that replaces the packaged ones."""

    name = "guichet.config"
    label = "config"

    def ready(self) -> None:
        """Read the office's facts once, before the first question; a mistake in them stops the start."""
        folder = os.environ.get("GUICHET_FACTS")
        if folder:
            questions.adopt_facts(Path(folder))
