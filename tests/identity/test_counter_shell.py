"""What surrounds the pages of the counters: in whose name one acts, the keys of the keyboard, the check of a journal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from guichet import identity
from guichet.casework.models import Entry
from guichet.identity.models import IdentityApplication
from guichet.institutions import operations as institutions
from guichet.institutions.models import Membership, Role
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.people.models import Account
from tests.identity.builders import AT, an_application, the_authorities
from tests.identity.counter import an_agent_of, at_the_counter, browser_of

pytestmark = pytest.mark.django_db
COUNTER = Path(identity.__file__).parent / "templates/identity/counter"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def of_two() -> tuple[Account, Client]:
    """A clerk of the commune who is a supervisor of the centre too, signed in."""
    account = an_agent_of("commune")
    institutions.appoint(account, the_authorities()["centre"], Role.SUPERVISOR, from_on=day_of(AT))
    return account, browser_of(account)


def choose(browser: Client, code: str) -> int:
    return browser.post("/guichets/autorite/", {"authority": code}).status_code


def listed(browser: Client) -> list[str]:
    return [row.application.reference for row in browser.get("/guichets/").context["rows"]]


def test_who_works_in_several_authorities_chooses_in_whose_name_and_every_page_says_it() -> None:
    card, passport = an_application(), an_application(request="passport")
    _, browser = of_two()

    assert listed(browser) == [passport.reference]
    assert choose(browser, "commune-geneve") == 302

    assert listed(browser) == [card.reference]
    page = browser.get("/guichets/agenda/").content.decode()
    assert "<strong>Guichet, Ville de Genève</strong>" in page
    assert '<option value="commune-geneve" selected>Ville de Genève (gestionnaire)</option>' in page


def test_the_role_is_that_of_the_authority_one_acts_for() -> None:
    _, browser = of_two()

    assert browser.get("/guichets/agenda/fermetures/").status_code == 200
    choose(browser, "commune-geneve")

    assert browser.get("/guichets/agenda/fermetures/").status_code == 403


def test_nobody_chooses_an_authority_in_which_they_do_not_work_and_an_ended_one_is_left() -> None:
    account, browser = of_two()
    choose(browser, "commune-geneve")

    assert choose(browser, "uda") == 403
    Membership.objects.filter(account=account, office__code="commune-geneve").update(
        from_on=day_of(AT) - timedelta(days=9), until_on=day_of(AT) - timedelta(days=1)
    )

    assert "Guichet, Centre cantonal de biométrie" in browser.get("/guichets/").content.decode()


def test_a_form_opened_in_another_name_records_nothing() -> None:
    card, (_, browser) = an_application(), of_two()
    typed = {"words": "passeport échu", "acting_for": "centre-biometrie"}
    choose(browser, "commune-geneve")

    address = f"/guichets/{card.reference}/actes/appearance_recorded/"
    refused = browser.post(address, typed)

    assert refused.status_code == 409
    assert (
        "vous agissez maintenant au nom de l&#x27;autorité «\N{NO-BREAK SPACE}Ville de Genève\N{NO-BREAK SPACE}»"
        in refused.content.decode()
    )
    assert not Entry.objects.filter(case_reference=card.reference, act="appearance_recorded").exists()
    assert browser.get("/guichets/entendu/?pour=centre-biometrie").status_code == 409
    assert browser.post(address, typed | {"acting_for": "commune-geneve"}).status_code == 302


def test_who_works_in_one_authority_is_asked_nothing() -> None:
    assert "Changer d'autorité" not in at_the_counter("police").get("/guichets/").content.decode()


def test_every_page_of_a_counter_tells_the_keys_of_the_keyboard() -> None:
    page = at_the_counter("commune").get("/guichets/").content.decode()

    assert 'id="raccourcis"' in page
    assert "kit/workplace.js" in page


def test_the_journal_of_a_case_is_checked_and_a_break_is_told() -> None:
    card, browser = an_application(), at_the_counter("commune")
    address = f"/guichets/{card.reference}/journal/"

    assert "La chaîne est intacte" in browser.get(address).content.decode()
    _tamper(card)

    broken = browser.get(address).content.decode()
    assert "La chaîne est rompue" in broken
    assert "le contenu ne correspond plus à son empreinte" in broken.replace("&#x27;", "'")


def test_another_authority_checks_no_journal_of_a_case_it_has_not_in_hand() -> None:
    card = an_application()

    assert at_the_counter("uda").get(f"/guichets/{card.reference}/journal/").status_code == 404


def _tamper(application: IdentityApplication) -> None:
    """Change an entry behind the software's back, the database's own guard taken off."""
    first = Entry.objects.filter(case_reference=application.reference).order_by("seq")[0]
    changed = Entry.objects.filter(pk=first.pk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE casework_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'casework_entry'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    changed.update(actor="somebody-else")


@pytest.mark.parametrize("template", sorted(COUNTER.rglob("*.html")), ids=lambda path: path.name)
def test_every_form_of_the_counters_is_recorded_once(template: Path) -> None:
    # Choosing in whose name one acts records nothing, and is not done in the name of before.
    if template.name != "authorities.html":
        posted = template.read_text().split("{% csrf_token %}")[1:]
        assert all(form.startswith("{% form_key %}") for form in posted), template.name
