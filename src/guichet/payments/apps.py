"""The payments room as a Django app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Attempts, events, receipts, ledger, incidents."""

    name = "guichet.payments"
    label = "payments"
    verbose_name = "Paiements"
