"""Titles I and II of LIPAD paragraph by paragraph: complete, dated by their amendments, each with what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.law.acts.lipad.corpus import LIPAD, access, general, media, publicity
from guichet.law.kernel.addresses import order_of
from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.provisions import Provision, Standing

PROVISIONS = (*general.PROVISIONS, *publicity.PROVISIONS, *access.PROVISIONS, *media.PROVISIONS)
LEAVES = [each for each in PROVISIONS if each.standing is not Standing.HEADING]
# Numbered paragraphs of each article; none where its rule bears no number.
PARAGRAPHS = {
    "1": 2,
    "2": 3,
    "3": 5,
    "4": 0,
    "5": 3,
    "6": 2,
    "7": 3,
    "8": 2,
    "9": 0,
    "10": 0,
    "11": 2,
    "12": 2,
    "13": 2,
    "14": 0,
    "15": 2,
    "16": 3,
    "17": 4,
    "18": 3,
    "19": 2,
    "19A": 0,
    "20": 6,
    "21": 2,
    "22": 3,
    "23": 0,
    "24": 3,
    "25": 4,
    "26": 5,
    "27": 4,
    "28": 7,
    "29": 3,
    "30": 6,
    "31": 4,
    "32": 3,
    "33": 3,
    "34": 2,
}
LETTERS = {
    "1/2": "ab",
    "2/3": "abcd",
    "3/1": "abcd",
    "3/2": "ab",
    "3/3": "abc",
    "4": "abcdefghi",
    "8/2": "abcde",
    "16/2": "abc",
    "26/2": "abcdefghijkl",
    "30/1": "ab",
}
FIGURES_OF_LISTS = {"3/2/a": 3, "4/b": 4}
BASE, REVISION = date(2002, 3, 1), date(2010, 1, 1)
# The map's dates: what the rows and the exponents say, typed apart from the amendments of the corpus.
KNOWN_FROM = {
    **dict.fromkeys(("1/1", "2/3/d", "3/2/a/2", "4/a", "4/b/3", "5/1", "6/2", "8/2/e", "9", "11/2", "17/4"), REVISION),
    **dict.fromkeys(("18/2", "19/1", "19A", "24/1", "24/3", "25/3", "26/2/f", "28/3", "28/5", "28/6"), REVISION),
    **dict.fromkeys(("29/2", "30/2", "30/4", "30/5", "31/4", "32/3", "33/3", "34/1", "34/2"), REVISION),
    **dict.fromkeys(("20/1", "20/5", "21/2", "22/3", "23", "24/2", "25/1", "25/4"), BASE),
    **dict.fromkeys(("26/1", "26/2/a", "26/2/l", "26/5", "27/1", "27/4", "28/1", "28/2", "28/4", "29/1"), BASE),
    "3/1/c": date(2018, 5, 1),
    "4/i": date(2013, 12, 1),
    "20/6": REVISION,
    "28/7": date(2025, 1, 11),
}


def test_every_article_paragraph_letter_and_figure_of_titles_i_and_ii_is_there_in_the_order_of_the_text() -> None:
    expected = list(PARAGRAPHS)
    expected += [f"{article}/{number}" for article, count in PARAGRAPHS.items() for number in range(1, count + 1)]
    expected += [f"{place}/{letter}" for place, letters in LETTERS.items() for letter in letters]
    expected += [f"{place}/{number}" for place, count in FIGURES_OF_LISTS.items() for number in range(1, count + 1)]

    addresses = [each.address for each in PROVISIONS]

    assert sorted(addresses) == sorted(expected)
    assert addresses == sorted(addresses, key=order_of)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.address)
def test_every_paragraph_has_a_summary_and_what_becomes_of_it(leaf: Provision) -> None:
    assert leaf.summary.endswith(".")
    assert leaf.software.endswith(".")


def test_a_heading_is_an_article_divided_into_paragraphs_or_letters() -> None:
    headings = {each.address for each in PROVISIONS if each.standing is Standing.HEADING}

    assert headings == {article for article, count in PARAGRAPHS.items() if count or article in LETTERS}


@pytest.mark.parametrize(("address", "day"), KNOWN_FROM.items())
def test_a_wording_is_known_from_its_latest_amendment_of_substance(address: str, day: date) -> None:
    assert LIPAD.known_from(address) == day


def test_the_state_archives_bear_their_present_name_since_4_march_2013_only() -> None:
    assert LIPAD.named_from("29/2") == date(2013, 3, 4)
    assert "2013" in LIPAD.remarks("29/2", date(2013, 3, 3))[0]
    assert LIPAD.remarks("29/2", date(2013, 3, 4)) == ()


def test_the_repealed_letter_of_article_8_is_no_longer_in_force() -> None:
    assert isinstance(LIPAD.gap("8/2/a", date(2005, 1, 1)), Unknown)
    gap = LIPAD.gap("8/2/a", REVISION)
    assert isinstance(gap, NotInForce)
    assert gap.until == date(2008, 12, 31)


def test_common_identification_numbers_were_not_defined_before_december_2013() -> None:
    gap = LIPAD.gap("4/i", date(2013, 11, 30))

    assert isinstance(gap, NotInForce)
    assert gap.since == date(2013, 12, 1)


@pytest.mark.applies("LIPAD 66")
def test_before_1_march_2002_nothing_is_in_force() -> None:
    gap = LIPAD.gap("24/2", date(2002, 2, 28))

    assert isinstance(gap, NotInForce)
    assert gap.since == BASE
    assert LIPAD.gap("24/2", BASE) is None


def test_after_its_horizon_the_text_is_applied_with_a_reservation() -> None:
    assert LIPAD.remarks("24/1", date(2025, 1, 11)) == ()
    assert "11 janvier 2025" in LIPAD.remarks("24/1", date(2025, 1, 12))[0]


def test_the_figures_are_those_of_the_periods_shares_and_ages_of_the_wording() -> None:
    figures = {each.address: each.figures for each in PROVISIONS if each.figures}

    assert figures == {
        "3/2/a/2": ("50", "50000"),
        "16/2/a": ("25",),
        "30/2": ("10",),
        "30/5": ("10",),
        "34/1": ("10", "30"),
        "34/2": ("48",),
    }
