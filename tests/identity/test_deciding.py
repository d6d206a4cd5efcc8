"""Refusal and withdrawal: grounds, letter, notification, appeal, what becomes final and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from guichet.casework.acts import take
from guichet.documents.contents import Verification
from guichet.documents.models import IssuedDocument
from guichet.identity.models import IdentityApplication, IdentityDecision
from guichet.identity.operations import counter, deciding
from guichet.identity.rights import applicant
from guichet.institutions import directory
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow, NotEntitled, Refused
from tests.identity.builders import AT, an_application
from tests.identity.counter import an_agent_of, browser_of, deed, done

pytestmark = pytest.mark.django_db
REASONS = "Vous n'avez pas produit de preuve de votre nationalité suisse."


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def refused(**more: Any) -> IdentityDecision:
    application = an_application(request="passport")
    told: dict[str, Any] = {"ground": "not_entitled", "reasons": REASONS, "signatory": "Anne Favre", "at": AT}
    agent = more.pop("agent", None) or deed("application_refused", an_agent_of("centre")).agent
    return deciding.decide(application, "application_refused", agent=agent, **(told | more))


def test_a_refusal_has_a_ground_of_the_closed_list_and_reasons() -> None:
    with pytest.raises(Refused, match="motif"):
        refused(ground="because")
    with pytest.raises(Refused, match="motivée"):
        refused(reasons="Non.")
    decision = refused()

    assert decision.application.state == "refused"


def test_only_the_centre_refuses() -> None:
    with pytest.raises(NotEntitled):
        refused(agent=deed("application_refused", an_agent_of("commune")).agent)
    assert IdentityDecision.objects.count() == 0


def test_the_letter_is_shown_as_it_will_read_before_anything_is_decided() -> None:
    application = an_application(request="passport")
    browser = browser_of(an_agent_of("centre"))
    address = reverse("guichets:act", args=[application.reference, "application_refused"])
    asked = {"ground": "not_entitled", "reasons": REASONS}

    page = browser.post(address, asked | {"step": "preview"}).content.decode()
    assert "telle qu'elle partira" in page
    assert "chambre administrative" in page
    assert IdentityApplication.objects.get().state == "open"

    assert browser.post(address, asked | {"step": "decide"}).status_code == 302
    assert IdentityApplication.objects.get().state == "refused"


@pytest.mark.usefixtures("sealing")
def test_the_letter_is_sealed_and_kept_once() -> None:
    decision = refused()

    commit = deciding.write_letter.func(str(decision.pk), at=AT)
    assert commit is not None
    commit()

    assert IssuedDocument.objects.get().title == "Refus d'établir un document d'identité"
    assert deciding.write_letter.func(str(decision.pk), at=AT) is None


def test_the_time_to_appeal_counts_from_the_notification() -> None:
    decision = refused()

    last = deciding.notify(decision, on=date(2026, 11, 23), agent=_agent(), at=AT)

    # 24 days to 17 December, none from 18 December to 2 January (LPA 63 al. 1), the last six from 3 January.
    assert last == date(2027, 1, 8)
    assert IdentityApplication.objects.get().due_on == last


def _agent() -> Any:
    return deed("became_final", an_agent_of("centre")).agent


def test_a_notification_is_recorded_once_and_not_before_the_decision() -> None:
    decision = refused()
    with pytest.raises(Refused):
        deciding.notify(decision, on=AT.date() - timedelta(days=1), agent=_agent(), at=AT)
    deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)

    with pytest.raises(NotAllowedNow, match="première"):
        deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)


def test_nothing_becomes_final_before_it_was_notified_and_its_time_has_run() -> None:
    decision = refused()
    much_later = AT + timedelta(days=300)
    with pytest.raises(NotAllowedNow, match="notifiée"):
        deciding.check_final(decision.application, at=much_later)

    last = deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)
    deciding.end_appeals.func(at=AT + timedelta(days=(last - AT.date()).days))
    assert IdentityApplication.objects.get().state == "refused"

    deciding.end_appeals.func(at=AT + timedelta(days=(last - AT.date()).days + 1))
    assert IdentityApplication.objects.get().state == "closed"


def test_an_appeal_keeps_a_decision_from_becoming_final_and_a_judgment_may_reopen_it() -> None:
    decision = refused()
    deciding.notify(decision, on=AT.date(), agent=_agent(), at=AT)
    application = decision.application

    take("appeal_filed", application, actor=applicant(application), at=AT)
    deciding.end_appeals.func(at=AT + timedelta(days=300))
    assert IdentityApplication.objects.get().state == "refusal_appealed"

    centre = an_agent_of("centre")
    counter.perform(application, deed("judgment_rendered", centre, facts={"judgment": "set_aside"}))
    assert application.state == "open"


def test_the_centre_records_an_appeal_and_its_case_page_offers_it() -> None:
    decision = refused()

    page = browser_of(an_agent_of("centre")).get(reverse("guichets:case", args=[decision.application.reference]))

    assert "Enregistrer un recours" in page.content.decode()
    assert "Enregistrer la notification" in page.content.decode()
    done(decision.application, an_agent_of("centre"), "appeal_filed")
    assert decision.application.state == "refusal_appealed"


@pytest.mark.applies("RDId 12/2")
@pytest.mark.parametrize(
    ("act", "authority", "postcode"),
    [
        ("application_refused", "Centre cantonal de biométrie", "1214 Vernier"),
        ("document_withdrawn", "Centre cantonal de biométrie", "1214 Vernier"),
        ("department_decided", "Département des institutions et du numérique", "1211 Genève 3"),
    ],
)
def test_each_letter_names_the_authority_that_decided_and_the_court_as_the_directory_has_them(
    act: str, authority: str, postcode: str
) -> None:
    institutions.load()
    decision = refused()
    decision.act, decision.ground = act, ""

    letter = deciding.letter(decision, verification=Verification(code="X", address="https://exemple.ch/X"))

    assert letter.issuer.name == authority
    assert letter.issuer.address[-1] == postcode
    assert letter.remedy is not None
    assert "chambre administrative de la Cour de justice (Rue de Saint-Léger 10, 1205 Genève)" in letter.remedy.text


def test_without_the_court_in_the_directory_no_decision_is_drafted_into_a_letter() -> None:
    decision = refused()
    Office.objects.filter(code=directory.COURT).delete()

    with pytest.raises(Refused, match="guichet office load"):
        deciding.letter(decision, verification=Verification(code="X", address="https://exemple.ch/X"))
