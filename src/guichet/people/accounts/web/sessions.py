"""``SESSION_ENGINE``: Django's sessions in the database, read together with the account that is signed in (ADR 0012).

What a session means, when it ends and what ends it is Django's: this only saves statements. ``account_of`` takes the
account that came with the session where every check of Django's holds, and leaves everything else to Django.
"""

# Django's session stores are untyped in part.
# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from guichet.kit.rows import Columns, parameter
from guichet.people.models import Account, Session

_SESSION, _ACCOUNT = Columns(Session, "s"), Columns(Account, "a")
_WITH_ACCOUNT = f"{_ACCOUNT.table} ON a.id = s.account_id"
_WHERE = "s.session_key = %s AND s.expire_date > %s"
_READ = f"SELECT {_SESSION.sql}, {_ACCOUNT.sql} FROM {_SESSION.table} LEFT JOIN {_WITH_ACCOUNT} WHERE {_WHERE}"  # noqa: S608 - own names


class SessionStore(DatabaseStore):
    """One visitor's session; ``account`` is the account read with it, before anything was checked."""

    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where sessions are kept."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to keep, its column filled from what it says."""
        row = cast("Session", super().create_model_instance(data))
        row.account_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def load(self) -> dict[str, Any]:
        """What the session holds, with its account (1 statement)."""
        with connection.cursor() as cursor:
            cursor.execute(_READ, self.parameters())
            found = cursor.fetchone()
        return self.take_in(found or (None,) * (len(_SESSION) + len(_ACCOUNT)))

    def _get_session(self, no_load: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - Django's own signature
        """As Django's, but reading is no handling of an error: a database that is away is told as that and nothing else."""
        self.accessed = True
        if not hasattr(self, "_session_cache"):
            is_new = self.session_key is None or no_load
            self._session_cache = {} if is_new else self.load()
        return self._session_cache

    _session = property(_get_session)

    def parameters(self) -> list[Any]:
        """What ``_WHERE`` asks for."""
        return [self.session_key, parameter(Session, "expire_date", timezone.now())]  # noqa: TID251 - the clock by which Django ends them

    def take_in(self, values: tuple[Any, ...]) -> dict[str, Any]:
        """What a row of both tables says; without one the session has ended, and its key is forgotten."""
        row = _SESSION.row(values[: len(_SESSION)])
        if row is None:
            self._session_key = None
            return {}
        self.account = _ACCOUNT.row(values[len(_SESSION) :])
        held: dict[str, Any] = self.decode(row.session_data)
        return held

    @property
    def is_to_be_read(self) -> bool:
        """Whether there is a session that nobody has looked into yet."""
        return self.session_key is not None and not hasattr(self, "_session_cache")


def account_of(request: HttpRequest) -> Account | AnonymousUser:
    """Who is signed in, as ``django.contrib.auth.get_user`` tells it, mostly without another statement."""
    session = request.session
    said = session.get(SESSION_KEY)
    account: Account | None = session.account  # type: ignore[attr-defined]
    if (
        account is not None
        and account.is_active
        and str(account.pk) == said
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    ):
        return account
    return get_user(request) if said else AnonymousUser()


class BesideSession:
    """Reads rows of a model together with the visitor's session, in one statement.

    ``on`` is the condition of a row (``r``), with its parameters as ``%s``; it may speak of the session (``s``), whose
    column of the account is not checked yet.
    """

    def __init__(self, model: type[Model], on: str) -> None:
        self._columns = Columns(model, "r")
        self._alone = f"SELECT {self._columns.sql} FROM {self._columns.table} WHERE {on}"  # noqa: S608 - own names
        self._both = (
            f"SELECT {_SESSION.sql}, {_ACCOUNT.sql}, {self._columns.sql} FROM (SELECT 1) once "  # noqa: S608 - own names
            f"LEFT JOIN {_SESSION.table} ON {_WHERE} LEFT JOIN {_WITH_ACCOUNT} LEFT JOIN {self._columns.table} ON {on}"
        )

    def find(self, request: HttpRequest, *values: object) -> list[Any]:
        """The rows (1 statement); of a session read before, the condition may not speak."""
        session: Any = request.session
        if not session.is_to_be_read:
            return self._rows(self._alone, [*values])
        found = _all(self._both, [*session.parameters(), *values])
        here = len(_SESSION) + len(_ACCOUNT)
        session.accessed = True
        session._session_cache = session.take_in(found[0][:here])  # noqa: SLF001 - as SessionBase keeps what it loaded
        return [row for one in found if (row := self._columns.row(one[here:])) is not None]

    def _rows(self, statement: str, values: list[Any]) -> list[Any]:
        return [self._columns.row(one) for one in _all(statement, values)]


def _all(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
