"""When a counter receives: openings, holidays, closures, the change of time, and the slots made from them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from guichet.casework.acts import SYSTEM
from guichet.identity.models import Closure, Opening, Slot
from guichet.identity.operations import opening, timetable
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from tests.identity.builders import AT, the_authorities

pytestmark = pytest.mark.django_db
BY_THE_OPERATOR: dict[str, Any] = {"actor": SYSTEM, "at": AT}
MONDAY, TUESDAY, SATURDAY, SUNDAY = 0, 1, 5, 6


def the_centre() -> Office:
    return the_authorities()["centre"]


def an_opening(office: Office, weekday: int = MONDAY, **given: Any) -> Opening:
    facts = {"begins": time(9), "ends": time(10), "minutes": 20, "places": 3, "valid_from": date(2026, 1, 1)}
    return Opening.objects.create(office=office, weekday=weekday, **(facts | given))


def starts(office: Office) -> list[str]:
    slots = Slot.objects.filter(office=office).order_by("starts_at")
    return [slot.starts_at.astimezone(ZURICH).strftime("%d.%m. %H:%M") for slot in slots]


def opened(office: Office, first: date, last: date) -> list[str]:
    opening.open_slots(office, from_on=first, until_on=last)
    return starts(office)


def test_an_hour_of_twenty_minutes_gives_three_slots_on_each_such_weekday() -> None:
    centre = the_centre()
    an_opening(centre)

    made = opened(centre, date(2026, 11, 23), date(2026, 11, 30))

    assert made == [f"{day} {at}" for day in ("23.11.", "30.11.") for at in ("09:00", "09:20", "09:40")]


def test_a_slot_that_would_end_after_the_opening_is_not_made() -> None:
    centre = the_centre()
    an_opening(centre, ends=time(9, 50))

    assert opened(centre, date(2026, 11, 23), date(2026, 11, 23)) == ["23.11. 09:00", "23.11. 09:20"]


def test_the_first_saturday_of_the_month_is_one_day_of_each_month() -> None:
    centre = the_centre()
    an_opening(centre, SATURDAY, week=1, ends=time(9, 20))

    made = opened(centre, date(2026, 11, 1), date(2027, 1, 31))

    assert made == ["07.11. 09:00", "05.12. 09:00", "02.01. 09:00"]


def test_the_nine_legal_holidays_have_no_slots() -> None:
    centre = the_centre()
    for weekday in range(7):
        an_opening(centre, weekday, ends=time(9, 20))

    made = {line[:6] for line in opened(centre, date(2026, 1, 1), date(2026, 12, 31))}

    every = {(date(2026, 1, 1) + timedelta(days=n)).strftime("%d.%m.") for n in range(365)}
    # J 1 45: New Year, Good Friday, Easter Monday, Ascension, Whit Monday, 1 August, Jeûne, Christmas, 31 December.
    assert every - made == {
        *("01.01.", "03.04.", "06.04.", "14.05.", "25.05.", "01.08.", "10.09.", "25.12.", "31.12."),
    }


def test_a_counter_that_is_open_every_day_is_open_on_holidays_too() -> None:
    uda = the_authorities()["uda"]
    an_opening(uda, 4, on_holidays=True, ends=time(9, 20))

    assert opened(uda, date(2026, 12, 25), date(2026, 12, 25)) == ["25.12. 09:00"]


def test_an_opening_holds_from_its_first_to_its_last_day() -> None:
    centre = the_centre()
    an_opening(centre, ends=time(9, 20), valid_from=date(2026, 11, 9), valid_until=date(2026, 11, 16))

    assert opened(centre, date(2026, 11, 1), date(2026, 11, 30)) == ["09.11. 09:00", "16.11. 09:00"]


@pytest.mark.parametrize(("sunday", "utc_before", "utc_after"), [(date(2026, 3, 29), 8, 7), (date(2026, 10, 25), 7, 8)])
def test_nine_is_nine_by_the_clock_on_the_wall_before_and_after_the_change_of_time(
    sunday: date, utc_before: int, utc_after: int
) -> None:
    uda = the_authorities()["uda"]
    for weekday in (SATURDAY, SUNDAY):
        an_opening(uda, weekday, ends=time(9, 20))

    made = opened(uda, sunday - timedelta(days=1), sunday)

    assert [line[-5:] for line in made] == ["09:00", "09:00"]
    hours = [slot.starts_at.hour for slot in Slot.objects.order_by("starts_at")]
    assert hours == [utc_before, utc_after]


def test_the_hour_that_spring_leaves_out_has_no_slots_and_the_hour_that_autumn_repeats_has_them_once() -> None:
    uda = the_authorities()["uda"]
    an_opening(uda, SUNDAY, begins=time(1), ends=time(4), minutes=60)

    assert opened(uda, date(2026, 3, 29), date(2026, 3, 29)) == ["29.03. 01:00", "29.03. 03:00"]
    opening.open_slots(uda, from_on=date(2026, 10, 25), until_on=date(2026, 10, 25))
    assert starts(uda)[2:] == ["25.10. 01:00", "25.10. 02:00", "25.10. 03:00"]


def test_making_slots_again_adds_only_what_is_missing_and_keeps_what_is_booked() -> None:
    centre = the_centre()
    an_opening(centre)
    day = date(2026, 11, 23)
    opened(centre, day, day)
    Slot.objects.update(taken=2)
    Slot.objects.order_by("starts_at").first().delete()  # type: ignore[union-attr]  # there are three

    assert opening.open_slots(centre, from_on=day, until_on=day) == 1
    assert sorted(Slot.objects.values_list("taken", flat=True)) == [0, 2, 2]


def test_a_closure_shuts_the_slots_made_before_and_after_it_and_can_be_undone() -> None:
    centre = the_centre()
    an_opening(centre)
    first, second = date(2026, 11, 23), date(2026, 11, 30)
    opened(centre, first, first)

    timetable.close(centre, from_on=first, until_on=second, reason="inventaire", **BY_THE_OPERATOR)
    opening.open_slots(centre, from_on=first, until_on=second)

    assert Slot.objects.filter(is_closed=True).count() == Slot.objects.count() == 3
    opening.reopen(Closure.objects.get())
    assert not Slot.objects.filter(is_closed=True).exists()


def test_a_day_within_two_closures_stays_shut_when_one_is_undone() -> None:
    centre = the_centre()
    an_opening(centre)
    day = date(2026, 11, 23)
    opened(centre, day, day)
    timetable.close(centre, from_on=day, until_on=day, reason="inventaire", **BY_THE_OPERATOR)
    timetable.close(centre, from_on=day, until_on=day + timedelta(days=3), reason="travaux", **BY_THE_OPERATOR)

    opening.reopen(Closure.objects.get(reason="inventaire"))

    assert Slot.objects.filter(is_closed=True).count() == 3


def test_places_can_grow_and_shrink_but_never_below_what_is_taken() -> None:
    centre = the_centre()
    an_opening(centre)
    day = date(2026, 11, 23)
    opened(centre, day, day)
    nine, twenty, forty = Slot.objects.order_by("starts_at")
    Slot.objects.filter(pk=twenty.pk).update(taken=2)

    opening.set_places(centre, 1, from_on=day, until_on=day)

    assert list(Slot.objects.order_by("starts_at").values_list("capacity", flat=True)) == [1, 2, 1]
    with pytest.raises(IntegrityError, match=r"slot_taken_within_capacity|CHECK"), transaction.atomic():
        Slot.objects.filter(pk=twenty.pk).update(capacity=1)


def test_the_packaged_openings_make_the_slots_that_are_public_knowledge() -> None:
    offices = the_authorities()
    timetable.load(opening.DEMONSTRATION, **BY_THE_OPERATOR)

    opening.open_slots(offices["uda"], from_on=date(2026, 12, 25), until_on=date(2026, 12, 25))
    opening.open_slots(offices["centre"], from_on=date(2026, 12, 5), until_on=date(2026, 12, 12))

    airport = starts(offices["uda"])
    assert (airport[0], airport[-1], len(airport)) == ("25.12. 07:00", "25.12. 18:30", 24)
    saturdays = [line for line in starts(offices["centre"]) if line.startswith(("05.12.", "12.12."))]
    assert (saturdays[0], saturdays[-1]) == ("05.12. 08:00", "05.12. 11:45")


def test_openings_that_overlap_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    offices = the_authorities()
    an_opening(offices["uda"])
    text = opening.DEMONSTRATION.read_text().replace("begins = 13:30:00", "begins = 11:30:00")
    (tmp_path / "o.toml").write_text(text)

    with pytest.raises(opening.Overlap, match="commune-geneve : deux plages se recouvrent le lundi"):
        timetable.load(tmp_path / "o.toml", **BY_THE_OPERATOR)

    assert Opening.objects.count() == 1


def test_the_operator_opens_and_closes_days() -> None:
    an_opening(the_centre())
    out = StringIO()

    days = ("--from", "2026-11-23", "--until", "2026-11-30")
    call_command("rendezvous", "open", "centre-biometrie", *days, stdout=out)
    call_command("rendezvous", "places", "centre-biometrie", *days, "--places", "5", stdout=out)
    call_command("rendezvous", "close", "centre-biometrie", *days, "--reason", "inventaire", stdout=out)

    assert out.getvalue().splitlines() == [
        "centre-biometrie: 6 new slots",
        "centre-biometrie: 6 slots changed",
        "centre-biometrie: closed",
    ]
    assert set(Slot.objects.values_list("capacity", "is_closed")) == {(5, True)}
    with pytest.raises(CommandError, match="no office"):
        call_command("rendezvous", "open", "nowhere")


def test_slots_are_made_three_months_ahead_for_every_office_that_has_openings() -> None:
    centre = the_centre()
    an_opening(centre)

    opening.open_ahead(on=date(2026, 11, 23))

    last = Slot.objects.order_by("-starts_at").first()
    assert last is not None
    assert last.starts_at.astimezone(ZURICH) == datetime(2027, 2, 15, 9, 40, tzinfo=ZURICH)
