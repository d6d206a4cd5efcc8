"""The structure of a text as an Akoma Ntoso 3.0 act (OASIS LegalDocML), without one sentence of its wording.

Divisions, articles, paragraphs and letters with their identifiers; each amendment an event of the life cycle, its date
written once; each wording in force from its event. What stands in the paragraphs is our paraphrase, and is marked so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from xml.etree import ElementTree as ET  # noqa: S405 - only written, nothing is read

from guichet.law.kernel.addresses import containers, order_of
from guichet.law.kernel.provisions import Division, LegalText, Level, Provision, Standing

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
US = {"source": "#guichet"}
_SHORT = {Level.TITLE: "title", Level.CHAPTER: "chp", Level.SECTION: "sec"}


@cache
def document(text: LegalText) -> bytes:
    """The whole document, in UTF-8."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    act = ET.SubElement(root, "act", {"name": text.name.lower(), "contains": "singleVersion"})
    periods = _periods(text)
    _meta(act, text, periods)
    preface = ET.SubElement(act, "preface", {"eId": "preface"})
    paragraph = ET.SubElement(preface, "p", {"eId": "preface__p_1"})
    ET.SubElement(paragraph, "docTitle", {"eId": "preface__p_1__docTitle_1"}).text = text.title
    note = ET.SubElement(preface, "p", {"eId": "preface__p_2", "class": "note"})
    note.text = "Structure du texte et résumés de Guichet ; seul le texte officiel fait foi."
    body = ET.SubElement(act, "body", {"eId": "body"})
    _division(body, text, text.divisions, text.articles(), "", periods)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _periods(text: LegalText) -> dict[tuple[str, str], str]:
    """(event that starts it, event that ends it or nothing) to the name of the period, in the order of the text."""
    pairs = dict.fromkeys(_ends(text, address) for address in sorted(text.provisions, key=order_of))
    return {pair: f"period_{place}" for place, pair in enumerate(pairs, start=1)}


def _ends(text: LegalText, address: str) -> tuple[str, str]:
    known_from = text.known_from(address)
    started_by = [each for each in text.changes(address) if not each.renaming and each.in_force == known_from]
    until = text.provisions[address].until
    return (f"event_{started_by[-1].number}" if started_by else "event_0"), _end_event(until) if until else ""


def _end_event(until: date) -> str:
    return f"event_end_{until.isoformat()}"


def _meta(act: ET.Element, text: LegalText, periods: dict[tuple[str, str], str]) -> None:
    meta = ET.SubElement(act, "meta")
    _identification(meta, text)
    life = ET.SubElement(meta, "lifecycle", US)
    _event(life, "event_0", text.entry, "#original", "generation")
    for each in text.amendments.values():
        _event(life, f"event_{each.number}", each.in_force, f"#amendment_{each.number}", "amendment")
    for until in sorted({each.until for each in text.provisions.values() if each.until}):
        # The end of an interval is the first day on which it no longer holds.
        _event(life, _end_event(until), until + timedelta(days=1), "#original", "repeal")
    temporal = ET.SubElement(meta, "temporalData", US)
    for (start, end), name in periods.items():
        group = ET.SubElement(temporal, "temporalGroup", {"eId": name})
        ends = {"end": f"#{end}"} if end else {}
        ET.SubElement(group, "timeInterval", {"start": f"#{start}", **ends, "refersTo": "#inForce"})
    references = ET.SubElement(meta, "references", US)
    original = text.publication.address if text.publication else f"/droit/{text.name.lower()}/"
    ET.SubElement(references, "original", {"eId": "original", "href": original, "showAs": text.name})
    for each in text.amendments.values():
        words = f"Modification n° {each.number} du {each.adopted.isoformat()}"
        words += " (changement de nom)" if each.renaming else ""
        named = {"eId": f"amendment_{each.number}", "href": original, "showAs": words}
        ET.SubElement(references, "passiveRef", named)
    _concept(references, "TLCOrganization", "guichet", "Guichet")
    _concept(references, "TLCOrganization", "publisher", text.publication.publisher if text.publication else "Guichet")
    _concept(references, "TLCConcept", "inForce", "en vigueur")
    _concept(references, "TLCConcept", "paraphrase", "résumé de Guichet, sans valeur officielle")


def _event(life: ET.Element, name: str, on: date, source: str, kind: str) -> None:
    ET.SubElement(life, "eventRef", {"eId": name, "date": on.isoformat(), "source": source, "type": kind})


