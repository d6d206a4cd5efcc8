"""The acts that put an application together, in whatever order the counter takes them (art. 3 to 8, 10 al. 2, 11, 12)."""

from __future__ import annotations

from functools import partial

from guichet.law.acts.rdid.corpus import RDID
from guichet.law.acts.rdid.federal import AGE_DAY, DISPENSATION, EXCHANGE, FEE_DAY, ldi
from guichet.law.acts.rdid.lodging import Reason
from guichet.law.acts.rdid.objection import AGREED, OBJECTED, OBJECTION
from guichet.law.acts.rdid.readings import BIOMETRIC_DATA, COUNTER_DAY, DESTRUCTION
from guichet.law.acts.rdid.vocabulary import (
    APART,
    APPEARED_ON,
    COUNTER,
    EXPECTED_BY,
    GONE,
    GROUND_OF_DISPENSATION,
    GROUND_OF_EXCHANGE,
    PARENTS_FACT,
    REASON,
    REPLACED,
    REQUEST,
    UNITED,
)
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.procedures import line

APPEARED = "appearance_recorded|appearance_dispensed"
OF_AGE_OR_AGREED = "majority_recorded|parental_agreement_given|legalised_authorisation_received"
SETTLED = "fee_paid|fee_exempted"
DATA = "photo_accepted|biometrics_captured"
READY = (APPEARED, OF_AGE_OR_AGREED, DATA, "form_signed", SETTLED)
FURTHER = Clock(
    name="further_document",
    title="Document complémentaire à produire",
    length=0,
    unit=Unit.DAYS,
    basis=RDID.refs("3/3"),
    moves=False,
    indicative=True,
    fact=EXPECTED_BY.name,
)
# The consent of whoever represents an adult under a curatorship of general scope (LDI 5).
REPRESENTED = "representation_recorded"
MINOR = "La personne est mineure au jour de sa présentation."

