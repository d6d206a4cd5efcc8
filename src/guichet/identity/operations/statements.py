"""The statements of a month per commune (art. 11 al. 2 RDId): totals, closing, the check against what was collected."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Min, Q, Sum

from guichet.identity.models import Share, ShareKind, Statement
from guichet.identity.models.shares import PARTS
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.errors import NotAllowedNow
from guichet.kit.formats import instant, numeric_date
from guichet.law.kernel.money import Chf
from guichet.payments.models import Receipt

from .sharing import first_of_month, lock_to_close, next_month

CANTON = 0
CANTON_NAME = "Autorités cantonales"


# Written out: to compose the same by the ORM and to hand each sum through it costs a third of the summing itself.
_COUNTED = {
    "commune": "commune",
    "entries": "COUNT(*)",
    "exemptions": f"COUNT(CASE WHEN kind = '{ShareKind.EXEMPTED}' THEN 1 END)",
    **{part: f"SUM({part}_centimes)" for part in PARTS},
}


class Totals(NamedTuple):
    """What a month counts for one commune (0: the authorities of the canton); closed, or as it stands today."""

    commune: int
    name: str
    entries: int = 0
    exemptions: int = 0
    fee: Chf = Chf(0)
    federal: Chf = Chf(0)
    canton: Chf = Chf(0)
    commune_part: Chf = Chf(0)
    undivided: Chf = Chf(0)
    statement: Statement | None = None


class BookingDifference(NamedTuple):
    """A case whose collected fee and shares disagree, in French words."""

    case_reference: str
    collected: Chf
    shared: Chf
    why: str


def names_of_communes() -> dict[int, str]:
    """The communes of the directory by federal number, and the authorities of the canton under 0 (1 query)."""
    communes = Office.objects.filter(authority=Office.Authority.COMMUNE).order_by("bfs_number")
    known = communes.values_list("bfs_number", "name")
    return {CANTON: CANTON_NAME, **{number: name for number, name in known if number is not None}}


def totals(month: date, *, commune: int | None = None) -> list[Totals]:
    """The totals of a month for each commune, also those with no entry; for one only if it is given (3 queries)."""
    names = names_of_communes()
    if commune is not None:
        names = {commune: names.get(commune, f"Commune {commune}")}
    kept = {one.commune: one for one in Statement.objects.filter(month=month, commune__in=names)}
    counted = {row["commune"]: row for row in _sums(month, commune)}
    known = names | {number: f"Commune {number}" for number in counted if commune is None and number not in names}
    return [_totals(number, name, kept.get(number), counted.get(number, {})) for number, name in known.items()]


def _sums(month: date, commune: int | None) -> list[dict[str, int]]:
    """What the ledger of a month counts and sums for each commune, or for one (1 query)."""
    chosen = "" if commune is None else " AND commune = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COUNTED.values())} FROM identity_share WHERE month = %s{chosen} GROUP BY commune",  # noqa: S608 - names of ours
            [month] if commune is None else [month, commune],
        )
        return [dict(zip(_COUNTED, row, strict=True)) for row in cursor.fetchall()]


def _totals(commune: int, name: str, statement: Statement | None, counted: dict[str, int]) -> Totals:
    if statement is not None:
        counted = {"entries": statement.entries, "exemptions": statement.exemptions}
        counted |= {part: getattr(statement, f"{part}_centimes") for part in PARTS}
    amounts = {part: Chf(counted.get(part, 0)) for part in PARTS}
    number, exempt = counted.get("entries", 0), counted.get("exemptions", 0)
    return Totals(commune, name, number, exempt, **amounts, statement=statement)


def together(each: Sequence[Totals]) -> Totals:
    """The sum over all communes."""
    amounts = {part: Chf.total(getattr(one, part) for one in each) for part in PARTS}
    return Totals(
        CANTON,
        "Total",
        sum(one.entries for one in each),
        sum(one.exemptions for one in each),
        **amounts,
        statement=None,
    )


def months(*, until: date) -> list[date]:
    """The months that the ledger counts, the latest first, with the running one (1 query)."""
    ends = Share.objects.aggregate(first=Min("month"), last=Max("month"))
    month, last = ends["first"] or first_of_month(until), max(ends["last"] or until, first_of_month(until))
    found = []
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found[::-1]


def entries_of(month: date, commune: int) -> list[Share]:
    """The entries of a month for one commune, as they were written, with what answers them (1 query)."""
    written = Share.objects.of_month(month).filter(commune=commune).select_related("answers__answers")
    return list(written.order_by("booked_at", "id"))


def digest_of(entries: Iterable[Share]) -> str:
    """SHA-256 over the entries of a statement, in their order: keys, kinds, instants, amounts."""
    told = [
        [
            str(one.pk),
            one.case_reference,
            one.kind,
            one.booked_at.astimezone(UTC).isoformat(timespec="microseconds"),
            *(getattr(one, f"{part}_centimes") for part in PARTS),
        ]
        for one in entries
    ]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def is_intact(statement: Statement) -> bool:
    """Whether the entries of a closed month are still those that were closed."""
    return digest_of(entries_of(statement.month, statement.commune)) == statement.digest


def close(month: date, *, closed_by: str, at: datetime) -> list[Statement]:
    """Close a month that is over: a statement for each commune and for the authorities of the canton.

    Months are closed in their order, each once; what is written later counts in the month that is then open.

    Raises:
        NotAllowedNow: the month is closed, isn't over, or one before it with entries is still open.
    """
    if next_month(month) > day_of(at):
        raise NotAllowedNow("Ce mois n'est pas terminé : il ne peut pas encore être clos.")
    with transaction.atomic():
        lock_to_close()
        if Statement.objects.filter(month=month).exists():
            raise NotAllowedNow("Ce mois est déjà clos : ses décomptes ne changent plus.")
        last = Statement.objects.aggregate(last=Max("month"))["last"]
        if last is not None and last > month:
            raise NotAllowedNow("Un mois plus récent est déjà clos : ce mois ne peut plus l'être.")
        closed = Statement.objects.values("month")
        earlier = Share.objects.filter(month__lt=month).exclude(month__in=closed).aggregate(first=Min("month"))["first"]
        if earlier is not None:
            raise NotAllowedNow(f"Le mois {earlier:%m.%Y} a des écritures et n'est pas clos : commencez par lui.")
        made = _statements(month, closed_by=closed_by, at=at)
        Statement.objects.bulk_create(made)
    return made


def _statements(month: date, *, closed_by: str, at: datetime) -> list[Statement]:
    by_commune: dict[int, list[Share]] = {}
    for entry in Share.objects.of_month(month).order_by("booked_at", "id"):
        by_commune.setdefault(entry.commune, []).append(entry)
    return [
        Statement(
            month=month,
            commune=one.commune,
            entries=one.entries,
            exemptions=one.exemptions,
            digest=digest_of(by_commune.get(one.commune, ())),
            closed_at=at,
            closed_by=closed_by,
            **{f"{part}_centimes": getattr(one, part).centimes for part in PARTS},
        )
        for one in totals(month)
    ]


def differences(month: date) -> list[BookingDifference]:
    """What was collected against what was shared, for every case with a receipt or an entry in a month (4 queries).

    Collected is the fee on the receipts, online, at the counters and at the police, of payments that were not voided since. Compared
    are whole cases, so that a correction in a later month makes none.
    """
    begins = datetime.combine(month, time(), tzinfo=ZURICH)
    ends = datetime.combine(next_month(month), time(), tzinfo=ZURICH)
    receipts = Receipt.objects.filter(Q(case_reference__startswith="PID-") | Q(case_reference__startswith="DEC-"))
    receipted = receipts.filter(issued_at__gte=begins, issued_at__lt=ends).values_list("case_reference", flat=True)
    booked = Share.objects.of_month(month).values_list("case_reference", flat=True)
    cases = sorted({*receipted, *booked})
    collected = dict.fromkeys(cases, 0)
    for receipt in receipts.filter(case_reference__in=cases, attempt__voided_at=None):
        collected[receipt.case_reference] += sum(
            line.amount.centimes for line in receipt.quote_lines if line.kind == "fee"
        )
    sums = Share.objects.filter(case_reference__in=cases).values("case_reference").annotate(sum=Sum("fee_centimes"))
    shared = dict(sums.values_list("case_reference", "sum"))
    return [
        BookingDifference(case, Chf(amount), Chf(shared.get(case, 0)), _why(amount, shared.get(case, 0)))
        for case, amount in collected.items()
        if amount != shared.get(case, 0)
    ]


def _why(collected: int, shared: int) -> str:
    if not shared:
        return "L'émolument est encaissé, aucune écriture ne le répartit."
    if not collected:
        return "Une écriture répartit un émolument dont aucun encaissement n'est connu."
    return "Le montant encaissé n'est pas celui qui est réparti."


HEADINGS = (
    "Date",
    "Référence",
    "Écriture",
    "Document",
    "Émolument CHF",
    "Confédération CHF",
    "Canton CHF",
    "Commune CHF",
    "À répartir CHF",
    "Remarque",
)


def _undivided(entries: Sequence[Share]) -> dict[UUID, str]:
    """What is missing to divide an entry, by its key, unless another entry of the same statement has divided it since."""
    answered = {one.answered_id for one in entries}
    return {one.pk: one.missing for one in entries if one.missing and one.pk not in answered}


def missing_of(entries: Sequence[Share]) -> list[str]:
    """What is missing to divide what a statement leaves undivided, each sentence once."""
    return sorted({*_undivided(entries).values()})


def rows_of(entries: Sequence[Share]) -> list[tuple[str, ...]]:
    """The entries as the cells of a table, under ``HEADINGS``."""
    missing = _undivided(entries)
    return [
        (
            numeric_date(day_of(one.booked_at)),
            one.case_reference,
            str(ShareKind(one.kind).label),
            one.subject,
            *(Chf(getattr(one, f"{part}_centimes")).francs for part in PARTS),
            one.reason or missing.get(one.pk, ""),
        )
        for one in entries
    ]


def as_csv(entries: Sequence[Share], total: Totals) -> bytes:
    """The statement for a spreadsheet: UTF-8 with its mark, semicolons, French headings, the total on the last line.

    A cell that a spreadsheet would take for a formula is written as text.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows_of(entries):
        writer.writerow([*row[:4], *row[4:9], _as_text(row[9])])
    writer.writerow(["", "", "", "Total", *(getattr(total, part).francs for part in PARTS), ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def sentence_of(total: Totals) -> str:
    """Whether the month is closed, and since when."""
    if total.statement is None:
        return "Mois ouvert : ce relevé peut encore changer."
    return f"Mois clos le {instant(total.statement.closed_at)}."
