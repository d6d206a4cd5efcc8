"""Contents and issued documents for tests, made the way the rooms above make them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from guichet.casework.acts import Actor
from guichet.documents import operations
from guichet.documents.contents import (
    Attestation,
    Fact,
    Ground,
    IdentityForm,
    Issuer,
    Letter,
    Receipt,
    ReceiptLine,
    Remedy,
    Report,
    Section,
    Stay,
    Verification,
)
from guichet.documents.models import IssuedDocument
from guichet.law.kernel.money import Chf

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CAROLE = Actor("clerk", "carole")
OFFICE = Issuer(
    name="Office cantonal de la population et des migrations",
    canton="République et canton de Genève",
    address=("Route de Chancy 88", "1213 Onex"),
    place="Genève",
    contact="contact@office.example",
)
LONG_NAME = "Montgomery-Castelnau-Descombes-Vuilleumier-Řž"
LONG_PARAGRAPH = "Cette phrase compte beaucoup de mots afin de remplir plusieurs lignes de la page. " * 3


def a_verification(code: str = "7K2M-9XQA-44CD") -> Verification:
    return Verification(code=code, address=f"https://guichet.example/verifier/{code}/")


def an_attestation(**changes: Any) -> Attestation:
    given: dict[str, Any] = {
        "issuer": OFFICE,
        "title": "Attestation de résidence",
        "reference": "CMD-7K2M9XQA-4",
        "subject": "Aline Favre",
        "facts": (Fact(label="Date de naissance", value=date(1984, 5, 1)), Fact(label="Origine", value="Carouge GE")),
        "statements": ("L'office atteste que cette personne réside dans le canton.",),
        "issued_on": date(2026, 11, 22),
        "verification": a_verification(),
    }
    return Attestation(**{**given, **changes})


def a_decision(**changes: Any) -> Letter:
    given: dict[str, Any] = {
        "issuer": OFFICE,
        "recipient": ("Madame", "Aline Favre", "Rue du Lac 1", "1204 Genève"),
        "reference": "CMD-7K2M9XQA-4",
        "written_on": date(2026, 11, 1),
        "object": "Refus d'établir une attestation avec droits civiques",
        "paragraphs": ("Vous avez commandé une attestation le 20 octobre 2026.",),
        "grounds": (Ground(text="Le registre ne connaît pas de nationalité suisse.", basis="art. 3 al. 6 CGV"),),
        "decision": "La délivrance du document est refusée.",
        "remedy": Remedy(text="Un recours peut être formé dans les 30 jours.", basis="art. 3 al. 6 CGV"),
        "signatory": "Carole Exemple",
        "function": "gestionnaire",
    }
    return Letter(**{**given, **changes})


def a_receipt(**changes: Any) -> Receipt:
    given: dict[str, Any] = {
        "issuer": OFFICE,
        "number": "Q-2026-000001",
        "reference": "CMD-7K2M9XQA-4",
        "payer": ("Aline Favre", "1204 Genève"),
        "paid_on": date(2026, 11, 22),
        "means": "VISA",
        "lines": (
            ReceiptLine(label="Émolument", amount=Chf(2500), basis="art. 5 al. 1 CGV"),
            ReceiptLine(label="Port, lettre B", amount=Chf(0), basis="art. 5 al. 2 CGV"),
        ),
        "total": Chf(2500),
        "issued_on": date(2026, 11, 22),
    }
    return Receipt(**{**given, **changes})


def a_form(**changes: Any) -> IdentityForm:
    given: dict[str, Any] = {
        "issuer": OFFICE,
        "reference": "PID-7K2M9XQA-4",
        "authority": ("Commune de Vandœuvres", "1253 Vandœuvres"),
        "facts": (
            Fact(label="Nom et prénoms", value="Aline Favre"),
            Fact(label="Date de naissance", value=date(1984, 5, 1)),
        ),
        "delivery": ("Aline Favre", "Chemin des Pommiers 18", "1253 Vandœuvres"),
        "lodged_on": date(2026, 11, 1),
        "signed_on": None,
        "basis": "art. 5 RDId",
    }
    return IdentityForm(**{**given, **changes})


def a_report(**changes: Any) -> Report:
    table = Section(
        title="Écritures",
        paragraphs=("Montants en francs.",),
        headings=("Date", "Document", "Émolument"),
        rows=(("22.11.2026", "carte d'identité, adulte", "65.00"), ("", "Total", "65.00")),
        numbers=(2,),
        wide=1,
        has_total=True,
    )
    given: dict[str, Any] = {
        "issuer": OFFICE,
        "title": "Décompte des émoluments",
        "reference": "2026-11/6621",
        "facts": (Fact(label="Commune", value="Ville de Genève"), Fact(label="Clos", value=date(2026, 12, 3))),
        "sections": (table, Section(title="Remarques", paragraphs=("Rien à signaler.",))),
        "issued_on": date(2026, 12, 3),
    }
    return Report(**{**given, **changes})


def stays(number: int) -> tuple[Stay, ...]:
    """That many stays, the last one still open."""
    closed = [Stay(since=date(1980 + n, 1, 1), until=date(1980 + n, 11, 30)) for n in range(number - 1)]
    return (*closed, Stay(since=date(1980 + number, 1, 1)))


def an_issued_document(*, case: str = "CMD-7K2M9XQA-4", kind: str = "residence", **kept: Any) -> IssuedDocument:
    """Rendered, sealed, stored and kept; needs the ``sealing`` fixture and a database."""
    content = an_attestation(verification=operations.new_verification(), reference=case)
    ready = operations.prepare(content, title=content.title, issued_at=AT)
    return operations.keep(ready, case_reference=case, kind=kind, actor=CAROLE, at=AT, **kept)
