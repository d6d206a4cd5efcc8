"""The list of invalid documents: a yes or a no by the exact number, for authorities, each question logged; no way to browse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from guichet.casework.acts import Actor
from guichet.identity.models import InvalidityCheck
from guichet.identity.numbers import is_well_formed, normalise
from guichet.identity.operations import invalidity
from guichet.institutions import operations as institutions
from guichet.kit.clock import day_of
from guichet.kit.errors import NotEntitled, Refused
from guichet.kit.limits import TooMany
from tests.identity.builders import AT, the_authorities
from tests.identity.loss_builders import NUMBER, recorded

pytestmark = pytest.mark.django_db


def check(number: str = NUMBER, **told: Any) -> invalidity.Verdict:
    """What an agent of the commune is answered about a card."""
    asked = {"office": the_authorities()["commune"], "reader": Actor("commune", "m-1"), "reason": "dépôt d'une demande"}
    return invalidity.check(told.pop("kind", "identity_card"), number, at=told.pop("at", AT), **(asked | told))


def test_a_number_on_the_list_is_invalid_since_its_recording_and_another_is_not() -> None:
    recorded()

    assert check("x 1234567") == (True, day_of(AT))
    assert check("X1234568") == (False, None)
    assert check(kind="passport") == (False, None)


def test_each_question_is_logged_with_its_reason_and_without_a_readable_number() -> None:
    recorded()
    check()

    asked = InvalidityCheck.objects.get()
    assert (asked.role, asked.reader, asked.is_invalid) == ("commune", "m-1", True)
    assert asked.reason == "dépôt d'une demande"
    assert NUMBER not in str(vars(asked))


def test_the_log_is_never_changed() -> None:
    check()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        InvalidityCheck.objects.update(reason="autre")


@pytest.mark.parametrize(
    ("number", "reason"), [(NUMBER, "  "), ("X12", "contrôle"), ("*", "contrôle"), ("", "contrôle")]
)
def test_a_question_without_reason_or_with_part_of_a_number_is_not_answered(number: str, reason: str) -> None:
    with pytest.raises(Refused):
        check(number, reason=reason)

    assert not InvalidityCheck.objects.exists()


def test_an_office_without_competence_is_not_answered() -> None:
    office = next(one for one in institutions.load() if one.code == "ocpm")

    with pytest.raises(NotEntitled):
        check(office=office)


def test_who_asks_too_often_waits() -> None:
    for _ in range(invalidity.MOST_PER_HOUR):
        check()

    with pytest.raises(TooMany):
        check()

    assert check(at=AT + timedelta(hours=1)).is_invalid is False


@pytest.mark.parametrize(
    ("typed", "is_ours"),
    [
        ("X1234567", True),
        ("x 12 34-567", True),
        ("C0A1B2D3", True),
        ("12345678", False),
        ("X123456", False),
        ("X12345678", False),
        ("ABCDEFGH", False),
        ("É1234567", False),
    ],
)
def test_the_number_of_a_swiss_document_is_a_letter_and_seven_letters_or_digits(typed: str, is_ours: bool) -> None:
    assert is_well_formed(normalise(typed)) is is_ours


def test_a_number_of_another_shape_is_refused_and_the_refusal_says_that_the_shape_alone_is_checked() -> None:
    with pytest.raises(Refused, match="huit lettres ou chiffres") as refused:
        check("1234")

    assert "Seule cette forme est vérifiée" in refused.value.message
