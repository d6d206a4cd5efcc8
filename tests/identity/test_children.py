"""« Mes enfants »: the children whom the register ties to the holder of a verified account, and nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from guichet.casework.acts import Actor
from guichet.gateways.register.port import Lock, PersonRecord, Relation, RelationKind
from guichet.identity.models import IdentityApplication
from guichet.people.models import Account, Person, Reading
from guichet.people.register import children_of
from tests.identity.builders import AT, the_authorities
from tests.identity.test_portal import ADULT, DELIVERY, HERE, begin, read, say
from tests.orders.builders import an_account
from tests.people.register.builders import amelie, take_in

pytestmark = pytest.mark.django_db
TYPED = {**ADULT, "first_names": "Nina", "born_on_year": "2018"}
ASKED = "né-e le"


@pytest.fixture(autouse=True)
def at_the_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities are in the directory, and it is the builders' day."""
    monkeypatch.setattr("guichet.kit.clock.now", lambda: AT)
    the_authorities()


def a_child_record(number: int, first_names: str, born: str, **more: Any) -> PersonRecord:
    """A child of Amélie in the register, unless told otherwise."""
    mother = more.pop("parent", Relation(RelationKind.MOTHER, "GE-D01", "Rochat", "Amélie"))
    told = {"local_person_id": f"GE-C{number}", "first_names": first_names, "born": born, "relations": (mother,)}
    return amelie(**(told | more))


@pytest.fixture
def parent() -> Account:
    """Amélie, with a verified account and children of every kind."""
    account = an_account()
    stranger = Relation(RelationKind.MOTHER, "GE-D05", "Pittet", "Béatrice")
    take_in(
        a_child_record(1, "Luc", "2016-03-04"),
        a_child_record(2, "Zoé", "2019-08-09"),
        a_child_record(3, "Adulte", "2008-11-23"),
        a_child_record(4, "Dernier", "2008-11-24"),
        a_child_record(5, "Mort", "2015-01-01", died_on=date(2020, 1, 1)),
        a_child_record(6, "Secret", "2015-02-02", lock=Lock.INFORMATION),
        a_child_record(7, "Inconnu", "2015"),
        a_child_record(8, "Voisin", "2015-05-05", parent=stranger),
    )
    Reading.objects.all().delete()
    return account


def at_the_child_s_page(client: Client) -> IdentityApplication:
    """A draft that asks which child."""
    application = begin(client)
    say(client, application, ("pour-qui", {"bearer": "child"}))
    return application


def key_of(number: int) -> str:
    return str(Person.objects.get(local_person_id=f"GE-C{number}").pk)


def offered(client: Client, application: IdentityApplication) -> list[str]:
    """The first names that are offered."""
    form = client.get(f"/identite/demande/{application.token}/personne/").context["form"]
    names = [str(label) for _, label in form.fields["child"].choices] if "child" in form.fields else []
    return [name.split()[0] for name in names if ASKED in name]


def test_a_parent_chooses_among_their_minor_children_and_another_s_are_not_told(
    client: Client, parent: Account
) -> None:
    client.force_login(parent)

    application = at_the_child_s_page(client)

    assert sorted(offered(client, application)) == ["Dernier", "Luc", "Rémi", "Zoé"]
    page = read(client, application, "personne")
    assert "Quel enfant\N{NO-BREAK SPACE}?" in page
    assert "Un autre enfant" in page
    for name in ("Adulte", "Mort", "Secret", "Inconnu", "Voisin"):
        assert name not in page


def test_each_reading_is_logged_with_its_purpose(client: Client, parent: Account) -> None:
    client.force_login(parent)
    application = at_the_child_s_page(client)
    read(client, application, "personne")
    say(client, application, ("personne", {"child": key_of(1)}))

    told = Reading.objects.filter(person__local_person_id="GE-C1").order_by("id")

    assert {one.reason for one in told} == {
        "proposer vos enfants dans la demande de document d'identité",
        "préremplir la demande de document d'identité de votre enfant",
    }
    assert {(one.case_reference, one.reader) for one in told} == {(application.reference, str(parent.pk))}
    assert not Reading.objects.filter(person__local_person_id__in=("GE-C6", "GE-C8")).exists()


