"""Inviting those whose name or sex changed in the register to renew their documents (RDId 7), once per change; and why
somebody probably asks for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from guichet.casework import outbox
from guichet.casework.models import Channel
from guichet.identity.models import IdentityApplication, Reason, RegisterChange, RenewalNotice, Request
from guichet.kit.clock import day_of
from guichet.kit.ids import new_reference
from guichet.law.kernel.answers import Decided
from guichet.law.questions import ask
from guichet.people.models import Account
from guichet.people.register.changes import IdentityChange

REASON_OF = {RegisterChange.NAME: Reason.NAME_CHANGE, RegisterChange.SEX: Reason.SEX_CHANGE}
# From when on before its last day a document is said to end soon: the code's choice, no source found.
_SOON = timedelta(days=183)


def invite(changes: Sequence[IdentityChange], at: datetime) -> None:
    """Invite each person to renew, by mail where they have a verified account, else by a letter; repeating does nothing."""
    for one in changes:
        told = {RegisterChange.NAME: one.has_new_name, RegisterChange.SEX: one.has_new_sex}
        for change, has_changed in told.items():
            if has_changed:
                _invite(one, change, at)


def _invite(told: IdentityChange, change: RegisterChange, at: datetime) -> None:
    account = Account.objects.filter(person_id=told.person_id, is_active=True).first()
    notice = RenewalNotice(
        reference=new_reference("REN"),
        person_id=told.person_id,
        delivery_id=told.delivery_id,
        change=change,
        commune=told.commune,
        is_by_mail=account is not None,
        noticed_at=at,
    )
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
            _write(notice, account)
    except IntegrityError:
        same = RenewalNotice.objects.filter(person_id=told.person_id, delivery_id=told.delivery_id, change=change)
        if not same.exists():
            raise


def _write(notice: RenewalNotice, account: Account | None) -> None:
    outbox.owe(
        "identity/renewal_notice",
        case_reference=notice.reference,
        to=account.email if account else f"post:{notice.person_id}",
        context={
            "change": RegisterChange(notice.change).label,
            "reference": notice.reference,
            "motif": slugify(REASON_OF[RegisterChange(notice.change)].label),
        },
        key=f"renewal:{notice.person_id}:{notice.delivery_id}:{notice.change}",
        channel=Channel.MAIL if account else Channel.LETTER,
    )


def likely_reason(application: IdentityApplication, *, on: date) -> str:
    """Why somebody probably applies: the invitation that nothing has answered since, or a document that ends; empty where
    nothing is known (2 queries).

    The register of residents keeps no documents (LDI 14): only those that the same account asked for here tell when
    they end. Of a guest nothing is looked up.
    """
    if application.account_id is None:
        return ""
    made = _last_made(application)
    notices = RenewalNotice.objects.filter(person=application.person_id) if application.person_id else None
    notice = notices.order_by("noticed_at", "id").last() if notices is not None else None
    if notice is not None and (made is None or made.issued_at is None or notice.noticed_at > made.issued_at):
        return REASON_OF[RegisterChange(notice.change)]
    return Reason.RENEWAL if made is not None and _ends_soon(made, on=on) else ""


def _last_made(application: IdentityApplication) -> IdentityApplication | None:
    """The last application of the same person, from the same account, by which one of these documents was made."""
    own = IdentityApplication.objects.for_the_same_person(application).filter(account=application.account_id)
    made = own.filter(state__in=("issued", "kept", "delivered"), issued_at__isnull=False).order_by("-issued_at")
    asked = {*application.documents} - {Request.PROVISIONAL_PASSPORT}
    return next((one for one in made if asked & {*one.documents}), None)


def _ends_soon(made: IdentityApplication, *, on: date) -> bool:
    """Whether the usual term of a document has run, or nearly: shortened ones are not known here (OLDI 5)."""
    if made.issued_at is None or made.born_on is None:
        return False
    day = day_of(made.issued_at)
    answer = ask("rdid.validity", on=day, born=made.born_on, losses=0)
    if not isinstance(answer, Decided):
        return False
    years: int = answer.value["years"]
    # A day of 29 February is one day early in a year without it: nothing of this choice rests on a day.
    return on >= date(day.year + years, day.month, min(day.day, 28)) - _SOON
