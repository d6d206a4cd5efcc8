"""A journalist's accreditation by the judiciary (`lipad.accreditation`), up to its suspension or withdrawal (article 32)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.inputs import Choice
from guichet.law.kernel.procedures import Gate, Procedure, block, line


class Measure(StrEnum):
    """What the judiciary may take against an accredited journalist (art. 32 al. 3)."""

    SUSPENSION = "suspension"
    WITHDRAWAL = "withdrawal"


STATES = {
    "draft": "Pas encore demandée",
    "requested": "Demandée",
    "accredited": "Accordée",
    "suspension_proposed": "Suspension envisagée",
    "withdrawal_proposed": "Retrait envisagé",
    "suspended": "Suspendue",
    "refused": "Refusée",
    "withdrawn": "Retirée",
    "returned": "Rendue par le journaliste",
}
MEASURE = Choice(
    name="measure",
    meaning="Mesure envisagée",
    options=Measure,
    names={Measure.SUSPENSION: "suspension de la carte", Measure.WITHDRAWAL: "retrait de la carte"},
)
PROPOSED = "suspension_proposed withdrawal_proposed"
HEARINGS = ("journalist_heard", "medium_heard", "opinion_requested")
HEARD = "Le journaliste et son média ont été entendus, et l'avis du préposé cantonal a été demandé."
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)


def _hearings() -> tuple[tuple[str, str, tuple[str, str]], ...]:
    return (
        ("journalist_heard", "judiciary", ("Entendre le journaliste", "Le journaliste a été entendu.")),
        ("medium_heard", "judiciary", ("Entendre le média", "Le média du journaliste a été entendu.")),
        ("opinion_requested", "judiciary", ("Demander l'avis du préposé", "L'avis du préposé cantonal a été demandé.")),
        ("opinion_given", "commissioner", ("Donner un avis", "Le préposé cantonal a donné son avis.")),
    )


TRANSITIONS = (
    _act(
        "accreditation_requested",
        "draft > requested",
        who="journalist medium",
        basis="32/1",
        words=("Demander une accréditation", "Le journaliste a demandé à être accrédité."),
    ),
    _act(
        "accreditation_granted",
        "requested > accredited",
        who="judiciary",
        basis="32/1 32/2",
        words=("Accréditer", "Le pouvoir judiciaire a accrédité le journaliste."),
    ),
    _act(
        "accreditation_refused",
        "requested > refused",
        who="judiciary",
        basis="32/1 32/2",
        words=("Refuser l'accréditation", "L'accréditation a été refusée."),
        guard="Le refus ne tient pas à des opinions ou à des jugements de valeur du journaliste.",
    ),
    _act(
        "accreditation_returned",
        "requested accredited suspended > returned",
        who="journalist",
        basis="32/1",
        words=("Rendre la carte", "Le journaliste a renoncé à son accréditation."),
    ),
    *(
        _act(
            "measure_proposed",
            f"accredited > {target}",
            who="judiciary",
            basis="32/2 32/3",
            words=("Envisager une mesure", done),
            facts=(MEASURE,),
            when={"measure": (measure,)},
            renews=HEARINGS,
        )
        for measure, target, done in (
            (Measure.SUSPENSION, "suspension_proposed", "Une suspension de la carte est envisagée."),
            (Measure.WITHDRAWAL, "withdrawal_proposed", "Un retrait de la carte est envisagé."),
        )
    ),
    *(
        _act(act, f"{state} > {state}", who=who, basis="32/3", words=words)
        for act, who, words in _hearings()
        for state in PROPOSED.split()
    ),
    _act(
        "measure_dropped",
        f"{PROPOSED} > accredited",
        who="judiciary",
        basis="32/3",
        words=("Renoncer à la mesure", "Le pouvoir judiciaire a renoncé à la mesure."),
    ),
    *(
        _act(
            act,
            f"{source} > {target}",
            who="judiciary",
            basis="32/2 32/3",
            words=words,
            guard=HEARD,
            needs=HEARINGS,
        )
        for act, source, target, words in (
            (
                "accreditation_suspended",
                "suspension_proposed",
                "suspended",
                ("Suspendre la carte", "La carte d'accréditation a été suspendue."),
            ),
            (
                "accreditation_withdrawn",
                "withdrawal_proposed",
                "withdrawn",
                ("Retirer la carte", "La carte d'accréditation a été retirée."),
            ),
        )
    ),
    _act(
        "suspension_ended",
        "suspended > accredited",
        who="judiciary system",
        basis="32/2",
        words=("Mettre fin à la suspension", "La suspension a pris fin."),
    ),
)

ACCREDITATION = Procedure(
    name="lipad.accreditation",
    title="Accréditer un journaliste auprès du pouvoir judiciaire",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"accredited", "refused", "withdrawn", "returned"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=(
        _block(
            "accreditation_suspended",
            "accredited withdrawal_proposed",
            "Avant toute suspension, le journaliste et son média sont entendus et l'avis du préposé est demandé.",
            "32/3",
        ),
        _block(
            "accreditation_withdrawn",
            "accredited suspension_proposed suspended",
            "Avant tout retrait, le journaliste et son média sont entendus et l'avis du préposé est demandé.",
            "32/3",
        ),
    ),
    gates=tuple(
        Gate(to=act, after=(hearing,), since=state)
        for act, state in (
            ("accreditation_suspended", "suspension_proposed"),
            ("accreditation_withdrawn", "withdrawal_proposed"),
        )
        for hearing in HEARINGS
    ),
)
