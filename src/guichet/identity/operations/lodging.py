"""What an applicant does with an application: begin, fill in, lodge it with the competent authority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from guichet.casework.acts import Actor, open_case, take
from guichet.identity.models import IdentityApplication
from guichet.identity.rights import applicant
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.ids import new_reference, secret_token, short_code, uuid7
from guichet.law.kernel.answers import Decided
from guichet.law.questions import ask


def start(
    *, account_id: UUID | None, start_key: str, at: datetime, household: UUID | None = None
) -> IdentityApplication:
    """Begin an application: a draft. The same ``start_key`` (one per shown page) gives the same draft again."""
    begun = IdentityApplication.objects.filter(start_key=start_key, account=account_id)
    known = begun.first()
    if known is not None:
        return known
    application = IdentityApplication(
        reference=new_reference("PID"),
        token=secret_token(),
        tracking_code=short_code(),
        start_key=start_key,
        household=household or uuid7(),
        account_id=account_id,
        touched_at=at,
    )
    try:
        with transaction.atomic():
            open_case(application, "draft_begun", actor=applicant(application), at=at)
    except IntegrityError:
        return begun.get()
    return application


def save_step(
    application: IdentityApplication, step: str, answers: Mapping[str, Any], *, at: datetime, **fields: Any
) -> None:
    """Keep what was typed at a step of the form, and the columns that follow from it.

    Raises:
        NotAllowedNow: the application is no draft any more.
    """
    with transaction.atomic():
        stored = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if stored.state != "draft":
            raise NotAllowedNow("Cette demande est déjà déposée : l'autorité compétente enregistre les changements.")
        application.answers = {**stored.answers, step: dict(answers)}
        application.touched_at = at
        for name, value in fields.items():
            setattr(application, name, value)
        application.save(update_fields=["answers", "touched_at", *fields])


def competent(request: str, *, commune: int, at: datetime) -> Office:
    """The authority with which a resident lodges this request (art. 2 RDId).

    Raises:
        Refused: no such authority is in the directory.
    """
    answer = ask("rdid.authority", on=day_of(at), request=request, resident=True)
    kind = answer.value["authority"] if isinstance(answer, Decided) else ""
    offices = Office.objects.filter(authority=kind)
    office = (offices.filter(bfs_number=commune) if kind == Office.Authority.COMMUNE else offices).first()
    if office is None:
        raise Refused("L'autorité compétente n'est pas encore inscrite à l'annuaire : écrivez à l'office.")
    return office


def lodge(application: IdentityApplication, *, at: datetime, actor: Actor | None = None) -> None:
    """Lodge the application with the competent authority, which then has it in hand (art. 2 RDId).

    Raises:
        Refused: no authority is competent.
        NotAllowedNow: it is lodged already.
    """
    if application.commune is None:
        raise Refused("Dites d'abord dans quelle commune la personne habite.")
    office = competent(application.request, commune=application.commune, at=at)
    take(
        "application_lodged",
        application,
        actor=actor or applicant(application),
        at=at,
        fields={"office_id": office.pk, "lodged_at": at},
        facts={"request": application.request, "reason": application.reason, "office": office.code},
    )
