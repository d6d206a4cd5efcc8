"""Home and the pages that the footer promises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from guichet.casework.models import Beat
from guichet.kit import clock
from guichet.kit.privacy import Category
from guichet.portal.web import pages

pytestmark = pytest.mark.django_db
ADDRESSES = ("/", "/protection-des-donnees/", "/accessibilite/", "/contact/", "/a-propos/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_is_shown_without_asking_the_database(
    client: Client, address: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get(address)

    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_has_one_heading_and_leads_to_both_contacts(client: Client, address: str, settings: Any) -> None:
    page = client.get(address).content.decode()

    assert page.count("<h1") == 1
    assert f"mailto:{settings.OFFICE['contact_technical']}" in page
    assert f"mailto:{settings.OFFICE['contact_substance']}" in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_accepts_anything_but_reading(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_home_leads_to_the_four_things_one_can_do(client: Client) -> None:
    page = client.get("/").content.decode()

    assert all(f'href="{entrance.address}"' in page for entrance in pages.ENTRANCES)


def test_the_demonstration_says_that_it_is_one(client: Client, settings: Any) -> None:
    settings.DEMO = True

    assert "démonstration" in client.get("/").content.decode()


def test_every_category_of_personal_data_has_a_french_name() -> None:
    assert set(pages.CATEGORIES) == set(Category) - {Category.TECHNICAL}


def test_the_data_that_is_held_is_told_with_its_purposes(client: Client) -> None:
    assert "prouver chaque étape du dossier" in client.get("/protection-des-donnees/").content.decode()


def test_health_says_that_the_worker_was_heard(client: Client) -> None:
    Beat.objects.create(name="worker", next_at=clock.now())

    assert client.get("/sante/").json() == {"database": True, "worker": True}


@pytest.mark.parametrize("silence", [None, timedelta(minutes=2)])
def test_health_says_that_the_worker_is_silent(client: Client, silence: timedelta | None) -> None:
    if silence is not None:
        Beat.objects.create(name="worker", next_at=clock.now() - silence)

    assert client.get("/sante/").json() == {"database": True, "worker": False}


def test_health_without_a_database_is_503_and_tells_nothing_else(client: Client) -> None:
    with patch("guichet.portal.web.health.Beat.objects.filter", side_effect=OperationalError("secret")):
        response = client.get("/sante/")

    assert response.status_code == 503
    assert response.json() == {"database": False, "worker": None}
