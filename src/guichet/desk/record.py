"""The register's record of a person as rows of a page."""

from __future__ import annotations

from guichet.kit.components import Cell, Row, Table
from guichet.kit.formats import short_date
from guichet.orders.compose import address_on_one_line
from guichet.people.register import Extract
from guichet.people.register_words import RESIDENCE, SEX

from .comparison import written_day


def rows_of(person: Extract) -> list[Row]:
    """What the register holds, but for the AVS number, which no page shows."""
    rows = [
        Row("Nom", person.official_name),
        Row("Prénoms", person.first_names),
        Row("Nom de naissance", person.name_at_birth),
        Row("Date de naissance", written_day(person.born)),
        Row("Lieu de naissance", person.birth_place),
        Row("Sexe", SEX.get(person.sex, "")),  # type: ignore[call-overload]  # a StrEnum's value is its key
        Row("État civil", person.civil_status),
        Row("Nationalité", "suisse" if person.is_swiss else ", ".join(person.nationalities)),
        Row("Origine", ", ".join(person.origins)),
        Row("Permis", _permit(person)),
        Row("Commune", person.commune),
        Row("Résidence", RESIDENCE.get(person.residence_kind, "")),  # type: ignore[call-overload]  # as above
        Row("Adresse", _address(person)),
        Row("Dans la commune depuis le", short_date(person.arrived_on)),
        Row("Départ", _departure(person)),
        Row("Décès", short_date(person.died_on) if person.died_on else ""),
    ]
    return [row for row in rows if row.value]


def stays_of(person: Extract) -> Table:
    """The periods of stay in the canton."""
    rows = [
        [Cell(short_date(stay.from_on)), Cell(short_date(stay.until_on) if stay.until_on else "à ce jour")]
        for stay in person.stays
    ]
    return Table("Séjours dans le canton", ("Du", "Au"), rows, empty="Aucun séjour connu.")


def _permit(person: Extract) -> str:
    if not person.permit:
        return ""
    letter = person.permit_letter or "sans lettre"
    until = f", valable jusqu'au {short_date(person.permit_valid_by)}" if person.permit_valid_by else ""
    renewal = ", en cours de renouvellement" if person.is_permit_under_renewal else ""
    return f"{letter}{until}{renewal}"


def _address(person: Extract) -> str:
    if person.address is None:
        return "protégée : elle n'est pas montrée"
    return address_on_one_line(person.address)


def _departure(person: Extract) -> str:
    if person.departed_on is None:
        return ""
    to = f", pour {person.destination}" if person.destination else ""
    return f"{short_date(person.departed_on)}{to}"
