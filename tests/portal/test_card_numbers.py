"""Card numbers typed into any form are neither shown back, nor stored, nor logged (CGV 6/3)."""

from __future__ import annotations

import base64
import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from guichet.kit import clock
from guichet.kit.crypto import EncryptedTextField, decrypt
from guichet.kit.forms import CARD_NUMBER, WithoutCardNumbers
from guichet.kit.logs import WithoutSecrets
from tests.desk.builders import NOW, an_agent, browser_of, in_examination
from tests.orders.builders import RESIDENCE, a_draft, a_filled_draft, an_account, an_order, the_office

pytestmark = pytest.mark.django_db
DIGITS = "5555341244441115"
TYPED = "5555 3412 4444 1115"
NAMED = f"Amélie {TYPED}"
SHOWN = CARD_NUMBER.split(" :")[0]
PERSON = {
    "subject": "self",
    "official_name": "Rochat",
    "first_names": "Amélie",
    "born_on_day": "27",
    "born_on_month": "3",
    "born_on_year": "1985",
    "email": "alice@exemple.ch",
}
DECEASED = {**PERSON, "died_on_day": "1", "died_on_month": "6", "died_on_year": "2026", "relation": "spouse"}
ADDRESS = {
    "street": "Rue du Lac",
    "house_number": "3",
    "extra_line": "",
    "postcode": "1207",
    "town": "Genève",
    "country": "Suisse",
    "delivery": "post",
    "postage": "b_standard",
}
MESSAGE = {"kind": "substance", "email": "alice@exemple.ch", "text": "L'attestation est fausse."}


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page reads the same instant."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Every line that any logger writes, as our console gets it."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(WithoutSecrets())
    root, requests = logging.getLogger(), logging.getLogger("django.request")
    levels = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    requests.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(levels[0])
    requests.setLevel(levels[1])


def holds(text: str) -> bool:
    """Whether the number stands in a text, however grouped."""
    return DIGITS in re.sub(r"[\s+\-]|%20", "", text)


