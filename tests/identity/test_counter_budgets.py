"""How many statements each page of the counters may cost, session and seat included, however many rows there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guichet.identity.models import Closure, Opening, Slot
from guichet.identity.operations import booking
from guichet.institutions.models import Role
from guichet.kit import clock
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, GENEVA, an_application, the_authorities
from tests.identity.counter import an_agent_of, browser_of, done, photographed
from tests.identity.shares import booked
from tests.identity.test_appointments import GUEST, TUESDAY, a_slot
from tests.identity.test_appointments_opening import an_opening
from tests.identity.test_precedents import published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def an_appointment() -> None:
    slot = a_slot(TUESDAY + timedelta(minutes=20 * Slot.objects.count()), places=9)
    booking.book([an_application()], slot, actor=GUEST, at=AT)


def a_note() -> None:
    published()


def a_span() -> None:
    office = the_authorities()["commune"]
    an_opening(office, weekday=Opening.objects.count())
    Closure.objects.create(office=office, from_on=AT.date(), until_on=AT.date(), reason="travaux")


# Address, what makes a row on it, and the exact number of statements.
PAGES: dict[str, tuple[str, Callable[[], object], int]] = {
    "list": ("/guichets/", an_application, 4),
    "agenda": ("/guichets/agenda/?jour=2026-11-24", an_appointment, 6),
    "accounts": ("/guichets/comptes/?mois=2026-11", booked, 6),
    "statement": (f"/guichets/comptes/2026-11/{GENEVA}/", booked, 6),
    "precedents": ("/guichets/precedents/", a_note, 3),
    "openings": ("/guichets/agenda/ouvertures/", a_span, 4),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_what_it_may_however_many_rows_it_shows(page: str) -> None:
    address, make, budget = PAGES[page]
    browser = browser_of(an_agent_of("commune", role=Role.SUPERVISOR))
    costs = [_after(make, 1, browser, address), _after(make, 4, browser, address)]

    assert costs == [budget, budget]


def _after(make: Callable[[], object], times: int, browser: Client, address: str) -> int:
    for _ in range(times):
        make()
    browser.get(address)
    cost, answer = statements_of(lambda: browser.get(address))
    assert answer.status_code == 200
    return cost


# A case that begins, and one with pieces and a receipt: what the journal does not tell of is not asked for.
BEGUN, COMPLETE = 6, 8


def test_the_page_of_a_case_costs_what_it_may_however_much_has_happened() -> None:
    clerk = an_agent_of("commune")
    browser, card = browser_of(clerk), an_application()
    address = reverse("guichets:case", args=[card.reference])
    browser.get(address)
    few, _ = statements_of(lambda: browser.get(address))
    done(card, clerk, "appearance_recorded")
    photographed(card, clerk)
    done(card, clerk, "photo_accepted", "form_signed", "fee_paid")

    many, _ = statements_of(lambda: browser.get(address))

    assert [few, many] == [BEGUN, COMPLETE]