_act = partial(line, RDID)
_record = partial(_act, path="open > open")
LODGING = (
    *(
        _act(
            "application_lodged",
            f"draft > {target}",
            who=f"applicant {COUNTER}",
            basis=basis,
            words=("Déposer la demande", "La demande a été déposée auprès de l'autorité compétente."),
            facts=(REQUEST, REASON),
            when={"reason": reasons},
        )
        for target, reasons, basis in (
            ("open", (Reason.FIRST,), "1 2"),
            ("old_document_due", REPLACED, "1 2 7 8/1"),
            ("certificate_due", GONE, "1 2 10/2"),
        )
    ),
    *(
        _act(
            act,
            "draft > dropped",
            who=who,
            basis="3/1",
            words=words,
        )
        for act, who, words in (
            (
                "draft_abandoned",
                "applicant",
                ("Abandonner le brouillon", "Le brouillon a été abandonné ; ce qui y était saisi est effacé."),
            ),
            (
                "draft_lapsed",
                "system",
                ("Clore un brouillon oublié", "Le brouillon, oublié, a été clos ; ce qui y était saisi est effacé."),
            ),
        )
    ),
    _act(
        "old_document_cancelled",
        "old_document_due > open",
        who=COUNTER,
        basis="8/1",
        words=("Annuler l'ancien document", "L'ancien document a été remis et annulé."),
    ),
    _act(
        "exchange_arranged",
        "old_document_due > open",
        who=COUNTER,
        basis="8/1",
        beyond=(EXCHANGE,),
        words=("Convenir d'un échange", "L'ancien document, encore nécessaire, sera échangé contre le nouveau."),
        facts=(GROUND_OF_EXCHANGE,),
    ),
    _act(
        "police_certificate_received",
        "certificate_due old_document_due > open",
        who=f"{COUNTER} police system",
        basis="10/2",
        words=("Enregistrer l'attestation de police", "L'attestation de perte ou de vol a été produite."),
        guard="L'attestation vient d'une police suisse, ou la déclaration est enregistrée ici.",
        readings=(DESTRUCTION,),
    ),
)
PRESENCE = (
    _record(
        "appearance_recorded",
        who=COUNTER,
        basis="3/1",
        words=("Enregistrer la présence", "La personne s'est présentée en personne."),
        facts=(APPEARED_ON,),
        guard="Une seule fois par demande.",
        unless=("appearance_recorded", "appearance_dispensed"),
    ),
    _record(
        "appearance_dispensed",
        who=COUNTER,
        basis="3/1",
        beyond=(DISPENSATION,),
        words=("Dispenser de se présenter", "La personne a été dispensée de se présenter."),
        facts=(GROUND_OF_DISPENSATION,),
        guard="L'identité est certaine et les données s'obtiennent autrement.",
        unless=("appearance_recorded", "appearance_dispensed"),
    ),
    *(
        _record(
            act,
            who=f"{COUNTER} system",
            basis="6/1 11/1",
            beyond=(AGE_DAY,),
            words=words,
            guard="L'âge est celui du jour de la présentation, ou de la dispense.",
            needs=(APPEARED,),
            unless=("majority_recorded", "minority_recorded"),
            # Nobody's agreement is asked for an adult: an objection ends with the minority.
            renews=(OBJECTED,) if act == "majority_recorded" else (),
            readings=(COUNTER_DAY,),
        )
        for act, words in (
            ("majority_recorded", ("Constater la majorité", "La personne est adulte.")),
            ("minority_recorded", ("Constater la minorité", "La personne est mineure.")),
        )
    ),
)
AGREEMENT = (
    *(
        _record(
            act,
            who=who,
            basis="6/1" if parents is UNITED else "6/1 6/2",
            words=words,
            facts=(PARENTS_FACT,),
            when={"parents": parents},
            guard=MINOR if parents is UNITED else f"{MINOR} Le jugement sur l'autorité parentale est produit.",
            needs=("minority_recorded",) if parents is UNITED else ("minority_recorded", "custody_judgment_received"),
            unless=(*AGREED, OBJECTED),
        )
        for parents in (UNITED, APART)
        for act, who, words in (
            (
                "parental_agreement_given",
                f"parental_authority_holder {COUNTER}",
                (
                    "Recueillir l'accord parental",
                    "L'accord du détenteur de l'autorité parentale a été signé au guichet.",
                ),
            ),
            (
                "legalised_authorisation_received",
                COUNTER,
                ("Enregistrer l'autorisation légalisée", "Une autorisation écrite et légalisée a été produite."),
            ),
        )
    ),
    _record(
        "custody_judgment_received",
        who=COUNTER,
        basis="6/2",
        words=("Enregistrer le jugement", "Le jugement sur l'autorité parentale a été produit."),
        guard=MINOR,
        needs=("minority_recorded",),
    ),
)
REPRESENTATION = (
    _record(
        REPRESENTED,
        who=COUNTER,
        basis="3/1",
        beyond=(ldi("5"),),
        words=(
            "Enregistrer la représentation",
            "Qui représente la personne a été vérifié, et son accord s'il en faut un.",
        ),
        guard="La demande est faite pour une personne protégée, adulte au jour de sa présentation.",
        needs=("majority_recorded",),
        unless=(REPRESENTED,),
    ),
)
PIECES = (
    _record(
        "photo_accepted",
        who=COUNTER,
        basis="3/2",
        words=("Accepter la photographie", "La photographie a été acceptée."),
        guard="La demande porte sur une carte d'identité.",
        readings=(BIOMETRIC_DATA,),
    ),
    _record(
        "biometrics_captured",
        who="centre airport_unit",
        basis="3/2",
        words=("Saisir les données biométriques", "Les données biométriques ont été saisies."),
        guard="La demande porte sur un passeport.",
        readings=(BIOMETRIC_DATA,),
    ),
    _record(
        "form_signed",
        who="applicant",
        basis="5",
        words=("Signer la formule", "La formule est signée ; l'adresse de livraison ne change plus."),
    ),
    _act(
        "further_document_requested",
        "open > stopped",
        who=COUNTER,
        basis="3/3",
        words=("Demander un document complémentaire", "Un document de l'état civil a été demandé."),
        facts=(EXPECTED_BY,),
        opens=(FURTHER,),
    ),
    _act(
        "further_document_received",
        "stopped > open",
        who=COUNTER,
        basis="3/3",
        words=("Enregistrer le document complémentaire", "Le document demandé a été produit."),
        closes=(FURTHER.name,),
    ),
)
FEE = (
    _record(
        "fee_paid",
        who=f"{COUNTER} provider",
        basis="11/1",
        beyond=(FEE_DAY,),
        words=("Encaisser l'émolument", "L'émolument a été payé."),
        guard="L'émolument n'est ni payé ni remis.",
        unless=("fee_paid", "fee_exempted"),
    ),
    _record(
        "fee_exempted",
        who=COUNTER,
        basis="12/1",
        words=("Exonérer de l'émolument", "La personne a été exonérée de l'émolument."),
        guard="L'indigence est justifiée et rien n'a été payé.",
        unless=("fee_paid", "fee_exempted"),
    ),
)
PREPARATION = (*LODGING, *PRESENCE, *AGREEMENT, *OBJECTION, *REPRESENTATION, *PIECES, *FEE)
