"""Mail as a Django app: the demonstration's mailbox has a page."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The mailbox of the demonstration."""

    name = "guichet.gateways.mail"
    label = "mail"
    verbose_name = "Courrier"
