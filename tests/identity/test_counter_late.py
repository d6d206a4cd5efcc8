"""A counter whose line or server went away: a form sent again is recorded once, an appearance can be entered later."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from guichet.casework.models import Entry
from guichet.identity.models import IdentityApplication, ProducedPiece, ReceivedForm
from guichet.identity.operations import receiving
from guichet.kit import clock
from tests.identity.builders import AT, acted, an_application
from tests.identity.counter import a_photo, an_agent_of, at_the_counter, browser_of, done

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)
KEY = "a-key-that-one-page-has-given"
REASONS = "Vous n'avez pas produit de preuve de votre nationalité suisse."
WORDS = {"words": "carte d'identité échue, photo comparée"}
ON_THE_24TH = {"appeared_on_day": "24", "appeared_on_month": "11", "appeared_on_year": "2026"}


@pytest.fixture(autouse=True)
def three_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def address(application: IdentityApplication, act: str = "appearance_recorded") -> str:
    return reverse("guichets:act", args=[application.reference, act])


def a_photograph() -> dict[str, object]:
    """The form of a datum, filled in."""
    return {"kind": "photo", "content": SimpleUploadedFile("photo.jpg", a_photo()), "form_key": KEY}


def entries(application: IdentityApplication, act: str) -> list[Entry]:
    return list(Entry.objects.filter(case_reference=application.reference, act=act))


def test_the_same_form_sent_twice_is_recorded_once_and_leads_to_the_same_page() -> None:
    card, clerk = an_application(), at_the_counter("commune")

    first = clerk.post(address(card), {**WORDS, "form_key": KEY})
    again = clerk.post(address(card), {**WORDS, "form_key": KEY}, follow=True)

    assert again.redirect_chain == [(first["Location"], 302)]
    assert "il n'a été enregistré qu'une fois" in again.content.decode().replace("&#x27;", "'")
    assert len(entries(card, "appearance_recorded")) == 1
    assert ProducedPiece.objects.count() == 1


def test_a_photograph_sent_again_on_a_line_that_came_back_is_taken_once() -> None:
    card, clerk = an_application(), an_agent_of("commune")
    done(card, clerk, "appearance_recorded")
    browser = browser_of(clerk)
    page = reverse("guichets:data", args=[card.reference])

    for _ in range(2):
        assert browser.post(page, a_photograph()).status_code == 302

    assert len(entries(card, "datum_taken")) == 1


def test_a_form_with_an_error_may_be_sent_again_with_its_key() -> None:
    card, clerk = an_application(), at_the_counter("commune")

    assert clerk.post(address(card), {"words": "", "form_key": KEY}).status_code == 422
    assert clerk.post(address(card), {**WORDS, "form_key": KEY}).status_code == 302

    assert len(entries(card, "appearance_recorded")) == 1


def test_a_refused_act_leaves_no_trace_of_its_form() -> None:
    card = acted(an_application(), "appearance_recorded")

    assert at_the_counter("commune").post(address(card), {**WORDS, "form_key": KEY}).status_code == 409

    assert not ReceivedForm.objects.exists()


def test_a_page_that_only_shows_something_may_be_asked_for_again() -> None:
    passport, centre = an_application(request="passport"), at_the_counter("centre")
    told = {"ground": "not_entitled", "reasons": REASONS, "step": "preview", "form_key": KEY}

    answers = [centre.post(address(passport, "application_refused"), told) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(answer.context["letter"] is not None for answer in answers)


def test_another_agent_s_form_is_another_form() -> None:
    cards = [an_application(), an_application()]

    for card in cards:
        at_the_counter("commune").post(address(card), {**WORDS, "form_key": KEY})

    assert [len(entries(card, "appearance_recorded")) for card in cards] == [1, 1]


def test_every_page_of_an_act_gives_its_form_a_key_of_its_own() -> None:
    card, clerk = an_application(), at_the_counter("commune")
    pages = [clerk.get(address(card)).content.decode() for _ in range(2)]

    keys = {page.split('name="form_key" value="')[1].split('"')[0] for page in pages}

    assert len(keys) == 2


def test_forms_are_forgotten_after_a_week() -> None:
    receiving.receive("agent", KEY, at=AT - timedelta(days=8))
    receiving.receive("agent", KEY + "2", at=AT)

    assert receiving.forget(at=AT) == 1
    assert ReceivedForm.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_several_times_at_once_takes_one_photograph() -> None:
    card, clerk = an_application(), an_agent_of("commune")
    done(card, clerk, "appearance_recorded")
    page = reverse("guichets:data", args=[card.reference])

    def send() -> int:
        return browsers.pop().post(page, a_photograph()).status_code

    browsers = [browser_of(clerk) for _ in range(3)]
    assert at_once(send, 3) == [302, 302, 302]
    assert len(entries(card, "datum_taken")) == 1


def at_once(send: Callable[[], int], times: int) -> list[int]:
    answers: list[int] = []
    barrier = threading.Barrier(times)

    def run() -> None:
        barrier.wait()
        try:
            answers.append(send())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def test_whoever_sits_at_a_counter_is_heard_and_others_are_sent_to_sign_in() -> None:
    heard = at_the_counter("police").get("/guichets/entendu/")

    assert (heard.status_code, heard["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert len(heard.content) == 64
    assert Client().get("/guichets/entendu/").status_code == 302


def late(application: IdentityApplication, **typed: str) -> tuple[int, str]:
    answer = at_the_counter("commune").post(address(application), {**WORDS, **ON_THE_24TH, **typed})
    return answer.status_code, answer.content.decode().replace("&#x27;", "'")


def test_an_appearance_noted_on_paper_is_entered_with_its_own_day_and_both_days_are_in_the_journal() -> None:
    card = an_application()

    assert late(card, why_late="panne du réseau au guichet")[0] == 302

    card.refresh_from_db()
    (entry,) = entries(card, "appearance_recorded")
    assert str(card.appeared_on) == "2026-11-24"
    assert clock.day_of(entry.at).isoformat() == "2026-11-26"
    assert entry.facts["appeared_on"] == "2026-11-24"
    assert [piece.words for piece in ProducedPiece.objects.order_by("id")] == [
        "Saisie après coup de la présentation du mardi 24 novembre 2026 : panne du réseau au guichet",
        WORDS["words"],
    ]
    page = at_the_counter("commune").get(reverse("guichets:case", args=[card.reference])).content.decode()
    assert "mardi 24 novembre 2026\N{NO-BREAK SPACE}; l&#x27;acte est saisi après coup" in page


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"appeared_on_day": "27", "why_late": "panne"}, "appeared_on", "Ce jour est à venir"),
        ({"appeared_on_day": "22", "why_late": "panne"}, "appeared_on", "La demande a été déposée le"),
        ({}, "why_late", "Dites pourquoi la présentation se saisit après coup"),
    ],
)
def test_a_day_that_cannot_be_or_no_reason_is_told_beside_its_field_and_nothing_is_stored(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    card = an_application()
    answer = at_the_counter("commune").post(address(card), {**WORDS, **ON_THE_24TH, **typed})

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert WORDS["words"] in answer.content.decode().replace("&#x27;", "'")
    assert not entries(card, "appearance_recorded")
    assert not ProducedPiece.objects.exists()


def test_today_s_day_typed_is_no_late_entry() -> None:
    card = an_application()

    assert late(card, appeared_on_day="26")[0] == 302

    (entry,) = entries(card, "appearance_recorded")
    assert entry.facts == {}


@pytest.mark.parametrize(("day", "follows"), [("24", "minority_recorded"), ("26", "majority_recorded")])
def test_the_age_that_counts_is_that_of_the_day_of_the_appearance(day: str, follows: str) -> None:
    # Eighteen on 25 November: a minor when they came, of age when it is entered.
    young = an_application(born_on=LATER.date().replace(year=2008, day=25), parents="together", bearer="self")
    status, page = late(young, appeared_on_day=day, why_late="panne du réseau")

    assert status == 302, page
    assert len(entries(young, follows)) == 1
