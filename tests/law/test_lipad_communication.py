"""A communication of personal data, replayed (art. 39 LIPAD)."""

from __future__ import annotations

import pytest

from .walks import cited, refusal, run_of

NAME = "lipad.communication"


def _asked(recipient: str) -> str:
    return f"2026-02-02 recipient communication_requested recipient={recipient}\n"


INSTITUTION, COURT = _asked("subject_institution"), _asked("judicial_authority")
SWISS, FOREIGN, PRIVATE = _asked("swiss_public_body"), _asked("foreign_public_body"), _asked("private_person")
VERIFIED = "2026-02-03 institution conditions_verified\n"
EXPLICIT = "2026-02-03 institution conditions_verified explicit_right=true\n"
INTEREST = f"{PRIVATE}2026-02-03 institution conditions_verified ground=interest\n"
UNOPPOSED = f"{INTEREST}2026-02-20 institution persons_consulted answers=unopposed\n"
OPPOSED = f"{INTEREST}2026-02-20 institution persons_consulted answers=opposed\n"
SENT = "2026-03-02 institution data_communicated\n"


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (f"{INSTITUTION}{VERIFIED}{SENT}", "inform_after"),
        (f"{INSTITUTION}{VERIFIED}{SENT}2026-03-03 institution officer_informed", "communicated"),
        (f"{INSTITUTION}{EXPLICIT}{SENT}", "communicated"),
        (f"{COURT}{VERIFIED}{SENT}", "communicated"),
        (f"{SWISS}{VERIFIED}", "officer_first"),
        (f"{SWISS}{VERIFIED}2026-02-10 institution officer_informed\n{SENT}", "communicated"),
        (f"{SWISS}{EXPLICIT}{SENT}", "communicated"),
        (f"{FOREIGN}{VERIFIED}", "commissioner_first"),
        (f"{FOREIGN}{VERIFIED}2026-02-10 institution commissioner_consulted\n{SENT}", "communicated"),
        (f"{PRIVATE}2026-02-03 institution conditions_verified ground=text\n{SENT}", "tell_after"),
        (INTEREST, "persons_first"),
        (UNOPPOSED, "cleared_then_tell"),
        (OPPOSED, "opinion_first"),
        (OPPOSED.replace("opposed", "unanswered"), "opinion_first"),
        (OPPOSED.replace("opposed", "disproportionate"), "opinion_first"),
        (f"{OPPOSED}2026-02-27 commissioner opinion_given\n{SENT}", "tell_after"),
        (f"{UNOPPOSED}{SENT}2026-03-03 institution decision_notified", "communicated"),
        (f"{INSTITUTION}2026-02-03 institution communication_refused", "refused"),
        (f"{OPPOSED}2026-02-27 institution communication_refused", "tell_refusal"),
        (f"{OPPOSED}2026-02-27 institution communication_refused\n2026-03-02 institution decision_notified", "refused"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize(
    ("before", "address"),
    [
        (INSTITUTION, "39/1"),
        (COURT, "39/3"),
        (SWISS, "39/4"),
        (f"{SWISS}{VERIFIED}", "39/5"),
        (FOREIGN, "39/6"),
        (f"{FOREIGN}{VERIFIED}", "39/8"),
        (PRIVATE, "39/9"),
        (INTEREST, "39/10"),
        (OPPOSED, "39/10"),
    ],
)
def test_no_data_leave_before_what_the_paragraph_of_their_recipient_demands(before: str, address: str) -> None:
    blocked = {each["event"]: cited(each) for each in run_of(NAME, before)["blocked"]}

    assert address in blocked["data_communicated"]
    assert refusal(NAME, f"{before}{SENT}").field.endswith(".event")


def test_a_conclusion_needs_its_kind_of_recipient_and_its_ground() -> None:
    assert refusal(NAME, "2026-02-02 recipient communication_requested recipient=mayor").field == "events[0].recipient"
    assert refusal(NAME, f"{PRIVATE}{VERIFIED}").field == "events[1].ground"
    assert refusal(NAME, f"{INTEREST}2026-02-20 institution persons_consulted").field == "events[2].answers"


def test_an_opinion_asked_because_consulting_was_too_much_work_rests_on_an_unsigned_reading() -> None:
    step = run_of(NAME, OPPOSED)["history"][-1]

    assert any("n° 32" in note for note in step["reservations"])
