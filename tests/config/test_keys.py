"""Keys are changed without closing the counter: columns, documents and seeds move under the first key."""

from __future__ import annotations

import secrets
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.db import models

from guichet.documents import store
from guichet.kit import rotation
from guichet.kit.crypto import CannotDecrypt
from guichet.orders.models import Order
from guichet.people.models import Person
from tests.orders.builders import an_account, an_order

pytestmark = pytest.mark.django_db
OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
CONTENT = b"%PDF-1.7 a sealed document"


@pytest.fixture(autouse=True)
def written_under_the_old_key(settings: Any) -> None:
    """An office in which every kind of secret was written under the old key, before a new one came first."""
    settings.FIELD_KEYS = {"k1": OLD}
    account = an_account()
    an_order(account=account)
    RecoveryCodes.activate(account)
    store.put(CONTENT)
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}


def guichet(*words: str) -> str:
    said = StringIO()
    call_command("keys", *words, stdout=said, stderr=said)
    return said.getvalue()


def opened() -> list[str]:
    """Every encrypted value of every model, in clear."""
    values = []
    for model in rotation.encrypted_models():
        for row in model._default_manager.order_by("pk"):
            values += [str(getattr(row, column)) for column in rotation.encrypted_columns(model)]
    return values


def test_what_is_under_an_older_key_is_told_until_nothing_is() -> None:
    with pytest.raises(CommandError, match="anciennes clés"):
        guichet("check")

    guichet("rotate")

    assert "elles peuvent être retirées" in guichet("check")


def test_after_a_rotation_everything_opens_without_the_old_key(settings: Any) -> None:
    before = opened()
    assert any("alice@exemple.ch" in value for value in before)

    guichet("rotate", "--batch", "2")
    settings.FIELD_KEYS = {"k2": NEW}

    assert opened() == before
    assert store.get(store.digest_of(CONTENT)) == CONTENT
    assert RecoveryCodes(Authenticator.objects.get()).get_unused_codes()


def test_without_a_rotation_nothing_opens_without_the_old_key(settings: Any) -> None:
    settings.FIELD_KEYS = {"k2": NEW}

    with pytest.raises(CannotDecrypt):
        opened()
    with pytest.raises(store.StoreDamaged):
        store.get(store.digest_of(CONTENT))


def test_a_rotation_that_was_interrupted_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    tally, saved = rotation.Tally(), models.Model.save
    rows = Person.objects.count()

    def fails_at_the_third(row: models.Model, **given: Any) -> None:
        if tally.resealed >= 4:
            raise KeyboardInterrupt
        saved(row, **given)

    monkeypatch.setattr(Person, "save", fails_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(Person, tally, batch=1)
    monkeypatch.undo()
    done = rotation.keys_in_use(Person)["k2"]
    rotation.rotate(Person, rest := rotation.Tally(), batch=1)

    assert 0 < done < rest.seen
    assert rest.resealed == rest.seen - done
    assert rotation.keys_in_use(Person).keys() == {"k2"}
    assert Person.objects.count() == rows


def test_a_second_rotation_rewrites_nothing() -> None:
    guichet("rotate")

    assert "0 valeur(s) rechiffrée(s)" in guichet("rotate")


def test_what_cannot_be_opened_is_named_and_the_rest_goes_on(settings: Any) -> None:
    settings.FIELD_KEYS = {"k0": secrets.token_bytes(32)}
    lost = an_order()
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}
    said = StringIO()

    with pytest.raises(CommandError, match="illisible"):
        call_command("keys", "rotate", stdout=said, stderr=said)

    assert f"orders.Order.email {lost.pk}" in said.getvalue()
    assert rotation.keys_in_use(Order).keys() == {"k0", "k2"}
