"""Card numbers are recognised as people write them, and nothing else is taken for one (CGV 6/3)."""

from __future__ import annotations

import logging

import pytest
from django import forms
from django.http import QueryDict

from guichet.kit import cards
from guichet.kit.forms import CARD_NUMBER, DayField, GuichetForm
from guichet.kit.logs import WithoutSecrets
from guichet.kit.summary import lines

VISA = "4111 1111 1111 1111"
CARDS = (
    VISA,
    "4111111111111111",
    "4222222222222",
    "4111-1111-1111-1111",
    "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
    "5555 5555 5555 4444",
    "2223 0031 2200 3222",
    "3782 822463 10005",
    "3056 9309 0259 04",
    "6011 1111 1111 1117",
    "3530 1113 3330 0000",
    "6759 6498 2643 8453",
    "Ma carte Visa:4111111111111111, valable 12/28, code 123",
    "N° 12, carte 4111 1111 1111 1111 et téléphone 022 546 48 88",
    "AVS 756.9217.0769.85 puis 4111 1111 1111 1111",
    "４１１１１１１１１１１１１１１１",
)
OTHERS = (
    "756.9217.0769.85",
    "7569217076985",
    "756 9217 0769 85",
    "CMD-41111111-1",
    "4111 1111 1111 1112",
    "9999 9999 9999 9995",
    "022 546 48 88, 079 123 45 67",
    "CH93 0076 2011 6238 5295 7",
    "Rue du Lac 3, 1207 Genève, né le 27.03.1985",
    "2026-11-22 10:30:55",
    "019a2b3c-4111-7111-8111-111111111111",
    "",
)


@pytest.mark.parametrize("text", CARDS)
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    assert cards.has_card_number(text)


@pytest.mark.parametrize("text", OTHERS)
def test_no_other_number_is_taken_for_a_card(text: str) -> None:
    assert not cards.has_card_number(text)
    assert cards.masked(text) == text


def test_a_masked_text_keeps_everything_but_the_numbers() -> None:
    masked = cards.masked(f"Carte {VISA}, puis 5555555555554444. Merci !")

    assert masked == f"Carte {cards.MASK}, puis {cards.MASK}. Merci !"


def test_a_log_line_does_not_hold_the_number() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "typed %s at %s", (VISA, "/suivi/"), None)

    WithoutSecrets().filter(record)

    assert record.getMessage() == f"typed {cards.MASK} at /suivi/"


class Asked(GuichetForm):
    """Every kind of control."""

    name = forms.CharField(label="Nom")
    name_again = forms.CharField(label="Nom, encore")
    day = DayField(label="Jour", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)


def asked(**typed: str) -> Asked:
    data = QueryDict(mutable=True)
    data.update({"name": "Amélie", "name_again": "Rochat", **typed})
    return Asked(data)


def test_a_field_that_holds_a_card_number_is_refused_and_emptied() -> None:
    form = asked(name=f"Amélie {VISA}")

    assert not form.is_valid()
    assert form.errors == {"name": [CARD_NUMBER]}
    assert "4111" not in str(form)
    assert "Rochat" in str(form)
    assert [sentence for _, sentence in lines(form)] == ["Nom : ne donnez" + CARD_NUMBER[len("Ne donnez") :]]


def test_a_number_split_over_the_parts_of_a_day_is_found() -> None:
    form = asked(day_day="4111", day_month="1111", day_year="11111111")

    assert form.errors == {"day": [CARD_NUMBER]}
    assert "1111" not in str(form)


def test_what_nobody_types_and_what_is_kept_as_a_digest_is_left_alone() -> None:
    assert asked(hidden=VISA, password=VISA).is_valid()


def test_a_form_given_a_plain_dictionary_is_cleaned_too() -> None:
    form = Asked({"name": VISA, "name_again": "Rochat"})

    assert form.errors == {"name": [CARD_NUMBER]}
