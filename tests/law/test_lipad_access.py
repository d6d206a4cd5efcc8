"""A request for access to a document, replayed (art. 24 to 30, 60 and 63 LIPAD)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guichet.config.ask import replay as command
from guichet.law import procedures
from guichet.law.kernel.clocks import Suspension

from .walks import acts, cited, refusal, run_of, told

ACCESS = "lipad.access"
RECEIVED = "2026-02-02 requester request_received\n"
OPPOSED = f"""{RECEIVED}
2026-02-03 institution consultation_opened answer_by=2026-02-13
2026-02-10 third_party objection_received
2026-02-13 institution consultation_closed
""".replace("\n\n", "\n")
# Thursday 5 March + 10 days = Sunday 15 March, so Monday 16 March.
GRANT_INTENDED = f"{OPPOSED}2026-03-02 institution grant_announced confirmed_on=2026-03-05\n"
REFUSAL_INTENDED = f"{RECEIVED}2026-03-02 institution refusal_announced confirmed_on=2026-03-05\n"
MEDIATION = f"{REFUSAL_INTENDED}2026-03-10 requester commissioner_seized by_party=requester\n"
RECOMMENDED = f"""{MEDIATION}2026-04-20 commissioner mediation_failed
2026-05-04 commissioner recommendation_issued
"""
DECIDED_FOR = f"{RECOMMENDED}2026-05-11 institution decision_rendered outcome=partial notified_on=2026-05-12\n"
DECIDED_AGAINST = f"{RECOMMENDED}2026-05-11 institution decision_rendered outcome=refused notified_on=2026-05-12\n"


def test_the_events_are_those_of_the_contract() -> None:
    named = """request_received clarification_asked clarified referred_to_responsable consultation_opened
        opinion_received objection_received consultation_closed fee_announced fee_accepted request_withdrawn
        access_granted grant_announced refusal_announced commissioner_seized mediation_succeeded mediation_failed
        recommendation_issued decision_rendered released appeal_filed became_final"""

    assert set(procedures.find(ACCESS).acts) == set(named.split())


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (RECEIVED, "examination"),
        ("2026-02-02 requester request_received archived=true", "archived"),
        (f"{RECEIVED}2026-02-03 institution clarification_asked", "clarifying"),
        (f"{RECEIVED}2026-02-03 institution clarification_asked\n2026-02-04 requester clarified", "examination"),
        (
            f"{RECEIVED}2026-02-03 institution clarification_asked\n2026-02-04 requester clarified archived=true",
            "archived",
        ),
        (f"{RECEIVED}2026-02-03 institution referred_to_responsable", "referred"),
        (f"{RECEIVED}2026-02-03 institution consultation_opened", "consulting"),
        (OPPOSED, "examination"),
        (f"{RECEIVED}2026-02-03 institution fee_announced", "fee_pending"),
        (f"{RECEIVED}2026-02-03 institution fee_announced\n2026-02-04 requester fee_accepted", "examination"),
        (f"{RECEIVED}2026-02-03 institution fee_announced\n2026-02-04 requester request_withdrawn", "withdrawn"),
        (f"{RECEIVED}2026-02-03 institution access_granted extent=full", "granted"),
        (f"{RECEIVED}2026-02-03 institution access_granted extent=partial", "granted_in_part"),
        (f"{RECEIVED}2026-02-03 access_officer access_granted extent=deferred", "deferred"),
        (GRANT_INTENDED, "grant_intended"),
        (REFUSAL_INTENDED, "refusal_intended"),
        (MEDIATION, "mediation"),
        (f"{MEDIATION}2026-04-20 commissioner mediation_succeeded", "agreed"),
        (f"{MEDIATION}2026-04-20 commissioner mediation_failed", "recommendation_due"),
        (RECOMMENDED, "recommended"),
        (DECIDED_FOR, "decided_for"),
        (DECIDED_AGAINST, "decided_against"),
        (f"{DECIDED_AGAINST}2026-06-01 requester appeal_filed", "appealed"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    result = run_of(ACCESS, events)

    assert result["state"] == state
    assert all(step["basis"] and step["done"] for step in result["history"])


@pytest.mark.parametrize("party", ["requester", "institution", "third_party"])
def test_nothing_is_released_on_the_last_day_to_seize_the_commissioner_and_all_is_on_the_next(party: str) -> None:
    kept = run_of(ACCESS, GRANT_INTENDED, on="2026-03-16")
    refused = refusal(ACCESS, f"{GRANT_INTENDED}2026-03-16 institution released")

    (clock,) = [each for each in kept["clocks"] if each["name"] == "mediation"]
    (block,) = [each for each in kept["blocked"] if each["event"] == "released"]
    assert (clock["started_on"], clock["raw_last_day"], clock["last_day"]) == ("2026-03-05", "2026-03-15", "2026-03-16")
    assert (block["until"], cited(block)) == ("2026-03-16", {"28/5", "30/2"})
    assert refused.field.endswith(".at")
    assert "2026-03-16" in str(refused.accepted)
    assert "commissioner_seized" in str(refused.accepted)
    assert run_of(ACCESS, f"{GRANT_INTENDED}2026-03-17 institution released")["state"] == "communicated"
    seized = f"{GRANT_INTENDED}2026-03-16 {party} commissioner_seized by_party={party}\n"
    assert refusal(ACCESS, f"{seized}2026-03-17 institution released").field.endswith(".event")


def test_the_other_reading_of_suspensions_is_told_and_can_be_chosen() -> None:
    events = told(GRANT_INTENDED.replace("confirmed_on=2026-03-05", "confirmed_on=2026-03-25"))

    by_reading = {
        reading: procedures.replay(ACCESS, events, on=date(2026, 3, 26), suspension=reading) for reading in Suspension
    }
    days = {reading: case.clocks[-1].deadline.last_day for reading, case in by_reading.items()}

    # Easter 2026 is 5 April: from 29 March to 12 April nothing would count.
    assert days == {Suspension.IGNORE: date(2026, 4, 7), Suspension.APPLY: date(2026, 4, 20)}
    notes = by_reading[Suspension.IGNORE].clocks[-1].deadline.reservations
    assert any("lundi 20 avril 2026" in note for note in notes)


@pytest.mark.parametrize(
    "events",
    [
        f"{RECEIVED}2026-02-03 institution released",
        f"{RECEIVED}2026-02-03 institution opinion_received",
        f"{RECEIVED}2026-02-03 third_party objection_received",
        f"{RECEIVED}2026-02-03 institution grant_announced confirmed_on=2026-02-03",
        f"{RECEIVED}2026-02-03 institution consultation_opened\n2026-02-04 institution access_granted extent=full",
        f"{RECEIVED}2026-02-03 institution consultation_opened\n2026-02-04 institution grant_announced confirmed_on=2026-02-04",
        f"{OPPOSED}2026-02-14 institution access_granted extent=full",
        f"{RECEIVED}2026-02-03 institution fee_announced\n2026-02-04 institution access_granted extent=full",
        f"{RECEIVED}2026-02-03 requester appeal_filed",
        f"{REFUSAL_INTENDED}2026-03-03 requester appeal_filed",
        f"{REFUSAL_INTENDED}2026-03-03 institution decision_rendered outcome=full",
        f"{REFUSAL_INTENDED}2026-03-03 institution released",
        f"{MEDIATION}2026-04-20 commissioner recommendation_issued",
        f"{MEDIATION}2026-04-20 institution released",
        f"{RECOMMENDED}2026-05-05 requester appeal_filed",
        f"{RECOMMENDED}2026-05-05 institution released",
        f"{DECIDED_FOR}2026-05-13 institution released",
        f"{DECIDED_AGAINST}2026-06-30 institution released",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(ACCESS, events).field.endswith(".event")


@pytest.mark.parametrize(
    ("events", "field", "accepted"),
    [
        (f"{RECEIVED}2026-02-03 institution access_granted", "extent", "full"),
        (f"{RECEIVED}2026-02-03 institution access_granted extent=total", "extent", "deferred"),
        (f"{RECEIVED}2026-02-03 institution refusal_announced", "confirmed_on", "AAAA-MM-JJ"),
        (f"{RECEIVED}2026-02-03 institution refusal_announced confirmed_on=hier", "confirmed_on", "AAAA-MM-JJ"),
        (f"{REFUSAL_INTENDED}2026-03-03 requester commissioner_seized", "by_party", "requester"),
        (f"{REFUSAL_INTENDED}2026-03-03 third_party commissioner_seized by_party=third_party", "by", "requester"),
        (
            f"{REFUSAL_INTENDED}2026-03-03 commissioner commissioner_seized by_party=third_party",
            "by_party",
            "requester",
        ),
        (f"{RECOMMENDED}2026-05-05 institution decision_rendered", "outcome", "refused"),
        (f"{RECOMMENDED}2026-05-05 institution decision_rendered outcome=yes", "outcome", "partial"),
        (f"{RECEIVED}2026-02-03 requester access_granted extent=full", "by", "institution"),
    ],
)
def test_a_missing_or_wrong_fact_is_refused_with_what_is_accepted(events: str, field: str, accepted: str) -> None:
    refused = refusal(ACCESS, events)

    assert refused.field.endswith(f".{field}")
    assert accepted in str(refused.accepted)


def test_an_open_consultation_blocks_a_favourable_answer_and_says_until_when_one_may_object() -> None:
    result = run_of(
        ACCESS, f"{RECEIVED}2026-02-03 institution consultation_opened answer_by=2026-02-13", on="2026-02-10"
    )

    (clock,) = result["clocks"]
    blocked = {each["event"]: cited(each) for each in result["blocked"]}
    assert blocked["access_granted"] == {"28/4"}
    assert (clock["name"], clock["last_day"], clock["status"]) == ("consultation", "2026-02-13", "open")


def test_a_slow_institution_may_be_reported_at_any_time_by_the_requester_and_by_an_opponent() -> None:
    by_requester = f"{RECEIVED}2026-09-02 requester commissioner_seized by_party=requester"
    by_opponent = f"{OPPOSED}2026-09-02 third_party commissioner_seized by_party=third_party"
    by_nobody = f"{RECEIVED}2026-09-02 third_party commissioner_seized by_party=third_party"

    assert run_of(ACCESS, by_requester)["state"] == run_of(ACCESS, by_opponent)["state"] == "mediation"
    assert refusal(ACCESS, by_nobody).field.endswith(".event")


def test_a_late_request_for_mediation_is_recorded_as_late_and_not_refused() -> None:
    late = run_of(ACCESS, f"{REFUSAL_INTENDED}2026-03-17 requester commissioner_seized by_party=requester")
    in_time = run_of(ACCESS, f"{REFUSAL_INTENDED}2026-03-16 requester commissioner_seized by_party=requester")

    assert [(case["state"], case["clocks"][0]["late"]) for case in (late, in_time)] == [
        ("mediation", True),
        ("mediation", False),
    ]
    assert any("n° 22" in note for note in late["history"][-1]["reservations"])


def test_a_refusal_nobody_contests_ends_the_case_after_the_window_under_an_unsigned_reading() -> None:
    early = refusal(ACCESS, f"{REFUSAL_INTENDED}2026-03-16 system became_final")
    result = run_of(ACCESS, f"{REFUSAL_INTENDED}2026-03-17 system became_final")

    assert early.field.endswith(".at")
    assert result["state"] == "closed"
    assert any("n° 21" in note for note in result["history"][-1]["reservations"])


def test_a_partial_access_may_be_released_and_the_requester_still_seize_the_commissioner() -> None:
    partial = f"{RECEIVED}2026-02-03 institution access_granted extent=partial\n2026-02-04 institution released\n"

    assert run_of(ACCESS, partial)["state"] == "communicated_in_part"
    assert (
        run_of(ACCESS, f"{partial}2026-02-05 requester commissioner_seized by_party=requester")["state"] == "mediation"
    )


def test_a_deferred_access_waits_for_the_day_after_its_obstacle() -> None:
    deferred = f"{RECEIVED}2026-02-03 institution access_granted extent=deferred deferred_until=2026-05-01\n"
    open_ended = f"{RECEIVED}2026-02-03 institution access_granted extent=deferred\n2026-02-04 institution released"

    assert refusal(ACCESS, f"{deferred}2026-05-01 institution released").field.endswith(".at")
    assert run_of(ACCESS, f"{deferred}2026-05-02 institution released")["state"] == "communicated"
    assert run_of(ACCESS, open_ended)["state"] == "communicated"


def test_the_decision_is_due_in_ten_days_and_the_clock_tells_a_late_one() -> None:
    # 4 May + 10 days = Thursday 14 May, Ascension: Friday 15 May.
    result = run_of(ACCESS, RECOMMENDED, on="2026-05-10")
    late = run_of(ACCESS, f"{RECOMMENDED}2026-05-18 institution decision_rendered outcome=full")

    clock = result["clocks"][-1]
    assert (clock["name"], clock["raw_last_day"], clock["last_day"]) == ("decision", "2026-05-14", "2026-05-15")
    assert cited(clock) == {"30/5", "17"}
    assert [each["late"] for each in late["clocks"] if each["name"] == "decision"] == [True]


def test_only_the_decision_after_the_recommendation_can_be_appealed() -> None:
    for events in (RECEIVED, GRANT_INTENDED, REFUSAL_INTENDED, MEDIATION, RECOMMENDED):
        result = run_of(ACCESS, events)
        assert "appeal_filed" not in acts(result["possible"])
        assert {"60/1"} in [cited(each) for each in result["blocked"] if each["event"] == "appeal_filed"]
    assert "appeal_filed" in acts(run_of(ACCESS, DECIDED_AGAINST)["possible"])


def test_a_decision_is_executed_once_the_time_of_appeal_has_passed() -> None:
    # Notified on 12 May: 30 days end on Thursday 11 June.
    early = refusal(ACCESS, f"{DECIDED_FOR}2026-06-11 system became_final")
    final = f"{DECIDED_FOR}2026-06-12 system became_final\n"

    assert early.field.endswith(".at")
    assert run_of(ACCESS, final)["state"] == "enforceable"
    assert run_of(ACCESS, f"{final}2026-06-12 institution released")["state"] == "communicated"
    assert run_of(ACCESS, f"{DECIDED_AGAINST}2026-06-12 system became_final")["state"] == "closed"


@pytest.mark.parametrize(
    ("judgment", "state"), [("", "closed"), (" outcome=refused", "closed"), (" outcome=full", "enforceable")]
)
def test_after_an_appeal_only_a_judgment_that_grants_access_opens_the_document(judgment: str, state: str) -> None:
    appealed = f"{DECIDED_AGAINST}2026-06-01 requester appeal_filed\n"

    assert run_of(ACCESS, f"{appealed}2026-09-01 court became_final{judgment}")["state"] == state


def test_an_agreement_closes_the_case_and_may_still_be_carried_out() -> None:
    agreed = f"{MEDIATION}2026-04-20 commissioner mediation_succeeded\n"

    assert run_of(ACCESS, f"{agreed}2026-04-21 institution released")["state"] == "communicated"


def test_nothing_may_be_charged_that_was_not_announced_and_the_rule_is_known_from_2025() -> None:
    result = run_of(ACCESS, RECEIVED)
    old = run_of(ACCESS, "2024-02-02 requester request_received\n2024-02-03 institution fee_announced")

    assert [cited(each) for each in result["blocked"] if each["event"] == "fee_charged"] == [{"28/7"}]
    assert any("11 janvier 2025" in note for note in old["history"][-1]["reservations"])


def test_the_three_doors_give_the_same_replay(tmp_path: Path, capsys: Any, client: Client) -> None:
    file = tmp_path / "events.json"
    file.write_text(json.dumps(told(GRANT_INTENDED)))
    body = {"on": "2026-03-16", "events": told(GRANT_INTENDED), "suspension": "apply"}

    assert command([ACCESS, str(file), "--on", "2026-03-16", "--suspension", "apply", "--json"]) == 0
    by_command = json.loads(capsys.readouterr().out)
    by_http = client.post(f"/api/law/procedures/{ACCESS}", json.dumps(body), content_type="application/json").json()

    core = procedures.replay(ACCESS, told(GRANT_INTENDED), on=date(2026, 3, 16), suspension=Suspension.APPLY)
    assert by_command == by_http == core.to_json()
