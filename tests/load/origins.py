"""Applications for identity documents in every state of the procedure, by its own acts: what ``multiply`` copies."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from guichet.casework.acts import Actor, take
from guichet.identity.models import IdentityApplication, OldDocument
from guichet.identity.operations import deciding, lodging
from guichet.identity.operations.counter import DECISIONS
from guichet.identity.operations.due import set_due_date
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.ids import secret_token, uuid7
from guichet.law.procedures import RDID_APPLICATION

_AT_THE_FILE = ("appearance_recorded", "majority_recorded", "photo_accepted", "form_signed", "fee_paid")
_ISSUED = (*_AT_THE_FILE, "document_ordered", "document_issued")
_KEPT = (*_ISSUED, "undelivered_kept")
# How an application came to be where it is: how many of a thousand are there after some years, why it was filed, its acts.
LIVES: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (862, "first", (*_ISSUED, "document_delivered")),
    (50, "first", ("application_withdrawn",)),
    (5, "first", (*_KEPT, "kept_document_destroyed")),
    (5, "first", _KEPT),
    (13, "first", ("application_refused",)),
    (2, "first", ("referred_to_department",)),
    (10, "first", ()),
    (10, "first", _AT_THE_FILE),
    (5, "first", ("further_document_requested",)),
    (15, "first", (*_AT_THE_FILE, "document_ordered")),
    (10, "first", _ISSUED),
    (8, "renewal", ()),
    (5, "loss", ()),
)
OVER = frozenset({"delivered", "abandoned", "destroyed"})
_GENEVA = "commune-geneve"
# Which document is asked for, and whether the person lives in the city: what decides which authority has it in hand.
_ASKED = (*[("identity_card", True)] * 4, *[("identity_card", False)] * 8, *[("passport", False)] * 6)
_OPEN_SINCE_DAYS = 20


def make(*, at: datetime, seed: int) -> list[list[IdentityApplication]]:
    """Some applications of each of the lives, lodged on the days before ``at``; their journals are complete and chained."""
    chance = random.Random(seed)
    communes = list(Office.objects.filter(authority=Office.Authority.COMMUNE).order_by("code"))
    city = next(office for office in communes if office.code == _GENEVA)
    return [
        [
            _application(
                request,
                reason,
                acts,
                commune=city if in_the_city else chance.choice(communes),
                at=at
                - timedelta(days=chance.uniform(1, _OPEN_SINCE_DAYS))
                - sum((_after(act) for act in acts), timedelta()),
            )
            for request, in_the_city in _ASKED
        ]
        for _, reason, acts in LIVES
    ]


def _application(
    request: str, reason: str, acts: tuple[str, ...], *, commune: Office, at: datetime
) -> IdentityApplication:
    application = lodging.start(account_id=None, start_key=secret_token(), at=at)
    told = {"request": request, "reason": reason, "born_on": date(1990, 6, 12), "name": "Amélie Rochat"}
    lodging.save_step(application, "person", {}, at=at, commune=commune.bfs_number, **told)
    lodging.lodge(application, at=at)
    for minutes, act in enumerate(acts, start=1):
        later = at + timedelta(minutes=minutes) + _after(act)
        facts = {"ground": next(iter(deciding.grounds(act)))} if act in DECISIONS else {}
        take(act, application, actor=_actor(act), at=later, fields=_fields(act, later), facts=facts)
    set_due_date(application, at)
    return application


def _after(act: str) -> timedelta:
    """How long after the act before: nobody's document is destroyed until it was kept for twelve months."""
    return timedelta(days=370) if act == "kept_document_destroyed" else timedelta()


def _actor(act: str) -> Actor:
    who = RDID_APPLICATION.acts[act][0].who
    role = next(role for role in ("centre", "commune", "system", *sorted(who)) if role in who)
    return Actor(role, "populate")


def _fields(act: str, at: datetime) -> dict[str, Any]:
    """The columns that the counter writes with an act."""
    columns: dict[str, dict[str, Any]] = {
        "appearance_recorded": {"appeared_on": day_of(at), "old_document": OldDocument.NONE},
        "photo_accepted": {"checked_by": uuid7()},
        "form_signed": {"signed_at": at},
        "fee_paid": {"validated_at": at, "paid_at": at},
        "document_ordered": {"approved_by": uuid7(), "approved_at": at},
        "document_issued": {"issued_at": at},
    }
    return columns.get(act, {})
