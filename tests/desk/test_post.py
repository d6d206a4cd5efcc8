"""The print batch: choose, preview, print as often as paper jams, post once."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.models import OutboxMessage
from guichet.desk import operations
from guichet.desk.envelopes import waiting
from guichet.desk.models import ItemKind, PrintBatch, PrintItem
from guichet.documents.office import issuer
from guichet.kit.errors import NotAllowedNow
from guichet.orders.models import Order
from guichet.people.accounts import operations as accounts
from guichet.people.models import Account, Person, Reading
from tests.documents.places import output_of
from tests.orders.builders import AT, CLERK

from .builders import NOW, amelie, an_agent, at_most, at_the_desk, browser_of, refused, to_be_posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]


def a_letter() -> OutboxMessage:
    """A code of verification that is owed by post to the registered address."""
    amelie()
    account = Account.objects.create_account("zoe@exemple.ch", password=None, name="Zoé", at=AT)
    accounts.request_verification(account, Person.objects.get(local_person_id="GE-D10"), at=AT)
    return OutboxMessage.objects.letters().get()


def everything() -> dict[str, list[str]]:
    """What the page proposes, all of it chosen."""
    return {"envelope": [one.key for one in waiting()]}


def make(browser: Client) -> PrintBatch:
    """Everything that waits, in a batch."""
    answer = browser.post(reverse("desk:make_batch"), everything())
    return PrintBatch.objects.get(pk=urlsplit(answer["Location"]).path.split("/")[-2])


def at(batch: PrintBatch, page: str) -> str:
    """An address of the batch."""
    return reverse(f"desk:{page}", args=[batch.pk])


def printed(browser: Client, batch: PrintBatch, folder: Path) -> str:
    """The text of the batch's PDF."""
    file = folder / "lot.pdf"
    file.write_bytes(browser.post(at(batch, "print_batch")).content)
    return output_of("pdftotext", "-layout", str(file), "-")


def test_documents_decisions_and_letters_wait_together() -> None:
    document, decision, letter = to_be_posted(), refused(), a_letter()

    found = {(one.kind, one.case_reference) for one in waiting()}

    assert found == {
        (ItemKind.DOCUMENT, document.reference),
        (ItemKind.DECISION, decision.reference),
        (ItemKind.LETTER, letter.case_reference),
    }
    page = at_the_desk().get(reverse("desk:post")).content.decode()
    assert "3 plis" in page
    assert "Code de vérification" in page


def test_a_preview_shows_the_batch_and_writes_nothing() -> None:
    order = to_be_posted()

    answer = at_the_desk().post(reverse("desk:post_preview"), everything())

    assert order.reference in answer.content.decode()
    assert "contiendra 1 pli" in answer.content.decode()
    assert not PrintBatch.objects.exists()


def test_choosing_nothing_is_told_and_makes_nothing() -> None:
    to_be_posted()
    browser = at_the_desk()

    preview = browser.post(reverse("desk:post_preview"), {"envelope": ["document:none"]}, follow=True)
    made = browser.post(reverse("desk:make_batch"))

    assert "Choisissez au moins un pli" in preview.content.decode()
    assert "serait vide" in made.content.decode()
    assert not PrintBatch.objects.exists()


def test_one_pdf_holds_each_envelope_with_its_address_first(tmp_path: Path) -> None:
    order, _, letter = to_be_posted(), refused(), a_letter()
    browser = at_the_desk()

    text = printed(browser, make(browser), tmp_path)

    pages = text.split("\f")
    assert "Rue du Lac 3" in pages[0]
    assert "Votre commande" in pages[0]
    assert order.reference in pages[1]
    assert "Attestation de résidence" in pages[1]
    assert "Refus de délivrer" in text
    (posted,) = [page for page in pages if letter.context["code"] in page]
    assert "Vasconcelos" in posted
    assert posted.count(issuer().name) == 2, "on the letterhead and above the signatory, no third time"


def test_an_address_read_for_an_envelope_is_a_logged_reading(tmp_path: Path) -> None:
    letter = a_letter()
    agent = an_agent()
    browser = browser_of(agent)

    printed(browser, make(browser), tmp_path)

    reading = Reading.objects.get(case_reference=letter.case_reference, reason="adresser une lettre")
    assert reading.reader == str(agent.pk)


def test_printing_twice_posts_nothing() -> None:
    order = to_be_posted()
    browser = at_the_desk()
    batch = make(browser)

    first = browser.post(at(batch, "print_batch"))
    second = browser.post(at(batch, "print_batch"))

    assert first.content[:5] == second.content[:5] == b"%PDF-"
    order.refresh_from_db()
    assert order.state == "issued"
    batch.refresh_from_db()
    assert batch.printed_at is not None
    assert batch.posted_at is None


def test_a_batch_is_posted_once_however_often_it_is_clicked() -> None:
    document, decision, letter = to_be_posted(), refused(), a_letter()
    browser = at_the_desk()
    batch = make(browser)
    browser.post(at(batch, "print_batch"))

    first = browser.post(at(batch, "mark_batch"), follow=True)
    second = browser.post(at(batch, "mark_batch"), follow=True)

    assert "3 plis sont marqués comme postés" in first.content.decode()
    assert "rien n&#x27;a changé" in second.content.decode()
    document.refresh_from_db()
    letter.refresh_from_db()
    assert document.state == "delivered"
    assert letter.sent_at is not None
    assert OutboxMessage.objects.filter(kind="orders/document_posted").count() == 1
    acts = [entry.act for entry in journal.entries(decision.reference)]
    assert acts.count("decision_posted") == 1
    assert waiting() == []


