"""LIPAD, titles III to VI: every paragraph and letter of articles 35 to 69, since when it is known, when it ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.addresses import order_of
from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.provisions import Provision, Standing

REVISION = date(2010, 1, 1)
# Counted in the official print: paragraphs of each article (0: one sentence without number), letters of each paragraph.
PARAGRAPHS = {
    "35": 4, "36": 2, "37": 3, "38": 3, "39": 12, "40": 2, "41": 2, "42": 4, "43": 3, "44": 3, "45": 0, "46": 2,
    "47": 3, "48": 3, "49": 6, "50": 5, "51": 3, "52": 0, "53": 3, "53A": 4, "54": 4, "55": 4, "56": 7, "57": 0,
    "58": 6, "59": 0, "60": 2, "61": 3, "62": 0, "63": 0, "64": 4, "65": 3, "66": 0, "67": 0, "68": 7, "69": 9,
}  # fmt: skip
LETTERS = {
    "36/1": "ab", "39/1": "ab", "39/4": "ab", "39/6": "ab", "39/7": "abc", "39/9": "ab", "41/1": "abcdef",
    "42/1": "abcd", "42/3": "ab", "42/4": "ab", "44/2": "ab", "46/1": "abc", "47/1": "abcd", "47/2": "abcde",
    "50/2": "abcdefghi", "51/1": "abc", "51/2": "abc", "53A/1": "abc", "53A/3": "abcdefg", "56/2": "abcde",
    "56/3": "abcdefghi", "58/1": "ab", "59": "abcde", "64/3": "abcdefgh", "69/2": "abcdefgh", "69/3": "ab",
    "69/5": "abc", "69/8": "abc",
}  # fmt: skip
# What changed after the revision of 2008, with the day of each change in the closing table of the text.
CHANGED = {
    "41/2": date(2014, 6, 1), "48/3": date(2014, 2, 1), "53": date(2013, 11, 16), "53A": date(2013, 11, 16),
    "54/1": date(2020, 10, 17), "54/2": date(2015, 3, 21), "54/3": date(2013, 11, 16), "55/2": date(2014, 6, 1),
    "55/3": date(2020, 10, 17), "58/2": date(2018, 5, 1), "60": date(2011, 1, 1), "61/1": date(2011, 1, 1),
    "64/2": date(2011, 9, 27), "64/3/f": date(2014, 4, 1), "64/3/g": date(2014, 4, 1), "64/3/h": date(2014, 4, 1),
    "68/6": date(2013, 11, 16), "68/7": date(2018, 6, 30), "69": date(2010, 11, 23), "69/3": date(2015, 3, 21),
}  # fmt: skip
FIGURES = {
    "40/2": "2", "42/2": "7 3", "49/6": "10", "53/1": "5", "53A/3/d": "50000", "61/2": "10", "68/1": "2",
    "68/4": "2", "68/5": "2", "69/1": "26350000", "69/7": "26350000", "69/8": "1",
}  # fmt: skip


def _ours() -> list[Provision]:
    return [each for each in LIPAD.provisions.values() if order_of(each.address) >= order_of("35")]


def _expected() -> list[str]:
    found = []
    for article, count in PARAGRAPHS.items():
        for place in (article, *(f"{article}/{number}" for number in range(1, count + 1))):
            found += [place, *(f"{place}/{letter}" for letter in LETTERS.get(place, ""))]
    return found


def _last_change(address: str) -> date:
    parts = address.split("/")
    places = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return max([REVISION, *(CHANGED[place] for place in places if place in CHANGED)])


def test_every_article_paragraph_and_letter_is_there_in_the_order_of_the_text() -> None:
    assert [each.address for each in _ours()] == _expected()


@pytest.mark.parametrize("provision", _ours(), ids=lambda provision: provision.address)
def test_a_wording_is_known_from_its_last_change_in_the_closing_table(provision: Provision) -> None:
    assert LIPAD.known_from(provision.address) == _last_change(provision.address)


@pytest.mark.parametrize("provision", _ours(), ids=lambda provision: provision.address)
def test_a_provision_says_what_it_holds_and_what_becomes_of_it(provision: Provision) -> None:
    titled = PARAGRAPHS.get(provision.address, 0) > 0

    assert (provision.standing is Standing.HEADING) == titled
    assert provision.summary.endswith(".") != titled
    assert provision.software.endswith(".") != titled


def test_the_figures_are_those_of_periods_and_amounts() -> None:
    assert {each.address: " ".join(each.figures) for each in _ours() if each.figures} == FIGURES


def test_three_provisions_have_ended_and_say_by_which_passage() -> None:
    ended = {each.address: (each.until, each.until_by) for each in _ours() if each.until}

    assert ended == {
        "68/6": (date(2018, 6, 30), "68/6"),
        "68/7": (date(2023, 11, 30), "68/7"),
        "69": (date(2015, 12, 31), "69/7"),
    }


def test_what_was_added_after_the_revision_did_not_exist_before() -> None:
    added = {"48/3", "53A", "68/6", "68/7", "69"}

    assert {each.address for each in _ours() if each.new} == added
    for address in (*added, "53A/3/g", "69/8/c"):
        day = _last_change(address)
        assert LIPAD.gap(address, day) is None
        assert LIPAD.gap(address, day - timedelta(days=1)) == NotInForce(since=day, because=LIPAD.refs(address))
    assert isinstance(LIPAD.gap("69/3/a", date(2010, 11, 23)), Unknown)
