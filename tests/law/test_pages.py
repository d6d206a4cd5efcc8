"""The pages of the law: readable, shareable, and honest about bad input. None of them asks the database."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.law import questions
from guichet.law.kernel.provisions import LegalText


@pytest.mark.parametrize(
    "path",
    [
        "/droit/",
        "/droit/cgv/",
        "/droit/cgv/3/",
        "/droit/cgv/3/1/",
        "/droit/cgv/10/1/",
        "/droit/cgv/3/4/?on=2024-10-15",
        "/droit/rdid/",
        "/droit/rdid/11/",
        "/droit/rdid/11/1/1/a/",
        "/droit/procedures/cgv.order/",
        "/droit/interpretations/",
        *(f"/droit/questions/{name}/" for name in questions.QUESTIONS),
    ],
)
def test_a_page_of_the_law_answers_without_the_database(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert b"<h1" in response.content


@pytest.mark.parametrize(
    "path", ["/droit/xyz/", "/droit/cgv/99/", "/droit/CGV/3/1/", "/droit/questions/x/", "/droit/procedures/x/"]
)
@pytest.mark.django_db
def test_a_passage_or_question_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("text", questions.TEXTS.values(), ids=lambda text: text.name)
def test_every_leaf_of_a_text_has_a_page_that_its_citation_leads_to(client: Client, text: LegalText) -> None:
    for leaf in text.leaves():
        page = client.get(f"/droit/{text.name.lower()}/{leaf.address}/")

        assert leaf.summary in page.context["provision"].summary
        assert page.status_code == 200


def test_a_passage_shows_the_questions_and_acts_that_rest_on_it(client: Client) -> None:
    page = client.get("/droit/cgv/3/1/").content.decode()

    assert "/droit/questions/cgv.may_cancel/" in page
    assert "/droit/procedures/cgv.order/#order_cancelled" in page
    assert "/droit/interpretations/#0003-lapsed-orders" in page


def test_a_passage_looked_at_on_an_unknown_day_says_so(client: Client) -> None:
    page = client.get("/droit/cgv/3/4/", {"on": "2024-10-15"}).content.decode()

    assert "ne figure pas dans nos sources" in page


def test_a_shared_address_shows_the_answer_its_steps_and_its_reservations(client: Client) -> None:
    query = {"ordered_on": "2026-03-30", "on": "2026-03-30"}

    page = client.get("/droit/questions/cgv.delivery_window/", query).content.decode()

    assert "vendredi 10 avril 2026" in page
    assert "Vendredi saint" in page
    assert "Réserve" in page


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [
        ("cgv.fee", {"service": "x"}, "service"),
        ("cgv.fee", {"on": "2026-01-01"}, "service"),
        ("cgv.fee", {"service": "residence", "on": "hier"}, "on"),
        ("cgv.law_day", {"ordered_at": "hier"}, "ordered_at"),
        ("cgv.may_cancel", {"payment_validated": "peut-être"}, "payment_validated"),
    ],
)
def test_a_bad_input_is_told_beside_its_field_and_nothing_is_answered(
    client: Client, name: str, query: dict[str, str], field: str
) -> None:
    page = client.get(f"/droit/questions/{name}/", query)

    assert list(page.context["form"].errors) == [field]
    assert "answer" not in page.context


def test_an_instant_typed_without_time_zone_is_geneva_time(client: Client) -> None:
    query = {"ordered_at": "2026-06-30T20:00", "payment_validated_at": "2026-07-01T00:10", "on": "2026-07-01"}

    page = client.get("/droit/questions/cgv.law_day/", query)

    assert page.context["answer"].value["day"].isoformat() == "2026-07-01"


def test_parameters_of_others_in_the_address_do_not_ask_anything(client: Client) -> None:
    page = client.get("/droit/questions/cgv.fee/", {"utm_source": "x"})

    assert not page.context["form"].is_bound
