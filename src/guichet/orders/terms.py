"""Editions of the two texts, their publication, and what an order must accept (CGV 1/2, 1/3)."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from guichet.kit.errors import Refused
from guichet.kit.memory import Remembered

from .models import Acceptance, Order, TermsEdition, TermsKind

WORDING = (
    "J'ai lu et j'accepte sans réserve les conditions générales de vente de l'office ({office}) "
    "et les conditions d'utilisation des e-démarches de l'État de Genève ({state})."
)


class TermsMissing(Refused):
    """The office has not published both texts: no order can be taken."""

    code = "terms_missing"
    status = 503


class TermsChanged(Refused):
    """A newer edition has been published since it was shown: it must be accepted before payment (CGV 1/3)."""

    code = "terms_changed"


def publish(kind: str, *, edition: str, title: str, text: str, at: datetime) -> TermsEdition:
    """Publish an edition: it binds from ``at``. Publishing the same text of the same edition again does nothing.

    Raises:
        Refused: the edition exists with another text: a published text is never changed.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        known = TermsEdition.objects.filter(kind=kind, edition=edition).first()
        if known is None:
            known = TermsEdition.objects.create(
                kind=kind, edition=edition, title=title, text=text, sha256=digest, published_at=at
            )
    _binding.forget()
    if known.sha256 != digest:
        raise Refused(
            f"L'édition « {edition} » est déjà publiée avec un autre texte : choisissez un autre nom d'édition."
        )
    return known


def binding(at: datetime) -> tuple[TermsEdition, TermsEdition]:
    """The office's and the State's editions that bind at ``at`` (1 query).

    Raises:
        TermsMissing: one of them isn't published.
    """
    latest: dict[str, TermsEdition] = {}
    for edition in TermsEdition.objects.binding(at).defer("text"):
        latest.setdefault(edition.kind, edition)
    if set(latest) != set(TermsKind.values):
        raise TermsMissing("Les conditions générales ne sont pas publiées : aucune commande ne peut être passée.")
    return latest[TermsKind.OFFICE], latest[TermsKind.STATE]


_binding = Remembered(binding)


def shown(at: datetime) -> tuple[TermsEdition, TermsEdition]:
    """The editions to show for acceptance: ``binding`` as of a few seconds ago at most (no query, mostly).

    Raises:
        TermsMissing: one of them isn't published.
    """
    return _binding.at(at)


def wording(editions: Sequence[TermsEdition]) -> str:
    """The sentence beside the box that the applicant ticks: it names both editions."""
    office, state = editions
    return WORDING.format(office=f"édition {office.edition}", state=f"édition {state.edition}")


def accept(order: Order, editions: Sequence[TermsEdition], *, by: str, at: datetime) -> None:
    """Record that the order's applicant accepted these editions (1 query; accepting again changes nothing)."""
    sentence = wording(editions)
    Acceptance.objects.bulk_create(
        [
            Acceptance(
                case_reference=order.reference,
                edition=edition,
                sha256=edition.sha256,
                wording=sentence,
                accepted_at=at,
                accepted_by=by,
            )
            for edition in editions
        ],
        ignore_conflicts=True,
    )


def accepted(order: Order, editions: Sequence[TermsEdition]) -> bool:
    """Whether the order has accepted just these editions."""
    wanted = {edition.pk for edition in editions}
    known = Acceptance.objects.filter(case_reference=order.reference, edition_id__in=wanted)
    return known.count() == len(wanted)


def difference(older: TermsEdition, newer: TermsEdition) -> list[str]:
    """The lines that changed between two editions, marked ``-`` and ``+``, with a line of context."""
    lines = difflib.unified_diff(older.text.splitlines(), newer.text.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
