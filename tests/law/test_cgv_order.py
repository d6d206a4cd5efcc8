"""The procedure of an order: its table, and cases replayed from their events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.inputs import BadInput, UnknownQuestion
from guichet.law.kernel.procedures import Block, Procedure, UnknownAct
from guichet.law.kernel.proof import check_procedure
from guichet.law.kernel.replay import Event
from guichet.law.procedures import CGV_ORDER, PROCEDURES, describe, find, replay

ON = date(2026, 4, 15)
SUBMITTED = {"event": "order_submitted", "at": "2026-03-30T10:00:00+02:00", "by": "applicant"}
VALIDATED = {"event": "payment_validated", "at": "2026-03-30T10:05:00+02:00", "by": "provider"}
COLLECTED = {"event": "payment_collected", "at": "2026-03-30T10:05:01+02:00", "by": "provider"}
GRANTED = {"event": "service_granted", "at": "2026-03-31", "by": "system"}
ISSUED = {"event": "document_issued", "at": "2026-03-31", "by": "system"}
AVAILABLE = {"event": "document_made_available", "at": "2026-03-31", "by": "system"}
REFUSED = {"event": "service_refused", "at": "2026-04-01", "by": "clerk", "notified_on": "2026-04-02"}
DELIVERED = [SUBMITTED, VALIDATED, COLLECTED, GRANTED, ISSUED, AVAILABLE]


def test_the_table_of_the_order_has_no_defect() -> None:
    assert [defect for procedure in PROCEDURES.values() for defect in check_procedure(procedure)] == []


@pytest.mark.parametrize(
    ("act", "sources", "target", "who"),
    [
        ("order_submitted", {"draft"}, "submitted", {"applicant"}),
        ("order_reopened", {"submitted"}, "draft", {"applicant"}),
        ("order_cancelled", {"draft", "submitted"}, "cancelled", {"applicant"}),
        ("order_lapsed", {"draft", "submitted"}, "lapsed", {"system"}),
        ("payment_validated", {"submitted"}, "validated", {"provider"}),
        ("cancellation_overtaken", {"cancelled", "lapsed"}, "validated", {"provider"}),
        ("payment_collected", {"validated"}, "paid", {"provider"}),
        ("examination_opened", {"paid"}, "examination", {"system", "clerk"}),
        ("service_granted", {"paid", "examination"}, "granted", {"clerk", "system"}),
        ("service_refused", {"paid", "examination"}, "refused", {"clerk"}),
        ("document_issued", {"granted"}, "issued", {"system"}),
        ("document_made_available", {"issued"}, "delivered", {"system"}),
        ("document_posted", {"issued"}, "delivered", {"clerk"}),
        ("office_error_recorded", {"delivered"}, "granted", {"clerk"}),
    ],
)
def test_each_act_leads_from_its_states_to_one_state(act: str, sources: set[str], target: str, who: set[str]) -> None:
    transition = CGV_ORDER.transition(act)

    assert (transition.sources, transition.target, transition.who) == (sources, target, who)


def test_an_act_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownAct):
        CGV_ORDER.transition("refund")


def test_no_path_leads_from_a_validated_payment_to_a_cancelled_order() -> None:
    assert "order_cancelled" not in [each.act for each in CGV_ORDER.possible("validated")]
    assert CGV_ORDER.is_final("cancelled")
    assert not CGV_ORDER.is_final("paid")


def test_only_the_role_that_may_act_sees_the_act() -> None:
    assert [each.act for each in CGV_ORDER.possible("paid", "clerk")] == [
        "examination_opened",
        "service_granted",
        "service_refused",
    ]
    assert CGV_ORDER.possible("paid", "applicant") == ()


def _planted(change: str) -> Procedure:
    first, *others = CGV_ORDER.transitions
    plants: dict[str, dict[str, Any]] = {
        "ambiguous": {"transitions": (first, first, *others)},
        "not a state": {"finals": frozenset({"gone"})},
        "names a state": {"transitions": (replace(first, target="gone"), *others)},
        "no basis": {"transitions": (replace(first, basis=()), *others)},
        "nobody": {"transitions": (replace(first, who=frozenset({"mayor"})), *others)},
        "no words": {"transitions": (replace(first, done=""), *others)},
        "closes or awaits a clock": {"transitions": (replace(first, closes=("tea",)), *others)},
        "cannot be reached": {"transitions": others},
        "to an end": {"finals": frozenset({"cancelled"})},
        "without payment_collected": {
            "transitions": (
                *CGV_ORDER.transitions,
                replace(first, act="given", sources=frozenset({"draft"}), target="granted"),
            )
        },
        "lacks its basis": {"blocks": (Block(act="x", states=frozenset({"draft"}), why="non", basis=()),)},
    }
    return replace(CGV_ORDER, **plants[change])


@pytest.mark.parametrize(
    "defect",
    [
        "ambiguous",
        "not a state",
        "names a state",
        "no basis",
        "nobody",
        "no words",
        "closes or awaits a clock",
        "cannot be reached",
        "to an end",
        "without payment_collected",
        "lacks its basis",
    ],
)
def test_a_defect_planted_in_the_table_is_found(defect: str) -> None:
    assert any(defect in found for found in check_procedure(_planted(defect)))


def test_a_delivered_order_tells_its_history_and_its_closed_clock() -> None:
    result = replay("cgv.order", DELIVERED, on=ON).to_json()

    assert result["state"] == "delivered"
    assert [taken["to"] for taken in result["history"]][-3:] == ["granted", "issued", "delivered"]
    assert all(taken["basis"] for taken in result["history"])
    (clock,) = result["clocks"]
    assert (clock["name"], clock["status"], clock["closed_by"]) == ("delivery", "closed", "document_made_available")
    assert (clock["started_by"], clock["earliest"], clock["last_day"]) == (
        "order_submitted",
        "2026-04-10",
        "2026-04-21",
    )


def test_nothing_is_issued_before_the_payment_is_collected_and_the_block_says_why() -> None:
    result = replay("cgv.order", [SUBMITTED, VALIDATED], on=ON).to_json()

    assert [each["event"] for each in result["possible"]] == ["payment_collected"]
    why = {block["event"]: [ref["address"] for ref in block["basis"]] for block in result["blocked"]}
    assert why["document_issued"] == ["2/3", "3/2"]
    assert why["order_cancelled"] == ["3/1"]


def test_a_refusal_opens_the_period_of_appeal_from_its_notification() -> None:
    result = replay("cgv.order", [SUBMITTED, VALIDATED, COLLECTED, REFUSED], on=ON).to_json()

    delivery, appeal = result["clocks"]
    assert (delivery["status"], delivery["closed_by"]) == ("closed", "service_refused")
    assert (appeal["started_on"], appeal["last_day"], appeal["status"]) == ("2026-04-02", "2026-05-12", "open")
    assert appeal["basis"][0]["cite"] == "art. 62 al. 1 let. a LPA"
    assert appeal["basis"][0]["outside"]


def test_a_period_whose_last_day_has_passed_is_expired() -> None:
    events = [SUBMITTED, VALIDATED, COLLECTED, {key: REFUSED[key] for key in ("event", "at", "by")}]

    statuses = [
        replay("cgv.order", events, on=day).clocks[1].status(day) for day in (date(2026, 5, 12), date(2026, 5, 13))
    ]

    assert statuses == ["open", "expired"]


def test_the_day_of_the_order_given_as_a_fact_wins_over_its_event() -> None:
    events = [SUBMITTED, VALIDATED | {"ordered_on": "2026-03-27"}]

    (clock,) = replay("cgv.order", events, on=ON).clocks

    assert clock.deadline.started_on == date(2026, 3, 27)


def test_a_reopened_order_counts_its_delivery_from_the_last_submission() -> None:
    reopened = {"event": "order_reopened", "at": "2026-03-30T10:01:00+02:00", "by": "applicant"}
    again = SUBMITTED | {"at": "2026-03-31T09:00:00+02:00"}
    events = [SUBMITTED, reopened, again, VALIDATED | {"at": "2026-03-31T09:05:00+02:00"}]

    (clock,) = replay("cgv.order", events, on=ON).clocks

    assert clock.deadline.started_on == date(2026, 3, 31)


def test_an_order_paid_before_its_cancellation_is_restored() -> None:
    cancelled = {"event": "order_cancelled", "at": "2026-03-30T10:06:00+02:00", "by": "applicant"}
    overtaken = {"event": "cancellation_overtaken", "at": "2026-03-30T10:07:00+02:00", "by": "provider"}

    assert replay("cgv.order", [SUBMITTED, cancelled, overtaken], on=ON).state == "validated"


def test_an_error_of_the_office_reopens_a_delivered_order_without_a_second_payment() -> None:
    corrected = {"event": "office_error_recorded", "at": "2026-04-02", "by": "clerk"}

    assert replay("cgv.order", [*DELIVERED, corrected], on=ON).state == "granted"


def test_an_overtaken_cancellation_without_submission_counts_from_itself() -> None:
    events = [
        Event("order_cancelled", date(2026, 3, 2), "applicant"),
        Event("cancellation_overtaken", date(2026, 3, 3), "provider"),
    ]

    (clock,) = replay("cgv.order", events, on=ON).clocks

    assert (clock.started_by, clock.deadline.started_on) == ("cancellation_overtaken", date(2026, 3, 3))


@pytest.mark.parametrize(
    ("events", "field", "accepted"),
    [
        ([AVAILABLE], "events[0].event", "order_submitted"),
        ([SUBMITTED, SUBMITTED], "events[1].event", "payment_validated"),
        ([SUBMITTED | {"by": "clerk"}], "events[0].by", "applicant"),
        ([SUBMITTED | {"by": "mayor"}], "events[0].by", "provider"),
        ([SUBMITTED | {"by": ["clerk"]}], "events[0].by", "provider"),
        ([SUBMITTED | {"at": "2026-03-30T10:00:00"}], "events[0].at", "fuseau"),
        ([{"event": "order_submitted", "by": "applicant"}], "events[0].at", "fuseau"),
        ([{"at": "2026-01-01", "by": "applicant"}], "events[0].event", "événement"),
        (["order_submitted"], "events[0]", "objet"),
        ([SUBMITTED, VALIDATED | {"at": "2026-03-30T09:59:59+02:00"}], "events[1].at", "précède"),
        ([SUBMITTED, VALIDATED | {"at": "2026-03-29"}], "events[1].at", "précède"),
        ([SUBMITTED, VALIDATED | {"ordered_on": "hier"}], "events[1].ordered_on", "date"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_lists_what_was_possible(
    events: list[Any], field: str, accepted: str
) -> None:
    with pytest.raises(BadInput) as refused:
        replay("cgv.order", events, on=ON)

    assert refused.value.field == field
    assert accepted in str(refused.value.accepted)


def test_an_unknown_procedure_suggests_those_that_exist() -> None:
    with pytest.raises(UnknownQuestion) as refused:
        find("cgv.ordr")

    assert refused.value.nearest == ("cgv.order",)
    assert refused.value.field == "procedure"


@given(st.integers(0, len(DELIVERED)))
def test_the_replay_of_a_beginning_is_the_beginning_of_the_replay(length: int) -> None:
    whole, part = replay("cgv.order", DELIVERED, on=ON), replay("cgv.order", DELIVERED[:length], on=ON)

    assert whole.history[:length] == part.history


@given(st.lists(st.sampled_from([each.act for each in CGV_ORDER.transitions]), max_size=12))
def test_no_sequence_of_acts_delivers_without_a_collected_payment(acts: list[str]) -> None:
    state, taken = CGV_ORDER.initial, []
    for act in acts:
        if act in {each.act for each in CGV_ORDER.possible(state)}:
            taken.append(act)
            state = CGV_ORDER.transition(act).target

    assert state not in {"granted", "issued", "delivered"} or "payment_collected" in taken


def test_the_description_of_a_procedure_holds_its_whole_table() -> None:
    described = describe(CGV_ORDER)

    assert [each["event"] for each in described["transitions"]] == list(CGV_ORDER.acts)
    assert described["states"]["submitted"] == "À payer"
