"""The pages of a batch for the printer: for each envelope a sheet with the address in the window, then what it holds."""

from __future__ import annotations

import textwrap
from datetime import datetime
from uuid import UUID

from guichet.casework.acts import Actor
from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
from guichet.documents import operations as documents
from guichet.documents import rendering
from guichet.documents.contents import Letter
from guichet.documents.models import in_force
from guichet.documents.office import issuer
from guichet.gateways.register.port import Address
from guichet.kit.clock import day_of
from guichet.orders.models import Order
from guichet.people.register import postal_address

from .models import ItemKind, PrintItem

_WINDOW_LINES = 6
# A longer name goes over two lines, rather than shrink until the sorting machine can't read it.
_NAME_WIDTH = 42
_TO_REGISTERED_ADDRESS = "post:"


class NothingToPrint(Exception):  # noqa: N818 - says what happened
    """What the item named is not there any more; the batch is printed without it."""


def sheets(item: PrintItem, *, clerk: Actor, signatory: str, at: datetime) -> list[bytes]:
    """The PDFs of one envelope, in the order in which they are folded. Slow: never inside a transaction.

    Raises:
        NothingToPrint: it was posted or withdrawn meanwhile.
    """
    if item.kind == ItemKind.DECISION:
        return [_issued(item.case_reference, "decision")]
    if item.kind == ItemKind.DOCUMENT:
        return [_cover(item, signatory=signatory, at=at), _issued(item.case_reference, "attestation")]
    return [_letter(item, clerk=clerk, signatory=signatory, at=at)]


def _issued(case_reference: str, kind: str) -> bytes:
    issued = in_force(case_reference, kind)
    if issued is None:
        raise NothingToPrint(case_reference)
    return documents.content_of(issued)


def _cover(item: PrintItem, *, signatory: str, at: datetime) -> bytes:
    order = Order.objects.select_related("version").filter(pk=item.target, state="issued").first()
    if order is None or not order.address:
        raise NothingToPrint(item.case_reference)
    content = Letter(
        issuer=issuer(),
        recipient=tuple(order.address[:_WINDOW_LINES]),
        reference=order.reference,
        written_on=day_of(at),
        object=f"Votre commande : {order.version.title}",
        mode="Recommandé" if order.postage == "registered" else "",
        paragraphs=(
            f"Vous trouverez ci-joint le document que vous avez commandé sous la référence {order.reference}.",
            "Le code imprimé sur le document permet à chacun d'en vérifier l'authenticité sur notre site.",
        ),
        signatory=signatory,
        enclosures=(order.version.title,),
    )
    return rendering.render("letter", content, issued_at=at, embed_data=False)


def _letter(item: PrintItem, *, clerk: Actor, signatory: str, at: datetime) -> bytes:
    """A letter owed, in its own words; its address is read from the register for the envelope, and the reading logged."""
    message = OutboxMessage.objects.letters().unsent().filter(pk=item.target).first()
    if message is None:
        raise NothingToPrint(item.case_reference)
    subject, body = compose(message)
    content = Letter(
        issuer=issuer(),
        recipient=_recipient(message, clerk=clerk, at=at),
        reference=message.case_reference,
        written_on=day_of(at),
        object=subject,
        paragraphs=_paragraphs(body),
        salutation="",
        closing="",
        signatory=signatory,
    )
    return rendering.render("letter", content, issued_at=at, embed_data=False)


def _paragraphs(body: str) -> tuple[str, ...]:
    """The words of a message; its signature, the office's name, stands above the signatory already."""
    parts = (part.strip() for part in body.split("\n\n"))
    return tuple(part for part in parts if part and part != issuer().name)


def _recipient(message: OutboxMessage, *, clerk: Actor, at: datetime) -> tuple[str, ...]:
    to: str = message.to
    if not to.startswith(_TO_REGISTERED_ADDRESS):
        return tuple(to.splitlines()[:_WINDOW_LINES])
    name, address = postal_address(
        UUID(to.removeprefix(_TO_REGISTERED_ADDRESS)),
        reader=clerk,
        reason="adresser une lettre",
        case_reference=message.case_reference,
        at=at,
    )
    where = _lines(address)
    return (*textwrap.wrap(name, _NAME_WIDTH)[: _WINDOW_LINES - len(where)], *where)


def _lines(address: Address) -> tuple[str, ...]:
    street = " ".join(part for part in (address.street, address.house_number) if part)
    country = "" if address.country == "CH" else address.country
    lines = (address.extra, street, f"{address.postcode} {address.town}".strip(), country)
    return tuple(line for line in lines if line)


def bundle(parts: list[bytes]) -> bytes:
    """One PDF for the printer."""
    return rendering.merge(parts)
