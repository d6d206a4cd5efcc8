"""Article 39: to whom personal data may be communicated, and what comes before and after (`lipad.communication`).

One table per kind of recipient, over the facts that its paragraphs name and no others. A fact nobody established does
not help; an obstacle nobody established does not bar, and the answer says which obstacles were not examined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.experiment import may_set_aside
from guichet.law.acts.lipad.readings_data import DECISION_TOLD, EXPLICIT_RIGHT, NOT_CONSULTED
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.tables import Line, Table
from guichet.law.kernel.wording import enumerate_in_french

YES, NO = frozenset({True}), frozenset({False})
_EITHER = (False, True)


class Recipient(StrEnum):
    """Who asks for the data, in the order of article 39."""

    SUBJECT_INSTITUTION = "subject_institution"
    JUDICIAL_AUTHORITY = "judicial_authority"
    SWISS_PUBLIC_BODY = "swiss_public_body"
    FOREIGN_PUBLIC_BODY = "foreign_public_body"
    PRIVATE_PERSON = "private_person"


class Consulted(StrEnum):
    """What came of consulting the persons concerned (art. 39 al. 10); ``no``: not done yet."""

    YES = "yes"
    DISPROPORTIONATE = "disproportionate"
    OPPOSED = "opposed"
    NO = "no"


class Duty(StrEnum):
    """What the body that is asked (*organe*) owes before or after it communicates."""

    INFORM_RESPONSABLE = "inform_responsable"
    CONSULT_COMMISSIONER = "consult_commissioner"
    COMMISSIONER_OPINION = "commissioner_opinion"
    CONSULT_PERSONS = "consult_persons"
    NOTIFY_DECISION = "notify_decision"


RECIPIENTS: Mapping[str, str] = {
    Recipient.SUBJECT_INSTITUTION: "Institution soumise à la loi",
    Recipient.JUDICIAL_AUTHORITY: "Autorité judiciaire, pour une cause ou une surveillance",
    Recipient.SWISS_PUBLIC_BODY: "Entité suisse de droit public non soumise à la loi",
    Recipient.FOREIGN_PUBLIC_BODY: "Entité étrangère de droit public",
    Recipient.PRIVATE_PERSON: "Personne de droit privé",
}
CONSULTATIONS: Mapping[str, str] = {
    Consulted.YES: "Consultées, sans opposition",
    Consulted.DISPROPORTIONATE: "Non consultées : travail disproportionné",
    Consulted.OPPOSED: "Consultées, l'une s'oppose",
    Consulted.NO: "Pas encore consultées",
}
DUTIES = {
    Duty.INFORM_RESPONSABLE: "aviser le responsable",
    Duty.CONSULT_COMMISSIONER: "consulter le préposé cantonal",
    Duty.COMMISSIONER_OPINION: "demander le préavis du préposé cantonal",
    Duty.CONSULT_PERSONS: "consulter les personnes concernées",
    Duty.NOTIFY_DECISION: "communiquer la décision aux parties et aux personnes consultées",
}
FACTS: Mapping[str, str] = {
    "requirements_shown": "Respect des articles 35 à 38 démontré par l'institution qui demande",
    "law_forbids": "Loi ou règlement qui s'oppose à la communication",
    "explicit_right": "Droit de communiquer déjà donné expressément par une loi ou un règlement",
    "secrecy_opposes": "Secret de fonction ou autre secret protégé qui s'y oppose",
    "adequate_protection": "Niveau de protection adéquat démontré",
    "equivalent_protection": "Niveau de protection équivalent démontré",
    "consent_or_interest": "Consentement explicite, libre et éclairé de la personne, ou son intérêt manifeste",
    "public_interest_with_guarantees": "Intérêt public important manifestement prépondérant, et garanties fiables",
    "treaty": "Droit fédéral ou traité qui prévoit la communication",
    "text_provides": "Loi ou règlement qui prévoit expressément la communication",
    "private_interest": "Intérêt privé digne de protection de qui demande",
    "overriding_interest": "Intérêt prépondérant des personnes concernées qui s'y oppose",
}
OBSTACLES = ("law_forbids", "secrecy_opposes", "overriding_interest")


@dataclass(frozen=True, slots=True)
class Communication:
    """What one line of article 39 decides: may the data go, in words too, by which passages, with what duties."""

    may: bool
    phrase: str
    passages: tuple[str, ...]
    before: tuple[Duty, ...] = ()
    after: tuple[Duty, ...] = ()
    notes: tuple[str, ...] = ()


_TERMS = "L'organe assortit au besoin la communication de charges et conditions."
_ANSWERS = "Faute de réponse d'une personne, ou si l'une s'oppose, le préavis du préposé cantonal est encore demandé."
_INFORM, _TELL = (Duty.INFORM_RESPONSABLE,), (Duty.NOTIFY_DECISION,)


def _no(*passages: str) -> Communication:
    return Communication(False, "Les données ne peuvent pas être communiquées", passages)  # noqa: FBT003


def _yes(
    *passages: str, before: tuple[Duty, ...] = (), after: tuple[Duty, ...] = (), notes: tuple[str, ...] = ()
) -> Communication:
    parts = ["Les données peuvent être communiquées"]
    parts += [f"avant : {enumerate_in_french([DUTIES[duty] for duty in before])}"] if before else []
    parts += [f"après : {enumerate_in_french([DUTIES[duty] for duty in after])}"] if after else []
    return Communication(True, " ; ".join(parts), passages, before, after, notes)  # noqa: FBT003


def _abroad(*passages: str) -> Communication:
    return _yes(*passages, "39/8", before=(Duty.CONSULT_COMMISSIONER,), notes=(_TERMS,))


def _to_private(*before: Duty, notes: tuple[str, ...] = ()) -> Communication:
    notes = (*notes, *DECISION_TOLD.reservations(), _TERMS)
    return _yes("39/9/b", "39/10", "39/11", before=before, after=_TELL, notes=notes)


_TO_INSTITUTION = ("39/1", "39/1/a", "39/1/b", "39/2")
_TO_SWISS_BODY = ("39/4", "39/4/a", "39/4/b", "39/5")
_SHOWN = {"requirements_shown": YES, "law_forbids": NO}
_ADEQUATE = {"adequate_protection": YES, "law_forbids": NO}
_NOT_EQUIVALENT = {"law_forbids": NO, "equivalent_protection": NO}
_WITHOUT_CONSENT = {**_NOT_EQUIVALENT, "consent_or_interest": NO}
_WITHOUT_GROUND = {**_WITHOUT_CONSENT, "public_interest_with_guarantees": NO}
_INTEREST = {"text_provides": NO, "private_interest": YES}
_OUTWEIGHS = {**_INTEREST, "overriding_interest": NO}
BRANCHES: Mapping[Recipient, Table[Communication]] = {
    Recipient.SUBJECT_INSTITUTION: Table(
        LIPAD,
        "39/1",
        inputs={"requirements_shown": _EITHER, "law_forbids": _EITHER, "explicit_right": _EITHER},
        lines=(
            Line("39/1/a", _no("39/1/a"), {"requirements_shown": NO}),
            Line("39/1/b", _no("39/1/b"), {"requirements_shown": YES, "law_forbids": YES}),
            Line(
                "39/2",
                _yes(*_TO_INSTITUTION, after=_INFORM),
                {**_SHOWN, "explicit_right": NO},
            ),
            Line(
                "39/2",
                _yes(*_TO_INSTITUTION, notes=EXPLICIT_RIGHT.reservations()),
                {**_SHOWN, "explicit_right": YES},
            ),
        ),
    ),
    Recipient.JUDICIAL_AUTHORITY: Table(
        LIPAD,
        "39/3",
        inputs={"secrecy_opposes": _EITHER},
        lines=(
            Line("39/3", _yes("39/3"), {"secrecy_opposes": NO}),
            Line("39/3", _no("39/3"), {"secrecy_opposes": YES}),
        ),
    ),
    Recipient.SWISS_PUBLIC_BODY: Table(
        LIPAD,
        "39/4",
        inputs={"adequate_protection": _EITHER, "law_forbids": _EITHER, "explicit_right": _EITHER},
        lines=(
            Line("39/4/a", _no("39/4/a"), {"adequate_protection": NO}),
            Line("39/4/b", _no("39/4/b"), {"adequate_protection": YES, "law_forbids": YES}),
            Line(
                "39/5",
                _yes(*_TO_SWISS_BODY, before=_INFORM, notes=(_TERMS,)),
                {**_ADEQUATE, "explicit_right": NO},
            ),
            Line(
                "39/5",
                _yes(*_TO_SWISS_BODY, notes=(*EXPLICIT_RIGHT.reservations(), _TERMS)),
                {**_ADEQUATE, "explicit_right": YES},
            ),
        ),
    ),
    Recipient.FOREIGN_PUBLIC_BODY: Table(
        LIPAD,
        "39/6",
        inputs={
            "law_forbids": _EITHER,
            "equivalent_protection": _EITHER,
            "consent_or_interest": _EITHER,
            "public_interest_with_guarantees": _EITHER,
            "treaty": _EITHER,
        },
        lines=(
            Line("39/6/b", _no("39/6/b"), {"law_forbids": YES, "equivalent_protection": YES}),
            Line("39/7", _no("39/6/a", "39/7"), {"law_forbids": YES, "equivalent_protection": NO}),
            Line("39/6", _abroad("39/6", "39/6/a", "39/6/b"), {"law_forbids": NO, "equivalent_protection": YES}),
            Line("39/7/a", _abroad("39/7", "39/7/a"), {**_NOT_EQUIVALENT, "consent_or_interest": YES}),
            Line("39/7/b", _abroad("39/7", "39/7/b"), {**_WITHOUT_CONSENT, "public_interest_with_guarantees": YES}),
            Line("39/7/c", _abroad("39/7", "39/7/c"), {**_WITHOUT_GROUND, "treaty": YES}),
            Line("39/7", _no("39/6/a", "39/7"), {**_WITHOUT_GROUND, "treaty": NO}),
        ),
    ),
    Recipient.PRIVATE_PERSON: Table(
        LIPAD,
        "39/9",
        inputs={
            "text_provides": _EITHER,
            "private_interest": _EITHER,
            "overriding_interest": _EITHER,
            "persons_consulted": Consulted,
        },
        lines=(
            Line(
                "39/9/a",
                _yes("39/9/a", "39/11", after=_TELL, notes=DECISION_TOLD.reservations()),
                {"text_provides": YES},
            ),
            Line("39/9", _no("39/9"), {"text_provides": NO, "private_interest": NO}),
            Line("39/9/b", _no("39/9/b"), {**_INTEREST, "overriding_interest": YES}),
            Line(
                "39/10",
                _to_private(Duty.CONSULT_PERSONS, notes=(_ANSWERS,)),
                {**_OUTWEIGHS, "persons_consulted": frozenset({Consulted.NO})},
            ),
            Line("39/10", _to_private(), {**_OUTWEIGHS, "persons_consulted": frozenset({Consulted.YES})}),
            Line(
                "39/10",
                _to_private(Duty.COMMISSIONER_OPINION, notes=NOT_CONSULTED.reservations()),
                {**_OUTWEIGHS, "persons_consulted": frozenset({Consulted.DISPROPORTIONATE})},
            ),
            Line(
                "39/10",
                _to_private(Duty.COMMISSIONER_OPINION),
                {**_OUTWEIGHS, "persons_consulted": frozenset({Consulted.OPPOSED})},
            ),
        ),
    ),
}


# What a fact nobody told stands for: not established.
_UNSAID: Mapping[str, bool | Consulted] = {**dict.fromkeys(FACTS, False), "persons_consulted": Consulted.NO}
# What each kind of recipient makes of the facts: obstacles that bar it, facts that do not count for it.
_OBSTACLES = {
    recipient: tuple(name for name in OBSTACLES if name in table.inputs) for recipient, table in BRANCHES.items()
}
_IDLE = {recipient: tuple(name for name in FACTS if name not in table.inputs) for recipient, table in BRANCHES.items()}


def communication(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether data may be communicated to this recipient, and what is owed before and after (art. 39)."""
    branch = BRANCHES[asked["recipient"]]
    found = branch.decide(on, *[asked[name] or _UNSAID[name] for name in branch.inputs])
    if not isinstance(found, tuple):
        return found
    outcome = found[0].value
    return decided(
        on,
        {"may": outcome.may, "before": [*outcome.before], "after": [*outcome.after]},
        outcome.phrase,
        *outcome.passages,
        reservations=(*outcome.notes, *_not_counted(asked, may=outcome.may), *may_set_aside(on)),
    )


def _not_counted(asked: Mapping[str, Any], *, may: bool) -> tuple[str, ...]:
    """What nobody looked at where the answer is yes, and what was given in vain."""
    recipient = asked["recipient"]
    missing = [FACTS[name] for name in _OBSTACLES[recipient] if may and asked[name] is None]
    idle = [FACTS[name] for name in _IDLE[recipient] if asked[name]]
    found = (f"À vérifier encore : {' ; '.join(missing)}.",) if missing else ()
    return (*found, f"Sans effet pour ce destinataire selon l'article 39 : {' ; '.join(idle)}.") if idle else found
