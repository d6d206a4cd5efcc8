"""The documents room as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued documents, their store, and the public verification pages."""

    name = "guichet.documents"
    label = "documents"
