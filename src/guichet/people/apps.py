"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, registered persons, read log."""

    name = "guichet.people"
    label = "people"
    verbose_name = "Personnes et comptes"