def everything_stored() -> Iterator[tuple[str, str]]:
    """Each value of each row of each table, then what is encrypted in them, opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from ((table, str(value)) for value in row)
    for model in apps.get_models():
        sealed = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for row in model._default_manager.all() if sealed else ():
            yield from ((f"{model.__name__}.{name}", str(getattr(row, name))) for name in sealed)
    for session in Session.objects.all():
        yield "session", str(session.get_decoded())


def assert_nothing_holds_it(logged: io.StringIO) -> None:
    """Neither the database nor the log."""
    assert [place for place, value in everything_stored() if holds(value)] == []
    assert not holds(logged.getvalue())


def assert_refused(response: Any, field: str) -> None:
    """The page says so beside the field, and shows everything but the number."""
    page = response.content.decode()
    assert response.status_code in (200, 422)
    assert response.context["form"].errors[field] == [CARD_NUMBER]
    assert SHOWN in page
    assert not holds(page)


@pytest.mark.parametrize("field", ["official_name", "first_names", "avs_number", "email", "subject", "born_on_year"])
@pytest.mark.applies("CGV 6/3")
def test_the_form_about_a_person_refuses_it(client: Client, field: str, logged: io.StringIO) -> None:
    order = a_draft()

    response = client.post(f"/commande/{order.token}/personne/", {**PERSON, field: NAMED})

    assert_refused(response, field.removesuffix("_year"))
    assert_nothing_holds_it(logged)


@pytest.mark.parametrize("field", ["official_name", "applicant_name", "interest", "relation"])
def test_the_form_about_a_deceased_person_refuses_it(client: Client, field: str, logged: io.StringIO) -> None:
    order = a_draft("attestation-pour-une-personne-decedee")

    response = client.post(f"/commande/{order.token}/personne/", {**DECEASED, field: NAMED})

    assert_refused(response, field)
    assert_nothing_holds_it(logged)


@pytest.mark.parametrize("field", ["street", "house_number", "extra_line", "postcode", "town", "country", "postage"])
def test_the_form_about_the_delivery_refuses_it(client: Client, field: str, logged: io.StringIO) -> None:
    order = a_filled_draft()

    response = client.post(f"/commande/{order.token}/livraison/", {**ADDRESS, field: TYPED})

    assert_refused(response, field)
    assert_nothing_holds_it(logged)


@pytest.mark.parametrize(
    ("address", "typed", "field"),
    [
        ("/suivi/", {"reference": "CMD-7K2M9XQA-4", "code": TYPED}, "code"),
        ("/suivi/", {"reference": TYPED, "code": "7K2M-9XQA-44CD"}, "reference"),
        ("/contact/message/", {**MESSAGE, "text": f"On m'a débité deux fois la carte {TYPED}."}, "text"),
        ("/contact/message/", {**MESSAGE, "reference": TYPED}, "reference"),
        ("/contact/message/", {**MESSAGE, "email": f"{DIGITS}@exemple.ch"}, "email"),
        ("/compte/ouvrir/", {"name": NAMED, "email": "a@b.ch", "password1": "quatre mots sans lien"}, "name"),
        ("/compte/connexion/", {"login": TYPED, "password": "quatre mots sans lien"}, "login"),
    ],
)
def test_no_public_form_takes_it(
    client: Client, address: str, typed: dict[str, str], field: str, logged: io.StringIO
) -> None:
    response = client.post(address, typed)

    assert_refused(response, field)
    assert_nothing_holds_it(logged)


def test_the_keys_of_pages_and_unknown_fields_store_nothing(client: Client, logged: io.StringIO) -> None:
    the_office()
    order = an_order()
    other = {"start_key": DIGITS, "card": TYPED}

    for address in (
        f"/prestations/{RESIDENCE}/commander/",
        f"/suivi/{order.token}/commander-a-nouveau/",
        f"/commande/{order.token}/payer/",
        f"/commande/{order.token}/annuler/",
    ):
        client.post(address, other)
    client.get(f"/prestations/?q={TYPED}")
    client.get(f"/suivi/{DIGITS}/")

    assert_nothing_holds_it(logged)


def test_what_is_kept_through_the_sign_in_does_not_hold_it(client: Client, logged: io.StringIO) -> None:
    order = a_draft(account=an_account(person=None))
    address = f"/commande/{order.token}/personne/"

    client.post(address, {**PERSON, "first_names": NAMED})

    (session,) = Session.objects.all()
    sealed = session.get_decoded()["typed_before_sign_in"]
    kept = decrypt(base64.b85decode(sealed), address.encode()).decode()
    assert "Rochat" in kept
    assert not holds(kept)
    assert_nothing_holds_it(logged)


@pytest.mark.parametrize(
    ("page", "typed", "field"),
    [
        ("note", {"text": f"Elle a lu sa carte {TYPED} au téléphone."}, "text"),
        (
            "refus/",
            {"grounds": ["not_resident"], "reasons": f"Vous avez payé avec {TYPED}.", "step": "decide"},
            "reasons",
        ),
    ],
)
def test_the_desk_does_not_write_it_down(
    page: str, typed: dict[str, Any], field: str, the_day: None, logged: io.StringIO
) -> None:
    order = in_examination()

    response = browser_of(an_agent()).post(f"/bureau/commandes/{order.reference}/{page}", typed)

    assert_refused(response, field)
    order.refresh_from_db()
    assert order.state == "examination"
    assert_nothing_holds_it(logged)


def test_a_filter_of_the_desk_does_not_keep_it(the_day: None, logged: io.StringIO) -> None:
    browser = browser_of(an_agent())

    browser.post("/bureau/filtres/", {"name": TYPED, "query": "texte=a"})
    browser.post("/bureau/filtres/", {"name": "mon filtre", "query": f"texte={TYPED}&prestation={DIGITS}"})
    page = browser.get("/bureau/commandes/", {"texte": TYPED}).content.decode()

    assert not holds(page)
    assert_nothing_holds_it(logged)


@pytest.mark.applies("CGV 6/2", "CGV 6/3")
def test_every_form_of_the_house_refuses_card_numbers() -> None:
    def below(kind: type) -> Iterator[type]:
        for form in kind.__subclasses__():
            yield form
            yield from below(form)

    ours = {form for form in below(forms.BaseForm) if form.__module__.startswith("guichet.")}
    takes_any = {form.__name__ for form in ours if not issubclass(form, WithoutCardNumbers)}

    assert takes_any == {"NameForm"}, "a part of the sign-up form, which refuses them"
