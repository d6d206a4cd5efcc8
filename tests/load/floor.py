"""The floor: a bare Django on the same server and database, with as many requests as an order and one statement each.

No accounts, no forms, no law, no journal, no mail, no document: what the framework and the wire cost by themselves.
Served as ``tests.load.floor:application``; ``python -m tests.load.floor`` makes its table.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings

if not settings.configured:
    import dj_database_url

    database = dj_database_url.parse(os.environ["FLOOR_DATABASE"])
    database["CONN_MAX_AGE"] = 600
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL"
        database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    settings.configure(
        DATABASES={"default": database},
        ROOT_URLCONF="tests.load.floor",
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="floor",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        INSTALLED_APPS=[],
        USE_TZ=True,
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

# As large as a page of the order form, with a loop and some values, as a page has.
_PAGE = engines["django"].from_string(
    "<!doctype html><title>{{ name }}</title><h1>{{ name }}</h1>"
    "{% for one in rows %}<p><label>{{ one }}</label><input name='{{ one }}' value='{{ name }}'></p>{% endfor %}"
    + "<p>Ce que dit la page, sans rien de variable.</p>"
    * 60
)
_ROWS = [f"champ {number}" for number in range(8)]


def read(request: HttpRequest, key: int) -> HttpResponse:
    """A page: one SELECT by key, one template."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM floor WHERE id = %s", [key])
        row = cursor.fetchone()
    return HttpResponse(_PAGE.render({"name": row[0] if row else "", "rows": _ROWS}))


def write(request: HttpRequest, key: int) -> HttpResponse:
    """A posted form: one INSERT, one commit."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO floor (name) VALUES (%s)", [request.POST.get("name", "")])
    return HttpResponse(status=303, headers={"Location": f"/read/{key}"})


urlpatterns = [path("read/<int:key>", read), path("write/<int:key>", write)]
application: Any = get_wsgi_application()


def main() -> None:
    """Make the table with one row."""
    kind = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS floor")
        cursor.execute(f"CREATE TABLE floor (id {kind}, name text)")
        cursor.execute("INSERT INTO floor (name) VALUES ('un')")


if __name__ == "__main__":
    main()
