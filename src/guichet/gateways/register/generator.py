"""The simulator of the register: deterministic deliveries of invented people, as many as wanted.

The same count, seed and day give the same file. Every delivery begins with the standing cast (``cast.py``); the rest
comes as households with the variety an office meets: permits of every letter, stays, departures, deaths, protected
addresses, minors, unknown birth days.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from . import cast, writer
from .communes import all_communes
from .port import (
    Address,
    CivilStatus,
    Country,
    Header,
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

_ZURICH = ZoneInfo("Europe/Zurich")
_SENDER = "sedex://T0-0-0"
_PERMIT_CODE = {"b": "02", "c": "03", "i": "04", "f": "0503", "g": "06", "l": "07", "n": "0804", "s": "0905"}
_CATEGORY = {letter: PermitCategory("ci" if letter == "i" else letter) for letter in _PERMIT_CODE}
_YEAR = 365


class _Words(NamedTuple):
    """The words people are made of, ready to be drawn from."""

    streets: list[str]
    women: list[str]
    men: list[str]
    swiss_names: list[str]
    foreign_names: list[str]
    long_names: list[str]
    origins: list[Origin]
    elsewhere: list[Municipality]
    countries: list[tuple[Place, Country, str, str]]
    communes: list[int]
    birth_places: list[Place]


@cache
def _words() -> _Words:
    words: dict[str, Any] = tomllib.loads(Path(__file__).with_name("synthetic.toml").read_text(encoding="utf-8"))
    weighted = [number for number, commune in all_communes().items() for _ in range(commune.weight)]
    countries = [
        (Place(country=Country(iso2, name), town=town), Country(iso2, name), regulation, letters)
        for iso2, name, town, regulation, letters in words.pop("countries")
    ]
    return _Words(
        origins=[Origin(*origin) for origin in words.pop("origins")],
        elsewhere=[Municipality(*commune) for commune in words.pop("elsewhere")],
        countries=countries,
        communes=weighted,
        birth_places=[Place(municipality=cast.municipality(number)) for number in weighted],
        **words,
    )


def write(path: Path, *, persons: int, seed: int, on: date) -> int:
    """Write a delivery of so many persons as of the given day; returns how many were written."""
    header = Header(
        message_id=f"guichet-{seed}-{persons}-{on}",
        sender_id=_SENDER,
        sent_at=datetime.combine(on, time(4, 30), _ZURICH),
        is_test=True,
    )
    return writer.write(path, header, people(persons, seed=seed, on=on))


def people(count: int, *, seed: int, on: date) -> Iterator[PersonRecord]:
    """So many people: first the standing cast, then households drawn from the seed."""
    return islice(_everyone(seed, on), count)


def _everyone(seed: int, on: date) -> Iterator[PersonRecord]:
    yield from cast.people(on)
    town = _Town(seed, on)
    while True:
        yield from town.household()


class _Town:
    """Draws household after household; holds the seed's random numbers and the running number of people."""

    def __init__(self, seed: int, on: date) -> None:
        self.random = Random(seed)  # noqa: S311 - reproducible people, no secret
        self.chance = self.random.random
        self.words = _words()
        self.today = on.toordinal()
        self.count = 0

    def one_of(self, choices: Any) -> Any:
        """One of a sequence, evenly (several times faster than ``random.choice``)."""
        return choices[int(self.chance() * len(choices))]

    def day(self, years_ago: float, spread: float) -> date:
        """A day between so many years ago and so many years before that."""
        return date.fromordinal(self.today - int((years_ago + self.chance() * spread) * _YEAR))

    def household(self) -> Iterator[PersonRecord]:
        """One to five people of one address and one right to stay, bound to each other where there are several."""
        first = self._adult()
        dice = self.chance()
        if dice < 0.45 or _works_across_the_border(first):
            yield self._single(first)
            return
        partner = self._relative(first, self._first_names(Sex.MALE if first.sex is Sex.FEMALE else Sex.FEMALE))
        yield from self._couple(first, partner)
        for _ in range(int((dice - 0.45) * 5)):
            yield self._child(first, partner)

    def _next_id(self) -> dict[str, Any]:
        self.count += 1
        return {"local_person_id": f"GE-{self.count:08d}", "avs_number": cast.synthetic_avs_number(self.count)}

    def _first_names(self, sex: Sex) -> tuple[Sex, str]:
        names = self.words.women if sex is Sex.FEMALE else self.words.men
        name = self.one_of(names)
        return sex, name if self.chance() < 0.8 else f"{name} {self.one_of(names)}"

    def _adult(self) -> PersonRecord:
        sex, first_names = self._first_names(Sex.FEMALE if self.chance() < 0.52 else Sex.MALE)
        born = self.day(19, 70)
        is_swiss = self.chance() < 0.58
        names = self.words.swiss_names if is_swiss else self.words.foreign_names
        name = self.one_of(names) if self.chance() < 0.995 else self.one_of(self.words.long_names)
        arrived = date.fromordinal(born.toordinal() + int(self.chance() * (self.today - born.toordinal() - 60)))
        right = self._swiss() if is_swiss else self._foreigner()
        return PersonRecord(
            **self._next_id(),
            official_name=name if self.chance() < 0.9 else f"{name}-{self.one_of(names)}",
            first_names=first_names,
            name_at_birth=None,
            born=self._as_known(born),
            sex=sex,
            civil_status=CivilStatus.DIVORCED if self.chance() < 0.12 else CivilStatus.SINGLE,
            civil_status_since_on=None,
            died_on=None,
            residence=self._residence(arrived),
            stays=self._stays(arrived),
            relations=(),
            lock=Lock.NONE if self.chance() < 0.985 else Lock.ADDRESS,
            **right,
        )

    def _as_known(self, born: date) -> str:
        text, dice = born.isoformat(), self.chance()
        if dice > 0.004:
            return text
        return text[:7] if dice > 0.002 else text[:4]

    def _swiss(self) -> dict[str, Any]:
        origins = (self.one_of(self.words.origins),)
        return {
            "birth_place": self.one_of(self.words.birth_places),
            "nationality_status": NationalityStatus.KNOWN,
            "nationalities": (cast.SWITZERLAND,),
            "origins": origins if self.chance() < 0.9 else tuple(dict.fromkeys((*origins, self.words.origins[0]))),
            "permit": None,
            "has_restricted_civic_rights": self.chance() < 0.003,
            "is_permit_under_renewal": False,
            "is_first_application_pending": False,
        }

    def _foreigner(self) -> dict[str, Any]:
        place, country, regulation, letters = self.one_of(self.words.countries)
        is_first, is_renewed = self.chance() < 0.02, self.chance() < 0.05
        letter = self.one_of(letters)
        code = _PERMIT_CODE[letter]
        end = date.fromordinal(self.today - 20 if is_renewed else self.today + 30 + int(self.chance() * 1500))
        permit = Permit(
            code if len(code) == 4 else code + regulation, _CATEGORY[letter], end - timedelta(days=1825), end
        )
        return {
            "birth_place": place,
            "nationality_status": NationalityStatus.KNOWN,
            "nationalities": (country,),
            "origins": (),
            "permit": Permit("1300", PermitCategory.OTHER, None, None) if is_first else permit,
            "has_restricted_civic_rights": False,
            "is_permit_under_renewal": is_renewed and not is_first,
            "is_first_application_pending": is_first,
        }

    def _residence(self, arrived: date) -> Residence:
        commune, dice = self.one_of(self.words.communes), self.chance()
        address = cast.address_in(commune, self.one_of(self.words.streets), str(1 + int(self.chance() * 120)))
        elsewhere = (self.one_of(self.words.elsewhere),) if dice < 0.03 else ()
        leaving, destination, new_address = self._departure(arrived) if dice > 0.95 else (None, None, None)
        return Residence(
            kind=ResidenceKind.SECONDARY if dice < 0.01 else ResidenceKind.MAIN,
            commune=cast.municipality(commune),
            arrived_on=arrived,
            address=address,
            comes_from=None,
            departed_on=leaving,
            destination=destination,
            destination_address=new_address,
            other_communes=elsewhere,
        )

    def _departure(self, arrived: date) -> tuple[date, Place, Address]:
        """Most who left are gone, one in five has announced a departure within the month."""
        gone = date.fromordinal(max(arrived.toordinal() + 1, self.today - int(self.chance() * 3 * _YEAR)))
        place, country, _, _ = self.one_of(self.words.countries)
        address = Address(self.one_of(self.words.streets), "4", "10000", place.town or "", country.iso2 or "")
        return date.fromordinal(self.today + 20) if self.chance() < 0.2 else gone, place, address

    def _stays(self, arrived: date) -> tuple[Stay, ...]:
        """The open stay begins with the arrival; one person in ten was here once before."""
        if self.chance() > 0.1:
            return (Stay(arrived, None),)
        start = arrived.toordinal() - 2000
        return (Stay(date.fromordinal(start), date.fromordinal(start + 900)), Stay(arrived, None))

    def _single(self, person: PersonRecord) -> PersonRecord:
        person = _close_stay(person)
        if not _works_across_the_border(person):
            return person
        return person._replace(residence=person.residence._replace(kind=ResidenceKind.OTHER, other_communes=()))

    def _relative(self, other: PersonRecord, names: tuple[Sex, str], **more: Any) -> PersonRecord:
        """Somebody of the same name, home and right to stay."""
        sex, first_names = names
        facts = {**self._next_id(), "sex": sex, "first_names": first_names, "relations": (), **more}
        return other._replace(**facts)

    def _couple(self, first: PersonRecord, second: PersonRecord) -> Iterator[PersonRecord]:
        """Married, three in a hundred in a registered partnership; in one couple of fifteen one of the two has died."""
        is_partnership, lost = self.chance() < 0.03, self.chance() < 0.066
        kind = RelationKind.PARTNER if is_partnership else RelationKind.SPOUSE
        status = CivilStatus.PARTNERSHIP if is_partnership else CivilStatus.MARRIED
        after = CivilStatus.DISSOLVED_PARTNERSHIP if is_partnership else CivilStatus.WIDOWED
        since = self.day(0.2, 8)
        here = first.residence._replace(departed_on=None, destination=None, destination_address=None)
        if lost and here.arrived_on < since and first.born < since.isoformat():
            dead = first._replace(civil_status=status, died_on=since, residence=here, relations=(_is(second, kind),))
            yield dead._replace(stays=(*first.stays[:-1], Stay(first.stays[-1].from_on, since)))
            yield second._replace(civil_status=after, residence=here, relations=(_is(first, kind),))
            return
        yield _close_stay(first._replace(civil_status=status, relations=(_is(second, kind),)))
        yield _close_stay(second._replace(civil_status=status, relations=(_is(first, kind),)))

    def _child(self, first: PersonRecord, second: PersonRecord) -> PersonRecord:
        mother, father = (first, second) if first.sex is Sex.FEMALE else (second, first)
        parents = (_is(mother, RelationKind.MOTHER), _is(father, RelationKind.FATHER))
        born = self.day(0, 18)
        arrived = max(born, first.residence.arrived_on)
        left = first.residence.departed_on
        residence = first.residence._replace(
            arrived_on=arrived, departed_on=left and max(left, arrived), other_communes=()
        )
        names = self._first_names(Sex.FEMALE if self.chance() < 0.5 else Sex.MALE)
        facts = {"born": born.isoformat(), "civil_status": CivilStatus.SINGLE, "residence": residence}
        return _close_stay(self._relative(first, names, stays=(Stay(arrived, None),), relations=parents, **facts))


def _is(other: PersonRecord, kind: RelationKind) -> Relation:
    return Relation(kind, other.local_person_id, other.official_name, other.first_names)


def _works_across_the_border(person: PersonRecord) -> bool:
    return person.permit is not None and person.permit.category is PermitCategory.G


def _close_stay(person: PersonRecord) -> PersonRecord:
    """End the open stay of somebody who has left; an announced departure ends it too, on its day."""
    left = person.residence.departed_on
    if left is None:
        return person
    return person._replace(stays=(*person.stays[:-1], Stay(person.stays[-1].from_on, left)))
