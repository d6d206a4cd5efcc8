"""What other rooms get of a registered person: frozen values, with what may not be shown already left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from guichet.gateways.register.port import Address, PermitCategory, ResidenceKind
from guichet.people import register_words as words
from guichet.people.models import Person


class StayPeriod(NamedTuple):
    """A période de séjour in the canton; both days inclusive, the present one has no last day."""

    from_on: date
    until_on: date | None


class Candidate(NamedTuple):
    """Somebody found by a search: enough to tell homonyms apart, no address."""

    person_id: UUID
    official_name: str
    first_names: str
    born: str
    commune: str
    is_deceased: bool
    departed_on: date | None

    def bears(self, name: str) -> bool:
        """True if ``name`` is this person's: the whole official name and at least one first name, in any order."""
        typed = words.search_form(name).split()
        official = words.search_form(self.official_name).split()
        first = words.search_form(self.first_names).split()
        rest = [word for word in typed if word not in official]
        return set(official) <= set(typed) and bool(rest) and set(rest) <= set(first)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The facts of the register that decide who may order what; the rules themselves are the law's and the catalogue's.

    All hold on the day the eligibility was asked for. ``permit`` is the letter's category (``b`` … ``s``, ``other``)
    or empty for Swiss people; ``departed_on`` may lie ahead: the departure is announced.
    """

    on: date
    is_swiss: bool
    permit: str
    holds_valid_g_permit: bool
    is_resident: bool
    departed_on: date | None
    is_deceased: bool
    is_permit_under_renewal: bool
    is_first_application_pending: bool
    has_restricted_civic_rights: bool
    stays_weekly_elsewhere: bool
    born: str

    @property
    def has_announced_departure(self) -> bool:
        """True if the person has left, or told the office the day on which they will."""
        return self.departed_on is not None


@dataclass(frozen=True, slots=True)
class Extract:
    """An extrait of the register for a document or a page; texts are French and ready to print.

    ``born`` is ISO text of a day, a month or a year, as far as known. ``address`` is None when it is locked
    (``is_address_protected``) unless it was asked for with ``with_protected_address``. ``in_canton_since_on`` is the
    first day of the present stay, or of the last one for somebody who left. ``as_of`` is when the register told it.
    """

    person_id: UUID
    official_name: str
    first_names: str
    name_at_birth: str
    sex: str
    born: str
    birth_place: str
    civil_status: str
    is_swiss: bool
    nationalities: tuple[str, ...]
    origins: tuple[str, ...]
    permit: str
    permit_letter: str
    permit_valid_by: date | None
    is_permit_under_renewal: bool
    is_first_application_pending: bool
    residence_kind: str
    commune: str
    commune_number: int
    other_communes: tuple[str, ...]
    arrived_on: date
    in_canton_since_on: date | None
    stays: tuple[StayPeriod, ...]
    address: Address | None
    is_address_protected: bool
    departed_on: date | None
    destination: str
    destination_address: Address | None
    died_on: date | None
    as_of: datetime
    eligibility: Eligibility

    @property
    def full_name(self) -> str:
        """First names and official name, as the document will bear them."""
        return f"{self.first_names} {self.official_name}"

    @property
    def born_on(self) -> date | None:
        """The day of birth, or None when the register knows only the month or the year."""
        return date.fromisoformat(self.born) if len(self.born) == 10 else None


def candidate(person: Person) -> Candidate:
    """How a search shows a person."""
    return Candidate(
        person.id,
        person.official_name,
        person.first_names,
        person.born,
        person.commune_name,
        person.died_on is not None,
        person.departed_on,
    )


def eligibility(person: Person, on: date) -> Eligibility:
    """The facts that decide who may order what, on a day. The day of departure still belongs to the residence."""
    is_cross_border = person.permit == PermitCategory.G
    is_here = person.arrived_on <= on and (person.departed_on is None or on <= person.departed_on)
    lives_here = person.residence_kind != ResidenceKind.OTHER and not is_cross_border
    is_alive = person.died_on is None
    return Eligibility(
        on=on,
        is_swiss=person.is_swiss,
        permit=person.permit,
        holds_valid_g_permit=is_cross_border and (person.permit_valid_by is None or on <= person.permit_valid_by),
        is_resident=is_alive and is_here and lives_here,
        departed_on=person.departed_on,
        is_deceased=not is_alive,
        is_permit_under_renewal=person.is_permit_under_renewal,
        is_first_application_pending=person.is_first_application_pending,
        has_restricted_civic_rights=person.has_restricted_civic_rights,
        stays_weekly_elsewhere=person.residence_kind == ResidenceKind.MAIN and bool(person.other_communes),
        born=person.born,
    )


def address_of(person: Person) -> Address:
    """The address of the register, whether locked or not: for who has checked that it may be used."""
    return Address(**person.address)


def extract_of(person: Person, stays: tuple[StayPeriod, ...], *, on: date, with_protected_address: bool) -> Extract:
    """The extract of a person whose delivery is at hand, with their stays in order."""
    is_hidden = person.is_address_protected and not with_protected_address
    gone_to = person.destination_address
    return Extract(
        person_id=person.id,
        official_name=person.official_name,
        first_names=person.first_names,
        name_at_birth=person.name_at_birth,
        sex=person.sex,
        born=person.born,
        birth_place=person.birth_place,
        civil_status=words.civil_status(person.civil_status, person.sex),
        is_swiss=person.is_swiss,
        nationalities=tuple(person.nationalities),
        origins=tuple(person.origins),
        permit=person.permit,
        permit_letter=words.permit_letter(person.permit),
        permit_valid_by=person.permit_valid_by,
        is_permit_under_renewal=person.is_permit_under_renewal,
        is_first_application_pending=person.is_first_application_pending,
        residence_kind=person.residence_kind,
        commune=person.commune_name,
        commune_number=person.commune,
        other_communes=tuple(person.other_communes),
        arrived_on=person.arrived_on,
        in_canton_since_on=stays[-1].from_on if stays else None,
        stays=stays,
        address=None if is_hidden else address_of(person),
        is_address_protected=person.is_address_protected,
        departed_on=person.departed_on,
        destination=person.destination,
        destination_address=Address(**gone_to) if gone_to and not is_hidden else None,
        died_on=person.died_on,
        as_of=person.delivery.sent_at,
        eligibility=eligibility(person, on),
    )
