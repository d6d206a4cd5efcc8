"""Citations as people write them, and the one address of each passage.

A passage lives at ``/droit/TEXT/PATH/``, its path being that of the public contract: ``/droit/rdid/11/1/1/a/``. Whatever
names it otherwise (« art. 11 al. 1 RDId », ``/eli/rdid/art_11/al_1``, ``/droit/RDId/art-11/al-1/``) leads there.
"""

from __future__ import annotations

import re

from guichet.law import questions
from guichet.law.kernel.addresses import Ref, containers
from guichet.law.kernel.provisions import LegalText

_NUMBER = r"\d+[A-Za-z]{0,2}"
_PARTS = (
    rf"(?:art(?:icle|\.)?\s*)?(?P<article>{_NUMBER})"
    r"(?:[\s,]+al(?:inéa|\.)?\s*(?P<paragraph>\d+))?"
    r"(?:[\s,]+ch(?:iffre|\.)?\s*(?P<figure>\d+))?"
    r"(?:[\s,]+let(?:tre|\.)?\s*(?P<letter>[a-z]))?"
    r"(?:[\s,]+ch(?:iffre|\.)?\s*(?P<subfigure>\d+))?"
)
_PATH = rf"(?:art\.?\s*)?(?P<path>{_NUMBER}(?:/\w+)*)"
# Segments of an address by their kind: art_11, al-1, let-a.
_SEGMENT = re.compile(r"(?:(?:art|al|ch|let|chap)[_-])?(\w+)")


def text_named(name: str) -> LegalText | None:
    """The text of this name, in whatever letters it is written."""
    return next((text for text in questions.TEXTS.values() if text.name.lower() == name.lower()), None)


def read_citation(written: str) -> Ref | None:
    """The passage that a whole input cites (« 11 al. 1 RDId », « art. 30 LIPAD », « lipad 28/5 »); else nothing."""
    names = "|".join(re.escape(name) for name in questions.TEXTS)
    text = rf"(?:d[eu]s?\s+(?:la\s+|l')?)?(?P<text>{names})"
    forms = (rf"{_PARTS}\s+{text}", rf"{text}[\s,]+{_PARTS}", rf"{_PATH}\s+{text}", rf"{text}[\s:,]+{_PATH}")
    found = (re.fullmatch(rf"\s*{form}\s*", written, re.IGNORECASE) for form in forms)
    return next((ref for match in found if match and (ref := _ref(match.groupdict()))), None)


def _ref(named: dict[str, str | None]) -> Ref | None:
    text = text_named(named["text"] or "")
    if text is None:
        return None
    order = ("article", "paragraph", "figure", "letter", "subfigure")
    address = named.get("path") or "/".join(value for name in order if (value := named.get(name)))
    return nearest(text, address)


def nearest(text: LegalText, address: str) -> Ref | None:
    """The passage at an address, letters in whatever case; nothing when the text has none there."""
    known = {each.lower(): each for each in text.provisions}
    place = known.get(address.lower())
    return text.ref(place) if place else None


def read_address(address: str) -> str:
    """The path of the contract behind an address of another form: ``art_11/al_1/let_a`` is ``11/1/a``."""
    parts = (_SEGMENT.fullmatch(part) for part in address.strip("/").split("/"))
    return "/".join(part.group(1) if part else "" for part in parts)


def eli_of(ref: Ref) -> str:
    """The address in the manner of the European Legislation Identifier: ``/eli/rdid/art_11/al_1/ch_1/let_a``."""
    kinds = {"art.": "art", "al.": "al", "ch.": "ch", "let.": "let"}
    words = ref.cite.split()[:-1]
    pairs = (f"{kinds[kind]}_{number}" for kind, number in zip(words[::2], words[1::2], strict=True))
    return "/".join(("/eli", ref.text.lower(), *pairs))


def article_of(address: str) -> str:
    """The number of the article that holds a passage."""
    return containers(address)[-1]
