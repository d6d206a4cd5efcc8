"""Prints sessions of the demonstration's accounts, one a line: ``python -m tests.load.sessions EMAIL COUNT``."""

from __future__ import annotations

import sys

import django


def main() -> None:
    """Sign in without the sign-in page: its cost is Argon2's and no part of an order."""
    django.setup()
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from guichet.people.models import Account

    account = Account.objects.get(email=sys.argv[1])
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for _ in range(int(sys.argv[2])):
        session = store()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        print(session.session_key)


if __name__ == "__main__":
    main()
