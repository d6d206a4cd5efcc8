"""Reading answers: whatever is said, the outcome is an observation or a plain refusal to read, never another error."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.gateways.payment import reading
from guichet.gateways.payment.port import Authorised, Captured, Declined, Observation, Pending, Unknown, Voided
from guichet.gateways.payment.wire import Heard

SAID_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)


def a_success() -> dict[str, Any]:
    return {
        "Transaction": {
            "Type": "PAYMENT",
            "Status": "AUTHORIZED",
            "Id": "abc",
            "Date": "2026-11-22T10:00:00.000+01:00",
            "Amount": {"Value": "2500", "CurrencyCode": "CHF"},
            "OrderId": "7K2M9X-1",
        },
        "PaymentMeans": {"Brand": {"PaymentMethod": "VISA", "Name": "VISA"}},
        "Liability": {"LiabilityShift": True},
    }


def heard(fields: dict[str, Any], *, status: int = 200) -> Heard:
    return Heard(fields, status, SAID_AT)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("AUTHORIZED", Authorised),
        ("CAPTURED", Captured),
        ("PENDING", Pending),
        ("CANCELED", Voided),
        ("OTHER", Unknown),
    ],
)
def test_each_documented_status_has_its_observation(status: str, kind: type) -> None:
    fields = a_success()
    fields["Transaction"]["Status"] = status

    assert isinstance(reading.observation(heard(fields)), kind)


@pytest.mark.parametrize(
    "path",
    [
        "Transaction",
        "Transaction.Type",
        "Transaction.Id",
        "Transaction.Date",
        "Transaction.Amount",
        "Transaction.Amount.Value",
        "Transaction.Amount.CurrencyCode",
        "Transaction.OrderId",
        "PaymentMeans",
        "PaymentMeans.Brand",
        "PaymentMeans.Brand.PaymentMethod",
    ],
)
@pytest.mark.parametrize("value", [None, 17, "", "a b", [], "25,00"])
def test_a_needed_field_of_the_wrong_kind_is_not_guessed(path: str, value: object) -> None:
    fields = a_success()
    *above, last = path.split(".")
    block = fields
    for name in above:
        block = block[name]
    block[last] = value

    with pytest.raises(reading.Unreadable):
        reading.observation(heard(fields))


@given(JSON, st.sampled_from(["Transaction", "PaymentMeans", "Liability", "ErrorName", "Status", "CaptureId", "Date"]))
def test_no_answer_whatsoever_breaks_the_reader(value: object, name: str) -> None:
    fields = a_success() | {name: value}
    seen: list[object] = []

    for read in (
        lambda: reading.observation(heard(fields)),
        lambda: reading.taken(heard(fields), transaction_id="abc", reference="7K2M9X-1"),
        lambda: reading.released(heard(fields), transaction_id="abc", reference="7K2M9X-1"),
    ):
        with suppress(reading.Unreadable):
            seen.append(read())

    assert all(isinstance(one, Observation) for one in seen)


@given(st.text(min_size=1, max_size=40))
def test_an_error_name_that_nobody_documented_is_unknown(name: str) -> None:
    known = reading.DECLINED | {"TRANSACTION_NOT_STARTED", "TRANSACTION_STILL_IN_PROGRESS", "TRANSACTION_ABORTED"}

    assert name in known or isinstance(reading.refusal(name), Unknown)


@pytest.mark.parametrize("name", sorted(reading.DECLINED))
def test_every_documented_refusal_of_the_means_is_declined_by_its_name(name: str) -> None:
    assert reading.refusal(name) == Declined(name)


@pytest.mark.parametrize("name", ["TRANSACTION_DECLINED", "TRANSACTION_NOT_FOUND", "INTERNAL_ERROR"])
def test_a_capture_that_fails_never_says_that_the_payer_was_declined(name: str) -> None:
    seen = reading.taken(heard({"ErrorName": name}, status=402), transaction_id="abc", reference="7K2M9X-1")

    assert seen == Unknown(name.lower())


@pytest.mark.parametrize(
    "address",
    [
        "http://elsewhere.example/vt2",
        "https://provider.example.evil/vt2",
        "https://provider.example",
        "javascript:alert(1)",
        17,
    ],
)
def test_a_payer_is_sent_to_the_providers_own_address_only(address: object) -> None:
    fields = {"Token": "t", "Expiration": "2026-11-22T10:20:00Z", "RedirectUrl": address}

    with pytest.raises(reading.Unreadable):
        reading.redirect(heard(fields), origin="https://provider.example")
