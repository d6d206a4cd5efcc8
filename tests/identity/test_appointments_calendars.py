"""Calendar files: as RFC 5545 wants them, read back by a reader written from the standard, not from the writer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guichet.identity.operations import booking, calendars
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from guichet.kit.icalendar import CalendarEvent, calendar
from tests.identity.builders import AT
from tests.identity.test_appointments import GUEST, TUESDAY, a_slot, booked

SUMMER = datetime(2026, 7, 1, 9, 0, tzinfo=ZURICH)


def read(file: bytes) -> list[tuple[str, str]]:
    """The content lines of a calendar file, unfolded (RFC 5545, 3.1), as name and value."""
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    raw = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    for line in raw:
        line.decode()  # no character is cut in two
    unfolded = file.replace(b"\r\n ", b"").decode().split("\r\n")
    return [(line.partition(":")[0], line.partition(":")[2]) for line in unfolded if line]


def an_event(**given: object) -> CalendarEvent:
    facts = {"uid": "1@x", "sequence": 0, "stamped_at": SUMMER, "starts_at": SUMMER, "ends_at": SUMMER, "summary": "A"}
    return CalendarEvent(**(facts | given))  # type: ignore[arg-type]  # as the test gives them


def test_instants_are_written_in_utc_in_summer_and_in_winter() -> None:
    winter = datetime(2026, 12, 1, 9, 0, tzinfo=ZURICH)

    assert ("DTSTART", "20260701T070000Z") in read(calendar([an_event()]))
    assert ("DTSTART", "20261201T080000Z") in read(calendar([an_event(starts_at=winter)]))


def test_text_is_escaped_and_holds_no_line_of_its_own() -> None:
    hostile = "Gy; Rue 1, étage 2\\3\r\nATTENDEE:mailto:x@y\x07"

    values = [value for name, value in read(calendar([an_event(location=hostile)])) if name == "LOCATION"]

    assert values == ["Gy\\; Rue 1\\, étage 2\\\\3\\nATTENDEE:mailto:x@y"]


@pytest.mark.parametrize("length", [60, 66, 67, 68, 140, 300])
def test_long_lines_are_folded_at_75_octets_between_characters(length: int) -> None:
    summary = "é" * length

    assert ("SUMMARY", summary) in read(calendar([an_event(summary=summary)]))


@pytest.mark.django_db
def test_the_file_of_an_appointment_says_where_and_when_and_names_nobody() -> None:
    appointment = booked()

    lines = dict(read(calendars.file_of(appointment)))

    assert (lines["VERSION"], lines["METHOD"], lines["STATUS"]) == ("2.0", "PUBLISH", "CONFIRMED")
    assert (lines["DTSTART"], lines["DTEND"]) == ("20261126T080000Z", "20261126T082000Z")
    assert lines["DTSTAMP"] == AT.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    assert appointment.office.name in lines["SUMMARY"]
    assert "Rochat" not in str(lines)


@pytest.mark.django_db
def test_a_move_keeps_the_event_and_counts_up_and_a_cancellation_takes_it_out() -> None:
    appointment = booked()
    before = dict(read(calendars.file_of(appointment)))

    booking.move([appointment], a_slot(TUESDAY), actor=GUEST, at=AT)
    moved = dict(read(calendars.file_of(appointment)))
    booking.cancel([appointment], actor=GUEST, at=AT)
    cancelled = dict(read(calendars.file_of(appointment)))

    assert before["UID"] == moved["UID"] == cancelled["UID"]
    assert [one["SEQUENCE"] for one in (before, moved, cancelled)] == ["0", "1", "2"]
    assert moved["DTSTART"] == "20261124T080000Z"
    assert (cancelled["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.django_db
def test_the_feed_of_an_authority_holds_references_and_times_and_nothing_of_the_people() -> None:
    slot = a_slot()
    references = {booked(slot).application.reference for _ in range(2)}
    commune = Office.objects.get(authority="commune")

    lines = read(calendars.feed_of(commune, at=AT))

    summaries = [value for name, value in lines if name == "SUMMARY"]
    assert {value.split()[0] for value in summaries} == references
    assert "Rochat" not in str(lines)
    assert "exemple.ch" not in str(lines)
    assert ("SUMMARY", summaries[0]) not in read(calendars.feed_of(Office.objects.get(authority="centre"), at=AT))


@pytest.mark.django_db
def test_a_renewed_address_closes_the_old_one() -> None:
    a_slot()
    commune = Office.objects.get(authority="commune")
    first = calendars.agenda_of(commune).token

    assert calendars.agenda_of(commune).token == first
    assert calendars.renew(commune).token != first
