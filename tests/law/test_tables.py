"""Tables: exactly one outcome, proved when they are built; ten planted defects are refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from guichet.law.kernel.answers import NotInForce, Referred, Unknown
from guichet.law.kernel.provisions import Amendment, Edition, LegalText, Provision, Standing
from guichet.law.kernel.tables import BadTable, Line, Silence, Table

TEXT = LegalText(
    "RDId",
    "Règlement",
    edition=Edition(entry=date(2003, 1, 1)),
    amendments=(Amendment(3, date(2009, 11, 23), date(2010, 3, 1)),),
    provisions=(
        Provision("11", "Tarifs", amendments=(3,)),
        Provision("11/a", "Adultes", Standing.CODED),
        Provision("11/b", "Enfants", Standing.CODED),
        Provision("12/2", "Cas non prévus", Standing.CODED),
    ),
)
DEPARTMENT = Referred(authority="le département", because=TEXT.refs("12/2"))
INPUTS = {"adult": (False, True), "document": ("card", "passport")}
ADULT, CHILD = {"adult": frozenset({True})}, {"adult": frozenset({False})}
CARD, PASSPORT = {"document": frozenset({"card"})}, {"document": frozenset({"passport"})}


def _table(
    lines: Sequence[Line[int]],
    silences: Sequence[Silence] = (),
    otherwise: Referred | None = DEPARTMENT,
    address: str = "11",
) -> Table[int]:
    return Table(TEXT, address, inputs=INPUTS, lines=lines, silences=silences, otherwise=otherwise)


GOOD = (Line("11/a", 65, {**ADULT, **CARD}), Line("11/b", 30, {**CHILD, **CARD}))
SILENT = (Silence(PASSPORT),)


def test_a_line_is_found_with_the_passage_that_holds_it() -> None:
    found = _table(GOOD, SILENT).decide(date(2020, 1, 1), True, "card")

    assert isinstance(found, tuple)
    assert (found[0].value, found[1].cite) == (65, "art. 11 let. a RDId")


def test_a_silence_goes_where_the_text_sends_what_it_did_not_foresee() -> None:
    assert _table(GOOD, SILENT).decide(date(2020, 1, 1), False, "passport") is DEPARTMENT


def test_a_silence_of_today_says_nothing_about_an_older_wording() -> None:
    table = _table(GOOD, SILENT)

    assert isinstance(table.decide(date(2009, 1, 1), False, "passport"), Unknown)
    assert isinstance(table.decide(date(2009, 1, 1), False, "card"), Unknown)
    assert isinstance(table.decide(date(2002, 1, 1), False, "card"), NotInForce)


@pytest.mark.parametrize("point", [(True, "visa"), (3, "card"), (True,), (True, "card", 1)])
def test_a_value_outside_the_inputs_is_an_error_of_the_caller(point: tuple[Any, ...]) -> None:
    with pytest.raises(KeyError):
        _table(GOOD, SILENT).decide(date(2020, 1, 1), *point)


@pytest.mark.parametrize(
    ("lines", "silences", "otherwise", "defect"),
    [
        (GOOD[:1], SILENT, DEPARTMENT, "no line"),
        ((*GOOD, Line("11/a", 1, {**ADULT, **CARD})), SILENT, DEPARTMENT, "11/a', '11/a"),
        (GOOD, (*SILENT, Silence({**PASSPORT, **ADULT})), DEPARTMENT, "2 silences"),
        (GOOD, (Silence({}),), DEPARTMENT, "1 silences"),
        ((*GOOD, Line("11/a", 1, {"adult": frozenset()})), SILENT, DEPARTMENT, "11/a is never reached"),
        ((*GOOD[:1], Line("11/z", 30, GOOD[1].when)), SILENT, DEPARTMENT, "no passage 11/z"),
        ((*GOOD[:1], Line("11/b", 30, {**CHILD, "age": frozenset({3})})), SILENT, DEPARTMENT, "age is not an input"),
        ((*GOOD[:1], Line("11/b", 30, {**CHILD, "document": frozenset({"visa"})})), SILENT, DEPARTMENT, "no value"),
        (GOOD, SILENT, None, "without outcome"),
    ],
)
def test_a_table_with_a_planted_defect_cannot_be_built(
    lines: Sequence[Line[int]], silences: Sequence[Silence], otherwise: Referred | None, defect: str
) -> None:
    with pytest.raises(BadTable) as refused:
        _table(lines, silences, otherwise)

    assert any(defect in found for found in refused.value.defects), refused.value.defects


def test_a_table_at_an_address_that_does_not_exist_cannot_be_built() -> None:
    with pytest.raises(BadTable, match="no passage 99"):
        _table(GOOD, SILENT, address="99")
