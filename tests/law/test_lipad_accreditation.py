"""A journalist's accreditation, replayed (art. 32 LIPAD)."""

from __future__ import annotations

from itertools import permutations

import pytest

from .walks import cited, refusal, run_of

NAME = "lipad.accreditation"
ACCREDITED = """2026-02-02 journalist accreditation_requested
2026-02-03 judiciary accreditation_granted
"""
SUSPENDING = f"{ACCREDITED}2026-03-02 judiciary measure_proposed measure=suspension\n"
WITHDRAWING = f"{ACCREDITED}2026-03-02 judiciary measure_proposed measure=withdrawal\n"
HEARINGS = ("journalist_heard", "medium_heard", "opinion_requested")
HEARD = "".join(f"2026-03-03 judiciary {hearing}\n" for hearing in HEARINGS)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (ACCREDITED, "accredited"),
        ("2026-02-02 journalist accreditation_requested\n2026-02-03 judiciary accreditation_refused", "refused"),
        (f"{ACCREDITED}2026-02-04 journalist accreditation_returned", "returned"),
        (SUSPENDING, "suspension_proposed"),
        (WITHDRAWING, "withdrawal_proposed"),
        (f"{SUSPENDING}2026-03-03 commissioner opinion_given", "suspension_proposed"),
        (f"{SUSPENDING}2026-03-03 judiciary measure_dropped", "accredited"),
        (f"{SUSPENDING}{HEARD}2026-03-04 judiciary accreditation_suspended", "suspended"),
        (f"{WITHDRAWING}{HEARD}2026-03-04 judiciary accreditation_withdrawn", "withdrawn"),
    ],
)
def test_each_event_leads_to_its_state(events: str, state: str) -> None:
    assert run_of(NAME, events)["state"] == state


@pytest.mark.parametrize("heard", [*permutations(HEARINGS, 2), *permutations(HEARINGS, 1), ()])
def test_no_card_is_suspended_or_withdrawn_before_both_hearings_and_the_request_for_an_opinion(
    heard: tuple[str, ...],
) -> None:
    so_far = "".join(f"2026-03-03 judiciary {hearing}\n" for hearing in heard)

    for proposed, act in ((SUSPENDING, "accreditation_suspended"), (WITHDRAWING, "accreditation_withdrawn")):
        blocked = {each["event"]: cited(each) for each in run_of(NAME, f"{proposed}{so_far}")["blocked"]}
        assert "32/3" in blocked[act]
        assert refusal(NAME, f"{proposed}{so_far}2026-03-04 judiciary {act}").field.endswith(".event")


@pytest.mark.parametrize("order", list(permutations(HEARINGS)))
def test_the_hearings_may_come_in_any_order(order: tuple[str, ...]) -> None:
    heard = "".join(f"2026-03-03 judiciary {hearing}\n" for hearing in order)

    assert run_of(NAME, f"{SUSPENDING}{heard}2026-03-04 judiciary accreditation_suspended")["state"] == "suspended"


def test_a_second_measure_needs_hearings_of_its_own() -> None:
    restored = (
        f"{SUSPENDING}{HEARD}2026-03-04 judiciary accreditation_suspended\n2026-06-01 judiciary suspension_ended\n"
    )
    again = f"{restored}2026-07-01 judiciary measure_proposed measure=withdrawal\n"

    assert run_of(NAME, restored)["state"] == "accredited"
    assert refusal(NAME, f"{again}2026-07-02 judiciary accreditation_withdrawn").field.endswith(".event")


def test_a_suspension_cannot_end_in_a_withdrawal_that_was_not_proposed() -> None:
    assert refusal(NAME, f"{SUSPENDING}{HEARD}2026-03-04 judiciary accreditation_withdrawn").field.endswith(".event")
