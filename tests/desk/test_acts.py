"""What an agent does on a case: designate, grant, refuse, post, correct, record a notification."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.models import OutboxMessage
from guichet.documents.models import IssuedDocument
from guichet.institutions.models import Role
from guichet.orders.models import Decision, Order
from guichet.people.models import RegisterSearch
from tests.orders.builders import an_order, pay

from .builders import (
    amelie,
    an_agent,
    at_the_desk,
    browser_of,
    identified,
    in_examination,
    let_the_worker_work,
    refused,
    to_be_posted,
)

pytestmark = pytest.mark.django_db
REASONS = "Selon le registre, vous avez quitté le canton le 3 mars 2026."


def address(order: Order, page: str) -> str:
    """A page of the case."""
    return reverse(f"desk:{page}", args=[order.reference])


def stored(order: Order) -> Order:
    """The order as it is now."""
    return Order.objects.get(pk=order.pk)


def test_the_person_is_found_from_what_was_typed_and_designated() -> None:
    order, person = in_examination(), amelie()
    browser = at_the_desk()

    shown = browser.get(address(order, "person")).content.decode()
    found = browser.post(address(order, "person"), {"name": "rochat amelie"})
    browser.post(address(order, "designate"), {"person": found.context["found"][0].person_id})

    assert 'value="Rochat Amélie"' in shown
    assert stored(order).person_id == person.pk
    assert journal.entries(order.reference)[-1].act == "person_identified"


def test_a_search_is_logged_without_its_criteria_and_none_is_in_the_address() -> None:
    order = in_examination()
    amelie()
    agent = an_agent()

    answer = browser_of(agent).post(address(order, "person"), {"name": "Rochat"})

    search = RegisterSearch.objects.get()
    assert (search.reader, search.found_count, search.kinds) == (str(agent.pk), 1, "name")
    assert "ochat" not in answer.request["PATH_INFO"] + answer.request.get("QUERY_STRING", "")


@pytest.mark.parametrize(
    "typed", [{}, {"name": "r"}, {"birth_date_day": "12", "birth_date_month": "6", "birth_date_year": "1990"}]
)
def test_a_search_that_would_list_people_is_refused_beside_its_field(typed: dict[str, str]) -> None:
    order = in_examination()

    answer = at_the_desk().post(address(order, "person"), typed)

    assert answer.status_code == 422
    assert "au moins deux lettres" in answer.content.decode()
    assert not RegisterSearch.objects.exists()


@pytest.mark.parametrize("key", ["", "abc", "018f0000-0000-7000-8000-000000000000"])
def test_nobody_can_be_designated_who_is_not_registered(key: str) -> None:
    order = in_examination()

    assert at_the_desk().post(address(order, "designate"), {"person": key}).status_code == 404
    assert stored(order).person_id is None


@pytest.mark.parametrize("role", Role)
def test_granting_sets_the_worker_to_make_the_document(role: Role, sealing: None) -> None:
    order = identified()

    at_the_desk(role).post(address(order, "grant"))
    let_the_worker_work()

    assert stored(order).state == "issued"
    assert IssuedDocument.objects.filter(case_reference=order.reference).count() == 1


def test_granting_twice_grants_once_and_tells_the_second() -> None:
    order = identified()
    browser = at_the_desk()

    answers = [browser.post(address(order, "grant")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "plus possible" in answers[1].content.decode()


def test_granting_without_a_person_is_refused() -> None:
    order = in_examination()

    assert at_the_desk().post(address(order, "grant")).status_code == 409
    assert stored(order).state == "examination"


def test_a_paid_order_can_be_taken_in_hand_before_the_worker_looks() -> None:
    order = pay(an_order())

    at_the_desk().post(address(order, "examine"))

    assert stored(order).state == "examination"


def test_the_letter_of_a_refusal_is_shown_before_anything_is_decided() -> None:
    order = in_examination()

    answer = at_the_desk().post(
        address(order, "refusal"), {"grounds": ["not_resident"], "reasons": REASONS, "step": "preview"}
    )

    page = answer.content.decode()
    assert REASONS in page
    assert "ne réside pas dans le canton" in page
    assert "chambre administrative" in page
    cited = page.replace("\xa0", " ")
    assert "dans le canton (art. 3 al. 5 CGV).</li>" in cited, "the passage stands before the full stop, as in print"
    assert "LPA).</p>" in cited
    assert stored(order).state == "examination"
    assert not Decision.objects.exists()


def test_what_was_typed_stays_when_the_letter_is_to_be_corrected() -> None:
    order = in_examination()

    answer = at_the_desk().post(
        address(order, "refusal"), {"grounds": ["not_resident"], "reasons": REASONS, "step": "edit"}
    )

    page = answer.content.decode()
    assert REASONS in page
    assert 'value="not_resident"' in page
    assert "checked" in page
    assert "Voir la lettre" in page


def test_a_refusal_decides_with_the_agents_name_and_writes_the_letter(sealing: None) -> None:
    order = in_examination()
    agent = an_agent(name="Denise Dupraz")

    browser_of(agent).post(
        address(order, "refusal"),
        {"grounds": ["not_resident", "identity_in_doubt"], "reasons": REASONS, "step": "decide"},
    )
    let_the_worker_work()

    decision = Decision.objects.get(case_reference=order.reference)
    assert (decision.signatory, decision.decided_by) == ("Denise Dupraz", str(agent.pk))
    assert decision.grounds == ["not_resident", "identity_in_doubt"]
    assert stored(order).state == "refused"
    assert IssuedDocument.objects.get(case_reference=order.reference).kind == "decision"
    assert OutboxMessage.objects.filter(kind="orders/decision_rendered").count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reasons": REASONS}, "Choisissez au moins un motif"),
        ({"grounds": ["invented"], "reasons": REASONS}, "Choisissez une des réponses proposées"),
        ({"grounds": ["not_resident"], "reasons": ""}, "la lettre doit être motivée"),
        ({"grounds": ["not_resident"], "reasons": "Non."}, "au moins 20 caractères"),
        ({"grounds": ["not_resident"], "reasons": "x" * 3001}, "au plus 3000 caractères"),
    ],
)
def test_a_refusal_without_grounds_or_reasons_decides_nothing(typed: dict[str, object], told: str) -> None:
    order = in_examination()

    answer = at_the_desk().post(address(order, "refusal"), {**typed, "step": "decide"})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert stored(order).state == "examination"


@pytest.mark.parametrize("page", ["refusal", "correction"])
def test_a_form_is_not_offered_when_the_case_has_gone_elsewhere(page: str) -> None:
    order = an_order()

    answer = at_the_desk().get(address(order, page))

    assert answer.status_code == 409
    assert "À payer" in answer.content.decode()


def test_a_single_document_is_marked_as_posted_once(sealing: None) -> None:
    order = to_be_posted()
    browser = at_the_desk()

    answers = [browser.post(address(order, "posted")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert stored(order).state == "delivered"
    assert OutboxMessage.objects.filter(kind="orders/document_posted").count() == 1


def test_an_error_of_the_office_makes_the_document_again_without_charge(sealing: None) -> None:
    order = to_be_posted()
    browser = at_the_desk()
    browser.post(address(order, "posted"))

    browser.post(address(order, "correction"), {"reason": "Le registre n'était pas à jour ce jour-là."})
    let_the_worker_work()

    versions = IssuedDocument.objects.filter(case_reference=order.reference).order_by("version")
    assert [document.is_revoked for document in versions] == [True, False]
    assert stored(order).state == "issued"
    assert "Le registre n&#x27;était pas à jour" in browser.get(address(order, "case")).content.decode()


def test_a_correction_must_say_what_was_wrong(sealing: None) -> None:
    order = to_be_posted()
    browser = at_the_desk()
    browser.post(address(order, "posted"))

    answer = browser.post(address(order, "correction"), {"reason": "erreur"})

    assert answer.status_code == 422
    assert stored(order).state == "delivered"


def test_a_notification_starts_the_time_of_appeal(sealing: None) -> None:
    order = refused()
    browser = at_the_desk()

    answer = browser.post(
        address(order, "notification"),
        {"notified_on_day": "24", "notified_on_month": "11", "notified_on_year": "2026"},
        follow=True,
    )

    decision = Decision.objects.get(case_reference=order.reference)
    assert decision.notified_on == date(2026, 11, 24)
    assert decision.appeal_by is not None
    assert "recours jusqu" in answer.content.decode()
    assert browser.get(address(order, "notification")).status_code == 409


@pytest.mark.parametrize(("day", "told"), [("22", "pas encore rendue"), ("30", "dans le futur")])
def test_a_notification_lies_between_the_decision_and_today(day: str, told: str, sealing: None) -> None:
    order = refused()

    answer = at_the_desk().post(
        address(order, "notification"), {"notified_on_day": day, "notified_on_month": "11", "notified_on_year": "2026"}
    )

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Decision.objects.get().notified_on is None
