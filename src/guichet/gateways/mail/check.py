"""Whether mail is ready to leave; the operator's check and the desk ask."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection

TLS = ("none", "starttls", "tls")


def check_setup() -> list[str]:
    """French problems of the mail configuration, empty when a connection to the server opens. Sends nothing."""
    problems = [*_inconsistent(), *([] if settings.DEMO else _left_from_the_demonstration())]
    if problems:
        return problems
    try:
        with get_connection():
            return []
    except (OSError, smtplib.SMTPException) as error:
        return [f"Le serveur de courrier {settings.EMAIL_HOST} ne répond pas ({type(error).__name__})."]


def _inconsistent() -> Iterator[str]:
    tls, user, password = settings.SMTP_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    if tls not in TLS:
        yield f"GUICHET_SMTP_TLS vaut « {tls} » : indiquez none, starttls ou tls."
    if bool(user) != bool(password):
        yield "GUICHET_SMTP_USER et GUICHET_SMTP_PASSWORD vont ensemble : indiquez les deux, ou aucun."
    if password and tls == "none":
        yield "Le mot de passe du serveur de courrier partirait en clair : indiquez starttls ou tls dans GUICHET_SMTP_TLS."


def _left_from_the_demonstration() -> Iterator[str]:
    if settings.DEFAULT_FROM_EMAIL.endswith(".example"):
        yield "L'adresse d'expédition (GUICHET_MAIL_FROM) est celle de la démonstration."
