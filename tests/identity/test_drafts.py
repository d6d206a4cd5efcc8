"""A draft is given up by the person who began it, or for having been forgotten; nothing that was typed stays."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from guichet.casework import journal
from guichet.casework.retention import DRAFTS_KEPT_DAYS
from guichet.config.wiring import SCHEDULE
from guichet.identity import jobs
from guichet.identity.models import IdentityApplication, LossDeclaration, LostDocument
from guichet.identity.operations import drafts, lodging
from guichet.identity.rights import in_hand
from guichet.institutions.models import Office
from guichet.kit.errors import NotAllowedNow
from tests.identity import loss_builders
from tests.identity.builders import AT, a_draft, an_application, the_authorities
from tests.identity.test_portal import born, fill_in, read
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db
A_MONTH_LATER = AT + timedelta(days=DRAFTS_KEPT_DAYS, seconds=1)


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def a_full_draft(client: Client) -> IdentityApplication:
    """A draft of a child, with every page filled in."""
    a_draft()
    return fill_in(client, bearer="child", person=born(2016), parents="together")


def is_erased(application: IdentityApplication) -> bool:
    """Whether nothing that was typed is left in the stored row."""
    stored = IdentityApplication.objects.get(pk=application.pk)
    typed = (stored.name, stored.born_on, stored.email, stored.address, stored.commune, stored.person_id)
    words = (stored.bearer_index, stored.parents, stored.request, stored.reason)
    return stored.answers == {} and typed == (None,) * 6 and words == ("",) * 4


def test_who_began_a_draft_gives_it_up_after_having_been_asked_once_more(client: Client) -> None:
    application = a_full_draft(client)

    step = read(client, application, "pour-qui")
    asked = read(client, application, "abandonner")
    application.refresh_from_db()
    assert (application.state, application.name) == ("draft", "Amélie Rochat")
    pressed = client.post(f"/identite/demande/{application.token}/abandonner/")

    page = read(client, application)
    assert f"/identite/demande/{application.token}/abandonner/" in step
    assert f"après {DRAFTS_KEPT_DAYS} jours" in step
    assert "ne peut pas être retrouvé" in asked
    assert pressed["Location"] == f"/identite/demande/{application.token}/"
    assert "abandonné" in page
    assert "Retirer la demande" not in page
    assert "formule.pdf" not in page
    assert is_erased(application)


def test_the_minutes_say_that_it_was_erased_and_nothing_of_what(client: Client) -> None:
    application = a_full_draft(client)
    drafts.abandon(application, at=AT)
    drafts.abandon(application, at=AT)

    given_up, minutes = journal.entries(application.reference)[-2:]

    assert (given_up.act, minutes.act) == ("draft_abandoned", "draft_erased")
    assert minutes.facts == {"answers": 7, "kept_days": 30}
    assert minutes.basis == ["RDId:3/1"]
    assert "Rochat" not in str([entry.facts for entry in journal.entries(application.reference)])
    assert journal.verify(application.reference) == []


def test_a_lodged_application_is_withdrawn_not_given_up(client: Client) -> None:
    application = an_application()

    with pytest.raises(NotAllowedNow):
        drafts.abandon(application, at=AT)
    client.post(f"/identite/demande/{application.token}/abandonner/")

    assert IdentityApplication.objects.get(pk=application.pk).state == "open"


def test_a_draft_of_an_account_is_given_up_by_its_holder_alone(client: Client) -> None:
    holder, other, application = an_account(person=None), an_account("b@exemple.ch", person=None), a_draft()
    lodging.adopt(application, account_id=holder.pk, at=AT)

    client.force_login(other)
    refused = client.post(f"/identite/demande/{application.token}/abandonner/")
    client.force_login(holder)
    client.post(f"/identite/demande/{application.token}/abandonner/")

    assert refused.status_code == 404
    assert "Brouillon abandonné" in client.get("/mes-demarches/").content.decode()


def test_a_draft_nobody_touches_for_the_declared_time_is_erased_and_nothing_else_is() -> None:
    forgotten, lodged = a_draft(), an_application()
    touched = a_draft()
    lodging.save_step(touched, "request", {"request": "passport"}, at=AT + timedelta(seconds=2))

    assert drafts.lapse(at=A_MONTH_LATER - timedelta(seconds=1)) == 0
    assert drafts.lapse(at=A_MONTH_LATER) == 1

    assert is_erased(forgotten)
    assert [entry.act for entry in journal.entries(forgotten.reference)][-2:] == ["draft_lapsed", "draft_erased"]
    states = IdentityApplication.objects.filter(pk__in=[lodged.pk, touched.pk]).values_list("state", flat=True)
    assert sorted(states) == ["draft", "open"]


def test_the_worker_forgets_drafts_by_itself() -> None:
    a_draft()

    assert SCHEDULE["identity.forget_drafts"].task is jobs.forget_drafts
    jobs.forget_drafts.func(at=A_MONTH_LATER)

    assert IdentityApplication.objects.get().state == "dropped"


def test_a_declaration_nobody_touches_for_the_declared_time_is_erased_with_its_documents_and_no_other_is() -> None:
    forgotten, announced = loss_builders.a_draft(), loss_builders.declared()

    assert drafts.lapse(at=A_MONTH_LATER - timedelta(seconds=2)) == 0
    assert drafts.lapse(at=A_MONTH_LATER) == 1

    stored = LossDeclaration.objects.get(pk=forgotten.pk)
    typed = (stored.name, stored.born_on, stored.email, stored.address, stored.person_id, stored.happened_on)
    assert (stored.state, stored.kind, stored.bearer_index, stored.answers, typed) == (
        "dropped",
        "",
        "",
        {},
        (None,) * 6,
    )
    assert {one.declaration for one in LostDocument.objects.all()} == {announced}
    lapsed, minutes = journal.entries(forgotten.reference)[-2:]
    assert (lapsed.act, minutes.act, minutes.basis) == ("draft_lapsed", "draft_erased", ["RDId:10/1"])
    assert minutes.facts == {"answers": 2, "kept_days": 30}


def test_the_form_of_a_loss_says_how_long_its_draft_is_kept_and_then_that_it_is_erased(client: Client) -> None:
    forgotten = loss_builders.a_draft()
    address = f"/identite/perte/{forgotten.token}/"

    form = client.get(f"{address}evenement/").content.decode()
    drafts.lapse(at=A_MONTH_LATER)
    page = client.get(address, follow=True).content.decode()

    assert f"effacé après {DRAFTS_KEPT_DAYS} jours sans changement" in form
    assert "ce qui y était saisi est effacé" in page
    assert "Rochat" not in page


@pytest.mark.parametrize("page", ["evenement/", "verification/"])
def test_who_began_a_declaration_gives_it_up_after_having_been_asked_once_more(client: Client, page: str) -> None:
    declaration = loss_builders.a_draft()
    address = f"/identite/perte/{declaration.token}/"

    step = client.get(f"{address}{page}").content.decode()
    asked = client.get(f"{address}abandonner/").content.decode()
    declaration.refresh_from_db()
    assert (declaration.state, declaration.name) == ("draft", "Amélie Rochat")
    pressed = client.post(f"{address}abandonner/")

    shown = client.get(address).content.decode()
    declaration.refresh_from_db()
    assert f"{address}abandonner/" in step
    assert "ne peut pas être retrouvé" in asked
    assert pressed["Location"] == address
    assert "ce qui y était saisi est effacé" in shown
    assert "Rochat" not in shown
    assert "Émolument" not in shown
    assert (declaration.state, declaration.name, declaration.answers) == ("dropped", None, {})
    assert not LostDocument.objects.exists()
    assert [entry.act for entry in journal.entries(declaration.reference)][-2:] == ["draft_abandoned", "draft_erased"]


def test_what_was_announced_to_the_police_cannot_be_given_up(client: Client) -> None:
    announced = loss_builders.declared()

    with pytest.raises(NotAllowedNow):
        drafts.abandon(announced, at=AT)
    client.post(f"/identite/perte/{announced.token}/abandonner/")

    assert LossDeclaration.objects.get().state == "declared"


def test_a_declaration_of_an_account_is_given_up_by_its_holder_alone(client: Client) -> None:
    holder, other = an_account(person=None), an_account("b@exemple.ch", person=None)
    address = f"/identite/perte/{loss_builders.a_draft(account_id=holder.pk).token}/abandonner/"

    client.force_login(other)
    refused = client.post(address)
    client.force_login(holder)
    client.post(address)

    assert refused.status_code == 404
    assert "Brouillon abandonné" in client.get("/mes-demarches/").content.decode()


def test_the_police_does_not_see_a_declaration_that_was_given_up() -> None:
    loss_builders.a_draft()
    drafts.lapse(at=A_MONTH_LATER)

    assert not LossDeclaration.objects.at(the_authorities()["police"]).exists()


def test_the_database_holds_that_nothing_of_a_person_stays_in_a_declaration_that_was_given_up() -> None:
    declaration = loss_builders.a_draft()
    drafts.lapse(at=A_MONTH_LATER)

    for columns in ({"born_on": AT.date()}, {"bearer_index": "x"}, {"kind": "loss"}, {"happened_on": AT.date()}):
        with pytest.raises(IntegrityError, match="nothing_typed_in_a_dropped_declaration"), transaction.atomic():
            LossDeclaration.objects.filter(pk=declaration.pk).update(**columns)


def test_no_authority_sees_a_draft_that_was_given_up() -> None:
    application = a_draft()
    drafts.abandon(application, at=AT)

    assert not any(in_hand(office).exists() for office in Office.objects.exclude(authority=""))


def test_the_database_holds_that_nothing_of_a_person_stays_in_it() -> None:
    application = a_draft()
    drafts.abandon(application, at=AT)

    for columns in ({"born_on": AT.date()}, {"bearer_index": "x"}, {"commune": 6621}, {"purged_at": None}):
        with pytest.raises(IntegrityError, match="nothing_typed_in_a_dropped_draft"), transaction.atomic():
            IdentityApplication.objects.filter(pk=application.pk).update(**columns)


@pytest.mark.django_db(transaction=True)
def test_of_a_lodging_and_a_giving_up_at_once_exactly_one_succeeds() -> None:
    draft = a_draft()
    done, ready = list[str](), threading.Barrier(2)

    def run(what: str) -> None:
        mine = IdentityApplication.objects.get(pk=draft.pk)
        ready.wait()
        try:
            lodging.lodge(mine, at=AT) if what == "lodged" else drafts.abandon(mine, at=AT)
            done.append(what)
        except NotAllowedNow:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(what,)) for what in ("lodged", "given up")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = IdentityApplication.objects.get(pk=draft.pk)
    assert (done, stored.state) in [(["lodged"], "open"), (["given up"], "dropped")]
    assert (stored.name is None) is (stored.state == "dropped")
