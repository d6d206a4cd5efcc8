"""The three texts in the browser: each passage has one page, which says what Guichet does with it, on any day of law."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from guichet.kit.passages import address_of
from guichet.kit.typesetting import set_in_french
from guichet.law import procedures, questions
from guichet.portal.law.citations import eli_of

TEXTS = questions.TEXTS
EVERY = [text.ref(address) for text in TEXTS.values() for address in text.provisions]
PLACES = [
    "/droit/",
    *(f"/droit/{name.lower()}/" for name in TEXTS),
    *(f"/droit/{name.lower()}/imprimer/" for name in TEXTS),
    *(f"/droit/procedures/{name}/" for name in procedures.PROCEDURES),
    *(f"/droit/questions/{name}/" for name in questions.QUESTIONS),
    "/droit/interpretations/",
    *(f"/droit/interpretations/{each.name}/" for each in questions.INTERPRETATIONS),
]


@pytest.mark.parametrize("path", PLACES)
def test_a_page_of_the_law_answers_without_the_database(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize("text", TEXTS)
def test_every_passage_has_a_page_that_shows_its_summary_and_what_becomes_of_it(
    law_site: dict[str, str], text: str
) -> None:
    for provision in TEXTS[text].provisions.values():
        page = law_site[f"/droit/{text.lower()}/{provision.address}/"]
        assert _set(provision.summary) in page, provision.address
        assert _set(provision.software) in page, provision.address


def _set(sentence: str) -> str:
    return set_in_french(escape(sentence).encode()).decode()


def test_every_anchor_that_a_page_of_the_law_leads_to_exists(law_site: dict[str, str]) -> None:
    broken = set()
    for path, page in law_site.items():
        for target, anchor in re.findall(r'href="([^"#?]*)[^"#]*#([^"]+)"', page):
            if (target or path).startswith("/droit/") and f'id="{anchor}"' not in law_site[target or path]:
                broken.add((path, target, anchor))

    assert broken == set()


def test_no_passage_question_procedure_or_interpretation_is_left_without_a_link(law_site: dict[str, str]) -> None:
    assert {*(address_of(ref) for ref in EVERY), *PLACES} <= set(law_site)


@pytest.mark.parametrize(
    "path",
    [
        "/droit/xyz/",
        "/droit/cgv/99/",
        "/droit/lipad/28/5/z/",
        "/droit/questions/x/",
        "/droit/procedures/x/",
        "/droit/procedures/x/diagramme.svg",
        "/droit/interpretations/9999-x/",
        "/eli/xyz",
        "/eli/cgv/art_99",
    ],
)
@pytest.mark.django_db
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/droit/CGV/3/1/", "/droit/cgv/3/1/"),
        ("/droit/RDId/", "/droit/rdid/"),
        ("/droit/rdid/art-11/al-1/ch-1/let-a/", "/droit/rdid/11/1/1/a/"),
        ("/droit/lipad/art_19a/", "/droit/lipad/19A/"),
        ("/droit/lipad/53a/?on=2014-03-31", "/droit/lipad/53A/?on=2014-03-31"),
        ("/eli/rdid", "/droit/rdid/"),
        ("/eli/rdid/art_11/al_1/ch_1/let_a", "/droit/rdid/11/1/1/a/"),
        ("/eli/rdid/2014-03-31", "/droit/rdid/?on=2014-03-31"),
        ("/eli/lipad/2014-03-31/art_28/al_5", "/droit/lipad/28/5/?on=2014-03-31"),
    ],
)
def test_every_other_form_of_an_address_leads_to_the_one_that_is_kept(
    client: Client, path: str, canonical: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, canonical)


def test_every_passage_is_reached_by_its_eli_address(client: Client) -> None:
    for ref in EVERY:
        assert client.get(eli_of(ref))["Location"] == address_of(ref)


def test_a_passage_shows_where_it_is_applied_and_how_it_is_read(client: Client) -> None:
    page = client.get("/droit/cgv/3/1/").content.decode()

    assert "/droit/questions/cgv.may_cancel/" in page
    assert "/droit/procedures/cgv.order/#order_cancelled" in page
    assert "/droit/interpretations/0003-lapsed-orders/" in page
    assert "Vérification avant de payer" in page
    assert 'href="/suivi/"' in page


def test_an_act_with_several_lines_is_linked_line_by_line(client: Client) -> None:
    page = client.get("/droit/lipad/27/1/").content.decode()

    assert re.search(r"/droit/procedures/lipad\.access/#access_granted(-\d)?", page)


@pytest.mark.parametrize(
    ("path", "day", "words"),
    [
        ("/droit/cgv/3/4/", "2024-10-15", "Texte de ce jour inconnu"),
        ("/droit/cgv/3/4/", "2026-03-02", "En vigueur"),
        ("/droit/rdid/11/1/1/c/", "2005-01-01", "Texte de ce jour inconnu"),
        ("/droit/rdid/11/1/1/c/", "2002-12-31", "Pas encore en vigueur"),
        ("/droit/lipad/69/1/", "2016-01-01", "Plus en vigueur"),
        ("/droit/lipad/28/1/", "2025-01-11", "En vigueur"),
        ("/droit/lipad/28/1/", "2025-01-12", "Texte consolidé au 11 janvier 2025"),
        ("/droit/lipad/", "2002-02-28", "Pas encore en vigueur"),
        ("/droit/lipad/", "2025-01-12", "En vigueur, sous réserve"),
        ("/droit/cgv/", "2024-09-30", "Texte de ce jour inconnu"),
        ("/droit/lipad/imprimer/", "2005-01-01", "[texte de ce jour inconnu]"),
    ],
)
def test_a_page_says_what_the_passage_is_on_the_day_asked(client: Client, path: str, day: str, words: str) -> None:
    assert words in client.get(path, {"on": day}).content.decode()


def test_an_article_whose_paragraphs_differ_on_a_day_lets_each_say_so(client: Client) -> None:
    page = client.get("/droit/lipad/28/", {"on": "2005-01-01"})

    forces = {each.ref.address: state.name for each, state in page.context["rows"]}
    assert forces["28/1"] == "En vigueur"
    assert forces["28/7"] == "Texte de ce jour inconnu"
    assert "Tous ses passages n'ont pas le même sort" in page.content.decode()


def test_the_table_of_contents_names_the_articles_that_do_not_apply_on_the_day(client: Client) -> None:
    page = client.get("/droit/lipad/", {"on": "2026-01-01"}).content.decode()

    assert re.search(r'art\.\xa069</span> [^<]+</a> <span class="secondary">\(plus en vigueur\)', page)
    assert page.count("plus en vigueur") == 3


def test_the_day_is_kept_in_the_links_to_other_pages_of_the_law(client: Client) -> None:
    page = client.get("/droit/lipad/28/", {"on": "2014-03-31"}).content.decode()

    assert 'href="/droit/lipad/29/?on=2014-03-31"' in page
    assert 'href="/droit/lipad/28/5/?on=2014-03-31"' in page
    assert 'href="/droit/lipad/?on=2014-03-31"' in page


@pytest.mark.parametrize("typed", ["hier", "2014-02-30", "<script>", "0001-01-01"])
def test_a_day_that_is_none_is_said_to_be_none_and_today_is_shown(client: Client, typed: str) -> None:
    page = client.get("/droit/lipad/28/", {"on": typed})

    assert page.context["day"].is_today
    assert "n'est pas un jour" in page.content.decode()
    assert "<script>" not in page.content.decode().split("<main")[1]


def test_articles_stand_under_their_divisions_and_lead_to_their_neighbours(client: Client) -> None:
    contents = client.get("/droit/lipad/").content.decode()
    page = client.get("/droit/lipad/19A/").content.decode()

    places = [contents.index(each) for each in ("Titre II", "Chapitre II", "art.\xa019A", "Titre III")]
    assert places == sorted(places)
    assert "Titre II\N{NO-BREAK SPACE}: Information du public et accès aux documents" in page
    assert 'href="/droit/lipad/19/" rel="prev"' in page
    assert 'href="/droit/lipad/20/" rel="next"' in page


def test_a_text_tells_where_it_is_published_and_when_it_changed(client: Client) -> None:
    page = client.get("/droit/rdid/").content.decode()

    assert "https://silgeneve.ch/legis/program/books/RSG/htm/rsg_b3_05p03.htm" in page
    assert "Adopté le 5 février 2003" in page
    assert page.count("<li>N° ") == 15
    assert page.count("nom d'une autorité") == 10


def test_the_print_of_a_text_holds_each_of_its_passages_once(client: Client) -> None:
    for text in TEXTS.values():
        page = client.get(f"/droit/{text.name.lower()}/imprimer/").content.decode()
        for leaf in text.leaves():
            assert page.count(f'href="{address_of(text.ref(leaf.address))}"') == 1, leaf.address


def test_an_interpretation_shows_its_doubt_its_readings_and_what_rests_on_it(client: Client) -> None:
    page = client.get("/droit/interpretations/0001-working-days/").content.decode()

    assert "Du lundi au samedi" in page
    assert "Personne n'en répond encore" in page
    assert "/droit/questions/cgv.delivery_window/" in page
    assert "/droit/procedures/cgv.order/" in page
