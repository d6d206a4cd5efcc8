"""The questions `cgv.*`, chapter by chapter, as the public contract writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law import questions
from guichet.law.kernel.answers import Decided, OutsideSources, Unknown
from guichet.law.kernel.calendar import is_working_day
from guichet.law.kernel.money import Chf
from guichet.law.questions import BadFacts, BadInput, UnknownQuestion, ask

TODAY = date(2026, 3, 2)
ONE_OF_EACH: list[tuple[str, dict[str, Any]]] = [
    ("cgv.law_day", {"ordered_at": "2026-03-02T09:00:00+01:00"}),
    ("cgv.may_cancel", {"payment_validated": False}),
    ("cgv.refund_due", {"reason": "refusal"}),
    ("cgv.delivery_window", {"ordered_on": "2026-03-02"}),
    ("cgv.fee", {"service": "residence"}),
    ("cgv.postage", {"option": "b_standard"}),
    ("cgv.total", {"service": "residence", "option": "b_standard"}),
]


@pytest.fixture
def own_facts(tmp_path: Path) -> Iterator[Path]:
    """A folder of facts of the office, forgotten after the test."""
    yield tmp_path
    questions.adopt_facts(None)


def _cited(answer: Any) -> list[str]:
    return [ref.cite for ref in answer.because]


def test_the_questions_are_those_of_the_contract() -> None:
    assert [name for name in questions.QUESTIONS if name.startswith("cgv.")] == [name for name, _ in ONE_OF_EACH]


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
@pytest.mark.parametrize(
    ("on", "before"),
    [
        (date(2010, 1, 1), "2024-10-01"),
        (date(2024, 9, 30), "2024-10-01"),
        (date(2024, 10, 1), "2024-11-01"),
        (date(2024, 10, 31), "2024-11-01"),
    ],
)
def test_before_november_2024_the_wording_of_the_terms_is_unknown(
    name: str, inputs: dict[str, Any], on: date, before: str
) -> None:
    answer = ask(name, on=on, **inputs)

    assert isinstance(answer, Unknown)
    assert answer.to_json()["before"] == before
    assert answer.because


@pytest.mark.parametrize(("name", "inputs"), ONE_OF_EACH)
def test_from_november_2024_every_question_is_decided_with_its_reasons(name: str, inputs: dict[str, Any]) -> None:
    for on in (date(2024, 11, 1), TODAY, "2030-01-01"):
        answer = ask(name, on=on, **inputs)

        assert isinstance(answer, Decided)
        assert answer.because[0].text == "CGV"
        assert answer.question == name
        assert answer.say()


def test_the_law_of_an_order_is_that_of_the_day_its_payment_is_validated_in_geneva() -> None:
    answer = ask(
        "cgv.law_day",
        on=TODAY,
        ordered_at="2026-06-30T20:00:00+02:00",
        payment_validated_at="2026-06-30T22:30:00Z",
    )

    assert answer.require() == {"day": date(2026, 7, 1)}
    assert answer.reservations == ()
    assert _cited(answer) == ["art. 2 al. 4 CGV"]


def test_without_validation_the_law_day_is_the_day_asked_and_only_indicative() -> None:
    answer = ask("cgv.law_day", on=TODAY, ordered_at="2026-01-30T20:00:00+01:00")

    assert answer.require() == {"day": TODAY}
    assert "indicative" in answer.reservations[0]


def test_a_payment_validated_under_an_edition_we_do_not_hold_says_so() -> None:
    answer = ask(
        "cgv.law_day",
        on=TODAY,
        ordered_at="2024-10-01T08:00:00+02:00",
        payment_validated_at="2024-10-01T08:05:00+02:00",
    )

    assert answer.require() == {"day": date(2024, 10, 1)}
    assert "pas connue" in answer.reservations[0]


def test_a_payment_cannot_be_validated_before_it_was_ordered() -> None:
    with pytest.raises(BadInput) as refused:
        ask(
            "cgv.law_day",
            on=TODAY,
            ordered_at="2026-03-02T09:00:00+01:00",
            payment_validated_at="2026-03-02T08:59:59+01:00",
        )

    assert refused.value.field == "payment_validated_at"


@pytest.mark.parametrize(("validated", "may"), [(False, True), (True, False)])
def test_an_order_may_be_cancelled_until_its_payment_is_validated(validated: bool, may: bool) -> None:  # noqa: FBT001
    answer = ask("cgv.may_cancel", on=TODAY, payment_validated=validated)

    assert answer.require() == {"may": may}
    assert _cited(answer) == ["art. 3 al. 1 CGV"]


@pytest.mark.parametrize(("reason", "cited"), [("refusal", "art. 3 al. 5 CGV"), ("withdrawal", "art. 3 al. 1 CGV")])
def test_a_validated_fee_is_not_given_back_after_refusal_or_withdrawal(reason: str, cited: str) -> None:
    answer = ask("cgv.refund_due", on=TODAY, reason=reason)

    assert answer.require() == {"due": False}
    assert _cited(answer) == ["art. 5 al. 2 CGV", cited]


@pytest.mark.parametrize(
    ("ordered_on", "earliest", "latest"),
    [
        ("2026-03-30", "2026-04-10", "2026-04-21"),
        ("2026-12-21", "2027-01-04", "2027-01-13"),
        ("2026-02-06", "2026-02-17", "2026-02-26"),
    ],
)
def test_a_document_arrives_between_the_seventh_and_fourteenth_working_day(
    ordered_on: str, earliest: str, latest: str
) -> None:
    answer = ask("cgv.delivery_window", on=TODAY, ordered_on=ordered_on)

    assert answer.to_json()["value"] == {"earliest": earliest, "latest": latest, "indicative": True}
    assert "Interprétation n° 1" in answer.reservations[0]


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_delivery_window_always_ends_on_working_days_after_the_order(ordered_on: date) -> None:
    value = ask("cgv.delivery_window", on=TODAY, ordered_on=ordered_on).require()

    assert ordered_on < value["earliest"] < value["latest"]
    assert is_working_day(value["earliest"])
    assert is_working_day(value["latest"])


def test_the_steps_of_a_delivery_window_name_each_day_skipped_and_why() -> None:
    answer = ask("cgv.delivery_window", on=TODAY, ordered_on="2026-03-30")

    texts = [step.text for step in answer.steps]
    assert "Le vendredi 3 avril 2026 ne compte pas : Vendredi saint." in texts
    assert "Le lundi 6 avril 2026 ne compte pas : lundi de Pâques." in texts


def test_a_fee_is_that_of_the_tariff_with_vat_and_cites_the_regulation() -> None:
    answer = ask("cgv.fee", on=TODAY, service="residence")

    assert answer.require() == {"amount": Chf(2500), "vat_included": True}
    assert answer.to_json()["value"] == {"amount": "25.00", "vat_included": True}
    assert _cited(answer) == ["art. 5 al. 1 CGV", "art. 5 al. 3 CGV", "RDROCPMC"]
    assert answer.because[-1].outside


def test_a_fee_known_from_one_commune_only_carries_a_reservation() -> None:
    assert "probable" in ask("cgv.fee", on=TODAY, service="domicile_declaration").reservations[0]
    assert ask("cgv.fee", on=TODAY, service="deceased").reservations == ()


def test_a_standard_b_letter_is_free_by_the_terms_themselves() -> None:
    answer = ask("cgv.postage", on=TODAY, option="b_standard")

    assert answer.require() == {"amount": Chf(0)}
    assert _cited(answer) == ["art. 5 al. 4 CGV"]


def test_an_a_letter_costs_the_last_verified_price_with_a_reservation() -> None:
    answer = ask("cgv.postage", on=TODAY, option="a_standard")

    assert answer.require() == {"amount": Chf(110)}
    assert len(answer.reservations) == 2


def test_a_registered_letter_has_no_known_price_so_its_total_neither() -> None:
    postage = ask("cgv.postage", on=TODAY, option="registered")
    total = ask("cgv.total", on=TODAY, service="residence", option="registered")

    assert isinstance(postage, OutsideSources)
    assert isinstance(total, OutsideSources)
    assert postage.missing == total.missing
    assert set(_cited(total)) > set(_cited(postage))


def test_a_total_is_fee_and_postage_with_the_doubts_of_both() -> None:
    answer = ask("cgv.total", on=TODAY, service="domicile_declaration", option="a_standard")

    assert answer.to_json()["value"] == {"fee": "25.00", "postage": "1.10", "total": "26.10"}
    assert [step.reached for step in answer.steps] == [Chf(2500), Chf(110), Chf(2610)]
    assert len(answer.reservations) == 3


def test_an_office_adds_a_service_to_the_tariff_without_touching_the_code(own_facts: Path) -> None:
    line = (
        '[[line]]\nkey = "{}"\nlabel = "Visa"\namount = "90.00"\nfrom = {}\nconfidence = "sure"\nsource = "RDROCPMC"\n'
    )
    (own_facts / "tariff.toml").write_text('text = "RDROCPMC"\n' + line.format("visa", "2025-01-01"))

    questions.adopt_facts(own_facts)

    assert ask("cgv.fee", on=TODAY, service="visa").require()["amount"] == Chf(9000)
    assert isinstance(ask("cgv.fee", on=date(2024, 12, 31), service="visa"), OutsideSources)
    assert isinstance(ask("cgv.fee", on=TODAY, service="residence"), OutsideSources)


def test_a_folder_of_facts_that_cannot_be_read_leaves_those_in_use(own_facts: Path) -> None:
    (own_facts / "postage.toml").write_text("x")

    with pytest.raises(BadFacts):
        questions.adopt_facts(own_facts)

    assert ask("cgv.fee", on=TODAY, service="residence").require()["amount"] == Chf(2500)


@pytest.mark.parametrize(
    ("name", "inputs", "field"),
    [
        ("cgv.fee", {}, "service"),
        ("cgv.fee", {"service": "residense"}, "service"),
        ("cgv.fee", {"service": "residence", "option": "b_standard"}, "option"),
        ("cgv.law_day", {}, "ordered_at"),
        ("cgv.law_day", {"ordered_at": "2026-03-02T09:00:00Z", "ordered_on": "x"}, "ordered_on"),
        ("cgv.law_day", {"ordered_at": "2026-03-02T09:00:00Z", "payment_validated_at": None}, "payment_validated_at"),
        ("cgv.may_cancel", {"payment_validated": "yes"}, "payment_validated"),
        ("cgv.delivery_window", {"ordered_on": "2026-02-30"}, "ordered_on"),
    ],
)
def test_a_bad_or_missing_input_is_refused_by_its_name(name: str, inputs: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask(name, on=TODAY, **inputs)

    assert refused.value.field == field
    assert refused.value.accepted


@pytest.mark.parametrize("on", ["2026-2-1", None, "1799-01-01", date(1799, 1, 1), 3])
def test_a_day_of_law_that_is_no_day_is_refused(on: Any) -> None:
    with pytest.raises(BadInput) as refused:
        ask("cgv.may_cancel", on=on, payment_validated=True)

    assert refused.value.field == "on"


def test_an_unknown_question_suggests_the_nearest_names() -> None:
    for act in (lambda: ask("cgv.fees", on=TODAY), lambda: questions.find("cgv.fees")):
        with pytest.raises(UnknownQuestion) as refused:
            act()

        assert refused.value.nearest[0] == "cgv.fee"


def test_a_name_unlike_any_other_gets_the_whole_list() -> None:
    with pytest.raises(UnknownQuestion) as refused:
        questions.find("@")

    assert refused.value.nearest == tuple(questions.QUESTIONS)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ([], "question"),
        ({"on": "2026-01-01"}, "question"),
        ({"question": 3}, "question"),
        ({1: 2}, "question"),
        ({"question": "cgv.may_cancel", "on": None, "payment_validated": True}, "on"),
    ],
)
def test_an_object_that_is_no_question_is_refused(asked: Any, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        questions.answer_object(asked, today=TODAY)

    assert refused.value.field == field


def test_an_object_without_a_day_is_answered_under_todays_law() -> None:
    answer = questions.answer_object({"question": "cgv.may_cancel", "payment_validated": True}, today=TODAY)

    assert answer.on == TODAY


def test_the_description_lists_inputs_and_sources_of_every_question() -> None:
    described = {each["name"]: each for each in questions.describe()}

    assert [each["name"] for each in described["cgv.total"]["inputs"]] == ["service", "option"]
    assert not described["cgv.law_day"]["inputs"][1]["required"]
    assert all(each["sources"] for each in described.values())


def test_the_office_that_issues_the_documents_is_dated_data() -> None:
    assert questions.issuer(TODAY)["technical_contact"] == "e-demarche@etat.ge.ch"
    assert "name" not in questions.issuer(date(2020, 1, 1))


def test_a_passage_of_a_text_is_found_with_the_day_it_is_known_from() -> None:
    assert questions.passage("CGV", "3/1").known_from == date(2024, 10, 1)
    with pytest.raises(KeyError):
        questions.passage("CGV", "12")
