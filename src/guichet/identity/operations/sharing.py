"""Dividing fees between Confederation, canton and commune (art. 11 al. 2 RDId): an entry with every fee, none changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from guichet.casework.acts import Actor, record
from guichet.identity.models import IdentityApplication, LossDeclaration, Request, Share, ShareKind, Statement
from guichet.identity.models.shares import DECLARATION
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.law.kernel.answers import Answer, Decided, OutsideSources
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask

_MONTHS_LOCK = 0x52444964  # « RDId »: whoever books shares it, whoever closes a month holds it alone
_NOTHING = Chf(0)


class FeeSplit(NamedTuple):
    """A fee divided; what the law cannot divide yet is ``undivided``, and ``missing`` says why."""

    federal: Chf = _NOTHING
    canton: Chf = _NOTHING
    commune: Chf = _NOTHING
    undivided: Chf = _NOTHING
    missing: str = ""
    basis: tuple[str, ...] = ()

    def columns(self) -> dict[str, int]:
        """The parts as an entry holds them, in centimes."""
        return {
            "federal_centimes": self.federal.centimes,
            "canton_centimes": self.canton.centimes,
            "commune_part_centimes": self.commune.centimes,
            "undivided_centimes": self.undivided.centimes,
        }


def first_of_month(day: date) -> date:
    """The first day of the month of a day, by which the ledger names the month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def divide(request: str, *, is_minor: bool, at_commune: bool, fee: Chf, on: date) -> FeeSplit:
    """How a fee is divided under the law of a day.

    The ledger keeps no birth date: the law is asked for somebody born that day, or a hundred years before.
    """
    answer = ask(
        "rdid.share",
        on=on,
        request=request,
        born=on if is_minor else date(on.year - 100, 1, 1),
        lodged_at="commune" if at_commune else "centre",
    )
    basis = tuple(ref.key for ref in answer.because)
    if not isinstance(answer, Decided):
        return FeeSplit(undivided=fee, missing=_what_is_missing(answer), basis=basis)
    federal, canton, commune = (answer.value[part] for part in ("federal", "canton", "commune"))
    owed = federal + canton + commune
    if owed != fee:
        missing = f"L'émolument perçu ({fee}) n'est pas celui du tarif de ce jour ({owed}) : à examiner par le centre."
        return FeeSplit(undivided=fee, missing=missing, basis=basis)
    return FeeSplit(federal=federal, canton=canton, commune=commune, basis=basis)


def _what_is_missing(answer: Answer) -> str:
    if isinstance(answer, OutsideSources):
        return f"Il manque {answer.missing}."[:300]
    return answer.say().splitlines()[0][:300]


def book(application: IdentityApplication, *, at: datetime, paid_on: date | None = None) -> Share:
    """Write down a fee that was paid, or exempted, with its shares; inside the transaction of that act.

    What is booked already stays: asked again nothing happens. If the fee has changed since (the applicant came of age
    before appearing), the entry is taken back by one of the opposite sign and the fee booked anew. The law is that of
    the day on which age counts; for who has not come yet that of ``paid_on``, by default the day of the entry.
    """
    law_day = application.age_day(paid_on or day_of(at))
    born = application.born_on
    entry = Share(
        case_reference=application.reference,
        kind=_kind_of(application),
        request=application.request,
        is_minor=application.request != Request.PROVISIONAL_PASSPORT and born is not None and _is_minor(born, law_day),
        is_online=bool(application.attempt),
        commune=_commune_of(application.office),
        law_day=law_day,
        fee_centimes=application.fee_centimes,
    )
    return _enter(entry, at=at)


def book_declaration(declaration: LossDeclaration, *, at: datetime, paid_on: date | None = None) -> Share:
    """Write down the fee of a declaration of loss, paid to the police or exempted; in the transaction of that act.

    The police is an authority of the canton: no commune has a part (RDId 11/2). What is booked already stays.
    """
    entry = Share(
        case_reference=declaration.reference,
        kind=_kind_of(declaration),
        request=DECLARATION,
        law_day=paid_on or day_of(at),
        fee_centimes=declaration.fee_centimes or 0,
    )
    return _enter(entry, at=at)


def _kind_of(case: IdentityApplication | LossDeclaration) -> ShareKind:
    is_exempt = case.exempted_at is not None and case.paid_at is None
    return ShareKind.EXEMPTED if is_exempt else ShareKind.PAID


def _enter(entry: Share, *, at: datetime) -> Share:
    """Write an entry in the open month, in place of the one that stands if they differ."""
    is_exempt = entry.kind == ShareKind.EXEMPTED
    with transaction.atomic():
        month = _open_month(at)
        entries = list(Share.objects.of_case(entry.case_reference).select_for_update())
        booked = _standing(entries)
        entry.place, entry.month, entry.booked_at = len(entries) + 1, month, at
        if is_exempt:
            entry.fee_centimes = 0
        if booked is not None and _says_the_same(booked, entry):
            return booked
        if booked is not None:
            _take_back(booked, entries, reason="L'émolument a changé.", month=month, at=at)
            entry.place = len(entries) + 1
        if not is_exempt:
            _put_parts(entry)
        entry.save(force_insert=True)
    return entry


def _put_parts(entry: Share) -> None:
    found = divide(
        entry.request,
        is_minor=entry.is_minor,
        at_commune=entry.commune > 0,
        fee=entry.fee,
        on=entry.law_day,
    )
    entry.missing, entry.basis = found.missing, list(found.basis)
    for column, centimes in found.columns().items():
        setattr(entry, column, centimes)


