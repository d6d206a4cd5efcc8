"""The portal as a Django app: pages only, no model."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Home, information pages, the law pages."""

    name = "guichet.portal"
    label = "portal"
