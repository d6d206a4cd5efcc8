"""What stands before each page of somebody's own case: whose it is, and what was typed when the session had ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache

from guichet.kit import cards, clock
from guichet.kit.errors import NotYours
from guichet.kit.ids import secret_token
from guichet.people.models import Account

from .resume import sign_in_first, typed_before

View = Callable[..., HttpResponse]
C = TypeVar("C")
_START_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class SignInFirst(Exception):  # noqa: N818 - an invitation, not an error
    """The case belongs to an account and nobody is signed in: sign in, then go on where you were."""


def account_of(request: HttpRequest) -> Account | None:
    """The account signed in, if any."""
    return request.user if isinstance(request.user, Account) else None


def check_owner(request: HttpRequest, owner: UUID | None, *, unknown: str) -> None:
    """Let through who may see a case: its account, or whoever holds its unguessable address if it has none.

    Raises:
        NotYours: it belongs to another account; said in the words ``unknown`` of a case that doesn't exist.
        SignInFirst: it belongs to an account and nobody is signed in.
    """
    if owner is None:
        return
    account = account_of(request)
    if account is None:
        raise SignInFirst
    if account.pk != owner:
        raise NotYours(unknown)


def for_its_owner(
    find: Callable[[HttpRequest, str], C], *, buttons: Collection[str], home: str
) -> Callable[[View], View]:
    """Give a view the case that ``find`` finds at ``token``.

    Who must sign in first comes back to this page with what they had typed; from one of the ``buttons`` (views without
    a page of their own) to the case's page, whose view is named ``home``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            try:
                case = find(request, token)
            except SignInFirst:
                if request.resolver_match and request.resolver_match.url_name in buttons:
                    messages.info(request, "Connectez-vous, puis recommencez : rien n'a encore été fait.")
                    return redirect_to_login(reverse(home, args=[token]), resolve_url("account_login"))
                return sign_in_first(request)
            return view(request, case, **kwargs)

        return never_cache(guarded)

    return decorate


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: what was posted now, or what was typed before the session ended; None: nothing."""
    return request.POST if request.method == "POST" else typed_before(request, at=clock.now())


def start_key_of(request: HttpRequest) -> str:
    """The key of the page that begins a case, so that a double click begins one; anything else counts as no key."""
    given = request.POST.get("start_key", "")
    is_ours = _START_KEY.fullmatch(given) and not cards.has_card_number(given)
    return given if is_ours else secret_token()
