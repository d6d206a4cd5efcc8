"""Earlier wordings of a provision: dated by the amendment that brought them, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.law.kernel.answers import NotInForce, Unknown
from guichet.law.kernel.provisions import Amendment, EarlierWording, Edition, LegalText, Provision, Standing
from guichet.law.kernel.tables import Line, Table, Version

ENTRY, FIRST, SECOND, THIRD = date(2003, 1, 1), date(2010, 3, 1), date(2017, 6, 28), date(2027, 1, 1)
ONE_DAY = timedelta(days=1)
CHANGED = Provision(
    "1/a", "Quarante", Standing.CODED, amendments=(3,), before=(EarlierWording("Trente", 2), EarlierWording("Vingt", 0))
)
AMENDMENTS = (
    Amendment(1, date(2009, 11, 23), FIRST),
    Amendment(2, date(2017, 6, 21), SECOND),
    Amendment(3, date(2026, 5, 1), THIRD),
)


def _text(*provisions: Provision) -> LegalText:
    return LegalText(
        "RDId",
        "Règlement",
        edition=Edition(entry=ENTRY),
        provisions=(Provision("1", "Tarifs"), *provisions),
        amendments=AMENDMENTS,
    )


TEXT = _text(CHANGED, Provision("1/b", "Sans histoire", Standing.CODED, amendments=(3,)))


@pytest.mark.parametrize(
    ("on", "summary", "known_from"),
    [
        (ENTRY, "Vingt", ENTRY),
        (SECOND - ONE_DAY, "Vingt", ENTRY),
        (SECOND, "Trente", SECOND),
        (THIRD - ONE_DAY, "Trente", SECOND),
        (THIRD, "Quarante", THIRD),
    ],
)
def test_each_day_has_the_wording_of_its_amendment(on: date, summary: str, known_from: date) -> None:
    assert TEXT.summary("1/a", on) == summary
    assert TEXT.ref("1/a", on).known_from == known_from
    assert TEXT.refs("1/a", "1", on=on)[0].known_from == known_from
    assert TEXT.gap("1/a", on) is None


def test_the_present_wording_is_the_one_cited_without_a_day() -> None:
    assert TEXT.ref("1/a").known_from == TEXT.refs("1/a")[0].known_from == TEXT.known_from("1/a") == THIRD


def test_before_the_first_wording_held_nothing_changes() -> None:
    assert isinstance(TEXT.gap("1/a", ENTRY - ONE_DAY), NotInForce)
    assert TEXT.summary("1/a", ENTRY - ONE_DAY) == "Vingt"
    assert isinstance(TEXT.gap("1/b", THIRD - ONE_DAY), Unknown)
    assert TEXT.summary("1/b", THIRD - ONE_DAY) == "Sans histoire"


def test_an_older_wording_than_those_held_is_unknown_until_the_oldest_of_them() -> None:
    text = _text(replace(CHANGED, before=(EarlierWording("Trente", 2),)))

    gap = text.gap("1/a", SECOND - ONE_DAY)

    assert isinstance(gap, Unknown)
    assert gap.before == SECOND
    assert [step.reached for step in gap.steps] == [SECOND]


def test_what_an_amendment_added_keeps_its_first_day_when_it_changes_later() -> None:
    text = _text(replace(CHANGED, before=(EarlierWording("Trente", 2),), new=True))

    assert text.gap("1/a", SECOND - ONE_DAY) == NotInForce(since=SECOND, because=text.refs("1/a"))
    assert text.gap("1/a", SECOND) is None


def test_the_changes_of_a_provision_count_those_of_its_earlier_wordings() -> None:
    assert [change.number for change in TEXT.changes("1/a")] == [2, 3]


@pytest.mark.parametrize(
    "before",
    [
        (EarlierWording("Vingt", 0), EarlierWording("Trente", 2)),
        (EarlierWording("Trente", 3),),
        (EarlierWording("a", 2), EarlierWording("b", 2)),
    ],
)
def test_wordings_out_of_order_are_refused(before: tuple[EarlierWording, ...]) -> None:
    with pytest.raises(ValueError, match="newest first"):
        _text(replace(CHANGED, before=before))


def test_a_line_has_the_value_of_the_day_and_one_without_history_keeps_its_own() -> None:
    table = Table(
        TEXT,
        "1/a",
        inputs={"adult": (True, False)},
        lines=(
            Line("1/a", 40, {"adult": frozenset({True})}, before=(Version(30, 2), Version(20, 0))),
            Line("1/a", 7, {"adult": frozenset({False})}),
        ),
    )

    for on, value in ((ENTRY, 20), (SECOND, 30), (THIRD, 40)):
        adult, child = table.decide(on, True), table.decide(on, False)  # noqa: FBT003
        assert isinstance(adult, tuple)
        assert isinstance(child, tuple)
        assert (adult[0].value, child[0].value) == (value, 7)
        assert adult[1].known_from == child[1].known_from == TEXT.ref("1/a", on).known_from
