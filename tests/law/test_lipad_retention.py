"""LIPAD 40 al. 2 and 42 al. 2: how long data may wait for destruction, how long a recording may be kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.law.kernel.answers import Assessment, NotInForce, Unknown
from guichet.law.questions import BadInput, ask

ON = date(2024, 6, 3)


def _until(recorded_at: str, *, harm: bool = False, criminal_case_open: bool = False, on: date | str = ON) -> Any:
    return ask("lipad.footage_until", on=on, recorded_at=recorded_at, harm=harm, criminal_case_open=criminal_case_open)


@pytest.mark.parametrize(
    ("needed_until", "last_day"),
    [
        ("2024-06-03", "2026-06-03"),
        ("2024-02-29", "2026-02-28"),
        # A Sunday, and Christmas: a limit on keeping data is not moved.
        ("2024-06-07", "2026-06-07"),
        ("2023-12-25", "2025-12-25"),
    ],
)
def test_destruction_may_be_put_off_for_two_years_and_no_day_more(needed_until: str, last_day: str) -> None:
    answer = ask("lipad.deferral_last_day", on=ON, no_longer_needed_on=needed_until)

    assert answer.to_json()["value"] == {"last_day": last_day}
    assert [ref.cite for ref in answer.because] == ["art. 40 al. 2 LIPAD"]
    assert "Interprétation n° 34," in answer.reservations[0]
    assert answer.steps[-1].reached == date.fromisoformat(last_day)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_deferral_is_the_same_day_two_years_later(needed_until: date) -> None:
    last_day = ask("lipad.deferral_last_day", on=ON, no_longer_needed_on=needed_until).require()["last_day"]

    assert last_day.year == needed_until.year + 2
    assert last_day.month == needed_until.month
    assert last_day.day == needed_until.day or (needed_until.day, last_day.day) == (29, 28)


@pytest.mark.parametrize(
    ("recorded_at", "harm", "until"),
    [
        ("2026-03-02T12:00:00+01:00", False, "2026-03-09"),
        ("2026-03-02T12:00:00+01:00", True, "2026-06-02"),
        # 23:30 UTC is the next day in Geneva, in winter as in summer; in winter 22:30 UTC is not.
        ("2026-03-02T23:30:00Z", False, "2026-03-10"),
        ("2026-03-02T22:30:00Z", False, "2026-03-09"),
        ("2026-07-01T22:30:00Z", False, "2026-07-09"),
        # The seventh day is a Sunday; the end of November stands for its 31st.
        ("2026-03-08T12:00:00+01:00", False, "2026-03-15"),
        ("2026-08-31T12:00:00+02:00", True, "2026-11-30"),
    ],
)
def test_a_recording_is_kept_seven_days_or_three_months_after_harm(
    recorded_at: str,
    harm: bool,  # noqa: FBT001
    until: str,
) -> None:
    answer = _until(recorded_at, harm=harm)

    assert answer.to_json()["value"] == {"until": until}
    assert [ref.cite for ref in answer.because] == ["art. 42 al. 2 LIPAD"]
    assert "Interprétation n° 35," in answer.reservations[0]


@given(st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_harm_never_shortens_how_long_a_recording_is_kept(day: date) -> None:
    at = f"{day.isoformat()}T12:00:00+00:00"
    ordinary, harmed = (_until(at, harm=harm).require()["until"] for harm in (False, True))

    assert ordinary == day + timedelta(days=7)
    assert ordinary < harmed


@pytest.mark.parametrize("harm", [False, True])
def test_while_criminal_proceedings_are_open_a_person_must_tell_their_end(harm: bool) -> None:  # noqa: FBT001
    answer = _until("2026-03-02T12:00:00+01:00", harm=harm, criminal_case_open=True, on="2026-03-02")

    assert isinstance(answer, Assessment)
    assert answer.criteria == ("l'issue de la procédure pénale ouverte",)
    assert [ref.address for ref in answer.because] == ["42/2"]
    assert "11 janvier 2025" in answer.reservations[0]


def test_both_rules_are_known_from_2010() -> None:
    for on, kind in (("2002-02-28", NotInForce), ("2009-12-31", Unknown)):
        assert isinstance(ask("lipad.deferral_last_day", on=on, no_longer_needed_on="2009-01-01"), kind)
        assert isinstance(_until("2009-12-01T12:00:00Z", on=on), kind)
        assert isinstance(_until("2009-12-01T12:00:00Z", on=on, criminal_case_open=True), kind)
    assert _until("2010-01-01T12:00:00Z", on="2010-01-01").require() == {"until": date(2010, 1, 8)}


@pytest.mark.parametrize(
    ("name", "inputs", "field"),
    [
        ("lipad.deferral_last_day", {}, "no_longer_needed_on"),
        ("lipad.deferral_last_day", {"no_longer_needed_on": "2025-02-29"}, "no_longer_needed_on"),
        ("lipad.footage_until", {"harm": False, "criminal_case_open": False}, "recorded_at"),
        (
            "lipad.footage_until",
            {"recorded_at": "2026-03-02T12:00:00", "harm": False, "criminal_case_open": False},
            "recorded_at",
        ),
        ("lipad.footage_until", {"recorded_at": "2026-03-02T12:00:00Z", "criminal_case_open": False}, "harm"),
        ("lipad.footage_until", {"recorded_at": "2026-03-02T12:00:00Z", "harm": False}, "criminal_case_open"),
    ],
)
def test_a_bad_or_missing_input_is_refused_by_its_name(name: str, inputs: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask(name, on=ON, **inputs)

    assert refused.value.field == field
    assert refused.value.accepted
