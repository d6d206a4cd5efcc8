"""The procedure of an application (`rdid.application`): its ways, what it never lets happen, its clocks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law import questions
from guichet.law.acts.rdid.vocabulary import RefusalGround, WithdrawalGround
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.proof import check_procedure
from guichet.law.kernel.replay import Replay
from guichet.law.procedures import find, replay

ON = date(2026, 3, 31)
APPLICATION = find("rdid.application")


def at(day: str, event: str, by: str = "centre", **facts: Any) -> dict[str, Any]:
    """An event of March 2026."""
    return {"event": event, "at": f"2026-03-{day}", "by": by, **facts}


def lodged(reason: str = "first", request: str = "passport") -> dict[str, Any]:
    """The first event."""
    return at("02", "application_lodged", "applicant", request=request, reason=reason)


ADULT = [at("03", "appearance_recorded"), at("03", "majority_recorded", "system")]
CHILD = [at("03", "appearance_recorded"), at("03", "minority_recorded", "system")]
AGREED = at("03", "parental_agreement_given", "parental_authority_holder", parents="together")
DATA = [at("03", "biometrics_captured"), at("03", "form_signed", "applicant"), at("03", "fee_paid")]
PRODUCED = [at("04", "document_ordered"), at("09", "document_issued"), at("11", "document_delivered")]


def run(*events: dict[str, Any], on: date = ON) -> Replay:
    """Where the case stands after these events."""
    return replay("rdid.application", events, on=on)


def refusal(*events: dict[str, Any]) -> BadInput:
    """What a replay that must fail says."""
    with pytest.raises(BadInput) as refused:
        run(*events)
    return refused.value


def test_the_table_holds_what_it_promises() -> None:
    assert check_procedure(APPLICATION) == ()


def test_an_adult_gets_a_first_passport() -> None:
    case = run(lodged(), *ADULT, *DATA, *PRODUCED)

    assert case.state == "delivered"
    assert [(clock.name, clock.closed_by) for clock in case.clocks] == [("delivery", "document_delivered")]
    assert case.clocks[0].deadline.last_day == date(2026, 3, 18)


def test_a_child_gets_a_card_at_the_commune_with_the_agreement_of_its_parents() -> None:
    counter = [{**event, "by": "commune"} for event in CHILD]
    data = [at("03", "photo_accepted", "commune"), *DATA[1:]]

    assert run(lodged(request="identity_card"), *counter, AGREED, *data, *PRODUCED).state == "delivered"


@pytest.mark.parametrize("reason", ["renewal", "name_change", "sex_change"])
def test_a_document_is_renewed_once_the_old_one_is_cancelled(reason: str) -> None:
    cancelled = at("02", "old_document_cancelled")

    assert run(lodged(reason), cancelled, *ADULT, *DATA, *PRODUCED).state == "delivered"
    assert refusal(lodged(reason), *ADULT).accepted == [
        "old_document_cancelled",
        "exchange_arranged",
        "police_certificate_received",
        "parental_objection_recorded",
        "application_withdrawn",
    ]


@pytest.mark.parametrize("reason", ["loss", "theft", "destruction"])
def test_a_lost_document_is_replaced_only_on_a_police_certificate(reason: str) -> None:
    certificate = at("02", "police_certificate_received", "system")

    assert run(lodged(reason), certificate, *ADULT, *DATA, *PRODUCED).state == "delivered"
    assert refusal(lodged(reason), at("03", "document_ordered")).accepted == [
        "police_certificate_received",
        "parental_objection_recorded",
        "application_withdrawn",
    ]
    blocked = {one.act: one for one in run(lodged(reason)).blocked}
    assert "10 al. 2" in blocked["document_ordered"].basis[0].cite


def test_an_old_document_still_needed_is_exchanged_and_never_simply_added_to() -> None:
    ready = [lodged("renewal"), at("02", "exchange_arranged", ground="trip"), *ADULT, *DATA, *PRODUCED[:2]]

    assert run(*ready, at("12", "documents_exchanged")).state == "delivered"
    assert "document_delivered" not in refusal(*ready, at("12", "document_delivered")).accepted


@pytest.mark.parametrize(
    "missing",
    ["appearance_recorded", "biometrics_captured", "form_signed", "fee_paid", "majority_recorded"],
)
def test_nothing_is_ordered_while_one_of_the_conditions_is_missing(missing: str) -> None:
    given_ = [event for event in (*ADULT, *DATA) if event["event"] != missing]
    if missing == "appearance_recorded":
        given_ = [event for event in given_ if event["event"] != "majority_recorded"]

    refused = refusal(lodged(), *given_, PRODUCED[0])

    assert refused.field == f"events[{len(given_) + 1}].event"
    assert missing in refused.accepted


def test_nothing_is_ordered_for_a_child_without_the_agreement_of_its_parents() -> None:
    refused = refusal(lodged(), *CHILD, *DATA, PRODUCED[0])

    assert "parental_agreement_given" in refused.accepted
    assert run(lodged(), *CHILD, *DATA, AGREED, *PRODUCED).state == "delivered"


@pytest.mark.parametrize("act", ["parental_agreement_given", "legalised_authorisation_received"])
@pytest.mark.parametrize("parents", ["separated", "divorced"])
def test_parents_who_live_apart_produce_the_judgment_first(act: str, parents: str) -> None:
    agreed = at("03", act, "centre", parents=parents)
    judgment = at("03", "custody_judgment_received")

    assert "custody_judgment_received" in refusal(lodged(), *CHILD, agreed).accepted
    assert run(lodged(), *CHILD, judgment, agreed, *DATA, *PRODUCED).state == "delivered"


def test_age_is_told_at_the_appearance_and_only_once() -> None:
    majority, minority = at("03", "majority_recorded", "system"), at("03", "minority_recorded", "system")

    assert "appearance_recorded" in refusal(lodged(), majority).accepted
    assert refusal(lodged(), *ADULT, minority).field == "events[3].event"
    note = run(lodged(), *ADULT).history[-1].reservations
    assert any("Interprétation n° 11" in each for each in note)


def test_an_exempt_person_who_need_not_appear_gets_a_document_too() -> None:
    spared = [
        at("03", "appearance_dispensed", ground="physical_infirmity"),
        at("03", "majority_recorded", "system"),
        *DATA[:2],
        at("03", "fee_exempted"),
    ]

    assert run(lodged(), *spared, *PRODUCED).state == "delivered"
    assert refusal(lodged(), *spared, at("03", "fee_paid")).field == "events[6].event"
    assert refusal(lodged(), at("03", "appearance_dispensed", ground="holidays")).field == "events[1].ground"


def test_only_the_centre_orders_and_issues_a_document() -> None:
    ready = [lodged(), *ADULT, *DATA]

    assert refusal(*ready, {**PRODUCED[0], "by": "commune"}).accepted == ["centre"]
    assert refusal(*ready, PRODUCED[0], {**PRODUCED[1], "by": "airport_unit"}).accepted == ["centre"]


def test_a_further_document_stops_the_file_until_it_is_there() -> None:
    asked = at("04", "further_document_requested", expected_by="2026-03-20")
    stopped = run(lodged(), *ADULT, *DATA, asked)

    assert stopped.state == "stopped"
    assert [(clock.name, clock.deadline.last_day) for clock in stopped.clocks] == [
        ("further_document", date(2026, 3, 20))
    ]
    assert refusal(lodged(), *ADULT, *DATA, asked, PRODUCED[0]).field == "events[7].event"
    received = at("10", "further_document_received")
    assert run(lodged(), *ADULT, *DATA, asked, received).clocks[0].closed_by == "further_document_received"


def test_a_case_the_regulation_does_not_foresee_waits_for_the_department() -> None:
    asked = at("04", "referred_to_department")
    proceed = at("05", "department_decided", "department", ruling="proceed")
    refuse = at("05", "department_decided", "department", ruling="refuse", notified_on="2026-03-06")

    assert run(lodged(), asked, proceed).state == "open"
    refused = run(lodged(), asked, refuse)
    assert refused.state == "refused"
    assert refused.clocks[0].deadline.started_on == date(2026, 3, 6)


def test_a_rejected_production_is_taken_again_from_its_data() -> None:
    rejected = [lodged(), *ADULT, *DATA, PRODUCED[0], at("05", "production_rejected")]
    again = [at("06", "biometrics_captured"), at("06", "document_ordered")]

    assert "biometrics_captured" in refusal(*rejected, at("06", "document_ordered")).accepted
    assert run(*rejected, *again).state == "ordered"
    assert [clock.closed_by for clock in run(*rejected, *again).clocks] == ["production_rejected", ""]


def test_a_refusal_opens_thirty_days_to_appeal_from_its_notification() -> None:
    refused = at("04", "application_refused", ground="order", notified_on="2026-03-20")
    case = run(lodged(), refused)

    assert case.state == "refused"
    assert case.clocks[0].deadline.last_day == date(2026, 5, 4)
    assert any("Interprétation n° 15" in note for note in case.history[-1].reservations)
    final = {"event": "became_final", "at": "2026-05-04", "by": "system"}
    assert refusal(lodged(), refused, final).field == "events[2].at"
    assert run(lodged(), refused, {**final, "at": "2026-05-05"}).state == "closed"


@pytest.mark.parametrize(("judgment", "state"), [("upheld", "closed"), ("set_aside", "open")])
def test_a_judgment_confirms_a_refusal_or_opens_the_file_again(judgment: str, state: str) -> None:
    refused = at("04", "application_refused", ground="not_entitled", notified_on="2026-03-05")
    appealed = at("10", "appeal_filed", "applicant")

    case = run(lodged(), refused, appealed, at("30", "judgment_rendered", "court", judgment=judgment))

    assert case.state == state
    assert case.clocks[0].closed_by == "appeal_filed"


def test_a_document_nobody_takes_is_kept_a_year_from_its_issue_and_then_destroyed() -> None:
    kept = [lodged(), *ADULT, *DATA, *PRODUCED[:2], at("20", "undelivered_kept")]
    destroyed = {"event": "kept_document_destroyed", "by": "centre"}

    assert run(*kept).clocks[-1].deadline.last_day == date(2027, 3, 9)
    assert refusal(*kept, {**destroyed, "at": "2027-03-09"}).field == "events[9].at"
    over = run(*kept, {**destroyed, "at": "2027-03-10"})
    assert (over.state, over.clocks[-1].closed_by) == ("destroyed", "kept_document_destroyed")
    assert run(*kept, at("25", "document_delivered")).state == "delivered"


def test_a_withdrawn_document_is_given_back_within_thirty_days() -> None:
    withdrawn = at("20", "document_withdrawn", ground="altered", notified_on="2026-03-20")
    returned = at("25", "withdrawn_document_returned", "police")

    case = run(lodged(), *ADULT, *DATA, *PRODUCED, withdrawn, returned)

    assert case.state == "revoked"
    assert {clock.name: clock.closed_by for clock in case.clocks[1:]} == {
        "appeal": "",
        "return": "withdrawn_document_returned",
    }


def test_an_application_may_be_withdrawn_until_the_document_is_ordered() -> None:
    withdrawn = at("31", "application_withdrawn", "applicant")

    assert run(lodged(), withdrawn).state == "abandoned"
    assert "application_withdrawn" not in refusal(lodged(), *ADULT, *DATA, PRODUCED[0], withdrawn).accepted


OBJECTED = at("03", "parental_objection_recorded", "commune", came_by="letter", objected_on="2026-03-01")
LIFTED = at("03", "parental_objection_lifted", lifted_by="decision")


def test_nothing_is_ordered_while_a_parent_objects_and_the_reason_names_the_article() -> None:
    case = run(lodged(), *CHILD, AGREED, *DATA, OBJECTED)

    refused = refusal(lodged(), *CHILD, AGREED, *DATA, OBJECTED, PRODUCED[0])
    (blocked,) = [one for one in case.blocked if one.act == "document_ordered"]

    assert refused.field == "events[8].event"
    assert "document_ordered" not in refused.accepted
    assert "s'oppose" in blocked.why
    assert [ref.cite for ref in blocked.basis] == ["art. 6 al. 1 RDId", "art. 11 OLDI"]


def test_an_objection_outdates_the_agreement_and_hinders_a_new_one_until_it_is_lifted() -> None:
    before = (lodged(), *CHILD, AGREED, *DATA, OBJECTED)

    assert refusal(*before, AGREED).field == "events[8].event"
    assert "document_ordered" not in {line.act for line in run(*before, LIFTED).possible}
    assert run(*before, LIFTED, AGREED, PRODUCED[0]).state == "ordered"


def test_a_parent_may_object_again_after_it_was_lifted() -> None:
    again = run(lodged(), *CHILD, OBJECTED, LIFTED, OBJECTED)

    assert "parental_objection_lifted" in {line.act for line in again.possible}
    assert refusal(lodged(), *CHILD, OBJECTED, OBJECTED).field == "events[4].event"


@pytest.mark.parametrize("reason", ["first", "renewal", "loss"])
def test_a_parent_objects_wherever_the_file_stands_and_it_stays_there(reason: str) -> None:
    assert run(lodged(reason), OBJECTED).state == run(lodged(reason)).state


def test_an_objection_ends_with_the_minority_and_none_is_heard_after_it() -> None:
    assert run(lodged(), OBJECTED, *ADULT, *DATA, PRODUCED[0]).state == "ordered"
    assert refusal(lodged(), *ADULT, OBJECTED).field == "events[3].event"


@pytest.mark.parametrize(("act", "by"), [("draft_abandoned", "applicant"), ("draft_lapsed", "system")])
def test_a_draft_is_given_up_by_its_author_or_for_being_forgotten_until_it_is_lodged(act: str, by: str) -> None:
    given_up = at("31", act, by)

    assert run(given_up).state == "dropped"
    assert run(given_up).possible == ()
    assert act not in refusal(lodged(), given_up).accepted


def test_the_grounds_of_the_acts_are_those_of_the_dated_list() -> None:
    on = date(2026, 3, 1)

    assert {f"refuse_{ground}" for ground in RefusalGround} - {"refuse_not_entitled"} == {
        fact.key for fact in questions.identity_grounds("refuse", on)
    }
    assert {f"withdraw_{ground}" for ground in WithdrawalGround} == {
        fact.key for fact in questions.identity_grounds("withdraw", on)
    }


FACTS: dict[str, list[dict[str, Any]]] = {
    "application_lodged": [{"request": "both", "reason": reason} for reason in ("first", "renewal", "loss")],
    "parental_agreement_given": [{"parents": "together"}, {"parents": "divorced"}],
    "legalised_authorisation_received": [{"parents": "sole_holder"}, {"parents": "separated"}],
    "appearance_dispensed": [{"ground": "mental_infirmity"}],
    "exchange_arranged": [{"ground": "legal_act"}],
}
# What settles the former document, by reason of the application.
FORMER = {
    "renewal": {"old_document_cancelled", "exchange_arranged", "police_certificate_received"},
    "loss": {"police_certificate_received"},
}
# Acts that lead away from a document: without them every course must come to one.
ASIDE = {
    *("application_withdrawn", "application_refused", "further_document_requested", "referred_to_department"),
    *("draft_abandoned", "draft_lapsed", "parental_objection_recorded"),
}


@given(st.data())
def test_whatever_the_order_a_document_is_issued_only_once_all_its_conditions_are_met(data: st.DataObject) -> None:
    case, events, done = run(), list[dict[str, Any]](), list[str]()
    while case.state != "issued":
        acts = sorted({line.act for line in case.possible} - ASIDE - set(done) - {"production_rejected"})
        act = data.draw(st.sampled_from(acts))
        by = min(next(line for line in case.possible if line.act == act).who)
        event = {"event": act, "at": "2026-03-02", "by": by, **data.draw(st.sampled_from(FACTS.get(act, [{}])))}
        try:
            case = run(*events, event)
        except BadInput:  # parents who live apart, without their judgment yet
            continue
        events, done = [*events, event], [*done, act]

    assert {"fee_paid", "fee_exempted"} & set(done)
    assert {"appearance_recorded", "appearance_dispensed"} & set(done)
    assert ("majority_recorded" in done) or {"parental_agreement_given", "legalised_authorisation_received"} & set(done)
    reason = events[0]["reason"]
    assert reason == "first" or FORMER[reason] & set(done)
