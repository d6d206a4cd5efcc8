"""Who is a minor on a day: the bound that articles 6 and 11 share, « 18 ans révolus »."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.readings import BORN_29_FEBRUARY, EIGHTEENTH_BIRTHDAY, remarks
from guichet.law.facts.reading import Facts
from guichet.law.kernel.answers import Answer, Decided, Step, Steps
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.wording import write_date

ADULT_AGE = 18
BIRTH = "la date de naissance, AAAA-MM-JJ"


def adult_on(born: date) -> date:
    """The first day as an adult: the 18th birthday, or 1 March for whoever was born on 29 February."""
    year = born.year + ADULT_AGE
    # Eighteen years after a leap year there is never another one.
    return date(year, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=year)


def is_minor(born: date, on: date) -> bool:
    """Whether a person is a minor on a day.

    Raises:
        BadInput: the person was not born yet.
    """
    if born > on:
        raise BadInput("born", born.isoformat(), "une date de naissance qui ne suit pas le jour du droit")
    return on < adult_on(born)


def age_reservations(born: date, on: date) -> tuple[str, ...]:
    """The readings of the bound on which an answer for that day rests."""
    if (born.month, born.day) == (2, 29):
        return BORN_29_FEBRUARY.reservations()
    return EIGHTEENTH_BIRTHDAY.reservations() if on == adult_on(born) else ()


def age_steps(born: date) -> Steps:
    """The day from which the person is an adult, and why."""
    return Steps(
        lambda: (
            Step(
                f"18 ans révolus le {write_date(adult_on(born))} : adulte dès ce jour.",
                EIGHTEENTH_BIRTHDAY.passages[:1],
                adult_on(born),
            ),
        )
    )


def minor(on: date, facts: Facts, asked: Mapping[str, Any]) -> Answer:
    """Whether a person is a minor on the day of law (art. 11 al. 1: adults from 18 completed, children until then)."""
    born = asked["born"]
    minor_now = is_minor(born, on)
    if gap := RDID.gap("11/1", on):
        return gap
    return Decided(
        value={"minor": minor_now},
        phrase="La personne est mineure" if minor_now else "La personne est adulte",
        because=RDID.refs("11/1"),
        steps=age_steps(born),
        reservations=(*age_reservations(born, on), *remarks(on, "11/1")),
    )
