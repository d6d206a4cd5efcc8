"""Personal data that are no longer needed (`lipad.destruction`): destroyed, made anonymous, deferred or kept (article 40)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.acts.lipad.periods import DEFERRAL
from guichet.law.acts.lipad.procedures.vocabulary import OFFICE
from guichet.law.acts.lipad.readings_data import DEFERRAL_START
from guichet.law.kernel.inputs import Boolean, Day
from guichet.law.kernel.procedures import Gate, Procedure, block, line

STATES = {
    "draft": "Données encore utiles",
    "due": "Données devenues inutiles, à détruire",
    "intended": "Destruction annoncée au responsable",
    "deferred": "Destruction différée, données soustraites à communication",
    "kept": "Données conservées en vertu d'une autre loi",
    "destroyed": "Données détruites",
    "anonymised": "Données rendues anonymes",
}
NO_LONGER_NEEDED_ON = Day(name="no_longer_needed_on", meaning="Jour où les données ne sont plus utiles", required=False)
KEPT_BY_LAW = Boolean(
    name="kept_by_law", meaning="Une autre loi impose de les conserver", required=False, default=False
)
FROM_NEED = replace(DEFERRAL, counted_from="need_ended", readings=(DEFERRAL_START,))
DIRECTORS = "directing_body"
_act = partial(line, LIPAD)
_block = partial(block, LIPAD)

TRANSITIONS = (
    *(
        _act(
            "need_ended",
            f"draft > {target}",
            who=f"{OFFICE} system",
            basis="40/1",
            words=("Constater que les données ne sont plus utiles", done),
            facts=(NO_LONGER_NEEDED_ON, KEPT_BY_LAW),
            when={"kept_by_law": (kept,)},
        )
        for kept, target, done in (
            (False, "due", "Les données ne servent plus aux tâches de l'institution."),
            (True, "kept", "Les données ne servent plus, mais une autre loi impose de les conserver."),
        )
    ),
    _act(
        "retention_ended",
        "kept > due",
        who=f"{OFFICE} system",
        basis="40/1",
        words=("Constater la fin de la conservation", "Aucune loi n'impose plus de conserver les données."),
    ),
    _act(
        "officer_informed",
        "due > intended",
        who="institution",
        basis="51/1/b",
        words=("Annoncer la destruction au responsable", "Le responsable a été avisé de l'intention de détruire."),
    ),
    _act(
        "deferral_decided",
        "due intended > deferred",
        who=DIRECTORS,
        basis="40/2",
        words=(
            "Différer la destruction",
            "L'instance dirigeante a différé la destruction pour évaluer une politique publique.",
        ),
        guard="La destruction n'a encore jamais été différée : deux ans est un maximum.",
        unless=("deferral_decided",),
        opens=(FROM_NEED,),
    ),
    _act(
        "deferral_ended",
        "deferred > due",
        who=f"{DIRECTORS} system",
        basis="40/2",
        words=("Mettre fin au report", "Le report de la destruction a pris fin."),
    ),
    *(
        _act(
            act,
            f"due intended deferred > {target}",
            who=f"{OFFICE} system",
            basis="40/1",
            words=words,
            guard="Un procès-verbal dit quelles données, comment et par qui.",
            closes=(DEFERRAL.name,),
        )
        for act, target, words in (
            ("data_destroyed", "destroyed", ("Détruire les données", "Les données ont été détruites.")),
            ("data_anonymised", "anonymised", ("Rendre les données anonymes", "Les données ont été rendues anonymes.")),
        )
    ),
)

DESTRUCTION = Procedure(
    name="lipad.destruction",
    title="Détruire ou rendre anonymes des données",
    text="LIPAD",
    initial="draft",
    finals=frozenset({"destroyed", "anonymised", "kept"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=(
        _block(
            "data_communicated",
            "deferred",
            "Les données dont la destruction est différée ne sont plus communiquées, sauf par le titre II ou les archives.",
            "40/2",
        ),
        _block(
            "data_destroyed",
            "kept",
            "Une autre loi impose de conserver ces données.",
            "40/1",
        ),
    ),
    gates=(
        Gate(to="deferred", after=("need_ended",)),
        Gate(to="data_destroyed", after=("retention_ended",), since="kept"),
        Gate(to="data_anonymised", after=("retention_ended",), since="kept"),
    ),
)
