"""Article 12 al. 2: what is not foreseen is decided by the department, and its decision serves the next case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.casework import journal
from guichet.casework.models import Job
from guichet.documents.contents import Verification
from guichet.identity.models import IdentityApplication, IdentityDecision, Precedent, ProducedPiece, Referral
from guichet.identity.operations import deciding, referrals
from guichet.identity.operations.referrals import PrecedentNote
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, acted, an_application
from tests.identity.counter import an_agent_of, browser_of, deed, done

pytestmark = [pytest.mark.django_db, pytest.mark.applies("RDId 12/2")]
LATER = AT + timedelta(days=2)
REASONS = "La situation n'est pas prévue ; la pratique des autorités voisines est suivie."
NOTE = PrecedentNote(
    title="Carte pour une personne sans adresse fixe",
    question="Une personne sans adresse fixe peut-elle recevoir sa carte au guichet de la commune ?",
    facts="La personne est connue des services sociaux, qui attestent son identité et sa présence.",
    reasons=REASONS,
    keywords="adresse, sans-abri, élection de domicile",
    articles=("RDId:12/2", "RDId:5"),
)


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: LATER)
    yield


def referred(**fields: Any) -> Referral:
    application = an_application(**fields)
    done(application, an_agent_of("commune"), "referred_to_department")
    return application.referrals.get()


def decided(ruling: str = "proceed", **fields: Any) -> Referral:
    referral = referred(**fields)
    referrals.decide(
        referral,
        ruling,
        reasons=REASONS,
        agent=deed("department_decided", an_agent_of("department")).agent,
        signatory="Anne Favre",
        at=LATER,
    )
    return referral


def published(note: PrecedentNote = NOTE, **fields: Any) -> Precedent:
    return referrals.publish(
        decided(**fields), note, agent=deed("department_decided", an_agent_of("department")).agent, at=LATER
    )


def test_a_case_put_to_the_department_waits_with_its_question() -> None:
    referral = referred()

    assert referral.application.state == "referred"
    assert referral.question == "cas que le règlement ne prévoit pas"
    assert list(Referral.objects.waiting()) == [referral]
    assert not ProducedPiece.objects.exists()


def test_only_the_department_decides() -> None:
    referral = referred()
    centre = deed("department_decided", an_agent_of("centre")).agent

    with pytest.raises(NotEntitled):
        referrals.decide(referral, "proceed", reasons=REASONS, agent=centre, signatory="X", at=LATER)


def test_a_ruling_without_reasons_or_out_of_the_list_is_none() -> None:
    referral = referred()
    agent = deed("department_decided", an_agent_of("department")).agent

    with pytest.raises(Refused, match="Motivez"):
        referrals.decide(referral, "proceed", reasons="Oui.", agent=agent, signatory="X", at=LATER)
    with pytest.raises(Refused, match="suit son cours"):
        referrals.decide(referral, "perhaps", reasons=REASONS, agent=agent, signatory="X", at=LATER)


def test_decided_to_proceed_the_application_is_open_again_and_nothing_waits() -> None:
    referral = decided()

    assert referral.application.state == "open"
    assert not Referral.objects.waiting().exists()
    assert not IdentityDecision.objects.exists()


def test_a_refusal_of_the_department_is_a_decision_with_letter_and_remedy() -> None:
    referral = decided("refuse")

    decision = IdentityDecision.objects.get()
    assert (referral.application.state, decision.act) == ("refused", "department_decided")
    assert Job.objects.filter(task_path__endswith="write_letter").count() == 1
    written = deciding.letter(decision, verification=Verification(code="X", address=""))
    assert "département refuse" in written.decision and "12 al. 2" in written.decision
    assert written.remedy is not None and "30 jours" in written.remedy.text
    assert written.grounds == ()


def test_a_case_is_decided_once() -> None:
    referral = decided()

    with pytest.raises(NotAllowedNow):
        referrals.decide(
            referral,
            "refuse",
            reasons=REASONS,
            agent=deed("department_decided", an_agent_of("department")).agent,
            signatory="X",
            at=LATER,
        )


def test_the_journal_holds_the_ruling_and_no_words() -> None:
    referral = decided()

    entry = journal.entries(referral.application.reference)[-1]
    assert (entry.act, entry.facts) == ("department_decided", {"ruling": "proceed"})


def test_the_database_refuses_two_questions_that_wait_and_a_ruling_without_reasons() -> None:
    referral = referred()
    again = Referral(application=referral.application, question="?", referred_at=AT, referred_by="x")

    with pytest.raises(IntegrityError, match=r"referral_one_waiting|application_id"), transaction.atomic():
        again.save(force_insert=True)
    with pytest.raises(IntegrityError, match="referral_decided"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(ruling="proceed")


def test_a_note_is_published_once_and_only_of_a_decision() -> None:
    waiting = referred()
    agent = deed("department_decided", an_agent_of("department")).agent
    with pytest.raises(NotAllowedNow, match="pas encore tranché"):
        referrals.publish(waiting, NOTE, agent=agent, at=LATER)

    precedent = published()

    assert precedent.ruling == "proceed"
    with pytest.raises(NotAllowedNow, match="déjà publiée"):
        referrals.publish(precedent.referral, NOTE, agent=agent, at=LATER)


@pytest.mark.parametrize(
    ("slip", "what"),
    [
        ("Madame ROCHAT vit sans adresse.", "le nom de la personne"),
        ("Amelie vit sans adresse.", "le nom de la personne"),
        ("Née le 12 juin 1990.", "la date de naissance"),
        ("Née le 12.06.1990.", "la date de naissance"),
        ("Numéro 756.1234.5678.97.", "un numéro AVS"),
        ("Dossier PID-7K2M9XQA-4.", "une référence de dossier"),
        ("Écrire à a@exemple.ch.", "une adresse électronique"),
        ("Téléphone 022 546 46 46.", "un numéro de téléphone"),
        ("Passeport X1234567.", "un numéro de document"),
        ("Elle loge Rue du Lac 3.", "l'adresse de la personne"),
    ],
)
def test_a_note_that_tells_whose_case_it_was_is_not_published(slip: str, what: str) -> None:
    referral = decided(name="Amélie Rochat", address={"street": "rue du Lac 3", "town": "Genève"})

    with pytest.raises(Refused, match=what):
        referrals.publish(
            referral, NOTE._replace(facts=slip), agent=deed("x", an_agent_of("department")).agent, at=LATER
        )

    assert not Precedent.objects.exists()


def test_a_note_that_names_no_known_article_is_not_published() -> None:
    referral = decided()
    agent = deed("x", an_agent_of("department")).agent

    for cited in ((), ("RDId:99",)):
        with pytest.raises(Refused, match="article"):
            referrals.publish(referral, NOTE._replace(articles=cited), agent=agent, at=LATER)


@pytest.mark.parametrize(
    "words",
    ["sans adresse", "ELECTION domicile", "élection", "sociaux guichet", "premier document", "art. 5", "L'IDENTITÉ"],
)
def test_a_note_is_found_by_its_words_with_or_without_accents(words: str) -> None:
    precedent = published()

    assert referrals.search(words) == [precedent]


@pytest.mark.parametrize("words", ["adoption", "adresse adoption", "%", "adresse_fixe zzz"])
def test_a_note_is_not_found_by_words_it_does_not_hold(words: str) -> None:
    published()

    assert referrals.search(words if words != "%" else "100%") == []


def test_a_note_is_found_by_article_and_reason() -> None:
    precedent = published()

    assert referrals.search(article="RDId:12/2") == [precedent]
    assert referrals.search(article="RDId:8/1") == []
    assert referrals.search(reason="first") == [precedent]
    assert referrals.search(reason="loss") == []


def test_the_search_gives_a_bounded_number_of_notes() -> None:
    made = published()
    for number in range(referrals.MOST_FOUND + 5):
        other = Referral.objects.create(
            application=made.referral.application,
            question="?",
            referred_at=AT,
            referred_by="x",
            ruling="proceed",
            reasons="x",
            decided_at=LATER,
            decided_by=f"x{number}",
        )
        made.pk, made.referral = None, other
        made._state.adding = True
        made.save(force_insert=True)

    assert len(referrals.search("adresse")) == referrals.MOST_FOUND + 1


def page_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_department_finds_the_case_decides_it_and_publishes_the_note_after_a_look() -> None:
    referral = referred()
    reference, desk = referral.application.reference, browser_of(an_agent_of("department"))
    assert reference in page_of(desk, "/guichets/departement/")
    case = f"/guichets/departement/{reference}/"
    assert "cas que le règlement ne prévoit pas" in page_of(desk, case)

    assert desk.post(case, {"ruling": "proceed", "reasons": "Non."}).status_code == 422
    answer = desk.post(case, {"ruling": "proceed", "reasons": REASONS}, follow=True).content.decode()
    assert "La décision est enregistrée" in answer

    typed = {**NOTE._asdict(), "articles": list(NOTE.articles)}
    named = desk.post(f"{case}precedent/", {**typed, "title": "Le cas Rochat", "step": "preview"}).content.decode()
    assert "le nom de la personne" in named and "Publier la note" not in named
    look = desk.post(f"{case}precedent/", {**typed, "step": "preview"}).content.decode()
    assert "Aucune donnée personnelle trouvée" in look and not Precedent.objects.exists()
    forced = desk.post(f"{case}precedent/", {**typed, "title": "Le cas Rochat", "step": "publish"})
    assert forced.status_code == 422 and not Precedent.objects.exists()

    shown = desk.post(f"{case}precedent/", {**typed, "step": "publish"}, follow=True).content.decode()
    assert NOTE.title in shown and reference not in shown


@pytest.mark.parametrize("authority", ["commune", "centre", "uda", "police", "department"])
def test_every_authority_reads_the_precedents(authority: str) -> None:
    precedent = published()
    browser = browser_of(an_agent_of(authority))

    assert precedent.title in page_of(browser, "/guichets/precedents/?mots=election")
    assert precedent.facts in page_of(browser, f"/guichets/precedents/{precedent.pk}/")
    assert "Aucune note ne correspond" in page_of(browser, "/guichets/precedents/?article=RDId%3A8%2F1")


@pytest.mark.parametrize("authority", ["commune", "centre"])
def test_only_the_department_sees_its_desk(authority: str) -> None:
    referral = decided()
    browser = browser_of(an_agent_of(authority))

    for address in ("", f"{referral.application.reference}/", f"{referral.application.reference}/precedent/"):
        assert browser.get(f"/guichets/departement/{address}").status_code == 403


def test_who_puts_a_case_to_the_department_first_reads_what_was_decided_alike() -> None:
    precedent = published()
    alike, other = an_application(), an_application(reason="renewal")
    acted(other, "exchange_arranged", ground="trip")
    commune = browser_of(an_agent_of("commune"))

    assert precedent.title in page_of(commune, f"/guichets/{alike.reference}/actes/referred_to_department/")
    assert precedent.title not in page_of(commune, f"/guichets/{other.reference}/actes/referred_to_department/")


def test_the_act_of_the_department_leads_to_its_desk() -> None:
    referral = referred()
    reference = referral.application.reference

    answer = browser_of(an_agent_of("department")).get(f"/guichets/{reference}/actes/department_decided/")

    assert (answer.status_code, answer["Location"]) == (302, f"/guichets/departement/{reference}/")


def test_a_withdrawn_demand_waits_for_nothing() -> None:
    referral = referred()
    acted(IdentityApplication.objects.get(pk=referral.application_id), "application_withdrawn", at=LATER)

    assert not Referral.objects.waiting().exists()
    assert "retirée" in page_of(
        browser_of(an_agent_of("department")), f"/guichets/departement/{referral.application.reference}/"
    )


# Session, account and seat are three of each.
@pytest.mark.parametrize(("address", "most"), [("/guichets/precedents/", 4), ("/guichets/departement/", 6)])
def test_the_lists_cost_the_same_whatever_they_hold(address: str, most: int) -> None:
    published()
    referred()
    referred(born_on=date(1980, 1, 1))

    desk = browser_of(an_agent_of("department"))
    count, answer = statements_of(lambda: desk.get(address))

    assert answer.status_code == 200
    assert count <= most
