"""What happens to money an attempt has brought: accepted, released, or held for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guichet.gateways.payment.port import Facts
from guichet.law.kernel.money import Chf
from guichet.payments.judge import Policy, Verdict, judge, validation_instant
from guichet.payments.models import PaymentAttempt
from guichet.payments.payable import Standing
from guichet.payments.states import IncidentKind

from .builders import LINES, NOON, later

POLICY = Policy(["VISA", "MASTERCARD"], liability_shift=True)
ATTEMPT = PaymentAttempt(reference="CMD1-1", amount_centimes=2610, quote_digest="now", started_at=NOON)


def facts(**other: object) -> Facts:
    given = {
        "transaction_id": "tx",
        "amount": Chf(2610),
        "currency": "CHF",
        "order_id": "CMD1-1",
        "at": later(minutes=5),
        "means": "VISA",
        "capture_id": None,
        "liability_shift": True,
        "six_reference": None,
        "approval_code": None,
        "acquirer": None,
    }
    return Facts(**{**given, **other})  # type: ignore[arg-type]


def standing(**other: object) -> Standing:
    given = {
        "case": "CMD-1",
        "payable": True,
        "cancelled_at": None,
        "amount": Chf(2610),
        "quote_digest": "now",
        "validated_attempt": None,
        "lines": LINES,
    }
    return Standing(**{**given, **other})  # type: ignore[arg-type]


def verdict(of: Facts, at: Standing) -> tuple[Verdict, IncidentKind | None]:
    given = judge(ATTEMPT, of, standing=at, validated_at=of.at, policy=POLICY)
    return given.verdict, given.why


def test_money_that_is_what_was_asked_for_is_accepted():
    assert verdict(facts(), standing()) == (Verdict.ACCEPT, None)


@pytest.mark.parametrize(
    ("differing", "value"),
    [("amount", Chf(2609)), ("currency", "EUR"), ("order_id", "CMD2-1"), ("means", "TWINT"), ("amount", None)],
)
def test_money_that_differs_from_what_was_asked_is_held_for_a_person(differing, value):
    given = judge(ATTEMPT, facts(**{differing: value}), standing=standing(), validated_at=NOON, policy=POLICY)

    assert (given.verdict, given.why, given.differing) == (Verdict.HOLD, IncidentKind.MISMATCH, (differing,))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"validated_attempt": "CMD1-2"}, IncidentKind.DOUBLE),
        ({"payable": False, "cancelled_at": later(minutes=4)}, IncidentKind.CANCELLED),
        ({"payable": False, "cancelled_at": later(minutes=5)}, IncidentKind.CANCELLED),
        ({"payable": False}, IncidentKind.NOT_PAYABLE),
        ({"quote_digest": "tomorrow"}, IncidentKind.OUTDATED_QUOTE),
    ],
)
def test_money_that_must_not_become_a_payment_is_released(changed, why):
    assert verdict(facts(), standing(**changed)) == (Verdict.RELEASE, why)


def test_a_payment_validated_before_the_cancellation_overtakes_it():
    cancelled = standing(payable=False, cancelled_at=later(minutes=5, seconds=1))

    assert verdict(facts(), cancelled) == (Verdict.OVERTAKE, None)


def test_a_payment_without_liability_of_the_bank_is_released_unless_accepted():
    weak = facts(liability_shift=False)
    lenient = Policy(POLICY.means, liability_shift=False)

    assert verdict(weak, standing()) == (Verdict.RELEASE, IncidentKind.LIABILITY)
    assert judge(ATTEMPT, weak, standing=standing(), validated_at=NOON, policy=lenient).verdict is Verdict.ACCEPT


def test_a_payment_whose_liability_is_not_told_is_accepted():
    assert verdict(facts(liability_shift=None), standing()) == (Verdict.ACCEPT, None)


def test_the_provider_s_instant_counts_while_it_is_plausible():
    assert validation_instant(ATTEMPT, facts(), at=later(minutes=6)) == (later(minutes=5), True)


@pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(hours=3)])
def test_our_instant_counts_when_the_provider_s_clock_is_wrong(wrong):
    asked = later(minutes=6)

    assert validation_instant(ATTEMPT, facts(at=asked + wrong), at=asked) == (asked, False)
