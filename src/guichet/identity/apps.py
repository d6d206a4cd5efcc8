"""Identity documents as a Django app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Applications, appearances, appointments, losses, production, shares."""

    name = "guichet.identity"
    label = "identity"
