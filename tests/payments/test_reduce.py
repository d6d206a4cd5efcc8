"""The reducer: any order of arrival gives the same state, and money is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.payments.reduce import MONEY, Seen, reduce
from guichet.payments.states import Kind, State

from .builders import NOON, later

END = later(minutes=20)
_MOMENTS = st.integers(min_value=0, max_value=300).map(lambda minutes: NOON + timedelta(minutes=minutes))
_EVENTS = st.lists(st.builds(Seen, st.sampled_from(list(Kind)), _MOMENTS), max_size=8)


def after(*told: tuple[Kind, int]) -> State:
    return reduce([Seen(Kind.OPENED, NOON), *(Seen(kind, later(minutes=m)) for kind, m in told)], expires_at=END)


def of_all_at_once(events: list[Seen]) -> State:
    """The definition: the last money fact; else what the most telling answer to the newest question means."""
    reached = [kind for kind in (Kind.AUTHORISED, Kind.CAPTURED, Kind.VOIDED) if kind in {e.kind for e in events}]
    if reached:
        return State(reached[-1].value)
    telling = [event for event in events if event.kind not in (Kind.START_UNKNOWN, *MONEY)]
    if not telling:
        return State.NEW
    newest = [event for event in telling if event.asked_at == max(e.asked_at for e in telling)]
    said = [event for event in newest if event.kind != Kind.OPENED] or newest
    meanings = {reduce([event], expires_at=END) for event in said}
    return next(state for state in (State.UNSETTLED, State.OPEN, State.NOT_PAID) if state in meanings)


@given(_EVENTS)
def test_adding_events_one_by_one_gives_what_looking_at_all_of_them_gives(events):
    assert reduce(events, expires_at=END) == of_all_at_once(events)


@given(_EVENTS, st.randoms())
def test_the_order_of_arrival_of_events_never_changes_the_state(events, shuffle):
    arrived = list(events)
    shuffle.shuffle(arrived)

    assert reduce(arrived, expires_at=END) == reduce(events, expires_at=END)


@given(_EVENTS, _EVENTS)
def test_no_event_but_a_void_lowers_a_money_state(events, more):
    harmless = [event for event in more if event.kind != Kind.VOIDED]
    before = reduce([*events, Seen(Kind.AUTHORISED, NOON)], expires_at=END)

    after_more = reduce([*events, Seen(Kind.AUTHORISED, NOON), *harmless], expires_at=END)

    ranks = [State.AUTHORISED, State.CAPTURED, State.VOIDED]
    assert ranks.index(after_more) >= ranks.index(before)


@given(_EVENTS)
def test_hearing_the_same_thing_twice_changes_nothing(events):
    assert reduce([*events, *events], expires_at=END) == reduce(events, expires_at=END)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([], State.OPEN),
        ([(Kind.NOT_STARTED, 5)], State.OPEN),
        ([(Kind.NOT_STARTED, 20)], State.NOT_PAID),
        ([(Kind.IN_PROGRESS, 25)], State.OPEN),
        ([(Kind.IN_PROGRESS, 80)], State.NOT_PAID),
        ([(Kind.UNKNOWN, 5)], State.UNSETTLED),
        ([(Kind.UNKNOWN, 5), (Kind.IN_PROGRESS, 6)], State.OPEN),
        ([(Kind.PENDING, 5)], State.UNSETTLED),
        ([(Kind.PENDING, 5), (Kind.DECLINED, 9)], State.NOT_PAID),
        ([(Kind.DECLINED, 5), (Kind.IN_PROGRESS, 6)], State.OPEN),
        ([(Kind.DECLINED, 5), (Kind.UNKNOWN, 6)], State.UNSETTLED),
        ([(Kind.ABORTED, 5)], State.NOT_PAID),
        ([(Kind.DECLINED, 5), (Kind.UNKNOWN, 5)], State.UNSETTLED),
        ([(Kind.AUTHORISED, 5), (Kind.DECLINED, 9)], State.AUTHORISED),
        ([(Kind.DECLINED, 5), (Kind.AUTHORISED, 9)], State.AUTHORISED),
        ([(Kind.CAPTURED, 5), (Kind.AUTHORISED, 9)], State.CAPTURED),
        ([(Kind.CAPTURED, 5), (Kind.VOIDED, 9)], State.VOIDED),
        ([(Kind.VOIDED, 5), (Kind.AUTHORISED, 9)], State.VOIDED),
    ],
)
def test_what_the_provider_said_decides_where_an_open_attempt_stands(told, state):
    assert after(*told) == state


def test_an_attempt_of_which_nothing_is_known_is_new():
    assert reduce([], expires_at=None) == State.NEW
    assert reduce([Seen(Kind.START_UNKNOWN, NOON)], expires_at=None) == State.NEW


def test_every_kind_of_event_has_a_meaning_for_the_state():
    states = {kind: reduce([Seen(kind, NOON)], expires_at=END) for kind in Kind}

    assert {kind for kind, state in states.items() if state == State.NEW} == {Kind.START_UNKNOWN}
    assert {kind for kind in MONEY if states[kind] == State(kind.value)} == MONEY
