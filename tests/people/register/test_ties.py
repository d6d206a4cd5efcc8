"""Who may ask for the attestation of somebody who died: spouse, partner, ascendants and descendants."""

from __future__ import annotations

import pytest

from guichet.gateways.register.port import PersonRecord, Relation, RelationKind
from guichet.people.models import Person
from guichet.people.register import Tie, tie_to_deceased

from .builders import amelie, take_in, the_cast

pytestmark = pytest.mark.django_db


def _child_of(parent: str, local_person_id: str) -> PersonRecord:
    mother = Relation(RelationKind.MOTHER, parent, "Rochat", "")
    return amelie(local_person_id=local_person_id, relations=(mother,))


def _line_of_descent(generations: int) -> list[Person]:
    take_in(amelie(local_person_id="G0"), *(_child_of(f"G{n}", f"G{n + 1}") for n in range(generations)))
    people = {person.local_person_id: person for person in Person.objects.all()}
    return [people[f"G{n}"] for n in range(generations + 1)]


@pytest.mark.parametrize(
    ("applicant", "deceased", "tie"),
    [
        ("GE-D07", "GE-D06", Tie.SPOUSE),
        ("GE-D08", "GE-D06", Tie.DESCENDANT),
        ("GE-D06", "GE-D08", Tie.ASCENDANT),
        ("GE-D01", "GE-D06", None),
        ("GE-D06", "GE-D06", None),
    ],
)
def test_the_tie_of_the_family_of_the_cast_is_found(applicant: str, deceased: str, tie: Tie | None) -> None:
    people = the_cast()

    assert tie_to_deceased(people[applicant].id, people[deceased].id) is tie


def test_a_registered_partner_is_one() -> None:
    partner = Relation(RelationKind.PARTNER, "GE-2", "Favre", "Luc")
    take_in(amelie(relations=(partner,)), amelie(local_person_id="GE-2"))

    assert tie_to_deceased(_of("GE-2"), _of("GE-D01")) is Tie.PARTNER


def _of(local_person_id: str) -> object:
    return Person.objects.get(local_person_id=local_person_id).id


def test_grandchildren_and_great_grandparents_are_in_direct_line() -> None:
    line = _line_of_descent(3)

    assert tie_to_deceased(line[2].id, line[0].id) is Tie.DESCENDANT
    assert tie_to_deceased(line[0].id, line[3].id) is Tie.ASCENDANT


def test_siblings_are_not_in_direct_line() -> None:
    take_in(amelie(local_person_id="M"), _child_of("M", "A"), _child_of("M", "B"))

    assert tie_to_deceased(_of("A"), _of("B")) is None


def test_ties_that_run_in_a_circle_end() -> None:
    take_in(_child_of("B", "A"), _child_of("A", "B"), amelie(local_person_id="C"))

    assert tie_to_deceased(_of("C"), _of("A")) is None
