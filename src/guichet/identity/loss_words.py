"""What is written about a declaration of loss: the certificate of the police, and the mails to the person."""

from __future__ import annotations

from datetime import date, datetime

from guichet.casework import outbox
from guichet.documents.contents import Attestation, Fact, Verification
from guichet.documents.office import issuer
from guichet.kit.clock import day_of

from .models import DocumentKind, LossDeclaration, LossKind, LostDocument

TITLES = {
    LossKind.LOSS: "Attestation de perte",
    LossKind.THEFT: "Attestation de vol",
    LossKind.DESTRUCTION: "Attestation de destruction",
}
_HAPPENED = {
    LossKind.LOSS: "perdu",
    LossKind.THEFT: "volé",
    LossKind.DESTRUCTION: "détruit",
}
UNKNOWN_NUMBER = "inconnu"


def path_of(declaration: LossDeclaration) -> str:
    """The declaration's own page."""
    return f"/identite/perte/{declaration.token}/"


def certificate(declaration: LossDeclaration, *, verification: Verification, at: datetime) -> Attestation:
    """The certificate of a recorded declaration (RDId 10/2)."""
    assert declaration.office is not None
    assert declaration.recorded_at is not None
    lost = list(declaration.documents.order_by("-kind"))
    recorded_on = day_of(declaration.recorded_at)
    return Attestation(
        issuer=issuer(declaration.office),
        title=TITLES[LossKind(declaration.kind)],
        reference=declaration.reference,
        subject=declaration.name or "",
        facts=tuple(_facts(declaration, lost, recorded_on)),
        statements=_statements(declaration, lost),
        issued_on=day_of(at),
        verification=verification,
        notes=("Un document déclaré volé, perdu ou détruit ne redevient jamais valable, même s'il est retrouvé.",),
    )


def _facts(declaration: LossDeclaration, lost: list[LostDocument], recorded_on: date) -> list[Fact]:
    event = declaration.answer("evenement")
    facts = [
        Fact(label="Nom et prénoms", value=declaration.name or ""),
        Fact(label="Date de naissance", value=declaration.born_on or ""),
        Fact(label="Date du fait déclaré", value=declaration.happened_on or ""),
        Fact(label="Lieu", value=event.get("place", "")),
        *(Fact(label=_label(one), value=one.number or UNKNOWN_NUMBER) for one in lost),
        Fact(label="Déclaration enregistrée le", value=recorded_on),
        Fact(label="Document invalide dès le", value=recorded_on),
    ]
    return [fact for fact in facts if fact.value]


def _label(one: LostDocument) -> str:
    return f"Numéro de {'la carte d’identité' if one.kind == DocumentKind.IDENTITY_CARD else 'passeport'}"


def _statements(declaration: LossDeclaration, lost: list[LostDocument]) -> tuple[str, ...]:
    which = " et ".join(DocumentKind(one.kind).label for one in lost)
    happened = _HAPPENED[LossKind(declaration.kind)]
    told = (
        f"La police atteste avoir enregistré la déclaration de la personne désignée ci-dessus, selon laquelle "
        f"un document d'identité suisse a été {happened} : {which}."
    )
    return (
        told,
        "Cette attestation permet de demander un nouveau document (art. 10 al. 2 RDId).",
    )


def owe(declaration: LossDeclaration, name: str, *, key: str = "") -> None:
    """Owe the person the mail ``identity/mail/<name>.txt``, once per declaration and ``key``; nothing without address."""
    if not declaration.email:
        return
    outbox.owe(
        f"identity/{name}",
        case_reference=declaration.reference,
        to=declaration.email,
        context={
            "reference": declaration.reference,
            "tracking_code": declaration.tracking_code,
            "path": path_of(declaration),
        },
        key=f"{declaration.reference}/{name}/{key}",
    )
