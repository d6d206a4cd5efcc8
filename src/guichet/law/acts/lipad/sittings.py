"""Who sits in public, who does not, and who behind closed doors (art. 5 to 17 LIPAD; `lipad.publicity`).

The rule for each body comes first, its departures after it: a closed sitting (*huis clos*) exists only where the act
says so (art. 5 al. 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.readings import PUBLICITY_WITHDRAWN
from guichet.law.kernel.answers import Answer, Referred
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.tables import Line, Table


class SittingBody(StrEnum):
    """Whose sitting it is."""

    GRAND_COUNCIL = "grand_council"
    GC_BUREAU = "gc_bureau"
    GC_COMMITTEE = "gc_committee"
    COUNCIL_OF_STATE = "council_of_state"
    CANTONAL_ADMINISTRATION = "cantonal_administration"
    COURT_HEARING = "court_hearing"
    HIGH_COUNCIL = "high_council"
    JUDICIAL_SERVICE = "judicial_service"
    COMMUNAL_EXECUTIVE = "communal_executive"
    COMMUNAL_ADMINISTRATION = "communal_administration"
    MUNICIPAL_COUNCIL = "municipal_council"
    MUNICIPAL_COMMITTEE = "municipal_committee"
    PUBLIC_BODY_EXECUTIVE = "public_body_executive"
    PUBLIC_BODY_SERVICE = "public_body_service"
    PUBLIC_BODY_ASSEMBLY = "public_body_assembly"


SITTING_BODIES: Mapping[str, str] = {
    SittingBody.GRAND_COUNCIL: "Grand Conseil, séance plénière",
    SittingBody.GC_BUREAU: "Bureau du Grand Conseil",
    SittingBody.GC_COMMITTEE: "Commission ou sous-commission du Grand Conseil",
    SittingBody.COUNCIL_OF_STATE: "Conseil d'Etat ou l'une de ses délégations",
    SittingBody.CANTONAL_ADMINISTRATION: "Administration cantonale ou commission dépendant du Conseil d'Etat",
    SittingBody.COURT_HEARING: "Audience d'une autorité judiciaire",
    SittingBody.HIGH_COUNCIL: "Conseil supérieur de la magistrature",
    SittingBody.JUDICIAL_SERVICE: "Service administratif ou commission non juridictionnelle du pouvoir judiciaire",
    SittingBody.COMMUNAL_EXECUTIVE: "Exécutif communal",
    SittingBody.COMMUNAL_ADMINISTRATION: "Administration municipale ou commission dépendant d'une commune",
    SittingBody.MUNICIPAL_COUNCIL: "Conseil municipal",
    SittingBody.MUNICIPAL_COMMITTEE: "Commission d'un conseil municipal",
    SittingBody.PUBLIC_BODY_EXECUTIVE: "Exécutif ou direction d'un établissement ou d'une corporation de droit public",
    SittingBody.PUBLIC_BODY_SERVICE: "Service ou commission d'un établissement ou d'une corporation de droit public",
    SittingBody.PUBLIC_BODY_ASSEMBLY: "Assemblée délibérante d'un établissement ou d'une corporation de droit public",
}


class ClosureGround(StrEnum):
    """What would close the sitting to the public, or nothing."""

    NONE = "none"
    PARDON_MINOR = "pardon_minor"
    IMMUNITY = "immunity"
    SECRECY = "secrecy"
    NATURALISATION_OVER_25 = "naturalisation_over_25"
    OVERRIDING_INTEREST = "overriding_interest"
    DECIDED_CLOSED = "decided_closed"


CLOSURE_GROUNDS: Mapping[str, str] = {
    ClosureGround.NONE: "Aucun",
    ClosureGround.PARDON_MINOR: "Grâce d'un mineur",
    ClosureGround.IMMUNITY: "Levée d'une immunité",
    ClosureGround.SECRECY: "Levée d'un secret",
    ClosureGround.NATURALISATION_OVER_25: "Naturalisation d'un étranger de plus de 25 ans",
    ClosureGround.OVERRIDING_INTEREST: "Intérêt prépondérant",
    ClosureGround.DECIDED_CLOSED: "Huis clos décidé",
}


class Publicity(StrEnum):
    """How a sitting is held: open to all, without public, or behind closed doors (*huis clos*)."""

    PUBLIC = "public"
    NOT_PUBLIC = "not_public"
    CLOSED = "closed"


_PHRASES = {
    Publicity.PUBLIC: "La séance est publique",
    Publicity.NOT_PUBLIC: "La séance n'est pas publique",
    Publicity.CLOSED: "La séance a lieu à huis clos",
}
_TOLD = f"{_PHRASES[Publicity.CLOSED]} et le préposé cantonal est informé de la décision"


@dataclass(frozen=True, slots=True)
class Regime:
    """What a line decides: how the sitting is held, whether the commissioner is told, what remains reserved."""

    publicity: Publicity
    notify_commissioner: bool = False
    note: str = ""
    readings: tuple[Interpretation, ...] = ()


_PUBLIC, _NOT_PUBLIC = Regime(Publicity.PUBLIC), Regime(Publicity.NOT_PUBLIC)
_CLOSED = Regime(Publicity.CLOSED)
_UNLESS = Regime(Publicity.NOT_PUBLIC, note="Une autre disposition légale peut prévoir le contraire.")
_BOTH = "Il faut un intérêt prépondérant et, au cas par cas, la décision de l'autorité compétente."
_BY_DECISION = Regime(Publicity.CLOSED, note=_BOTH)
_BY_ORDER = Regime(Publicity.CLOSED, notify_commissioner=True, note=_BOTH)
_WITHDRAWN = Regime(Publicity.NOT_PUBLIC, note=_BOTH, readings=(PUBLICITY_WITHDRAWN,))
# The act alone tells where sittings are closed: any other ground changes nothing.
CLOSED_BY_LAW_ONLY = "5/1"
_BY_OTHER_LAWS = Referred(authority="les lois qui régissent les autorités judiciaires", because=LIPAD.refs("12/1"))

# The rule for each body: its passage and how it sits when nothing closes the sitting.
RULES: Mapping[SittingBody, tuple[str, Regime | Referred]] = {
    SittingBody.GRAND_COUNCIL: ("8/1", _PUBLIC),
    SittingBody.GC_BUREAU: ("9", _UNLESS),
    SittingBody.GC_COMMITTEE: ("9", _UNLESS),
    SittingBody.COUNCIL_OF_STATE: ("10", _NOT_PUBLIC),
    SittingBody.CANTONAL_ADMINISTRATION: ("11/1", _NOT_PUBLIC),
    SittingBody.COURT_HEARING: ("12/1", _BY_OTHER_LAWS),
    SittingBody.HIGH_COUNCIL: ("12/2", _CLOSED),
    SittingBody.JUDICIAL_SERVICE: ("13/1", _NOT_PUBLIC),
    SittingBody.COMMUNAL_EXECUTIVE: ("14", _NOT_PUBLIC),
    SittingBody.COMMUNAL_ADMINISTRATION: ("15/1", _NOT_PUBLIC),
    SittingBody.MUNICIPAL_COUNCIL: ("16/1", _PUBLIC),
    SittingBody.MUNICIPAL_COMMITTEE: ("16/3", _UNLESS),
    SittingBody.PUBLIC_BODY_EXECUTIVE: ("17/1", _NOT_PUBLIC),
    SittingBody.PUBLIC_BODY_SERVICE: ("17/2", _NOT_PUBLIC),
    SittingBody.PUBLIC_BODY_ASSEMBLY: ("17/4", _PUBLIC),
}


def _closes(
    address: str, regime: Regime, bodies: set[SittingBody], grounds: set[ClosureGround]
) -> Line[Regime | Referred]:
    return Line(address, regime, {"body": frozenset(bodies), "ground": frozenset(grounds)})


_DECISION = {ClosureGround.OVERRIDING_INTEREST, ClosureGround.DECIDED_CLOSED}
# What departs from the rule, in the order of the text: only these bodies, only for these grounds.
DEPARTURES = (
    _closes("8/2/b", _CLOSED, {SittingBody.GRAND_COUNCIL}, {ClosureGround.PARDON_MINOR}),
    _closes("8/2/c", _CLOSED, {SittingBody.GRAND_COUNCIL}, {ClosureGround.IMMUNITY}),
    _closes("8/2/d", _CLOSED, {SittingBody.GRAND_COUNCIL}, {ClosureGround.SECRECY}),
    _closes("8/2/e", _BY_DECISION, {SittingBody.GRAND_COUNCIL}, _DECISION),
    _closes("11/2", _BY_ORDER, {SittingBody.CANTONAL_ADMINISTRATION}, _DECISION),
    _closes("13/2", _BY_ORDER, {SittingBody.JUDICIAL_SERVICE}, _DECISION),
    _closes("15/2", _BY_ORDER, {SittingBody.COMMUNAL_ADMINISTRATION}, _DECISION),
    _closes("16/2/a", _CLOSED, {SittingBody.MUNICIPAL_COUNCIL}, {ClosureGround.NATURALISATION_OVER_25}),
    _closes("16/2/b", _CLOSED, {SittingBody.MUNICIPAL_COUNCIL}, {ClosureGround.SECRECY}),
    _closes("16/2/c", _BY_DECISION, {SittingBody.MUNICIPAL_COUNCIL}, _DECISION),
    _closes("17/3", _BY_ORDER, {SittingBody.PUBLIC_BODY_EXECUTIVE, SittingBody.PUBLIC_BODY_SERVICE}, _DECISION),
    _closes("17/4", _WITHDRAWN, {SittingBody.PUBLIC_BODY_ASSEMBLY}, _DECISION),
)


def _rule(body: SittingBody) -> Line[Regime | Referred]:
    """The rule of a body, for every ground that does not depart from it."""
    address, regime = RULES[body]
    departing = (line.when["ground"] for line in DEPARTURES if body in line.when["body"])
    return Line(
        address,
        regime,
        {"body": frozenset({body}), "ground": frozenset(ClosureGround).difference(*departing)},
    )


PUBLICITY = Table(
    LIPAD,
    CLOSED_BY_LAW_ONLY,
    inputs={"body": SittingBody, "ground": ClosureGround},
    lines=(*DEPARTURES, *(_rule(body) for body in RULES)),
)


def publicity(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """How a body sits on an occasion, and whether the commissioner must be told (art. 5 to 17)."""
    body, ground = asked["body"], asked["ground"]
    found = PUBLICITY.decide(on, body, ground)
    if not isinstance(found, tuple):
        return found
    line, _ = found
    regime = line.value
    if isinstance(regime, Referred):
        return replace(regime, reservations=LIPAD.remarks(line.address, on))
    rule, ordinary = RULES[body]
    notes = (regime.note,) if regime.note else ()
    addresses = tuple(dict.fromkeys((line.address, rule)))
    if ground is not ClosureGround.NONE and regime is ordinary:
        foreign = f"« {CLOSURE_GROUNDS[ground]} » n'est pas un motif de huis clos pour « {SITTING_BODIES[body]} »"
        notes = (f"{foreign} : la règle ordinaire s'applique.", *notes)
        addresses = (rule, CLOSED_BY_LAW_ONLY)
    return decided(
        on,
        {"publicity": regime.publicity.value, "notify_commissioner": regime.notify_commissioner},
        _TOLD if regime.notify_commissioner else _PHRASES[regime.publicity],
        *addresses,
        reservations=(*notes, *(note for reading in regime.readings for note in reading.reservations())),
    )
