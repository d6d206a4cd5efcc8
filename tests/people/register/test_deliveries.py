"""A delivery is taken in once: new and changed people are written, the same ones left alone, bad ones listed."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guichet.gateways.register import generator
from guichet.gateways.register.port import Lock, Municipality, Rejection, Stay
from guichet.people.models import Person, RegisterDelivery, Relation
from guichet.people.models import Stay as StayRow
from guichet.people.register import deliveries

from .builders import DAY, NOON, ADelivery, amelie, registered, take_in, the_cast

pytestmark = pytest.mark.django_db


def test_a_first_delivery_registers_everybody_in_it() -> None:
    summary, rejections = take_in(*generator.people(60, seed=1, on=DAY))

    assert (summary.new, summary.changed, summary.unchanged, rejections) == (60, 0, 0, [])
    assert Person.objects.count() == 60


def test_the_same_delivery_again_writes_no_person() -> None:
    people = list(generator.people(60, seed=1, on=DAY))
    take_in(*people)

    with CaptureQueriesContext(connection) as queries:
        summary, _ = take_in(*people)

    assert summary.unchanged == 60
    assert not [q for q in queries if "people_person" in q["sql"] and not q["sql"].startswith("SELECT")]


def test_a_record_that_only_moved_in_the_file_is_unchanged() -> None:
    take_in(amelie(line=4))

    summary, _ = take_in(amelie(line=900))

    assert summary.unchanged == 1


def test_a_changed_person_keeps_the_key_and_can_still_be_decrypted() -> None:
    before = registered()

    summary, _ = take_in(amelie(official_name="Rochat-Favre", lock=Lock.ADDRESS))

    after = Person.objects.get(pk=before.pk)
    assert summary.changed == 1
    assert (after.official_name, after.lock) == ("Rochat-Favre", "address")
    assert after.avs_number == before.avs_number == amelie().avs_number
    assert after.address["street"] == "Rue Élise-Fontanet"


def test_stays_and_ties_of_a_changed_person_are_replaced() -> None:
    person = the_cast()["GE-D08"]
    stays = (Stay(date(1980, 7, 19), date(1999, 1, 1)), Stay(date(2005, 1, 1), None))
    record = next(record for record in generator.people(17, seed=1, on=DAY) if record.local_person_id == "GE-D08")

    take_in(record._replace(stays=stays, relations=()))

    assert list(StayRow.objects.filter(person=person).order_by("from_on").values_list("from_on", "until_on")) == list(
        stays
    )
    assert not Relation.objects.filter(person=person).exists()


def test_without_told_stays_the_residence_is_the_only_stay() -> None:
    person = registered(stays=())

    assert person.stays.get().from_on == date(1990, 6, 12)
    assert person.stays.get().until_on is None


def test_a_bad_record_is_listed_and_its_neighbours_go_in() -> None:
    bad = Rejection(5, "GE-X", "vn : le numéro AVS est faux")

    summary, rejections = take_in(amelie(), bad, amelie(local_person_id="GE-2", line=6))

    assert rejections == [bad]
    assert (summary.new, summary.rejected) == (2, 1)


def test_somebody_of_another_canton_is_refused() -> None:
    elsewhere = amelie().residence._replace(commune=Municipality(5586, "Lausanne", "VD"))

    _, rejections = take_in(amelie(residence=elsewhere))

    assert rejections[0].reason == "reportingMunicipality : la commune n'est pas du canton"
    assert not Person.objects.exists()


def test_the_same_person_twice_in_a_delivery_is_refused_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = [amelie(line=4), amelie(line=5, first_names="Autre")]
    _, in_one_batch = take_in(*twice)
    Person.objects.all().delete()
    monkeypatch.setattr(deliveries, "BATCH", 1)

    _, in_two_batches = take_in(*twice)

    assert in_one_batch == in_two_batches
    assert "ligne 4" in in_two_batches[0].reason
    assert Person.objects.get().first_names == "Amélie"


def test_a_delivery_that_breaks_off_leaves_what_came_whole() -> None:
    summary, _ = take_in(amelie(), broken="Le fichier n'est plus lisible à la ligne 5.")

    assert summary.broken == "Le fichier n'est plus lisible à la ligne 5."
    assert Person.objects.count() == 1
    assert RegisterDelivery.objects.get().is_complete is False


def test_a_delivery_keeps_its_origin_and_its_counts() -> None:
    person = registered()

    run = RegisterDelivery.objects.get()
    assert (run.message_id, run.read_count, run.new_count, run.is_complete) == ("message-1", 1, 1, True)
    assert (person.delivery, person.source_line, person.imported_at) == (run, 4, NOON)


def test_an_import_stopped_in_a_batch_leaves_whole_batches_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "BATCH", 2)
    people = list(generator.people(6, seed=1, on=DAY))

    def stop(so_far: deliveries.Summary) -> None:
        if so_far.read == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliveries.import_delivery(ADelivery(*people), clock=lambda: NOON, rejected=[].append, progress=stop)

    assert Person.objects.count() == 4
    assert RegisterDelivery.objects.get().ended_at is None
    summary, _ = take_in(*people)
    assert (summary.unchanged, summary.new) == (4, 2)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_register_everybody_once_and_readably() -> None:
    people = list(generator.people(50, seed=1, on=DAY))
    start, summaries = Barrier(2), list[deliveries.Summary]()

    def run() -> None:
        start.wait()
        summaries.append(take_in(*people)[0])
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((summary.new, summary.unchanged) for summary in summaries) == [(0, 50), (50, 0)]
    assert {person.avs_number for person in Person.objects.all()} == {person.avs_number for person in people}


@pytest.mark.applies("CGV 8/1")
def test_the_avs_number_and_the_address_cannot_be_read_in_the_database() -> None:
    registered()

    with connection.cursor() as cursor:
        cursor.execute("SELECT avs_number, avs_index, address, digest FROM people_person")
        stored = " ".join(cursor.fetchone())

    assert amelie().avs_number not in stored
    assert "Fontanet" not in stored


def test_the_database_refuses_a_foreigner_without_permit() -> None:
    person = registered()
    person.is_swiss = False

    with pytest.raises(IntegrityError, match="person_has_permit"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_swiss=False)
