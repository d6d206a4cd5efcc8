"""RDId 11 and 12: the tariff line by line and day by day, who is exempt, and how a fee is shared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law import questions
from guichet.law.kernel.answers import Decided, NotInForce, OutsideSources, Referred, Unknown
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask

ON = date(2023, 8, 29)
ADULT, CHILD = "1990-01-01", "2015-01-01"
LINES = [
    ({"request": "passport", "born": ADULT}, "140.00", "11/1/1/a"),
    ({"request": "passport", "born": CHILD}, "60.00", "11/1/1/b"),
    ({"request": "loss_declaration", "document": "passport"}, "40.00", "11/1/1/c"),
    ({"request": "provisional_passport"}, "150.00", "11/1/1/d"),
    ({"request": "identity_card", "born": ADULT}, "65.00", "11/1/2/a"),
    ({"request": "identity_card", "born": CHILD}, "30.00", "11/1/2/b"),
    ({"request": "loss_declaration", "document": "identity_card"}, "40.00", "11/1/2/c"),
    ({"request": "both", "born": ADULT}, "148.00", "11/1/3/a"),
    ({"request": "both", "born": CHILD}, "68.00", "11/1/3/b"),
]
BOTH_LOST = {"request": "loss_declaration", "document": "both"}


@pytest.fixture
def shares(tmp_path: Path) -> Iterator[Any]:
    """Configure the canton's share of a document."""

    def configure(key: str, amount: str) -> None:
        line = f'key = "{key}"\nlabel = "Part"\namount = "{amount}"\nfrom = 2010-03-01\nconfidence = "sure"\n'
        (tmp_path / "shares.toml").write_text(
            f'text = "OLDI"\n[[line]]\n{line}source = "essai"\naddress = "annex/3"\n', encoding="utf-8"
        )
        questions.adopt_facts(tmp_path)

    yield configure
    questions.adopt_facts(None)


@pytest.mark.parametrize(("inputs", "amount", "address"), LINES)
def test_each_line_of_the_tariff_has_its_amount_and_its_passage(
    inputs: dict[str, Any], amount: str, address: str
) -> None:
    answer = ask("rdid.fee", on=ON, **inputs)

    assert answer.to_json()["value"] == {"amount": amount}
    assert [ref.address for ref in answer.because] == [address]


@pytest.mark.parametrize(("inputs", "_", "address"), LINES)
def test_a_line_is_unknown_until_the_day_its_wording_is_known(inputs: dict[str, Any], _: str, address: str) -> None:
    first = date(2017, 6, 28) if address.endswith("/c") else date(2010, 3, 1)
    old = {**inputs, "born": "1985-01-01"} if "born" in inputs else inputs

    before = ask("rdid.fee", on=first - timedelta(days=1), **old)

    assert isinstance(before, Unknown)
    assert before.before == first
    assert isinstance(ask("rdid.fee", on=first, **inputs | old), Decided)


def test_a_passport_costs_140_francs_from_the_18th_birthday() -> None:
    eve = ask("rdid.fee", on="2025-05-01", request="passport", born="2007-05-02")
    day = ask("rdid.fee", on="2025-05-02", request="passport", born="2007-05-02")

    assert (eve.require()["amount"], day.require()["amount"]) == (Chf(6000), Chf(14000))
    assert day.steps[0].reached == date(2025, 5, 2)
    assert "Interprétation n° 9" in day.reservations[0]


@given(st.dates(date(1930, 1, 1), ON), st.sampled_from(["passport", "identity_card", "both"]))
def test_the_adult_line_applies_exactly_to_whoever_is_no_minor(born: date, request: str) -> None:
    adult = {"passport": 14000, "identity_card": 6500, "both": 14800}[request]
    child = {"passport": 6000, "identity_card": 3000, "both": 6800}[request]
    is_minor = ask("rdid.minor", on=ON, born=born).require()["minor"]

    assert ask("rdid.fee", on=ON, request=request, born=born).require()["amount"] == Chf(child if is_minor else adult)


def test_the_loss_of_both_documents_is_left_to_the_department() -> None:
    answer = ask("rdid.fee", on=ON, **BOTH_LOST)

    assert isinstance(answer, Referred)
    assert "département" in answer.authority
    assert [ref.address for ref in answer.because] == ["12/2"]
    assert "Interprétation n° 12" in answer.reservations[0]


def test_a_silence_of_today_says_nothing_of_the_tariff_before_march_2010() -> None:
    assert isinstance(ask("rdid.fee", on="2010-02-28", **BOTH_LOST), Unknown)
    assert isinstance(ask("rdid.fee", on="2010-03-01", **BOTH_LOST), Referred)
    assert isinstance(ask("rdid.fee", on="2002-12-31", **BOTH_LOST), NotInForce)


