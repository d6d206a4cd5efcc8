"""Who came and who did not: noted by the record of the appearance or from the agenda, and taken back the same day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from guichet.casework.models import Entry
from guichet.identity.models import Appointment, AppointmentStatus, IdentityApplication
from guichet.identity.operations import booking
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from tests.identity.builders import AT, COMMUNE, an_application, the_authorities
from tests.identity.counter import an_agent_of, at_the_counter, done
from tests.identity.test_appointments import GUEST, TUESDAY, a_slot, booked

pytestmark = pytest.mark.django_db
ON_TUESDAY = TUESDAY + timedelta(minutes=30)
ON_FRIDAY = TUESDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: ON_TUESDAY)


def status_of(appointment: Appointment) -> str:
    return Appointment.objects.get(pk=appointment.pk).status


def noted(application: IdentityApplication) -> list[str]:
    entries = Entry.objects.filter(case_reference=application.reference, act__startswith="appointment_")
    return list(entries.order_by("seq").values_list("act", flat=True))


def press(browser: Client, appointment: Appointment, button: str) -> int:
    return browser.post(f"/guichets/agenda/{appointment.pk}/", {button: "1"}).status_code


def test_the_record_of_an_appearance_marks_the_appointment_of_that_day_as_attended() -> None:
    appointment = booked(a_slot(TUESDAY))

    done(appointment.application, an_agent_of("commune"), "appearance_recorded", at=ON_TUESDAY)

    assert status_of(appointment) == AppointmentStatus.ATTENDED
    assert noted(appointment.application) == ["appointment_booked", "appointment_attended"]


def test_an_appointment_of_another_day_stays_booked() -> None:
    appointment = booked(a_slot(ON_FRIDAY))

    done(appointment.application, an_agent_of("commune"), "appearance_recorded", at=ON_TUESDAY)

    assert status_of(appointment) == AppointmentStatus.BOOKED


@pytest.mark.parametrize("was_missed", [False, True])
def test_an_appearance_entered_days_later_marks_the_appointment_of_its_own_day(
    was_missed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointment = booked(a_slot(TUESDAY))
    if was_missed:
        office = the_authorities()["commune"]
        booking.mark(appointment, AppointmentStatus.MISSED, office=office, actor=COMMUNE, at=ON_TUESDAY)
    monkeypatch.setattr(clock, "now", lambda: ON_FRIDAY)
    typed = {"words": "passeport échu", "why_late": "panne du réseau"}
    day = {"appeared_on_day": "24", "appeared_on_month": "11", "appeared_on_year": "2026"}

    address = f"/guichets/{appointment.application.reference}/actes/appearance_recorded/"
    assert at_the_counter("commune").post(address, typed | day).status_code == 302

    assert status_of(appointment) == AppointmentStatus.ATTENDED


def test_whoever_was_marked_by_mistake_is_booked_again_the_same_day_and_the_journal_keeps_both() -> None:
    appointment, browser = booked(a_slot(TUESDAY)), at_the_counter("commune")

    assert press(browser, appointment, "missed") == 302
    assert status_of(appointment) == AppointmentStatus.MISSED
    assert press(browser, appointment, "unmark") == 302

    assert status_of(appointment) == AppointmentStatus.BOOKED
    assert noted(appointment.application)[1:] == ["appointment_missed", "appointment_unmarked"]
    assert press(browser, appointment, "unmark") == 409


def test_a_mark_is_not_taken_back_the_next_day_nor_by_another_office(monkeypatch: pytest.MonkeyPatch) -> None:
    appointment = booked(a_slot(TUESDAY))
    press(at_the_counter("commune"), appointment, "missed")

    assert press(at_the_counter("centre"), appointment, "unmark") == 404
    monkeypatch.setattr(clock, "now", lambda: ON_TUESDAY + timedelta(days=1))
    assert press(at_the_counter("commune"), appointment, "unmark") == 409
    assert status_of(appointment) == AppointmentStatus.MISSED


def test_a_mark_stays_where_the_person_has_booked_again() -> None:
    appointment = booked(a_slot(TUESDAY))
    office = the_authorities()["commune"]
    booking.mark(appointment, AppointmentStatus.MISSED, office=office, actor=COMMUNE, at=ON_TUESDAY)
    booking.book([appointment.application], a_slot(ON_FRIDAY), actor=GUEST, at=ON_TUESDAY)

    with pytest.raises(NotAllowedNow, match="a repris un rendez-vous"):
        booking.unmark(appointment, office=office, actor=COMMUNE, at=ON_TUESDAY)

    assert status_of(appointment) == AppointmentStatus.MISSED


def test_the_place_of_somebody_who_did_not_come_counts_as_free_in_the_agenda() -> None:
    slot, browser = a_slot(TUESDAY, places=4), at_the_counter("commune")
    came, absent, _ = (booking.book([an_application()], slot, actor=GUEST, at=AT)[0] for _ in range(3))

    press(browser, came, "attended")
    press(browser, absent, "missed")
    page = browser.get("/guichets/agenda/?jour=2026-11-24")

    assert page.context["figures"] == (4, 3, 1, 1)
    assert (
        "3 places prises sur 4, 1 personne reçue, 1 absente\N{NO-BREAK SPACE}: 2 places libres."
        in page.content.decode()
    )
