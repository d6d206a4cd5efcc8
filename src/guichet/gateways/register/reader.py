"""Reads an eCH-0099 delivery from a file, one person at a time, in bounded memory.

A delivery comes from outside: document type declarations are refused (no entity is ever defined), nothing is fetched,
and neither a record nor the header may be longer than ``LONGEST`` bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from lxml import etree

from .ech import DELIVERY, HEADER, VERSION
from .parsing import Rejected, line_of, local_id_of, parse
from .port import Header, PersonRecord, Rejection, UnreadableDelivery

_CHUNK = 1 << 16
LONGEST = 1 << 20
_TAGS = (DELIVERY + "deliveryHeader", DELIVERY + "reportedPerson")
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class EchDelivery:
    """An eCH-0099 file being read; the header is there at once, the persons come as they are asked for.

    Raises:
        UnreadableDelivery: on opening, if the file is no eCH-0099 delivery; on reading, if it breaks off.
    """

    def __init__(self, path: Path) -> None:
        _check_root(path)
        self._file = path.open("rb")
        self.size = path.stat().st_size
        self._parser = etree.XMLPullParser(("end",), tag=_TAGS, remove_comments=True, remove_pis=True, **_SAFE)
        self._elements = self._read_elements()
        try:
            self.header = self._read_header()
        except UnreadableDelivery:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._file.close()

    @property
    def bytes_read(self) -> int:
        """How far the file has been read, to show progress against ``size``."""
        return self._file.tell()

    def __iter__(self) -> Iterator[PersonRecord | Rejection]:
        for element in self._elements:
            yield _read_person(element)
            _forget(element)

    def _read_header(self) -> Header:
        element = next(self._elements, None)
        if element is None or element.tag != DELIVERY + "deliveryHeader":
            raise UnreadableDelivery("La livraison n'a pas d'en-tête (deliveryHeader) avant la première personne.")
        try:
            return _header(element)
        except ValueError:
            raise UnreadableDelivery(
                "L'en-tête de la livraison (eCH-0058) est incomplet ou illisible.", line=element.sourceline
            ) from None

    def _read_elements(self) -> Iterator[etree._Element]:
        """Header and persons in their order; what came whole before a break is still given."""
        since_last = 0
        for chunk in iter(lambda: self._file.read(_CHUNK), b""):
            broken = self._feed(chunk)
            since_last += len(chunk)
            for _, element in self._parser.read_events():
                since_last = 0
                yield element
            if broken:
                raise broken
            if since_last > LONGEST:
                raise UnreadableDelivery("Un élément de la livraison est démesurément long ; la lecture s'arrête là.")
        self._close()

    def _feed(self, chunk: bytes) -> UnreadableDelivery | None:
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            return _broken_off(error)
        return None

    def _close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise _broken_off(error) from None


def _broken_off(error: etree.XMLSyntaxError) -> UnreadableDelivery:
    line = error.lineno
    return UnreadableDelivery(
        f"Le fichier n'est plus lisible à la ligne {line} : XML interrompu ou mal formé.", line=line
    )


def _check_root(path: Path) -> None:
    with path.open("rb") as file:
        try:
            _, root = next(etree.iterparse(file, ("start",), **_SAFE))
        except (etree.XMLSyntaxError, StopIteration):
            raise UnreadableDelivery("Le fichier n'est pas un document XML.") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDelivery("Le fichier déclare un type de document (DOCTYPE) : refusé par sécurité.")
        if root.tag != DELIVERY + "delivery":
            raise UnreadableDelivery("Le fichier n'est pas une livraison eCH-0099 (autre élément racine).")
        if root.get("version") != VERSION:
            raise UnreadableDelivery(f"La version de la livraison n'est pas eCH-0099 {VERSION}.")


def _header(element: etree._Element) -> Header:
    def value(name: str) -> str:
        text = (element.findtext(HEADER + name) or "").strip()
        if not text:
            raise ValueError(name)
        return text

    return Header(
        message_id=value("messageId"),
        sender_id=value("senderId"),
        sent_at=datetime.fromisoformat(value("messageDate")),
        is_test=value("testDeliveryFlag") in ("true", "1"),
    )


def _read_person(element: etree._Element) -> PersonRecord | Rejection:
    try:
        return parse(element)
    except Rejected as rejected:
        return Rejection(line_of(element), local_id_of(element), str(rejected))


def _forget(element: etree._Element) -> None:
    """Free this record and everything before it, so that memory does not grow with the delivery."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
