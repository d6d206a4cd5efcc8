"""The declarations at the authorities: the police records and takes fees, the centre destroys, others only check a number."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from guichet.identity.models import InvalidDocument, InvalidityCheck, LossDeclaration
from guichet.identity.operations import losses
from guichet.identity.operations.losses import Lost
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit.clock import day_of
from guichet.payments.books import check_books
from guichet.payments.models import Receipt
from tests.identity.builders import AT, COMMUNE, the_authorities
from tests.identity.loss_builders import NUMBER, declared, recorded
from tests.identity.test_losses_portal import CONTACT, DOCUMENTS, EVENT, PERSON
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db

LIST = "/guichets/declarations/"
INTAKE = PERSON | EVENT | DOCUMENTS | CONTACT
RECORD = {"declaration_recorded-identity_checked": "Permis de conduire"}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def at_the_counter(authority: str, office: Office | None = None) -> Client:
    """A browser in which an agent of this authority is signed in."""
    account = an_account(f"agent-{office.code if office else authority}@exemple.ch", person=None)
    institutions.appoint(account, office or the_authorities()[authority], Role.CLERK, from_on=day_of(AT))
    client = Client()
    client.force_login(account)
    return client


def another_police() -> Office:
    """A second office of the police."""
    first = the_authorities()["police"]
    return Office.objects.create(
        code="police-2", name="Autre poste", kind="cantonal", authority="police", address=first.address,
        contact_technical="t@exemple.ch", contact_substance="s@exemple.ch",
    )  # fmt: skip


def path(declaration: LossDeclaration, rest: str = "") -> str:
    return f"{LIST}{declaration.reference}/{rest}"


def text(answer: Any) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_the_police_sees_what_it_has_to_record_and_each_office_its_own() -> None:
    waiting, mine = declared(), recorded(lost=(Lost("passport", "C1234567"),))

    shown = text(at_the_counter("police").get(LIST))
    elsewhere = text(at_the_counter("police", another_police()).get(LIST))

    assert waiting.reference in shown
    assert mine.reference in shown
    assert waiting.reference in elsewhere
    assert mine.reference not in elsewhere
    assert "Rochat" not in shown


@pytest.mark.parametrize("authority", ["commune", "uda", "department"])
def test_other_authorities_browse_nothing(authority: str) -> None:
    declaration = recorded()
    client = at_the_counter(authority)

    assert client.get(LIST)["Location"] == f"{LIST}verifier/"
    assert client.get(path(declaration)).status_code == 404
    assert client.get(f"{LIST}nouvelle/").status_code == 403


def test_who_is_no_agent_is_refused(client: Client) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(an_account(person=None))
    assert client.get(LIST).status_code == 403


@pytest.mark.applies("RDId 2/5")
def test_the_police_records_by_a_button_once_it_said_how_it_identified() -> None:
    declaration, client = declared(), at_the_counter("police")

    refused = client.post(path(declaration, "declaration_recorded/"), {})
    assert refused.status_code == 422
    client.post(path(declaration, "declaration_recorded/"), RECORD)

    shown = text(client.get(path(declaration)))
    assert LossDeclaration.objects.get().state == "invalid"
    assert "Permis de conduire" in shown
    assert "Encaisser" in shown
    assert "Enregistrer la déclaration<" not in shown


def test_the_buttons_are_those_of_the_table() -> None:
    client = at_the_counter("police")

    before = text(client.get(path(declared())))
    both = recorded(lost=(Lost("passport", "C1234567"), Lost("identity_card", "X7654321")))
    after = text(client.get(path(both)))

    assert "Enregistrer la déclaration" in before
    assert "Exonérer" not in before
    assert "Exonérer" in after
    assert "Encaisser" not in after
    assert "département" in after
    assert client.post(path(both, "document_destroyed/"), {}).status_code in (403, 422)
    assert client.post(path(both, "document_invalidated/")).status_code == 404


def test_a_document_already_invalid_leads_to_the_first_declaration() -> None:
    first, second, client = recorded(), declared(), at_the_counter("police")

    assert first.reference in text(client.get(path(second)))
    told = text(client.post(path(second, "declaration_recorded/"), RECORD, follow=True))
    assert "déjà invalide" in told
    answer = client.post(path(second, "rattacher/"), follow=True)

    assert answer.redirect_chain == [(path(first), 302)]
    assert second.reference not in text(client.get(LIST))


def test_the_police_takes_a_declaration_from_somebody_at_its_counter() -> None:
    client = at_the_counter("police")

    assert client.post(f"{LIST}nouvelle/", INTAKE | {"documents": []}).status_code == 422
    answer = client.post(f"{LIST}nouvelle/", INTAKE | {"email": ""})

    declaration = LossDeclaration.objects.get()
    assert answer["Location"] == path(declaration)
    assert (declaration.state, declaration.email, declaration.name) == ("declared", None, "Amélie Rochat")
    client.post(path(declaration, "declaration_recorded/"), RECORD)
    assert InvalidDocument.objects.count() == 1


def test_the_fee_is_taken_or_waived_once() -> None:
    client, paid, exempt = at_the_counter("police"), recorded(), recorded(lost=(Lost("passport", "C1234567"),))

    client.post(path(paid, "fee_paid/"))
    client.post(path(exempt, "fee_exempted/"), {"fee_exempted-proof": "Hospice général"})

    paid.refresh_from_db()
    exempt.refresh_from_db()
    assert (paid.fee_centimes, exempt.fee_centimes) == (4000, 0)
    assert client.post(path(paid, "fee_paid/")).status_code == 409
    assert client.get(path(paid, "quittance.pdf")).content.startswith(b"%PDF")
    assert Client().get(f"/identite/perte/{paid.token}/quittance.pdf").content.startswith(b"%PDF")
    assert client.get(path(exempt, "quittance.pdf")).status_code == 404
    assert check_books(day_of(AT)) == []
    assert [one.amount.centimes for one in Receipt.objects.all()] == [4000]


def test_the_centre_sees_what_was_recovered_and_destroys_it_with_minutes() -> None:
    declaration, other = recorded(), recorded(lost=(Lost("passport", "C1234567"),))
    losses.recover(declaration, agent=COMMUNE, at=AT)
    client = at_the_counter("centre")

    shown = text(client.get(LIST))
    assert declaration.reference in shown
    assert client.get(path(other)).status_code == 404
    assert client.post(path(declaration, "document_destroyed/"), {}).status_code == 422
    client.post(path(declaration, "document_destroyed/"), {"document_destroyed-minutes": "Perforée."})

    declaration.refresh_from_db()
    assert declaration.state == "destroyed"
    assert "Perforée." in text(client.get(path(declaration)))


def test_an_agent_checks_an_exact_number_and_records_that_it_was_found() -> None:
    declaration, client = recorded(), at_the_counter("commune")
    asked = {"kind": "identity_card", "number": NUMBER, "reason": "remis au guichet"}

    shown = text(client.post(f"{LIST}verifier/", asked))
    assert "invalide depuis" in shown
    assert declaration.reference not in shown
    assert client.post(f"{LIST}verifier/", asked | {"reason": ""}).status_code == 422
    client.post(f"{LIST}retrouve/", {"kind": "identity_card", "number": NUMBER})

    declaration.refresh_from_db()
    assert declaration.state == "recovered"
    assert InvalidityCheck.objects.count() == 2
    assert client.post(f"{LIST}retrouve/", {"kind": "passport", "number": NUMBER}).status_code == 409


def test_who_checks_too_often_waits() -> None:
    client = at_the_counter("commune")
    asked = {"kind": "passport", "number": NUMBER, "reason": "contrôle"}

    answers = [client.post(f"{LIST}verifier/", asked).status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]


def test_the_police_has_no_button_of_the_centre() -> None:
    declaration = recorded()
    losses.recover(declaration, agent=COMMUNE, at=AT)

    shown = text(at_the_counter("police").get(path(declaration)))

    assert "Rendre le document inutilisable" not in shown


@pytest.mark.parametrize(("rest", "number"), [("", 8), ("list", 4)])
def test_the_screens_cost_few_statements(rest: str, number: int, django_assert_num_queries: Any) -> None:
    declaration = [recorded(lost=(Lost("passport", f"C123456{n}"),)) for n in range(5)][0]
    client = at_the_counter("police")

    with django_assert_num_queries(number):
        client.get(LIST if rest else path(declaration))


def test_the_police_reads_who_declared_and_the_person_reads_you() -> None:
    declaration = declared()

    to_the_police = text(at_the_counter("police").get(path(declaration)))
    to_the_person = text(Client().get(f"/identite/perte/{declaration.token}/"))

    assert "la personne qui déclare" in to_the_police
    assert ", vous" not in to_the_police
    assert ", vous" in to_the_person


def test_the_police_begins_with_its_declarations() -> None:
    client = at_the_counter("police")

    assert client.get("/guichets/")["Location"] == LIST
    assert "Dossiers" not in text(client.get(LIST))
