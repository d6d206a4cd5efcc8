"""OLDI 52, as RDId 5 leads to it: the days until which a document is delivered, and one may complain that it was not."""

from __future__ import annotations

import pytest

from guichet.law.questions import ask


@pytest.mark.parametrize(
    ("approved_on", "deliver_by", "complain_by"),
    [
        ("2026-03-02", "2026-03-16", "2026-03-23"),
        # Christmas, New Year's Eve and New Year's Day are no working days (J 1 45).
        ("2026-12-18", "2027-01-06", "2027-01-13"),
    ],
)
def test_ten_working_days_to_deliver_then_five_to_complain(approved_on: str, deliver_by: str, complain_by: str) -> None:
    answer = ask("rdid.delivery_complaint", on="2026-03-02", approved_on=approved_on)

    told = answer.to_json()["value"]
    assert (told["deliver_by"], told["complain_by"]) == (deliver_by, complain_by)
    assert [ref.key for ref in answer.because] == ["RDId:5", "OLDI:52/2", "OLDI:52/4"]


@pytest.mark.parametrize(
    ("on", "is_open"), [("2026-03-16", False), ("2026-03-17", True), ("2026-03-23", True), ("2026-03-24", False)]
)
def test_the_complaint_is_open_from_the_day_after_the_delivery_was_due_to_its_last_day(on: str, is_open: bool) -> None:
    assert ask("rdid.delivery_complaint", on=on, approved_on="2026-03-02").require()["is_open"] is is_open
