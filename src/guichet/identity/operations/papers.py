"""What the accounts print: the statement of a month for one commune."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guichet.documents.contents import Fact, Report, Section
from guichet.documents.office import issuer
from guichet.identity.models import Share, ShareKind
from guichet.identity.models.shares import PARTS
from guichet.institutions.directory import the_office
from guichet.institutions.models import Office
from guichet.kit.clock import day_of
from guichet.kit.formats import numeric_date
from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import MONTHS

from .statements import Totals, missing_of, sentence_of

HEADINGS = ("Date", "Référence", "Document", "Émolument", "Confédération", "Canton", "Commune", "À répartir")


def name_of_month(month: date) -> str:
    """``novembre 2026``."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def statement(entries: Sequence[Share], total: Totals, *, month: date, on: date) -> Report:
    """The statement of a month, issued by the centre, which closes months: every entry with its parts, and the total.

    Raises:
        Refused: the directory lacks the centre.
    """
    rows = [
        (
            numeric_date(day_of(one.booked_at)),
            one.case_reference,
            one.subject if one.kind == ShareKind.PAID else f"{one.subject} ({ShareKind(one.kind).label})",
            *(Chf(getattr(one, f"{part}_centimes")).francs for part in PARTS),
        )
        for one in entries
    ]
    rows.append(("", "", "Total", *(getattr(total, part).francs for part in PARTS)))
    return Report(
        issuer=issuer(the_office(authority=Office.Authority.CENTRE)),
        title=f"Décompte des émoluments, {name_of_month(month)}",
        reference=f"{month:%Y-%m}/{total.commune:04}",
        facts=(
            Fact(label="Commune", value=total.name),
            Fact(label="Part de la commune", value=str(total.commune_part)),
            Fact(label="Base légale", value="art. 11 al. 2 RDId"),
            Fact(label="État", value=sentence_of(total)),
            *_digest(total),
        ),
        sections=(
            Section(
                title="Écritures",
                paragraphs=("Montants en francs.", *(f"À répartir. {sentence}" for sentence in missing_of(entries))),
                headings=HEADINGS,
                rows=tuple(rows),
                numbers=(3, 4, 5, 6, 7),
                wide=2,
                has_total=True,
            ),
        ),
        issued_on=on,
    )


def _digest(total: Totals) -> tuple[Fact, ...]:
    """The digest of a closed month in two halves, as long as a line of the paper."""
    if total.statement is None:
        return ()
    digest = total.statement.digest
    return (Fact(label="Empreinte SHA-256", value=f"{digest[:32]} {digest[32:]}"),)
