"""Article 13: the last day to appeal, the state of finality, the file for the court."""

from __future__ import annotations

import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pdfminer.high_level import extract_text

import guichet
from guichet.casework import journal
from guichet.casework.acts import take
from guichet.casework.models import Entry, Job
from guichet.documents import operations as documents
from guichet.documents.contents import Verification
from guichet.documents.models import IssuedDocument
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.operations import (
    appeals,
    booking,
    complaining,
    deciding,
    objections,
    referrals,
    returning,
    telling,
)
from guichet.identity.operations.appeals import Finality
from guichet.identity.rights import applicant
from guichet.institutions.models import Office
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, an_application
from tests.identity.counter import an_agent_of, browser_of, deed, done

pytestmark = [pytest.mark.django_db, pytest.mark.applies("RDId 13")]
REASONS = "Vous n'avez pas produit de preuve de votre nationalité suisse."
# Notified on 23 November 2026: 24 days to 17 December, none from 18 December to 2 January, six more from 3 January.
LAST_DAY = date(2027, 1, 8)
ON = AT.date()
SOURCE = Path(str(guichet.__file__)).parent


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def _agent(authority: str = "centre") -> Any:
    return deed("became_final", an_agent_of(authority)).agent


def refused(*, notified: bool = True) -> IdentityApplication:
    application = an_application(request="passport")
    told = {"ground": "not_entitled", "reasons": REASONS, "signatory": "Anne Favre"}
    decision = deciding.decide(application, "application_refused", agent=_agent(), at=AT, **told)
    if notified:
        deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)
    return application


def refused_by_the_department() -> IdentityApplication:
    application = done(an_application(), an_agent_of("commune"), "referred_to_department")
    decision = referrals.decide(
        application.referrals.get(),
        "refuse",
        reasons="Aucune disposition ne permet d'établir ce document.",
        agent=_agent("department"),
        signatory="Paul Dubois",
        at=AT,
    )
    assert decision is not None
    deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)
    return application


def stands(on: date = ON) -> list[Finality]:
    """How the decisions stand on a day, the latest first."""
    centre = Office.objects.get(authority="centre")
    return [appeals.finality(one, on=on) for one in appeals.decisions(centre)]


def test_a_decision_that_was_not_notified_waits_for_it_however_long() -> None:
    refused(notified=False)

    assert stands(LAST_DAY + timedelta(days=400)) == [Finality.UNNOTIFIED]


def test_a_decision_is_open_to_appeal_up_to_and_with_the_last_day() -> None:
    refused()

    assert IdentityDecision.objects.get().appeal_by == LAST_DAY
    assert stands(LAST_DAY) == [Finality.OPEN]
    assert stands(LAST_DAY + timedelta(days=1)) == [Finality.ELAPSED]


def test_the_applicant_reads_the_last_day_counted_from_the_notification(client: Client) -> None:
    notified, waiting = (refused(notified=one) for one in (True, False))

    told, not_yet = (
        client.get(reverse("identity:tracking", args=[one.token])).content.decode() for one in (notified, waiting)
    )

    assert "8 janvier 2027" in told
    assert "30 jours dès que la décision vous est remise" in not_yet
    assert "janvier 2027" not in not_yet


@pytest.mark.parametrize("decided", [refused, refused_by_the_department])
def test_the_system_makes_a_decision_final_the_day_after_and_never_before(decided: Any) -> None:
    application = decided()

    deciding.end_appeals.func(at=datetime(2027, 1, 8, 23, 59, tzinfo=ZURICH))
    assert stands(LAST_DAY) == [Finality.OPEN]

    deciding.end_appeals.func(at=datetime(2027, 1, 9, 0, 1, tzinfo=ZURICH))
    assert stands(LAST_DAY + timedelta(days=1)) == [Finality.FINAL]
    last = journal.entries(application.reference)[-1]
    assert (last.act, last.role) == ("became_final", "system")


def test_nobody_takes_it_as_final_while_the_time_runs() -> None:
    application = refused()

    with pytest.raises(NotAllowedNow):
        done(application, an_agent_of("centre"), "became_final", at=datetime(2027, 1, 8, 12, 0, tzinfo=ZURICH))


