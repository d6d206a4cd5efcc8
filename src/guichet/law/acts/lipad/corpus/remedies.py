"""Title V, articles 60 to 64: remedies and sanctions."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, ORGANISATION, TEXT_ONLY = Standing.CODED, Standing.ORGANISATION, Standing.TEXT_ONLY
_FINE = "Ligne de la question lipad.sanctioning_authority."

_REMEDIES = (
    Provision("60", "Objet du recours", amendments=(4,)),
    Provision(
        "60/1",
        "Sur l'accès aux documents, on ne recourt que contre la décision qui suit la recommandation du préposé, la "
        "médiation ayant échoué ; ce que l'institution dit ou fait d'autre n'est pas une décision.",
        CODED,
        "La question lipad.appeal le dit ; une lettre ne porte une voie de recours que s'il y en a une.",
    ),
    Provision(
        "60/2",
        "Quand la Cour de justice décide de ses propres documents, le recours va à la Cour d'appel du pouvoir judiciaire.",
        CODED,
        "La question lipad.appeal nomme la juridiction.",
    ),
    Provision("61", "Action en rectification", amendments=(2,)),
    Provision(
        "61/1",
        "La chambre administrative de la Cour de justice tranche les litiges de rectification ; la Cour d'appel du pouvoir "
        "judiciaire, quand la rectification est demandée pour cette chambre.",
        CODED,
        "La juridiction est nommée au dossier de rectification.",
        amendments=(4,),
    ),
    Provision(
        "61/2",
        "L'action, écrite, motivée et avec conclusions, est à introduire dans les 10 jours dès la réponse de l'éditeur ou "
        "le fait qui fonde l'intérêt à agir.",
        CODED,
        "La question lipad.rectification_action donne le dernier jour.",
        figures=("10",),
    ),
    Provision(
        "61/3",
        "La loi sur la procédure administrative s'applique par analogie ; le préposé peut être entendu.",
        TEXT_ONLY,
        "Procédure devant la juridiction : rien à calculer.",
    ),
    Provision(
        "62",
        "Le préposé peut recourir contre une décision fondée sur le titre III.",
        CODED,
        "Un acte du préposé, dans la procédure lipad.claim.",
        amendments=(2,),
    ),
    Provision(
        "63",
        "La juridiction voit les documents et données en cause ; elle les garde strictement confidentiels envers tous "
        "tant qu'un jugement définitif et exécutoire n'en a pas ouvert l'accès.",
        CODED,
        "Un dossier scellé pour la juridiction, que les parties ne voient pas.",
        amendments=(2,),
    ),
)
_SANCTIONS = (
    Provision("64", "Sanctions", amendments=(2,)),
    Provision(
        "64/1",
        "Dans une institution, traiter des données pour autre chose que ses tâches légales expose à l'amende, les peines "
        "fédérales plus lourdes réservées.",
        ORGANISATION,
        "Le journal des lectures montre les consultations sans dossier.",
    ),
    Provision(
        "64/2",
        "L'article 357 du code de procédure pénale s'applique.",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
        amendments=(5,),
    ),
    Provision(
        "64/3",
        "Huit lettres disent qui prononce l'amende.",
        CODED,
        "La question lipad.sanctioning_authority nomme l'autorité et la lettre.",
    ),
    Provision("64/3/a", "Pouvoir législatif : le bureau du Grand Conseil.", CODED, _FINE),
    Provision("64/3/b", "Pouvoir judiciaire : sa commission de gestion.", CODED, _FINE),
    Provision(
        "64/3/c",
        "Reste de l'administration cantonale : la tête du département au moment de l'amende ; chancellerie d'Etat : le "
        "chancelier.",
        CODED,
        _FINE,
    ),
    Provision("64/3/d", "Commune : son exécutif.", CODED, _FINE),
    Provision(
        "64/3/e", "Établissement public autonome : sa plus haute direction ; université : le rectorat.", CODED, _FINE
    ),
    Provision("64/3/f", "HES-SO Genève : son conseil de direction.", CODED, _FINE, amendments=(7,)),
    Provision("64/3/g", "Fondation de droit public : son conseil de fondation.", CODED, _FINE, amendments=(7,)),
    Provision("64/3/h", "Toute autre entité : le Conseil d'Etat.", CODED, _FINE, amendments=(7,)),
    Provision(
        "64/4",
        "S'y ajoutent les sanctions disciplinaires du statut de chacun.",
        TEXT_ONLY,
        "Renvoi au statut du personnel : rien à calculer.",
    ),
)
PROVISIONS: tuple[Provision, ...] = (*_REMEDIES, *_SANCTIONS)
