"""Configuration as a Django app: it brings the operator's commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands of the operator."""

    name = "guichet.config"
    label = "config"
