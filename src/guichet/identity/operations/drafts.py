"""Giving up a draft: by the person who began it, or because nobody has touched it for a month; nothing typed stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guichet.casework.acts import SYSTEM, Actor, record, take
from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.identity.models import IdentityApplication
from guichet.identity.rights import applicant
from guichet.kit.errors import NotAllowedNow

_AT_ONCE = 500
# What somebody types, or what the register tells for them. The account stays: to its holder the draft is listed as given up.
_TYPED: dict[str, Any] = {
    "answers": {},
    "name": None,
    "born_on": None,
    "bearer_index": "",
    "person_id": None,
    "email": None,
    "address": None,
    "commune": None,
    "bearer": "self",
    "request": "",
    "reason": "",
    "parents": "",
    "is_holder_prevented": False,
}


def abandon(application: IdentityApplication, *, at: datetime) -> None:
    """Give up one's own draft and erase what was typed in it. Doing so again changes nothing.

    Raises:
        NotAllowedNow: it is lodged.
    """
    try:
        _give_up(application, "draft_abandoned", actor=applicant(application), at=at)
    except NotAllowedNow:
        if application.state != "dropped":
            raise


def lapse(*, at: datetime) -> int:
    """Give up the drafts that nobody has touched for ``DRAFTS_KEPT_DAYS`` days, 500 at a time; how many."""
    forgotten = IdentityApplication.objects.forgotten(at - timedelta(days=DRAFTS_KEPT_DAYS))
    given_up = 0
    for key in list(forgotten.order_by("touched_at").values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            # Who has come back to it meanwhile keeps it.
            draft = forgotten.select_for_update(of=("self",)).filter(pk=key).first()
            if draft is not None:
                _give_up(draft, "draft_lapsed", actor=SYSTEM, at=at)
                given_up += 1
    return given_up


def _give_up(application: IdentityApplication, act: str, *, actor: Actor, at: datetime) -> None:
    """Take the act, erase what was typed, and write the minutes of it: how many answers, and none of them."""
    with transaction.atomic():
        columns = {name: value for name, value in _TYPED.items() if name != "answers"}
        stored = IdentityApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
        take(act, application, actor=actor, at=at, fields={**columns, "purged_at": at})
        application.answers = {}
        application.save(update_fields=["answers"])
        basis = application.procedure.transition(act).basis
        facts = {"answers": len(stored.answers), "kept_days": DRAFTS_KEPT_DAYS}
        record("draft_erased", application, actor=SYSTEM, at=at, facts=facts, basis=basis)
