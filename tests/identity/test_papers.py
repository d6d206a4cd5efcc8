"""The letters of the decisions on identity documents as others read them: sealed, sound, tagged, with article and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from guichet.casework import journal
from guichet.casework.acts import take
from guichet.documents import operations as documents
from guichet.documents.models import IssuedDocument
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.operations import deciding
from guichet.identity.operations.attesting import certificate_of
from tests.documents import papers
from tests.identity.builders import AT, CENTRE, an_application
from tests.identity.counter import an_agent_of, complete, deed, done
from tests.identity.loss_builders import NUMBER, certified, recorded
from tests.identity.test_appeals import refused, refused_by_the_department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]
REASONS = "Vous avez obtenu ce document par des données qui ne sont pas les vôtres."


def withdrawn() -> IdentityApplication:
    """A card that was delivered and is withdrawn by a decision."""
    clerk, supervisor = an_agent_of("commune"), an_agent_of("centre")
    application = done(complete(an_application(), clerk), supervisor, "document_ordered")
    take("document_issued", application, actor=CENTRE, at=AT, fields={"issued_at": AT})
    done(application, supervisor, "document_delivered")
    ground = next(iter(deciding.grounds("document_withdrawn")))
    agent = deed("document_withdrawn", supervisor).agent
    told = {"ground": ground, "reasons": REASONS, "signatory": "Anne Favre"}
    deciding.decide(application, "document_withdrawn", agent=agent, at=AT, **told)
    return application


def kept(issued: IssuedDocument, folder: Path) -> Path:
    """The document in a file, as its addressee has it."""
    paper = folder / "document.pdf"
    paper.write_bytes(documents.content_of(issued))
    return paper


@pytest.mark.applies("RDId 13")
@pytest.mark.parametrize(
    ("decided", "sentences"),
    [
        (refused, ("Le centre refuse d'établir le document demandé", "art. 9 RDId")),
        (
            withdrawn,
            (
                "Le centre retire le document établi",
                "Restituez-le au centre ou à la police dans les 30 jours",
                "art. 9 RDId",
                REASONS,
            ),
        ),
        (refused_by_the_department, ("Le département refuse la demande", "art. 12 al. 2 RDId")),
    ],
    ids=["refusal", "withdrawal", "department"],
)
def test_the_letter_of_a_decision_is_sealed_and_says_the_article_and_the_remedy(
    tmp_path: Path, decided: Callable[[], IdentityApplication], sentences: tuple[str, ...]
) -> None:
    application = decided()
    commit = deciding.write_letter.func(str(IdentityDecision.objects.get().pk), at=AT)
    assert commit is not None
    commit()

    paper = kept(IssuedDocument.objects.of_case(application.reference).get(), tmp_path)

    papers.check_seal(paper)
    remedy = ("chambre administrative de la Cour de justice", "dans les 30 jours dès la notification", "art. 13 RDId")
    papers.check_paper(paper, application.reference, *sentences, *remedy)


@pytest.mark.applies("RDId 10/2")
def test_the_certificate_of_a_loss_is_sealed_and_says_the_number_and_the_article(tmp_path: Path) -> None:
    declaration = certified(recorded())
    issued = certificate_of(declaration)
    assert issued is not None

    paper = kept(issued, tmp_path)

    papers.check_seal(paper)
    papers.check_paper(paper, declaration.reference, NUMBER, "art. 10 al. 2 RDId")


@pytest.mark.applies("RDId 13")
def test_the_applicant_opens_the_letter_once_it_was_handed_over(client: Client) -> None:
    application = refused(notified=False)
    decision = IdentityDecision.objects.get()
    commit = deciding.write_letter.func(str(decision.pk), at=AT)
    assert commit is not None
    commit()
    page, letter = (
        reverse("identity:tracking", args=[application.token]),
        reverse("identity:decision", args=[application.token, decision.pk]),
    )
    assert letter not in client.get(page).content.decode()
    assert client.get(letter).status_code == 404

    deciding.notify(decision, on=AT.date(), agent=deed("became_final", an_agent_of("centre")).agent, at=AT)

    assert letter in client.get(page).content.decode()
    opened = client.get(letter)
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.content == documents.content_of(IssuedDocument.objects.get())
    assert [entry.role for entry in journal.entries(application.reference)][-1] == "applicant"
