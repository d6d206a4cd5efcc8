"""What an applicant typed beside what the register says, with the differences named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from guichet.kit import avs, formats
from guichet.orders.compose import address_on_one_line
from guichet.orders.forms import RELATIONS
from guichet.orders.models import Order
from guichet.people.models import Person
from guichet.people.register import Extract
from guichet.people.register.rows import avs_index
from guichet.people.register_words import search_form


class Verdict(StrEnum):
    """How a typed value and the register's agree."""

    SAME = "same"
    SPELLING = "spelling"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"


WORDS: Mapping[Verdict, str] = {
    Verdict.SAME: "identique",
    Verdict.SPELLING: "autre graphie",
    Verdict.DIFFERENT: "diffère",
    Verdict.NOT_COMPARED: "",
}


class Compared(NamedTuple):
    """One line of the comparison; values are French and ready to show, empty where there is none."""

    label: str
    typed: str
    known: str
    verdict: Verdict

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return WORDS[self.verdict]


def compared(order: Order, person: Extract | None) -> list[Compared]:
    """Each thing typed, beside the register's where a person is designated."""
    typed = order.answer("person")
    known = _known(person)
    lines = [
        _text("Nom", typed.get("official_name", ""), known.get("official_name")),
        _text("Prénoms", typed.get("first_names", ""), known.get("first_names")),
        _day("Date de naissance", typed.get("born_on"), known.get("born")),
        _avs(typed.get("avs_number", ""), person),
        _day("Date du décès", typed.get("died_on"), known.get("died_on")),
        _day("Date de départ", typed.get("departs_on"), known.get("departed_on")),
        _text("Destination", typed.get("destination", ""), known.get("destination")),
        _address(order, person),
        *_only_typed(typed),
    ]
    return [line for line in lines if line is not None and (line.typed or line.known)]


def differences(lines: list[Compared]) -> int:
    """How many lines differ in more than their spelling."""
    return sum(line.verdict == Verdict.DIFFERENT for line in lines)


def _known(person: Extract | None) -> dict[str, str]:
    """The register's values as texts; nothing at all while nobody is designated."""
    if person is None:
        return {}
    return {
        "official_name": person.official_name,
        "first_names": person.first_names,
        "born": person.born,
        "died_on": person.died_on.isoformat() if person.died_on else "",
        "departed_on": person.departed_on.isoformat() if person.departed_on else "",
        "destination": person.destination,
    }


def _verdict(typed: str, known: str | None) -> Verdict:
    if not typed or known is None:
        return Verdict.NOT_COMPARED
    if typed == known:
        return Verdict.SAME
    return Verdict.SPELLING if search_form(typed) == search_form(known) else Verdict.DIFFERENT


def _text(label: str, typed: str, known: str | None) -> Compared:
    return Compared(label, typed, known or "", _verdict(typed, known))


def written_day(iso: str | None) -> str:
    """A day, a month or a year as people read it."""
    if not iso:
        return ""
    if len(iso) == 10:
        return formats.short_date(date.fromisoformat(iso))
    return iso if len(iso) == 4 else f"{iso[5:]}.{iso[:4]}"


def _day(label: str, typed: str | None, known: str | None) -> Compared | None:
    """Days are compared as far as the register knows them: a year alone agrees with any day of it."""
    if not typed and (label != "Date de naissance" and not known):
        return None
    verdict = Verdict.NOT_COMPARED
    if typed and known is not None:
        verdict = Verdict.SAME if known and typed.startswith(known) else Verdict.DIFFERENT
    return Compared(label, written_day(typed), written_day(known), verdict)


def _avs(typed: str, person: Extract | None) -> Compared | None:
    """The number itself stays in the register: the page only says whether it is the one that was typed."""
    if not typed:
        return None
    shown = formats.avs(typed) if len(typed) == 13 else typed
    if person is None:
        return Compared("Numéro AVS", shown, "", Verdict.NOT_COMPARED)
    number = avs.normalise(typed)
    held = Person.objects.filter(pk=person.person_id).values_list("avs_index", flat=True).first()
    agrees = number is not None and bool(held) and held == avs_index(number)
    verdict = Verdict.SAME if agrees else Verdict.DIFFERENT
    return Compared("Numéro AVS", shown, "le même" if agrees else "un autre, ou aucun", verdict)


def _address(order: Order, person: Extract | None) -> Compared | None:
    """The address a document is to be posted to is the applicant's choice: beside the register's, but not judged."""
    lines: list[str] = order.address or []
    if not lines and person is None:
        return None
    known = ""
    if person is not None:
        known = "protégée : elle n'est pas montrée" if person.address is None else address_on_one_line(person.address)
    return Compared("Adresse (d'envoi, du registre)", ", ".join(lines[1:]), known, Verdict.NOT_COMPARED)


def _only_typed(typed: Mapping[str, str]) -> list[Compared]:
    relation = dict(RELATIONS).get(typed.get("relation", ""), "")
    said = (
        ("Lien avec la personne décédée", relation),
        ("Personne qui commande", typed.get("applicant_name", "")),
        ("Intérêt invoqué", typed.get("interest", "")),
    )
    return [Compared(label, value, "", Verdict.NOT_COMPARED) for label, value in said]
