"""The waiting list: a place that frees is held for the first who waits, for some hours, then for the next one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from guichet.casework.models import OutboxMessage
from guichet.identity.models import Appointment, Slot, Waiting
from guichet.identity.operations import booking, waiting
from guichet.identity.operations.places import HOLD, SlotTaken
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow, Refused
from tests.identity.builders import AT, an_application
from tests.identity.test_appointments import GUEST, THURSDAY, TUESDAY, a_household, a_slot, booked, taken

pytestmark = pytest.mark.django_db
TODAY, BEFORE = date(2026, 11, 23), date(2026, 11, 25)
LATE = HOLD + timedelta(minutes=1)


def offers() -> list[str]:
    """To whom something was offered, in order."""
    return [one.to for one in OutboxMessage.objects.filter(kind="identity/appointment_offered").order_by("id")]


def somebody_waits(email: str, slot: Slot, *, at: datetime = AT) -> Appointment:
    """Somebody booked in a slot who asks for an earlier day."""
    appointment = booked(slot, email=email)
    waiting.wait([appointment], from_on=TODAY, until_on=BEFORE, at=at)
    return appointment


def test_a_place_that_frees_is_held_for_the_first_who_waits() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot(places=9)
    leaver = booked(early)
    somebody_waits("premier@exemple.ch", late)
    somebody_waits("second@exemple.ch", late, at=AT + timedelta(minutes=1))

    booking.cancel([leaver], actor=GUEST, at=AT)

    assert offers() == ["premier@exemple.ch"]
    assert taken(early) == 1
    with pytest.raises(SlotTaken):
        booked(early)


def test_who_accepts_moves_there_and_gives_their_own_place_back() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot(places=9)
    leaver = booked(early)
    mine = somebody_waits("premier@exemple.ch", late)
    booking.cancel([leaver], actor=GUEST, at=AT)

    waiting.accept(mine.application, [mine], actor=GUEST, at=AT + HOLD)

    assert (taken(early), taken(late)) == (1, 0)
    assert Appointment.objects.booked().get().starts_at == TUESDAY
    assert not Waiting.objects.exists()


def test_what_is_held_too_long_goes_to_the_next_one_and_then_to_everybody() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot(places=9)
    leaver = booked(early)
    first = somebody_waits("premier@exemple.ch", late)
    somebody_waits("second@exemple.ch", late, at=AT + timedelta(minutes=1))
    booking.cancel([leaver], actor=GUEST, at=AT)

    assert waiting.expire(at=AT + HOLD) == 0
    assert waiting.expire(at=AT + LATE) == 1
    assert offers() == ["premier@exemple.ch", "second@exemple.ch"]
    with pytest.raises(NotAllowedNow, match="n'a pas changé"):
        waiting.accept(first.application, [first], actor=GUEST, at=AT + LATE)
    assert waiting.expire(at=AT + 2 * LATE) == 1

    assert (taken(early), Waiting.objects.count()) == (0, 0)
    assert Appointment.objects.booked().count() == 2


def test_an_offer_that_is_over_cannot_be_accepted_even_before_the_worker_has_noticed() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot()
    leaver = booked(early)
    mine = somebody_waits("premier@exemple.ch", late)
    booking.cancel([leaver], actor=GUEST, at=AT)

    with pytest.raises(NotAllowedNow):
        waiting.accept(mine.application, [mine], actor=GUEST, at=AT + LATE)

    assert Appointment.objects.booked().get().starts_at == THURSDAY


def test_who_refuses_the_offer_keeps_the_appointment_and_the_next_one_is_asked() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot(places=9)
    leaver = booked(early)
    first = somebody_waits("premier@exemple.ch", late)
    somebody_waits("second@exemple.ch", late, at=AT + timedelta(minutes=1))
    booking.cancel([leaver], actor=GUEST, at=AT)

    waiting.leave(first.application, at=AT)

    assert offers() == ["premier@exemple.ch", "second@exemple.ch"]
    assert taken(early) == 1


def test_a_household_is_offered_only_a_slot_with_room_for_all() -> None:
    early, late = a_slot(TUESDAY, places=2), a_slot(places=9)
    one, other = booked(early), booked(early)
    family = booking.book(a_household(2), late, actor=GUEST, at=AT)
    waiting.wait(family, from_on=TODAY, until_on=BEFORE, at=AT)

    booking.cancel([one], actor=GUEST, at=AT)
    assert (taken(early), Waiting.objects.get().slot) == (1, None)
    booking.cancel([other], actor=GUEST, at=AT)
    assert (taken(early), Waiting.objects.get().slot) == (2, early)

    waiting.accept(family[0].application, family, actor=GUEST, at=AT)
    assert (taken(early), taken(late)) == (2, 0)


def test_a_household_that_became_smaller_gives_back_what_it_does_not_need() -> None:
    early, late = a_slot(TUESDAY, places=2), a_slot(places=9)
    leavers = [booked(early), booked(early)]
    family = booking.book(a_household(2), late, actor=GUEST, at=AT)
    waiting.wait(family, from_on=TODAY, until_on=BEFORE, at=AT)
    for one in leavers:
        booking.cancel([one], actor=GUEST, at=AT)
    mine = Waiting.objects.get().application
    (staying,) = [one for one in family if one.application == mine]
    (going,) = [one for one in family if one.application != mine]
    booking.cancel([going], actor=GUEST, at=AT)

    waiting.accept(mine, [staying], actor=GUEST, at=AT)

    assert (taken(early), taken(late)) == (1, 0)


def test_an_earlier_place_that_is_free_already_is_offered_at_once() -> None:
    a_slot(TUESDAY)

    somebody_waits("premier@exemple.ch", a_slot())

    assert offers() == ["premier@exemple.ch"]


def test_a_place_outside_the_days_asked_for_or_too_soon_is_offered_to_nobody() -> None:
    soon = a_slot(AT + timedelta(hours=2), places=1)
    wednesday = a_slot(TUESDAY + timedelta(days=1), places=1)
    leavers = [booked(soon), booked(wednesday)]
    mine = booked(a_slot())
    waiting.wait([mine], from_on=TODAY, until_on=date(2026, 11, 24), at=AT)

    for one in leavers:
        booking.cancel([one], actor=GUEST, at=AT)

    assert offers() == []


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 11, 25), date(2026, 11, 24)), (TODAY, date(2026, 11, 26)), (date(2026, 11, 1), date(2026, 11, 2))],
    ids=["wrong way round", "not before the appointment", "past"],
)
def test_days_that_make_no_sense_are_refused(first: date, last: date) -> None:
    with pytest.raises(Refused):
        waiting.wait([booked()], from_on=first, until_on=last, at=AT)


def test_one_waits_once() -> None:
    mine = somebody_waits("premier@exemple.ch", a_slot())

    with pytest.raises(NotAllowedNow, match="déjà"):
        waiting.wait([mine], from_on=TODAY, until_on=BEFORE, at=AT)


def test_who_cancels_waits_no_longer_and_what_was_held_for_them_goes_on() -> None:
    early, late = a_slot(TUESDAY, places=1), a_slot(places=9)
    leaver = booked(early)
    first = somebody_waits("premier@exemple.ch", late)
    somebody_waits("second@exemple.ch", late, at=AT + timedelta(minutes=1))
    booking.cancel([leaver], actor=GUEST, at=AT)

    booking.cancel([first], actor=GUEST, at=AT)

    assert offers() == ["premier@exemple.ch", "second@exemple.ch"]
    assert Waiting.objects.get().application.email == "second@exemple.ch"


def test_who_found_an_earlier_day_alone_waits_only_for_what_is_earlier_still() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    mine = somebody_waits("premier@exemple.ch", a_slot())
    booking.move([mine], a_slot(wednesday, places=1), actor=GUEST, at=AT)
    later = a_slot(wednesday + timedelta(hours=1), places=1)
    booking.cancel([booking.book([an_application()], later, actor=GUEST, at=AT)[0]], actor=GUEST, at=AT)

    assert offers() == []
    assert Waiting.objects.exists()


def test_the_list_forgets_who_waited_for_days_that_are_over() -> None:
    somebody_waits("premier@exemple.ch", a_slot())

    assert waiting.expire(at=datetime(2026, 11, 26, 0, 5, tzinfo=ZURICH)) == 1
    assert not Waiting.objects.exists()