def test_a_declaration_is_paid_for_each_document_by_interpretation() -> None:
    assert "Interprétation n° 13" in ask("rdid.fee", on=ON, **LINES[2][0]).reservations[0]


@pytest.mark.parametrize("inputs", [*(line[0] for line in LINES), BOTH_LOST])
@pytest.mark.parametrize("on", ["2005-06-01", "2023-08-29"])
def test_the_indigent_pay_nothing_on_proof_whatever_they_ask(inputs: dict[str, Any], on: str) -> None:
    known = {**inputs, "born": "1985-01-01"} if "born" in inputs else inputs

    answer = ask("rdid.fee", on=on, indigent=True, **known)

    assert answer.require() == {"amount": Chf(0)}
    assert [ref.address for ref in answer.because] == ["12/1"]
    assert "justificatif" in answer.reservations[0]


@pytest.mark.parametrize(
    ("request_", "lodged_at"),
    list(product(["identity_card", "passport", "both", "provisional_passport"], ["commune", "centre"])),
)
def test_a_fee_cannot_be_shared_while_federal_law_is_not_configured(request_: str, lodged_at: str) -> None:
    answer = ask("rdid.share", on=ON, request=request_, born=ADULT, lodged_at=lodged_at)

    assert isinstance(answer, OutsideSources)
    assert "annexe 3" in answer.missing
    assert ("OLDI", "annex/3") in [(ref.text, ref.address) for ref in answer.because]


def test_whose_the_fee_of_a_declaration_is_no_text_says_until_the_office_does(shares: Any) -> None:
    asked = {"on": ON, "request": "loss_declaration", "lodged_at": "centre"}
    answer = ask("rdid.share", **asked)
    assert isinstance(answer, OutsideSources)
    assert "déclaration de vol, de perte ou de destruction" in answer.missing

    shares("loss_declaration", "33.35")

    value = ask("rdid.share", **asked).to_json()["value"]
    assert value == {"federal": "6.65", "canton": "33.35", "commune": "0.00"}


@pytest.mark.parametrize(
    ("canton", "commune", "left"), [("20.00", "10.00", "10.00"), ("20.01", "10.00", "10.01"), ("0.00", "0.00", "0.00")]
)
def test_the_commune_has_half_of_the_cantons_share_of_a_card_lodged_there(
    shares: Any, canton: str, commune: str, left: str
) -> None:
    shares("identity_card_adult", canton)

    answer = ask("rdid.share", on=ON, request="identity_card", born=ADULT, lodged_at="commune")

    federal = (Chf(6500) - Chf.parse(canton)).francs
    assert answer.to_json()["value"] == {"federal": federal, "canton": left, "commune": commune}
    assert any("Interprétation n° 18" in note for note in answer.reservations) is (canton == "20.01")


@pytest.mark.parametrize(
    ("key", "request_", "born", "lodged_at", "fee"),
    [
        ("identity_card_adult", "identity_card", ADULT, "centre", 6500),
        ("identity_card_child", "identity_card", CHILD, "centre", 3000),
        ("passport_adult", "passport", ADULT, "centre", 14000),
        ("both_child", "both", CHILD, "commune", 6800),
        ("provisional_passport", "provisional_passport", None, "centre", 15000),
    ],
)
def test_elsewhere_the_canton_keeps_its_whole_share_and_the_parts_sum_to_the_fee(
    shares: Any, key: str, request_: str, born: str | None, lodged_at: str, fee: int
) -> None:
    shares(key, "12.35")
    inputs = {"born": born} if born else {}

    answer = ask("rdid.share", on=ON, request=request_, lodged_at=lodged_at, **inputs)

    assert (answer.require()["canton"], answer.require()["commune"]) == (Chf(1235), Chf(0))
    assert Chf.total(answer.require().values()) == Chf(fee)
    assert any("commune n'est compétente" in note for note in answer.reservations) is (lodged_at == "commune")


def test_a_share_above_the_fee_is_not_believed(shares: Any) -> None:
    shares("identity_card_adult", "65.01")

    answer = ask("rdid.share", on=ON, request="identity_card", born=ADULT, lodged_at="commune")

    assert isinstance(answer, OutsideSources)
    assert "à corriger" in answer.reservations[-1]


def test_a_share_configured_for_another_document_is_not_lent(shares: Any) -> None:
    shares("identity_card_adult", "20.00")

    assert isinstance(
        ask("rdid.share", on=ON, request="identity_card", born=CHILD, lodged_at="commune"), OutsideSources
    )


def test_a_fee_that_is_not_known_cannot_be_shared() -> None:
    answer = ask("rdid.share", on="2010-02-28", request="passport", born="1980-01-01", lodged_at="centre")

    assert isinstance(answer, Unknown)
