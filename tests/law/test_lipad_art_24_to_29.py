"""Articles 24 to 29: what a document is, what keeps it from being given, what asking costs."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.documents import BALANCE, EXCEPTIONS, LESSER_ACCESS, RULE
from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.questions import ask

TODAY = date(2025, 1, 11)
DOCUMENT = {
    ("document", True): (True, "25/1"),
    ("document", False): (False, "25/1"),
    ("approved_minutes", True): (True, "25/2"),
    ("approved_minutes", False): (False, "25/1"),
    ("electronic_record", True): (True, "25/3"),
    ("electronic_record", False): (False, "25/1"),
    ("personal_note", True): (False, "25/4"),
    ("personal_note", False): (False, "25/4"),
    ("draft", True): (False, "25/4"),
    ("draft", False): (False, "25/4"),
    ("unapproved_minutes", True): (False, "25/4"),
    ("unapproved_minutes", False): (False, "25/4"),
}
LISTED = [*(f"26/2/{letter}" for letter in "abcdefghijkl"), "26/3", "26/4", "26/5"]


@pytest.mark.parametrize(("carrier", "public_task"), DOCUMENT)
def test_a_document_is_a_finished_carrier_held_for_a_public_task(carrier: str, public_task: bool) -> None:  # noqa: FBT001
    answer = ask("lipad.is_document", on=TODAY, carrier=carrier, public_task=public_task)

    is_document, address = DOCUMENT[carrier, public_task]
    assert answer.require() == {"document": is_document}
    assert [ref.address for ref in answer.because] == [address]


def test_of_an_electronic_record_only_the_print_out_is_the_document() -> None:
    answer = ask("lipad.is_document", on=TODAY, carrier="electronic_record", public_task=True)

    assert "impression sur papier" in answer.reservations[0]
    assert ask("lipad.is_document", on=TODAY, carrier="document", public_task=True).reservations == ()


def test_the_definition_is_that_of_2002_but_for_electronic_records() -> None:
    for carrier, public_task in DOCUMENT:
        answer = ask("lipad.is_document", on="2009-12-31", carrier=carrier, public_task=public_task)

        if (carrier, public_task) == ("electronic_record", True):
            assert isinstance(answer, Unknown)
            assert answer.before == date(2010, 1, 1)
        else:
            assert answer.require()["document"] == DOCUMENT[carrier, public_task][0]
    assert isinstance(ask("lipad.is_document", on="2002-02-28", carrier="draft", public_task=True), NotInForce)


def test_the_exceptions_are_the_twelve_letters_and_three_paragraphs_of_article_26() -> None:
    answer = ask("lipad.exceptions", on=TODAY)

    value = answer.require()
    assert [each["address"] for each in value["exceptions"]] == LISTED
    assert value["assessment"]["address"] == "26/1"
    assert value["assessment"]["kind"] == "assessment"
    assert "responsable" in value["assessment"]["by"]
    assert [ref.address for ref in answer.because] == ["26/1", *LISTED, "24/1", "27/1", "27/3", "27/4"]
    assert answer.to_json()["value"] == value
    assert "15 exceptions" in answer.say()


def test_each_exception_tells_the_rule_it_departs_from_and_what_it_yields_to() -> None:
    listed = {each["address"]: each for each in ask("lipad.exceptions", on=TODAY).require()["exceptions"]}

    assert listed["26/2/g"] == {
        "address": "26/2/g",
        "cite": "art. 26 al. 2 let. g LIPAD",
        "summary": LIPAD.provision("26/2/g").summary,
        "departs_from": "26/1",
        "weighed": True,
        "yields_to": ["27/1", "27/3", "27/4"],
    }
    assert [listed[address]["departs_from"] for address in ("26/3", "26/4", "26/5")] == ["24/1"] * 3
    assert [listed[address]["weighed"] for address in ("26/3", "26/4", "26/5")] == [False, False, True]
    assert listed["26/5"]["yields_to"] == []


def test_general_and_special_rules_form_no_circle_and_end_at_the_right_of_access() -> None:
    departs = {each.address: each.departs_from for each in EXCEPTIONS} | {BALANCE: RULE}

    for address in departs:
        path = [address]
        while path[-1] in departs:
            path.append(departs[path[-1]])
            assert len(path) <= 3
        assert path[-1] == RULE
    assert not set(LESSER_ACCESS) & set(departs)


def test_the_whole_list_is_known_since_2010() -> None:
    before = ask("lipad.exceptions", on="2009-12-31")

    assert isinstance(before, Unknown)
    assert before.before == date(2010, 1, 1)


@pytest.mark.parametrize(
    ("copies", "extra_work", "announced"), list(product(("none", "paper"), (False, True), (False, True)))
)
def test_only_paper_or_much_work_may_be_charged_and_only_if_announced(
    copies: str,
    extra_work: bool,  # noqa: FBT001
    announced: bool,  # noqa: FBT001
) -> None:
    answer = ask("lipad.access_fee", on=TODAY, copies=copies, extra_work=extra_work, announced=announced)

    may_charge = announced and (extra_work or copies == "paper")
    assert answer.require() == {"may_charge": may_charge}
    assert [ref.cite for ref in answer.because] == ["art. 28 al. 7 LIPAD", *(["art. 24 RIPAD"] if may_charge else [])]
    assert any("tarif" in each for each in answer.reservations) == may_charge


def test_what_could_be_charged_before_11_january_2025_is_unknown() -> None:
    for copies, extra_work, announced in product(("none", "paper"), (False, True), (False, True)):
        answer = ask("lipad.access_fee", on="2025-01-10", copies=copies, extra_work=extra_work, announced=announced)

        assert isinstance(answer, Unknown)
        assert answer.before == date(2025, 1, 11)
        assert "n° 16" in answer.steps[0].text
