"""The certificate of the police: sealed, made once, and what it opens for the application of a new document (RDId 10/2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from guichet.casework import journal
from guichet.casework.models import OutboxMessage
from guichet.documents import operations as documents
from guichet.documents import verification
from guichet.documents.bearers import Bearer
from guichet.documents.verification import Outcome
from guichet.identity.models import IdentityApplication, InvalidDocument, LossDeclaration
from guichet.identity.operations import loss_fees
from guichet.identity.operations.attesting import certificate_for, certificate_of, quote, repeated_losses
from guichet.identity.operations.lodging import index_of
from guichet.identity.operations.losses import Lost, documents_of
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.people.models import Person
from tests.identity.builders import ADULT, AT, an_application
from tests.identity.loss_builders import POLICE, certified, declared, record, recorded
from tests.identity.members import seated
from tests.people.register.builders import the_cast

pytestmark = pytest.mark.django_db

AMELIE = index_of("Amélie Rochat", ADULT)


def acts_of(case: LossDeclaration | IdentityApplication) -> list[str]:
    return [entry.act for entry in journal.entries(case.reference)]


def stored(application: IdentityApplication) -> IdentityApplication:
    return IdentityApplication.objects.get(pk=application.pk)


def a_person() -> Person:
    the_cast()
    return Person.objects.filter(is_swiss=True).order_by("local_person_id")[0]


@pytest.mark.applies("RDId 10/2")
@pytest.mark.usefixtures("sealing")
def test_the_certificate_is_sealed_verifiable_and_made_once() -> None:
    declaration = certified(recorded())
    certified(declaration)

    issued = certificate_of(declaration)
    assert issued is not None
    assert documents.content_of(issued).startswith(b"%PDF")
    verdict = verification.by_code(issued.verification_code, bearer=Bearer("ROCHAT", ADULT))
    assert (verdict.outcome, verdict.bearer_agrees) == (Outcome.AUTHENTIC, True)
    assert acts_of(declaration).count("certificate_issued") == 1
    mail = OutboxMessage.objects.get(kind="identity/loss_certificate")
    assert mail.to == "amelie@exemple.ch"
    assert declaration.token in mail.context["path"]


@pytest.mark.usefixtures("sealing")
def test_no_number_stays_readable_once_the_certificate_has_it() -> None:
    declaration = certified(recorded())

    (lost,) = documents_of(declaration)
    assert lost.number is None
    assert lost.number_index == InvalidDocument.objects.get().number_index


def test_no_certificate_is_made_of_what_is_not_recorded() -> None:
    assert certificate_of(certified(declared())) is None


@pytest.mark.applies("RDId 10/2")
def test_an_application_that_names_a_recorded_declaration_goes_on() -> None:
    application, declaration = an_application(reason="loss", bearer_index=AMELIE), recorded()

    quote(application, declaration.reference, at=AT)

    assert (stored(application).state, stored(application).old_document) == ("open", "lost")
    assert acts_of(application)[-1] == "police_certificate_received"
    assert journal.entries(application.reference)[-1].role == "system"


@pytest.mark.applies("RDId 10/2")
def test_an_application_that_names_a_declaration_goes_on_when_the_police_records_it(client: Client) -> None:
    application, declaration = an_application(reason="theft", bearer_index=AMELIE), declared(kind="theft")
    tracking = f"/identite/demande/{application.token}/"
    assert "joindre une déclaration déjà faite" in client.get(tracking).content.decode()
    quote(application, declaration.reference, at=AT)
    assert stored(application).state == "certificate_due"
    page = client.get(tracking).content.decode()
    assert f"La déclaration {declaration.reference} est jointe" in page
    assert "joindre une déclaration déjà faite" not in page

    record(LossDeclaration.objects.get(pk=declaration.pk))

    assert stored(application).state == "open"


def test_the_declaration_of_somebody_else_serves_nobody() -> None:
    application, declaration = an_application(reason="loss", bearer_index=AMELIE), recorded()
    other = an_application(reason="loss", bearer_index=index_of("Un Autre", ADULT))

    with pytest.raises(Refused, match="Aucune déclaration"):
        quote(other, declaration.reference, at=AT)
    with pytest.raises(Refused, match="Aucune déclaration"):
        quote(application, "DEC-00000000-0", at=AT)

    assert stored(application).state == "certificate_due"


def test_a_declaration_serves_one_application_and_a_renewal_needs_none() -> None:
    declaration = recorded()
    quote(an_application(reason="loss", bearer_index=AMELIE), declaration.reference, at=AT)

    with pytest.raises(NotAllowedNow, match="déjà"):
        quote(an_application(reason="loss", bearer_index=AMELIE), declaration.reference, at=AT)
    with pytest.raises(NotAllowedNow, match="pas besoin"):
        quote(an_application(reason="renewal"), declaration.reference, at=AT)


def test_the_same_person_of_the_register_is_served_without_typing_a_reference() -> None:
    person = a_person()
    application = an_application(reason="loss", person_id=person.pk)

    recorded(person_id=person.pk)

    assert stored(application).state == "open"


def test_an_application_lodged_after_the_recording_finds_its_certificate_once() -> None:
    person = a_person()
    declaration = recorded(person_id=person.pk)
    application = an_application(reason="loss", person_id=person.pk)

    assert stored(application).state == "open"
    assert certificate_for(stored(application), at=AT) == declaration

    assert acts_of(application).count("police_certificate_received") == 1


def test_the_loss_of_another_document_serves_no_application() -> None:
    person = a_person()
    application = an_application(reason="loss", person_id=person.pk)

    recorded(person_id=person.pk, lost=(Lost("passport", "C1234567"),))

    assert certificate_for(application, at=AT) is None
    assert stored(application).state == "certificate_due"


def lose(number: str, years: float, *, kind: str = "identity_card") -> None:
    """A document lost so many years ago."""
    recorded(at=AT - timedelta(days=round(years * 365.25)), lost=(Lost(kind, number),))


def test_the_third_loss_within_five_years_is_told_to_the_centre() -> None:
    lose("X0000001", 4.9)
    lose("X0000002", 1)
    application = an_application(reason="loss", bearer_index=AMELIE)
    third = recorded()
    quote(application, third.reference, at=AT)

    flag = journal.entries(application.reference)[-1]
    assert (flag.act, flag.facts) == ("repeated_loss_flagged", {"document": "identity_card", "number": 3})
    assert "OLDI:5/3" in flag.basis


def test_the_page_of_the_centre_tells_the_repeated_losses_with_article_and_validity() -> None:
    for place, years in enumerate((4.9, 1)):
        lose(f"X000000{place}", years, kind="passport")
    application = an_application(request="passport", reason="loss", bearer_index=AMELIE)
    quote(application, recorded(lost=(Lost("passport", "C1234567"),)).reference, at=AT)

    page = seated("centre").get(f"/guichets/{application.reference}/").content.decode()

    assert "Passeport\N{NO-BREAK SPACE}: 3 documents perdus" in page
    assert "le document n'est valable que 2 ans" in page.replace("&#x27;", "'")
    assert "art. 5 al. 3 OLDI" in page
    assert "la validité du nouveau document est en principe raccourcie" in page


def test_a_loss_older_than_five_years_or_of_another_kind_counts_for_nothing() -> None:
    lose("X0000001", 5.1)
    lose("X0000002", 1)
    recorded(lost=(Lost("passport", "C1234567"),))
    latest = recorded()

    assert repeated_losses(latest, on=day_of(AT)) == []
    assert index_of("AMELIE  rochat", ADULT) == AMELIE
    assert InvalidDocument.objects.count() == 4


@pytest.mark.usefixtures("sealing")
def test_the_person_downloads_the_certificate_from_the_page_of_the_declaration(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)
    declaration = certified(recorded())
    loss_fees.take_fee(declaration, police=POLICE, at=AT)

    page = client.get(f"/identite/perte/{declaration.token}/").content.decode()
    assert "Votre attestation est prête" in page
    assert "quittance (PDF)" in page
    answer = client.get(f"/identite/perte/{declaration.token}/attestation.pdf")

    assert answer.content.startswith(b"%PDF")
    assert acts_of(declaration)[-1] == "document_opened"
    assert client.get(f"/identite/perte/{declaration.token}/").status_code == 200
