"""What the law check says of a core that agrees with a print, and of one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.law.check.comparing import compare
from guichet.law.check.consolidated import read_consolidated
from guichet.law.kernel.provisions import Amendment, Edition, LegalText, Provision

from .prints import ACT, agreeing, small_core

PRINTED = read_consolidated("RBat", "rbat.txt", ACT)
Change = Callable[[dict[str, Any]], None]


def _rebuilt(change: Change) -> LegalText:
    """The agreeing text with one thing changed in what it was built from."""
    text = agreeing()
    parts: dict[str, Any] = {
        "edition": Edition(entry=text.entry, consolidated_to=text.consolidated_to),
        "provisions": dict(text.provisions),
        "amendments": dict(text.amendments),
        "divisions": text.divisions,
    }
    change(parts)
    for name in ("provisions", "amendments"):
        parts[name] = tuple(parts[name].values())
    return LegalText("RBat", "Règlement", **parts)


def _provision(address: str, **changed: Any) -> Change:
    def change(parts: dict[str, Any]) -> None:
        parts["provisions"][address] = replace(parts["provisions"][address], **changed)

    return change


def _amendment(number: int, **changed: Any) -> Change:
    def change(parts: dict[str, Any]) -> None:
        parts["amendments"][number] = replace(parts["amendments"][number], **changed)

    return change


def _without(name: str, key: Any) -> Change:
    return lambda parts: parts[name].pop(key)


def _more(name: str, key: Any, value: Any) -> Change:
    return lambda parts: parts[name].update({key: value})


def test_a_core_that_agrees_with_the_print_differs_in_nothing() -> None:
    assert compare(PRINTED, small_core(agreeing())) == ()


@pytest.mark.parametrize(
    ("change", "about", "subject", "official", "ours"),
    [
        (_without("provisions", "2/1/b/2"), "2/1/b/2", "passage", "ce passage", "rien"),
        (_without("provisions", "2A/2"), "2A/2", "passage", "ce passage", "rien"),
        (_more("provisions", "2/4", Provision("2/4", "De trop.")), "2/4", "passage", "rien", "ce passage"),
        (_more("provisions", "2/1/d", Provision("2/1/d", "De trop.")), "2/1/d", "passage", "rien", "ce passage"),
        (_provision("2/1", amendments=()), "2/1", "numéros de modification", "2", "rien"),
        (_provision("2/1/c", amendments=(1,)), "2/1/c", "numéros de modification", "3", "1"),
        (_provision("2/2", figures=("1200", "5")), "2/2", "chiffres", "1200 francs, 5 %, 2 ans", "1200, 5"),
        (_provision("2A/1/1/a", figures=("150",)), "2A/1/1/a", "chiffres", "140 francs", "150"),
        (_provision("2A/2", figures=("3",)), "2A/2", "chiffres", "rien", "3"),
        (_provision("2/3", until=None), "2/3", "dernier jour", "30 avril 2005", "rien"),
        (_provision("2/3", until=date(2005, 5, 1)), "2/3", "dernier jour", "30 avril 2005", "1er mai 2005"),
        (
            _provision("2A/2", until=date(2020, 1, 1), until_by="2A/2"),
            *("2A/2", "dernier jour", "rien", "1er janvier 2020"),
        ),
        (
            _amendment(1, in_force=date(2005, 5, 2)),
            *("", "modification n° 1"),
            *(
                "adoptée le 3 avril 2005, en vigueur le 1er mai 2005",
                "adoptée le 3 avril 2005, en vigueur le 2 mai 2005",
            ),
        ),
        (
            _amendment(2, renaming=False),
            *("", "modification n° 2"),
            "adoptée le 6 juillet 2010, en vigueur le 6 juillet 2010, changement de nom",
            "adoptée le 6 juillet 2010, en vigueur le 6 juillet 2010",
        ),
        (
            _more("amendments", 4, Amendment(4, date(2022, 1, 1), date(2022, 1, 1))),
            *("", "modification n° 4", "rien", "adoptée le 1er janvier 2022, en vigueur le 1er janvier 2022"),
        ),
        (
            lambda parts: parts.update(edition=Edition(entry=date(2001, 3, 1), consolidated_to=date(2021, 8, 2))),
            *("", "entrée en vigueur", "1er février 2001", "1er mars 2001"),
        ),
        (
            lambda parts: parts.update(edition=Edition(entry=date(2001, 2, 1))),
            *("", "dernières modifications", "2 août 2021", "rien"),
        ),
        (
            lambda parts: parts.update(divisions=()),
            *("", "division", "Chapitre I (art. 2 à 2A)", "rien"),
        ),
    ],
)
def test_each_difference_is_named_with_what_each_side_has(
    change: Change, about: str, subject: str, official: str, ours: str
) -> None:
    found = compare(PRINTED, small_core(_rebuilt(change)))

    assert (subject, official, ours) in [(each.subject, each.official, each.ours) for each in found]
    assert {each.about.address for each in found} == {about}


@pytest.mark.parametrize(("gone", "period"), [("rbat.LOAN", "10 jours"), ("rbat.WAIT", "2 ans")])
def test_a_period_of_the_text_without_its_clock_is_a_difference(gone: str, period: str) -> None:
    core = small_core(agreeing())
    clocks = {name: clock for name, clock in core.clocks.items() if name != gone}

    (found,) = compare(PRINTED, replace(core, clocks=clocks))

    assert (found.subject, found.official, found.ours) == ("délai", period, "rien")


def test_a_clock_of_another_length_is_a_difference() -> None:
    core = small_core(agreeing())
    loan = replace(core.clocks["rbat.LOAN"], length=11)

    (found,) = compare(PRINTED, replace(core, clocks={**core.clocks, "rbat.LOAN": loan}))

    assert (found.official, found.ours) == ("10 jours", "11 jours")


def test_what_rests_on_a_missing_passage_is_what_rests_on_the_one_around_it() -> None:
    core = small_core(_rebuilt(_without("provisions", "2/1/b/2")))

    (found,) = compare(PRINTED, core)

    assert found.about.address == "2/1/b/2"
    assert found.rests_on_it(core) == ()
    (other,) = compare(PRINTED, small_core(_rebuilt(_provision("2/1", figures=("11",)))))
    assert other.rests_on_it(core) == ("rbat.LOAN",)


def test_a_text_that_the_core_does_not_hold_at_all_is_one_difference() -> None:
    core = replace(small_core(agreeing()), texts={})

    (found,) = compare(PRINTED, core)

    assert found.subject == "le texte entier"
