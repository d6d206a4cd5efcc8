"""To whom the act applies (art. 3 LIPAD; `lipad.scope`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.answers import Answer, Step, Steps
from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.money import Chf
from guichet.law.kernel.tables import Line, Table

# Art. 3 al. 2 let. a ch. 2: « égal ou supérieur », « au minimum »; both bounds are included.
LEAST_SHARE = Decimal(50)
LEAST_AMOUNT = Chf(50_000_00)
ONE_BOUND_IS_NOT_ENOUGH = "la part (en pour cent) et le montant (en francs) de la subvention, les deux ensemble"


class Body(StrEnum):
    """What kind of body asks whether the act applies to it (*institution*, art. 3)."""

    CANTONAL_POWER = "cantonal_power"
    COMMUNE = "commune"
    PUBLIC_LAW_BODY = "public_law_body"
    GROUPING = "grouping"
    PRIVATE_BODY = "private_body"
    PERSON_WITH_PUBLIC_TASK = "person_with_public_task"
    PRIVATE_PERSON = "private_person"


BODIES: Mapping[str, str] = {
    Body.CANTONAL_POWER: "Pouvoir cantonal, son administration ou une commission qui en dépend",
    Body.COMMUNE: "Commune, son administration ou une commission qui en dépend",
    Body.PUBLIC_LAW_BODY: "Institution, établissement ou corporation de droit public, cantonal ou communal",
    Body.GROUPING: "Groupement d'institutions publiques",
    Body.PRIVATE_BODY: "Personne morale ou organisme de droit privé",
    Body.PERSON_WITH_PUBLIC_TASK: "Personne ou organisme chargé d'une tâche publique",
    Body.PRIVATE_PERSON: "Personne privée sans tâche publique",
}


class Subject(StrEnum):
    """Whether the act applies: wholly, only to the public task, or not."""

    YES = "yes"
    WITHIN_TASK = "within_task"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one line of article 3 decides: whether the act applies, the letter that says so, and the sentence."""

    subject: Subject
    letter: str | None
    phrase: str


_YES = "La loi s'applique à cette institution"
SCOPE = Table(
    LIPAD,
    "3",
    inputs={"body": Body, "controlled": (False, True)},
    lines=(
        Line("3/1/a", Scope(Subject.YES, "1/a", _YES), {"body": frozenset({Body.CANTONAL_POWER})}),
        Line("3/1/b", Scope(Subject.YES, "1/b", _YES), {"body": frozenset({Body.COMMUNE})}),
        Line("3/1/c", Scope(Subject.YES, "1/c", _YES), {"body": frozenset({Body.PUBLIC_LAW_BODY})}),
        Line("3/1/d", Scope(Subject.YES, "1/d", _YES), {"body": frozenset({Body.GROUPING})}),
        Line(
            "3/2/a",
            Scope(Subject.YES, "2/a", "La loi s'applique à cet organisme, que des institutions publiques maîtrisent"),
            {"body": frozenset({Body.PRIVATE_BODY}), "controlled": frozenset({True})},
        ),
        Line(
            "3/2/a",
            Scope(Subject.NO, None, "La loi ne s'applique pas à cet organisme : rien n'établit une maîtrise publique"),
            {"body": frozenset({Body.PRIVATE_BODY}), "controlled": frozenset({False})},
        ),
        Line(
            "3/2/b",
            Scope(Subject.WITHIN_TASK, "2/b", "La loi s'applique dans les limites de la tâche publique"),
            {"body": frozenset({Body.PERSON_WITH_PUBLIC_TASK})},
        ),
        Line(
            "3/4",
            Scope(Subject.NO, None, "La loi ne s'applique pas à une personne privée sans tâche publique"),
            {"body": frozenset({Body.PRIVATE_PERSON})},
        ),
    ),
)


def scope(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether the act applies to a body, with the letter of article 3 that decides."""
    body = asked["body"]
    means = _means(asked) if body is Body.PRIVATE_BODY else ()
    found = SCOPE.decide(on, body, bool(means))
    if not isinstance(found, tuple):
        return found
    line, _ = found
    is_outside = body is Body.PRIVATE_BODY and not means
    return decided(
        on,
        {"subject": line.value.subject.value, "letter": line.value.letter},
        line.value.phrase,
        line.address,
        *means,
        steps=Steps(lambda: _subsidy_steps(asked)) if body is Body.PRIVATE_BODY else (),
        reservations=(_IF_CHARGED,) if is_outside else (),
    )


_IF_CHARGED = (
    "Si cet organisme est chargé d'une tâche publique, la loi s'y applique dans les limites de cette tâche "
    "(art. 3 al. 2 let. b LIPAD)."
)


def _means(asked: Mapping[str, Any]) -> tuple[str, ...]:
    """The means of control established, alternative ones: any is enough (art. 3 al. 2 let. a ch. 1 to 3)."""
    found = ["3/2/a/1"] if asked["majority_holding"] else []
    found += ["3/2/a/2"] if _is_subsidised(asked) else []
    found += ["3/2/a/3"] if asked["decisive_delegates"] else []
    if not found and _is_open(asked):
        missing = "subsidy_amount" if asked["subsidy_amount"] is None else "subsidy_share"
        raise BadInput(missing, None, ONE_BOUND_IS_NOT_ENOUGH)
    return tuple(found)


def _is_subsidised(asked: Mapping[str, Any]) -> bool:
    share, amount = asked["subsidy_share"], asked["subsidy_amount"]
    return share is not None and amount is not None and share >= LEAST_SHARE and amount >= LEAST_AMOUNT


def _is_open(asked: Mapping[str, Any]) -> bool:
    """Whether one bound is reached and nobody said how the other stands."""
    share, amount = asked["subsidy_share"], asked["subsidy_amount"]
    if amount is None:
        return share is not None and share >= LEAST_SHARE
    return share is None and amount >= LEAST_AMOUNT


def _subsidy_steps(asked: Mapping[str, Any]) -> tuple[Step, ...]:
    share, amount = asked["subsidy_share"], asked["subsidy_amount"]
    if share is None or amount is None:
        return ()
    reached = "atteintes" if _is_subsidised(asked) else "pas atteintes toutes les deux"
    bounds = f"les bornes de {LEAST_SHARE} % et de {LEAST_AMOUNT}, comprises, sont {reached}"
    return (
        Step(
            f"Subvention de {share.normalize():f} % du budget et de {amount} : {bounds}.", LIPAD.refs("3/2/a/2"), amount
        ),
    )
