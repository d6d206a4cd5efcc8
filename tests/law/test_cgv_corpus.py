"""The terms of sale paragraph by paragraph: complete, summarised, and each with what the software does."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.law import procedures, questions
from guichet.law.acts.cgv.corpus import CGV
from guichet.law.kernel.provisions import Standing

# Paragraphs of each chapter in the edition of October 2024.
PARAGRAPHS = {1: 3, 2: 4, 3: 5, 4: 1, 5: 4, 6: 4, 7: 2, 8: 6, 9: 2, 10: 2, 11: 2}


def test_every_paragraph_of_the_eleven_chapters_is_there() -> None:
    expected = []
    for chapter, count in PARAGRAPHS.items():
        expected += [str(chapter)] if count == 1 else [f"{chapter}/{number}" for number in range(1, count + 1)]

    assert [leaf.address for leaf in CGV.leaves()] == expected


@pytest.mark.parametrize("leaf", CGV.leaves(), ids=lambda leaf: leaf.address)
def test_every_paragraph_has_a_summary_and_what_becomes_of_it(leaf: object) -> None:
    assert leaf.summary.endswith(".")  # type: ignore[attr-defined]
    assert leaf.software.endswith(".")  # type: ignore[attr-defined]
    assert CGV.known_from(leaf.address) == date(2024, 10, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["6/4", "8/3", "8/5", "8/6", "10/1", "10/2"])
def test_clauses_with_nothing_to_compute_are_text_only(address: str) -> None:
    assert CGV.provision(address).standing is Standing.TEXT_ONLY


def test_the_figures_of_the_text_are_those_the_code_relies_on() -> None:
    from guichet.law.acts.cgv.rules import DELIVERY

    assert CGV.provision("3/4").figures == (str(DELIVERY.at_least), str(DELIVERY.length))


def test_every_rule_of_chapters_2_3_and_5_is_cited_by_a_question_or_an_act() -> None:
    cited = {ref.address for question in questions.QUESTIONS.values() for ref in question.sources}
    cited |= {ref.address for act in procedures.CGV_ORDER.transitions for ref in act.basis}

    assert {"2/3", "2/4", "3/1", "3/2", "3/3", "3/4", "3/5", "5/1", "5/2", "5/3", "5/4"} <= cited
