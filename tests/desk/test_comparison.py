"""What counts as the same, as another spelling, and as a difference."""

from __future__ import annotations

import pytest

from guichet.casework.acts import SYSTEM
from guichet.desk.comparison import Verdict, compared, written_day
from guichet.orders.models import Order
from guichet.people.models import Person
from guichet.people.register import extract
from tests.orders.builders import AT

from .builders import amelie

pytestmark = pytest.mark.django_db


def verdicts(person: Person, **typed: str) -> dict[str, Verdict]:
    """What is found of each thing typed, by its label."""
    order = Order(reference="CMD-00000000-0", answers={"person": typed})
    known = extract(person.pk, reader=SYSTEM, reason="essai", case_reference=None, at=AT)
    return {line.label: line.verdict for line in compared(order, known) if line.typed}


def test_accents_and_capitals_are_another_spelling_only() -> None:
    found = verdicts(amelie(), official_name="ROCHAT", first_names="Amelie")

    assert found == {"Nom": Verdict.SPELLING, "Prénoms": Verdict.SPELLING}


def test_another_name_differs() -> None:
    assert verdicts(amelie(), official_name="Rochet")["Nom"] == Verdict.DIFFERENT


def test_a_day_of_birth_agrees_with_a_register_that_knows_only_the_year() -> None:
    amelie()
    yohannes = Person.objects.get(local_person_id="GE-D13")

    assert verdicts(yohannes, born_on=f"{yohannes.born}-05-14")["Date de naissance"] == Verdict.SAME
    assert verdicts(yohannes, born_on="1971-05-14")["Date de naissance"] == Verdict.DIFFERENT


def test_an_avs_number_is_compared_without_showing_the_registers() -> None:
    person = amelie()
    other = Person.objects.get(local_person_id="GE-D04")

    assert verdicts(person, avs_number=person.avs_number)["Numéro AVS"] == Verdict.SAME
    assert verdicts(person, avs_number=other.avs_number)["Numéro AVS"] == Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("iso", "written"), [("1990-06-12", "12 juin 1990"), ("1990-06", "06.1990"), ("1990", "1990"), ("", "")]
)
def test_partly_known_days_are_written_as_far_as_known(iso: str, written: str) -> None:
    assert written_day(iso) == written