def _is_minor(born: date, on: date) -> bool:
    answer = ask("rdid.minor", on=on, born=born)
    return isinstance(answer, Decided) and bool(answer.value["minor"])


def _commune_of(office: Office | None) -> int:
    """The commune with which the application was lodged; 0 for an authority of the canton."""
    is_commune = office is not None and office.authority == Office.Authority.COMMUNE
    return (office.bfs_number or 0) if office is not None and is_commune else 0


def _standing(entries: list[Share]) -> Share | None:
    """The fee or exemption of a case that no counter-entry has taken back, itself or with its division."""
    answers = {entry.answered_id: entry for entry in entries if entry.answered_id}
    for entry in reversed(entries):
        if entry.answered_id is None:
            answer = answers.get(entry.pk)
            if answer is not None and answer.kind == ShareKind.DIVIDED:
                answer = answers.get(answer.pk)
            if answer is None:
                return entry
    return None


def _says_the_same(booked: Share, entry: Share) -> bool:
    names = ("kind", "request", "is_minor", "commune", "fee_centimes")
    return all(getattr(booked, name) == getattr(entry, name) for name in names)


def correct(share: Share, *, reason: str, actor: Actor, at: datetime, again: bool = False) -> Share:
    """Take an entry back by one of the opposite sign, in the month that is open (a closed one never changes).

    ``again`` books the fee anew under the law of the same day, as the application is now. Who corrects is in the
    journal of the case.

    Raises:
        NotAllowedNow: it is no fee or exemption that stands.
    """
    with transaction.atomic():
        month = _open_month(at)
        entries = list(Share.objects.of_case(share.case_reference).select_for_update())
        standing = _standing(entries)
        if standing is None or standing.pk != share.pk:
            raise NotAllowedNow("Cette écriture est déjà corrigée.")
        opposite = _take_back(standing, entries, reason=reason, month=month, at=at)
        facts = {"place": share.place, "opposite": opposite.place}
        record("share_reversed", share.case_reference, actor=actor, at=at, facts=facts)
        if again and share.request == DECLARATION:
            declaration = LossDeclaration.objects.get(reference=share.case_reference)
            book_declaration(declaration, at=at, paid_on=share.law_day)
        elif again:
            application = IdentityApplication.objects.select_related("office").get(reference=share.case_reference)
            book(application, at=at, paid_on=share.law_day)
    return opposite


def _take_back(share: Share, entries: list[Share], *, reason: str, month: date, at: datetime) -> Share:
    """Write the opposite of a fee, with its division if it has one; what is taken back is what stands together."""
    divided = next((entry for entry in entries if entry.answered_id == share.pk), None)
    taken = divided or share
    parts = {
        column: -(getattr(share, column) + (getattr(divided, column) if divided else 0))
        for column in ("fee_centimes", *FeeSplit().columns())
    }
    entry = _answer(taken, ShareKind.REVERSED, place=len(entries) + 1, month=month, at=at, reason=reason, **parts)
    entries.append(entry)
    return entry


def _answer(taken: Share, kind: ShareKind, *, at: datetime, **more: Any) -> Share:
    """Write the entry that divides another, or takes it back."""
    entry = Share(
        case_reference=taken.case_reference,
        kind=kind,
        request=taken.request,
        is_minor=taken.is_minor,
        is_online=taken.is_online,
        commune=taken.commune,
        law_day=taken.law_day,
        basis=taken.basis,
        booked_at=at,
        answered=taken,
        **more,
    )
    entry.save(force_insert=True)
    return entry


def resolve(*, at: datetime) -> tuple[int, int]:
    """Divide the fees whose shares have become known since: how many were divided, and how many still wait."""
    waiting = list(Share.objects.to_divide().order_by("booked_at", "id").values_list("pk", flat=True))
    divided = sum(_divide_now(share_id, at=at) for share_id in waiting)
    return divided, len(waiting) - divided


def _divide_now(share_id: UUID, *, at: datetime) -> bool:
    """Divide one fee in a transaction of its own; False if the shares aren't known, or somebody was quicker."""
    with transaction.atomic():
        month = _open_month(at)
        share = Share.objects.to_divide().filter(pk=share_id).first()
        if share is None:
            return False
        found = divide(
            share.request, is_minor=share.is_minor, at_commune=share.commune > 0, fee=share.fee, on=share.law_day
        )
        if found.missing:
            return False
        place = Share.objects.of_case(share.case_reference).count() + 1
        parts = found.columns() | {"undivided_centimes": -share.undivided_centimes}
        share.basis = list(found.basis)
        _answer(share, ShareKind.DIVIDED, place=place, month=month, at=at, **parts)
    return True


def _open_month(at: datetime) -> date:
    """The month that counts what is written at an instant: its own, or the first one open after it.

    Until the transaction ends no month can be closed (on SQLite, whose writers wait for each other, as it is).
    """
    _lock_months(alone=False)
    own = first_of_month(day_of(at))
    closed = Statement.objects.aggregate(last=Max("month"))["last"]
    return own if closed is None or closed < own else next_month(closed)


def _lock_months(*, alone: bool) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            kind = "" if alone else "_shared"
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s)", [_MONTHS_LOCK])


def lock_to_close() -> None:
    """Wait for whoever is booking, and let nobody book until the transaction ends."""
    _lock_months(alone=True)
