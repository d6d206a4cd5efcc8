"""What an application costs: the fee by the age of a day, and the postage of each document that is sent (RDId 11/1, 5)."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst

from guichet.kit.quotes import Line, NoPrice, Quote
from guichet.law.kernel.answers import Decided
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask, identity_postage

from .models import IdentityApplication
from .models.applications import Request

# Whose price depends on nobody's age.
_AGELESS = (Request.PROVISIONAL_PASSPORT,)
REASONS = {
    "fee": "L'émolument est fixé par le règlement ; l'âge compte au jour de la présentation au guichet.",
    "postage": "L'envoi de chaque document se paie en plus de l'émolument, à son coût effectif.",
}


def quote(application: IdentityApplication, *, on: date) -> Quote:
    """The price of an application for whoever appears on the day ``on``.

    Raises:
        NoPrice: fee or postage is not known for that day.
    """
    request, born = Request(application.request), application.born_on
    answer = ask("rdid.fee", on=on, request=request.value, born=born)
    fee = Line.of("fee", _label(request, born, on), answer)
    sent = () if application.is_handed_over else application.documents
    return Quote(on, (fee, *(_postage(document, on) for document in sent)))


def frozen(price: Quote) -> dict[str, object]:
    """The columns in which an application keeps the price that was agreed to."""
    return {
        "lines": price.to_json(),
        "fee_centimes": price.amount("fee").centimes,
        "postage_centimes": price.amount("postage").centimes,
        "quote_digest": price.digest,
    }


def is_minor(born: date | None, *, on: date) -> bool:
    """Whether somebody is a minor on a day (RDId 11/1); nobody whose birth is unknown is."""
    if born is None:
        return False
    answer = ask("rdid.minor", on=on, born=born)
    return isinstance(answer, Decided) and bool(answer.value["minor"])


def _label(request: Request, born: date | None, on: date) -> str:
    name = capfirst(request.label)
    return name if request in _AGELESS else f"{name}, {'enfant' if is_minor(born, on=on) else 'adulte'}"


def _postage(document: Request, on: date) -> Line:
    label = f"Envoi : {document.label}"
    fact = identity_postage(on)
    if fact is None or not isinstance(fact.value, Chf):
        raise NoPrice(f"Le prix n'est pas connu pour le jour demandé : {label}. L'office doit compléter son tarif.")
    return Line("postage", label, fact.value, [fact.ref.to_json()], list(fact.reservations(on)))