def test_a_chosen_child_is_filled_in_and_nothing_known_is_asked_again(client: Client, parent: Account) -> None:
    client.force_login(parent)
    application = at_the_child_s_page(client)

    answer = say(client, application, ("personne", {"child": key_of(1)}))

    application.refresh_from_db()
    assert answer["Location"].endswith("/documents/")
    assert (application.person_id, application.born_on) == (Person.objects.get(pk=key_of(1)).pk, date(2016, 3, 4))
    assert application.commune == Person.objects.get(pk=key_of(1)).commune
    assert application.bearer_index
    assert "Luc" in (application.name or "")


def test_the_whole_way_with_a_chosen_child_ends_in_a_lodged_application(client: Client, parent: Account) -> None:
    client.force_login(parent)
    application = at_the_child_s_page(client)
    say(
        client,
        application,
        ("personne", {"child": key_of(1)}),
        ("documents", {"request": "passport"}),
        ("motif", {"reason": "first"}),
        ("parents", {"parents": "together", "holder_prevented": "no"}),
        ("reponse", {}),
        ("livraison", DELIVERY),
    )
    review = read(client, application, "verification")
    client.post(f"/identite/demande/{application.token}/verification/", {"confirmed": "on"})

    application.refresh_from_db()
    assert "Luc" in review
    assert (application.state, application.office.authority) == ("open", "centre")


def test_a_brother_or_sister_is_chosen_next_and_who_has_an_application_is_not_offered_again(
    client: Client, parent: Account
) -> None:
    client.force_login(parent)
    first = at_the_child_s_page(client)
    say(client, first, ("personne", {"child": key_of(1)}))

    begun = client.post(f"/identite/demande/{first.token}/autre-enfant/", {"start_key": "k" * 32})
    second = IdentityApplication.objects.exclude(pk=first.pk).get()

    assert begun["Location"].endswith("/personne/")
    assert sorted(offered(client, second)) == ["Dernier", "Rémi", "Zoé"]
    say(client, second, ("personne", {"child": key_of(2)}))
    second.refresh_from_db()
    assert (second.household, "Zoé" in (second.name or "")) == (first.household, True)


def test_another_child_is_typed_and_asked_where_it_lives(client: Client, parent: Account) -> None:
    client.force_login(parent)
    application = at_the_child_s_page(client)
    say(client, application, ("personne", {"child": key_of(1)}))

    empty = client.post(f"/identite/demande/{application.token}/personne/", {"child": "other"})
    typed = say(client, application, ("personne", {**TYPED, "child": "other"}))

    application.refresh_from_db()
    assert empty.status_code == 422
    assert set(empty.context["form"].errors) == {"official_name", "first_names", "born_on"}
    assert typed["Location"].endswith("/domicile/")
    assert (application.person_id, application.name) == (None, "Nina Rochat")
    say(client, application, ("domicile", HERE))


@pytest.mark.parametrize("number", [3, 6, 8])
def test_nobody_else_s_child_can_be_chosen_by_its_key(client: Client, parent: Account, number: int) -> None:
    client.force_login(parent)
    application = at_the_child_s_page(client)

    refused = client.post(f"/identite/demande/{application.token}/personne/", {"child": key_of(number)})

    application.refresh_from_db()
    assert refused.status_code == 422
    assert (application.person_id, application.name) == (None, None)


@pytest.mark.parametrize("who", ["guest", "simple account"])
def test_nothing_of_the_register_is_told_to_a_guest_or_a_simple_account(
    client: Client, parent: Account, who: str
) -> None:
    if who == "simple account":
        client.force_login(an_account("simple@exemple.ch", person=None))

    application = at_the_child_s_page(client)

    assert offered(client, application) == []
    assert not Reading.objects.filter(person__local_person_id__startswith="GE-C").exists()


def test_the_register_tells_children_with_three_statements(parent: Account, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        told = children_of(parent.person_id, reader=Actor("applicant", "a"), reason="essai", case_reference=None, at=AT)

    assert len(told) == 6
