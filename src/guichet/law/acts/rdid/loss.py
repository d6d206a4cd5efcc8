"""The procedure of a declaration of theft, loss or destruction (`rdid.loss`), to the document made unusable (art. 10)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.readings import DESTRUCTION, LOSS_FEE
from guichet.law.acts.rdid.vocabulary import KIND_OF_LOSS, LOST_DOCUMENT
from guichet.law.kernel.procedures import Gate, Procedure, block, line

STATES = {
    "draft": "Brouillon",
    "declared": "Annoncée à la police",
    "recorded": "Enregistrée par la police",
    "invalid": "Document invalidé",
    "recovered": "Document retrouvé, à rendre inutilisable",
    "destroyed": "Document rendu inutilisable",
    "dropped": "Brouillon abandonné",
}

_act = partial(line, RDID)
TRANSITIONS = (
    _act(
        "loss_declared",
        "draft > declared",
        who="applicant police",
        basis="10/1",
        words=("Annoncer à la police", "Le vol, la perte ou la destruction a été annoncé à la police."),
        facts=(KIND_OF_LOSS, LOST_DOCUMENT),
    ),
    _act(
        "draft_abandoned",
        "draft > dropped",
        who="applicant",
        basis="10/1",
        words=("Abandonner le brouillon", "Le brouillon a été abandonné ; ce qui y était saisi est effacé."),
    ),
    _act(
        "draft_lapsed",
        "draft > dropped",
        who="system",
        basis="10/1",
        words=("Clore un brouillon oublié", "Le brouillon, oublié, a été clos ; ce qui y était saisi est effacé."),
    ),
    _act(
        "declaration_recorded",
        "declared > recorded",
        who="police",
        basis="2/5",
        words=("Enregistrer la déclaration", "La police a enregistré la déclaration."),
    ),
    *(
        _act(
            act,
            f"{state} > {state}",
            who="police",
            basis=basis,
            words=words,
            guard="L'émolument de la déclaration n'est ni payé ni remis.",
            unless=("fee_paid", "fee_exempted"),
            readings=readings,
        )
        for state in ("recorded", "invalid")
        for act, basis, words, readings in (
            (
                "fee_paid",
                "11/1",
                ("Encaisser l'émolument", "L'émolument de la déclaration a été payé."),
                (LOSS_FEE,),
            ),
            ("fee_exempted", "12/1", ("Exonérer de l'émolument", "La personne a été exonérée de l'émolument."), ()),
        )
    ),
    *(
        _act(
            "certificate_issued",
            f"{state} > {state}",
            who="police",
            basis="10/2",
            words=("Délivrer l'attestation", "La police a délivré l'attestation de perte ou de vol."),
            readings=(DESTRUCTION,),
        )
        for state in ("recorded", "invalid")
    ),
    _act(
        "document_invalidated",
        "recorded > invalid",
        who="police centre system",
        basis="10/3",
        words=("Invalider le document", "Le document n'est plus valable."),
    ),
    _act(
        "document_recovered",
        "invalid > recovered",
        who="police commune centre",
        basis="10/3",
        words=("Enregistrer un document retrouvé", "Le document a été retrouvé ; il n'est pas rendu."),
    ),
    _act(
        "document_destroyed",
        "recovered > destroyed",
        who="centre",
        basis="10/3",
        words=("Rendre le document inutilisable", "Le centre a rendu le document inutilisable."),
    ),
)
_block = partial(block, RDID)
BLOCKS = (
    _block(
        "certificate_issued",
        "draft declared",
        "La police atteste ce qu'elle a enregistré.",
        "2/5 10/2",
    ),
    _block(
        "document_returned",
        "recorded invalid recovered destroyed",
        "Un document retrouvé n'est pas rendu à la personne.",
        "10/3",
    ),
    _block(
        "document_revalidated",
        "invalid recovered destroyed",
        "Un document volé, perdu ou détruit ne redevient jamais valable.",
        "10/3",
    ),
)

LOSS = Procedure(
    name="rdid.loss",
    title="Déclarer un document volé, perdu ou détruit",
    text="RDId",
    initial="draft",
    finals=frozenset({"invalid", "destroyed", "dropped"}),
    states=STATES,
    transitions=TRANSITIONS,
    blocks=BLOCKS,
    gates=(
        Gate(to="certificate_issued", after=("declaration_recorded",)),
        Gate(to="document_recovered", after=("document_invalidated",)),
        Gate(to="destroyed", after=("document_recovered",)),
    ),
)
