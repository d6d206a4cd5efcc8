"""The mails about an application: who gets them and what they can say."""

from __future__ import annotations

from guichet.casework import outbox
from guichet.casework.models import OutboxMessage

from .models import IdentityApplication


def path_of(application: IdentityApplication) -> str:
    """The application's own page."""
    return f"/identite/demande/{application.token}/"


def mail(
    application: IdentityApplication, name: str, context: dict[str, str] | None = None, *, key: str = ""
) -> OutboxMessage:
    """The mail ``identity/mail/<name>.txt`` to the applicant, to be owed with others; once per application and ``key``."""
    return OutboxMessage(
        kind=f"identity/{name}",
        case_reference=application.reference,
        to=application.email,
        context={
            "reference": application.reference,
            "title": application.get_request_display(),
            "total": str(application.total),
            "tracking_code": application.tracking_code,
            "path": path_of(application),
            **(context or {}),
        },
        key=f"{application.reference}/{name}/{key}",
    )


def owe(application: IdentityApplication, name: str, context: dict[str, str] | None = None, *, key: str = "") -> None:
    """Owe the applicant one mail, once per application and ``key``; nothing to who left no address."""
    if application.email:
        outbox.owe_all([mail(application, name, context, key=key)])
