"""One ``reportedPerson`` element made into a ``PersonRecord``, or refused with a reason.

Only what the office needs is read: the religion, the language and the building numbers stay in the delivery.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import NoReturn, TypeVar
from unicodedata import normalize

from lxml.etree import _Element

from guichet.kit import avs

from . import extended
from .ech import (
    ADDRESS,
    CANTONS,
    CIVIL_STATUS,
    COMMUNE,
    COUNTRY,
    DELIVERY,
    IDENTIFICATION,
    NATIONALITY_STATUS,
    PERMIT_CATEGORY,
    PERSON,
    SEX,
    SWISS,
)
from .port import (
    Address,
    Country,
    Municipality,
    Origin,
    Permit,
    PersonRecord,
    Place,
    Residence,
    ResidenceKind,
)

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?")
_MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(Z|[+-]\d{2}:\d{2})?")
_YEAR = re.compile(r"(\d{4})(Z|[+-]\d{2}:\d{2})?")
_NAME_LENGTH = 100
_ID_LENGTH = 36
_LAST_SHORT_LINE = 65_535
_Code = TypeVar("_Code")
_BOOLEAN = {"true": True, "1": True, "false": False, "0": False}


class Rejected(Exception):  # noqa: N818 - an outcome of reading, not a program error
    """This record cannot be taken; the French reason names the element, never its content."""


def _reject(reason: str) -> NoReturn:
    raise Rejected(reason)


def parse(element: _Element) -> PersonRecord:
    """The person of a ``reportedPerson`` element.

    Raises:
        Rejected: something required is absent, unreadable or contradictory.
    """
    base = _child(element, DELIVERY, "baseData")
    person = _child(base, PERSON, "person")
    identification = _child(person, PERSON, "personIdentification")
    names = _child(person, PERSON, "nameData")
    birth = _child(person, PERSON, "birthData")
    marital = _child(person, PERSON, "maritalData")
    nationality = _child(person, PERSON, "nationalityData")
    more = _extended(element)
    record = PersonRecord(
        local_person_id=_text(
            _child(identification, IDENTIFICATION, "localPersonId"), IDENTIFICATION, "personId", longest=_ID_LENGTH
        ),
        avs_number=_avs_number(identification),
        official_name=_text(names, PERSON, "officialName"),
        first_names=_text(names, PERSON, "firstName"),
        name_at_birth=_text_or_none(names, PERSON, "originalName"),
        born=_partial_date(_child(birth, PERSON, "dateOfBirth")),
        birth_place=_place(_child(birth, PERSON, "placeOfBirth")),
        sex=_code(birth, PERSON, "sex", SEX),
        civil_status=_code(marital, PERSON, "maritalStatus", CIVIL_STATUS),
        civil_status_since_on=_date_or_none(marital, PERSON, "dateOfMaritalStatus"),
        nationality_status=_code(nationality, PERSON, "nationalityStatus", NATIONALITY_STATUS),
        nationalities=tuple(
            _country(_child(entry, PERSON, "country")) for entry in nationality.iterchildren(PERSON + "countryInfo")
        ),
        died_on=_death(person),
        origins=tuple(_origin(entry) for entry in person.iterchildren(PERSON + "placeOfOrigin")),
        permit=_permit(person),
        has_restricted_civic_rights=_boolean(person, PERSON, "restrictedVotingAndElectionRightFederation"),
        residence=_residence(base),
        stays=more.stays,
        relations=more.relations,
        lock=more.lock,
        is_permit_under_renewal=more.is_permit_under_renewal,
        is_first_application_pending=more.is_first_application_pending,
        line=line_of(element),
    )
    _check_consistency(record)
    return record


def line_of(element: _Element) -> int:
    """The line of the delivery at which a record begins, beyond the 65,535th too.

    The parser keeps the line of a node in 16 bits; past that it can only tell it for nodes close to some text, so the
    first descendant that knows better answers for the record.
    """
    lines = (node.sourceline or 0 for node in islice(element.iter(), 8))
    return next((line for line in lines if line != _LAST_SHORT_LINE), _LAST_SHORT_LINE)


def local_id_of(element: _Element) -> str | None:
    """The local person id of a record that may be broken elsewhere, for the list of rejections."""
    found = next(element.iter(IDENTIFICATION + "personId"), None)
    text = (found.text or "").strip() if found is not None else ""
    return text if 0 < len(text) <= _ID_LENGTH else None


def _check_consistency(record: PersonRecord) -> None:
    is_swiss = bool(record.origins)
    if is_swiss and record.permit:
        _reject("placeOfOrigin et residencePermit s'excluent")
    if not is_swiss and not record.permit:
        _reject("ni placeOfOrigin ni residencePermit")
    if not is_swiss and any(country.iso2 == SWISS for country in record.nationalities):
        _reject("placeOfOrigin : absent pour une personne de nationalité suisse")
    if record.died_on and record.died_on.isoformat() < record.born:
        _reject("deathData : décès avant la naissance")
    left = record.residence.departed_on
    if left and left < record.residence.arrived_on:
        _reject("departureDate : départ avant l'arrivée")
    permit = record.permit
    if permit and permit.valid_from and permit.valid_by and permit.valid_by < permit.valid_from:
        _reject("residencePermitValidTill : fin avant le début")


def _find(parent: _Element, space: str, name: str) -> _Element | None:
    return next(parent.iterchildren(space + name), None)


def _child(parent: _Element, space: str, name: str) -> _Element:
    found = next(parent.iterchildren(space + name), None)
    return found if found is not None else _reject(f"{name} : élément absent")


def _text_or_none(parent: _Element, space: str, name: str, *, longest: int = _NAME_LENGTH) -> str | None:
    found = next(parent.iterchildren(space + name), None)
    text = (found.text or "").strip() if found is not None else ""
    if len(text) > longest:
        _reject(f"{name} : plus de {longest} caractères")
    return (text if text.isascii() else normalize("NFC", text)) or None


def _text(parent: _Element, space: str, name: str, *, longest: int = _NAME_LENGTH) -> str:
    return _text_or_none(parent, space, name, longest=longest) or _reject(f"{name} : élément absent ou vide")


def _code(parent: _Element, space: str, name: str, codes: Mapping[str, _Code]) -> _Code:
    found = codes.get(_text(parent, space, name))
    return found if found is not None else _reject(f"{name} : code inconnu")


def _boolean(parent: _Element, space: str, name: str) -> bool:
    found = _BOOLEAN.get(_text_or_none(parent, space, name) or "false")
    return found if found is not None else _reject(f"{name} : ni vrai ni faux")


def _day(text: str, name: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else _reject(f"{name} : date illisible")
    except ValueError:
        _reject(f"{name} : jour qui n'existe pas")


def _date_or_none(parent: _Element, space: str, name: str) -> date | None:
    text = _text_or_none(parent, space, name)
    return _day(text, name) if text else None


def _date(parent: _Element, space: str, name: str) -> date:
    return _day(_text(parent, space, name), name)


def _partial_date(parent: _Element) -> str:
    """ISO text of a date of which the day, or the day and the month, may be unknown (eCH-0044)."""
    day = _date_or_none(parent, IDENTIFICATION, "yearMonthDay")
    if day:
        return day.isoformat()
    for name, form in (("yearMonth", _MONTH), ("year", _YEAR)):
        text = _text_or_none(parent, IDENTIFICATION, name)
        if text:
            match = form.fullmatch(text)
            return match[1] if match else _reject(f"{name} : date illisible")
    _reject("dateOfBirth : élément vide")


def _avs_number(identification: _Element) -> str | None:
    number = _text_or_none(identification, IDENTIFICATION, "vn")
    if number and not avs.is_valid(number):
        _reject("vn : le numéro AVS est faux (préfixe, longueur ou chiffre de contrôle)")
    return number


def _country(element: _Element) -> Country:
    return Country(_text_or_none(element, COUNTRY, "countryIdISO2"), _text(element, COUNTRY, "countryNameShort"))


def _municipality(element: _Element) -> Municipality:
    number = _text_or_none(element, COMMUNE, "municipalityId")
    canton = _text_or_none(element, COMMUNE, "cantonAbbreviation")
    if number and not (number.isascii() and number.isdigit() and len(number) <= 4):
        _reject("municipalityId : numéro de commune illisible")
    if canton and canton not in CANTONS:
        _reject("cantonAbbreviation : canton inconnu")
    return Municipality(int(number) if number else None, _text(element, COMMUNE, "municipalityName"), canton)


def _place(element: _Element) -> Place:
    town = _find(element, PERSON, "swissTown")
    if town is not None:
        return Place(municipality=_municipality(town))
    abroad = _find(element, PERSON, "foreignCountry")
    if abroad is not None:
        return Place(country=_country(_child(abroad, PERSON, "country")), town=_text_or_none(abroad, PERSON, "town"))
    return Place() if _find(element, PERSON, "unknown") is not None else _reject("lieu : ni connu ni déclaré inconnu")


def _death(person: _Element) -> date | None:
    """The day of death; where only a period is known, its first day."""
    death = _find(person, PERSON, "deathData")
    return None if death is None else _date(_child(death, PERSON, "deathPeriod"), PERSON, "dateFrom")


def _origin(element: _Element) -> Origin:
    canton = _text(element, PERSON, "canton")
    return Origin(
        _text(element, PERSON, "originName"), canton if canton in CANTONS else _reject("canton : canton inconnu")
    )


def _permit(person: _Element) -> Permit | None:
    element = _find(person, PERSON, "residencePermit")
    if element is None:
        return None
    code = _text(element, PERSON, "residencePermit")
    category = PERMIT_CATEGORY.get(code[:2])
    if category is None or len(code) not in (2, 4, 6) or not code.isdigit():
        _reject("residencePermit : code inconnu")
    return Permit(
        code,
        category,
        _date_or_none(element, PERSON, "residencePermitValidFrom"),
        _date_or_none(element, PERSON, "residencePermitValidTill"),
    )


def _address(element: _Element) -> Address:
    return Address(
        street=_text_or_none(element, ADDRESS, "street"),
        house_number=_text_or_none(element, ADDRESS, "houseNumber"),
        postcode=_text_or_none(element, ADDRESS, "swissZipCode") or _text(element, ADDRESS, "foreignZipCode"),
        town=_text(element, ADDRESS, "town"),
        country=_text(element, ADDRESS, "country"),
        extra=_text_or_none(element, ADDRESS, "addressLine1"),
    )


def _residence(base: _Element) -> Residence:
    main = _find(base, PERSON, "hasMainResidence")
    if main is not None:
        others = tuple(_municipality(entry) for entry in main.iterchildren(PERSON + "secondaryResidence"))
        return _dwelling(ResidenceKind.MAIN, _child(main, PERSON, "mainResidence"), others)
    second = _find(base, PERSON, "hasSecondaryResidence")
    if second is not None:
        others = tuple(_municipality(entry) for entry in second.iterchildren(PERSON + "mainResidence"))
        return _dwelling(ResidenceKind.SECONDARY, _child(second, PERSON, "secondaryResidence"), others)
    other = _child(base, PERSON, "hasOtherResidence")
    return _dwelling(ResidenceKind.OTHER, _child(other, PERSON, "secondaryResidence"), ())


def _dwelling(kind: ResidenceKind, element: _Element, others: tuple[Municipality, ...]) -> Residence:
    comes_from = _find(element, PERSON, "comesFrom")
    goes_to = _find(element, PERSON, "goesTo")
    mail = None if goes_to is None else _find(goes_to, PERSON, "mailAddress")
    commune = _municipality(_child(element, PERSON, "reportingMunicipality"))
    return Residence(
        kind=kind,
        commune=commune if commune.bfs_number else _reject("reportingMunicipality : commune sans numéro"),
        arrived_on=_date(element, PERSON, "arrivalDate"),
        address=_address(_child(_child(element, PERSON, "dwellingAddress"), PERSON, "address")),
        comes_from=None if comes_from is None else _place(comes_from),
        departed_on=_date_or_none(element, PERSON, "departureDate"),
        destination=None if goes_to is None else _place(goes_to),
        destination_address=None if mail is None else _address(mail),
        other_communes=others,
    )


def _extended(element: _Element) -> extended.Extended:
    pairs = (
        (_text(pair, DELIVERY, "field"), _text(pair, DELIVERY, "value", longest=1000))
        for pair in element.iterchildren(DELIVERY + "personExtendedData")
    )
    try:
        return extended.read_pairs(pairs)
    except ValueError as error:
        _reject(f"personExtendedData : {error}")
