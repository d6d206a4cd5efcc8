"""An application for a protected adult: whoever represents them is recorded before anything is ordered (LDI 5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from guichet.identity.models import IdentityApplication, ProducedPiece, ProductionOrder
from guichet.kit.errors import NotAllowedNow
from guichet.people.models import Account
from tests.identity.builders import AT, CHILD, an_application
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, complete, done
from tests.identity.test_portal import read

pytestmark = pytest.mark.django_db
REPRESENTED = "representation_recorded"
WANTED = "portée générale"
TOLD = {"words": "Paul Rey, curateur de portée générale, décision du TPAE du 3 mars 2024 ; il signe l'accord"}


@pytest.fixture(autouse=True)
def at_the_counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def protected(**fields: Any) -> IdentityApplication:
    return an_application(**({"bearer": "protected"} | fields))


def page_of(application: IdentityApplication, authority: str = "commune") -> str:
    answer = at_the_counter(authority).get(reverse("guichets:case", args=[application.reference]))
    return str(answer.content.decode()).replace("&#x27;", "'")


def assembled(clerk: Account) -> IdentityApplication:
    """The card of a protected adult with everything at the file but who represents them."""
    return complete(protected(), clerk)


def test_nothing_is_ordered_before_it_is_recorded_who_represents_them() -> None:
    clerk, centre = an_agent_of("commune"), an_agent_of("centre")
    application = assembled(clerk)

    with pytest.raises(NotAllowedNow, match="qui la représente") as refused:
        done(application, centre, "document_ordered")
    assert [ref.cite for ref in refused.value.basis] == ["art. 3 al. 1 RDId", "art. 5 LDI"]
    assert not ProductionOrder.objects.exists()

    done(application, clerk, REPRESENTED)
    done(application, centre, "document_ordered")
    assert application.state == "ordered"


def test_who_appeared_before_the_counter_asked_is_asked_by_whoever_has_the_case_before_the_order() -> None:
    centre, other = an_agent_of("centre"), an_agent_of("centre")
    application = assembled(an_agent_of("commune"))
    IdentityApplication.objects.filter(pk=application.pk).update(awaits_agreement=False)
    application.refresh_from_db()
    ask = f'href="{reverse("guichets:act", args=[application.reference, REPRESENTED])}"'
    before = page_of(application, "centre")

    assert ask in before
    assert ask in page_of(application, "commune")
    assert "La personne est protégée" in before
    with pytest.raises(NotAllowedNow, match="qui la représente"):
        done(application, centre, "document_ordered")
    done(application, centre, REPRESENTED)

    assert "La personne est protégée" not in page_of(application, "centre")
    done(application, other, "document_ordered")
    assert application.state == "ordered"


def test_the_database_holds_it_whatever_the_code_does() -> None:
    application = assembled(an_agent_of("commune"))
    columns = {"approved_at": AT, "approved_by": application.household, "issued_at": AT, "old_document": "none"}

    with pytest.raises(IntegrityError, match="before_the_parents_agree"), transaction.atomic():
        IdentityApplication.objects.filter(pk=application.pk).update(**columns)


def test_the_counter_sees_for_whom_it_is_what_is_wanted_and_records_it_in_words() -> None:
    clerk = an_agent_of("commune")
    application, browser = assembled(clerk), browser_of(clerk)
    address = reverse("guichets:act", args=[application.reference, REPRESENTED])
    before = page_of(application)

    bare = browser.post(address, {})
    sent = browser.post(address, TOLD)
    after = page_of(application)

    assert "pour une personne protégée" in before
    assert WANTED in before
    assert f'href="{address}"' in before
    assert (bare.status_code, sent.status_code) == (422, 302)
    assert ProducedPiece.objects.get(act=REPRESENTED).words == TOLD["words"]
    assert f'href="{address}"' not in after


def test_the_centre_lists_it_only_then() -> None:
    clerk = an_agent_of("commune")
    application = assembled(clerk)

    assert at_the_counter("centre").get("/guichets/").context["rows"] == []
    done(application, clerk, REPRESENTED)

    assert len(at_the_counter("centre").get("/guichets/").context["rows"]) == 1


@pytest.mark.parametrize("fields", [{"bearer": "self"}, {"bearer": "child", "born_on": CHILD, "parents": "together"}])
def test_nobody_else_is_asked_for_it(fields: dict[str, Any], client: Client) -> None:
    clerk = an_agent_of("commune")
    application = done(protected(**fields), clerk, "appearance_recorded")

    assert "représentation" not in page_of(application)
    assert WANTED not in page_of(application) + read(client, application)


def test_of_a_protected_minor_the_parents_agreement_is_asked_instead() -> None:
    clerk = an_agent_of("commune")
    application = done(protected(born_on=CHILD, parents="together"), clerk, "appearance_recorded")

    page = page_of(application)

    assert "Recueillir l'accord parental" in page
    assert "Enregistrer la représentation" not in page


def test_the_applicant_reads_it_among_what_is_to_be_done_until_it_is_recorded(client: Client) -> None:
    clerk, application = an_agent_of("commune"), protected()
    before = read(client, application)

    done(application, clerk, "appearance_recorded", REPRESENTED)

    assert WANTED in before
    assert "art. 5 LDI" in before.replace("\N{NO-BREAK SPACE}", " ")
    assert WANTED not in read(client, application)
