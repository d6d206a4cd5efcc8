"""Two parents who disagree: nothing is ordered while one objects, everybody is told, and only a recorded act lifts it (RDId 6)."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from guichet.casework import journal, outbox
from guichet.casework.models import OutboxMessage
from guichet.documents import rendering
from guichet.identity.models import IdentityApplication, Lifting, ObjectionWay, ParentalObjection, ProductionOrder
from guichet.identity.operations import counter, lodging, objections
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.people.models import Account
from tests.identity.builders import AT, CHILD, a_draft, an_application
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, deed, done, photographed
from tests.identity.test_portal import born, fill_in, read

pytestmark = pytest.mark.django_db
RECORDED, LIFTED = "parental_objection_recorded", "parental_objection_lifted"
SAYS_SO = {"parents": "separated", "holder_prevented": "no", "other_parent": "objects", "other_name": "Rochat Luc"}


@pytest.fixture(autouse=True)
def at_the_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def a_child(**fields: Any) -> IdentityApplication:
    """The application of a child whose parents live together."""
    told = {"bearer": "child", "born_on": CHILD, "parents": "together", "email": "amelie@exemple.ch"}
    return an_application(**(told | fields))


def ready(clerk: Account) -> IdentityApplication:
    """A child's card with everything at the file, the agreement of one parent too."""
    application = done(a_child(), clerk, "appearance_recorded", "parental_agreement_given")
    photographed(application, clerk)
    return done(application, clerk, "photo_accepted", "form_signed", "fee_paid")


def case_page(application: IdentityApplication, authority: str) -> str:
    answer = at_the_counter(authority).get(reverse("guichets:case", args=[application.reference]))
    return str(answer.content.decode()).replace("&#x27;", "'")


def listed_at_the_centre() -> list[str]:
    rows = at_the_counter("centre").get("/guichets/").context["rows"]
    return [row.application.reference for row in rows]


def test_nothing_is_ordered_while_a_parent_objects_and_the_refusal_names_the_article() -> None:
    clerk, centre = an_agent_of("commune"), an_agent_of("centre")
    application = done(ready(clerk), clerk, RECORDED)

    with pytest.raises(NotAllowedNow, match="L'autre parent s'oppose") as refused:
        done(application, centre, "document_ordered")

    assert [ref.cite for ref in refused.value.basis] == ["art. 6 al. 1 RDId", "art. 11 OLDI"]
    assert not ProductionOrder.objects.exists()


def test_the_database_holds_it_whatever_the_code_does() -> None:
    application = done(a_child(), an_agent_of("commune"), RECORDED)
    paid = {"paid_at": AT, "appeared_on": AT.date(), "old_document": "none", "checked_by": application.pk}

    for columns in ({"approved_at": AT}, {"issued_at": AT, "approved_at": AT, "approved_by": application.account_id}):
        with pytest.raises(IntegrityError, match="identity_n"), transaction.atomic():
            IdentityApplication.objects.filter(pk=application.pk).update(**(paid | columns))
    with pytest.raises(IntegrityError, match="one_standing_objection|UNIQUE"), transaction.atomic():
        ParentalObjection.objects.create(
            application=application, objected_on=AT.date(), way="letter", words="x", recorded_at=AT
        )


def test_an_objection_keeps_its_day_who_and_how_and_no_name_in_the_journal() -> None:
    clerk = an_agent_of("commune")
    application = done(a_child(), clerk, RECORDED)

    stands = objections.standing(application)
    entry = journal.entries(application.reference)[-1]

    assert stands is not None
    assert (stands.objected_on, stands.way, stands.recorded_by) == (date(2026, 11, 20), "in_person", clerk.pk)
    assert "Luc Rochat" in stands.words
    assert (entry.act, entry.facts) == (RECORDED, {"objected_on": "2026-11-20", "came_by": "in_person"})


