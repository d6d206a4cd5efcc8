"""Searching the law: words without accents and plurals, headings first, a citation straight to its passage."""

from __future__ import annotations

import pytest
from django.test import Client

from guichet.portal.law import search
from guichet.portal.law.citations import read_citation


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("11 al. 1 RDId", "RDId:11/1"),
        ("art. 30 LIPAD", "LIPAD:30"),
        ("Art. 11 al. 1 ch. 1 let. a RDId", "RDId:11/1/1/a"),
        ("art. 11, al. 1, ch. 1, let. a rdid", "RDId:11/1/1/a"),
        ("article 26 alinéa 2 lettre c de la LIPAD", "LIPAD:26/2/c"),
        ("LIPAD 28/5", "LIPAD:28/5"),
        ("lipad art. 28 al. 5", "LIPAD:28/5"),
        ("CGV:3/1", "CGV:3/1"),
        ("19a lipad", "LIPAD:19A"),
        ("art. 53A al. 1 LIPAD", "LIPAD:53A/1"),
    ],
)
def test_a_citation_is_read_in_the_forms_people_write(written: str, key: str) -> None:
    found = read_citation(written)

    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "written", ["", "recours", "art. 99 LIPAD", "art. 28", "30 jours LIPAD", "art. 28 LIPAD recours"]
)
def test_what_is_no_citation_of_a_passage_is_none(written: str) -> None:
    assert read_citation(written) is None


def test_a_citation_leads_straight_to_its_passage_on_the_day_asked(client: Client) -> None:
    assert client.get("/droit/", {"q": "art. 3 al. 1 CGV"})["Location"] == "/droit/cgv/3/1/"
    dated = client.get("/droit/", {"q": "28/5 LIPAD", "on": "2014-03-31"})
    assert dated["Location"] == "/droit/lipad/28/5/?on=2014-03-31"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Émoluments", "emolument"),
        ("communaux", "Communal"),
        ("délais", "delai"),
        ("Œuvre", "oeuvres"),
        ("prix", "prix"),
    ],
)
def test_accents_capitals_and_plurals_make_no_difference(one: str, other: str) -> None:
    assert search.normal(one) == search.normal(other)


def addresses(query: str) -> list[str]:
    """Where the hits of a query lead."""
    return [hit.address for hit in search.find(query)]


def test_the_article_that_bears_a_word_in_its_heading_comes_before_those_that_only_hold_it() -> None:
    found = addresses("vidéosurveillance")

    assert [each for each in found if "/lipad/" in each][0] == "/droit/lipad/42/"
    assert len(found) > 3
    assert addresses("VIDEOSURVEILLANCES") == found


def test_every_word_must_be_found_and_the_beginning_of_one_is_enough() -> None:
    assert "/droit/questions/cgv.delivery_window/" in addresses("quand arrive docum")
    assert addresses("document xyzzy") == []


def test_questions_procedures_and_interpretations_are_found_too() -> None:
    assert "/droit/questions/rdid.fee/" in addresses("rdid.fee")
    assert "/droit/procedures/cgv.order/" in addresses("commander prestation ligne")
    assert "/droit/interpretations/0006-postcard/" in addresses("postcard")


def test_a_query_of_common_words_or_of_signs_finds_nothing_and_breaks_nothing(client: Client) -> None:
    for query in ("de la", "?!", "x" * 5000, "<b>", "\x00", "%"):
        assert client.get("/droit/", {"q": query}).status_code in (200, 404)
        assert search.find(query) == [] or query == "%"


def test_hits_are_shown_with_the_words_marked_and_everything_else_escaped(client: Client) -> None:
    page = client.get("/droit/", {"q": "recours"}).content.decode()
    odd = client.get("/droit/", {"q": "<img src=x>"}).content.decode()

    assert "<mark>recours</mark>" in page.lower()
    assert "<img" not in odd
    assert "Rien pour" in odd


def test_no_more_hits_are_shown_than_can_be_read() -> None:
    assert len(search.find("document")) == search.MOST_HITS
