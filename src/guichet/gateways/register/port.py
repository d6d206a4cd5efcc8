"""What the office gets from the residents' register, whatever file or service brings it.

A delivery (livraison) is a header and a stream of persons. Each element of the stream is either a ``PersonRecord``
or the ``Rejection`` of one record, so that one bad record never stops the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Sex(StrEnum):
    """Sexe (eCH-0044 1, 2, 3)."""

    MALE = "male"
    FEMALE = "female"
    INDETERMINATE = "indeterminate"


class CivilStatus(StrEnum):
    """État civil (eCH-0011 maritalStatus)."""

    SINGLE = "single"
    MARRIED = "married"
    WIDOWED = "widowed"
    DIVORCED = "divorced"
    UNMARRIED = "unmarried"
    PARTNERSHIP = "partnership"
    DISSOLVED_PARTNERSHIP = "dissolved"
    UNKNOWN = "unknown"


class NationalityStatus(StrEnum):
    """What is known of the nationality (eCH-0011 nationalityStatus)."""

    KNOWN = "known"
    STATELESS = "stateless"
    UNKNOWN = "unknown"


class PermitCategory(StrEnum):
    """Titre de séjour by its letter (eCH-0006 category); ``OTHER`` has no letter of its own."""

    B = "b"
    C = "c"
    CI = "ci"
    F = "f"
    G = "g"
    L = "l"
    N = "n"
    S = "s"
    OTHER = "other"


class ResidenceKind(StrEnum):
    """Établissement, séjour, or neither (eCH-0011 hasMain/hasSecondary/hasOtherResidence)."""

    MAIN = "main"
    SECONDARY = "secondary"
    OTHER = "other"


class RelationKind(StrEnum):
    """What the other person is to this one (eCH-0021 typeOfRelationship 1 to 4)."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    MOTHER = "mother"
    FATHER = "father"


class Lock(StrEnum):
    """Blocage des données (eCH-0021 dataLock): of the address, or of all information."""

    NONE = "none"
    ADDRESS = "address"
    INFORMATION = "information"


class Country(NamedTuple):
    """A country as delivered: ISO 3166-1 letters where given, short name."""

    iso2: str | None
    name: str


class Municipality(NamedTuple):
    """A Swiss commune: number of the federal statistical office (None where not given), name, canton."""

    bfs_number: int | None
    name: str
    canton: str | None


class Place(NamedTuple):
    """A place of birth, of death, of provenance or destination; everything None when the register does not know it."""

    municipality: Municipality | None = None
    country: Country | None = None
    town: str | None = None


class Origin(NamedTuple):
    """Lieu d'origine of a Swiss person."""

    name: str
    canton: str


class Permit(NamedTuple):
    """Titre de séjour: eCH-0006 code, its category, and the last day it is valid (inclusive; None: not limited)."""

    code: str
    category: PermitCategory
    valid_from: date | None
    valid_by: date | None


class Address(NamedTuple):
    """A postal address, Swiss (``country`` CH) or foreign."""

    street: str | None
    house_number: str | None
    postcode: str
    town: str
    country: str
    extra: str | None = None


class Stay(NamedTuple):
    """Période de séjour in the canton; both days inclusive, an open stay has no last day."""

    from_on: date
    until_on: date | None


class Relation(NamedTuple):
    """Another person who is this one's spouse, partner or parent; known to the register or by name only."""

    kind: RelationKind
    local_person_id: str | None
    official_name: str
    first_names: str


class Residence(NamedTuple):
    """Where the person lives, since when, and where they left for.

    ``arrived_on`` is the arrival in the reporting commune, not in the canton: that one comes from the stays.
    ``other_communes`` are the communes of secondary residence (main residence here), or the commune of main residence
    (secondary residence here).
    """

    kind: ResidenceKind
    commune: Municipality
    arrived_on: date
    address: Address
    comes_from: Place | None
    departed_on: date | None
    destination: Place | None
    destination_address: Address | None
    other_communes: tuple[Municipality, ...]


class PersonRecord(NamedTuple):
    """One person of the register, checked. ``born`` is ISO text: a day, a month, or a year, as far as known."""

    local_person_id: str
    avs_number: str | None
    official_name: str
    first_names: str
    name_at_birth: str | None
    born: str
    birth_place: Place
    sex: Sex
    civil_status: CivilStatus
    civil_status_since_on: date | None
    nationality_status: NationalityStatus
    nationalities: tuple[Country, ...]
    died_on: date | None
    origins: tuple[Origin, ...]
    permit: Permit | None
    has_restricted_civic_rights: bool
    residence: Residence
    stays: tuple[Stay, ...]
    relations: tuple[Relation, ...]
    lock: Lock
    is_permit_under_renewal: bool
    is_first_application_pending: bool
    line: int = 0


class Rejection(NamedTuple):
    """A record that was not taken: its line in the delivery, its local id where readable, and why (in French).

    The reason never quotes what the record holds about the person.
    """

    line: int
    local_person_id: str | None
    reason: str


class Header(NamedTuple):
    """Where a delivery comes from (eCH-0058): the sender's identifiers and the instant it was made."""

    message_id: str
    sender_id: str
    sent_at: datetime
    is_test: bool


class UnreadableDelivery(Exception):  # noqa: N818 - reads as what happened
    """The file is no delivery, or breaks off; what was read before the given line stays valid. French message."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Delivery(Protocol):
    """A delivery being read once, from its first person to its last."""

    header: Header

    def __iter__(self) -> Iterator[PersonRecord | Rejection]:
        """The persons in the order of the delivery.

        Raises:
            UnreadableDelivery: the file breaks off here.
        """
