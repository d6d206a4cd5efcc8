"""Whether mail is ready to leave; the operator's check and the desk ask."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import get_connection


def check_setup() -> list[str]:
    """French problems of the mail configuration, empty when a connection to the server opens. Sends nothing."""
    problems = [] if settings.DEMO else _left_from_the_demonstration()
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        problems.append(f"Le serveur de courrier {settings.EMAIL_HOST} ne répond pas ({type(error).__name__}).")
    else:
        connection.close()
    return problems


def _left_from_the_demonstration() -> list[str]:
    problems = []
    if settings.EMAIL_BACKEND.startswith("guichet."):
        problems.append("La boîte de démonstration reçoit le courrier alors que la démonstration est arrêtée.")
    if settings.DEFAULT_FROM_EMAIL.endswith(".example"):
        problems.append("L'adresse d'expédition (GUICHET_MAIL_FROM) est celle de la démonstration.")
    return problems
