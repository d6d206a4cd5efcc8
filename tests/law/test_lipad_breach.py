"""A breach of data protection, replayed (art. 56 al. 5 and 62 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import cited, refusal, run_of

NAME = "lipad.breach"
FOUND = "2026-02-02 commissioner breach_found\n"
RECOMMENDED = f"{FOUND}2026-02-03 commissioner recommendation_issued remedy_by=2026-03-02\n"
REJECTED = f"{RECOMMENDED}2026-02-10 access_officer recommendation_rejected\n"
SEIZED = f"{REJECTED}2026-02-20 commissioner instance_seized\n"
CONTESTED = f"{SEIZED}2026-04-30 competent_instance position_taken outcome=no_remedy notified_on=2026-05-04\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (FOUND, "found"),
        (RECOMMENDED, "recommended"),
        (f"{RECOMMENDED}2026-02-10 institution recommendation_followed", "remedied"),
        (REJECTED, "unheeded"),
        (f"{RECOMMENDED}2026-03-03 commissioner recommendation_not_followed", "unheeded"),
        (f"{FOUND}2026-02-03 commissioner matter_dropped", "closed"),
        (SEIZED, "with_instance"),
        (f"{SEIZED}2026-04-30 competent_instance position_taken outcome=remedy", "to_remedy"),
        (CONTESTED, "contested"),
        (f"{CONTESTED}2026-06-03 commissioner appeal_filed", "appealed"),
        (f"{CONTESTED}2026-06-04 system became_final", "closed"),
        (f"{CONTESTED}2026-06-03 commissioner appeal_filed\n2026-12-01 court became_final outcome=remedy", "to_remedy"),
        (f"{CONTESTED}2026-06-03 commissioner appeal_filed\n2026-12-01 court became_final outcome=no_remedy", "closed"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    "events",
    [
        f"{FOUND}2026-02-03 commissioner instance_seized",
        f"{RECOMMENDED}2026-02-10 commissioner instance_seized",
        f"{RECOMMENDED}2026-02-10 commissioner appeal_filed",
        f"{SEIZED}2026-02-21 commissioner appeal_filed",
        f"{SEIZED}2026-04-30 competent_instance position_taken outcome=remedy\n2026-05-01 commissioner appeal_filed",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(NAME, events).field.endswith(".event")


def test_a_recommendation_is_unheeded_only_after_the_day_it_gave() -> None:
    refused = refusal(NAME, f"{RECOMMENDED}2026-03-02 commissioner recommendation_not_followed")

    assert refused.field.endswith(".at")
    assert "2026-03-02" in str(refused.accepted)


def test_the_position_of_the_instance_opens_an_appeal_under_an_unsigned_reading() -> None:
    # Notified on Monday 4 May + 30 = Wednesday 3 June.
    result = run_of(NAME, CONTESTED, on="2026-05-10")

    clock = result["clocks"][-1]
    assert (clock["name"], clock["last_day"], cited(clock)) == (
        "appeal",
        "2026-06-03",
        {"62/1/a", "17", "63/1/a", "63/1/b", "63/1/c"},
    )
    assert any("n° 41" in note for note in result["history"][-1]["reservations"])
    assert refusal(NAME, f"{CONTESTED}2026-06-03 system became_final").field.endswith(".at")
