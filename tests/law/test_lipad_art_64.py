"""LIPAD 64 al. 3: who pronounces the fine, letter by letter, and since when each letter is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.questions import BadInput, ask

REVISION, CHANGE = date(2010, 1, 1), date(2014, 4, 1)
AUTHORITIES = [
    ("legislature", "a", "bureau du Grand Conseil", REVISION),
    ("judiciary", "b", "commission de gestion", REVISION),
    ("cantonal_department", "c", "chef du département", REVISION),
    ("chancellery", "c", "chancelier", REVISION),
    ("commune", "d", "exécutif communal", REVISION),
    ("autonomous_body", "e", "instance directrice supérieure", REVISION),
    ("university", "e", "rectorat", REVISION),
    ("hes_so", "f", "conseil de direction", CHANGE),
    ("foundation", "g", "conseil de fondation", CHANGE),
    ("other", "h", "Conseil d'Etat", CHANGE),
]


def _ask(belongs_to: str, on: date | str) -> Any:
    return ask("lipad.sanctioning_authority", on=on, belongs_to=belongs_to)


@pytest.mark.parametrize(("belongs_to", "letter", "words", "known_from"), AUTHORITIES)
def test_each_belonging_has_one_authority_and_one_letter_from_the_day_it_is_known(
    belongs_to: str, letter: str, words: str, known_from: date
) -> None:
    answer = _ask(belongs_to, known_from)

    assert answer.require()["letter"] == letter
    assert words in answer.require()["authority"]
    assert [(ref.address, ref.known_from) for ref in answer.because] == [(f"64/3/{letter}", known_from)]


@pytest.mark.parametrize(("belongs_to", "letter", "words", "known_from"), AUTHORITIES)
def test_the_day_before_a_letter_was_changed_it_is_unknown(
    belongs_to: str, letter: str, words: str, known_from: date
) -> None:
    answer = _ask(belongs_to, known_from.replace(day=1, month=1) if known_from == CHANGE else "2009-12-31")

    assert isinstance(answer, Unknown), (letter, words)
    assert answer.before == known_from
    assert isinstance(_ask(belongs_to, "2002-02-28"), NotInForce)


def test_every_belonging_of_the_contract_is_accepted_and_no_other() -> None:
    with pytest.raises(BadInput) as refused:
        _ask("federal_office", CHANGE)

    assert refused.value.field == "belongs_to"
    assert refused.value.accepted == [name for name, _, _, _ in AUTHORITIES]
    with pytest.raises(BadInput):
        ask("lipad.sanctioning_authority", on=CHANGE)
