"""A claim about personal data, replayed (art. 44 to 49, 62 and 63 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import cited, refusal, run_of

NAME = "lipad.claim"
RECEIVED = "2026-02-02 person_concerned claim_received ground=claim\n"
REFERRED = f"{RECEIVED}2026-02-09 access_officer referred_to_commissioner reason=not_in_full\n"
RECOMMENDED = f"{REFERRED}2026-03-02 commissioner recommendation_issued\n"
FOR = f"{RECOMMENDED}2026-03-09 institution decision_rendered outcome=partial notified_on=2026-05-04\n"
AGAINST = f"{RECOMMENDED}2026-03-09 institution decision_rendered outcome=refused notified_on=2026-05-04\n"
TOLD = "2026-05-05 institution commissioner_notified\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ("2026-02-02 person_concerned claim_received ground=own_data", "examination"),
        ("2026-02-02 relative claim_received ground=relative", "examination"),
        (f"{RECEIVED}2026-02-03 access_officer identity_asked", "identifying"),
        (
            f"{RECEIVED}2026-02-03 access_officer identity_asked\n2026-02-04 person_concerned identity_proven",
            "examination",
        ),
        (f"{RECEIVED}2026-02-03 access_officer passed_on", "examination"),
        (f"{RECEIVED}2026-02-03 access_officer fee_announced", "fee_pending"),
        (f"{RECEIVED}2026-02-03 access_officer fee_announced\n2026-02-04 person_concerned fee_paid", "examination"),
        (f"{RECEIVED}2026-02-03 access_officer claim_granted", "granted"),
        (f"{RECEIVED}2026-02-03 access_officer claim_granted\n2026-02-04 institution claim_executed", "executed"),
        (f"{RECEIVED}2026-02-03 person_concerned claim_withdrawn", "withdrawn"),
        (REFERRED, "with_commissioner"),
        (f"{REFERRED}2026-02-10 commissioner views_gathered", "with_commissioner"),
        (RECOMMENDED, "recommended"),
        (FOR, "decided_for"),
        (AGAINST, "decided_against"),
        (f"{FOR}{TOLD}", "decided_for"),
        (f"{AGAINST}2026-05-20 commissioner appeal_filed", "appealed"),
        (f"{AGAINST}2026-05-20 commissioner appeal_filed\n2026-09-01 court became_final outcome=full", "enforceable"),
        (f"{AGAINST}2026-05-20 commissioner appeal_filed\n2026-09-01 court became_final", "rejected"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    "events",
    [
        f"{RECEIVED}2026-02-03 institution decision_rendered outcome=refused",
        f"{RECEIVED}2026-02-03 commissioner recommendation_issued",
        f"{REFERRED}2026-02-10 institution decision_rendered outcome=refused",
        f"{REFERRED}2026-02-10 access_officer claim_granted",
        f"{RECEIVED}2026-02-03 access_officer fee_announced\n2026-02-04 access_officer claim_granted",
        f"{RECOMMENDED}2026-03-03 person_concerned appeal_filed",
        f"{FOR}2026-05-05 institution claim_executed",
        f"{FOR}2026-07-01 institution became_final",
    ],
)
def test_a_wrong_order_is_refused(events: str) -> None:
    assert refusal(NAME, events).field.endswith(".event")


def test_the_officer_never_rejects_alone() -> None:
    result = run_of(NAME, RECEIVED)

    assert {each["event"]: cited(each) for each in result["blocked"]}["claim_rejected"] == {"49/4"}


@pytest.mark.parametrize(
    ("ground", "addresses"),
    [
        ("own_data", {"44/1", "44/2", "49/1"}),
        ("claim", {"47/1", "47/2", "49/1"}),
        ("relative", {"48/1", "48/2", "49/1"}),
    ],
)
def test_a_claim_rests_on_the_article_of_its_ground(ground: str, addresses: set[str]) -> None:
    result = run_of(NAME, f"2026-02-02 access_officer claim_received ground={ground}")

    assert cited(result["history"][0]) == addresses


def test_the_institution_decides_within_ten_days_of_the_recommendation() -> None:
    # Monday 2 March + 10 = Thursday 12 March.
    clock = run_of(NAME, RECOMMENDED, on="2026-03-03")["clocks"][0]
    late = run_of(NAME, f"{RECOMMENDED}2026-03-13 institution decision_rendered outcome=full")["clocks"][0]

    assert (clock["name"], clock["last_day"], cited(clock)) == ("claim_decision", "2026-03-12", {"49/6", "17"})
    assert late["late"] is True


def test_a_decision_is_final_once_the_commissioner_knows_it_and_the_time_of_appeal_has_passed() -> None:
    # Notified on Monday 4 May + 30 = Wednesday 3 June.
    result = run_of(NAME, FOR, on="2026-07-01")

    assert [each["why"] for each in result["blocked"] if each["event"] == "became_final"][0].startswith(
        "Possible seulement"
    )
    assert refusal(NAME, f"{FOR}{TOLD}2026-06-03 system became_final").field.endswith(".at")
    final = f"{FOR}{TOLD}2026-06-04 system became_final\n"
    assert run_of(NAME, final)["state"] == "enforceable"
    assert run_of(NAME, f"{final}2026-06-05 institution claim_executed")["state"] == "executed"
    assert run_of(NAME, f"{AGAINST}{TOLD}2026-06-04 system became_final")["state"] == "rejected"
