"""Who may sit at the counter of an authority."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from guichet.identity.web.counter.seat import CounterRequest, agent_of, at_counter
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit.clock import day_of
from guichet.kit.errors import NotEntitled
from guichet.people.models import Account
from tests.identity.builders import AT, the_authorities
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


@at_counter
def who(request: CounterRequest) -> HttpResponse:
    """Says where one sits."""
    return HttpResponse(f"{request.seat.office.code} {request.seat.role} {agent_of(request).role}")


def visit(account: Any) -> HttpResponse:
    request = RequestFactory().get("/guichets/?jour=2026-11-23")
    request.user, request.session = account, {}
    return who(request)


def an_agent(office: Office, email: str = "carole@exemple.ch") -> Account:
    account = an_account(email, person=None)
    institutions.appoint(account, office, Role.CLERK, from_on=day_of(AT))
    return account


def test_a_member_of_an_authority_sits_in_their_office_with_its_role_in_the_procedure() -> None:
    answer = visit(an_agent(the_authorities()["uda"]))

    assert answer.content == b"uda clerk airport_unit"
    assert "no-store" in answer["Cache-Control"]


def test_who_is_not_signed_in_signs_in_first_and_comes_back() -> None:
    answer = visit(AnonymousUser())

    assert answer.status_code == 302
    assert "next=/guichets/%3Fjour%3D2026-11-23" in answer["Location"]


def test_a_member_of_an_office_without_authority_is_refused() -> None:
    (office,) = [one for one in institutions.load() if one.code == "ocpm"]

    with pytest.raises(NotEntitled):
        visit(an_agent(office))


def test_the_navigation_shows_what_concerns_the_authority_and_has_a_page() -> None:
    request = RequestFactory().get("/guichets/agenda/2026-11-23/")
    request.user, request.session = an_agent(the_authorities()["commune"]), {}
    at_counter(lambda r: HttpResponse())(request)

    page = render_to_string("identity/counter/base.html", request=request)

    assert "Ville de Genève" in page
    assert "Précédents" in page
    assert "Cas soumis" not in page
