"""Where the application names a passage: read from its own source, so that nobody keeps a list.

A file names a passage when it cites it (« CGV 3/1 », « art. 3 al. 1 CGV », ``CGV:3/1``, ``/droit/cgv/3/1/``), asks a
question that rests on it, or takes an act that is founded on it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from guichet.law.check.inventory import Inventory, whole_core
from guichet.law.kernel.addresses import Ref, containers, distinct

ROOM = Path(__file__).resolve().parents[2]
_SUFFIXES = {".py", ".html", ".txt", ".typ"}
# The core itself and its pages, which name every passage; what is generated; what only serves as an example.
_OUTSIDE = {"law", "migrations", "static", "vendor", "gallery", "samples.py", "populating.py"}
_TEXTS = "CGV|RDId|LIPAD"
_ADDRESS = r"\d+[A-Z]?(?:/[0-9a-z]+)*"
_KEY = re.compile(rf"\b({_TEXTS})[: ]({_ADDRESS}(?:, {_ADDRESS})*)")
_CALL = re.compile(rf'\("({_TEXTS})", "({_ADDRESS})"\)')
_LINK = re.compile(rf"/droit/({_TEXTS.lower()})/({_ADDRESS})")
_CITATION = re.compile(rf"(?:art|ch)\. (\d+[A-Z]?)(?: al\. (\d+))?(?: ch\. (\d+))?(?: let\. ([a-z]))? ({_TEXTS})")
_NAME = re.compile(r'"([a-z_.]+)"')


def naming(ref: Ref, named: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The files that name a passage or what contains it, in the order of their paths."""
    keys = (f"{ref.text}:{address}" for address in containers(ref.address))
    return tuple(sorted({path for key in keys for path in named.get(key, ())}))


@lru_cache(maxsize=1)
def screens() -> Mapping[str, frozenset[str]]:
    """The files of the application that name each passage (``CGV:3/1``), as paths below ``guichet``."""
    return found_under(ROOM, whole_core())


def found_under(folder: Path, core: Inventory) -> Mapping[str, frozenset[str]]:
    """The same for any folder and any core."""
    rests = _by_name(core)
    named: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix in _SUFFIXES and not _OUTSIDE & set(inside.parts):
            content = path.read_text(encoding="utf-8")
            names = _NAME.findall(content) if path.suffix == ".py" else ()
            for key in (*_keys_in(content), *(key for name in names for key in rests.get(name, ()))):
                named[key].add(inside.as_posix())
    return {key: frozenset(paths) for key, paths in named.items()}


def _keys_in(content: str) -> Iterator[str]:
    texts = {name.lower(): name for name in _TEXTS.split("|")}
    for text, addresses in (*_KEY.findall(content), *_CALL.findall(content)):
        yield from (f"{text}:{address}" for address in addresses.split(", "))
    for text, address in _LINK.findall(content):
        yield f"{texts[text]}:{address}"
    for *segments, text in _CITATION.findall(content):
        yield f"{text}:{'/'.join(filter(None, segments))}"


def _by_name(core: Inventory) -> Mapping[str, tuple[str, ...]]:
    """The passages on which each question and each act rests; an act that two procedures know tells nothing."""
    rests = {name: question.sources for name, question in core.questions.items()}
    owners = [(act, lines) for procedure in core.procedures.values() for act, lines in procedure.acts.items()]
    known = [act for act, _ in owners]
    rests |= {act: distinct(*(each.basis for each in lines)) for act, lines in owners if known.count(act) == 1}
    return {name: tuple(ref.key for ref in basis if not ref.outside) for name, basis in rests.items()}
