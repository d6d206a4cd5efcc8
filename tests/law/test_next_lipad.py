"""The next LIPAD (law 13347 of 3 May 2024, not in our sources): how a new wording enters beside the old one (ADR 0013).

EXAMPLE ONLY. The day of entry into force and the three years below are invented: no text we hold says either. What is
tested is that one amendment row, the number and the old wording on the provision, and the old value on the line are all
that a new wording takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.law import procedures
from guichet.law.acts.lipad import answers, retention
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DEFERRAL
from guichet.law.acts.lipad.procedures.destruction import DESTRUCTION, FROM_NEED
from guichet.law.kernel.answers import Decided, Unknown
from guichet.law.kernel.procedures import Procedure
from guichet.law.kernel.proof import check_procedure
from guichet.law.kernel.provisions import Amendment, EarlierWording, Edition, LegalText
from guichet.law.kernel.tables import Line, Table, Version
from guichet.law.questions import ask

EVE, DAY = date(2026, 12, 31), date(2027, 1, 1)
NEED_ENDED = date(2026, 3, 2)
PLACE = "40/2"

# One row in the table of amendments.
ROW = Amendment(17, date(2024, 5, 3), DAY)
# One provision: its new number and words, and the wording that amendment 2 had brought.
CHANGED = replace(
    LIPAD.provision(PLACE),
    summary="EXEMPLE : la destruction peut être repoussée de trois ans au plus.",
    amendments=(17,),
    figures=("3",),
    before=(EarlierWording(LIPAD.provision(PLACE).summary, 2),),
)
NEXT = LegalText(
    LIPAD.name,
    LIPAD.title,
    edition=Edition(entry=LIPAD.entry, consolidated_to=DAY),
    provisions=[CHANGED if each.address == PLACE else each for each in LIPAD.provisions.values()],
    amendments=(*LIPAD.amendments.values(), ROW),
)
# One line: its new value, and the old one.
LONGER = replace(DEFERRAL, length=3, basis=NEXT.refs(PLACE))
DEFERRALS = Table(NEXT, PLACE, inputs={}, lines=(Line(PLACE, LONGER, before=(Version(DEFERRAL, 2),)),))


def _edition_of_2027() -> Procedure:
    clock = replace(FROM_NEED, length=LONGER.length, basis=LONGER.basis)
    lines = [replace(each, opens=(clock,)) if each.opens else each for each in DESTRUCTION.transitions]
    return replace(DESTRUCTION, transitions=lines, since=DAY)


@pytest.fixture
def next_lipad(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The core as it would be with the example in its files."""
    monkeypatch.setattr(retention, "DEFERRALS", DEFERRALS)
    monkeypatch.setattr(answers, "LIPAD", NEXT)
    editions = {**procedures.EDITIONS, DESTRUCTION.name: (DESTRUCTION, _edition_of_2027())}
    monkeypatch.setattr(procedures, "EDITIONS", editions)
    yield


def _ask(on: date) -> Any:
    return ask("lipad.deferral_last_day", on=on, no_longer_needed_on=NEED_ENDED)


def _deferred(began: str, *, on: date) -> dict[str, Any]:
    events = [
        {"event": "need_ended", "at": began, "by": "institution"},
        {"event": "deferral_decided", "at": "2027-02-01", "by": "directing_body"},
    ]
    (clock,) = procedures.replay("lipad.destruction", events, on=on).to_json()["clocks"]
    return clock


@pytest.mark.usefixtures("next_lipad")
def test_a_day_before_the_new_wording_has_the_old_rule_and_its_date() -> None:
    answer = _ask(EVE)

    assert isinstance(answer, Decided)
    assert answer.require() == {"last_day": date(2028, 3, 2)}
    assert [(ref.address, ref.known_from) for ref in answer.because] == [(PLACE, date(2010, 1, 1))]
    assert NEXT.summary(PLACE, EVE) == LIPAD.provision(PLACE).summary


@pytest.mark.usefixtures("next_lipad")
def test_the_day_itself_has_the_new_rule_and_known_from_moves() -> None:
    answer = _ask(DAY)

    assert answer.require() == {"last_day": date(2029, 3, 2)}
    assert [(ref.address, ref.known_from) for ref in answer.because] == [(PLACE, DAY)]
    assert NEXT.known_from(PLACE) == DAY
    assert NEXT.summary(PLACE, DAY).startswith("EXEMPLE")


@pytest.mark.usefixtures("next_lipad")
def test_what_was_unknown_before_the_revision_of_2008_stays_unknown() -> None:
    answer = _ask(date(2009, 12, 31))

    assert isinstance(answer, Unknown)
    assert answer.before == date(2010, 1, 1)


@pytest.mark.usefixtures("next_lipad")
def test_the_horizon_of_the_print_moves_with_it() -> None:
    def horizons(on: date) -> list[str]:
        return [note for note in _ask(on).reservations if note.startswith("Texte consolidé")]

    assert horizons(EVE) == horizons(DAY) == []
    assert horizons(date(2027, 1, 2)) == ["Texte consolidé au 1er janvier 2027 : une modification a pu suivre."]
    assert "11 janvier 2025" in LIPAD.remarks(PLACE, EVE)[0]


def test_everything_else_in_the_text_keeps_its_dates() -> None:
    moved = {address for address in LIPAD.provisions if NEXT.known_from(address) != LIPAD.known_from(address)}

    assert moved == {PLACE}
    assert [change.number for change in NEXT.changes(PLACE)] == [2, 17]


def test_the_new_number_without_the_old_wording_makes_the_old_days_unknown() -> None:
    forgetful = LegalText(
        "LIPAD",
        LIPAD.title,
        edition=Edition(entry=LIPAD.entry),
        provisions=[
            replace(CHANGED, before=()) if each.address == PLACE else each for each in NEXT.provisions.values()
        ],
        amendments=NEXT.amendments.values(),
    )

    gap = forgetful.gap(PLACE, EVE)
    assert isinstance(gap, Unknown)
    assert gap.before == DAY
    assert any("n° 17" in step.text for step in gap.steps)


@pytest.mark.usefixtures("next_lipad")
def test_a_case_begun_before_keeps_its_rule_to_the_end_and_a_later_one_has_the_new() -> None:
    running = _deferred("2026-03-02", on=date(2028, 12, 1))
    later = _deferred("2027-01-01", on=date(2028, 12, 1))

    assert (running["last_day"], running["status"]) == ("2028-03-02", "expired")
    assert (later["last_day"], later["status"]) == ("2030-01-01", "open")
    assert later["basis"][0]["known_from"] == "2027-01-01"


@pytest.mark.usefixtures("next_lipad")
def test_a_procedure_is_chosen_by_the_day_its_case_began() -> None:
    name = DESTRUCTION.name

    assert procedures.find(name, began=EVE) is DESTRUCTION
    assert procedures.find(name, began=DAY).since == DAY
    assert procedures.find(name).since == DAY
    assert check_procedure(procedures.find(name)) == ()


def test_without_the_example_the_core_knows_two_years_only() -> None:
    assert _ask(DAY).require() == {"last_day": date(2028, 3, 2)}
    assert 17 not in LIPAD.amendments
