"""Who is signed in, as a middleware: Django's, asking our sessions."""

from __future__ import annotations

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .sessions import account_of


class AccountMiddleware(AuthenticationMiddleware):
    """Sets ``request.user``, looked for when somebody first asks (no statement beyond the session's)."""

    def process_request(self, request: HttpRequest) -> None:
        """As Django's, but for where the account comes from."""
        request.user = SimpleLazyObject(lambda: account_of(request))  # type: ignore[assignment]
