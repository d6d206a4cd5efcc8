"""The titles, chapters and sections of LIPAD: where each of its 71 articles stands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.divisions import DIVISIONS
from guichet.law.kernel.addresses import order_of
from guichet.law.kernel.provisions import Division

ARTICLES = [*map(str, range(1, 20)), "19A", *map(str, range(20, 54)), "53A", *map(str, range(54, 70))]


@pytest.mark.parametrize(
    ("article", "trail"),
    [
        ("1", ["Titre I"]),
        ("9", ["Titre II", "Chapitre I", "Section 2"]),
        ("17", ["Titre II", "Chapitre I", "Section 6"]),
        ("19A", ["Titre II", "Chapitre II"]),
        ("30", ["Titre II", "Chapitre IV"]),
        ("34", ["Titre II", "Chapitre V", "Section 2"]),
        ("43", ["Titre III", "Chapitre I"]),
        ("49", ["Titre III", "Chapitre II", "Section 4"]),
        ("53A", ["Titre IV", "Chapitre II"]),
        ("64", ["Titre V", "Chapitre II"]),
        ("69", ["Titre VI"]),
    ],
)
def test_an_article_stands_where_the_print_has_it(article: str, trail: list[str]) -> None:
    assert [each.name for each in LIPAD.trail(article)] == trail


def test_every_article_stands_in_exactly_one_division_of_each_depth() -> None:
    def check(parts: tuple[Division, ...], articles: list[str]) -> None:
        for each in parts:
            inside = [article for article in articles if each.holds(article)]
            assert (inside[0], inside[-1]) == (each.first, each.last), each.heading
            if each.parts:
                check(each.parts, inside)
        held = [article for article in articles for each in parts if each.holds(article)]
        assert held == articles

    check(DIVISIONS, ARTICLES)


def test_divisions_follow_each_other_without_gap() -> None:
    for one, next_one in pairwise(DIVISIONS):
        assert order_of(one.last) < order_of(next_one.first)
