"""The simulated register: the same every time, valid, and as varied as a counter's day."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from guichet.gateways.register import cast, generator
from guichet.gateways.register.port import CivilStatus, Lock, PermitCategory, RelationKind, ResidenceKind
from guichet.kit import avs

from .builders import DAY

_PEOPLE = list(generator.people(20_000, seed=3, on=DAY))


def test_the_same_seed_and_day_give_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / "one.xml", tmp_path / "two.xml"]
    for path in paths:
        generator.write(path, persons=300, seed=5, on=DAY)

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_another_seed_gives_other_people_but_the_same_cast() -> None:
    size = len(list(cast.people(DAY)))
    one, two = (list(generator.people(size + 50, seed=seed, on=DAY)) for seed in (1, 2))

    assert one[:size] == two[:size]
    assert one[size:] != two[size:]


def test_exactly_as_many_people_as_asked_for_are_written(tmp_path: Path) -> None:
    assert generator.write(tmp_path / "few.xml", persons=3, seed=1, on=DAY) == 3


def test_every_identifier_is_used_once_and_every_avs_number_is_valid_and_synthetic() -> None:
    assert len({person.local_person_id for person in _PEOPLE}) == len(_PEOPLE)
    assert len({person.avs_number for person in _PEOPLE}) == len(_PEOPLE)
    assert all(avs.is_valid(person.avs_number) and person.avs_number.startswith("75600") for person in _PEOPLE)


def test_all_situations_the_counter_meets_occur() -> None:
    permits = {person.permit.category for person in _PEOPLE if person.permit}
    communes = {person.residence.commune.bfs_number for person in _PEOPLE}

    assert permits == set(PermitCategory)
    assert communes == set(range(6601, 6646))
    assert {person.civil_status for person in _PEOPLE} >= set(CivilStatus) - {
        CivilStatus.UNMARRIED,
        CivilStatus.UNKNOWN,
    }
    assert {person.residence.kind for person in _PEOPLE} == set(ResidenceKind)
    assert {relation.kind for person in _PEOPLE for relation in person.relations} == set(RelationKind)
    assert {len(person.born) for person in _PEOPLE} == {4, 7, 10}


def test_rare_situations_are_rare_and_not_absent() -> None:
    shares = Counter(
        {
            "protected": sum(person.lock is not Lock.NONE for person in _PEOPLE),
            "deceased": sum(person.died_on is not None for person in _PEOPLE),
            "departing": sum((person.residence.departed_on or DAY) > DAY for person in _PEOPLE),
            "several stays": sum(len(person.stays) > 1 for person in _PEOPLE),
            "long name": sum(len(person.official_name) >= 40 for person in _PEOPLE),
            "renewal": sum(person.is_permit_under_renewal for person in _PEOPLE),
            "first application": sum(person.is_first_application_pending for person in _PEOPLE),
            "minor": sum(person.born > "2008-11-22" for person in _PEOPLE),
        }
    )

    assert all(10 <= count <= 6000 for count in shares.values()), shares


def test_nobody_dies_before_birth_or_lives_on_after_departure_in_an_open_stay() -> None:
    for person in _PEOPLE:
        assert person.died_on is None or person.born <= person.died_on.isoformat()
        assert person.residence.departed_on is None or not person.stays or person.stays[-1].until_on is not None


def test_holders_of_a_cross_border_permit_do_not_live_here() -> None:
    kinds = {p.residence.kind for p in _PEOPLE if p.permit and p.permit.category is PermitCategory.G}

    assert kinds == {ResidenceKind.OTHER}


def test_the_cast_holds_the_widow_and_the_daughter_of_the_deceased() -> None:
    people = {person.local_person_id: person for person in cast.people(DAY)}
    widow, daughter = people["GE-D07"], people["GE-D08"]

    assert people["GE-D06"].died_on is not None
    assert widow.relations[0].local_person_id == "GE-D06"
    assert {relation.kind for relation in daughter.relations} == {RelationKind.MOTHER, RelationKind.FATHER}


def test_the_cast_can_be_made_on_a_29_february() -> None:
    assert len(list(cast.people(DAY.replace(year=2028, month=2, day=29)))) == 17