def test_agents_see_it_on_the_case_page_and_why_ordering_and_agreement_wait() -> None:
    clerk = an_agent_of("commune")
    application = done(ready(clerk), clerk, RECORDED)

    page = case_page(application, "commune")

    assert "Un parent s'oppose\N{NO-BREAK SPACE}: rien ne peut être commandé" in page
    assert "Luc Rochat, le père" in page
    assert "20 novembre 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Lever l'opposition" in page
    assert "Enregistrer l'opposition d'un parent" not in page
    assert 'id="obstacle-parental_agreement_given"' in page


def test_the_agent_records_it_by_the_page_of_the_act() -> None:
    application, browser = a_child(), at_the_counter("commune")
    address = reverse("guichets:act", args=[application.reference, RECORDED])
    told = {
        "objected_on_day": "20",
        "objected_on_month": "11",
        "came_by": "letter",
        "words": "Luc Rochat, lettre signée",
    }

    future = browser.post(address, {**told, "objected_on_year": "2027"})
    bare = browser.post(address, {})
    sent = browser.post(address, {**told, "objected_on_year": "2026"})

    assert (future.status_code, bare.status_code, sent.status_code) == (422, 422, 302)
    assert "jour à venir" in future.content.decode()
    assert ParentalObjection.objects.get().way == ObjectionWay.LETTER
    assert "Lettre à la personne qui demande" in case_page(application, "commune")


def test_the_applicant_is_told_what_happens_next_on_the_page_by_mail_and_by_letter(client: Client) -> None:
    application = done(
        a_child(address=["Amélie Rochat", "Rue du Lac 3", "1207 Genève"]), an_agent_of("commune"), RECORDED
    )
    stands = objections.standing(application)
    assert stands is not None

    page = read(client, application).replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ")
    subject, mail = outbox.compose(OutboxMessage.objects.get(kind="identity/parental_objection"))
    letter = objections.letter(application, stands)
    printed = client.get(f"/identite/demande/{application.token}/opposition.pdf")
    at_counter = at_the_counter("commune").get(reverse("guichets:objection", args=[application.reference]))

    for sentence in (objections.IN_TIME.means, *objections.IN_TIME.next):
        assert sentence in page
        assert sentence in mail
        assert sentence in letter.paragraphs
    assert (letter.issuer.name, letter.signatory) == ("Ville de Genève", "Ville de Genève")
    assert "oppose" in subject
    assert "Luc" not in mail
    assert "art. 6 al. 1 RDId et art. 11 OLDI" in letter.paragraphs[0]
    assert printed.content.startswith(b"%PDF")
    assert at_counter.content == rendering.render(letter.template, letter, issued_at=stands.recorded_at)


@pytest.mark.parametrize("how", list(Lifting.values[:2]))
def test_it_is_lifted_by_a_recorded_agreement_or_decision_and_the_agreement_is_taken_anew(how: str) -> None:
    clerk, centre = an_agent_of("commune"), an_agent_of("centre")
    application = done(ready(clerk), clerk, RECORDED)

    done_with = deed(LIFTED, clerk, facts={"lifted_by": how}, words="les deux parents, pièces vues")

    counter.perform(application, done_with)
    with pytest.raises(NotAllowedNow):
        done(application, centre, "document_ordered")
    done(application, clerk, "parental_agreement_given")
    done(application, centre, "document_ordered")

    one = ParentalObjection.objects.get()
    assert (one.lifting, one.lifted_at, one.lifted_by) == (how, AT, clerk.pk)
    assert application.state == "ordered"
    assert OutboxMessage.objects.filter(kind="identity/parental_objection_lifted").count() == 1


def test_nothing_else_lifts_it() -> None:
    clerk = an_agent_of("commune")
    application = done(ready(clerk), clerk, RECORDED)

    for act in ("parental_agreement_given", RECORDED):
        with pytest.raises(NotAllowedNow):
            done(application, clerk, act)
    with pytest.raises(Refused):
        counter.perform(application, deed(LIFTED, clerk, facts={"lifted_by": "majority"}))

    assert IdentityApplication.objects.get(pk=application.pk).opposed_on == date(2026, 11, 20)


