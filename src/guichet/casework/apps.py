"""Casework as a Django app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Journal, outbox and jobs."""

    name = "guichet.casework"
    label = "casework"
