"""What a person typed survives the end of their session: kept for a quarter of an hour, shown again after sign-in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url

from guichet.kit import cards, clock
from guichet.kit.crypto import CannotDecrypt, decrypt, encrypt

View = Callable[..., HttpResponse]

KEPT_FOR = timedelta(minutes=15)
_SESSION_KEY = "typed_before_sign_in"
_NEVER_KEPT = ("csrfmiddlewaretoken", "password", "code")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in and back to this page, keeping what they had typed."""
    if request.method == "POST":
        keep_typed(request, until=clock.now() + KEPT_FOR)
        messages.info(request, "Connectez-vous pour continuer : ce que vous avez saisi est gardé.")
        return redirect_to_login(request.path, resolve_url("account_login"))
    return redirect_to_login(request.get_full_path(), resolve_url("account_login"))


def signed_in(view: View) -> View:
    """Only for account holders; others sign in first and come back here, with what they had typed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else sign_in_first(request)

    return wrapped


def keep_typed(request: HttpRequest, *, until: datetime) -> None:
    """Keep what was typed on this page in the session, sealed, for the next time it is opened; never a card number."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if not name.startswith(_NEVER_KEPT) and not cards.has_card_number(" ".join(map(str, values)))
    }
    content: dict[str, Any] = {"until": until.isoformat(), "typed": typed}
    sealed = encrypt(json.dumps(content).encode(), request.path.encode())
    request.session[_SESSION_KEY] = base64.b85encode(sealed).decode()


def is_kept(request: HttpRequest) -> bool:
    """Whether something typed waits to be shown again, on this page or another."""
    return _SESSION_KEY in request.session


def typed_before(request: HttpRequest, *, at: datetime) -> QueryDict | None:
    """What was typed on this very page before the sign-in, once; None if nothing, or too long ago."""
    sealed = request.session.pop(_SESSION_KEY, None)
    if sealed is None:
        return None
    try:
        content = json.loads(decrypt(base64.b85decode(sealed), request.path.encode()))
    except CannotDecrypt:  # typed on another page
        return None
    if datetime.fromisoformat(content["until"]) < at:
        return None
    typed = QueryDict(mutable=True)
    for name, values in content["typed"].items():
        typed.setlist(name, values)
    return typed
