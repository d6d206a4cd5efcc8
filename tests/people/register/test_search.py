"""Finding people by AVS number, name and birth date, never by address; every search is logged without its criteria."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.gateways.register import generator
from guichet.people import register
from guichet.people.models import Reading, RegisterSearch
from guichet.people.register_words import search_form

from .builders import CAROLE, DAY, NOON, amelie, take_in, the_cast

pytestmark = pytest.mark.django_db


def _found(**criteria: object) -> list[str]:
    candidates = register.find(**criteria, reader=CAROLE, at=NOON)
    return [f"{candidate.first_names} {candidate.official_name}" for candidate in candidates]


@pytest.mark.parametrize("typed", ["7560099999010", "756.0099.9990.10"])
def test_an_avs_number_finds_its_holder_however_it_is_typed(typed: str) -> None:
    the_cast()

    assert _found(avs_number=typed) == ["Amélie Rochat"]


@pytest.mark.parametrize("typed", ["7560099999011", "75600999990", "Rochat"])
def test_a_wrong_avs_number_finds_nobody(typed: str) -> None:
    the_cast()

    assert _found(avs_number=typed) == []


@pytest.mark.parametrize(
    "typed",
    ["Rochat", "rochat amelie", "Amélie ROCHAT", "Roch", "AMELIE"],
)
def test_names_are_found_without_accents_capitals_or_order(typed: str) -> None:
    the_cast()

    assert _found(name=typed) == ["Amélie Rochat"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ferreira", "João da Conceição Ferreira"),
        ("conceicao", "João da Conceição Ferreira"),
        ("nguyen", "Ngọc Anh Nguyễn"),
        ("Gunten", "Loïc von Gunten"),
        (
            "mendonca freitas",
            "Maria da Assunção Conceição Benedita Guadalupe Vasconcelos de Albuquerque e Mendonça-Freitas",
        ),
    ],
)
def test_any_part_of_a_compound_name_finds_its_bearer(typed: str, name: str) -> None:
    the_cast()

    assert name in _found(name=typed)


def test_all_criteria_must_apply() -> None:
    the_cast()

    assert _found(name="Chappuis", birth_date=date(1980, 7, 19)) == ["Noémie Chappuis"]
    assert _found(name="Rochat", birth_date=date(1980, 7, 19)) == []
    assert _found(avs_number="7560099999010", birth_date=date(1990, 6, 13)) == []


def test_somebody_whose_birth_day_is_unknown_is_found_by_any_day_of_the_year() -> None:
    the_cast()

    assert _found(name="Tesfay", birth_date=date(1987, 3, 9)) == ["Yohannes Tesfay"]
    assert _found(name="Tesfay", birth_date=date(1988, 3, 9)) == []


@pytest.mark.parametrize(
    "criteria", [{}, {"name": " "}, {"name": "a"}, {"birth_date": date(1990, 6, 12)}, {"name": "%"}]
)
def test_criteria_that_would_list_people_are_refused(criteria: dict[str, object]) -> None:
    with pytest.raises(register.SearchTooWide, match="deux lettres"):
        _found(**criteria)


def test_a_search_gives_at_most_twenty_people_in_the_order_of_names() -> None:
    take_in(*(amelie(local_person_id=f"GE-{n}", first_names=f"Zoé{n:02d}") for n in range(30)))

    found = _found(name="Rochat")

    assert len(found) == 20
    assert found == sorted(found)


def test_an_avs_number_held_by_two_people_finds_both() -> None:
    take_in(amelie(), amelie(local_person_id="GE-2", first_names="Émilie"))

    assert len(_found(avs_number="7560099999010")) == 2


def test_a_search_shows_no_address() -> None:
    the_cast()

    candidate = register.find(name="Rochat", reader=CAROLE, at=NOON)[0]

    assert "Fontanet" not in repr(candidate)


def test_a_search_is_logged_without_what_was_searched() -> None:
    the_cast()

    _found(name="Chappuis", birth_date=date(1980, 7, 19))

    search = RegisterSearch.objects.get()
    assert (search.role, search.reader, search.kinds, search.found_count) == ("clerk", "carole", "name birth_date", 1)
    assert "chappuis" not in search.criteria
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("typed", "theirs"),
    [
        ("Amélie Rochat", True),
        ("rochat, amelie", True),
        ("Rochat", False),
        ("Amélie", False),
        ("Amélie Rochat Favre", False),
        ("Amélia Rochat", False),
    ],
)
def test_a_name_is_somebodys_if_official_name_and_a_first_name_agree(typed: str, theirs: bool) -> None:
    take_in(amelie())

    candidate = register.find(name="Rochat", reader=CAROLE, at=NOON)[0]

    assert candidate.bears(typed) is theirs


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("D'Angelo-Çelik", "d angelo celik"),
        ("Œuvray Straße", "oeuvray strasse"),
        ("Łukasiewicz", "lukasiewicz"),
        ("Yıldız", "yildiz"),
        ("Nguyễn Thị", "nguyen thi"),
        ("SØRENSEN", "sorensen"),
    ],
)
def test_letters_of_other_alphabets_are_searched_by_their_plain_ones(name: str, form: str) -> None:
    assert search_form(name) == form


def test_a_search_in_many_people_uses_a_constant_number_of_statements(django_assert_num_queries: object) -> None:
    take_in(*generator.people(400, seed=1, on=DAY))

    with django_assert_num_queries(3):
        register.find(name="Rochat", reader=CAROLE, at=NOON)
