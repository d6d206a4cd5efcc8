"""Article 35: when personal data may be processed (`lipad.lawful_processing`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.law.acts.lipad.answers import decided
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.experiment import may_set_aside
from guichet.law.acts.lipad.readings_data import CONSENT_AND_LAW
from guichet.law.kernel.answers import Answer
from guichet.law.kernel.tables import Line, Table

YES, NO = frozenset({True}), frozenset({False})


@dataclass(frozen=True, slots=True)
class Lawfulness:
    """What one line of article 35 decides: whether the processing is lawful, in words too, and by which passages."""

    lawful: bool
    phrase: str
    passages: tuple[str, ...]
    notes: tuple[str, ...] = ()


def _lawful(why: str, *passages: str) -> Lawfulness:
    return Lawfulness(True, f"Le traitement est licite : {why}", passages)  # noqa: FBT003


def _unlawful(why: str, *passages: str, notes: tuple[str, ...] = ()) -> Lawfulness:
    return Lawfulness(False, f"Le traitement est illicite : {why}", passages, notes)  # noqa: FBT003


_SPECIAL = {"legal_task": YES, "special": YES}
_WITHOUT_LAW = {**_SPECIAL, "task_defined_by_law": NO}
_WITH_LAW = {**_SPECIAL, "task_defined_by_law": YES}
_NO_LAW = "aucune loi ne définit clairement la tâche"
PROCESSING = Table(
    LIPAD,
    "35",
    inputs=dict.fromkeys(("legal_task", "special", "task_defined_by_law", "indispensable", "consent"), (False, True)),
    lines=(
        Line("35/1", _unlawful("aucune tâche légale ne le rend nécessaire", "35/1"), {"legal_task": NO}),
        Line("35/1", _lawful("une tâche légale le rend nécessaire", "35/1"), {"legal_task": YES, "special": NO}),
        Line("35/2", _unlawful(_NO_LAW, "35/1", "35/2"), {**_WITHOUT_LAW, "consent": NO}),
        Line(
            "35/2",
            _unlawful(_NO_LAW, "35/1", "35/2", notes=CONSENT_AND_LAW.reservations()),
            {**_WITHOUT_LAW, "consent": YES},
        ),
        Line(
            "35/2",
            _lawful("une tâche définie par la loi le rend absolument indispensable", "35/1", "35/2"),
            {**_WITH_LAW, "indispensable": YES},
        ),
        Line(
            "35/2",
            _lawful("une tâche définie par la loi le rend nécessaire et la personne y consent", "35/1", "35/2"),
            {**_WITH_LAW, "indispensable": NO, "consent": YES},
        ),
        Line(
            "35/2",
            _unlawful("il n'est ni absolument indispensable, ni consenti", "35/1", "35/2"),
            {**_WITH_LAW, "indispensable": NO, "consent": NO},
        ),
    ),
)


def lawful_processing(on: date, facts: Any, asked: Mapping[str, Any]) -> Answer:
    """Whether an institution may process personal data, sensitive or a profile among them (art. 35 al. 1 and 2)."""
    special = asked["sensitive"] or asked["profile"]
    found = PROCESSING.decide(
        on, asked["legal_task"], special, asked["task_defined_by_law"], asked["indispensable"], asked["consent"]
    )
    if not isinstance(found, tuple):
        return found
    outcome = found[0].value
    return decided(
        on,
        {"lawful": outcome.lawful},
        outcome.phrase,
        *outcome.passages,
        reservations=(*outcome.notes, *may_set_aside(on)),
    )
