"""The pages of appointments: the person's, and the agenda of an authority."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.identity.models import Agenda, Appointment, AppointmentStatus, Closure, IdentityApplication, Slot, Waiting
from guichet.identity.operations import booking, calendars
from guichet.institutions import operations as institutions
from guichet.institutions.models import Office, Role
from guichet.kit.clock import day_of
from guichet.kit.ids import uuid7
from tests.house.test_budgets import statements_of
from tests.identity.builders import AT, a_draft, an_application, the_authorities
from tests.identity.test_appointments import GUEST, THURSDAY, TUESDAY, a_household, a_slot, booked, taken
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)


def at(monkeypatch: pytest.MonkeyPatch, instant: Any) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: instant)


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def visit(application: IdentityApplication, more: str = "") -> str:
    return f"/rendez-vous/{application.token}/{more}"


def a_member(client: Client, authority: str, *, role: Role = Role.CLERK) -> Office:
    office = the_authorities()[authority]
    account = an_account(f"{authority}@exemple.ch", person=None)
    institutions.appoint(account, office, role, from_on=day_of(AT))
    client.force_login(account)
    return office


def test_the_next_free_slot_comes_first_then_the_days_then_the_hours(client: Client) -> None:
    application = an_application()
    a_slot(TUESDAY, places=1)
    a_slot(THURSDAY)
    a_slot(THURSDAY + timedelta(minutes=20))

    page = text(client.get(visit(application)))
    of_thursday = text(client.get(visit(application, "choisir/?jour=2026-11-26")))

    assert page.index("Mardi 24 novembre 2026 à 9 h 00") < page.index("Jeudi 26 novembre 2026")
    assert "2 heures possibles" in page
    assert "9 h 20" in of_thursday


def test_a_slot_is_booked_by_a_link_and_a_form(client: Client) -> None:
    application, slot = an_application(), a_slot()

    shown = client.get(visit(application, f"choisir/{slot.pk}/"))
    done = client.post(visit(application, f"choisir/{slot.pk}/"), {})
    page = text(client.get(done["Location"]))

    assert "Jeudi 26 novembre 2026 à 9 h 00" in text(shown)
    assert "jeudi 26 novembre 2026" in page
    assert "9 h 00" in page
    assert taken(slot) == 1


def test_who_comes_too_late_sees_what_is_left_and_keeps_their_appointment(client: Client) -> None:
    mine = booked()
    full = a_slot(TUESDAY, places=1)
    booked(full)

    answer = client.post(visit(mine.application, f"choisir/{full.pk}/"), {})

    assert answer.status_code == 409
    assert "vient d&#x27;être pris" in text(answer)
    assert "Votre rendez-vous n'a pas changé" in text(answer)
    assert Appointment.objects.get(pk=mine.pk).starts_at == THURSDAY


def test_a_household_chooses_who_comes_and_all_get_a_place(client: Client) -> None:
    family, slot = a_household(3), a_slot()
    path = visit(family[0], f"choisir/{slot.pk}/")

    assert client.get(path).content.decode().count('type="checkbox"') == 3
    assert client.post(path, {}).status_code == 422
    client.post(path, {"people": [str(one.pk) for one in family[:2]]})

    assert taken(slot) == 2
    assert "à 2 personnes" in text(client.get(visit(family[0])))
    # The third one may still choose for themselves.
    assert "Prendre rendez-vous" in text(client.get(visit(family[2])))


def test_a_household_is_shown_only_slots_with_room_for_all(client: Client) -> None:
    family = a_household(2)
    a_slot(TUESDAY, places=1)
    a_slot(THURSDAY, places=2)

    assert "Mardi 24" not in text(client.get(visit(family[0])))
    assert "Mardi 24" in text(client.get(visit(family[0], "choisir/?personnes=1")))


def test_somebody_of_another_household_cannot_be_booked_along(client: Client) -> None:
    family, stranger, slot = a_household(2), an_application(), a_slot()

    answer = client.post(visit(family[0], f"choisir/{slot.pk}/"), {"people": [str(stranger.pk)]})

    assert answer.status_code == 422
    assert taken(slot) == 0


def test_a_slot_of_another_authority_does_not_exist_for_this_application(client: Client) -> None:
    slot = a_slot(office=the_authorities()["centre"])

    assert client.post(visit(an_application(), f"choisir/{slot.pk}/"), {}).status_code == 404


def test_an_appointment_is_moved_and_cancelled(client: Client) -> None:
    mine, early = booked(), a_slot(TUESDAY)

    client.post(visit(mine.application, f"choisir/{early.pk}/"), {})
    assert Appointment.objects.get().starts_at == TUESDAY
    assert "Annuler le rendez-vous ?" in text(client.get(visit(mine.application, "annuler/")))
    client.post(visit(mine.application, "annuler/"), {})

    assert Appointment.objects.get().status == "cancelled"
    assert "Prendre rendez-vous" in text(client.get(visit(mine.application)))


def test_one_of_a_household_cancels_and_the_other_still_comes(client: Client) -> None:
    family, slot = a_household(2), a_slot()
    booking.book(family, slot, actor=GUEST, at=AT)

    client.post(visit(family[0], "annuler/"), {"people": [str(family[0].pk)]})

    assert taken(slot) == 1
    assert Appointment.objects.booked().get().application == family[1]


def test_the_calendar_file_is_offered(client: Client) -> None:
    answer = client.get(visit(booked().application, "rendez-vous.ics"))

    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert client.get(visit(an_application(), "rendez-vous.ics")).status_code == 404


def test_an_earlier_day_is_asked_for_offered_and_taken(client: Client) -> None:
    early = a_slot(TUESDAY, places=1)
    leaver, mine = booked(early), booked()
    form = {f"{field}{name}": str(value) for field, name, value in _day_fields(["_day", "_month", "_year"])}

    client.post(visit(mine.application, "attente/"), form)
    assert Waiting.objects.count() == 1
    booking.cancel([leaver], actor=GUEST, at=AT)
    assert "Mardi 24 novembre 2026 à 9 h 00" in text(client.get(visit(mine.application)))
    client.post(visit(mine.application, "proposition/"), {"take": "1"})

    assert Appointment.objects.booked().get().starts_at == TUESDAY


def _day_fields(names: list[str]) -> list[tuple[str, str, int]]:
    parts = {"day": (23, 25), "month": (11, 11), "year": (2026, 2026)}
    unique = dict.fromkeys(names)
    found = []
    for name in unique:
        first, last = next(values for part, values in parts.items() if part in name)
        found += [("from_on", name, first), ("until_on", name, last)]
    return found


def test_days_that_are_not_before_the_appointment_are_told_at_their_field(client: Client) -> None:
    mine = booked()
    form = {}
    for field, name, value in _day_fields(["_day", "_month", "_year"]):
        form[f"{field}{name}"] = str(27 if value == 25 else value)

    answer = client.post(visit(mine.application, "attente/"), form)

    assert answer.status_code == 422
    assert not Waiting.objects.exists()


def test_an_application_that_needs_nobody_says_so(client: Client) -> None:
    assert "n'attend pas de passage" in text(client.get(visit(a_draft()))).replace("&#x27;", "'")


def test_a_counter_without_free_slots_says_how_to_reach_it(client: Client) -> None:
    assert "Aucune place libre" in text(client.get(visit(an_application())))


def test_an_application_of_an_account_is_for_its_holder_alone(client: Client) -> None:
    owner, other = an_account("a@exemple.ch", person=None), an_account("b@exemple.ch", person=None)
    application = an_application()
    IdentityApplication.objects.update(account=owner)

    assert client.get(visit(application)).status_code == 302
    client.force_login(other)
    assert client.get(visit(application)).status_code == 404
    assert client.get("/rendez-vous/inconnu/").status_code == 404
    client.force_login(owner)
    assert client.get(visit(application)).status_code == 200


def test_the_application_s_page_tells_of_the_appointment_and_leads_to_it(client: Client) -> None:
    application = booked().application

    page = text(client.get(f"/identite/demande/{application.token}/"))

    assert "Un rendez-vous a été pris." in page
    assert f'href="/rendez-vous/{application.token}/"' in page
    assert f'href="/identite/demande/{application.token}/"' in text(client.get(visit(application)))


def test_the_agenda_shows_the_day_of_ones_own_office_only(client: Client) -> None:
    mine = booked()
    centre = a_slot(office=the_authorities()["centre"])
    other = booking.book([an_application(request="passport")], centre, actor=GUEST, at=AT)[0]
    a_member(client, "commune")

    page = text(client.get("/guichets/agenda/?jour=2026-11-26"))

    assert mine.application.reference in page
    assert "Amélie Rochat" in page
    assert "1 place prise sur 3" in page
    assert other.application.reference not in page
    assert client.post(f"/guichets/agenda/{other.pk}/", {"cancel": "1"}).status_code == 404


def test_the_case_at_the_counter_tells_when_the_person_comes(client: Client) -> None:
    application = booked().application
    a_member(client, "commune")

    page = text(client.get(f"/guichets/{application.reference}/"))

    assert "jeudi 26 novembre 2026 à 9 h 00" in page
    assert "Un rendez-vous a été pris." in page


def test_the_counter_marks_the_day_s_people(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    appointment = booked()
    a_member(client, "commune")
    at(monkeypatch, THURSDAY)

    client.post(f"/guichets/agenda/{appointment.pk}/", {"missed": "1"})
    answer = client.post(f"/guichets/agenda/{appointment.pk}/", {"attended": "1"})

    assert answer["Location"] == "/guichets/agenda/?jour=2026-11-26&demi=matin"
    assert Appointment.objects.get().status == AppointmentStatus.ATTENDED


def test_a_commune_receives_by_reference_without_an_appointment(client: Client) -> None:
    application = an_application()
    elsewhere = an_application(request="passport")
    a_member(client, "commune")

    wrong = client.post("/guichets/agenda/sans-rendez-vous/", {"reference": elsewhere.reference})
    client.post("/guichets/agenda/sans-rendez-vous/", {"reference": application.reference})

    assert wrong.status_code == 422
    assert Appointment.objects.get().application == application
    assert "sans rendez-vous" in text(client.get("/guichets/agenda/"))


def test_the_centre_has_no_form_for_who_comes_without_an_appointment(client: Client) -> None:
    a_member(client, "centre")

    assert "Recevoir sans rendez-vous" not in text(client.get("/guichets/agenda/"))


def test_a_closed_day_is_told_with_its_reason_and_its_people(client: Client) -> None:
    mine = booked()
    office = a_member(client, "commune")
    office.closures.create(from_on=day_of(THURSDAY), until_on=day_of(THURSDAY), reason="formation du personnel")

    page = text(client.get("/guichets/agenda/?jour=2026-11-26"))

    assert "Formation du personnel" in page
    assert mine.application.reference in page


def test_the_private_feed_is_for_who_has_its_address_until_it_is_renewed(client: Client) -> None:
    reference = booked().application.reference
    office = a_member(client, "commune", role=Role.SUPERVISOR)
    client.get("/guichets/agenda/flux/")
    path = f"/guichets/agenda/flux/{Agenda.objects.get().token}.ics"

    answer = Client().get(path)
    client.post("/guichets/agenda/flux/renouveler/")

    assert reference.encode() in answer.content
    assert b"Rochat" not in answer.content
    assert Client().get(path).status_code == 404
    assert calendars.agenda_of(office).token not in path


@pytest.mark.parametrize("page", ["flux/", "fermetures/"])
def test_a_clerk_neither_learns_the_private_address_nor_closes_days(client: Client, page: str) -> None:
    a_member(client, "commune")

    assert client.get(f"/guichets/agenda/{page}").status_code == 403


def test_a_supervisor_closes_days_is_told_who_is_booked_and_opens_them_again(client: Client) -> None:
    slot = booked().slot
    a_member(client, "commune", role=Role.SUPERVISOR)
    form = {f"{field}{name}": str(value) for field, name, value in _day_fields(["_day", "_month", "_year"])}
    form |= {"until_on_day": "27", "reason": "formation du personnel"}

    refused = client.post("/guichets/agenda/fermetures/", form)
    closed = client.post("/guichets/agenda/fermetures/", form | {"rebook": "1"}, follow=True)
    backwards = client.post("/guichets/agenda/fermetures/", form | {"until_on_day": "20"})
    assert Slot.objects.get().is_closed
    client.post(f"/guichets/agenda/fermetures/{Closure.objects.get().pk}/rouvrir/")

    assert refused.status_code == 422
    assert "1 rendez-vous est pris dans des créneaux qui disparaîtraient" in text(refused)
    assert "1 rendez-vous annulé, faute de place libre" in text(closed)
    assert "formation du personnel" in text(closed)
    assert backwards.status_code == 422
    assert Slot.objects.get() == slot
    assert not Slot.objects.get().is_closed
    assert not Closure.objects.exists()


@pytest.mark.parametrize("typed", ["", "x", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_a_day_that_is_none_shows_today(client: Client, typed: str) -> None:
    a_member(client, "commune")

    assert "lundi 23 novembre 2026" in text(client.get("/guichets/agenda/", {"jour": typed}))


def test_the_pages_cost_the_same_however_many_slots_and_people_there_are(client: Client) -> None:
    application = an_application(household=uuid7())
    office = a_member(client, "commune", role=Role.SUPERVISOR)
    slot = a_slot(places=20)
    booking.book([an_application()], slot, actor=GUEST, at=AT)
    paths = {visit(application): 9, "/guichets/agenda/?jour=2026-11-26": 7}
    few = {path: statements_of(lambda path=path: client.get(path))[0] for path in paths}

    for number in range(1, 30):
        Slot.objects.create(office=office, starts_at=THURSDAY + timedelta(minutes=20 * number), minutes=20, capacity=3)
    for _ in range(5):
        booking.book([an_application()], slot, actor=GUEST, at=AT)
    more = {path: statements_of(lambda path=path: client.get(path))[0] for path in paths}

    assert more == few
    assert {path: cost for path, cost in few.items() if cost > paths[path]} == {}


def test_the_page_of_the_application_tells_the_appointment_that_stands(client: Client) -> None:
    mine, none = booked(), an_application()

    with_one = text(client.get(f"/identite/demande/{mine.application.token}/"))
    without = text(client.get(f"/identite/demande/{none.token}/"))

    assert "Jeudi 26 novembre 2026" in with_one
    assert "Voir, déplacer ou annuler" in with_one
    assert "Prendre rendez-vous" not in with_one
    assert "Prendre rendez-vous" in without


def test_of_two_tabs_that_choose_the_same_time_the_second_finds_it_done(client: Client) -> None:
    mine = booked()

    answer = client.post(visit(mine.application, f"choisir/{mine.slot_id}/"), {})

    assert answer["Location"] == visit(mine.application)
    assert Appointment.objects.get(pk=mine.pk).sequence == mine.sequence


def test_days_far_ahead_without_a_free_place_say_so(client: Client) -> None:
    application = an_application()
    a_slot(TUESDAY)

    assert "Aucune place libre si tard" in text(client.get(visit(application, "?des=2199-01-01")))
