"""Writes persons as an eCH-0099 delivery: the other half of the reader, used by the simulator and by tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape

from . import extended
from .ech import CIVIL_STATUS, NAMESPACES, NATIONALITY_STATUS, SEX, VERSION
from .port import Address, Country, Header, Municipality, PersonRecord, Place, Residence, ResidenceKind

_SEX = {sex: code for code, sex in SEX.items()}
_CIVIL_STATUS = {status: code for code, status in CIVIL_STATUS.items()}
_NATIONALITY_STATUS = {status: code for code, status in NATIONALITY_STATUS.items()}
_RELIGION_UNKNOWN = "000"
_PRIVATE_HOUSEHOLD = "1"


def write(path: Path, header: Header, persons: Iterable[PersonRecord]) -> int:
    """Write a delivery; returns the number of persons. One line of the file holds one person."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        return write_to(file, header, persons)


def write_to(file: TextIO, header: Header, persons: Iterable[PersonRecord]) -> int:
    """Write a delivery to an open text file; returns the number of persons."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<d:delivery {spaces} version="{VERSION}">\n')
    file.write(_header(header))
    written = 0
    for record in persons:
        file.write(person(record))
        written += 1
    file.write("</d:delivery>\n")
    return written


def _header(header: Header) -> str:
    return (
        f"<d:deliveryHeader><h:senderId>{escape(header.sender_id)}</h:senderId>"
        f"<h:messageId>{escape(header.message_id)}</h:messageId>"
        f"<h:messageType>{NAMESPACES['d']}</h:messageType><h:sendingApplication>"
        "<h:manufacturer>Guichet</h:manufacturer><h:product>Registre simulé</h:product>"
        "<h:productVersion>1</h:productVersion></h:sendingApplication>"
        f"<h:messageDate>{header.sent_at.isoformat()}</h:messageDate><h:action>1</h:action>"
        f"<h:testDeliveryFlag>{str(header.is_test).lower()}</h:testDeliveryFlag></d:deliveryHeader>\n"
    )


def person(record: PersonRecord) -> str:
    """One ``reportedPerson`` element, on a line of its own."""
    name, first, birth = escape(record.official_name), escape(record.first_names), _partial_date(record.born)
    vn = f"<i:vn>{record.avs_number}</i:vn>" if record.avs_number else ""
    at_birth = f"<p:originalName>{escape(record.name_at_birth)}</p:originalName>" if record.name_at_birth else ""
    restricted = "restrictedVotingAndElectionRightFederation"
    civic = f"<p:{restricted}>true</p:{restricted}>" if record.has_restricted_civic_rights else ""
    pairs = "".join(
        f"<d:personExtendedData><d:field>{field}</d:field><d:value>{escape(value)}</d:value></d:personExtendedData>"
        for field, value in extended.write_pairs(record)
    )
    return (
        f"<d:reportedPerson><d:baseData><p:person><p:personIdentification>{vn}<i:localPersonId>"
        f"<i:personIdCategory>GE.Guichet</i:personIdCategory><i:personId>{escape(record.local_person_id)}</i:personId>"
        f"</i:localPersonId><i:officialName>{name}</i:officialName><i:firstName>{first}</i:firstName>"
        f"<i:sex>{_SEX[record.sex]}</i:sex><i:dateOfBirth>{birth}</i:dateOfBirth></p:personIdentification>"
        f"<p:nameData><p:officialName>{name}</p:officialName><p:firstName>{first}</p:firstName>{at_birth}</p:nameData>"
        f"<p:birthData><p:dateOfBirth>{birth}</p:dateOfBirth><p:placeOfBirth>{_place(record.birth_place)}"
        f"</p:placeOfBirth><p:sex>{_SEX[record.sex]}</p:sex></p:birthData>"
        f"<p:religionData><p:religion>{_RELIGION_UNKNOWN}</p:religion></p:religionData>{_marital(record)}"
        f"{_nationality(record)}{_death(record)}{civic}{_right_to_stay(record)}</p:person>"
        f"{_residence(record.residence)}</d:baseData>{pairs}</d:reportedPerson>\n"
    )


def _partial_date(born: str) -> str:
    name = {10: "yearMonthDay", 7: "yearMonth", 4: "year"}[len(born)]
    return f"<i:{name}>{born}</i:{name}>"


def _marital(record: PersonRecord) -> str:
    since = record.civil_status_since_on
    day = f"<p:dateOfMaritalStatus>{since}</p:dateOfMaritalStatus>" if since else ""
    return (
        f"<p:maritalData><p:maritalStatus>{_CIVIL_STATUS[record.civil_status]}</p:maritalStatus>{day}</p:maritalData>"
    )


def _nationality(record: PersonRecord) -> str:
    countries = "".join(
        f"<p:countryInfo><p:country>{_country(country)}</p:country></p:countryInfo>" for country in record.nationalities
    )
    code = _NATIONALITY_STATUS[record.nationality_status]
    return f"<p:nationalityData><p:nationalityStatus>{code}</p:nationalityStatus>{countries}</p:nationalityData>"


def _death(record: PersonRecord) -> str:
    if record.died_on is None:
        return ""
    return f"<p:deathData><p:deathPeriod><p:dateFrom>{record.died_on}</p:dateFrom></p:deathPeriod></p:deathData>"


def _right_to_stay(record: PersonRecord) -> str:
    permit = record.permit
    if permit is None:
        return "".join(
            f"<p:placeOfOrigin><p:originName>{escape(origin.name)}</p:originName><p:canton>{origin.canton}</p:canton>"
            "</p:placeOfOrigin>"
            for origin in record.origins
        )
    start = f"<p:residencePermitValidFrom>{permit.valid_from}</p:residencePermitValidFrom>" if permit.valid_from else ""
    end = f"<p:residencePermitValidTill>{permit.valid_by}</p:residencePermitValidTill>" if permit.valid_by else ""
    return f"<p:residencePermit><p:residencePermit>{permit.code}</p:residencePermit>{start}{end}</p:residencePermit>"


def _country(country: Country) -> str:
    letters = f"<c:countryIdISO2>{country.iso2}</c:countryIdISO2>" if country.iso2 else ""
    return f"{letters}<c:countryNameShort>{escape(country.name)}</c:countryNameShort>"


def _municipality(commune: Municipality) -> str:
    number = f"<m:municipalityId>{commune.bfs_number}</m:municipalityId>" if commune.bfs_number else ""
    canton = f"<m:cantonAbbreviation>{commune.canton}</m:cantonAbbreviation>" if commune.canton else ""
    return f"{number}<m:municipalityName>{escape(commune.name)}</m:municipalityName>{canton}"


def _place(place: Place) -> str:
    if place.municipality:
        return f"<p:swissTown>{_municipality(place.municipality)}</p:swissTown>"
    if place.country:
        town = f"<p:town>{escape(place.town)}</p:town>" if place.town else ""
        return f"<p:foreignCountry><p:country>{_country(place.country)}</p:country>{town}</p:foreignCountry>"
    return "<p:unknown>0</p:unknown>"


def _address(address: Address) -> str:
    extra = f"<a:addressLine1>{escape(address.extra)}</a:addressLine1>" if address.extra else ""
    street = f"<a:street>{escape(address.street)}</a:street>" if address.street else ""
    number = f"<a:houseNumber>{escape(address.house_number)}</a:houseNumber>" if address.house_number else ""
    code = "swissZipCode" if address.country == "CH" else "foreignZipCode"
    return (
        f"{extra}{street}{number}<a:town>{escape(address.town)}</a:town><a:{code}>{escape(address.postcode)}</a:{code}>"
        f"<a:country>{escape(address.country)}</a:country>"
    )


def _residence(residence: Residence) -> str:
    others = [_municipality(commune) for commune in residence.other_communes]
    dwelling = _dwelling(residence)
    if residence.kind is ResidenceKind.MAIN:
        second = "".join(f"<p:secondaryResidence>{other}</p:secondaryResidence>" for other in others)
        return f"<p:hasMainResidence><p:mainResidence>{dwelling}</p:mainResidence>{second}</p:hasMainResidence>"
    second = f"<p:secondaryResidence>{dwelling}</p:secondaryResidence>"
    if residence.kind is ResidenceKind.SECONDARY:
        main = "".join(f"<p:mainResidence>{other}</p:mainResidence>" for other in others)
        return f"<p:hasSecondaryResidence>{main}{second}</p:hasSecondaryResidence>"
    return f"<p:hasOtherResidence>{second}</p:hasOtherResidence>"


def _dwelling(residence: Residence) -> str:
    comes_from = f"<p:comesFrom>{_place(residence.comes_from)}</p:comesFrom>" if residence.comes_from else ""
    left = f"<p:departureDate>{residence.departed_on}</p:departureDate>" if residence.departed_on else ""
    return (
        f"<p:reportingMunicipality>{_municipality(residence.commune)}</p:reportingMunicipality>"
        f"<p:arrivalDate>{residence.arrived_on}</p:arrivalDate>{comes_from}<p:dwellingAddress><p:address>"
        f"{_address(residence.address)}</p:address><p:typeOfHousehold>{_PRIVATE_HOUSEHOLD}</p:typeOfHousehold>"
        f"</p:dwellingAddress>{left}{_goes_to(residence)}"
    )


def _goes_to(residence: Residence) -> str:
    if residence.destination is None:
        return ""
    address = residence.destination_address
    mail = f"<p:mailAddress>{_address(address)}</p:mailAddress>" if address else ""
    return f"<p:goesTo>{_place(residence.destination)}{mail}</p:goesTo>"
