"""Declaring a loss online: one question a page, saved at each step, a review, the page that follows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from guichet.casework.models import OutboxMessage
from guichet.identity.models import LossDeclaration
from guichet.identity.operations.losses import documents_of
from guichet.law.procedures import RDID_LOSS
from guichet.people.models import Reading
from tests.identity.builders import AT, an_application
from tests.identity.loss_builders import NUMBER, declared, recorded
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db

PERSON = {"official_name": "Rochat", "first_names": "Amélie"}
PERSON |= {"born_on_day": "12", "born_on_month": "6", "born_on_year": "1990"}
EVENT = {"kind": "theft", "happened_on_day": "20", "happened_on_month": "11", "happened_on_year": "2026"}
EVENT |= {"place": "Gare Cornavin, Genève", "circumstances": "Sac volé dans le train."}
DOCUMENTS: dict[str, Any] = {"documents": ["identity_card"], "identity_card_number": "x 1234567"}
CONTACT = {"street": "Rue du Lac", "house_number": "3", "postcode": "1207", "town": "Genève", "country": "Suisse"}
CONTACT |= {"email": "amelie@exemple.ch"}
ALL = (("personne", PERSON), ("evenement", EVENT), ("documents", DOCUMENTS), ("contact", CONTACT))


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def begin(client: Client) -> LossDeclaration:
    """From the entrance to a draft."""
    start_key = client.get("/identite/perte/").context["start_key"]
    for _ in range(2):
        client.post("/identite/perte/commencer/", {"start_key": start_key})
    return LossDeclaration.objects.get()


def fill_in(client: Client, *, but: str = "", **answers: Any) -> LossDeclaration:
    """A draft of which every page but one is filled in."""
    declaration = begin(client)
    for slug, typed in ALL:
        if slug != but:
            answer = client.post(f"/identite/perte/{declaration.token}/{slug}/", answers.get(slug, typed))
            assert answer.status_code == 302, answer.context["form"].errors
    declaration.refresh_from_db()
    return declaration


def page(client: Client, declaration: LossDeclaration, slug: str = "") -> str:
    answer = client.get(f"/identite/perte/{declaration.token}/{slug}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.applies("RDId 10/1")
def test_a_loss_is_declared_from_the_first_question_to_its_page(client: Client) -> None:
    declaration = fill_in(client)

    review = page(client, declaration, "verification/")
    assert "Gare Cornavin" in review
    assert NUMBER in review
    assert "40" in review

    client.post(f"/identite/perte/{declaration.token}/verification/", {"confirmed": "on"})
    shown = page(client, declaration)

    assert "présentez-vous à la police" in shown
    assert declaration.tracking_code in shown
    (lost,) = documents_of(declaration)
    assert (lost.kind, lost.number) == ("identity_card", NUMBER)
    assert OutboxMessage.objects.get().kind == "identity/loss_declared"


def test_a_declaration_is_found_again_by_its_code_and_among_one_s_own(client: Client) -> None:
    account = an_account(person=None)
    declaration = declared(account_id=account.pk)
    typed = {"reference": declaration.reference, "code": declaration.tracking_code}

    assert client.post("/suivi/", typed)["Location"] == f"/identite/perte/{declaration.token}/"
    client.force_login(account)
    assert declaration.reference in client.get("/mes-demarches/").content.decode()


def test_each_page_shows_again_what_was_typed(client: Client) -> None:
    declaration = fill_in(client)

    assert "Rochat" in page(client, declaration, "personne/")
    assert "Sac volé" in page(client, declaration, "evenement/")
    assert NUMBER in page(client, declaration, "documents/")
    assert "Rue du Lac" in page(client, declaration, "contact/")


@pytest.mark.parametrize("slug", [slug for slug, _ in ALL])
def test_the_review_leads_to_what_is_missing(client: Client, slug: str) -> None:
    declaration = fill_in(client, but=slug)

    answer = client.get(f"/identite/perte/{declaration.token}/verification/")

    assert answer["Location"].endswith(f"/{slug}/")


@pytest.mark.parametrize(
    ("slug", "typed", "said"),
    [
        ("documents", {"documents": ["passport"]}, "Donnez ce numéro"),
        ("documents", {"documents": ["passport"], "passport_number": "12"}, "Seule cette forme est vérifiée"),
        ("documents", {}, "Cochez au moins un document"),
        ("evenement", EVENT | {"happened_on_year": "2027"}, "dans le futur"),
        ("personne", PERSON | {"born_on_year": "1790"}, "trop ancienne"),
        ("contact", CONTACT | {"postcode": "12"}, "quatre chiffres"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client: Client, slug: str, typed: dict[str, Any], said: str) -> None:
    declaration = begin(client)

    answer = client.post(f"/identite/perte/{declaration.token}/{slug}/", typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_unknown_number_is_taken_with_its_reason(client: Client) -> None:
    unknown = {"documents": ["passport"], "why_unknown": "Pas de copie."}
    declaration = fill_in(client, documents=unknown)

    assert "numéro inconnu\N{NO-BREAK SPACE}: Pas de copie." in page(client, declaration, "verification/")


def test_two_documents_at_once_are_the_department_s_to_price(client: Client) -> None:
    both = {"documents": ["passport", "identity_card"], "passport_number": "C1234567", "identity_card_number": NUMBER}

    assert "département" in page(client, fill_in(client, documents=both), "verification/")


def test_the_declaration_of_an_account_is_closed_to_others(client: Client) -> None:
    account = an_account(person=None)
    client.force_login(account)
    declaration = fill_in(client)

    assert Client().get(f"/identite/perte/{declaration.token}/").status_code == 302
    stranger = Client()
    stranger.force_login(an_account("bob@exemple.ch", person=None))
    assert stranger.get(f"/identite/perte/{declaration.token}/").status_code == 404


def test_one_s_own_second_declaration_is_told(client: Client) -> None:
    account = an_account(person=None)
    first = declared(account_id=account.pk)
    client.force_login(account)
    start_key = client.get("/identite/perte/").context["start_key"]
    client.post("/identite/perte/commencer/", {"start_key": start_key})
    second = LossDeclaration.objects.exclude(pk=first.pk).get()
    for slug, typed in ALL:
        client.post(f"/identite/perte/{second.token}/{slug}/", typed)

    assert first.reference in page(client, second, "verification/")


def test_a_verified_account_declares_for_its_own_person_and_not_for_another(client: Client) -> None:
    account = an_account()
    client.force_login(account)
    declaration = fill_in(client, personne=PERSON | {"first_names": "Zoé"})
    assert declaration.person_id is None

    person = account.person
    assert person is not None
    assert person.born_on is not None
    own = {"official_name": person.official_name, "first_names": person.first_names}
    own |= {f"born_on_{part}": str(getattr(person.born_on, part)) for part in ("day", "month", "year")}
    client.post(f"/identite/perte/{declaration.token}/personne/", own)

    declaration.refresh_from_db()
    assert declaration.person_id == person.pk
    assert Reading.objects.of(person).filter(case_reference=declaration.reference).count() == 2


def test_an_application_is_given_the_declaration_it_needs(client: Client) -> None:
    declaration = recorded()
    application = an_application(reason="loss", bearer_index=declaration.bearer_index)
    address = f"/identite/perte/pour/{application.token}/"

    assert address in client.get(f"/identite/demande/{application.token}/").content.decode()
    assert client.post(address, {"reference": "DEC-00000000-0"}).status_code == 422
    client.post(address, {"reference": declaration.reference.lower()})

    application.refresh_from_db()
    assert application.state == "open"


def test_who_guesses_references_must_wait(client: Client) -> None:
    application = an_application(reason="loss")

    answers = [
        client.post(f"/identite/perte/pour/{application.token}/", {"reference": "DEC-00000000-0"}) for _ in range(11)
    ]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_a_certificate_that_is_not_made_is_not_there(client: Client) -> None:
    assert client.get(f"/identite/perte/{recorded().token}/attestation.pdf").status_code == 404


@pytest.mark.parametrize("state", RDID_LOSS.states)
def test_every_state_of_a_declaration_has_its_text_for_the_person(state: str) -> None:
    get_template(f"identity/outcome/loss_{state}.html")


@pytest.mark.parametrize(("slug", "number"), [("", 4), ("verification/", 3), ("documents/", 2)])
def test_the_pages_cost_few_statements(client: Client, slug: str, number: int, django_assert_num_queries: Any) -> None:
    declaration = recorded() if not slug else fill_in(client)

    with django_assert_num_queries(number):
        client.get(f"/identite/perte/{declaration.token}/{slug}")
