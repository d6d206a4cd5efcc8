"""Giving up a draft: by the person who began it, or because nobody has touched it for a month; nothing typed stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guichet.casework.acts import SYSTEM, Actor, record, take
from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.identity.models import IdentityApplication, LossDeclaration, LostDocument
from guichet.identity.models.applications import ApplicationQuerySet
from guichet.identity.models.losses import LossDeclarationQuerySet
from guichet.identity.rights import applicant
from guichet.kit.errors import NotAllowedNow

Draft = IdentityApplication | LossDeclaration
_AT_ONCE = 500
# What somebody types, or what the register tells for them, beside the answers. The account stays: to its holder the
# draft is listed as given up.
_OF_A_PERSON: Mapping[str, Any] = {
    "name": None,
    "born_on": None,
    "bearer_index": "",
    "person_id": None,
    "email": None,
    "address": None,
}
_TYPED: Mapping[type[Draft], Mapping[str, Any]] = {
    IdentityApplication: {
        **_OF_A_PERSON,
        "commune": None,
        "bearer": "self",
        "request": "",
        "reason": "",
        "parents": "",
        "is_holder_prevented": False,
    },
    LossDeclaration: {**_OF_A_PERSON, "kind": "", "happened_on": None},
}


def abandon(draft: Draft, *, at: datetime) -> None:
    """Give up one's own draft and erase what was typed in it. Doing so again changes nothing.

    Raises:
        NotAllowedNow: it is lodged, or announced to the police.
    """
    try:
        _give_up(draft, "draft_abandoned", actor=applicant(draft), at=at)
    except NotAllowedNow:
        if draft.state != "dropped":
            raise


def lapse(*, at: datetime) -> int:
    """Give up the drafts that nobody has touched for ``DRAFTS_KEPT_DAYS`` days, 500 of a kind at a time; how many."""
    before = at - timedelta(days=DRAFTS_KEPT_DAYS)
    applications = _lapse(IdentityApplication.objects.forgotten(before), at=at)
    return applications + _lapse(LossDeclaration.objects.forgotten(before), at=at)


def _lapse(forgotten: ApplicationQuerySet | LossDeclarationQuerySet, *, at: datetime) -> int:
    given_up = 0
    for key in list(forgotten.order_by("touched_at").values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            # Who has come back to it meanwhile keeps it.
            draft = forgotten.select_for_update(of=("self",)).filter(pk=key).first()
            if draft is not None:
                _give_up(draft, "draft_lapsed", actor=SYSTEM, at=at)
                given_up += 1
    return given_up


def _give_up(draft: Draft, act: str, *, actor: Actor, at: datetime) -> None:
    """Take the act, erase what was typed, and write the minutes of it: how many answers, and none of them."""
    with transaction.atomic():
        stored = type(draft)._default_manager.select_for_update(of=("self",)).get(pk=draft.pk)
        purged = {"purged_at": at} if isinstance(draft, IdentityApplication) else {}
        take(act, draft, actor=actor, at=at, fields={**_TYPED[type(draft)], **purged})
        draft.answers = {}
        draft.save(update_fields=["answers"])
        if isinstance(draft, LossDeclaration):
            LostDocument.objects.filter(declaration=draft).delete()
        facts = {"answers": len(stored.answers), "kept_days": DRAFTS_KEPT_DAYS}
        record("draft_erased", draft, actor=SYSTEM, at=at, facts=facts, basis=draft.procedure.transition(act).basis)
