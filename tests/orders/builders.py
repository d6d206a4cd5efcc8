"""Orders by the real path: register, catalogue, terms, form, payment as payments tells it, the office's acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guichet.casework.acts import Actor
from guichet.casework.models import OutboxMessage
from guichet.institutions.directory import COURT
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.ids import secret_token
from guichet.orders import catalogue, operations, terms
from guichet.orders.models import Order, ServiceVersion, TermsEdition, TermsKind
from guichet.orders.payable import PayableOrders
from guichet.payments.models import PaymentAttempt
from guichet.payments.operations.incidents import open_incident
from guichet.payments.states import IncidentKind
from guichet.people.accounts import operations as accounts
from guichet.people.models import Account, Person
from tests.people.register.builders import the_cast

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
CLERK = Actor("clerk", "carole")
RESIDENCE = "attestation-de-residence"


def the_office() -> None:
    """The court that letters name; catalogue and terms, published."""
    Office.objects.get_or_create(
        code=COURT,
        defaults={
            "name": "Chambre administrative de la Cour de justice",
            "kind": "cantonal",
            "address": "Rue de Saint-Léger 10\n1205 Genève",
        },
    )
    if not ServiceVersion.objects.exists():
        catalogue.load(catalogue.PACKAGED, at=AT - timedelta(days=30))
    if not TermsEdition.objects.exists():
        for kind in TermsKind:
            terms.publish(kind.value, edition="1", title=kind.label, text=f"# {kind.label}", at=AT - timedelta(days=30))


def an_account(email: str = "alice@exemple.ch", *, person: str | None = "GE-D01") -> Account:
    """An account; verified for a person of the cast through the letter and its code, unless ``person`` is None."""
    account = Account.objects.create_account(email, password="un mot de passe long", name="Alice", at=AT)
    if person is not None:
        if not Person.objects.exists():
            the_cast()
        row = accounts.request_verification(account, Person.objects.get(local_person_id=person), at=AT)
        letter = OutboxMessage.objects.get(key=f"verification:{row.pk}")
        accounts.verify(account, typed=letter.context["code"], at=AT)
        account.refresh_from_db()
    return account


def a_draft(slug: str = RESIDENCE, *, account: Account | None = None, at: datetime = AT) -> Order:
    """A draft, just begun."""
    the_office()
    version = catalogue.version_on_offer(slug, at=at)
    return operations.start(version, account_id=account.pk if account else None, start_key=secret_token(), at=at)


GUEST = {
    "subject": "self",
    "official_name": "Rochat",
    "first_names": "Amélie",
    "born_on": "1985-03-27",
    "email": "alice@exemple.ch",
}


def a_filled_draft(
    slug: str = RESIDENCE, *, account: Account | None = None, at: datetime = AT, **delivery: Any
) -> Order:
    """A draft whose every step is filled in: download for a verified account, post for a guest."""
    order = a_draft(slug, account=account, at=at)
    verified = account is not None and account.person_id is not None
    operations.save_step(
        order,
        "person",
        {"email": "alice@exemple.ch"} if verified else GUEST,
        at=at,
        email="alice@exemple.ch",
        bearer="Amélie Rochat",
        person_id=account.person_id if account else None,
    )
    ways: dict[str, Any] = {"delivery": "download"} if verified else {"delivery": "post", "postage": "b_standard"}
    ways |= delivery
    if ways["delivery"] == "post":
        ways["address"] = ["Amélie Rochat", "Rue du Lac 3", "1207 Genève"]
    operations.save_step(order, "delivery", {"delivery": ways["delivery"]}, at=at, **ways)
    return order


def an_order(slug: str = RESIDENCE, *, account: Account | None = None, at: datetime = AT, **delivery: Any) -> Order:
    """A submitted order that waits to be paid."""
    order = a_filled_draft(slug, account=account, at=at, **delivery)
    operations.submit(order, terms.binding(at), at=at)
    return order


def pay(order: Order, *, at: datetime = AT, validated_at: datetime | None = None, collect: bool = True) -> Order:
    """What payments tells when the provider has confirmed."""
    payable = PayableOrders()
    with transaction.atomic():
        standing = payable.lock(order.reference, on=day_of(at))
        payable.payment_validated(standing, attempt="A-1", validated_at=validated_at or at, at=at)
    if collect:
        with transaction.atomic():
            standing = payable.lock(order.reference, on=day_of(at))
            payable.payment_collected(standing, attempt="A-1", receipt="2026-000001", at=at)
    order.refresh_from_db()
    return order


def an_attempt(order: Order, **fields: Any) -> PaymentAttempt:
    """A payer has pressed « payer »; ``fields`` say what became of it."""
    return PaymentAttempt.objects.create(
        case_reference=order.reference,
        serial=1,
        reference=f"{order.reference.replace('-', '')}-1",
        provider="saferpay",
        amount_centimes=order.total.centimes,
        sent=[],
        return_key="r",
        notify_key="n",
        quote_digest=order.quote_digest,
        lines=[],
        started_at=AT,
        **fields,
    )


def an_open_incident(order: Order) -> None:
    """The provider confirmed another amount than was agreed."""
    open_incident(an_attempt(order), IncidentKind.MISMATCH, at=AT, facts={})
