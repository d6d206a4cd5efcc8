"""The demonstration's mailbox: what is sent can be read, by address, with links that work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse

from guichet.gateways.mail.check import check_setup
from guichet.gateways.mail.letters import Letter
from guichet.gateways.mail.models import SentMessage

pytestmark = pytest.mark.django_db
MAILBOX = "guichet.gateways.mail.mailbox.Backend"
INBOX = reverse("mail_inbox")
LETTER = Letter("k1", "l'adresse enregistrée", "Votre code", "Code : ABCD", datetime(2026, 11, 2, tzinfo=UTC), False)


def send(to: str = "alice@exemple.ch", *, subject: str = "Bonjour", body: str = "Texte", **more: Any) -> None:
    """A mail leaves the office for the mailbox."""
    message = EmailMessage(subject, body, "office@exemple.ch", [to], connection=get_connection(MAILBOX), **more)
    assert message.send() == 1


def one_letter() -> list[Letter]:
    """A source of letters."""
    return [LETTER]


def test_a_mail_sent_is_read_in_the_mailbox() -> None:
    send(subject="Votre reçu n° 12 – café", body="Montant : 25.00 CHF")

    inbox = Client().get(INBOX).content.decode()
    page = Client().get(reverse("mail_message", args=[SentMessage.objects.get().pk])).content.decode()

    assert "Votre reçu n° 12 – café" in inbox
    assert "Montant : 25.00 CHF" in page
    assert "n'existe que dans la démonstration" in inbox


def test_an_address_in_a_mail_is_a_link() -> None:
    send(body="Suivez http://127.0.0.1:8000/suivi/abc/ svp")

    page = Client().get(reverse("mail_message", args=[SentMessage.objects.get().pk])).content.decode()

    assert '<a href="http://127.0.0.1:8000/suivi/abc/"' in page


def test_a_text_that_looks_like_html_is_shown_as_text() -> None:
    send(subject="<b>gras</b>", body="<script>alert(1)</script>")

    page = Client().get(reverse("mail_message", args=[SentMessage.objects.get().pk])).content.decode()

    assert "<script>alert" not in page
    assert "<b>gras" not in page


def test_mails_are_found_by_a_part_of_the_address() -> None:
    send("alice@exemple.ch", subject="Pour Alice")
    send("bob@exemple.ch", subject="Pour Bob")

    page = Client().get(INBOX, {"adresse": "bob@"}).content.decode()

    assert "Pour Bob" in page
    assert "Pour Alice" not in page


def test_the_same_message_delivered_twice_is_kept_once_and_counted() -> None:
    for _ in range(2):
        send(headers={"Message-ID": "<1@guichet.example>"})

    assert SentMessage.objects.get().deliveries == 2


def test_two_messages_of_the_same_text_are_two() -> None:
    send()
    send()

    assert SentMessage.objects.count() == 2


def test_letters_stand_beside_the_mails(settings: Any) -> None:
    settings.MAILBOX_LETTERS = f"{__name__}.one_letter"

    inbox = Client().get(INBOX).content.decode()
    page = Client().get(reverse("mail_letter", args=["k1"])).content.decode()

    assert "Votre code" in inbox
    assert "Code : ABCD" in page
    assert "pas encore postée" in page


def test_the_page_reloads_by_itself_only_when_asked() -> None:
    assert "Refresh" not in Client().get(INBOX)
    assert Client().get(INBOX, {"actualiser": "1"})["Refresh"] == "5"


def test_nothing_there_is_said_in_words() -> None:
    page = Client().get(INBOX, {"adresse": "personne"}).content.decode()

    assert "Aucun e-mail à une adresse contenant « personne »" in page


@pytest.mark.parametrize(("name", "args"), [("mail_inbox", []), ("mail_message", [uuid4()]), ("mail_letter", ["k1"])])
def test_outside_the_demonstration_there_is_no_mailbox(settings: Any, name: str, args: list[Any]) -> None:
    settings.DEMO = False

    assert Client().get(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), [("mail_message", [uuid4()]), ("mail_letter", ["nothing"])])
def test_an_unknown_message_is_not_found(name: str, args: list[Any]) -> None:
    assert Client().get(reverse(name, args=args)).status_code == 404


def test_nothing_can_be_posted_to_the_mailbox() -> None:
    assert Client().post(INBOX).status_code == 405


def test_the_check_is_content_with_the_demonstration(settings: Any) -> None:
    settings.EMAIL_BACKEND = MAILBOX

    assert check_setup() == []


def test_the_check_tells_what_a_production_lacks(settings: Any) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = False, MAILBOX

    assert len(check_setup()) == 2


def test_the_check_tells_that_the_mail_server_does_not_answer(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    (problem,) = check_setup()

    assert "ne répond pas" in problem