def test_an_appeal_is_pending_and_a_judgment_makes_it_final_or_sets_it_aside() -> None:
    upheld, set_aside = refused(), refused()
    for application in (upheld, set_aside):
        take("appeal_filed", application, actor=applicant(application), at=AT)
    assert stands() == [Finality.APPEALED, Finality.APPEALED]

    take("judgment_rendered", upheld, actor=_agent(), at=AT, facts={"judgment": "upheld"})
    take("judgment_rendered", set_aside, actor=_agent(), at=AT, facts={"judgment": "set_aside"})

    assert {one.application_id: appeals.finality(one, on=AT.date()) for one in _all()} == {
        upheld.pk: Finality.FINAL,
        set_aside.pk: Finality.SET_ASIDE,
    }


def _all() -> list[IdentityDecision]:
    return list(appeals.decisions(Office.objects.get(authority="centre")))


def test_a_decision_replaced_by_a_later_one_does_not_count_any_more() -> None:
    application = refused()
    take("appeal_filed", application, actor=applicant(application), at=AT)
    take("judgment_rendered", application, actor=_agent(), at=AT, facts={"judgment": "set_aside"})
    later = AT + timedelta(days=40)
    told = {"ground": "not_entitled", "reasons": REASONS, "signatory": "Anne Favre"}
    deciding.decide(application, "application_refused", agent=_agent(), at=later, **told)

    assert stands(later.date()) == [Finality.UNNOTIFIED, Finality.SET_ASIDE]


@pytest.mark.parametrize("wanted", Finality.values)
def test_the_list_by_state_gives_those_that_stand_so(wanted: str) -> None:
    refused(notified=False), refused(), refused_by_the_department()
    appealed, aside = refused(), refused()
    for application in (appealed, aside):
        take("appeal_filed", application, actor=applicant(application), at=AT)
    take("judgment_rendered", aside, actor=_agent(), at=AT, facts={"judgment": "set_aside"})
    centre = Office.objects.get(authority="centre")

    for on in (AT.date(), LAST_DAY + timedelta(days=1)):
        expected = {one.pk for one in _all() if appeals.finality(one, on=on) == wanted}
        assert {one.pk for one in appeals.only(appeals.decisions(centre), wanted, on=on)} == expected


def test_the_centre_follows_all_the_department_its_own_and_others_none() -> None:
    one, other = refused().reference, refused_by_the_department().reference

    centre = browser_of(an_agent_of("centre")).get("/guichets/recours/").content.decode()
    department = browser_of(an_agent_of("department"))
    own = department.get("/guichets/recours/").content.decode()

    assert one in centre and other in centre and "vendredi 8 janvier 2027" in centre
    assert other in own and one not in own
    assert department.get(f"/guichets/recours/{one}/").status_code == 404
    assert browser_of(an_agent_of("commune")).get("/guichets/recours/").status_code == 403
    assert browser_of(an_agent_of("commune")).post(f"/guichets/recours/{one}/dossier/").status_code == 403


def test_the_page_of_a_case_says_how_the_last_day_is_counted() -> None:
    page = browser_of(an_agent_of("centre")).get(f"/guichets/recours/{refused().reference}/").content.decode()

    assert "comment cette date est-elle calculée" in page
    assert REASONS in page.replace("&#x27;", "'")
    assert "Établir le dossier" in page


def test_the_file_for_the_court_tells_decision_notification_pieces_and_journal() -> None:
    application = done(an_application(request="passport"), an_agent_of("centre"), "appearance_recorded")
    told = {"ground": "not_entitled", "reasons": REASONS, "signatory": "Anne Favre"}
    decision = deciding.decide(application, "application_refused", agent=_agent(), at=AT, **told)
    deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)
    chain = journal.entries(application.reference)

    report = appeals.court_file(application, chain, verification=Verification(code="X", address=""), at=AT)

    sections = {section.title: section for section in report.sections}
    assert REASONS in sections["Décision : Refus d'établir un document d'identité"].paragraphs
    assert ("Notification enregistrée", "remise le 23 novembre 2026") in [
        row[1:] for row in sections["Preuves de notification"].rows
    ]
    assert [row[3] for row in sections["Pièces produites"].rows] == ["carte d'identité échue, photo comparée"]
    assert len(sections["Journal"].rows) == len(chain)
    assert "intacte" in sections["Journal"].paragraphs[0]


