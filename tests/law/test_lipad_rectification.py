"""A rectification asked of a medium, replayed (art. 33, 34 and 61 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import cited, refusal, run_of

NAME = "lipad.rectification"
KNOWN = "2026-02-05 institution presentation_known published_on=2026-02-02 known_on=2026-02-04\n"
REQUESTED = f"{KNOWN}2026-02-10T09:30:00+01:00 competent_instance rectification_requested\n"
REFUSED = f"{REQUESTED}2026-02-11T10:00:00+01:00 publisher publication_refused\n"
PROMISED = f"{REQUESTED}2026-02-11T10:00:00+01:00 publisher publication_promised publish_on=2026-02-20\n"
SILENT = f"{REQUESTED}2026-02-12T09:30:01+01:00 competent_instance default_recorded\n"
PENDING = f"{REFUSED}2026-02-20 competent_instance action_brought\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (KNOWN, "known"),
        (REQUESTED, "requested"),
        (REFUSED, "refused"),
        (PROMISED, "promised"),
        (SILENT, "defaulted"),
        (PENDING, "pending"),
        (f"{PROMISED}2026-02-20 publisher rectification_published", "published"),
        (f"{PROMISED}2026-02-21 competent_instance default_recorded", "defaulted"),
        (f"{PENDING}2026-06-01 court judgment_rendered outcome=ordered", "ordered"),
        (f"{PENDING}2026-06-01 court judgment_rendered outcome=dismissed", "dismissed"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    "events",
    [
        f"{KNOWN}2026-02-10 competent_instance action_brought",
        f"{REQUESTED}2026-02-11 competent_instance action_brought",
        f"{KNOWN}2026-02-10 publisher rectification_published",
        f"{REFUSED}2026-02-12 court judgment_rendered outcome=ordered",
        "2026-02-10T09:30:00+01:00 competent_instance rectification_requested",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(NAME, events).field.endswith(".event")


def test_both_periods_of_article_34_run_and_either_may_end_the_right() -> None:
    result = run_of(NAME, KNOWN, on="2026-02-10")

    # 4 February + 10 = Saturday 14, so Monday 16; 2 February + 30 = Wednesday 4 March.
    assert [(clock["name"], clock["last_day"]) for clock in result["clocks"]] == [
        ("rectification_from_knowledge", "2026-02-16"),
        ("rectification_from_publication", "2026-03-04"),
    ]
    assert refusal(NAME, f"{KNOWN}2026-02-16 institution term_lapsed term=knowledge").field.endswith(".at")
    assert refusal(NAME, f"{KNOWN}2026-02-17 institution term_lapsed term=publication").field.endswith(".at")
    assert run_of(NAME, f"{KNOWN}2026-02-17 institution term_lapsed term=knowledge")["state"] == "lapsed"


def test_a_presentation_known_late_can_be_contested_at_most_thirty_days_after_its_publication() -> None:
    known = "2026-03-02 institution presentation_known published_on=2026-02-02 known_on=2026-03-02\n"

    assert run_of(NAME, f"{known}2026-03-05 institution term_lapsed term=publication")["state"] == "lapsed"


def test_the_publisher_has_forty_eight_real_hours_across_summer_time() -> None:
    known = "2026-03-27 institution presentation_known published_on=2026-03-27\n"
    asked = f"{known}2026-03-28T12:00:00+01:00 competent_instance rectification_requested\n"

    clock = run_of(NAME, asked, on="2026-03-29")["clocks"][-1]

    assert (clock["name"], clock["until"], cited(clock)) == ("publisher", "2026-03-30T13:00:00+02:00", {"34/2"})
    early = refusal(NAME, f"{asked}2026-03-30T13:00:00+02:00 competent_instance default_recorded")
    assert early.field.endswith(".at")
    assert "2026-03-30T13:00:00+02:00" in str(early.accepted)
    assert run_of(NAME, f"{asked}2026-03-30T13:00:01+02:00 competent_instance default_recorded")["state"] == "defaulted"


def test_a_request_without_an_hour_cannot_start_the_forty_eight_hours() -> None:
    refused = refusal(NAME, f"{KNOWN}2026-02-10 competent_instance rectification_requested")

    assert refused.field == "events[1].at"
    assert "heures" in str(refused.accepted)


def test_a_promise_is_broken_only_after_the_day_promised() -> None:
    assert refusal(NAME, f"{PROMISED}2026-02-20 competent_instance default_recorded").field.endswith(".at")


def test_the_action_is_brought_within_ten_days_of_the_answer_or_of_the_recorded_silence() -> None:
    # Answer of 11 February + 10 = Saturday 21, so Monday 23; silence recorded on the 12th: Sunday 22, so Monday 23.
    for events, reading in ((REFUSED, "n° 20"), (SILENT, "n° 40")):
        result = run_of(NAME, events, on="2026-02-15")
        clock = result["clocks"][-1]
        assert (clock["name"], clock["last_day"]) == ("action", "2026-02-23")
        notes = [*clock["reservations"], *result["history"][-1]["reservations"]]
        assert any(reading in note for note in notes)
        assert refusal(NAME, f"{events}2026-02-23 system action_lapsed").field.endswith(".at")
        assert run_of(NAME, f"{events}2026-02-24 system action_lapsed")["state"] == "abandoned"
