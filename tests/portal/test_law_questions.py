"""The questions of the law in the browser: a form for each, an address to share, what is refused said at its field."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from guichet.law import questions
from guichet.law.kernel.inputs import Boolean, Day, Instant


@pytest.mark.parametrize("name", questions.QUESTIONS)
def test_every_question_has_its_form_with_a_field_for_each_input(client: Client, name: str) -> None:
    page = client.get(f"/droit/questions/{name}/")

    assert page.status_code == 200
    fields = list(page.context["form"].fields)
    assert fields == [*(each.name for each in questions.QUESTIONS[name].inputs), "on"]


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


def test_the_answer_in_json_is_the_object_of_the_public_contract(client: Client) -> None:
    query = {"ordered_on": "2026-03-30", "on": "2026-03-30"}

    answer = client.get("/droit/questions/cgv.delivery_window/reponse.json", query)

    assert answer.json() == json.loads(json.dumps(questions.ask("cgv.delivery_window", **query).to_json()))
    page = client.get("/droit/questions/cgv.delivery_window/", query).content.decode()
    assert "reponse.json?ordered_on=2026-03-30&amp;on=2026-03-30" in page


def test_a_refused_input_is_named_in_json_too(client: Client) -> None:
    answer = client.get("/droit/questions/cgv.fee/reponse.json", {"service": "x"})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["service"]


def test_a_date_says_how_it_was_calculated_and_a_sum_how_one_gets_there(client: Client) -> None:
    dated = client.get("/droit/questions/cgv.delivery_window/", {"ordered_on": "2026-03-30"}).content.decode()
    summed = client.get("/droit/questions/cgv.total/", {"service": "residence", "option": "b_standard"})

    assert "Comment cette date est-elle calculée\N{NO-BREAK SPACE}?" in dated
    assert "Comment on y arrive" in summed.content.decode()


def test_what_was_typed_is_kept_beside_the_error_and_the_summary_leads_to_it(client: Client) -> None:
    page = client.get("/droit/questions/lipad.commission/", {"parties": "beaucoup"}).content.decode()

    assert 'value="beaucoup"' in page
    assert 'href="#id_parties"' in page
    assert "Attendu\N{NO-BREAK SPACE}: un nombre entier" in page


def test_what_may_be_left_out_can_be_taken_back(client: Client) -> None:
    optional = [each.name for each in questions.QUESTIONS["lipad.communication"].inputs if not each.required]

    page = client.get("/droit/questions/lipad.communication/")

    assert optional
    for name in optional:
        assert page.context["form"].fields[name].widget.choices[0] == ("", "Sans indication")


@pytest.mark.parametrize("name", questions.QUESTIONS)
def test_every_question_can_be_asked_by_its_form_alone(client: Client, name: str) -> None:
    asked = questions.QUESTIONS[name]
    facts = questions.known_facts()
    query = {"on": "2025-03-03"}
    for each in asked.inputs:
        words = list(each.choices(facts))
        if each.required or isinstance(each, Boolean | Day):
            typed = "2000-02-03" if isinstance(each, Day) else "2025-03-03T10:00" if isinstance(each, Instant) else "2"
            query[each.name] = words[0] if words else typed

    page = client.get(f"/droit/questions/{name}/", query)

    assert page.context["form"].errors == {}
    assert page.context["answer"].question == name
