"""The demonstration's mailbox: what is sent can be read, by address, with links that work."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as in_force
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from guichet.gateways.mail.letters import Letter
from guichet.gateways.mail.simulator.mailbox import Mail, Receiving

pytestmark = pytest.mark.django_db
INBOX = reverse("mail_inbox")
LETTER = Letter("k1", "l'adresse enregistrée", "Votre code", "Code : ABCD", datetime(2026, 11, 2, tzinfo=UTC), False)


def send(to: str = "alice@exemple.ch", *, subject: str = "Bonjour", body: str = "Texte", **more: Any) -> None:
    """A mail as Django writes it has come over the wire."""
    message = EmailMessage(subject, body, "office@exemple.ch", [to], **more)
    with closing(Receiving(in_force.MAILBOX_DIR)) as mailbox:
        mailbox.keep(message.message().as_bytes(linesep="\r\n"), sender="bounces@exemple.ch", recipients=[to])


def received() -> list[Mail]:
    """What the mailbox holds, the newest first."""
    with closing(Receiving(in_force.MAILBOX_DIR)) as mailbox:
        return list(mailbox.mails())


def one_letter() -> list[Letter]:
    """A source of letters."""
    return [LETTER]


def test_a_mail_sent_is_read_in_the_mailbox() -> None:
    send(subject="Votre reçu n° 12 – café", body="Montant : 25.00 CHF")

    inbox = Client().get(INBOX).content.decode()
    page = Client().get(reverse("mail_message", args=[received()[0].number])).content.decode()

    assert "Votre reçu n° 12 – café" in inbox
    assert "Montant\N{NO-BREAK SPACE}: 25.00 CHF" in page
    assert "n'existe que dans la démonstration" in inbox


def test_an_address_in_a_mail_is_a_link() -> None:
    send(body="Suivez http://127.0.0.1:8000/suivi/abc/ svp")

    page = Client().get(reverse("mail_message", args=[received()[0].number])).content.decode()

    assert '<a href="http://127.0.0.1:8000/suivi/abc/"' in page


def test_a_text_that_looks_like_html_is_shown_as_text() -> None:
    send(subject="<b>gras</b>", body="<script>alert(1)</script>")

    page = Client().get(reverse("mail_message", args=[received()[0].number])).content.decode()

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

    (only,) = received()
    assert only.deliveries == 2
    page = Client().get(reverse("mail_message", args=[only.number])).content.decode()
    assert "remis 2 fois par le serveur" in page


def test_two_messages_of_the_same_text_are_two() -> None:
    send()
    send()

    assert [mail.deliveries for mail in received()] == [1, 1]


def test_the_newest_mail_is_at_the_top_and_the_oldest_on_the_last_page() -> None:
    for number in range(51):
        send(subject=f"Mail n° {number}.")

    first, second = (Client().get(INBOX, {"page": page}).content.decode() for page in (1, 2))

    assert first.index("n° 50.") < first.index("n° 49.") < first.index("n° 1.")
    assert "n° 0." not in first
    assert "n° 0." in second


def test_where_no_mail_server_was_ever_started_the_mailbox_is_empty() -> None:
    page = Client().get(INBOX).content.decode()

    assert "Aucun e-mail." in page
    assert not in_force.MAILBOX_DIR.exists()


def test_letters_stand_beside_the_mails(settings: Any) -> None:
    settings.MAILBOX_LETTERS = f"{__name__}.one_letter"

    inbox = Client().get(INBOX).content.decode()
    page = Client().get(reverse("mail_letter", args=["k1"])).content.decode()

    assert "Votre code" in inbox
    assert "Code\N{NO-BREAK SPACE}: ABCD" in page
    assert "pas encore postée" in page


def test_the_page_reloads_by_itself_only_when_asked() -> None:
    assert "Refresh" not in Client().get(INBOX)
    assert Client().get(INBOX, {"actualiser": "1"})["Refresh"] == "5"


def test_nothing_there_is_said_in_words() -> None:
    page = Client().get(INBOX, {"adresse": "personne"}).content.decode()

    assert "Aucun e-mail à une adresse contenant «\N{NO-BREAK SPACE}personne\N{NO-BREAK SPACE}»" in page


@pytest.mark.parametrize(("name", "args"), [("mail_inbox", []), ("mail_message", [1]), ("mail_letter", ["k1"])])
def test_outside_the_demonstration_there_is_no_mailbox(settings: Any, name: str, args: list[Any]) -> None:
    settings.DEMO = False

    assert Client().get(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), [("mail_message", [1]), ("mail_letter", ["nothing"])])
def test_an_unknown_message_is_not_found(name: str, args: list[Any]) -> None:
    assert Client().get(reverse(name, args=args)).status_code == 404


def test_nothing_can_be_posted_to_the_mailbox() -> None:
    assert Client().post(INBOX).status_code == 405
