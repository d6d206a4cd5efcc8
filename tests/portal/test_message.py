"""Writing to the office: the right contact gets it, and the order that is named keeps it (CGV 11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from guichet.casework import journal, worker
from guichet.casework.models import Note, OutboxMessage
from guichet.kit import clock
from guichet.orders.correspondence import UNVERIFIED
from tests.desk.builders import NOW, at_the_desk, browser_of
from tests.orders.builders import a_draft, an_account, an_order

pytestmark = pytest.mark.django_db
FORM = "/contact/message/"
SENT = "/contact/message/envoye/"
TYPED = {
    "kind": "substance",
    "reference": "",
    "email": "alice@exemple.ch",
    "text": "L'attestation porte le prénom d'une autre.",
}


def written(client: Client, **typed: str) -> Any:
    return client.post(FORM, {**TYPED, **typed})


@pytest.mark.parametrize("kind", ["substance", "technical"])
def test_a_message_is_owed_to_the_contact_it_is_for(client: Client, kind: str, settings: Any) -> None:
    response = written(client, kind=kind)

    assert response["Location"] == SENT
    assert OutboxMessage.objects.get().to == settings.OFFICE[f"contact_{kind}"]
    assert not Note.objects.exists()


def test_the_mail_says_who_wrote_what_in_their_own_characters(client: Client) -> None:
    order = an_order()
    written(client, reference=order.reference)

    worker.drain(wiring={}, clock=clock.now)

    (sent,) = mail.outbox
    assert sent.subject == f"Message reçu par le guichet : {order.reference}"
    assert "L'attestation porte le prénom d'une autre." in sent.body
    assert "alice@exemple.ch" in sent.body
    assert f"/bureau/commandes/{order.reference}/" in sent.body


def test_a_message_that_names_an_order_is_kept_with_it(client: Client) -> None:
    order = an_order()

    written(client, reference=order.reference.lower())

    note = Note.objects.get(case_reference=order.reference)
    assert (note.role, note.author) == ("applicant", UNVERIFIED)
    assert TYPED["text"] in note.text
    entry = journal.entries(order.reference)[-1]
    assert (entry.act, entry.role, entry.facts) == ("message_received", "applicant", {"kind": "substance"})
    assert journal.verify(order.reference) == []


def test_a_holder_who_is_signed_in_is_known_to_have_written() -> None:
    account = an_account()
    order = an_order(account=account)

    written(browser_of(account), reference=order.reference)

    assert Note.objects.get().author == str(account.pk)


def test_somebody_elses_account_counts_as_unverified() -> None:
    order = an_order(account=an_account())
    stranger = an_account("bob@exemple.ch", person=None)

    written(browser_of(stranger), reference=order.reference)

    assert Note.objects.get().author == UNVERIFIED


def test_the_desk_sees_that_a_note_is_a_message_that_came_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    order = an_order()
    written(client, reference=order.reference)

    page = at_the_desk().get(f"/bureau/commandes/{order.reference}/").content.decode()

    assert "Un message a été reçu." in page
    assert "formulaire de contact, identité non vérifiée" in page
    assert "le prénom d&#x27;une autre" in page


def test_the_answer_does_not_tell_whether_an_order_exists(client: Client) -> None:
    draft, known = a_draft(), an_order()

    answers = [written(client, reference=reference) for reference in (known.reference, draft.reference)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, SENT)}
    assert Note.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="orders/message_received").count() == 2


def test_the_same_message_sent_twice_is_one_message(client: Client) -> None:
    order = an_order()

    written(client, reference=order.reference)
    written(client, reference=order.reference)

    assert Note.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"), [("kind", ""), ("email", "alice"), ("text", "court"), ("reference", "CMD-12345678-X")]
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(client: Client, field: str, typed: str) -> None:
    response = written(client, **{field: typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "alice" in response.content.decode()
    assert not OutboxMessage.objects.exists()


def test_too_many_messages_wait_and_nothing_written_is_lost(client: Client) -> None:
    for number in range(5):
        written(client, text=f"Message numéro {number} au sujet de la page.")

    response = written(client, text="Le sixième message de suite.")

    assert response.status_code == 429
    assert "Le sixième message de suite." in response.content.decode()
    assert OutboxMessage.objects.count() == 5


def test_the_form_is_filled_in_with_what_is_known(client: Client) -> None:
    account = an_account()

    page = browser_of(account).get(f"{FORM}?reference=CMD-7K2M9XQA-4").content.decode()

    assert 'value="CMD-7K2M9XQA-4"' in page
    assert 'value="alice@exemple.ch"' in page


@pytest.mark.parametrize("address", ["/contact/", "/nulle-part/"])
def test_contact_and_error_pages_lead_to_the_form(client: Client, address: str) -> None:
    assert FORM in client.get(address).content.decode()


def test_an_orders_page_leads_to_the_form_with_its_reference(client: Client) -> None:
    order = an_order()

    assert f"{FORM}?reference={order.reference}" in client.get(f"/suivi/{order.token}/").content.decode()
