"""What the pages of a declaration show, the person's and the authorities': values, what happened, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.html import format_html_join
from django.utils.text import capfirst

from guichet.casework.acts import Actor
from guichet.casework.models import Entry
from guichet.documents.web.handing import drawn, opened
from guichet.kit.components import Happening, Row
from guichet.kit.formats import short_date
from guichet.law.kernel.replay import Replay

from .compose import receipt_content
from .models import DocumentKind, LossDeclaration, LossKind, LostDocument
from .operations.attesting import certificate_of
from .operations.loss_fees import receipt_of

_ROLES = {
    "police": "la police",
    "commune": "la commune",
    "centre": "le centre de biométrie",
    "system": "le système de l'office",
}
_OTHER_ACTS = {
    "draft_begun": "La déclaration a été commencée.",
    "document_opened": "L'attestation a été ouverte.",
    "repetition_tied": "La déclaration a été rattachée à celle qui a déjà rendu le document invalide.",
}
_NEXT = {
    "declared": "Vous vous présentez à la police, qui vérifie votre identité et enregistre la déclaration.",
    "recovered": "Le centre de biométrie rend le document inutilisable.",
}


def next_step(declaration: LossDeclaration) -> str:
    """Who must act next, in one sentence; empty when nobody must."""
    return "" if declaration.first_id else _NEXT.get(declaration.state, "")


def review_rows(declaration: LossDeclaration, found: Sequence[LostDocument], *, address: str = "") -> list[Row]:
    """Every value told; each with « modifier » below ``address``, if one is given."""

    def at(slug: str) -> str:
        return f"{address}{slug}/" if address else ""

    event = declaration.answer("evenement")
    born = short_date(declaration.born_on) if declaration.born_on else ""
    happened = short_date(declaration.happened_on) if declaration.happened_on else ""
    lines = format_html_join("", "{}<br>", ((line,) for line in declaration.address or []))
    rows = [
        Row("Nom et prénoms", declaration.name or "", at("personne")),
        Row("Date de naissance", born, at("personne")),
        Row("Ce qui est arrivé", capfirst(LossKind(declaration.kind).label), at("evenement")),
        Row("Quand", happened, at("evenement")),
        Row("Où", event.get("place", ""), at("evenement")),
        Row("Circonstances", event.get("circumstances", ""), at("evenement")),
        *(Row(_label(one), _number(one), at("documents")) for one in found),
        Row("Adresse", lines, at("contact")),
        Row("Adresse électronique", declaration.email or "", at("contact")),
    ]
    return [row for row in rows if row.value]


def _label(one: LostDocument) -> str:
    return capfirst(DocumentKind(one.kind).label)


def _number(one: LostDocument) -> str:
    if one.number:
        return f"n° {one.number}"
    if one.number_index:
        return "numéro sur l'attestation (effacé ici)"
    return f"numéro inconnu : {one.why_unknown}"


def certificate_pdf(declaration: LossDeclaration, *, actor: Actor, at: datetime) -> HttpResponse:
    """The sealed certificate; each opening is journalled.

    Raises:
        Http404: it is not made.
    """
    issued = certificate_of(declaration)
    if issued is None:
        raise Http404
    return opened(issued, f"{declaration.reference}.pdf", by=actor, at=at)


def receipt_pdf(declaration: LossDeclaration) -> HttpResponse:
    """The receipt of the fee, drawn from the books.

    Raises:
        Http404: no fee was paid.
    """
    booked = receipt_of(declaration)
    if booked is None:
        raise Http404
    content = receipt_content(declaration, booked, label="Déclaration")
    return drawn(content, f"{declaration.reference}-quittance.pdf", at=booked.issued_at)


def happenings(chain: Sequence[Entry], stands: Replay, *, applicant: str = "vous") -> list[Happening]:
    """The journal as its timeline tells it: the acts of the procedure with their articles, and what else concerns it.

    ``applicant`` is what the person who declares is called by whoever reads.
    """
    history = iter(stands.history)
    told = []
    for entry in chain:
        by = applicant if entry.role == "applicant" else _ROLES.get(entry.role, entry.role)
        if entry.act in stands.procedure.acts:
            line = next(history).transition
            told.append(Happening(entry.at, line.done, by=by, basis=tuple(line.basis)))
        elif entry.act in _OTHER_ACTS:
            told.append(Happening(entry.at, _OTHER_ACTS[entry.act], by=by, basis=tuple(entry.basis)))
    return told
