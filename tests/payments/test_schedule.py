"""When the house asks again: often enough to find a silent payment, too seldom to be polling."""

from __future__ import annotations

from datetime import timedelta

from guichet.payments.schedule import next_look
from guichet.payments.states import Kind, State

from .builders import NOON, later

END = later(minutes=20)


def looks(state: State, newest: Kind) -> list[timedelta]:
    """Every look from noon on, as long after noon."""
    found, at = [], NOON
    while (when := next_look(state, newest, opened_at=NOON, expires_at=END, at=at)) is not None:
        found.append(when - NOON)
        at = when
    return found


def test_an_open_page_is_asked_about_three_times_and_no_more():
    assert looks(State.OPEN, Kind.OPENED) == [timedelta(minutes=22), timedelta(minutes=80), timedelta(hours=23)]


def test_an_attempt_without_certain_end_is_asked_about_three_times():
    assert looks(State.UNSETTLED, Kind.UNKNOWN) == looks(State.OPEN, Kind.OPENED)


def test_a_declined_payment_is_asked_about_once_after_the_page_closed():
    assert looks(State.NOT_PAID, Kind.DECLINED) == [timedelta(minutes=22), timedelta(hours=24)]


def test_a_page_left_open_is_asked_about_until_the_provider_forgets_it():
    assert looks(State.NOT_PAID, Kind.NOT_STARTED)[-2:] == [timedelta(hours=23), timedelta(hours=24)]


def test_a_pending_payment_is_asked_about_for_five_days():
    assert looks(State.UNSETTLED, Kind.PENDING)[-1] == timedelta(hours=119)


def test_money_that_is_certain_is_never_asked_about_again():
    assert looks(State.AUTHORISED, Kind.OPENED) == looks(State.CAPTURED, Kind.OPENED) == []


def test_a_page_never_opened_is_given_up_after_an_hour():
    when = next_look(State.NEW, Kind.OPENED, opened_at=NOON, expires_at=None, at=later(minutes=1))

    assert when == later(hours=1)
