"""The accounts of the demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework.models import OutboxMessage
from guichet.people.accounts import demo
from guichet.people.models import Account

from .builders import AT, the_register

pytestmark = pytest.mark.django_db


def test_the_accounts_of_the_demonstration_open_with_the_password_shown() -> None:
    the_register()
    accounts = demo.create(AT)

    answers = [
        Client().post(reverse("account_login"), {"login": one.email, "password": demo.PASSWORD}) for one in accounts
    ]

    assert [answer["Location"] for answer in answers] == [reverse("account_home")] * len(accounts)


def test_those_of_the_cast_are_verified_and_their_letters_posted() -> None:
    the_register()

    demo.create(AT)

    assert Account.objects.filter(level="verified").count() == 3
    assert not OutboxMessage.objects.letters().unsent().exists()


def test_making_them_again_changes_nothing() -> None:
    the_register()
    demo.create(AT)
    before = list(Account.objects.order_by("id").values())

    demo.create(AT)

    assert list(Account.objects.order_by("id").values()) == before


def test_they_are_refused_outside_the_demonstration(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(demo.NotADemonstration):
        demo.create(AT)

    assert not Account.objects.exists()
