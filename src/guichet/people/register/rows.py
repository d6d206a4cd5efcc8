"""A record of a delivery made into the rows that hold it."""

from __future__ import annotations

from datetime import datetime

from guichet.gateways.register.port import PersonRecord
from guichet.kit.crypto import blind_index
from guichet.people import register_words as words
from guichet.people.models import Person, RegisterDelivery, Relation, Stay

# Raised when the rows made from the same record change, so that the next delivery writes everybody again.
_LAYOUT = "1"
KEPT_FIELDS = [
    field.name for field in Person._meta.concrete_fields if not field.primary_key and field.name != "local_person_id"
]


def content_digest(record: PersonRecord) -> str:
    """Equal for equal content, wherever it stood; keyed, since it covers an AVS number with few unknown digits."""
    return blind_index(repr(record._replace(line=0)), f"person-record-{_LAYOUT}")


def avs_index(number: str) -> str:
    """Under which an AVS number (thirteen digits) is found."""
    return blind_index(number, "avs")


def person(record: PersonRecord, *, digest: str, delivery: RegisterDelivery, at: datetime) -> Person:
    """The row of a person, not saved; its key is new until the caller gives it the one it has."""
    home, permit = record.residence, record.permit
    assert home.commune.bfs_number is not None, "the import refuses communes that are not of the canton"
    return Person(
        local_person_id=record.local_person_id,
        avs_number=record.avs_number,
        avs_index=avs_index(record.avs_number) if record.avs_number else "",
        official_name=record.official_name,
        first_names=record.first_names,
        name_at_birth=record.name_at_birth or "",
        search_name=words.search_form(f"{record.official_name} {record.first_names}"),
        born=record.born,
        birth_place=words.place(record.birth_place),
        sex=record.sex.value,
        civil_status=record.civil_status.value,
        is_swiss=bool(record.origins),
        nationalities=[country.name for country in record.nationalities],
        origins=[f"{origin.name} ({origin.canton})" for origin in record.origins],
        permit=permit.category.value if permit else "",
        permit_valid_by=permit.valid_by if permit else None,
        is_permit_under_renewal=record.is_permit_under_renewal,
        is_first_application_pending=record.is_first_application_pending,
        has_restricted_civic_rights=record.has_restricted_civic_rights,
        residence_kind=home.kind.value,
        commune=home.commune.bfs_number,
        other_communes=[words.municipality(commune) for commune in home.other_communes],
        address=home.address._asdict(),
        arrived_on=home.arrived_on,
        departed_on=home.departed_on,
        destination=words.place(home.destination),
        destination_address=home.destination_address._asdict() if home.destination_address else None,
        died_on=record.died_on,
        lock=record.lock.value,
        delivery=delivery,
        source_line=record.line,
        digest=digest,
        imported_at=at,
    )


def stays(record: PersonRecord, owner: Person) -> list[Stay]:
    """The periods of stay; where the delivery tells none, the present residence is the only one."""
    if record.stays:
        return [Stay(person=owner, from_on=stay.from_on, until_on=stay.until_on) for stay in record.stays]
    return [Stay(person=owner, from_on=record.residence.arrived_on, until_on=record.residence.departed_on)]


def relations(record: PersonRecord, owner: Person) -> list[Relation]:
    """The family ties told by the delivery."""
    return [
        Relation(
            person=owner,
            kind=relation.kind.value,
            other_local_person_id=relation.local_person_id or "",
            other_name=f"{relation.first_names} {relation.official_name}".strip(),
        )
        for relation in record.relations
    ]
