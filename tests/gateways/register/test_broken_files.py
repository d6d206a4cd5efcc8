"""A file that is no delivery, or breaks off, is said to be so; whatever was whole before stays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.gateways.register import cast, reader
from guichet.gateways.register.port import PersonRecord, Rejection, UnreadableDelivery

from .builders import DAY, a_file, amelie, read, read_until_broken

_PEOPLE = list(cast.people(DAY))


def _whole() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return a_file(Path(folder), *_PEOPLE).read_bytes()


_WHOLE = _whole()


def _file_of(folder: Path, content: bytes) -> Path:
    path = folder / "delivery.xml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "n'est pas un document XML"),
        (b"PK\x03\x04 a spreadsheet", "n'est pas un document XML"),
        (b"<html><body>Bonjour</body></html>", "pas une livraison eCH-0099"),
        (_WHOLE.replace(b"eCH-0099/2", b"eCH-0099/1"), "pas une livraison eCH-0099"),
        (_WHOLE.replace(b'version="2.1"', b'version="3.0"'), "version de la livraison"),
        (_WHOLE.replace(b"deliveryHeader", b"header"), "pas d'en-t\u00eate"),
        (_WHOLE.replace(b"<h:messageId>message-1</h:messageId>", b""), "en-t\u00eate de la livraison"),
        (_WHOLE.replace(b"2026-11-22T03:30:00+00:00", b"hier"), "en-t\u00eate de la livraison"),
    ],
)
def test_a_file_that_is_no_delivery_is_refused_at_once(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDelivery, match=message):
        read(_file_of(tmp_path, content))


def test_a_document_type_declaration_is_refused_before_anything_is_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boum">{entities}]>'.encode()

    with pytest.raises(UnreadableDelivery, match="DOCTYPE"):
        read(_file_of(tmp_path, bomb + _WHOLE.split(b"?>", 1)[1]))


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = _file_of(tmp_path, b"secret").rename(tmp_path / "secret.txt")
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'.encode()

    with pytest.raises(UnreadableDelivery, match="DOCTYPE"):
        read(_file_of(tmp_path, declared + _WHOLE.split(b"?>", 1)[1].replace(b"Rochat", b"&s;")))


def test_a_truncated_delivery_gives_what_was_whole_and_says_where_it_ends(tmp_path: Path) -> None:
    cut = _WHOLE.index(b"GE-D05")

    found, broken = read_until_broken(_file_of(tmp_path, _WHOLE[:cut]))

    assert [record.local_person_id for record in found] == ["GE-D01", "GE-D04"]
    assert broken is not None
    assert "ligne" in broken.message


def test_a_delivery_cut_between_two_people_is_not_taken_for_complete(tmp_path: Path) -> None:
    cut = _WHOLE.index(b"</d:reportedPerson>") + len(b"</d:reportedPerson>\n")

    found, broken = read_until_broken(_file_of(tmp_path, _WHOLE[:cut]))

    assert len(found) == 1
    assert broken is not None


def test_a_record_without_end_stops_the_reading_before_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "LONGEST", 200_000)
    endless = "<p:street>x</p:street>" * 40_000

    found, broken = read_until_broken(a_file(tmp_path, amelie(), spoil=[("<p:person>", f"<p:person>{endless}")]))

    assert found == []
    assert broken is not None
    assert "long" in broken.message


@settings(max_examples=60)
@given(st.integers(0, len(_WHOLE)))
def test_cutting_anywhere_never_invents_or_changes_a_person(cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, _ = read_until_broken(_file_of(Path(folder), _WHOLE[:cut]))

    assert [record._replace(line=0) for record in found] == _PEOPLE[: len(found)]


@settings(max_examples=150)
@given(st.integers(0, len(_WHOLE)), st.integers(0, 60), st.binary(max_size=40))
def test_any_damage_ends_in_records_rejections_or_a_clear_refusal(start: int, length: int, instead: bytes) -> None:
    damaged = _WHOLE[:start] + instead + _WHOLE[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        found, _ = read_until_broken(_file_of(Path(folder), damaged))

    assert all(isinstance(record, PersonRecord | Rejection) for record in found)
    assert len(found) <= len(_PEOPLE)


@settings(max_examples=60)
@given(st.sampled_from([b"</p:", b"<i:", b"<p:officialName>", b"<d:value>", b"-", b"GE"]), st.text(max_size=12))
def test_damage_to_every_person_alike_is_reported_for_each(mark: bytes, instead: str) -> None:
    damaged = _WHOLE.replace(mark, instead.encode("utf-8", "replace"))
    with tempfile.TemporaryDirectory() as folder:
        found, broken = read_until_broken(_file_of(Path(folder), damaged))

    assert broken is not None or len(found) == len(_PEOPLE)
