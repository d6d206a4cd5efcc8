"""Article 30 with 28 al. 5 and 49 al. 6: the ten days of mediation and decision, and the release they hold back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import CLAIM_DECISION, DECISION, MEDIATION
from guichet.law.kernel.answers import Unknown
from guichet.law.kernel.wording import write_day
from guichet.law.questions import ask

from .test_clocks import _walk as walk

TODAY = date(2025, 1, 11)
DAYS = st.dates(date(2010, 1, 1), date(2090, 12, 31))
SUSPENSIONS = st.sampled_from(["apply", "ignore"])
# The day received, the last day without suspension, the last day with it.
AROUND_SUSPENSIONS = [
    ("2026-03-02", "2026-03-12", "2026-03-12"),
    ("2026-03-26", "2026-04-07", "2026-04-20"),
    ("2026-04-05", "2026-04-15", "2026-04-22"),
    ("2026-07-03", "2026-07-13", "2026-07-13"),
    ("2026-07-10", "2026-07-20", "2026-08-21"),
    ("2026-08-14", "2026-08-24", "2026-08-25"),
    ("2026-12-07", "2026-12-17", "2026-12-17"),
    ("2026-12-11", "2026-12-21", "2027-01-06"),
    ("2026-12-21", "2027-01-04", "2027-01-12"),
    ("2026-01-02", "2026-01-12", "2026-01-12"),
]


def _ten_days(name: str, received_on: str | date, **more: Any) -> Any:
    """The answer to one of the two questions on ten days."""
    if name == "lipad.mediation_last_day":
        return ask(name, on=TODAY, confirmed_on=received_on, **more)
    return ask("lipad.decision_last_day", on=TODAY, recommended_on=received_on, after=name, **more)


@pytest.mark.parametrize("name", ["lipad.mediation_last_day", "mediation", "claim"])
@pytest.mark.parametrize(("received_on", "ignoring", "applying"), AROUND_SUSPENSIONS)
def test_ten_days_end_on_a_working_day_with_or_without_suspension(
    name: str, received_on: str, ignoring: str, applying: str
) -> None:
    without = _ten_days(name, received_on, suspension="ignore")
    suspended = _ten_days(name, received_on, suspension="apply")

    assert without.to_json()["value"] == {"last_day": ignoring}
    assert suspended.to_json()["value"] == {"last_day": applying}
    assert _ten_days(name, received_on) == without


@pytest.mark.parametrize(("received_on", "ignoring", "applying"), AROUND_SUSPENSIONS)
def test_the_date_of_the_other_reading_is_a_reservation_where_it_differs(
    received_on: str, ignoring: str, applying: str
) -> None:
    readings = (("ignore", applying), ("apply", ignoring))
    for suspension, other in readings:
        reservations = _ten_days("lipad.mediation_last_day", received_on, suspension=suspension).reservations

        written = f"le dernier jour serait le {write_day(date.fromisoformat(other))}."
        assert any(each.endswith(written) for each in reservations) == (ignoring != applying)


@given(DAYS, SUSPENSIONS)
def test_the_last_day_is_that_of_a_walker_that_counts_on_fingers(received_on: date, suspension: str) -> None:
    _, last_day = walk(received_on, 10, suspends=suspension == "apply")

    for name in ("lipad.mediation_last_day", "mediation", "claim"):
        assert _ten_days(name, received_on, suspension=suspension).require() == {"last_day": last_day}


@given(DAYS, SUSPENSIONS)
def test_a_release_waits_until_the_day_after_the_last_day_of_the_window(confirmed_on: date, suspension: str) -> None:
    window = ask("lipad.mediation_last_day", on=TODAY, confirmed_on=confirmed_on, suspension=suspension)
    release = ask("lipad.release_from", on=TODAY, confirmed_on=confirmed_on, suspension=suspension)

    first = window.require()["last_day"] + timedelta(days=1)
    assert release.require() == {"from": first}
    assert release.steps[-1].reached == first
    assert set(window.reservations) < set(release.reservations)


@given(DAYS)
def test_suspension_never_shortens_a_window(confirmed_on: date) -> None:
    days = [
        ask("lipad.mediation_last_day", on=TODAY, confirmed_on=confirmed_on, suspension=each).require()["last_day"]
        for each in ("ignore", "apply")
    ]

    assert confirmed_on + timedelta(days=10) <= days[0] <= days[1]


def test_the_reasons_are_the_period_its_counting_and_the_days_that_did_not_count() -> None:
    plain = _ten_days("lipad.mediation_last_day", "2026-03-02")
    moved = _ten_days("lipad.mediation_last_day", "2026-03-26")
    suspended = _ten_days("claim", "2026-07-10", suspension="apply")

    assert [ref.cite for ref in plain.because] == ["art. 30 al. 2 LIPAD", "art. 17 LPA"]
    assert [ref.cite for ref in moved.because] == ["art. 30 al. 2 LIPAD", "art. 17 LPA", "art. 1 al. 1 J 1 45"]
    assert [ref.cite for ref in suspended.because] == ["art. 49 al. 6 LIPAD", "art. 17 LPA", "art. 63 al. 1 let. b LPA"]
    assert all(ref.outside for ref in suspended.because[1:])


def test_the_steps_name_every_day_skipped_and_why() -> None:
    texts = [step.text for step in _ten_days("lipad.mediation_last_day", "2026-12-21").steps]

    assert "Le jeudi 31 décembre 2026 ne compte pas : Restauration de la République." in texts
    assert "Le vendredi 1er janvier 2027 ne compte pas : Nouvel An." in texts
    assert "Le samedi 2 janvier 2027 ne compte pas : samedi." in texts
    assert texts[-1] == "Report au premier jour ouvrable : lundi 4 janvier 2027."


def test_answers_that_rest_on_unsigned_readings_say_so() -> None:
    window = _ten_days("lipad.mediation_last_day", "2026-03-02")
    release = ask("lipad.release_from", on=TODAY, confirmed_on="2026-03-02")

    numbers = [each.split(",")[0] for each in release.reservations]
    assert [each.split(",")[0] for each in window.reservations] == ["Interprétation n° 20", "Interprétation n° 25"]
    assert numbers == [f"Interprétation n° {number}" for number in (21, 23, 20, 25)]
    assert [ref.cite for ref in release.because[:2]] == ["art. 28 al. 5 LIPAD", "art. 30 al. 2 LIPAD"]


def test_before_2010_the_periods_are_unknown() -> None:
    for name, inputs in (
        ("lipad.mediation_last_day", {"confirmed_on": "2009-12-01"}),
        ("lipad.release_from", {"confirmed_on": "2009-12-01"}),
        ("lipad.decision_last_day", {"recommended_on": "2009-12-01", "after": "mediation"}),
        ("lipad.decision_last_day", {"recommended_on": "2009-12-01", "after": "claim"}),
    ):
        answer = ask(name, on="2009-12-31", **inputs)

        assert isinstance(answer, Unknown)
        assert answer.before == date(2010, 1, 1)


def test_the_lengths_are_the_figures_of_the_text() -> None:
    for address, clock in (("30/2", MEDIATION), ("30/5", DECISION), ("49/6", CLAIM_DECISION)):
        assert LIPAD.provision(address).figures == (str(clock.length),)
