"""Institutions as a Django app."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Offices and memberships."""

    name = "guichet.institutions"
    label = "institutions"
    verbose_name = "Institutions et offices"
