"""Appointments in a real browser: booked by keyboard, moved, given back without scripts, and kept at the counter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from guichet.identity.models import Appointment, Slot
from guichet.identity.operations import booking
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit import clock
from guichet.kit.clock import ZURICH
from guichet.kit.formats import long_date
from tests.identity.builders import an_application, the_authorities
from tests.identity.test_appointments import GUEST
from tests.orders.builders import an_account

from .keyboard import Keyboard
from .visitor import Examined, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Come = Callable[..., Visitor]


@pytest.fixture
def come(browser: Browser, live_server: Any, examined: Examined) -> Iterator[Come]:
    """Visitors of a server on the test's own database; ``session`` signs them in."""
    contexts: list[BrowserContext] = []
    server = live_server.url.replace("localhost", "127.0.0.1")  # the only machine that a visitor may ask

    def arrive(*, session: str = "", scripted: bool = True) -> Visitor:
        context = browser.new_context(locale="fr-CH", base_url=server, java_script_enabled=scripted)
        contexts.append(context)
        if session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}
            context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dictionary type
        return Visitor(context, examined, scripted=scripted)

    yield arrive
    for context in contexts:
        context.close()
    wrong, examined.wrong = examined.wrong, []
    assert "\n".join(wrong) == ""


def in_days(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """An hour of a day to come."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute), tzinfo=ZURICH)


def slots(office: Office, *starts: datetime) -> list[Slot]:
    return [Slot.objects.create(office=office, starts_at=at, minutes=20, capacity=2) for at in starts]


def words(at: datetime) -> str:
    day = long_date(at.date())
    return f"{day[0].upper()}{day[1:]}"


def test_an_appointment_is_booked_moved_and_put_in_a_calendar_by_keyboard_alone(come: Come, tmp_path: Path) -> None:
    application = an_application(at=clock.now())
    soon, later, afternoon = in_days(4), in_days(6), in_days(6, 14)
    slots(application.office, soon, later, afternoon)
    guest = come()
    guest.goes_to(f"/rendez-vous/{application.token}/")
    keys = Keyboard(guest.page)

    keys.enter(f"{words(soon)} à 9 h 00")
    guest.look()
    keys.enter("Réserver")
    guest.look()
    guest.reads("Nous vous attendons", "Le rendez-vous est réservé", application.reference)
    keys.enter("Déplacer")
    guest.look()
    keys.enter(words(later))
    keys.enter("14 h 00")
    keys.enter("Déplacer le rendez-vous")
    guest.reads("Le rendez-vous est déplacé", "14 h 00")
    file = guest.takes("Ajouter à mon calendrier", tmp_path)

    assert Appointment.objects.get().starts_at == afternoon
    assert b"SEQUENCE:1" in file.read_bytes()


def test_a_household_asks_for_an_earlier_day_and_takes_it_without_scripts(come: Come) -> None:
    at = clock.now()
    first = an_application(at=at, name="Amélie Rochat")
    second = an_application(at=at, name="Théo Rochat", household=first.household)
    early, late = slots(first.office, in_days(3), in_days(9))
    leavers = [booking.book([an_application(at=at)], early, actor=GUEST, at=at)[0] for _ in range(2)]
    guest = come(scripted=False)
    guest.goes_to(f"/rendez-vous/{first.token}/")

    guest.follows(words(late.starts_at))
    guest.reads("Amélie Rochat", "Théo Rochat")
    guest.presses("Réserver")
    guest.reads("à 2 personnes")
    guest.presses("Me proposer une place plus tôt")
    guest.reads("Vous êtes sur la liste d'attente")
    for one in leavers:
        booking.cancel([one], actor=GUEST, at=clock.now())
    guest.goes_to(f"/rendez-vous/{second.token}/")
    guest.goes_to(f"/rendez-vous/{first.token}/")
    guest.reads("Une place plus tôt est gardée pour vous")
    guest.presses("Prendre cette place")
    guest.reads("Le rendez-vous est déplacé")
    guest.follows("Annuler le rendez-vous")
    guest.presses("Annuler le rendez-vous")
    guest.reads("Le rendez-vous est annulé", "Prendre rendez-vous")

    assert set(Appointment.objects.values_list("status", flat=True)) == {"cancelled"}
    assert set(Slot.objects.values_list("taken", flat=True)) == {0}


def test_each_page_of_an_appointment_is_accessible_with_somebody_waiting(come: Come) -> None:
    at = clock.now()
    application = an_application(at=at)
    early, late = slots(application.office, in_days(3), in_days(9))
    booking.book([application], late, actor=GUEST, at=at)
    guest = come()
    guest.goes_to(f"/rendez-vous/{application.token}/")
    guest.main.get_by_label("Jour").last.fill("30")
    guest.main.get_by_label("Mois").last.fill("2")
    guest.presses("Me proposer une place plus tôt")
    guest.reads("Erreur")
    guest.goes_to(f"/rendez-vous/{application.token}/annuler/")
    guest.goes_to(f"/rendez-vous/{application.token}/choisir/{early.pk}/")
    guest.goes_to("/autorites/commune-geneve/")
    guest.goes_to("/autorites/")


def test_a_clerk_sees_the_day_notes_who_came_and_prints_it(come: Come) -> None:
    office = the_authorities()["commune"]
    at = clock.now()
    clerk = an_account("marc@exemple.ch", person=None)
    institutions.appoint(clerk, office, Role.SUPERVISOR, from_on=clock.today())
    client = Client()
    client.force_login(clerk)
    today = slots(office, at + timedelta(minutes=1))[0]
    expected, unannounced = an_application(at=at), an_application(at=at)
    booking.book([expected], today, actor=GUEST, at=at)
    agent = come(session=client.cookies[settings.SESSION_COOKIE_NAME].value)
    agent.goes_to("/guichets/agenda/")

    agent.reads(expected.reference, "1 place prise sur 2")
    agent.presses("Venu")
    agent.reads("honoré")
    agent.types({"Référence de la demande": unannounced.reference.lower()})
    agent.presses("Noter l'arrivée")
    agent.reads("sans rendez-vous", unannounced.reference)
    agent.page.emulate_media(media="print")
    assert not agent.main.get_by_role("button", name="Noter l'arrivée").is_visible()
    assert not agent.main.get_by_role("columnheader", name="Noter").is_visible()
    reference = agent.main.get_by_text(expected.reference).first
    assert reference.is_visible()
    assert reference.evaluate("link => getComputedStyle(link, '::after').content") == "none"
    agent.page.emulate_media(media="screen")
    agent.follows("Jour suivant")
    agent.reads("Personne n'est attendu")
    agent.follows("Adresse de cet agenda")
    agent.reads("Quiconque connaît l'adresse")
    agent.goes_to("/guichets/agenda/fermetures/")
    agent.types({"Motif, tel que le public le lira": "formation du personnel"})
    agent.presses("Fermer ces jours")
    agent.reads("Indiquez le jour")
