"""The regulation on identity documents, paragraph by paragraph, and since when each wording is known."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.provisions import Standing
from guichet.law.questions import ask

# Article by article: what holds a rule of its own.
LEAVES = [
    "1",
    "2/1",
    "2/2",
    "2/3",
    "2/4",
    "2/5",
    "3/1",
    "3/2",
    "3/3",
    "4",
    "5",
    "6/1",
    "6/2",
    "7",
    "8/1",
    "8/2",
    "9",
    "10/1",
    "10/2",
    "10/3",
    "11/1/1/a",
    "11/1/1/b",
    "11/1/1/c",
    "11/1/1/d",
    "11/1/2/a",
    "11/1/2/b",
    "11/1/2/c",
    "11/1/3/a",
    "11/1/3/b",
    "11/2",
    "12/1",
    "12/2",
    "13",
    "14",
    "15",
]
KNOWN_FROM = {
    "2003-01-01": "1 5 6/2 8/1 8/2 12/1 12/2 13 14 15",
    "2010-03-01": "2/1 2/3 3/1 3/2 3/3 7 11/1/1/a 11/1/1/b 11/1/1/d 11/1/2/a 11/1/2/b 11/1/3/a 11/1/3/b 11/2",
    "2015-03-01": "2/2 2/5 4 6/1 9 10/1 10/2 10/3",
    "2016-07-01": "2/4",
    "2017-06-28": "11/1/1/c 11/1/2/c",
}
NAMED_FROM = {
    "2/2": "2022-11-01",
    "2/3": "2022-11-01",
    "2/4": "2023-08-29",
    "4": "2022-11-01",
    "6/1": "2022-11-01",
    "9": "2022-11-01",
    "10/3": "2022-11-01",
    "12/2": "2023-08-29",
    "13": "2011-01-01",
}
RENAMINGS = {1, 4, 5, 6, 7, 11, 12, 13, 14, 15}
IN_FORCE = {2: "2007-01-01", 3: "2010-03-01", 8: "2015-03-01", 9: "2016-07-01", 10: "2017-06-28"}


def test_every_paragraph_figure_and_letter_of_the_fifteen_articles_is_there() -> None:
    assert [leaf.address for leaf in RDID.leaves()] == LEAVES
    assert len(RDID.provisions) == 46


@pytest.mark.parametrize("leaf", RDID.leaves(), ids=lambda leaf: leaf.address)
def test_every_provision_has_a_summary_and_what_becomes_of_it(leaf: object) -> None:
    assert leaf.summary.endswith(".")  # type: ignore[attr-defined]
    assert leaf.software.endswith(".")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("day", "addresses"), KNOWN_FROM.items())
def test_a_wording_is_known_since_the_last_amendment_of_its_substance(day: str, addresses: str) -> None:
    assert {RDID.known_from(address).isoformat() for address in addresses.split()} == {day}


def test_each_leaf_has_its_day() -> None:
    assert sorted(" ".join(KNOWN_FROM.values()).split()) == sorted(LEAVES)


@pytest.mark.parametrize(("address", "day"), NAMED_FROM.items())
def test_a_renaming_dates_the_name_and_not_the_norm(address: str, day: str) -> None:
    assert RDID.named_from(address).isoformat() == day
    assert RDID.known_from(address) < RDID.named_from(address)
    assert "nom actuel" in RDID.remarks(address, RDID.known_from(address))[0]


def test_the_table_has_fifteen_amendments_of_which_ten_only_rename() -> None:
    assert list(RDID.amendments) == list(range(1, 16))
    assert {number for number, change in RDID.amendments.items() if change.renaming} == RENAMINGS
    assert {n: RDID.amendments[n].in_force.isoformat() for n in IN_FORCE} == IN_FORCE
    assert RDID.amendments[3].adopted == date(2009, 11, 23)


def test_every_exponent_is_a_number_of_the_table() -> None:
    printed = {number for each in RDID.provisions.values() for number in each.amendments}

    assert printed == {3, 5, 8, 9, 10, 14, 15}


@pytest.mark.parametrize("address", LEAVES)
@pytest.mark.applies("RDId 15")
def test_nothing_of_the_regulation_applies_before_2003(address: str) -> None:
    gap = RDID.gap(address, date(2002, 12, 31))

    assert isinstance(gap, NotInForce)
    assert gap.since == date(2003, 1, 1)


def test_the_regulation_applied_before_it_was_adopted_which_an_answer_says() -> None:
    early = ask("rdid.entitled", on="2003-02-04", swiss=True)
    later = ask("rdid.entitled", on="2003-02-05", swiss=True)

    assert "Interprétation n° 19" in early.reservations[0]
    assert later.reservations == ()


def test_the_day_after_its_horizon_an_answer_carries_a_reservation() -> None:
    assert ask("rdid.entitled", on="2023-08-29", swiss=True).reservations == ()
    assert "29 août 2023" in ask("rdid.entitled", on="2023-08-30", swiss=True).reservations[0]


def test_an_unknown_wording_tells_the_amendments_that_replaced_it() -> None:
    answer = ask("rdid.fee", on="2017-06-27", request="loss_declaration", document="passport")

    assert isinstance(answer, Unknown)
    assert answer.before == date(2017, 6, 28)
    assert "n° 10 adoptée le 21 juin 2017" in answer.steps[0].text


def test_only_the_repeal_has_nothing_to_compute() -> None:
    assert [leaf.address for leaf in RDID.leaves() if leaf.standing is not Standing.CODED] == ["14"]
