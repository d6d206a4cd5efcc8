"""The ways into the register: every one of them is written in the log before anything is given."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import connection

from guichet.casework.acts import Actor
from guichet.gateways.register.port import Address
from guichet.kit import avs
from guichet.kit.clock import day_of
from guichet.kit.crypto import blind_index
from guichet.kit.errors import NotYours, Refused
from guichet.kit.rows import Columns, parameter
from guichet.people import register_words as words
from guichet.people.models import Person, Reading, RegisterDelivery, RegisterSearch, Stay
from guichet.people.models.reads import ReadingQuerySet

from .extracts import Candidate, Eligibility, Extract, StayPeriod, address_of, candidate, eligibility, extract_of
from .rows import avs_index

MOST_FOUND = 20
SHORTEST_NAME = 2


class SearchTooWide(Refused):
    """The criteria would list people rather than find one."""

    code = "search_too_wide"


def extract(
    person_id: UUID,
    *,
    reader: Actor,
    reason: str,
    case_reference: str | None,
    at: datetime,
    with_protected_address: bool = False,
) -> Extract:
    """Everything a document or a case page needs of a person, as of the last delivery (2 statements).

    ``reason`` is French and shown to the person concerned. A locked address is left out unless the caller has checked
    that this reader may have it: the person themselves, or the one who posts a letter to them.

    Raises:
        NotYours: no such person.
    """
    person, stays = _read(person_id, reader=reader, reason=reason, case_reference=case_reference, at=at)
    return extract_of(person, stays, on=day_of(at), with_protected_address=with_protected_address)


def check_eligibility(
    person_id: UUID, *, reader: Actor, reason: str, case_reference: str | None, at: datetime
) -> Eligibility:
    """Only the facts that decide who may order what (2 statements).

    Raises:
        NotYours: no such person.
    """
    person, _ = _read(person_id, reader=reader, reason=reason, case_reference=case_reference, at=at)
    return eligibility(person, day_of(at))


def postal_address(
    person_id: UUID, *, reader: Actor, reason: str, case_reference: str | None, at: datetime
) -> tuple[str, Address]:
    """The name and the address to post a letter to, locked or not: for the envelope, never for a page.

    Somebody who has left is written to at the destination they announced, if there is an address there.

    Raises:
        NotYours: no such person.
    """
    person, _ = _read(person_id, reader=reader, reason=reason, case_reference=case_reference, at=at)
    has_left = person.departed_on is not None and person.departed_on < day_of(at)
    forward = person.destination_address if has_left else None
    return f"{person.first_names} {person.official_name}", Address(**forward) if forward else address_of(person)


def _read(
    person_id: UUID, *, reader: Actor, reason: str, case_reference: str | None, at: datetime
) -> tuple[Person, tuple[StayPeriod, ...]]:
    """The person and their stays, after the reading was logged: who cannot be named in the log is not read."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSON, [parameter(Person, "id", person_id)])
        found = cursor.fetchall()
    person = _P.row(found[0]) if found else None
    if person is None:
        raise NotYours("Cette personne ne figure pas au registre.")
    person.delivery = cast("RegisterDelivery", _D.row(found[0][len(_P) :]))
    Reading.objects.create(
        person=person,
        role=reader.role,
        reader=reader.name,
        reason=reason,
        case_reference=case_reference or "",
        at=at,
    )
    stays = (_S.row(one[len(_P) + len(_D) :]) for one in found)
    return person, tuple(sorted(StayPeriod(stay.from_on, stay.until_on) for stay in stays if stay is not None))


# One row for each stay, or one where there is none.
_P, _D, _S = Columns(Person, "p"), Columns(RegisterDelivery, "d"), Columns(Stay, "s")
_PERSON = (
    f"SELECT {_P.sql}, {_D.sql}, {_S.sql} FROM {_P.table} JOIN {_D.table} ON d.id = p.delivery_id "  # noqa: S608 - own names
    f"LEFT JOIN {_S.table} ON s.person_id = p.id WHERE p.id = %s"
)


def reads_of(person: Person) -> ReadingQuerySet:
    """Who read this person's data, the newest first: for the person concerned and the supervision."""
    return Reading.objects.of(person)


def find(
    *,
    avs_number: str | None = None,
    name: str | None = None,
    birth_date: date | None = None,
    reader: Actor,
    at: datetime,
) -> list[Candidate]:
    """People to whom all given criteria apply, at most ``MOST_FOUND``, in the order of their names.

    An AVS number must be right to the last digit. Every word of ``name`` must occur in the names, accents and capitals
    set aside. Somebody whose day of birth is unknown is found by any day of the known month or year. An address is no
    criterion, on purpose: the register doesn't tell who lives where (art. 3 RDROCPMC).

    The search is logged without its criteria; opening one of the people found is logged by ``extract``.

    Raises:
        SearchTooWide: neither an AVS number nor two letters of a name.
    """
    name_words = words.search_form(name or "").split()
    if not avs_number and sum(map(len, name_words)) < SHORTEST_NAME:
        raise SearchTooWide("Indiquez un numéro AVS, ou au moins deux lettres du nom.")
    people = _search(avs_number, name_words, birth_date)
    _log_search(avs_number, name_words, birth_date, found=len(people), reader=reader, at=at)
    return [candidate(person) for person in people]


def _search(avs_number: str | None, name_words: list[str], birth_date: date | None) -> list[Person]:
    found = Person.objects.all()
    if avs_number:
        number = avs.normalise(avs_number)
        if number is None:
            return []
        found = found.with_avs_index(avs_index(number))
    if birth_date:
        found = found.born(birth_date)
    found = found.named(name_words).defer("avs_number", "address", "destination_address")
    by_name = found.order_by("search_name", "id")
    if avs_number or birth_date:
        return list(by_name[:MOST_FOUND])
    beginning = list(by_name.with_name_beginning(name_words)[:MOST_FOUND])
    # Compound names are known by their second half too: only when few begin so is every name looked through.
    return beginning if len(beginning) == MOST_FOUND else list(by_name[:MOST_FOUND])


def _log_search(
    avs_number: str | None,
    name_words: list[str],
    birth_date: date | None,
    *,
    found: int,
    reader: Actor,
    at: datetime,
) -> None:
    given = {"avs": avs_number, "name": " ".join(name_words), "birth_date": birth_date}
    kinds = [kind for kind, value in given.items() if value]
    RegisterSearch.objects.create(
        role=reader.role,
        reader=reader.name,
        kinds=" ".join(kinds),
        criteria=blind_index("\0".join(f"{kind}={given[kind]}" for kind in kinds), "register-search"),
        found_count=found,
        at=at,
    )
