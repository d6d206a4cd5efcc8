"""What an order's document says: the register's facts in the words of each service (law/facts.md 1.3)."""

from __future__ import annotations

from datetime import date, datetime

from guichet.documents.contents import Attestation, Fact, Ground, Letter, Remedy, Stay, Verification
from guichet.documents.office import issuer
from guichet.gateways.register.port import Address
from guichet.institutions.directory import court
from guichet.kit.clock import day_of
from guichet.kit.formats import short_date
from guichet.people.register import Extract

from .grounds import GROUNDS
from .models import Decision, Order

WITH_HISTORY = ("residence_history", "departure_history")


def attestation(order: Order, person: Extract, *, verification: Verification, at: datetime) -> Attestation:
    """The content of an order's document about ``person``, as the register knew them when it was read."""
    kind = order.version.service.code
    on = day_of(at)
    statements, notes = STATEMENTS[kind](person, on)
    with_history = kind in WITH_HISTORY
    return Attestation(
        issuer=issuer(),
        title=order.version.definition["document_title"],
        reference=order.reference,
        subject=person.full_name,
        facts=tuple(_facts(kind, person)),
        statements=statements,
        issued_on=on,
        verification=verification,
        stays=tuple(Stay(since=s.from_on, until=s.until_on) for s in person.stays) if with_history else (),
        notes=(*notes, f"État du registre au {short_date(day_of(person.as_of))}."),
    )


def address_on_one_line(address: Address | None) -> str:
    """« Rue du Lac 3, 1207 Genève »; empty if there is none to show."""
    if address is None:
        return ""
    street = " ".join(part for part in (address.street, address.house_number) if part)
    town = f"{address.postcode} {address.town}".strip()
    country = "" if address.country == "CH" else address.country
    return ", ".join(part for part in (address.extra, street, town, country) if part)


def _born(person: Extract) -> str | date:
    if person.born_on is not None:
        return person.born_on
    return person.born if len(person.born) == 4 else f"{person.born[5:]}.{person.born[:4]}"


def _facts(kind: str, person: Extract) -> list[Fact]:
    facts = [Fact(label="Nom", value=person.official_name), Fact(label="Prénoms", value=person.first_names)]
    if kind.startswith("residence"):
        facts.append(Fact(label="État civil", value=person.civil_status))
    facts += [
        Fact(label="Date de naissance", value=_born(person)),
        Fact(label="Lieu de naissance", value=person.birth_place),
    ]
    if person.is_swiss:
        facts.append(Fact(label="Origine", value=", ".join(person.origins)))
    else:
        facts.append(Fact(label="Nationalité", value=", ".join(person.nationalities)))
    facts += _place_facts(kind, person)
    return [fact for fact in facts if fact.value]


def _place_facts(kind: str, person: Extract) -> list[Fact]:
    where = address_on_one_line(person.address)
    if kind.startswith("departure"):
        return [
            Fact(label="Date d'arrivée", value=person.in_canton_since_on or person.arrived_on),
            Fact(label="Date de départ", value=person.departed_on or ""),
            Fact(label="Destination", value=person.destination),
        ]
    if kind == "deceased":
        return [Fact(label="Dernière adresse", value=where), Fact(label="Date du décès", value=person.died_on or "")]
    facts = [Fact(label="Adresse", value=where)]
    if kind.startswith("residence"):
        facts.append(
            Fact(label="Réside dans le canton depuis le", value=person.in_canton_since_on or person.arrived_on)
        )
        if person.permit_letter:
            facts.append(Fact(label="Titre de séjour", value=f"permis {person.permit_letter}"))
    return facts


Said = tuple[tuple[str, ...], tuple[str, ...]]


def _residence(person: Extract, on: date) -> Said:
    notes = ("Le titre de séjour est en cours de renouvellement : la décision est attendue.",)
    said = f"L'office atteste que la personne désignée ci-dessus réside dans le canton de Genève, commune de {person.commune}."
    return (said,), notes if person.is_permit_under_renewal else ()


def _civic_rights(person: Extract, on: date) -> Said:
    (said,), notes = _residence(person, on)
    return (said, "Elle peut exercer ses droits civiques dans le canton."), notes


def _departure(person: Extract, on: date) -> Said:
    if person.departed_on is not None and person.departed_on > on:
        return ("L'office atteste que la personne désignée ci-dessus a annoncé son départ du canton de Genève.",), ()
    return ("L'office atteste que la personne désignée ci-dessus a quitté le canton de Genève.",), ()


def _generic(person: Extract, on: date) -> Said:
    said = "L'office atteste que la personne désignée ci-dessus s'est annoncée auprès de lui et que sa demande est en cours."
    return (said,), (
        "Cette attestation repose sur les déclarations de la personne ; elle ne vaut pas titre de séjour.",
    )


def _domicile(person: Extract, on: date) -> Said:
    said = "L'office déclare que la personne désignée ci-dessus a son domicile dans le canton de Genève"
    elsewhere = f" et séjourne à {', '.join(person.other_communes)}" if person.other_communes else ""
    return (f"{said}, commune de {person.commune}{elsewhere}.",), ()


def _deceased(person: Extract, on: date) -> Said:
    return (
        "L'office atteste que la personne désignée ci-dessus a eu sa dernière résidence dans le canton de Genève.",
    ), ()


STATEMENTS = {
    "residence": _residence,
    "residence_history": _residence,
    "residence_civic_rights": _civic_rights,
    "departure": _departure,
    "departure_history": _departure,
    "generic": _generic,
    "domicile_declaration": _domicile,
    "deceased": _deceased,
}


def refusal(order: Order, decision: Decision, *, verification: Verification) -> Letter:
    """The letter of a refusal: what is decided, why, what it means for the fee, and how to appeal."""
    return Letter(
        issuer=issuer(),
        recipient=tuple((order.address or [order.bearer or "", order.email or ""])[:6]),
        reference=order.reference,
        written_on=day_of(decision.decided_at),
        object=f"Refus de délivrer : {order.version.title}",
        paragraphs=(
            f"Vous avez commandé le document « {order.version.title} » (commande {order.reference}).",
            decision.reasons,
        ),
        decision=(
            "L'office refuse de délivrer ce document. La taxe, due d'avance, reste acquise "
            "(art. 3 al. 1 et art. 5 al. 2 CGV)."
        ),
        grounds=tuple(
            Ground(text=GROUNDS[ground].sentence, basis=GROUNDS[ground].basis.cite) for ground in decision.grounds
        ),
        remedy=Remedy(text=_REMEDY.format(court=court()), basis="art. 62 al. 1 let. a LPA"),
        signatory=decision.signatory,
        verification=verification,
    )


_REMEDY = (
    "Vous pouvez recourir contre cette décision auprès de la {court} dans les 30 jours qui suivent sa notification. "
    "Le recours est écrit, signé, motivé, et accompagné d'une copie de la décision."
)
