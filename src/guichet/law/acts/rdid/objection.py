"""A parent who objects to the document of a minor: nothing is ordered until both agree or a decision says so (art. 6)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import BOTH_PARENTS
from guichet.law.acts.rdid.readings import OTHER_PARENT
from guichet.law.acts.rdid.vocabulary import COUNTER, OBJECTED_ON, OBJECTION_CAME_BY, OBJECTION_LIFTED_BY
from guichet.law.kernel.procedures import block, line

OBJECTED = "parental_objection_recorded"
LIFTED = "parental_objection_lifted"
AGREED = ("parental_agreement_given", "legalised_authorisation_received")
_PREPARED = "old_document_due certificate_due open stopped referred"
_WHY = (
    "L'autre parent s'oppose : rien n'est établi tant que les deux parents ne sont pas d'accord, ou qu'une décision de "
    "l'autorité de protection ou du juge n'est pas produite."
)

_act = partial(line, RDID)
OBJECTION = (
    *(
        _act(
            OBJECTED,
            f"{state} > {state}",
            who=f"applicant parental_authority_holder {COUNTER}",
            basis="6/1",
            beyond=(BOTH_PARENTS,),
            words=("Enregistrer l'opposition d'un parent", "Un parent s'est opposé à l'établissement du document."),
            facts=(OBJECTED_ON, OBJECTION_CAME_BY),
            guard="La personne n'est pas majeure et aucune opposition n'est déjà enregistrée.",
            unless=(OBJECTED, "majority_recorded"),
            renews=(*AGREED, LIFTED),
            readings=(OTHER_PARENT,),
        )
        for state in _PREPARED.split()
    ),
    *(
        _act(
            LIFTED,
            f"{state} > {state}",
            who=COUNTER,
            basis="6/1 6/2",
            beyond=(BOTH_PARENTS,),
            words=("Lever l'opposition", "L'opposition est levée."),
            facts=(OBJECTION_LIFTED_BY,),
            guard="Une opposition est enregistrée.",
            needs=(OBJECTED,),
            renews=(OBJECTED,),
            readings=(OTHER_PARENT,),
        )
        for state in _PREPARED.split()
    ),
)
OBJECTION_BLOCKS = tuple(
    block(RDID, act, "open", _WHY, "6/1", beyond=(BOTH_PARENTS,), after=(OBJECTED,))
    for act in ("document_ordered", *AGREED)
)
