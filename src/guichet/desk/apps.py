"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Work lists, case pages, print batches."""

    name = "guichet.desk"
    label = "desk"
