"""Changing when a counter receives: what happens to the slots, to who is booked, and to who books meanwhile."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from guichet.casework.models import OutboxMessage
from guichet.identity.models import Appointment, AppointmentStatus, Closure, Opening, Slot
from guichet.identity.operations import booking, opening, timetable
from guichet.institutions.models import Office, Role
from guichet.kit import clock
from guichet.kit.clock import ZURICH
from guichet.kit.errors import Refused
from guichet.kit.ids import uuid7
from tests.identity.builders import AT, COMMUNE, an_application, the_authorities
from tests.identity.members import seated
from tests.identity.test_appointments import GUEST
from tests.identity.test_appointments_opening import an_opening

pytestmark = pytest.mark.django_db
PAGES = "/guichets/agenda/ouvertures/"
MONDAY = date(2026, 11, 30)
BY: dict[str, Any] = {"actor": COMMUNE, "at": AT}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def a_commune(*, weeks: int = 3) -> Office:
    """Open on Mondays from nine to ten, three slots of three places, made so many weeks ahead."""
    commune = the_authorities()["commune"]
    an_opening(commune)
    opening.open_slots(commune, from_on=MONDAY, until_on=MONDAY + timedelta(weeks=weeks - 1))
    return commune


def slot_at(day: date, hour: int, minute: int = 0) -> Slot:
    return Slot.objects.get(starts_at=datetime.combine(day, time(hour, minute), tzinfo=ZURICH))


def booked_at(slot: Slot, number: int = 1, *, email: str = "amelie@exemple.ch") -> list[Appointment]:
    household = uuid7()
    come = [an_application(email=email, household=household) for _ in range(number)]
    return booking.book(come, slot, actor=GUEST, at=AT)


def offered() -> list[str]:
    """The slots that have places, as people are offered them."""
    free = Slot.objects.filter(is_closed=False, capacity__gt=0).order_by("starts_at")
    return [slot.starts_at.astimezone(ZURICH).strftime("%d.%m. %H:%M") for slot in free]


def typed(**more: str) -> dict[str, str]:
    """A Monday span from nine to ten, as the form takes it, from 30 November on."""
    day = {"valid_from_day": "30", "valid_from_month": "11", "valid_from_year": "2026"}
    return {"weekday": "0", "week": "", "begins": "09:00", "ends": "10:00", "minutes": "20", "places": "3"} | day | more


def test_a_change_is_shown_before_it_is_made_and_makes_no_difference_until_then() -> None:
    a_commune(weeks=1)
    one = Opening.objects.get()

    page = seated("commune", Role.SUPERVISOR).post(f"{PAGES}{one.pk}/", typed(ends="09:40", places="5"))

    plan = page.context["plan"]
    # Eleven further Mondays within ninety days, the ones of 30 November changed and shut.
    assert (len(plan.opened), len(plan.changed), len(plan.shut)) == (22, 2, 1)
    assert offered() == ["30.11. 09:00", "30.11. 09:20", "30.11. 09:40"]
    assert list(Opening.objects.values_list("ends", flat=True)) == [time(10)]


def test_a_change_holds_from_its_day_on_and_the_slots_follow() -> None:
    a_commune(weeks=2)
    one = Opening.objects.get()
    change = typed(valid_from_day="7", valid_from_month="12", begins="09:20", step="settle")

    assert seated("commune", Role.SUPERVISOR).post(f"{PAGES}{one.pk}/", change).status_code == 302

    assert offered()[:5] == ["30.11. 09:00", "30.11. 09:20", "30.11. 09:40", "07.12. 09:20", "07.12. 09:40"]
    spans = Opening.objects.order_by("valid_from").values_list("begins", "valid_until")
    assert list(spans) == [(time(9), date(2026, 12, 6)), (time(9, 20), None)]


def test_a_span_is_added_and_one_that_overlaps_is_refused_beside_its_hour() -> None:
    a_commune(weeks=1)
    browser = seated("commune", Role.SUPERVISOR)

    overlapping = browser.post(f"{PAGES}nouvelle/", typed(begins="09:30", ends="11:00", step="settle"))
    added = browser.post(f"{PAGES}nouvelle/", typed(begins="14:00", ends="14:20", step="settle"))

    assert overlapping.status_code == 422
    assert "deux plages se recouvrent le lundi" in overlapping.context["form"].errors["begins"][0]
    assert added.status_code == 302
    assert offered()[:4] == ["30.11. 09:00", "30.11. 09:20", "30.11. 09:40", "30.11. 14:00"]


def test_who_is_booked_is_shown_and_nothing_changes_until_they_may_be_moved() -> None:
    a_commune(weeks=1)
    (appointment,) = booked_at(slot_at(MONDAY, 9, 40))
    browser, one = seated("commune", Role.SUPERVISOR), Opening.objects.get()
    change = typed(ends="09:40", step="settle")

    refused = browser.post(f"{PAGES}{one.pk}/", change)

    assert refused.status_code == 422
    assert appointment.application.reference in refused.content.decode()
    assert Opening.objects.get().ends == time(10)
    assert browser.post(f"{PAGES}{one.pk}/", change | {"rebook": "1"}).status_code == 302
    appointment.refresh_from_db()
    assert appointment.slot is not None
    assert (appointment.slot.is_closed, slot_at(MONDAY, 9, 40).taken) == (False, 0)
    assert OutboxMessage.objects.filter(kind="identity/appointment_moved").count() == 1


def test_a_household_is_moved_together_and_cancelled_with_notice_where_no_slot_takes_all() -> None:
    commune = a_commune(weeks=2)
    Slot.objects.filter(starts_at__date=MONDAY + timedelta(weeks=1)).update(capacity=2)
    three = booked_at(slot_at(MONDAY, 9), 3)
    two = booked_at(slot_at(MONDAY, 9, 20), 2, email="bruno@exemple.ch")

    outcome = timetable.close(commune, from_on=MONDAY, until_on=MONDAY, reason="travaux", rebook=True, **BY)

    assert outcome == (2, 3)
    assert {Appointment.objects.get(pk=one.pk).status for one in three} == {AppointmentStatus.CANCELLED}
    assert len({Appointment.objects.get(pk=one.pk).starts_at for one in two}) == 1
    kinds = OutboxMessage.objects.exclude(kind="identity/appointment_booked").values_list("kind", flat=True)
    assert {"identity/appointment_moved", "identity/appointment_cancelled"} <= set(kinds)


def test_days_on_which_people_are_booked_are_not_closed_over_their_heads() -> None:
    commune = a_commune(weeks=2)
    booked_at(slot_at(MONDAY, 9))

    with pytest.raises(timetable.StillBooked, match="1 rendez-vous est pris"):
        timetable.close(commune, from_on=MONDAY, until_on=MONDAY, reason="travaux", **BY)

    assert not Closure.objects.exists()
    assert not Slot.objects.filter(is_closed=True).exists()


def test_a_slot_that_the_openings_no_longer_give_stays_shut_when_a_closure_over_it_is_undone() -> None:
    commune = a_commune(weeks=1)
    timetable.settle(commune, [], ahead=0, **BY)
    timetable.close(commune, from_on=MONDAY, until_on=MONDAY, reason="travaux", **BY)

    opening.reopen(Closure.objects.get())

    assert offered() == []


def test_a_span_that_comes_back_gives_its_slots_their_places_again_but_not_on_a_closed_day() -> None:
    commune = a_commune(weeks=2)
    spans = timetable.openings_of(commune)
    timetable.settle(commune, [], ahead=0, **BY)
    timetable.close(commune, from_on=MONDAY, until_on=MONDAY, reason="travaux", **BY)

    timetable.settle(commune, spans, ahead=0, **BY)

    assert offered() == ["07.12. 09:00", "07.12. 09:20", "07.12. 09:40"]


def test_a_span_ends_after_a_day() -> None:
    a_commune(weeks=2)
    one = Opening.objects.get()
    last = {"last_on_day": "30", "last_on_month": "11", "last_on_year": "2026", "step": "settle"}

    assert seated("commune", Role.SUPERVISOR).post(f"{PAGES}{one.pk}/fin/", last).status_code == 302

    assert {line[:6] for line in offered()} == {"30.11."}
    assert Opening.objects.get().valid_until == MONDAY


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": "09:10"}, "ends"),
        ({"places": "0"}, "places"),
        ({"minutes": "2"}, "minutes"),
        ({"valid_from_day": "2"}, "valid_from"),
        ({"begins": "neuf"}, "begins"),
    ],
)
def test_a_span_that_cannot_be_is_refused_beside_its_field(wrong: dict[str, str], field: str) -> None:
    the_authorities()

    page = seated("commune", Role.SUPERVISOR).post(f"{PAGES}nouvelle/", typed(step="settle", **wrong))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not Opening.objects.exists()


def test_a_clerk_changes_no_hours_and_nobody_those_of_another_office() -> None:
    a_commune(weeks=1)
    one = Opening.objects.get()

    assert seated("commune").get(PAGES).status_code == 403
    assert seated("centre", Role.SUPERVISOR).get(f"{PAGES}{one.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whoever_books_while_a_month_is_closed_is_elsewhere_afterwards_and_was_told() -> None:
    commune = a_commune(weeks=6)
    people = [an_application(email=f"p{number}@exemple.ch") for number in range(8)]
    within = list(Slot.objects.filter(starts_at__month=12, starts_at__lt=AT + timedelta(days=21)).order_by("starts_at"))
    barrier = threading.Barrier(len(people) + 1)
    unexpected: list[str] = []

    def run(act: Any) -> None:
        barrier.wait()
        try:
            act()
        except Refused:
            pass  # somebody was quicker: told so, and nothing was booked
        except Exception as error:  # noqa: BLE001 - what went wrong is what the test looks at
            unexpected.append(repr(error))
        finally:
            connection.close()

    def close() -> None:
        december = {"from_on": date(2026, 12, 1), "until_on": date(2026, 12, 21)}
        timetable.close(commune, **december, reason="travaux", rebook=True, **BY)

    acts = [
        lambda one=one, slot=within[place % 3]: booking.book([one], slot, actor=GUEST, at=AT)
        for place, one in enumerate(people)
    ]
    threads = [threading.Thread(target=run, args=[act]) for act in [*acts, close]]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert unexpected == []
    assert Closure.objects.count() == 1
    booked = Appointment.objects.booked().select_related("slot")
    assert not [one for one in booked if one.slot is None or one.slot.is_closed]
    assert all(slot.taken == booked.filter(slot=slot).count() for slot in Slot.objects.all())
    moved = booked.filter(placed_at=AT, sequence__gt=0).count()
    assert OutboxMessage.objects.filter(kind="identity/appointment_moved").count() == moved
    assert not Slot.objects.filter(taken__gt=F("capacity")).exists()
