"""Reading the register: complete for a document, silent about a locked address, and always logged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from guichet.casework.acts import Actor
from guichet.gateways.register.port import Address, Lock
from guichet.kit.errors import NotYours
from guichet.people import register
from guichet.people.models import Person, Reading

from .builders import CAROLE, DAY, NOON, amelie, registered, take_in, the_cast

pytestmark = pytest.mark.django_db


def _extract(person: Person, *, at: datetime = NOON, protected: bool = False) -> register.Extract:
    return register.extract(
        person.id, reader=CAROLE, reason="Attestation", case_reference=None, at=at, with_protected_address=protected
    )


def _facts(local_person_id: str) -> register.Eligibility:
    person = the_cast()[local_person_id]
    return register.check_eligibility(person.id, reader=CAROLE, reason="Commande", case_reference=None, at=NOON)


def test_an_extract_holds_what_an_attestation_of_residence_prints() -> None:
    extract = _extract(registered())

    assert extract.full_name == "Amélie Rochat"
    assert (extract.born_on, extract.birth_place, extract.civil_status) == (
        date(1990, 6, 12),
        "Genève (GE)",
        "célibataire",
    )
    assert (extract.origins, extract.nationalities) == (("Genève (GE)",), ("Suisse",))
    assert extract.address == Address("Rue Élise-Fontanet", "14", "1201", "Genève", "CH")
    assert (extract.commune, extract.in_canton_since_on) == ("Genève", date(1990, 6, 12))


def test_an_extract_of_a_foreigner_names_the_letter_of_the_permit_and_all_stays() -> None:
    extract = _extract(the_cast()["GE-D02"])

    assert (extract.permit_letter, extract.permit_valid_by) == ("B", date(2027, 11, 22))
    assert extract.in_canton_since_on == date(2018, 1, 8)
    assert extract.stays[0] == (date(2006, 5, 1), date(2009, 12, 31))
    assert len(extract.stays) == 3


def test_an_extract_of_somebody_who_left_tells_arrival_departure_and_destination() -> None:
    extract = _extract(the_cast()["GE-D04"])

    assert (extract.arrived_on, extract.departed_on) == (date(2012, 9, 1), date(2025, 11, 22))
    assert extract.destination == "Lyon (France)"
    assert extract.destination_address is not None


@pytest.mark.parametrize(
    ("local_person_id", "words"),
    [("GE-D06", "marié"), ("GE-D07", "veuve"), ("GE-D01", "célibataire")],
)
def test_the_civil_status_agrees_with_the_sex(local_person_id: str, words: str) -> None:
    assert _extract(the_cast()[local_person_id]).civil_status == words


def test_a_birth_day_that_is_unknown_is_none() -> None:
    extract = _extract(the_cast()["GE-D13"])

    assert (extract.born, extract.born_on) == ("1987", None)


@pytest.mark.parametrize("lock", [Lock.ADDRESS, Lock.INFORMATION])
def test_a_locked_address_is_left_out_of_an_extract(lock: Lock) -> None:
    extract = _extract(registered(lock=lock))

    assert extract.address is None
    assert extract.is_address_protected


def test_a_locked_address_is_given_to_whom_may_have_it() -> None:
    assert _extract(registered(lock=Lock.ADDRESS), protected=True).address is not None


def test_a_letter_reaches_a_locked_address_without_an_extract() -> None:
    person = registered(lock=Lock.ADDRESS)

    name, address = register.postal_address(person.id, reader=CAROLE, reason="Lettre", case_reference=None, at=NOON)

    assert (name, address.town) == ("Amélie Rochat", "Genève")


def test_a_letter_follows_somebody_who_has_left() -> None:
    person = the_cast()["GE-D04"]

    _, address = register.postal_address(person.id, reader=CAROLE, reason="Lettre", case_reference=None, at=NOON)

    assert (address.town, address.country) == ("Lyon", "FR")


def test_a_letter_goes_to_the_home_of_somebody_about_to_leave() -> None:
    person = the_cast()["GE-D05"]

    _, address = register.postal_address(person.id, reader=CAROLE, reason="Lettre", case_reference=None, at=NOON)

    assert address.town == "Carouge"


@pytest.mark.applies("CGV 8/1")
def test_a_reading_is_logged_with_reader_reason_case_and_instant() -> None:
    person = registered()

    register.extract(person.id, reader=CAROLE, reason="Contrôle", case_reference="CMD-00000000-0", at=NOON)

    reading = Reading.objects.get()
    assert (reading.person, reading.role, reading.reader) == (person, "clerk", "carole")
    assert (reading.reason, reading.case_reference, reading.at) == ("Contrôle", "CMD-00000000-0", NOON)


def test_nothing_is_read_that_cannot_be_logged() -> None:
    person = registered()

    with pytest.raises(IntegrityError, match="reading_has_a_reason"):
        register.extract(person.id, reader=CAROLE, reason="", case_reference=None, at=NOON)


def test_somebody_unknown_to_the_register_does_not_exist_for_the_reader() -> None:
    with pytest.raises(NotYours):
        register.extract(uuid4(), reader=CAROLE, reason="Contrôle", case_reference=None, at=NOON)


def test_a_person_sees_the_readings_of_their_own_data_only_newest_first() -> None:
    people = the_cast()
    amelie_row, joao = people["GE-D01"], people["GE-D02"]
    for hours, person in enumerate((amelie_row, joao, amelie_row)):
        _extract(person, at=NOON + timedelta(hours=hours))

    readings = list(register.reads_of(amelie_row))

    assert [reading.at for reading in readings] == [NOON + timedelta(hours=2), NOON]
    assert readings[0].by == "un agent de l'office"


def test_an_extract_costs_three_statements() -> None:
    person = registered()

    with CaptureQueriesContext(connection) as queries:
        _extract(person)

    statements = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    assert len(statements) == 3


def test_a_swiss_resident_has_the_facts_of_one() -> None:
    facts = _facts("GE-D01")

    assert facts.is_swiss
    assert facts.is_resident
    assert not (facts.has_announced_departure or facts.is_deceased or facts.holds_valid_g_permit)


def test_a_cross_border_worker_holds_a_valid_permit_and_is_no_resident() -> None:
    facts = _facts("GE-D03")

    assert facts.holds_valid_g_permit
    assert not facts.is_resident


@pytest.mark.parametrize(("days", "valid"), [(365, True), (366, False)])
def test_a_cross_border_permit_is_valid_to_its_last_day(days: int, valid: bool) -> None:
    person = the_cast()["GE-D03"]

    facts = register.check_eligibility(
        person.id, reader=CAROLE, reason="Commande", case_reference=None, at=NOON + timedelta(days=days)
    )

    assert facts.holds_valid_g_permit is valid


@pytest.mark.parametrize(("days", "resident"), [(0, True), (20, True), (21, False)])
def test_who_announced_a_departure_is_resident_to_the_day_of_it(days: int, resident: bool) -> None:
    person = the_cast()["GE-D05"]

    facts = register.check_eligibility(
        person.id, reader=CAROLE, reason="Commande", case_reference=None, at=NOON + timedelta(days=days)
    )

    assert facts.has_announced_departure
    assert facts.is_resident is resident


def test_the_day_of_the_facts_is_the_day_in_geneva() -> None:
    late = datetime(2026, 12, 12, 23, 30, tzinfo=UTC)
    person = the_cast()["GE-D05"]

    facts = register.check_eligibility(person.id, reader=CAROLE, reason="Commande", case_reference=None, at=late)

    assert facts.on == date(2026, 12, 13)
    assert not facts.is_resident


@pytest.mark.parametrize(
    ("local_person_id", "fact"),
    [
        ("GE-D06", "is_deceased"),
        ("GE-D11", "is_first_application_pending"),
        ("GE-D12", "stays_weekly_elsewhere"),
        ("GE-D15", "is_permit_under_renewal"),
        ("GE-D16", "has_restricted_civic_rights"),
    ],
)
def test_each_special_situation_of_the_cast_is_a_fact(local_person_id: str, fact: str) -> None:
    assert getattr(_facts(local_person_id), fact) is True


def test_a_secondary_residence_here_is_no_weekly_stay_elsewhere() -> None:
    assert _facts("GE-D17").stays_weekly_elsewhere is False


def test_the_reader_of_ones_own_data_is_oneself() -> None:
    person = registered()

    register.extract(person.id, reader=Actor("applicant", "a1"), reason="Commande", case_reference=None, at=NOON)

    assert Reading.objects.get().by == "vous-même, par votre compte"


def test_encrypted_columns_cannot_be_searched() -> None:
    take_in(amelie())

    with pytest.raises(FieldError):
        Person.objects.filter(avs_number=amelie().avs_number).exists()


def test_the_extract_is_as_of_the_delivery_not_of_the_import() -> None:
    extract = _extract(registered())

    assert extract.as_of == datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
    assert extract.eligibility.on == DAY