def test_who_comes_of_age_before_appearing_needs_nobody_s_agreement() -> None:
    clerk = an_agent_of("commune")
    application = a_child(born_on=date(AT.year - 18, AT.month, AT.day + 1))
    done(application, clerk, RECORDED)
    tomorrow = AT + timedelta(days=1)

    done(application, clerk, "appearance_recorded", at=tomorrow)

    application.refresh_from_db()
    assert (application.opposed_on, application.awaits_agreement) == (None, False)
    assert ParentalObjection.objects.get().lifting == Lifting.MAJORITY


def test_nobody_objects_to_the_document_of_an_adult() -> None:
    application = an_application()

    assert "l'opposition" not in case_page(application, "commune")
    with pytest.raises(NotAllowedNow, match="majeure"):
        done(application, an_agent_of("commune"), RECORDED)


def parents_page(client: Client, application: IdentityApplication, told: dict[str, str]) -> Any:
    return client.post(f"/identite/demande/{application.token}/parents/", told)


def test_said_in_the_form_it_is_recorded_with_the_lodging(client: Client) -> None:
    a_draft()
    application = fill_in(client, bearer="child", person=born(2016), parents="separated")
    nameless = parents_page(client, application, {**SAYS_SO, "other_name": ""})
    parents_page(client, application, SAYS_SO)
    review = read(client, application, "verification").replace("&#x27;", "'")

    client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"})

    application.refresh_from_db()
    one = ParentalObjection.objects.get()
    assert nameless.status_code == 422
    assert "parent qui s'oppose, par exemple" in nameless.content.decode().replace("&#x27;", "'")
    assert "s'oppose\N{NO-BREAK SPACE}: rien n'est établi" in review
    assert (one.way, one.words, one.recorded_by, one.objected_on) == ("form", "Rochat Luc", None, AT.date())
    assert application.opposed_on == AT.date()
    assert "L'autre parent s'oppose à cette demande" in read(client, application).replace("&#x27;", "'")


@pytest.mark.parametrize(
    "told",
    [
        {**SAYS_SO, "parents": "sole_holder"},
        {**SAYS_SO, "other_parent": "agrees"},
        {"parents": "together", "holder_prevented": "no"},
    ],
)
def test_a_parent_who_does_not_object_or_does_not_hold_the_authority_stops_nothing(
    client: Client, told: dict[str, str]
) -> None:
    a_draft()
    application = fill_in(client, bearer="child", person=born(2016), parents="separated")
    parents_page(client, application, told)

    lodging.lodge(IdentityApplication.objects.get(pk=application.pk), at=AT)

    assert not ParentalObjection.objects.exists()
    assert IdentityApplication.objects.get(pk=application.pk).answer("parents").get("other_name", "") == ""


def test_a_minor_is_not_in_the_centre_s_list_before_the_agreement_is_there() -> None:
    clerk = an_agent_of("commune")
    application = done(a_child(), clerk, "appearance_recorded")
    photographed(application, clerk)
    done(application, clerk, "photo_accepted", "form_signed", "fee_paid")
    assert listed_at_the_centre() == []

    done(application, clerk, "parental_agreement_given")
    assert listed_at_the_centre() == [application.reference]

    done(application, clerk, RECORDED)
    assert listed_at_the_centre() == []


@pytest.mark.django_db(transaction=True)
def test_an_objection_at_the_instant_of_the_order_stops_it_or_is_noted() -> None:
    clerk, centre = an_agent_of("commune"), an_agent_of("centre")
    application = ready(clerk)
    succeeded, begin = list[str](), threading.Barrier(2)

    def run(act: str, agent: Account) -> None:
        mine = IdentityApplication.objects.get(pk=application.pk)
        begin.wait()
        try:
            done(mine, agent, act)
            succeeded.append(act)
        except NotAllowedNow:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in (("document_ordered", centre), (RECORDED, clerk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = IdentityApplication.objects.get(pk=application.pk)
    assert RECORDED in succeeded
    assert ("document_ordered" in succeeded) is (stored.state == "ordered") is (stored.opposed_on is None)
    assert browser_of(clerk).get(reverse("guichets:case", args=[application.reference])).status_code == 200
