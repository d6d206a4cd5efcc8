"""What the papers of an application say: the form to be signed (RDId 5) and the receipt of the fee (RDId 11)."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst

from guichet.documents.contents import Fact, IdentityForm, ReceiptLine
from guichet.documents.contents import Receipt as ReceiptContent
from guichet.documents.office import issuer
from guichet.gateways.register.communes import name_of
from guichet.kit.clock import day_of
from guichet.law.kernel.addresses import Ref
from guichet.payments.models import Receipt

from .models import IdentityApplication, LossDeclaration
from .models.applications import Bearer, Parents, Reason, Request
from .quote import is_minor

_PREVENTED = "Empêchée de signer au guichet : apporter son autorisation écrite et légalisée (art. 6 al. 1 RDId)"


def form_content(application: IdentityApplication, *, on: date) -> IdentityForm:
    """The application form: every value, the authority that takes it, and the line for the signature."""
    office = application.office
    lines = [
        Fact(label="Demande", value=capfirst(Bearer(application.bearer).label)),
        Fact(label="Nom et prénoms", value=application.name or ""),
        Fact(label="Date de naissance", value=application.born_on or ""),
        Fact(label="Commune de domicile", value=name_of(application.commune) if application.commune else ""),
        Fact(label="Document demandé", value=capfirst(Request(application.request).label)),
        Fact(label="Motif", value=capfirst(Reason(application.reason).label)),
    ]
    if application.parents:
        lines.append(Fact(label="Situation des parents", value=capfirst(Parents(application.parents).label)))
    if application.is_holder_prevented:
        lines.append(Fact(label="Autorité parentale", value=_PREVENTED))
    return IdentityForm(
        issuer=issuer(office),
        reference=application.reference,
        authority=(office.name, *office.address_lines) if office else (),
        facts=tuple(lines),
        delivery=tuple((application.address or [])[:6]),
        lodged_on=on,
        signed_on=day_of(application.signed_at) if application.signed_at else None,
        basis="art. 5 RDId",
        holds_authority=is_minor(application.born_on, on=application.age_day(on)),
    )


def receipt_content(
    case: IdentityApplication | LossDeclaration, booked: Receipt, *, label: str = "Demande"
) -> ReceiptContent:
    """What the quittance says: each line with its passage, no data of the card; ``label`` is the kind of the case."""
    return ReceiptContent(
        issuer=issuer(case.office),
        number=booked.number,
        reference=case.reference,
        case_label=label,
        payer=tuple((case.address or [case.name or ""])[:6]),
        paid_on=day_of(booked.attempt.validated_at or booked.issued_at),
        means=booked.attempt.means,
        lines=tuple(
            ReceiptLine(label=line.label, amount=line.amount, basis=", ".join(Ref.parse(a).cite for a in line.articles))
            for line in booked.quote_lines
        ),
        total=booked.amount,
        total_label="Total payé",
        issued_on=day_of(booked.issued_at),
    )
