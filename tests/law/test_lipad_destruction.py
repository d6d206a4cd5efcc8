"""Data that are no longer needed, replayed (art. 40 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import acts, cited, refusal, run_of

NAME = "lipad.destruction"
DUE = "2026-02-02 institution need_ended\n"
DEFERRED = f"{DUE}2026-02-20 directing_body deferral_decided\n"
KEPT = "2026-02-02 institution need_ended kept_by_law=true\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (DUE, "due"),
        (KEPT, "kept"),
        (f"{KEPT}2036-02-02 system retention_ended", "due"),
        (f"{DUE}2026-02-03 institution officer_informed", "intended"),
        (f"{DUE}2026-02-03 institution officer_informed\n2026-02-04 system data_destroyed", "destroyed"),
        (f"{DUE}2026-02-03 system data_anonymised", "anonymised"),
        (DEFERRED, "deferred"),
        (f"{DEFERRED}2027-02-20 directing_body deferral_ended", "due"),
        (f"{DEFERRED}2027-02-20 institution data_destroyed", "destroyed"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    "events",
    [
        "2026-02-02 system data_destroyed",
        f"{KEPT}2026-02-03 system data_destroyed",
        f"{KEPT}2026-02-03 directing_body deferral_decided",
        f"{DEFERRED}2027-02-20 directing_body deferral_ended\n2027-02-21 directing_body deferral_decided",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(NAME, events).field.endswith(".event")


@pytest.mark.parametrize(("fact", "last_day"), [("", "2028-02-02"), (" no_longer_needed_on=2026-01-31", "2028-01-31")])
def test_a_deferral_lasts_two_years_at_most_from_the_day_the_data_were_no_longer_needed(
    fact: str, last_day: str
) -> None:
    events = f"2026-02-02 institution need_ended{fact}\n2026-06-01 directing_body deferral_decided"

    (clock,) = run_of(NAME, events)["clocks"]

    assert (clock["name"], clock["last_day"], cited(clock)) == ("deferral", last_day, {"40/2"})


def test_a_destruction_after_the_two_years_is_recorded_as_late() -> None:
    on_the_day = run_of(NAME, f"{DEFERRED}2028-02-02 system data_destroyed")
    after = run_of(NAME, f"{DEFERRED}2028-02-03 system data_destroyed")

    assert [case["clocks"][0]["late"] for case in (on_the_day, after)] == [False, True]


def test_deferred_data_are_no_longer_communicated() -> None:
    result = run_of(NAME, DEFERRED)

    assert {each["event"]: cited(each) for each in result["blocked"]} == {"data_communicated": {"40/2"}}
    assert acts(result["possible"]) == {"deferral_ended", "data_destroyed", "data_anonymised"}
