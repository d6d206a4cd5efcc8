"""What a person reads of their order's journal."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.acts import record
from guichet.kit import clock
from guichet.orders import catalogue, handling
from guichet.orders.web.pages import happenings

from .builders import AT, CLERK, a_draft, an_order, pay

pytestmark = pytest.mark.django_db


def test_every_step_of_a_paid_order_is_told_with_its_article() -> None:
    order = pay(an_order())

    told = happenings(journal.entries(order.reference))

    assert [happening.what for happening in told][0] == "La commande a été commencée."
    assert all(happening.basis for happening in told[1:])
    assert len(told) == 4


def test_what_was_handed_to_the_payment_partner_is_shown_to_the_person() -> None:
    order = a_draft()
    record(
        "payment_started", order.reference, actor=CLERK, at=AT, facts={"sent": ["reference", "amount", "return_url"]}
    )

    (_, started) = happenings(journal.entries(order.reference))

    assert started.note == "Transmis au partenaire : référence du paiement, montant."


def test_a_note_for_colleagues_is_not_told_to_the_person() -> None:
    order = a_draft()
    handling.note(order, text="À rappeler.", author=CLERK, at=AT)

    assert len(happenings(journal.entries(order.reference))) == 1
    assert len(happenings(journal.entries(order.reference), internal=True)) == 2


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_ordering_again_is_offered_while_the_service_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, *, is_withdrawn: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    order = pay(an_order())
    if is_withdrawn:
        catalogue.withdraw(order.version.service.slug, at=AT)

    page = client.get(reverse("orders:tracking", args=[order.token])).content.decode()

    assert ("Commander à nouveau avec ces données" in page, "plus proposée" in page) == (not is_withdrawn, is_withdrawn)
