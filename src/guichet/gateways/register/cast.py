"""The standing cast: invented people that every synthetic delivery begins with, one for each situation of the counter.

============ ================================== ==========================================================
local id     name                               situation on the day of the delivery
============ ================================== ==========================================================
GE-D01       Amélie Rochat                      Swiss of Genève, lives in Genève, single
GE-D02       João da Conceição Ferreira         permit B, lives in Vernier, three periods of stay
GE-D03       Élodie Désiré                      cross-border permit G, valid: no attestation
GE-D04       Théo Maillard                      Swiss, left for Lyon a year ago
GE-D05       Béatrice Pittet                    Swiss, has announced her departure in twenty days
GE-D06       Henri Chappuis                     died four months ago
GE-D07       Hélène Chappuis                    his widow
GE-D08       Noémie Chappuis                    their daughter
GE-D09       Zoé Krasniqi                       permit C, address locked
GE-D10       Maria da Assunção Vasconcelos …    permit C, very long names
GE-D11       Lucía Muñoz                        first permit applied for, not decided
GE-D12       Loïc von Gunten                    Swiss, stays in Lausanne during the week
GE-D13       Yohannes Tesfay                    permit F, born in 1987, day unknown
GE-D14       Rémi Quéloz                        Swiss, ten years old
GE-D15       Ngọc Anh Nguyễn                    permit B being renewed, born on 29 February
GE-D16       André Blaser                       Swiss, civic rights restricted
GE-D17       Giulia Bianchi                     Swiss of Ticino, secondary residence in Carouge
============ ================================== ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from guichet.kit import avs

from .communes import CANTON, all_communes
from .port import (
    Address,
    CivilStatus,
    Country,
    Lock,
    Municipality,
    NationalityStatus,
    Origin,
    Permit,
    PermitCategory,
    PersonRecord,
    Place,
    Relation,
    RelationKind,
    Residence,
    ResidenceKind,
    Sex,
    Stay,
)

# The highest of the synthetic numbers: generated people count from the lowest.
_FIRST_SERIAL = 9_999_900
SWITZERLAND = Country("CH", "Suisse")


def synthetic_avs_number(serial: int) -> str:
    """A number with a right check digit in the range 756.00, which is used for nothing but synthetic people here."""
    twelve = f"75600{serial:07d}"
    return twelve + avs.check_digit(twelve)


def municipality(number: int) -> Municipality:
    """A commune of the canton as a delivery names it."""
    return Municipality(number, all_communes()[number].name, CANTON)


def address_in(number: int, street: str, house_number: str) -> Address:
    """An address in a commune of the canton."""
    commune = all_communes()[number]
    return Address(street, house_number, commune.postcode, commune.name.removesuffix(" (GE)"), "CH")


def _born_in(number: int) -> Place:
    return Place(municipality=municipality(number))


def _abroad(iso2: str, name: str, town: str | None) -> Place:
    return Place(country=Country(iso2, name), town=town)


def _comes_from(iso2: str, name: str, town: str | None) -> dict[str, Any]:
    """Birth place and nationality of somebody of another country."""
    return {"birth_place": _abroad(iso2, name, town), "nationalities": (Country(iso2, name),)}


def _lives(commune: int, street: str, house_number: str, since: date, **more: Any) -> Residence:
    facts: dict[str, Any] = {
        "kind": ResidenceKind.MAIN,
        "comes_from": None,
        "departed_on": None,
        "destination": None,
        "destination_address": None,
        "other_communes": (),
    }
    address = address_in(commune, street, house_number)
    return Residence(**{**facts, "commune": municipality(commune), "arrived_on": since, "address": address, **more})


def _person(number: int, official_name: str, first_names: str, born: str, **more: Any) -> PersonRecord:
    residence: Residence = more["residence"]
    facts: dict[str, Any] = {
        "name_at_birth": None,
        "birth_place": _born_in(6621),
        "sex": Sex.FEMALE,
        "civil_status": CivilStatus.SINGLE,
        "civil_status_since_on": None,
        "nationality_status": NationalityStatus.KNOWN,
        "nationalities": (SWITZERLAND,),
        "died_on": None,
        "origins": () if "permit" in more else (Origin("Genève", CANTON),),
        "permit": None,
        "has_restricted_civic_rights": False,
        "stays": (Stay(residence.arrived_on, residence.departed_on),),
        "relations": (),
        "lock": Lock.NONE,
        "is_permit_under_renewal": False,
        "is_first_application_pending": False,
    }
    return PersonRecord(
        local_person_id=f"GE-D{number:02d}",
        avs_number=synthetic_avs_number(_FIRST_SERIAL + number),
        official_name=official_name,
        first_names=first_names,
        born=born,
        **{**facts, **more},
    )


def people(on: date) -> Iterator[PersonRecord]:
    """The cast as it stands on the given day."""
    yield from _swiss(on)
    yield from _family_of_the_deceased(on)
    yield from _foreigners(on)


def _swiss(on: date) -> Iterator[PersonRecord]:
    yield _person(
        1, "Rochat", "Amélie", "1990-06-12", residence=_lives(6621, "Rue Élise-Fontanet", "14", date(1990, 6, 12))
    )
    lyon = _abroad("FR", "France", "Lyon")
    left = on - timedelta(days=365)
    new_home = Address("Rue de la Fabrique-aux-Oies", "7", "69004", "Lyon", "FR")
    gone = _lives(6628, "Ruelle du Puits-Doux", "3", date(2012, 9, 1), destination=lyon, departed_on=left)
    gone = gone._replace(destination_address=new_home)
    yield _person(4, "Maillard", "Théo", "1984-11-03", sex=Sex.MALE, residence=gone)
    leaving = _lives(6608, "Place de l'Ancienne-Forge", "1bis", date(2016, 2, 15), destination=lyon)
    leaving = leaving._replace(departed_on=on + timedelta(days=20), destination_address=new_home)
    yield _person(5, "Pittet", "Béatrice", "1979-01-30", origins=(Origin("Bulle", "FR"),), residence=leaving)
    week = (Municipality(5586, "Lausanne", "VD"),)
    weekly = _lives(6630, "Route de la Croix-aux-Ânes", "22", date(2003, 4, 8), other_communes=week)
    origin = (Origin("Saanen", "BE"),)
    yield _person(12, "von Gunten", "Loïc", "2003-04-08", sex=Sex.MALE, origins=origin, residence=weekly)
    birthday = (on.replace(day=1) if (on.month, on.day) == (2, 29) else on).replace(year=on.year - 10)
    child = _lives(6633, "Chemin de l'Écureuil", "5", birthday)
    mother = Relation(RelationKind.MOTHER, "GE-D01", "Rochat", "Amélie")
    yield _person(14, "Quéloz", "Rémi", birthday.isoformat(), sex=Sex.MALE, residence=child, relations=(mother,))
    home = _lives(6643, "Avenue du Grand-Noyer", "40", date(1998, 7, 1))
    yield _person(16, "Blaser", "André", "1961-05-19", sex=Sex.MALE, has_restricted_civic_rights=True, residence=home)
    main = (Municipality(5192, "Lugano", "TI"),)
    second = _lives(6608, "Rue de la Lanterne-Verte", "9", date(2023, 9, 18), other_communes=main)
    second = second._replace(kind=ResidenceKind.SECONDARY)
    place = Place(municipality=Municipality(5192, "Lugano", "TI"))
    origin = (Origin("Lugano", "TI"),)
    yield _person(17, "Bianchi", "Giulia", "2002-12-24", birth_place=place, origins=origin, residence=second)


def _family_of_the_deceased(on: date) -> Iterator[PersonRecord]:
    died = on - timedelta(days=120)
    home = _lives(6640, "Chemin des Pommiers-d'Été", "18", date(1978, 3, 1))
    wife = Relation(RelationKind.SPOUSE, "GE-D07", "Chappuis", "Hélène")
    husband = Relation(RelationKind.SPOUSE, "GE-D06", "Chappuis", "Henri")
    parents = (
        Relation(RelationKind.MOTHER, "GE-D07", "Chappuis", "Hélène"),
        Relation(RelationKind.FATHER, "GE-D06", "Chappuis", "Henri"),
    )
    married: dict[str, Any] = {"civil_status": CivilStatus.MARRIED, "civil_status_since_on": date(1975, 8, 22)}
    widowed: dict[str, Any] = {
        "civil_status": CivilStatus.WIDOWED,
        "civil_status_since_on": died,
        "name_at_birth": "Bühler",
    }
    stays = (Stay(date(1978, 3, 1), died),)
    henri = _person(6, "Chappuis", "Henri", "1948-10-02", **married, relations=(wife,), residence=home, stays=stays)
    yield henri._replace(sex=Sex.MALE, died_on=died)
    yield _person(7, "Chappuis", "Hélène", "1951-02-14", **widowed, relations=(husband,), residence=home)
    own = _lives(6628, "Rue des Horlogères", "2", date(2008, 6, 1))
    stays = (Stay(date(1980, 7, 19), None),)
    yield _person(8, "Chappuis", "Noémie", "1980-07-19", relations=parents, residence=own, stays=stays)


def _foreigners(on: date) -> Iterator[PersonRecord]:
    in_a_year, a_year_ago = on + timedelta(days=365), on - timedelta(days=365)
    portugal = _comes_from("PT", "Portugal", "Viseu")
    stays = (
        Stay(date(2006, 5, 1), date(2009, 12, 31)),
        Stay(date(2012, 3, 15), date(2015, 8, 31)),
        Stay(date(2018, 1, 8), None),
    )
    home = _lives(6643, "Chemin du Héron-Bleu", "31", date(2020, 11, 1))
    permit = Permit("0201", PermitCategory.B, a_year_ago, in_a_year)
    name = "da Conceição Ferreira"
    joao = _person(2, name, "João", "1985-04-25", **portugal, permit=permit, stays=stays, residence=home)
    yield joao._replace(sex=Sex.MALE)
    france = _comes_from("FR", "France", "Annecy")
    work = _lives(6621, "Quai du Vieux-Radeau", "6", date(2019, 5, 6))._replace(kind=ResidenceKind.OTHER)
    permit = Permit("060102", PermitCategory.G, a_year_ago, in_a_year)
    yield _person(3, "Désiré", "Élodie", "1992-08-08", **france, permit=permit, stays=(), residence=work)
    kosovo = _comes_from("XK", "Kosovo", "Prizren")
    home = _lives(6621, "Rue Gédéon-Maréchal", "55", date(2001, 9, 3))
    permit = Permit("0302", PermitCategory.C, a_year_ago, in_a_year)
    yield _person(9, "Krasniqi", "Zoé", "1994-03-17", **kosovo, permit=permit, lock=Lock.ADDRESS, residence=home)
    name, first = "Vasconcelos de Albuquerque e Mendonça-Freitas", "Maria da Assunção Conceição Benedita Guadalupe"
    home = _lives(6616, "Boulevard des Cèdres-Penchés", "112A", date(1999, 1, 4))
    permit = Permit("0301", PermitCategory.C, a_year_ago, in_a_year)
    yield _person(10, name, first, "1969-12-31", **portugal, permit=permit, residence=home)
    yield from _awaiting_a_decision(on)


def _awaiting_a_decision(on: date) -> Iterator[PersonRecord]:
    a_month_ago = on - timedelta(days=30)
    spain = _comes_from("ES", "Espagne", "León")
    home = _lives(6631, "Chemin de Sous-le-Chêne", "8", on - timedelta(days=45))
    permit = Permit("1300", PermitCategory.OTHER, None, None)
    yield _person(
        11, "Muñoz", "Lucía", "1997-10-10", **spain, permit=permit, is_first_application_pending=True, residence=home
    )
    eritrea = _comes_from("ER", "Érythrée", None)
    home = _lives(6630, "Rue du Tilleul-Argenté", "70", date(2015, 6, 12))
    permit = Permit("0503", PermitCategory.F, date(2024, 1, 1), on + timedelta(days=200))
    yield _person(13, "Tesfay", "Yohannes", "1987", **eritrea, sex=Sex.MALE, permit=permit, residence=home)
    vietnam = _comes_from("VN", "Viêt Nam", "Huế")
    home = _lives(6623, "Avenue des Trois-Moulins-à-Vent", "27", date(2021, 8, 30))
    permit = Permit("0202", PermitCategory.B, a_month_ago - timedelta(days=365), a_month_ago)
    yield _person(
        15, "Nguyễn", "Ngọc Anh", "2000-02-29", **vietnam, permit=permit, is_permit_under_renewal=True, residence=home
    )
