"""The line goes while somebody stands at the counter: nothing typed is lost, and what is sent later is recorded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guichet.casework.models import Entry
from guichet.identity.models import Biometric
from guichet.kit import clock
from tests.identity.builders import an_application
from tests.identity.counter import a_photo, an_agent_of, done

from .conftest import Sit
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "passeport échu, photo comparée"


def unheard(agent: Visitor) -> None:
    expect(agent.page.get_by_role("heading", name="Rien n'a été enregistré : le réseau")).to_be_visible()
    kept = agent.page.evaluate("() => localStorage.length + sessionStorage.length")
    assert kept == 0


def test_an_appearance_typed_without_a_line_stays_on_the_page_and_is_recorded_once_the_line_is_back(sit: Sit) -> None:
    application = an_application(at=clock.now())
    clerk = sit("commune")
    clerk.goes_to(f"/guichets/{application.reference}/actes/appearance_recorded/")
    clerk.page.locator("[name=words]").fill(WORDS)
    button = clerk.main.get_by_role("button", name="Enregistrer la présence")

    clerk.context.set_offline(True)
    clerk.hears("ERR_INTERNET_DISCONNECTED")
    button.click()
    unheard(clerk)
    expect(clerk.page.locator("[name=words]")).to_have_value(WORDS)
    assert not Entry.objects.filter(case_reference=application.reference, act="appearance_recorded").exists()

    clerk.context.set_offline(False)
    button.dblclick()
    clerk.reads("La personne s'est présentée en personne.")
    assert Entry.objects.filter(case_reference=application.reference, act="appearance_recorded").count() == 1


def test_a_photograph_chosen_without_a_line_is_kept_by_the_page_and_taken_once(sit: Sit, tmp_path: Path) -> None:
    application = done(an_application(at=clock.now()), an_agent_of("commune"), "appearance_recorded", at=clock.now())
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(a_photo())
    clerk = sit("commune")
    clerk.goes_to(f"/guichets/{application.reference}/donnees/")
    clerk.page.locator("[name=kind]").first.check()
    clerk.page.locator("[name=content]").set_input_files(photo)

    clerk.context.set_offline(True)
    clerk.hears("ERR_INTERNET_DISCONNECTED")
    clerk.main.get_by_role("button", name="Garder").click()
    unheard(clerk)
    clerk.context.set_offline(False)
    clerk.main.get_by_role("button", name="Garder").click()

    clerk.reads("Reçu : photographie")
    assert Biometric.objects.filter(application=application).count() == 1


def test_whose_session_ended_signs_in_beside_and_sends_what_was_typed(sit: Sit) -> None:
    application = an_application(at=clock.now())
    clerk = sit("commune")
    clerk.goes_to(f"/guichets/{application.reference}/actes/appearance_recorded/")
    clerk.page.locator("[name=words]").fill(WORDS)
    cookies = clerk.context.cookies()

    clerk.context.clear_cookies()
    clerk.main.get_by_role("button", name="Enregistrer la présence").click()
    expect(clerk.page.get_by_role("heading", name="votre session a pris fin")).to_be_visible()
    expect(clerk.page.locator("[name=words]")).to_have_value(WORDS)

    clerk.context.add_cookies([one for one in cookies if one["name"] != "csrftoken"])
    clerk.main.get_by_role("button", name="Enregistrer la présence").click()
    clerk.reads("La personne s'est présentée en personne.")
