"""What a person reads of their order's journal."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.acts import record
from guichet.kit import clock
from guichet.orders import catalogue, handling, operations
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


def test_the_history_says_why_reserved_money_was_released_and_what_an_incident_was() -> None:
    order = a_draft()
    for act, facts in (
        ("payment_incident_opened", {"kind": "double"}),
        ("payment_voided", {"reason": "double"}),
        ("payment_incident_resolved", {"kind": "double", "resolution": "voided"}),
    ):
        record(act, order.reference, actor=CLERK, at=AT, facts=facts)
    chain = journal.entries(order.reference)

    assert [one.note for one in happenings(chain)][1:] == ["Motif : second paiement de la même démarche."]
    assert [one.note for one in happenings(chain, internal=True)][1:] == [
        "Second paiement de la même démarche.",
        "Motif : second paiement de la même démarche.",
        "Montant libéré, personne n'a été débité.",
    ]


def test_what_is_to_be_paid_what_was_paid_and_nothing_once_it_is_cancelled(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    waiting, paid, cancelled = an_order(), pay(an_order()), an_order()
    operations.cancel(cancelled, at=AT)

    pages = [client.get(reverse("orders:tracking", args=[one.token])).content.decode() for one in (waiting, paid)]
    gone = client.get(reverse("orders:tracking", args=[cancelled.token])).content.decode()

    assert ["Ce que vous payez" in page for page in pages] == [True, False]
    assert ["Ce que vous avez payé" in page for page in pages] == [False, True]
    assert "Ce que vous" not in gone


@pytest.mark.parametrize(("delivery", "waits"), [("download", False), ("post", True)])
def test_what_is_made_at_once_and_downloaded_waits_for_no_post(
    client: Client, monkeypatch: pytest.MonkeyPatch, *, delivery: str, waits: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    order = pay(an_order(delivery=delivery))

    page = client.get(reverse("orders:tracking", args=[order.token])).content.decode()

    assert ("7 à 14 jours ouvrables" in page) == waits


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
