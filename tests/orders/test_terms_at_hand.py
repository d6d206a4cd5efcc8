"""The terms of sale are one click away wherever somebody orders (CGV 1/1)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from .builders import RESIDENCE, a_filled_draft, an_order, the_office

pytestmark = pytest.mark.django_db


@pytest.mark.applies("CGV 1/1")
def test_every_page_on_the_way_of_an_order_leads_to_the_terms(client: Client) -> None:
    the_office()
    draft, submitted = a_filled_draft(), an_order()
    pages = (
        "/prestations/",
        f"/prestations/{RESIDENCE}/",
        reverse("orders:review", args=[draft.token]),
        reverse("orders:tracking", args=[submitted.token]),
    )

    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert all('href="/conditions/"' in answer.content.decode() for answer in answers)
