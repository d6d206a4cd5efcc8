"""Orders as a Django app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Catalogue, terms and orders."""

    name = "guichet.orders"
    label = "orders"
