"""Article 3: to whom the act applies, with the letter that decides."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.scope import LEAST_AMOUNT, LEAST_SHARE
from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.questions import BadInput, ask

TODAY = date(2025, 1, 11)
LETTERS = {
    "cantonal_power": ("yes", "1/a"),
    "commune": ("yes", "1/b"),
    "public_law_body": ("yes", "1/c"),
    "grouping": ("yes", "1/d"),
    "person_with_public_task": ("within_task", "2/b"),
    "private_person": ("no", None),
}
ADDRESSES = {"person_with_public_task": "3/2/b", "private_person": "3/4"}
SHARES = (None, 0, 49.99, 50, 50.01, 100)
AMOUNTS = (None, "0.00", "49999.99", "50000.00", "50000.01", "9000000.00")


def _asked(**inputs: Any) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if value is not None}


def _means(majority: bool | None, share: float | None, amount: str | None, delegates: bool | None) -> list[str]:  # noqa: FBT001
    """The means of control, from the words of the text."""
    found = ["3/2/a/1"] if majority else []
    if share is not None and amount is not None and share >= 50 and float(amount) >= 50_000:
        found.append("3/2/a/2")
    return [*found, "3/2/a/3"] if delegates else found


@pytest.mark.parametrize("body", LETTERS)
def test_a_body_that_is_not_private_is_subject_by_its_letter_whatever_else_is_told(body: str) -> None:
    for majority, share, amount in product((None, False, True), SHARES, AMOUNTS):
        asked = _asked(majority_holding=majority, subsidy_share=share, subsidy_amount=amount)
        answer = ask("lipad.scope", on=TODAY, body=body, **asked)

        subject, letter = LETTERS[body]
        assert answer.require() == {"subject": subject, "letter": letter}
        assert [ref.address for ref in answer.because] == [ADDRESSES.get(body, f"3/{letter}")]
        assert answer.reservations == ()


@pytest.mark.parametrize("majority", [None, False, True])
@pytest.mark.parametrize("delegates", [None, False, True])
def test_a_private_body_is_subject_by_any_means_of_control(majority: bool | None, delegates: bool | None) -> None:  # noqa: FBT001
    for share, amount in product(SHARES, AMOUNTS):
        means = _means(majority, share, amount, delegates)
        one_bound = (share or 0) >= 50 and amount is None or float(amount or 0) >= 50_000 and share is None
        if not means and one_bound:
            continue
        asked = _asked(
            majority_holding=majority, subsidy_share=share, subsidy_amount=amount, decisive_delegates=delegates
        )
        answer = ask("lipad.scope", on=TODAY, body="private_body", **asked)

        expected = {"subject": "yes", "letter": "2/a"} if means else {"subject": "no", "letter": None}
        assert answer.require() == expected
        assert [ref.address for ref in answer.because] == ["3/2/a", *means]


@pytest.mark.parametrize(
    ("share", "amount", "subject"),
    [
        (50, "50000.00", "yes"),
        (49.999, "50000.00", "no"),
        (50, "49999.99", "no"),
        (100, "49999.99", "no"),
        (49.999, "9000000.00", "no"),
    ],
)
def test_half_of_the_budget_and_50_000_francs_are_both_included(share: float, amount: str, subject: str) -> None:
    answer = ask("lipad.scope", on=TODAY, body="private_body", subsidy_share=share, subsidy_amount=amount)

    assert answer.require()["subject"] == subject
    assert "comprises" in answer.steps[0].text
    assert answer.steps[0].basis == LIPAD.refs("3/2/a/2")


@pytest.mark.parametrize(
    ("given", "missing"),
    [({"subsidy_share": 50}, "subsidy_amount"), ({"subsidy_amount": "50000.00"}, "subsidy_share")],
)
def test_one_bound_of_a_subsidy_reached_and_the_other_untold_is_refused(given: dict[str, Any], missing: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask("lipad.scope", on=TODAY, body="private_body", **given)

    assert refused.value.field == missing
    assert (
        ask("lipad.scope", on=TODAY, body="private_body", majority_holding=True, **given).require()["letter"] == "2/a"
    )


@pytest.mark.parametrize("given", [{"subsidy_share": 49.99}, {"subsidy_amount": "49999.99"}, {}])
def test_a_bound_that_is_not_reached_settles_it_alone(given: dict[str, Any]) -> None:
    answer = ask("lipad.scope", on=TODAY, body="private_body", **given)

    assert answer.require()["subject"] == "no"
    assert answer.steps == ()
    assert "tâche publique" in answer.reservations[0]


def test_public_law_bodies_are_known_in_their_present_wording_since_may_2018() -> None:
    before = ask("lipad.scope", on="2018-04-30", body="public_law_body")

    assert isinstance(before, Unknown)
    assert before.before == date(2018, 5, 1)
    assert ask("lipad.scope", on="2018-05-01", body="public_law_body").require()["letter"] == "1/c"
    assert ask("lipad.scope", on="2010-01-01", body="commune").require()["letter"] == "1/b"
    assert isinstance(ask("lipad.scope", on="2009-12-31", body="commune"), Unknown)
    assert isinstance(ask("lipad.scope", on="2002-02-28", body="commune"), NotInForce)


def test_the_bounds_are_the_figures_of_the_text() -> None:
    figures = LIPAD.provision("3/2/a/2").figures

    assert figures == (str(LEAST_SHARE), str(LEAST_AMOUNT.centimes // 100))
