"""A long day of an agenda by halves: which one is shown, what leads to the other, and what a half costs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.identity.models import Appointment, AppointmentStatus
from guichet.identity.operations import booking
from guichet.identity.web.counter import agenda
from guichet.kit import clock
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, an_application
from tests.identity.counter import an_agent_of, browser_of, deed
from tests.identity.test_appointments import THURSDAY, a_slot

pytestmark = pytest.mark.django_db

BEFORE_NOON = THURSDAY + timedelta(hours=2, minutes=40)
AT_NOON = THURSDAY + timedelta(hours=3)
LONG = 3
THE_DAY = "/guichets/agenda/?jour=2026-11-26"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(agenda, "WHOLE_UP_TO", LONG)
    return browser_of(an_agent_of("commune"))


def people(*, before_noon: int, from_noon: int) -> None:
    """So many people in a slot that begins at 11 h 40, and so many in one that begins at noon."""
    for starts_at, number in ((BEFORE_NOON, before_noon), (AT_NOON, from_noon)):
        slot = a_slot(starts_at, places=max(1, number))
        together = [Appointment(application=an_application(), office=slot.office, slot=slot) for _ in range(number)]
        for one in together:
            one.starts_at, one.minutes, one.placed_at = slot.starts_at, slot.minutes, AT
        Appointment.objects.bulk_create(together)


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def hours(page: str) -> set[str]:
    return set(re.findall(r"<td><time[^>]*>([^<]*)</time>", page))


def test_a_long_day_begins_with_its_morning_and_leads_to_its_afternoon_with_its_count(browser: Client) -> None:
    people(before_noon=LONG, from_noon=1)

    morning = text(browser.get(THE_DAY))
    afternoon = text(browser.get(f"{THE_DAY}&demi=apres-midi"))

    assert "Agenda du jeudi 26 novembre 2026, matin</h1>" in morning
    assert f'<strong aria-current="page">Matin : {LONG} personnes</strong>' in morning
    assert 'demi=apres-midi">Après-midi : 1 personne</a>' in morning
    assert hours(morning) == {"11 h 40"}
    assert hours(afternoon) == {"12 h 00"}


@pytest.mark.parametrize(("before_noon", "from_noon"), [(LONG - 1, 1), (LONG + 1, 0)])
def test_a_short_day_and_one_that_is_a_half_by_itself_stay_whole(
    browser: Client, before_noon: int, from_noon: int
) -> None:
    people(before_noon=before_noon, from_noon=from_noon)

    page = text(browser.get(f"{THE_DAY}&demi=apres-midi"))

    assert "Demi-journées" not in page
    assert page.count("data-row") == before_noon + from_noon


def test_today_begins_with_the_half_that_runs_now(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    people(before_noon=LONG, from_noon=1)

    monkeypatch.setattr(clock, "now", lambda: AT_NOON - timedelta(seconds=1))
    before = text(browser.get("/guichets/agenda/"))
    monkeypatch.setattr(clock, "now", lambda: AT_NOON)
    after = text(browser.get("/guichets/agenda/"))

    assert hours(before) == {"11 h 40"}
    assert hours(after) == {"12 h 00"}


def test_a_half_tells_the_figures_of_its_whole_day(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    people(before_noon=LONG, from_noon=1)
    monkeypatch.setattr(clock, "now", lambda: AT_NOON)
    early, late = Appointment.objects.order_by("starts_at").first(), Appointment.objects.latest("starts_at")
    assert early is not None
    actor = deed("became_final", an_agent_of("commune")).agent
    booking.mark(early, AppointmentStatus.MISSED, office=early.office, actor=actor, at=AT_NOON)
    booking.mark(late, AppointmentStatus.ATTENDED, office=late.office, actor=actor, at=AT_NOON)

    assert "1 personne reçue, 1 absente" in text(browser.get(THE_DAY))


def test_who_marks_somebody_comes_back_to_the_half_they_were_in(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(before_noon=LONG, from_noon=1)
    monkeypatch.setattr(clock, "now", lambda: AT_NOON)
    early = Appointment.objects.order_by("starts_at").first()
    assert early is not None

    answer = browser.post(f"/guichets/agenda/{early.pk}/", {"missed": "1"})

    assert answer["Location"] == f"{THE_DAY}&demi=matin"


def test_a_half_costs_no_more_statements_than_a_short_day(browser: Client) -> None:
    short = statements_of(lambda: browser.get(THE_DAY))[0]
    people(before_noon=LONG, from_noon=1)

    assert statements_of(lambda: browser.get(THE_DAY))[0] == short
