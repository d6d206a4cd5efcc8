"""A mediation before the commissioner, replayed (art. 28 al. 5 and 6, 30 and 60 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import acts, cited, refusal, run_of

NAME = "lipad.mediation"
# Friday 6 February + 10 days = Monday 16 February.
REFUSAL = "2026-02-02 institution intention_confirmed intention=refusal confirmed_on=2026-02-06\n"
GRANT = "2026-02-02 institution intention_confirmed intention=grant confirmed_on=2026-02-06\n"
SEIZED = f"{REFUSAL}2026-02-16 requester commissioner_seized by_party=requester\n"
FAILED = f"{SEIZED}2026-03-02 commissioner mediation_failed\n"
RECOMMENDED = f"{FAILED}2026-03-09 commissioner recommendation_issued recommended_on=2026-03-11\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (REFUSAL, "refusal_intended"),
        (GRANT, "grant_intended"),
        (SEIZED, "mediation"),
        (f"{GRANT}2026-02-10 institution commissioner_seized by_party=institution", "mediation"),
        ("2026-02-10 third_party commissioner_seized by_party=third_party", "mediation"),
        (f"{SEIZED}2026-02-20 commissioner views_gathered", "mediation"),
        (f"{SEIZED}2026-02-20 commissioner documents_consulted", "mediation"),
        (f"{SEIZED}2026-02-20 commissioner mediation_succeeded", "agreed"),
        (f"{SEIZED}2026-02-20 requester request_withdrawn", "withdrawn"),
        (FAILED, "recommendation_due"),
        (RECOMMENDED, "recommended"),
        (f"{RECOMMENDED}2026-03-20 institution decision_rendered outcome=refused", "decided"),
        (f"{REFUSAL}2026-02-17 system term_lapsed", "unused"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    "events",
    [
        f"{REFUSAL}2026-02-10 commissioner mediation_failed",
        f"{SEIZED}2026-02-20 commissioner recommendation_issued",
        f"{SEIZED}2026-02-20 institution decision_rendered outcome=full",
        f"{FAILED}2026-03-03 institution decision_rendered outcome=full",
        f"{FAILED}2026-03-03 commissioner mediation_succeeded",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(NAME, events).field.endswith(".event")


def test_only_who_is_not_satisfied_or_opposes_may_seize_the_commissioner() -> None:
    refused = refusal(NAME, f"{REFUSAL}2026-02-10 commissioner commissioner_seized by_party=third_party")

    assert (refused.field, refused.accepted) == ("events[1].by_party", ["requester"])


def test_the_ten_days_run_from_the_written_confirmation_and_the_last_one_still_counts() -> None:
    window = run_of(NAME, REFUSAL, on="2026-02-10")["clocks"][0]

    assert (window["started_on"], window["last_day"], window["status"]) == ("2026-02-06", "2026-02-16", "open")
    assert cited(window) == {"30/2", "17"}
    assert run_of(NAME, SEIZED)["clocks"][0]["late"] is False
    assert run_of(NAME, SEIZED.replace("02-16 req", "02-17 req"))["clocks"][0]["late"] is True
    assert refusal(NAME, f"{REFUSAL}2026-02-16 system term_lapsed").field.endswith(".at")


def test_a_slow_institution_needs_no_deadline() -> None:
    result = run_of(NAME, "2026-02-10 requester commissioner_seized by_party=requester")

    assert result["clocks"] == []
    assert cited(result["history"][0]) == {"30/1/a", "30/2"}


def test_the_decision_is_due_ten_days_after_the_recommendation_is_received() -> None:
    # Wednesday 11 March + 10 days = Saturday 21 March, so Monday 23 March.
    result = run_of(NAME, RECOMMENDED, on="2026-03-12")

    clock = result["clocks"][-1]
    assert (clock["name"], clock["raw_last_day"], clock["last_day"]) == ("decision", "2026-03-21", "2026-03-23")
    assert acts(result["possible"]) == {"decision_rendered", "request_withdrawn"}


def test_mediation_is_free() -> None:
    blocked = {each["event"]: cited(each) for each in run_of(NAME, SEIZED)["blocked"]}

    assert blocked["fee_charged"] == {"30/6"}
