"""What an applicant does with an application: lodge it once, share answers among children, withdraw it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from guichet.casework import journal, outbox
from guichet.casework.acts import Actor, take
from guichet.casework.models import OutboxMessage
from guichet.identity.compose import form_content
from guichet.identity.mails import mail
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import booking, lodging
from guichet.identity.operations.lodging import AlreadyUnderWay, Incomplete
from guichet.identity.quote import quote
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.ids import secret_token
from guichet.kit.quotes import NoPrice
from tests.identity.builders import ADULT, AT, CENTRE, CHILD, COMMUNE, GENEVA, a_draft, acted, an_application
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db
AMELIE = lodging.index_of("Amélie Rochat", ADULT)
READY = ("appearance_recorded", "majority_recorded", "photo_accepted")


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


@pytest.mark.parametrize(
    ("request_", "born_on", "fee", "postage"),
    [
        ("identity_card", date(1990, 6, 12), 6500, 500),
        ("identity_card", date(2016, 3, 4), 3000, 500),
        ("passport", date(1990, 6, 12), 14000, 500),
        ("passport", date(2016, 3, 4), 6000, 500),
        ("both", date(1990, 6, 12), 14800, 1000),
        ("both", date(2016, 3, 4), 6800, 1000),
        ("provisional_passport", date(1990, 6, 12), 15000, 0),
        ("provisional_passport", date(2016, 3, 4), 15000, 0),
    ],
)
def test_the_price_is_the_fee_by_age_and_the_postage_of_each_document(
    request_: str, born_on: date, fee: int, postage: int
) -> None:
    price = quote(a_draft(request=request_, born_on=born_on), on=day_of(AT))

    assert (price.amount("fee").centimes, price.amount("postage").centimes) == (fee, postage)


def test_the_price_is_frozen_when_the_application_is_lodged() -> None:
    application = an_application(request="both")

    assert (application.fee_centimes, application.postage_centimes) == (14800, 1000)
    assert [line["kind"] for line in application.lines] == ["fee", "postage", "postage"]
    assert len(application.quote_digest) == 64


def test_a_price_that_is_not_known_is_said_and_nothing_is_lodged_at_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft()
    monkeypatch.setattr("guichet.identity.quote.identity_postage", lambda on: None)

    with pytest.raises(NoPrice, match="Envoi"):
        lodging.lodge(draft, at=AT)

    assert IdentityApplication.objects.get(pk=draft.pk).state == "draft"


def test_the_lodging_is_confirmed_by_mail_to_who_left_an_address() -> None:
    an_application(email="amelie@exemple.ch")
    an_application(request="passport")

    (owed,) = OutboxMessage.objects.filter(kind="identity/application_lodged")
    assert owed.to == "amelie@exemple.ch"
    assert owed.context["authority"] == "Ville de Genève"


@pytest.mark.parametrize(
    ("name", "context", "says"),
    [
        ("application_lodged", {"authority": "Ville de Genève"}, "Ville de Genève"),
        ("fee_paid", {"receipt": "2026-000001"}, "Quittance n° 2026-000001"),
        ("payment_not_concluded", {}, "Vous n'avez pas été débité"),
    ],
)
def test_each_mail_says_its_news_and_leads_to_the_application(name: str, context: dict[str, str], says: str) -> None:
    application = an_application(email="amelie@exemple.ch")

    subject, body = outbox.compose(mail(application, name, context))

    assert application.reference in subject
    assert says in body
    assert f"/identite/demande/{application.token}/" in body
    assert application.tracking_code in body


def test_the_journal_of_the_lodging_holds_no_personal_data() -> None:
    application = an_application(email="amelie@exemple.ch")

    facts = str([entry.facts for entry in journal.entries(application.reference)])

    assert "Rochat" not in facts
    assert "exemple.ch" not in facts
    assert "1990" not in facts


@pytest.mark.parametrize(
    ("without", "step"),
    [
        ({"name": None}, "personne"),
        ({"commune": None}, "domicile"),
        ({"request": ""}, "documents"),
        ({"reason": ""}, "motif"),
        ({"born_on": date(2016, 3, 4)}, "parents"),
        ({}, "livraison"),
    ],
)
def test_the_first_step_that_is_missing_is_named(without: dict[str, object], step: str) -> None:
    with pytest.raises(Incomplete) as refused:
        lodging.check_complete(a_draft(**without), on=day_of(AT))

    assert refused.value.step == step


@pytest.mark.parametrize("name", ["AMELIE ROCHAT", "Rochat Amélie", "  amélie   rochat "])
def test_a_person_is_known_again_however_the_name_is_typed(name: str) -> None:
    assert lodging.index_of(name, ADULT) == AMELIE


def test_the_index_of_a_person_holds_neither_name_nor_birth() -> None:
    assert "rochat" not in AMELIE.lower()
    assert lodging.index_of("Amélie Rochat", date(1990, 6, 13)) != AMELIE


@pytest.mark.parametrize(
    ("first", "second", "is_double"),
    [
        ("identity_card", "identity_card", True),
        ("identity_card", "both", True),
        ("both", "passport", True),
        ("identity_card", "passport", False),
        ("passport", "provisional_passport", False),
    ],
)
def test_one_person_asks_once_for_one_document(first: str, second: str, is_double: bool) -> None:
    under_way = an_application(request=first, bearer_index=AMELIE)
    draft = a_draft(request=second, bearer_index=AMELIE)

    if not is_double:
        lodging.lodge(draft, at=AT)
        return
    with pytest.raises(AlreadyUnderWay) as refused:
        lodging.lodge(draft, at=AT)

    assert refused.value.other == under_way
    assert IdentityApplication.objects.get(pk=draft.pk).state == "draft"


def test_the_refusal_names_the_first_application_and_what_to_do() -> None:
    under_way = an_application(bearer_index=AMELIE)

    with pytest.raises(AlreadyUnderWay) as refused:
        lodging.lodge(a_draft(bearer_index=AMELIE), at=AT)

    assert under_way.reference in refused.value.message
    assert "continuez-la, ou retirez-la" in refused.value.message
    assert [ref.cite for ref in refused.value.basis] == ["art. 1 RDId", "art. 2 RDId"]


@pytest.mark.parametrize("is_mine", [True, False])
def test_the_review_names_the_first_application_and_leads_to_it_or_to_where_it_is_found(
    client: Client, is_mine: bool
) -> None:
    account = an_account(person=None) if is_mine else None
    told = {"bearer_index": AMELIE, "address": ["Amélie Rochat"], "email": "amelie@exemple.ch"}
    first, second = an_application(bearer_index=AMELIE), a_draft(**told)
    lodging.save_step(second, "residence", {"swiss": "yes", "residence": "canton"}, at=AT)
    if account is not None:
        IdentityApplication.objects.all().update(account=account)
        client.force_login(account)

    page = client.get(f"/identite/demande/{second.token}/verification/").content.decode()
    pressed = client.post(f"/identite/demande/{second.token}/verification/", {"confirmed": "on"})

    assert first.reference in page
    assert (f"/identite/demande/{first.token}/" in page) is is_mine
    assert ("/suivi/" in page.split("Une demande est déjà en cours")[1].split("</section>")[0]) is not is_mine
    assert "Déposer la demande</button>" not in page
    assert pressed.status_code == 409
    assert first.reference in pressed.content.decode()


def test_after_a_withdrawal_the_same_document_may_be_asked_for_again() -> None:
    lodging.withdraw(an_application(bearer_index=AMELIE), at=AT)

    assert an_application(bearer_index=AMELIE).state == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_for_one_person_lodged_at_once_one_is_lodged() -> None:
    drafts = [a_draft(bearer_index=AMELIE) for _ in range(4)]
    outcomes: list[str] = []
    ready = threading.Barrier(len(drafts))

    def lodge(draft: IdentityApplication) -> None:
        ready.wait()
        try:
            lodging.lodge(IdentityApplication.objects.get(pk=draft.pk), at=AT)
            outcomes.append("lodged")
        except AlreadyUnderWay:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=lodge, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["lodged", "refused", "refused", "refused"]
    assert IdentityApplication.objects.filter(state="open").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), [("identity_card", "both"), ("both", "passport")])
def test_of_a_guest_and_an_account_known_to_the_register_who_apply_for_one_person_at_once_one_succeeds(
    first: str, second: str
) -> None:
    person_id = an_account().person_id
    typed = a_draft(request=first, bearer_index=AMELIE)
    known = a_draft(request=second, bearer_index=AMELIE, person_id=person_id)
    outcomes, ready = list[str](), threading.Barrier(2)

    def lodge(draft: IdentityApplication) -> None:
        mine = IdentityApplication.objects.get(pk=draft.pk)
        ready.wait()
        try:
            lodging.lodge(mine, at=AT)
            outcomes.append("lodged")
        except AlreadyUnderWay as refused:
            outcomes.append(f"refused for {refused.other.pk}")
        finally:
            connection.close()

    threads = [threading.Thread(target=lodge, args=(draft,)) for draft in (typed, known)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lodged = IdentityApplication.objects.get(state="open")
    assert sorted(outcomes) == ["lodged", f"refused for {lodged.pk}"]
    assert IdentityApplication.objects.filter(state="draft").count() == 1


def test_who_walks_in_at_a_commune_is_known_again_by_the_next_application() -> None:
    application = an_application()
    assert application.bearer_index == ""

    booking.walk_in(application, office=application.office, actor=COMMUNE, at=AT)

    assert IdentityApplication.objects.get(pk=application.pk).bearer_index == AMELIE
    with pytest.raises(AlreadyUnderWay):
        lodging.lodge(a_draft(bearer_index=AMELIE), at=AT)


def test_no_authority_in_the_directory_is_said_rather_than_guessed() -> None:
    with pytest.raises(Refused, match="annuaire"):
        lodging.lodge(a_draft(commune=GENEVA + 1), at=AT)


def test_a_sibling_begins_once_however_often_the_button_is_pressed() -> None:
    first = an_application(bearer="child", born_on=date(2016, 3, 4), parents="divorced")
    key = secret_token()

    one, same = (lodging.start_sibling(first, start_key=key, at=AT) for _ in range(2))

    assert one == same
    assert (one.household, one.parents, one.bearer, one.name) == (first.household, "divorced", "child", None)


def test_a_draft_of_a_guest_is_continued_from_an_account() -> None:
    account, draft = an_account(person=None), a_draft()

    lodging.adopt(draft, account_id=account.pk, at=AT)

    assert draft.account_id == account.pk
    assert [entry.act for entry in journal.entries(draft.reference)] == ["draft_begun", "draft_adopted"]


def test_an_application_is_withdrawn_until_the_document_is_ordered() -> None:
    withdrawn, ordered = an_application(), acted(an_application(), *READY, "fee_paid", actor=COMMUNE)
    acted(ordered, "form_signed", actor=Actor("applicant", "guest"))
    take("document_ordered", ordered, actor=CENTRE, at=AT)

    lodging.withdraw(withdrawn, at=AT)
    lodging.withdraw(withdrawn, at=AT)
    with pytest.raises(NotAllowedNow):
        lodging.withdraw(ordered, at=AT)

    assert (withdrawn.state, ordered.state) == ("abandoned", "ordered")


@pytest.mark.parametrize(("year", "signs_too"), [(2015, True), (1990, False)])
def test_the_form_of_a_minor_has_a_line_for_who_holds_parental_authority(year: int, signs_too: bool) -> None:
    application = an_application(born_on=date(year, 3, 1))

    assert form_content(application, on=AT.date()).holds_authority is signs_too


def test_the_form_says_what_replaces_the_signature_of_a_parent_who_cannot_come() -> None:
    absent = an_application(born_on=CHILD, parents="together", is_holder_prevented=True)
    present = an_application(born_on=CHILD, parents="together", name="Lou Perret")

    told, other = ([fact.value for fact in form_content(one, on=AT.date()).facts] for one in (absent, present))

    assert any("autorisation écrite et légalisée (art. 6 al. 1 RDId)" in str(value) for value in told)
    assert not any("légalisée" in str(value) for value in other)