def test_a_batch_that_was_not_printed_cannot_be_posted() -> None:
    order = to_be_posted()
    browser = at_the_desk()
    batch = make(browser)

    assert browser.post(at(batch, "mark_batch")).status_code == 409
    order.refresh_from_db()
    assert order.state == "issued"


def test_a_batch_to_be_printed_says_why_it_can_not_be_marked_yet() -> None:
    to_be_posted()
    browser = at_the_desk()
    batch = make(browser)
    page = reverse("desk:batch", args=[batch.pk])

    before = browser.get(page).content.decode()
    browser.post(at(batch, "print_batch"))
    after = browser.get(page).content.decode()

    assert [
        "Imprimez d&#x27;abord le lot" in shown or "Imprimez d'abord le lot" in shown for shown in (before, after)
    ] == [True, False]


def test_what_was_posted_meanwhile_is_told_and_not_posted_again() -> None:
    order = to_be_posted()
    browser = at_the_desk()
    batch = make(browser)
    browser.post(at(batch, "print_batch"))
    browser.post(reverse("desk:posted", args=[order.reference]))

    answer = browser.post(at(batch, "mark_batch"), follow=True)

    assert "sans effet" in answer.content.decode()
    assert PrintItem.objects.get().was_posted is False
    assert OutboxMessage.objects.filter(kind="orders/document_posted").count() == 1


def test_what_lies_in_an_open_batch_is_not_proposed_to_a_second() -> None:
    to_be_posted()
    browser = at_the_desk()
    chosen = everything()
    make(browser)

    again = browser.post(reverse("desk:make_batch"), chosen)

    assert waiting() == []
    assert again.status_code == 409
    assert PrintBatch.objects.count() == 1


def test_an_undone_batch_gives_its_envelopes_back() -> None:
    to_be_posted()
    browser = at_the_desk()
    batch = make(browser)

    browser.post(at(batch, "undo_batch"))

    assert len(waiting()) == 1
    assert browser.get(at(batch, "batch")).status_code == 404


def test_a_posted_batch_is_neither_undone_nor_printed_any_more() -> None:
    to_be_posted()
    browser = at_the_desk()
    batch = make(browser)
    browser.post(at(batch, "print_batch"))
    browser.post(at(batch, "mark_batch"))

    assert browser.post(at(batch, "undo_batch")).status_code == 409
    assert browser.post(at(batch, "print_batch")).status_code == 409


def test_batches_are_listed_with_their_day_and_their_agent() -> None:
    to_be_posted()
    browser = browser_of(an_agent(name="Denise Dupraz"))
    make(browser)

    page = browser.get(reverse("desk:post")).content.decode()

    assert "25 novembre 2026" in page
    assert "Denise Dupraz" in page
    assert "à imprimer" in page


def test_a_download_is_never_an_envelope() -> None:
    order = to_be_posted()
    Order.objects.filter(pk=order.pk).update(delivery="download")

    assert waiting() == []


def test_the_pages_of_the_post_cost_eight_statements_at_most() -> None:
    to_be_posted()
    browser = at_the_desk()

    with at_most(8):
        browser.get(reverse("desk:post"))
    batch = make(browser)
    with at_most(7):
        browser.get(at(batch, "batch"))


def test_of_two_agents_with_the_same_page_one_makes_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    to_be_posted()
    seen_by_both = waiting()
    monkeypatch.setattr(operations, "waiting", lambda: seen_by_both)
    first, second = at_the_desk(), browser_of(an_agent(email="denis@office.example"))
    chosen = {"envelope": [one.key for one in seen_by_both]}

    answers = [browser.post(reverse("desk:make_batch"), chosen) for browser in (first, second)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "vient de prendre un de ces plis" in answers[1].content.decode()
    assert PrintBatch.objects.count() == 1


def test_of_two_agents_who_post_the_same_batch_one_does() -> None:
    order = to_be_posted()
    browser = at_the_desk()
    batch = make(browser)
    browser.post(at(batch, "print_batch"))
    seen_by_both = [PrintBatch.objects.get(pk=batch.pk) for _ in range(2)]

    operations.post_batch(seen_by_both[0], clerk=CLERK, at=NOW)
    with pytest.raises(NotAllowedNow):
        operations.post_batch(seen_by_both[1], clerk=CLERK, at=NOW)

    assert [entry.act for entry in journal.entries(order.reference)].count("document_posted") == 1


def test_what_has_left_the_house_is_not_printed_again() -> None:
    order, other = to_be_posted(), to_be_posted()
    browser = at_the_desk()
    batch = make(browser)
    browser.post(reverse("desk:posted", args=[order.reference]))

    assert browser.post(at(batch, "print_batch")).status_code == 200
    browser.post(reverse("desk:posted", args=[other.reference]))
    nothing_left = browser.post(at(batch, "print_batch"))

    assert "Plus rien de ce lot" in nothing_left.content.decode()


def test_a_very_long_name_keeps_to_the_window(tmp_path: Path) -> None:
    a_letter()
    browser = at_the_desk()

    lines = printed(browser, make(browser), tmp_path).splitlines()

    address = [line.strip() for line in lines if line.startswith(" " * 40)][:5]
    assert address[0].startswith("Maria da Assunção")
    assert address[-1] == "1245 Collonge-Bellerive"
    assert max(map(len, address)) <= 42
