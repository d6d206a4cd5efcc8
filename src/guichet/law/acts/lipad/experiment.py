"""Article 69: what ten online services were allowed to set aside, for a time that is over (`lipad.experiment`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.readings_data import EXPERIMENT_START
from guichet.law.kernel.answers import Answer, NotInForce, Step
from guichet.law.kernel.wording import write_date

# Art. 69 al. 1: the number of services it was made for, and the articles they could depart from.
SERVICES = 10
DEROGATES_FROM = ("35", "36", "38", "39", "40", "41")
_PHRASE = "Pour {services} prestations prioritaires, les institutions peuvent déroger aux articles 35, 36 et 38 à 41"
_PASSAGES = ("69/1", "69/2", "69/3", "69/4", "69/6", "69/7")
_HELD_EARLIER = ("69/1", "69/2", "69/4", "69/6", "69/7")
_STEPS = (
    Step("Le préposé cantonal garde toutes ses compétences.", LIPAD.refs("69/4")),
    Step("Les utilisateurs sont informés de la dérogation.", LIPAD.refs("69/6")),
)
_ENTRY, _END = LIPAD.known_from("69"), LIPAD.provision("69").until or date.max
_THIRD_PARAGRAPH = LIPAD.known_from("69/3")
_UNHELD = (
    f"L'alinéa 3, dont le libellé n'est connu que depuis le {write_date(_THIRD_PARAGRAPH)}, pouvait permettre plus."
)
_SET_ASIDE = "Ce jour-là, les prestations prioritaires en ligne pouvaient y déroger (art. 69 LIPAD)."


def experiment(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether the experimental derogation applied on that day, and from what (art. 69)."""
    gap = LIPAD.gap("69", on)
    if isinstance(gap, NotInForce) and gap.since:
        return replace(gap, reservations=EXPERIMENT_START.reservations())
    if gap:
        return gap
    is_held = on >= _THIRD_PARAGRAPH
    return decided(
        on,
        {"services": SERVICES, "derogates_from": list(DEROGATES_FROM)},
        _PHRASE,
        *(_PASSAGES if is_held else _HELD_EARLIER),
        steps=_STEPS,
        reservations=() if is_held else (_UNHELD,),
    )


def may_set_aside(on: date) -> tuple[str, ...]:
    """What an answer on articles 35 to 41 adds while the derogation applied; nothing on any other day."""
    return (_SET_ASIDE,) if _ENTRY <= on <= _END else ()
