"""The kit as a Django app: it brings templates and static files, no model."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Templates, static files and template tags shared by all rooms."""

    name = "guichet.kit"
    label = "kit"
