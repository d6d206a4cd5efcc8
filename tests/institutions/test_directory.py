"""The directory of the authorities: complete, true to the sources, public."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.institutions import operations
from guichet.institutions.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory() -> None:
    operations.load()


def test_the_45_communes_have_the_numbers_of_the_federal_list() -> None:
    communes = Office.objects.filter(authority="commune").order_by("bfs_number")

    assert [one.bfs_number for one in communes] == list(range(6601, 6646))
    assert communes.get(bfs_number=6621).name == "Ville de Genève"
    assert communes.get(bfs_number=6623).name == "Commune du Grand-Saconnex"
    assert communes.get(bfs_number=6642).address_lines[-1] == "1253 Vandœuvres"


def test_each_authority_of_the_canton_is_there_once() -> None:
    canton = Office.objects.filter(kind="cantonal").exclude(authority="")

    assert sorted(canton.values_list("authority", flat=True)) == ["centre", "department", "police", "uda"]


def test_the_facts_that_are_known_are_told_and_the_others_are_not_invented(client: Client) -> None:
    centre = client.get("/autorites/centre-biometrie/").content.decode()
    airport = client.get("/autorites/uda/").content.decode()
    commune = client.get("/autorites/commune-gy/").content.decode()

    assert "Route de Peney 2" in centre
    assert "022 546 46 46" in centre
    assert "Sur rendez-vous" in centre
    assert "Tous les jours de 7 h à 19 h" in airport
    assert "022 427 58 30" in airport
    assert "horaire publié par la commune" in commune
    assert "Téléphone" not in commune


@pytest.mark.parametrize(
    ("code", "what", "article"),
    [
        ("commune-gy", "Carte d&#x27;identité", "art. 2 al. 1 RDId"),
        ("centre-biometrie", "Passeport et carte d&#x27;identité", "art. 2 al. 3 RDId"),
        ("uda", "Passeport provisoire", "art. 2 al. 4 RDId"),
        ("police", "Déclaration de vol", "art. 2 al. 5 RDId"),
        ("departement", "ne prévoit pas", "art. 12 al. 2 RDId"),
    ],
)
def test_a_page_says_what_is_asked_there_and_by_which_article(
    client: Client, code: str, what: str, article: str
) -> None:
    page = client.get(f"/autorites/{code}/").content.decode()

    assert what in page
    assert article in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("typed", ["chene", "Chêne", "CHÊNE-B", "1225"])
def test_a_commune_is_found_without_accents_or_by_its_postcode(client: Client, typed: str) -> None:
    page = client.get("/autorites/", {"commune": typed}).content.decode()

    assert "Chêne-Bourg" in page
    assert "Commune d&#x27;Anières" not in page


def test_a_search_without_result_says_so_and_leads_back(client: Client) -> None:
    assert "Aucune autorité ne porte ce nom" in client.get("/autorites/", {"commune": "Lausanne"}).content.decode()


def test_an_office_without_authority_has_no_page(client: Client) -> None:
    assert client.get("/autorites/ocpm/").status_code == 404


def test_programs_read_the_same_directory(client: Client) -> None:
    told = client.get("/api/authorities").json()

    assert len(told) == 49
    (centre,) = [one for one in told if one["authority"] == "centre"]
    assert centre["competences"] == [
        {"what": "Passeport", "passage": "RDId:2/2"},
        {"what": "Passeport et carte d'identité", "passage": "RDId:2/3"},
    ]


def test_loading_again_changes_nothing() -> None:
    before = list(Office.objects.order_by("code").values())

    operations.load()

    assert list(Office.objects.order_by("code").values()) == before
