"""Tables: exactly one outcome, proved when they are built; ten planted defects are refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from guichet.law.kernel.answers import NotInForce, Referred, Unknown
from guichet.law.kernel.provisions import Amendment, Edition, LegalText, Provision, Standing
from guichet.law.kernel.tables import BadTable, Line, Silence, Table, Version

TEXT = LegalText(
    "RDId",
    "Règlement",
    edition=Edition(entry=date(2003, 1, 1)),
    amendments=(
        Amendment(3, date(2009, 11, 23), date(2010, 3, 1)),
        Amendment(16, date(2027, 5, 5), date(2027, 7, 1)),
        Amendment(17, date(2026, 5, 5), date(2026, 7, 1)),
    ),
    provisions=(
        Provision("11", "Tarifs", amendments=(3,)),
        Provision("11/a", "Adultes", Standing.CODED),
        Provision("11/b", "Enfants", Standing.CODED),
        Provision("11/c", "Aînés", Standing.CODED, amendments=(16,)),
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


def _with_history(*before: Version[int]) -> Table[int]:
    return Table(TEXT, "11", inputs={"adult": (True,)}, lines=(Line("11/c", 80, before=before),))


@pytest.mark.parametrize(
    ("on", "value", "known_from"),
    [
        (date(2030, 1, 1), 80, date(2027, 7, 1)),
        (date(2027, 7, 1), 80, date(2027, 7, 1)),
        (date(2027, 6, 30), 75, date(2026, 7, 1)),
        (date(2026, 6, 30), 70, date(2010, 3, 1)),
    ],
)
def test_an_earlier_value_of_a_line_holds_from_its_amendment_to_the_next(
    on: date, value: int, known_from: date
) -> None:
    found = _with_history(Version(75, 17), Version(70, 3)).decide(on, True)

    assert isinstance(found, tuple)
    assert (found[0].value, found[1].known_from) == (value, known_from)


def test_before_its_earliest_value_a_line_is_unknown_and_tells_the_amendment_that_brought_it() -> None:
    answer = _with_history(Version(75, 17), Version(70, 3)).decide(date(2010, 2, 28), True)

    assert isinstance(answer, Unknown)
    assert answer.before == date(2010, 3, 1)
    assert ["n° 3" in step.text for step in answer.steps] == [True]


def test_a_value_of_the_first_wording_holds_from_the_entry_into_force() -> None:
    table = _with_history(Version(70, 0))

    found = table.decide(date(2003, 1, 1), True)

    assert isinstance(found, tuple)
    assert found[0].value == 70
    assert isinstance(table.decide(date(2002, 12, 31), True), NotInForce)


@pytest.mark.parametrize(
    ("before", "defect"),
    [
        ((Version(70, 9),), "no amendment"),
        ((Version(70, 16),), "newest first"),
        ((Version(70, 3), Version(75, 17)), "newest first"),
    ],
)
def test_a_history_with_a_planted_defect_cannot_be_built(before: tuple[Version[int], ...], defect: str) -> None:
    with pytest.raises(BadTable, match=defect):
        _with_history(*before)


def test_a_reform_changes_present_values_and_leaves_earlier_ones() -> None:
    table = _with_history(Version(75, 17)).reform({"11/c": 90})

    now, then = table.decide(date(2028, 1, 1), True), table.decide(date(2027, 1, 1), True)

    assert isinstance(now, tuple)
    assert isinstance(then, tuple)
    assert (now[0].value, then[0].value) == (90, 75)
    with pytest.raises(KeyError):
        table.reform({"11/z": 1})
