"""Who may act for an office: role, office and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guichet.institutions import operations
from guichet.institutions.models import Membership, Role
from guichet.institutions.rights import may_act, requires_role, role_of, seat_of
from guichet.kit.errors import NotEntitled, Refused
from guichet.people.models import Account
from tests.people.accounts.builders import an_account

from .builders import ON, a_member, another_office, the_office

pytestmark = pytest.mark.django_db
TOMORROW = ON + timedelta(days=1)


@requires_role("clerk")
def desk_view(request: HttpRequest) -> HttpResponse:
    """A page of the desk."""
    return HttpResponse(request.seat.office.code)  # type: ignore[attr-defined]


def visit(account: Account | AnonymousUser, method: str = "get", view=desk_view) -> HttpResponse:  # type: ignore[no-untyped-def]
    """Ask for a page of the desk."""
    request = getattr(RequestFactory(), method)("/bureau/?etat=paid")
    request.user = account
    return view(request)


@pytest.mark.parametrize(
    ("held", "needed", "allowed"),
    [
        pytest.param("clerk", "clerk", True, id="a clerk does a clerk's work"),
        pytest.param("clerk", "supervisor", False, id="a clerk does no supervisor's work"),
        pytest.param("supervisor", "supervisor", True, id="a supervisor does a supervisor's work"),
        pytest.param("supervisor", "clerk", True, id="a supervisor does a clerk's work"),
    ],
)
def test_a_role_includes_what_the_lesser_roles_may_do(held: str, needed: str, allowed: bool) -> None:
    account = an_account("carole@exemple.ch")
    a_member(account, Role(held))

    assert may_act(account, needed, ON) is allowed


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2026, 11, 1), None),
        (date(2026, 11, 2), Role.CLERK),
        (date(2026, 11, 9), Role.CLERK),
        (date(2026, 11, 10), None),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(day: date, role: Role | None) -> None:
    account, office = an_account("carole@exemple.ch"), the_office()
    a_member(account)
    operations.dismiss(account, office, until_on=date(2026, 11, 9))

    assert role_of(account, office, day) == role


def test_a_role_in_one_office_is_none_in_another() -> None:
    account = an_account("carole@exemple.ch")
    a_member(account)

    assert role_of(account, another_office(), ON) is None


def test_who_works_in_two_offices_sits_where_more_may_be_done() -> None:
    account, office = an_account("carole@exemple.ch"), another_office()
    a_member(account)
    a_member(account, Role.SUPERVISOR, office=office)

    seat = seat_of(account, Role.CLERK, ON)

    assert seat == (office, Role.SUPERVISOR)


def test_a_closed_account_acts_for_no_office() -> None:
    account = an_account("carole@exemple.ch")
    a_member(account)
    account.is_active = False

    assert not may_act(account, "clerk", ON)


def test_nobody_acts_without_signing_in() -> None:
    assert not may_act(AnonymousUser(), "clerk", ON)


def test_a_member_sees_the_desk_of_their_office() -> None:
    account = an_account("carole@exemple.ch")
    a_member(account, from_on=date(2020, 1, 1))

    assert visit(account).content == b"ocpm"


def test_an_account_without_a_role_is_refused_the_desk() -> None:
    with pytest.raises(NotEntitled) as refused:
        visit(an_account())

    assert refused.value.status == 403


def test_a_visitor_of_the_desk_signs_in_and_comes_back() -> None:
    answer = visit(AnonymousUser())

    assert answer["Location"] == "/compte/connexion/?next=/bureau/%3Fetat%3Dpaid"


def test_a_visitor_who_posts_to_the_desk_comes_back_to_the_page() -> None:
    assert visit(AnonymousUser(), "post")["Location"] == "/compte/connexion/?next=/bureau/"


def test_a_clerk_who_becomes_supervisor_is_a_clerk_until_the_day_before() -> None:
    account, office = an_account("carole@exemple.ch"), the_office()
    a_member(account)

    operations.appoint(account, office, Role.SUPERVISOR, from_on=TOMORROW)

    assert [role_of(account, office, day) for day in (ON, TOMORROW)] == [Role.CLERK, Role.SUPERVISOR]


def test_appointing_to_the_same_role_again_changes_nothing() -> None:
    account, office = an_account("carole@exemple.ch"), the_office()
    a_member(account)

    operations.appoint(account, office, Role.CLERK, from_on=TOMORROW)

    assert Membership.objects.get().from_on == ON


def test_a_role_cannot_end_before_it_began() -> None:
    account, office = an_account("carole@exemple.ch"), the_office()
    a_member(account)

    with pytest.raises(Refused):
        operations.dismiss(account, office, until_on=ON - timedelta(days=1))


def test_ending_a_role_that_nobody_holds_is_refused() -> None:
    with pytest.raises(Refused):
        operations.dismiss(an_account(), the_office(), until_on=ON)


def test_the_database_refuses_two_open_roles_in_one_office() -> None:
    account = an_account("carole@exemple.ch")
    a_member(account)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(account=account, office=the_office(), role="supervisor", from_on=ON)