def acts_recorded() -> set[str]:
    """The names of the acts that the rooms of a case write beside its procedure, read from the code."""
    rooms = ("identity/operations", "identity/payable.py", "payments/operations", "documents/web", "desk/operations.py")
    named = re.compile(r"\brecord\(\s*\"(\w+)\"")
    files = [
        path for room in rooms for path in ([SOURCE / room] if room.endswith(".py") else (SOURCE / room).rglob("*.py"))
    ]
    return {act for path in files for act in named.findall(path.read_text())} - {"repetition_tied"}


def test_the_court_reads_every_act_and_every_mail_in_words() -> None:
    application = an_application(email="amelie@exemple.ch")
    acts = {*acts_recorded(), "draft_begun", *booking.NOTED, objections.NOTED, complaining.ACT, returning.HANDED_OVER}

    for act in acts:
        entry = Entry(act=act, facts={"kind": "photo", "judgment": "upheld"})
        assert telling.to_the_court(entry).replace("\N{NO-BREAK SPACE}", " ")[0].isupper(), act
    chain = journal.entries(application.reference)
    report = appeals.court_file(application, chain, verification=Verification(code="X", address=""), at=AT)
    sections = {section.title: section for section in report.sections}
    (mail,) = sections["Preuves de notification"].rows

    assert len(acts) > 25
    assert application.reference in mail[2]
    assert [row[2] for row in sections["Journal"].rows][0] == "La demande a été commencée."


def test_the_question_put_to_the_department_is_in_the_file() -> None:
    application = refused_by_the_department()

    report = appeals.court_file(
        application, journal.entries(application.reference), verification=Verification(code="X", address=""), at=AT
    )

    (asked,) = [one for one in report.sections if one.title.startswith("Question soumise")]
    assert "cas que le règlement ne prévoit pas" in asked.paragraphs


def test_the_file_is_sealed_holds_the_journal_and_the_decision_and_is_journalled(sealing: None) -> None:
    application = refused()
    decision = IdentityDecision.objects.get()
    commit = deciding.write_letter.func(str(decision.pk), at=AT)
    assert commit is not None
    commit()
    browser = browser_of(an_agent_of("centre"))
    page = f"/guichets/recours/{application.reference}/"
    browser.post(f"{page}dossier/")
    asked = Job.objects.get(task_path__endswith="make_court_file")

    made = appeals.make_court_file.func(*asked.args, at=AT)
    assert made is not None
    made()

    issued = IssuedDocument.objects.get(kind=appeals.COURT_FILE)
    content = documents.content_of(issued)
    assert b"/ETSI.CAdES.detached" in content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert {"journal.json", "decision-1.pdf", "donnees.json"} <= set(pdf.attachments)
        chain = json.loads(pdf.attachments["journal.json"].get_file().read_bytes())
        assert pdf.attachments["decision-1.pdf"].get_file().read_bytes().startswith(b"%PDF")
        assert bool(pdf.Root.MarkInfo.Marked)
    entries = journal.entries(application.reference)
    assert [one["digest"] for one in chain] == [one.digest for one in entries[: len(chain)]]
    assert entries[-1].act == "court_file_made" and entries[-1].facts["document"] == issued.digest
    assert "Dossier pour la chambre administrative" in extract_text(io.BytesIO(content))

    answer = browser.get(f"{page}dossier/{issued.pk}")
    assert answer.content == content
    assert Entry.objects.filter(act="document_opened", case_reference=application.reference).count() == 1


def test_a_second_file_is_the_next_version_of_the_first(sealing: None) -> None:
    application = refused()
    for _ in range(2):
        commit = appeals.make_court_file.func(str(application.pk), "centre", "c-1", at=AT)
        assert commit is not None
        commit()

    assert [one.version for one in appeals.court_files(application.reference)] == [2, 1]


# Session, account and seat are three of each.
@pytest.mark.parametrize(("address", "most"), [("/guichets/recours/", 5), ("/guichets/recours/?etat=open", 5)])
def test_the_list_costs_the_same_whatever_it_holds(address: str, most: int) -> None:
    for _ in range(3):
        refused()
    desk = browser_of(an_agent_of("centre"))

    count, answer = statements_of(lambda: desk.get(address))

    assert answer.status_code == 200
    assert count <= most
