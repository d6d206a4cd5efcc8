"""Whom of the register somebody means: exactly one living person who can be written to."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.gateways.register import cast
from guichet.people.accounts.matching import Claim, person_meant
from guichet.people.models import Person, RegisterSearch

from .builders import AT, ON, STRANGER, the_register

pytestmark = pytest.mark.django_db

AVS = {one.local_person_id: one.avs_number for one in cast.people(ON)}


def meant(avs_number: str | None, name: str | None, birth_date: date) -> str | None:
    """The local identifier of the person meant."""
    person = person_meant(Claim(avs_number, name, birth_date), reader=STRANGER, at=AT)
    return person.local_person_id if person else None


@pytest.mark.parametrize(
    ("avs_of", "name", "birth_date", "expected"),
    [
        pytest.param("GE-D01", None, date(1990, 6, 12), "GE-D01", id="number and birth date"),
        pytest.param(None, "Rochat Amélie", date(1990, 6, 12), "GE-D01", id="name and birth date"),
        pytest.param(None, "amelie ROCHAT", date(1990, 6, 12), "GE-D01", id="no accents, other order"),
        pytest.param(None, "da Conceicao Ferreira Joao", date(1985, 4, 25), "GE-D02", id="compound name"),
        pytest.param("GE-D01", None, date(1990, 6, 13), None, id="other birth date"),
        pytest.param("GE-D01", "Mallory", date(1990, 6, 12), None, id="right number, wrong name"),
        pytest.param(None, "Rochat", date(1990, 6, 12), None, id="family name only"),
        pytest.param(None, "R", date(1990, 6, 12), None, id="one letter"),
        pytest.param("GE-D06", None, date(1948, 10, 2), None, id="deceased"),
        pytest.param("GE-D09", None, date(1994, 3, 17), "GE-D09", id="protected address gets the letter"),
        pytest.param("GE-D04", None, date(1984, 11, 3), "GE-D04", id="departed with an address abroad"),
        pytest.param("GE-D13", None, date(1987, 5, 5), "GE-D13", id="day of birth unknown"),
    ],
)
def test_a_claim_finds_one_person_or_nobody(
    avs_of: str | None, name: str | None, birth_date: date, expected: str | None
) -> None:
    the_register()

    assert meant(AVS[avs_of] if avs_of else None, name, birth_date) == expected


def test_somebody_who_left_without_an_address_cannot_be_written_to() -> None:
    the_register("GE-D04")
    left = Person.objects.get()
    left.destination_address = None
    left.save(update_fields=["destination_address"])

    assert meant(AVS["GE-D04"], None, date(1984, 11, 3)) is None


def test_every_search_is_in_the_log_of_the_register() -> None:
    the_register("GE-D01")

    meant(AVS["GE-D01"], None, date(1990, 6, 12))

    assert RegisterSearch.objects.get().reader == STRANGER.name
