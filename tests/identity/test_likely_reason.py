"""The reason is chosen beforehand for who comes by an invitation, or whose document made here ends; and can be changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from guichet.casework.models import OutboxMessage
from guichet.casework.outbox import compose
from guichet.identity.models import IdentityApplication, RenewalNotice
from guichet.identity.operations import lodging, renewing
from guichet.people.models import Account
from tests.identity.builders import AT, CHILD, a_draft, an_application
from tests.identity.loss_builders import certified, recorded
from tests.identity.test_portal import read
from tests.identity.test_renewing import deliver
from tests.orders.builders import an_account
from tests.people.register.builders import amelie

pytestmark = pytest.mark.django_db
HINT = "Choisi d'avance"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def begin_by(client: Client, link: str) -> IdentityApplication:
    """A draft begun on the page that a link leads to."""
    page = client.get(link)
    known = {name: page.context[name] for name in ("start_key", "motif")}
    client.post("/identite/commencer/", known)
    return IdentityApplication.objects.latest("opened_at")


def chosen(page: str) -> list[str]:
    """Which reasons are ticked on a page."""
    inputs = [line.split(">")[0] for line in page.split("<input")]
    return [one.split('value="')[1].split('"')[0] for one in inputs if 'name="reason"' in one and "checked" in one]


def reason_page(client: Client, application: IdentityApplication) -> str:
    return read(client, application, "motif")


@pytest.mark.applies("RDId 7")
def test_who_comes_by_the_link_of_an_invitation_finds_its_reason_chosen_and_may_change_it(client: Client) -> None:
    deliver(amelie())
    deliver(amelie(official_name="Rochat-Blanc"))
    _, letter = compose(OutboxMessage.objects.get(kind="identity/renewal_notice"))
    link = next(word for word in letter.split() if "/identite/" in word)

    application = begin_by(client, link)
    lodging.save_step(application, "request", {}, at=AT, request="identity_card", name="Amélie Rochat", born_on=CHILD)
    first = reason_page(client, application)
    client.post(f"/identite/demande/{application.token}/motif/", {"reason": "renewal"})
    again = reason_page(client, application)

    assert chosen(first) == ["name_change"]
    assert HINT in first.replace("&#x27;", "'")
    assert chosen(again) == ["renewal"]
    assert HINT not in again.replace("&#x27;", "'")


def test_the_link_is_kept_while_signing_in_and_no_other_word_is_taken_from_it(client: Client) -> None:
    page = client.get("/identite/?motif=changement-de-sexe").content.decode()

    assert "next=/identite/%3Fmotif%3Dchangement-de-sexe" in page
    assert client.get("/identite/?motif=<b>").context["motif"] == ""
    assert begin_by(client, "/identite/?motif=autre").answers == {}


@pytest.mark.usefixtures("sealing")
def test_a_declared_loss_leads_to_an_application_for_that_reason(client: Client) -> None:
    declaration = recorded(kind="theft")
    certified(declaration)
    page = client.get(f"/identite/perte/{declaration.token}/").content.decode()
    link = next(part.split('"')[0] for part in page.split('href="') if part.startswith("/identite/?"))

    assert chosen(reason_page(client, begin_by(client, link))) == ["theft"]


def made(account: Account, *, at: datetime, **fields: Any) -> None:
    """A document that was made for this account's holder."""
    earlier = an_application(at=at, name="Amélie Rochat", **fields)
    IdentityApplication.objects.filter(pk=earlier.pk).update(
        account=account,
        state="delivered",
        issued_at=at,
        paid_at=at,
        old_document="none",
        appeared_on=at.date(),
        checked_by=account.pk,
        approved_by=earlier.household,
        approved_at=at,
        person=account.person_id,
    )


def next_of(account: Account, **fields: Any) -> IdentityApplication:
    """The draft of another application from the same account."""
    draft = a_draft(reason="", person_id=account.person_id, **fields)
    lodging.adopt(draft, account_id=account.pk, at=AT)
    return draft


@pytest.mark.parametrize(
    ("days_left", "fields", "expected"),
    [(-40, {}, "renewal"), (100, {}, "renewal"), (200, {}, ""), (0, {"request": "passport"}, "")],
    ids=["it has ended", "it ends soon", "it still holds", "another kind"],
)
def test_a_document_made_here_that_ends_soon_is_renewed(days_left: int, fields: dict[str, Any], expected: str) -> None:
    account = an_account()
    made(account, at=AT)
    on = AT.date().replace(year=AT.year + 10) - timedelta(days=days_left)

    assert renewing.likely_reason(next_of(account, **fields), on=on) == expected


def test_an_invitation_counts_until_a_document_was_made_after_it() -> None:
    account = an_account()
    deliver(amelie(first_names="Amélie Jeanne"))
    assert RenewalNotice.objects.get().person_id == account.person_id
    draft = next_of(account)
    before = renewing.likely_reason(draft, on=AT.date())
    RenewalNotice.objects.update(noticed_at=AT - timedelta(days=30))
    made(account, at=AT - timedelta(days=1))

    assert before == "name_change"
    assert renewing.likely_reason(draft, on=AT.date()) == ""


def test_nothing_is_looked_up_for_a_guest(django_assert_num_queries: Any) -> None:
    account, draft = an_account(), a_draft(reason="")
    made(account, at=AT)

    with django_assert_num_queries(0):
        assert renewing.likely_reason(draft, on=AT.date().replace(year=AT.year + 10)) == ""


def test_the_page_says_nothing_where_nothing_is_known(client: Client) -> None:
    page = reason_page(client, a_draft(reason=""))

    assert chosen(page) == []
    assert escape(HINT) not in page
