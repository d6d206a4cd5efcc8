"""Pages go compressed to whoever takes it, and to nobody else."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from guichet.kit.middleware import Compressed

LONG = "Office cantonal de la population et des migrations. " * 50


def sent(given: HttpResponse, rf: RequestFactory, accepts: str | None) -> Any:
    headers = {} if accepts is None else {"HTTP_ACCEPT_ENCODING": accepts}
    return Compressed(lambda request: given)(rf.get("/", **headers))


def test_a_page_is_compressed_and_reads_the_same(client: Client, db: None) -> None:
    plain = client.get("/conditions/")
    packed = client.get("/conditions/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")

    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize("accepts", [None, "", "br", "gzip;q=0", "deflate, gzip; q=0"])
def test_whoever_does_not_take_it_gets_the_page_as_it_is(rf: RequestFactory, accepts: str | None) -> None:
    response = sent(HttpResponse(LONG), rf, accepts)

    assert "Content-Encoding" not in response
    assert response.content.decode() == LONG


@pytest.mark.parametrize(
    "given",
    [
        HttpResponse("court"),
        HttpResponse(b"%PDF-1.7" * 500, content_type="application/pdf"),
        HttpResponse(LONG, headers={"Content-Encoding": "br"}),
    ],
    ids=["short", "document", "packed already"],
)
def test_what_would_not_gain_is_left_alone(rf: RequestFactory, given: HttpResponse) -> None:
    before = given.content

    assert sent(given, rf, "gzip").content == before


def test_the_length_of_a_page_does_not_tell_its_content(rf: RequestFactory) -> None:
    lengths = {len(sent(HttpResponse(LONG), rf, "gzip").content) for _ in range(60)}

    assert len(lengths) > 10
