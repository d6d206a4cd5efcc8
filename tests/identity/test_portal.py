"""The application form: one question a page, saved at each step, refused where the regulation refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms import ChoiceField
from django.test import Client

from guichet.casework import journal
from guichet.identity.forms.lodging import ResidenceForm
from guichet.identity.models import IdentityApplication
from guichet.people.models import Reading
from tests.identity.builders import AT, GENEVA, the_authorities
from tests.orders.builders import an_account

pytestmark = pytest.mark.django_db

ADULT = {"official_name": "Rochat", "first_names": "Amélie", "born_on_day": "12", "born_on_month": "6"}
HERE = {"swiss": "yes", "residence": "canton", "commune": str(GENEVA)}
ADDRESS = {"street": "Rue du Lac", "house_number": "3", "postcode": "1207", "town": "Genève", "country": "Suisse"}
DELIVERY = {**ADDRESS, "email": "amelie@exemple.ch"}


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities are in the directory, and it is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)
    the_authorities()


def born(year: int, day: int = 12, month: int = 6) -> dict[str, str]:
    """Amélie, born on that day."""
    return {**ADULT, "born_on_day": str(day), "born_on_month": str(month), "born_on_year": str(year)}


def begin(client: Client) -> IdentityApplication:
    """From the entrance to a draft."""
    start_key = client.get("/identite/").context["start_key"]
    answer = client.post("/identite/commencer/", {"start_key": start_key})
    assert answer.status_code == 302
    return IdentityApplication.objects.order_by("-id")[0]


def say(client: Client, application: IdentityApplication, *answers: tuple[str, dict[str, str]]) -> Any:
    """Answer these pages in turn; the last answer of the server."""
    answer: Any = None
    for slug, typed in answers:
        answer = client.post(f"/identite/demande/{application.token}/{slug}/", typed)
        assert answer.status_code == 302, (slug, answer.status_code, answer.context and answer.context["form"].errors)
    return answer


def fill_in(client: Client, *, year: int = 1990, request: str = "identity_card", **more: Any) -> IdentityApplication:
    """A draft of an adult of the city of Geneva that is ready for its review."""
    application = begin(client)
    say(
        client,
        application,
        ("pour-qui", {"bearer": more.get("bearer", "self")}),
        ("personne", more.get("person") or born(year)),
        ("domicile", HERE),
        ("documents", {"request": request}),
        ("motif", {"reason": more.get("reason", "first")}),
    )
    if "parents" in more:
        say(client, application, ("parents", {"parents": more["parents"], "holder_prevented": "no"}))
    say(client, application, ("reponse", {}), ("livraison", DELIVERY))
    application.refresh_from_db()
    return application


def read(client: Client, application: IdentityApplication, slug: str = "") -> str:
    """The text of a page of the application."""
    path = f"/identite/demande/{application.token}/{slug + '/' if slug else ''}"
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def test_communes_stand_where_one_looks_for_them_whatever_their_accents() -> None:
    commune = ResidenceForm().fields["commune"]
    assert isinstance(commune, ChoiceField)
    names = [str(label) for _, label in commune.choices][1:]

    assert names.index("Céligny") == names.index("Cartigny") + 1
    assert names.index("Chêne-Bourg") < names.index("Choulex")


def test_an_adult_s_card_is_lodged_with_the_commune_of_residence(client: Client) -> None:
    application = fill_in(client)

    lodged = client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"})

    application.refresh_from_db()
    assert lodged["Location"] == f"/identite/demande/{application.token}/"
    assert (application.state, application.office.authority) == ("open", "commune")
    assert (application.fee_centimes, application.postage_centimes) == (6500, 500)
    page = read(client, application)
    assert "Demande déposée" in page
    assert application.tracking_code in page
    assert "Ville de Genève" in page


def test_the_entrance_says_what_each_document_costs_with_its_article(client: Client) -> None:
    page = client.get("/identite/").content.decode()

    for amount in ("140.00", "60.00", "150.00", "65.00", "30.00", "148.00", "68.00"):
        assert f"{amount} CHF" in page
    assert "art. 11 al. 1 ch. 2 let. a RDId" in page


def test_the_answer_names_authority_pieces_price_and_delay_with_their_articles(client: Client) -> None:
    application = fill_in(client, request="both", reason="renewal")

    page = read(client, application, "reponse")

    assert "Centre cantonal de biométrie" in page
    assert page.index("art. 3 al. 1 RDId") < page.index("art. 5 RDId") < page.index("art. 8 al. 1 RDId")
    assert "148.00" in page
    assert page.count("Envoi\N{NO-BREAK SPACE}: ") == 2
    assert "158.00" in page
    assert "10 jours ouvrables" in page
    assert "art. 52 al. 2 OLDI" in page


def test_a_provisional_passport_is_handed_over_and_nothing_is_posted(client: Client) -> None:
    application = fill_in(client, request="provisional_passport")

    page = read(client, application, "reponse")

    assert "Unité diplomatique et aéroportuaire" in page
    assert "remis sur place" in page
    assert "Envoi : " not in page
    assert "150.00" in page


def test_somebody_who_is_not_swiss_is_told_so_with_the_article_and_goes_no_further(client: Client) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}), ("personne", born(1990)))

    told = say(client, application, ("domicile", {**HERE, "swiss": "no"}))

    assert told["Location"].endswith("/domicile/")
    page = read(client, application, "domicile")
    assert "ne peut pas être déposée" in page
    assert "art. 1 RDId" in page
    onwards = client.get(f"/identite/demande/{application.token}/documents/")
    assert onwards["Location"].endswith("/domicile/")


@pytest.mark.parametrize(
    ("residence", "who"), [("abroad", "représentation suisse"), ("other_canton", "canton où la personne habite")]
)
def test_somebody_who_lives_elsewhere_is_told_who_decides(client: Client, residence: str, who: str) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}), ("personne", born(1990)))
    say(client, application, ("domicile", {"swiss": "yes", "residence": residence}))

    page = read(client, application, "domicile")

    assert who in page
    assert "art. 12 al. 2 RDId" in page


def test_the_parents_of_a_minor_are_asked_for_and_nobody_else_s(client: Client) -> None:
    child = fill_in(client, bearer="child", person=born(2016), parents="separated")

    page = read(client, child, "reponse")

    assert "Apportez le jugement" in page
    assert "art. 6 al. 2 RDId" in page
    assert "30.00" in page


def test_a_birthday_that_is_near_is_told_with_what_it_changes(client: Client) -> None:
    child = fill_in(client, bearer="child", person=born(2009, day=10, month=1), parents="together")

    page = read(client, child, "reponse")

    assert "Un anniversaire approche" in page
    assert "Le prix passe de 35.00 CHF à 70.00 CHF" in page
    assert "accord des parents n" in page


def test_an_adult_is_no_minor_child(client: Client) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "child"}))

    refused = client.post(f"/identite/demande/{application.token}/personne/", born(1990))

    assert refused.status_code == 422
    assert "majeure" in refused.content.decode()


def test_wrong_answers_keep_what_was_typed_and_name_their_field(client: Client) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}))

    wrong = client.post(f"/identite/demande/{application.token}/personne/", {**born(1990), "born_on_month": "13"})

    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Le mois va de 1 à 12" in page
    assert 'value="Rochat"' in page


def test_whoever_lives_in_the_canton_says_in_which_commune(client: Client) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}), ("personne", born(1990)))

    wrong = client.post(f"/identite/demande/{application.token}/domicile/", {**HERE, "commune": ""})

    assert "Choisissez la commune" in wrong.content.decode()


def test_pages_ahead_of_what_was_answered_lead_back_to_it(client: Client) -> None:
    application = begin(client)

    for slug in ("reponse", "livraison", "verification"):
        answer = client.get(f"/identite/demande/{application.token}/{slug}/")
        assert answer["Location"].endswith("/personne/"), slug


def test_the_back_button_after_the_lodging_leads_to_the_application(client: Client) -> None:
    application = fill_in(client)
    client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"})

    again = client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"})
    back = client.post(f"/identite/demande/{application.token}/personne/", born(1980))

    assert again["Location"] == back["Location"] == f"/identite/demande/{application.token}/"
    application.refresh_from_db()
    assert application.born_on.year == 1990


def test_two_tabs_keep_what_each_of_them_says(client: Client) -> None:
    application = fill_in(client)

    say(client, application, ("motif", {"reason": "name_change"}))
    say(client, application, ("documents", {"request": "passport"}))

    application.refresh_from_db()
    assert (application.reason, application.request) == ("name_change", "passport")
    assert application.answer("person")["official_name"] == "Rochat"


def test_a_double_click_on_the_last_button_lodges_once(client: Client) -> None:
    application = fill_in(client)

    answers = [
        client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"}) for _ in range(2)
    ]

    assert {answer["Location"] for answer in answers} == {f"/identite/demande/{application.token}/"}
    assert [entry.act for entry in journal.entries(application.reference)].count("application_lodged") == 1


def test_a_change_of_person_leaves_nothing_of_the_one_before(client: Client) -> None:
    application = fill_in(client)

    say(client, application, ("pour-qui", {"bearer": "child"}))

    application.refresh_from_db()
    assert (application.name, application.born_on, application.bearer_index) == (None, None, "")
    assert "Rochat" not in read(client, application, "personne")
    review = client.get(f"/identite/demande/{application.token}/verification/")
    assert review["Location"].endswith("/personne/")


def test_a_birth_that_is_corrected_to_an_adult_s_leaves_nothing_about_parents(client: Client) -> None:
    application = fill_in(client, year=2016, parents="separated")

    say(client, application, ("personne", born(1990)))

    application.refresh_from_db()
    assert application.parents == ""
    assert "Situation des parents" not in read(client, application, "verification")


def test_a_double_click_begins_one_application(client: Client) -> None:
    start_key = client.get("/identite/").context["start_key"]

    first, second = (client.post("/identite/commencer/", {"start_key": start_key}) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert IdentityApplication.objects.count() == 1


def test_the_holder_of_a_verified_account_is_read_from_the_register_and_the_reading_logged(client: Client) -> None:
    account = an_account()
    client.force_login(account)
    application = begin(client)
    before = Reading.objects.count()

    say(client, application, ("pour-qui", {"bearer": "self"}))
    page = read(client, application, "personne")
    after = say(client, application, ("personne", {}))

    application.refresh_from_db()
    assert "Le document portera votre nom" in page
    assert application.person_id == account.person_id
    assert application.born_on is not None
    assert after["Location"].endswith(("/documents/", "/domicile/"))
    logged = Reading.objects.filter(case_reference=application.reference)
    assert Reading.objects.count() > before
    assert logged.exists()


def test_whoever_the_register_knows_is_not_asked_for_nationality_residence_and_address(client: Client) -> None:
    client.force_login(an_account())
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}))

    told = say(client, application, ("personne", {}))
    say(client, application, ("documents", {"request": "passport"}), ("motif", {"reason": "first"}), ("reponse", {}))

    assert told["Location"].endswith("/documents/")
    delivery = client.get(f"/identite/demande/{application.token}/livraison/").context["form"].initial
    assert delivery["postcode"].startswith("12")
    assert delivery["email"] == "alice@exemple.ch"


def test_whoever_the_register_knows_as_not_swiss_is_told_at_once(client: Client) -> None:
    client.force_login(an_account("joao@exemple.ch", person="GE-D02"))
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}))

    told = say(client, application, ("personne", {}))

    assert told["Location"].endswith("/domicile/")
    assert "art. 1 RDId" in read(client, application, "domicile")


def test_an_expired_session_keeps_what_was_typed(client: Client) -> None:
    account = an_account(person=None)
    client.force_login(account)
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}))
    client.session.flush()
    path = f"/identite/demande/{application.token}/personne/"

    sent_away = client.post(path, born(1990))
    client.force_login(account)

    assert f"next={path}" in sent_away["Location"]
    assert 'value="Rochat"' in read(client, application, "personne")


def test_another_child_begins_with_the_answers_that_hold_for_both(client: Client) -> None:
    first = fill_in(client, bearer="child", person=born(2016), parents="divorced")
    client.post(f"/identite/demande/{first.token}/verification/", {"confirmed": "on"})
    start_key = client.get(f"/identite/demande/{first.token}/").context["start_key"]

    begun = client.post(f"/identite/demande/{first.token}/autre-enfant/", {"start_key": start_key})

    second = IdentityApplication.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert begun["Location"] == f"/identite/demande/{second.token}/personne/"
    assert (second.household, second.commune, second.parents) == (first.household, GENEVA, "divorced")
    assert second.reference in read(client, first)
    assert (second.bearer, second.born_on, second.request) == ("child", None, "")
    assert second.answer("delivery")["street"] == "Rue du Lac"


def test_the_same_person_is_led_to_the_application_that_is_under_way(client: Client) -> None:
    first = fill_in(client)
    client.post(f"/identite/demande/{first.token}/verification/", {"confirmed": "on"})
    second = fill_in(client, person={**born(1990), "official_name": "ROCHAT", "first_names": "Amelie"}, request="both")

    shown = read(client, second, "verification")
    refused = client.post(f"/identite/demande/{second.token}/verification/", {"confirmed": "on"})

    second.refresh_from_db()
    assert "déjà en cours" in shown
    assert refused.status_code == 409
    assert second.state == "draft"


def test_somebody_else_s_application_is_not_found(client: Client) -> None:
    client.force_login(an_account(person=None))
    application = begin(client)
    client.force_login(an_account("bob@exemple.ch", person=None))

    assert client.get(f"/identite/demande/{application.token}/pour-qui/").status_code == 404


@pytest.mark.parametrize(("residence", "status"), [("canton", 422), ("abroad", 302)])
def test_the_commune_is_only_wanted_of_who_lives_in_the_canton(client: Client, residence: str, status: int) -> None:
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "self"}), ("personne", born(1990)))

    shown = read(client, application, "domicile")
    answer = client.post(
        f"/identite/demande/{application.token}/domicile/", {"swiss": "yes", "residence": residence, "commune": ""}
    )

    assert "facultatif" not in shown
    assert answer.status_code == status