def _concept(references: ET.Element, kind: str, name: str, words: str) -> None:
    ontology = "organization" if kind == "TLCOrganization" else "concept"
    ET.SubElement(references, kind, {"eId": name, "href": f"/akn/ontology/{ontology}/{name}", "showAs": words})


def _identification(meta: ET.Element, text: LegalText) -> None:
    adopted = text.publication.adopted if text.publication else None
    first = (adopted or text.entry).isoformat()
    number = text.publication.number if text.publication and text.publication.number else text.name
    work = f"/akn/ch-ge/act/{first}/{number.lower().replace(' ', '-')}"
    version = f"{work}/fra@{(text.consolidated_to or text.entry).isoformat()}"
    identification = ET.SubElement(meta, "identification", US)
    levels = (
        ("FRBRWork", work, first, "adoption" if adopted else "entryIntoForce", (("FRBRcountry", {"value": "ch-ge"}),)),
        ("FRBRExpression", version, (text.consolidated_to or text.entry).isoformat(), "consolidation",
         (("FRBRlanguage", {"language": "fra"}),)),
        ("FRBRManifestation", f"{version}.xml", (text.consolidated_to or text.entry).isoformat(), "consolidation",
         (("FRBRformat", {"value": "application/akn+xml"}),)),
    )  # fmt: skip
    for level, address, on, named, more in levels:
        element = ET.SubElement(identification, level)
        ET.SubElement(element, "FRBRthis", {"value": f"{address}/!main" if level != "FRBRManifestation" else address})
        ET.SubElement(element, "FRBRuri", {"value": address})
        if level == "FRBRWork":
            ET.SubElement(element, "FRBRalias", {"value": f"/droit/{text.name.lower()}/", "name": "guichet"})
        ET.SubElement(element, "FRBRdate", {"date": on, "name": named})
        ET.SubElement(element, "FRBRauthor", {"href": "#publisher" if level == "FRBRWork" else "#guichet"})
        for tag, given in more:
            ET.SubElement(element, tag, given)


def _division(
    parent: ET.Element,
    text: LegalText,
    divisions: Sequence[Division],
    articles: Sequence[str],
    within: str,
    periods: dict[tuple[str, str], str],
) -> None:
    for each in divisions:
        name = f"{within}{_SHORT[each.level]}_{each.number}"
        element = ET.SubElement(parent, each.level.value, {"eId": name})
        ET.SubElement(element, "num").text = each.name
        ET.SubElement(element, "heading").text = each.heading
        _division(element, text, each.parts, [one for one in articles if each.holds(one)], f"{name}__", periods)
    for article in articles:
        if not any(each.holds(article) for each in divisions):
            _provision(parent, text, article, periods)


def _provision(parent: ET.Element, text: LegalText, address: str, periods: dict[tuple[str, str], str]) -> None:
    provision, name = text.provisions[address], eid(address)
    depth, mark = address.count("/"), address.rsplit("/", 1)[-1]
    tag = "article" if not depth else "paragraph" if depth == 1 and mark[:1].isdigit() else "point"
    element = ET.SubElement(parent, tag, {"eId": name, "period": f"#{periods[_ends(text, address)]}"})
    ET.SubElement(element, "num").text = f"Art. {mark}" if not depth else mark
    inside = [each for each in text.provisions if each.startswith(f"{address}/") and each.count("/") == depth + 1]
    if provision.standing is Standing.HEADING:
        ET.SubElement(element, "heading").text = provision.summary
    else:
        _summary(element, provision, name, "intro" if inside else "content")
    for each in sorted(inside, key=order_of):
        _provision(element, text, each, periods)


def _summary(element: ET.Element, provision: Provision, name: str, tag: str) -> None:
    holder = ET.SubElement(element, tag, {"eId": f"{name}__{tag}"})
    paraphrase = {"eId": f"{name}__{tag}__p_1", "class": "paraphrase", "refersTo": "#paraphrase"}
    ET.SubElement(holder, "p", paraphrase).text = provision.summary


def eid(address: str) -> str:
    """The identifier of a passage by the naming convention: ``art_11__para_1__point_1__point_a``."""
    parts = [f"art_{address.split('/')[0]}"]
    for place in reversed(containers(address)[:-1]):
        mark = place.rsplit("/", 1)[-1]
        parts.append(f"{'para' if place.count('/') == 1 and mark[:1].isdigit() else 'point'}_{mark}")
    return "__".join(parts)
