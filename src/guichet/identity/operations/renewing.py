"""Inviting those whose name or sex changed in the register to renew their documents (RDId 7), once per change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from guichet.casework import outbox
from guichet.casework.models import Channel
from guichet.identity.models import RegisterChange, RenewalNotice
from guichet.kit.ids import new_reference
from guichet.people.models import Account
from guichet.people.register.changes import IdentityChange


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
        context={"change": RegisterChange(notice.change).label, "reference": notice.reference},
        key=f"renewal:{notice.person_id}:{notice.delivery_id}:{notice.change}",
        channel=Channel.MAIL if account else Channel.LETTER,
    )
