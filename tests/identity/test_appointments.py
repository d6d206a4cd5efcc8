"""Appointments: no place is given twice, a household comes together or not at all, and no act moves the application."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.casework import journal, worker
from guichet.casework.acts import Actor
from guichet.casework.models import Job, OutboxMessage
from guichet.config.wiring import SCHEDULE
from guichet.identity.models import Appointment, AppointmentStatus, IdentityApplication, Slot
from guichet.identity.operations import booking, reminding
from guichet.identity.operations.places import SlotTaken
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from guichet.kit.ids import uuid7
from tests.identity.builders import AT, COMMUNE, a_draft, acted, an_application, the_authorities

pytestmark = pytest.mark.django_db
GUEST = Actor("applicant", "guest")
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=ZURICH)
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=ZURICH)


def a_slot(starts_at: datetime = THURSDAY, *, places: int = 3, office: Office | None = None) -> Slot:
    """A slot of twenty minutes, at the commune unless told otherwise."""
    where = office or the_authorities()["commune"]
    return Slot.objects.create(office=where, starts_at=starts_at, minutes=20, capacity=places)


def taken(slot: Slot) -> int:
    """How many places of a slot are taken, as stored."""
    return Slot.objects.get(pk=slot.pk).taken


def booked(slot: Slot | None = None, *, email: str | None = "amelie@exemple.ch") -> Appointment:
    """The appointment of a new application, in a new slot unless one is given."""
    return booking.book([an_application(email=email)], slot or a_slot(), actor=GUEST, at=AT)[0]


def mails(name: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=f"identity/{name}"))


def a_household(members: int) -> list[IdentityApplication]:
    """Applications for people of one household, filed together."""
    household = uuid7()
    return [an_application(household=household) for _ in range(members)]


def test_booking_takes_a_place_notes_it_and_confirms_it_without_moving_the_application() -> None:
    appointment = booked(slot := a_slot())

    assert taken(slot) == 1
    application = appointment.application
    assert IdentityApplication.objects.get().state == "open"
    last = journal.entries(application.reference)[-1]
    assert (last.act, last.source, last.target) == ("appointment_booked", "", "")
    assert set(last.facts) == {"starts_at", "sequence"}
    assert journal.verify(application.reference) == []
    (mail,) = mails("appointment_booked")
    assert mail.to == "amelie@exemple.ch"
    assert mail.context["day"] == "jeudi 26 novembre 2026"
    assert mail.context["time"] == "9\xa0h\xa000"


def test_who_left_no_address_gets_no_mail() -> None:
    booked(email=None)

    assert mails("appointment_booked") == []


def test_a_full_a_shut_and_a_past_slot_are_refused() -> None:
    full = a_slot(places=1)
    booked(full)
    shut = a_slot(TUESDAY)
    Slot.objects.filter(pk=shut.pk).update(is_closed=True)
    past = a_slot(AT)

    for slot in (full, shut, past):
        with pytest.raises(SlotTaken):
            booked(slot)

    assert Appointment.objects.count() == 1


def test_more_places_than_there_are_cannot_be_stored() -> None:
    slot = a_slot(places=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=2)


def test_an_application_has_one_appointment_at_a_time() -> None:
    appointment = booked()
    other = a_slot(TUESDAY)

    with pytest.raises(NotAllowedNow, match="déjà pris"):
        booking.book([appointment.application], other, actor=GUEST, at=AT)

    assert taken(other) == 0


def test_an_application_that_needs_nobody_at_the_counter_gets_no_appointment() -> None:
    slot = a_slot()

    with pytest.raises(NotAllowedNow):
        booking.book([a_draft()], slot, actor=GUEST, at=AT)
    withdrawn = acted(an_application(), "application_withdrawn", actor=GUEST)
    with pytest.raises(NotAllowedNow):
        booking.book([withdrawn], slot, actor=GUEST, at=AT)


def test_a_slot_of_another_authority_is_refused() -> None:
    with pytest.raises(Refused, match="autorité"):
        booked(a_slot(office=the_authorities()["centre"]))


def test_a_household_takes_all_its_places_or_none() -> None:
    family = a_household(3)
    two, three = a_slot(TUESDAY, places=2), a_slot(places=3)

    with pytest.raises(SlotTaken):
        booking.book(family, two, actor=GUEST, at=AT)
    assert (taken(two), Appointment.objects.count()) == (0, 0)
    booking.book(family, three, actor=GUEST, at=AT)

    assert (taken(three), Appointment.objects.count()) == (3, 3)


def test_a_household_with_one_appointment_already_takes_no_place_at_all() -> None:
    family = a_household(2)
    slot = a_slot()
    booking.book(family[:1], slot, actor=GUEST, at=AT)

    with pytest.raises(NotAllowedNow):
        booking.book(family, slot, actor=GUEST, at=AT)

    assert (taken(slot), Appointment.objects.count()) == (1, 1)


def test_a_household_with_one_address_gets_one_mail() -> None:
    household = uuid7()
    family = [an_application(email="famille@exemple.ch", household=household) for _ in range(3)]

    booking.book(family, a_slot(), actor=GUEST, at=AT)

    (mail,) = mails("appointment_booked")
    assert mail.context["people"] == "3"


def test_moving_frees_the_old_place_and_counts_the_change() -> None:
    appointment = booked(old := a_slot())
    new = a_slot(TUESDAY)

    booking.move([appointment], new, actor=GUEST, at=AT)

    stored = Appointment.objects.get()
    assert (taken(old), taken(new)) == (0, 1)
    assert (stored.slot, stored.starts_at, stored.sequence) == (new, TUESDAY, 1)
    assert len(mails("appointment_moved")) == 1


def test_moving_to_a_full_slot_changes_nothing() -> None:
    appointment = booked(old := a_slot())
    booked(full := a_slot(TUESDAY, places=1))

    with pytest.raises(SlotTaken):
        booking.move([appointment], full, actor=GUEST, at=AT)

    assert (taken(old), taken(full)) == (1, 1)
    assert Appointment.objects.get(pk=appointment.pk).slot == old


def test_a_page_that_was_shown_before_a_move_changes_nothing_afterwards() -> None:
    appointment = booked(old := a_slot())
    stale = Appointment.objects.get()
    booking.move([appointment], a_slot(TUESDAY), actor=GUEST, at=AT)

    with pytest.raises(Refused):
        booking.cancel([stale], actor=GUEST, at=AT)

    assert taken(old) == 0
    assert Appointment.objects.get().status == "booked"


def test_cancelling_is_possible_until_the_moment_and_not_after() -> None:
    appointment = booked(slot := a_slot())

    with pytest.raises(NotAllowedNow):
        booking.cancel([appointment], actor=GUEST, at=THURSDAY)
    booking.cancel([appointment], actor=GUEST, at=THURSDAY - timedelta(minutes=1))

    assert taken(slot) == 0
    assert Appointment.objects.get().status == "cancelled"
    assert len(mails("appointment_cancelled")) == 1


def test_after_a_cancellation_one_can_book_again() -> None:
    appointment = booked(slot := a_slot())
    booking.cancel([appointment], actor=GUEST, at=AT)

    booking.book([appointment.application], slot, actor=GUEST, at=AT)

    assert taken(slot) == 1


def test_the_counter_marks_who_came_and_corrects_itself_the_same_day() -> None:
    appointment = booked()
    commune = appointment.office

    booking.mark(appointment, AppointmentStatus.MISSED, office=commune, actor=COMMUNE, at=THURSDAY)
    booking.mark(appointment, AppointmentStatus.ATTENDED, office=commune, actor=COMMUNE, at=THURSDAY)
    with pytest.raises(NotAllowedNow):
        later = THURSDAY + timedelta(days=1)
        booking.mark(appointment, AppointmentStatus.MISSED, office=commune, actor=COMMUNE, at=later)

    assert Appointment.objects.get().status == "attended"
    acts = [one.act for one in journal.entries(appointment.application.reference)]
    assert acts[-2:] == ["appointment_missed", "appointment_attended"]


def test_nobody_is_marked_before_the_day_or_by_another_office() -> None:
    appointment = booked()
    missed, attended = AppointmentStatus.MISSED, AppointmentStatus.ATTENDED

    with pytest.raises(NotAllowedNow):
        booking.mark(appointment, attended, office=appointment.office, actor=COMMUNE, at=AT)
    with pytest.raises(NotAllowedNow):
        before = THURSDAY - timedelta(minutes=1)
        booking.mark(appointment, missed, office=appointment.office, actor=COMMUNE, at=before)
    with pytest.raises(NotEntitled):
        booking.mark(appointment, attended, office=the_authorities()["centre"], actor=COMMUNE, at=THURSDAY)


def test_what_nobody_marked_counts_as_missed_when_the_person_books_again() -> None:
    appointment = booked()
    friday = THURSDAY + timedelta(days=1)

    booking.book([appointment.application], a_slot(friday + timedelta(hours=2)), actor=GUEST, at=friday)

    assert sorted(Appointment.objects.values_list("status", flat=True)) == ["booked", "missed"]


def test_a_commune_receives_without_an_appointment_and_frees_the_one_booked_for_later() -> None:
    appointment = booked(slot := a_slot())

    came = booking.walk_in(appointment.application, office=appointment.office, actor=COMMUNE, at=AT)

    assert (came.status, came.slot, came.starts_at) == ("attended", None, AT)
    assert taken(slot) == 0


def test_the_centre_receives_by_appointment_only_and_a_commune_only_its_own() -> None:
    centre = the_authorities()["centre"]

    with pytest.raises(Refused, match="rendez-vous seulement"):
        booking.walk_in(an_application(request="passport"), office=centre, actor=Actor("centre", "c"), at=AT)
    with pytest.raises(NotEntitled):
        booking.walk_in(an_application(), office=centre, actor=Actor("centre", "c"), at=AT)


def test_the_reminder_goes_once_from_noon_of_the_day_before() -> None:
    booked()
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=ZURICH)

    assert reminding.remind(at=noon - timedelta(minutes=1)) == 0
    assert reminding.remind(at=noon) == 1
    assert reminding.remind(at=noon + timedelta(hours=1)) == 0

    (mail,) = mails("appointment_reminder")
    assert mail.context["time"] == "9\xa0h\xa000"


def test_a_moved_appointment_is_reminded_of_its_new_time_and_a_cancelled_one_not_at_all() -> None:
    slot = a_slot()
    moved, cancelled = booked(slot), booked(slot)
    reminding.remind(at=datetime(2026, 11, 25, 12, 0, tzinfo=ZURICH))
    evening = datetime(2026, 11, 25, 18, 0, tzinfo=ZURICH)
    friday = THURSDAY + timedelta(days=1)
    moved.refresh_from_db()
    booking.move([moved], a_slot(friday), actor=GUEST, at=evening)
    booking.cancel([Appointment.objects.get(pk=cancelled.pk)], actor=GUEST, at=evening)

    assert reminding.remind(at=datetime(2026, 11, 26, 12, 0, tzinfo=ZURICH)) == 1
    assert [mail.context["day"] for mail in mails("appointment_reminder")][-1] == "vendredi 27 novembre 2026"


def test_who_books_after_the_reminder_was_due_is_not_reminded() -> None:
    evening = datetime(2026, 11, 25, 18, 0, tzinfo=ZURICH)
    booking.book([an_application()], a_slot(), actor=GUEST, at=evening)

    assert reminding.remind(at=evening + timedelta(hours=1)) == 0


def test_the_place_of_an_application_that_is_withdrawn_or_sent_on_is_given_back() -> None:
    slot = a_slot()
    withdrawn, sent_on, staying = booked(slot), booked(slot), booked(slot)
    acted(withdrawn.application, "application_withdrawn", actor=GUEST)
    IdentityApplication.objects.filter(pk=sent_on.application_id).update(office=the_authorities()["centre"])

    assert booking.release(at=AT) == 2
    assert booking.release(at=AT) == 0

    assert taken(slot) == 1
    assert Appointment.objects.booked().get() == staying


def test_the_worker_reminds_opens_slots_and_frees_places() -> None:
    booked()
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=ZURICH)
    mine = {name: periodic for name, periodic in SCHEDULE.items() if name.startswith("identity.")}
    worker.beat(noon, mine)

    worker.drain(wiring={}, clock=lambda: noon)

    assert {"identity.remind", "identity.open_slots", "identity.free_places"} <= set(mine)
    assert len(mails("appointment_reminder")) == 1
    assert not Job.objects.dead().exists()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_want_three_places_at_once_three_get_one() -> None:
    slot = a_slot(places=3)
    applications = [an_application() for _ in range(50)]
    outcomes = _at_once([lambda one=one: booking.book([one], slot, actor=GUEST, at=AT) for one in applications])

    assert sorted(outcomes) == ["SlotTaken"] * 47 + ["done"] * 3
    assert (taken(slot), Appointment.objects.count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_at_once_has_one_appointment_and_one_place() -> None:
    slot, application = a_slot(places=5), an_application()
    outcomes = _at_once([lambda: booking.book([application], slot, actor=GUEST, at=AT)] * 4)

    assert sorted(outcomes) == ["NotAllowedNow"] * 3 + ["done"]
    assert (taken(slot), Appointment.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_swap_their_times_at_once_neither_wait_for_each_other_nor_lose_a_place() -> None:
    early, late = a_slot(TUESDAY, places=2), a_slot(places=2)
    first, second = booked(early), booked(late)
    swap: list[Callable[[], object]] = [
        lambda: booking.move([first], late, actor=GUEST, at=AT),
        lambda: booking.move([second], early, actor=GUEST, at=AT),
    ]

    assert _at_once(swap) == ["done", "done"]
    assert (taken(early), taken(late)) == (1, 1)


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    """What became of acts that begin in the same moment, each in a thread and a connection of its own."""
    together, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
            outcomes.append("done")
        except Exception as error:  # noqa: BLE001 - what went wrong is what the test looks at
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
