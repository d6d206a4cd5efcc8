"""How long a document is valid, and less long after repeated losses: federal law (art. 5 OLDI), asked for the room's sake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import REPEATED_LOSS, VALIDITY, VALIDITY_MISSING
from guichet.law.acts.rdid.majority import age_reservations, is_minor
from guichet.law.acts.rdid.readings import REPEATED_LOSSES, remarks
from guichet.law.facts.reading import Fact, Facts
from guichet.law.kernel.answers import Answer, Decided, OutsideSources, Step, Steps
from guichet.law.kernel.wording import write_date

_KEYS = ("repeated_losses", "repeated_within", "repeated_years")


def validity(on: date, facts: Facts, asked: Mapping[str, Any]) -> Answer:
    """The years for which a document made on a day is valid, and the first day whose losses shorten them.

    ``losses`` counts those of the same kind since that day, the present one with them; care shown keeps the whole term.
    The anchor in the regulation is the document itself (art. 1), or the one that replaces what was lost (art. 10 al. 2).
    """
    address = "10/2" if asked["losses"] else "1"
    if gap := RDID.gap(address, on):
        return gap
    born = asked["born"]
    term = facts.find("validity", "child_years" if is_minor(born, on) else "adult_years", on)
    rule = [fact for key in _KEYS if (fact := facts.find("validity", key, on))]
    anchor, notes = RDID.ref(address), (*age_reservations(born, on), *remarks(on, address))
    if term is None or len(rule) < len(_KEYS):
        because = (anchor, VALIDITY, REPEATED_LOSS)
        return OutsideSources(missing=VALIDITY_MISSING, because=because, reservations=notes)
    many, within, shortened = (_number(fact) for fact in rule)
    is_repeated = asked["losses"] >= many
    is_shortened = is_repeated and not asked["care_shown"]
    used = (term, *rule) if asked["losses"] else (term,)
    since = _years_before(on, within) + timedelta(days=1)
    return Decided(
        value={
            "years": min(shortened, _number(term)) if is_shortened else _number(term),
            "is_shortened": is_shortened,
            "is_repeated": is_repeated,
            "losses_count_from": since,
        },
        phrase=_PHRASES[is_repeated, is_shortened],
        because=(anchor, term.ref, *((rule[0].ref,) if asked["losses"] else ())),
        steps=Steps(lambda: _steps(term, rule, since, asked["losses"])),
        reservations=(
            *notes,
            *dict.fromkeys(note for fact in used for note in fact.reservations(on)),
            *(REPEATED_LOSSES.reservations() if asked["losses"] else ()),
        ),
    )


_PHRASES = {
    (False, False): "Le document est valable {years} ans",
    (
        True,
        False,
    ): "Le document est valable {years} ans : les pertes sont répétées, mais le soin voulu est vraisemblable",
    (True, True): (
        "Après des pertes répétées, le document n'est valable que {years} ans ; l'émolument reste le même et la personne "
        "écrit un récit détaillé"
    ),
}


def _number(fact: Fact) -> int:
    assert isinstance(fact.value, int), fact.key
    return fact.value


def _steps(term: Fact, rule: list[Fact], since: date, losses: int) -> tuple[Step, ...]:
    many, within, _ = (_number(fact) for fact in rule)
    usual = Step(f"Validité habituelle à cet âge : {_number(term)} ans.", (term.ref,))
    if not losses:
        return (usual,)
    counted = f"Les pertes comptent pendant {within} ans, dès le {write_date(since)} ; la règle vaut dès {many}."
    return (usual, Step(counted, (rule[1].ref,), since), Step(f"Pertes comptées : {losses}.", (rule[0].ref,)))


def _years_before(on: date, years: int) -> date:
    """The same day so many years before; the last of February for a leap day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
