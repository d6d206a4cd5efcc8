"""The fee of a declaration: taken at the counter of the police, or waived for the indigent (RDId 11/1, 12/1)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from guichet.casework.acts import Actor, take
from guichet.identity.models import LossDeclaration
from guichet.kit.clock import day_of
from guichet.kit.errors import Refused
from guichet.law.kernel.answers import Answer, Decided
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask
from guichet.payments.models import Receipt
from guichet.payments.operations.till import take_at_the_till
from guichet.payments.payable import Line

from . import sharing
from .losses import document_asked, documents_of


def fee_of(declaration: LossDeclaration, *, on: date, is_indigent: bool = False) -> Answer:
    """What the law answers about the fee of a declaration; for two documents it refers the case to the department."""
    asked = document_asked([one.kind for one in documents_of(declaration)])
    return ask("rdid.fee", on=on, request="loss_declaration", document=asked, indigent=is_indigent)


def fee_due(declaration: LossDeclaration, *, on: date) -> Line:
    """The fee as it is to be paid, and the passage that says so.

    Raises:
        Refused: the law decides none: the reasons say who does.
    """
    answer = fee_of(declaration, on=on)
    if not isinstance(answer, Decided):
        raise Refused(answer.say(), basis=answer.because)
    return Line("fee", "Émolument de la déclaration", answer.value["amount"], tuple(ref.key for ref in answer.because))


def take_fee(declaration: LossDeclaration, *, police: Actor, at: datetime) -> Chf:
    """Record that the fee was paid at the counter, once, with its receipt in the books and its entry in the ledger of shares.

    Raises:
        Refused: the law decides no fee.
        NotAllowedNow: it was paid or waived already, or the declaration isn't recorded.
    """
    line = fee_due(declaration, on=day_of(at))
    fields = {"fee_centimes": line.amount.centimes, "paid_at": at}
    facts = {"amount": str(line.amount), "till": True}
    with transaction.atomic():
        take("fee_paid", declaration, actor=police, at=at, fields=fields, facts=facts)
        take_at_the_till(declaration.reference, [line], at=at)
        sharing.book_declaration(declaration, at=at)
    return line.amount


def receipt_of(declaration: LossDeclaration) -> Receipt | None:
    """The receipt of a fee that was paid (1 query, none while it isn't)."""
    if declaration.paid_at is None:
        return None
    return Receipt.objects.select_related("attempt").filter(case_reference=declaration.reference).first()


def exempt(declaration: LossDeclaration, *, police: Actor, proof: str, at: datetime) -> None:
    """Waive the fee of an indigent person; ``proof`` names the piece that was shown (RDId 12/1).

    Raises:
        Refused: no piece.
        NotAllowedNow: it was paid or waived already, or the declaration isn't recorded.
    """
    if not proof.strip():
        raise Refused("Nommez la pièce qui prouve l'indigence, par exemple une attestation de l'Hospice général.")
    with transaction.atomic():
        fields = {"fee_centimes": 0, "exempted_at": at}
        take("fee_exempted", declaration, actor=police, at=at, fields=fields)
        declaration.exemption_proof = proof.strip()
        declaration.save(update_fields=["exemption_proof"])
        sharing.book_declaration(declaration, at=at)
