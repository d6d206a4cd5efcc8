"""Addresses of passages and how they are cited."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.law.kernel.addresses import Ref, cite, containers, distinct, order_of


@pytest.mark.parametrize(
    ("text", "address", "cited"),
    [
        ("RDId", "11/1/1/a", "art. 11 al. 1 ch. 1 let. a RDId"),
        ("CGV", "3/1", "art. 3 al. 1 CGV"),
        ("CGV", "4", "art. 4 CGV"),
        ("LIPAD", "26/2/l", "art. 26 al. 2 let. l LIPAD"),
        ("LIPAD", "19A", "art. 19A LIPAD"),
        ("LIPAD", "3/2bis", "art. 3 al. 2bis LIPAD"),
        ("LIPAD", "13/a", "art. 13 let. a LIPAD"),
        ("J 1 45", "1/1", "art. 1 al. 1 J 1 45"),
        ("OLDI", "annex/3", "annexe 3 OLDI"),
        ("RDROCPMC", "", "RDROCPMC"),
    ],
)
def test_a_passage_is_cited_as_lawyers_of_the_canton_do(text: str, address: str, cited: str) -> None:
    assert cite(text, address) == cited
    assert str(Ref(text, address)) == cited


def test_addresses_sort_in_the_order_of_the_text() -> None:
    mixed = ["19A", "2/10", "19", "2/9", "2", "11/1/1/b", "11/1/1/a"]

    assert sorted(mixed, key=order_of) == ["2", "2/9", "2/10", "11/1/1/a", "11/1/1/b", "19", "19A"]


def test_the_containers_of_a_letter_go_from_itself_to_its_article() -> None:
    assert containers("11/1/1/a") == ("11/1/1/a", "11/1/1", "11/1", "11")


@pytest.mark.parametrize(("text", "address"), [("J 1 45", "1/1"), ("RDROCPMC", ""), ("CGV", "3/1")])
def test_a_stored_key_reads_back_as_the_same_passage(text: str, address: str) -> None:
    ref = Ref(text, address, date(2024, 10, 1))

    assert Ref.parse(ref.key) == ref


def test_passages_of_two_texts_with_one_address_stay_apart() -> None:
    assert distinct((Ref("CGV", "1/1"), Ref("J 1 45", "1/1")), (Ref("CGV", "1/1"),)) == (
        Ref("CGV", "1/1"),
        Ref("J 1 45", "1/1"),
    )


def test_only_an_outside_passage_names_its_source() -> None:
    inside = Ref("CGV", "3/1", date(2024, 10, 1)).to_json()
    outside = Ref("LPA", "17", outside=True, source="ATA/427/2023").to_json()

    assert inside == {"text": "CGV", "address": "3/1", "cite": "art. 3 al. 1 CGV", "known_from": "2024-10-01"}
    assert outside["outside"] is True
    assert outside["source"] == "ATA/427/2023"
    assert outside["known_from"] is None
