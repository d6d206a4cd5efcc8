"""Readings chosen where titles III to VI of LIPAD leave a doubt (files in ``docs/interpretations``)."""

from __future__ import annotations

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.interpretations import Interpretation

CONSENT_AND_LAW = Interpretation(
    30,
    "lipad-consent-and-law",
    LIPAD.refs("35/2"),
    doubt="La phrase sur les données sensibles ne dit pas si le consentement remplace aussi la loi qui définit la tâche.",
    reading="le consentement remplace le caractère absolument indispensable du traitement, non la loi qui définit la tâche.",
    considered=(
        (
            "Il faut toujours une loi qui définisse clairement la tâche ; le consentement permet alors de se "
            "contenter d'un traitement nécessaire, au lieu d'absolument indispensable."
        ),
        "Le consentement suffit, avec la nécessité, sans loi qui définisse la tâche.",
    ),
    reason=(
        "Les deux branches de l'alternative parlent du même traitement et le comparent par son degré de "
        "nécessité ; la condition d'une loi est posée avant elles. C'est aussi la lecture la plus "
        "protectrice. La réponse « non » donnée sans cette loi à qui a le consentement porte la réserve : "
        "l'autre lecture dirait oui."
    ),
)
EXPLICIT_RIGHT = Interpretation(
    31,
    "lipad-explicit-right",
    LIPAD.refs("39/2", "39/5"),
    doubt="La réserve d'un droit déjà donné par une règle expresse peut porter sur l'avis seul ou aussi sur la vérification.",
    reading="un droit expressément donné dispense d'aviser le responsable, non de remplir les conditions.",
    considered=(
        "La réserve ne touche que l'avis au responsable ; les conditions de l'alinéa restent à remplir.",
        "Elle touche aussi la vérification : la règle expresse tient lieu de conditions.",
    ),
    reason=(
        "La réserve suit l'avis dans la phrase, et rien ne dit qu'une règle expresse écarte l'interdiction "
        "que poserait une autre loi."
    ),
)
NOT_CONSULTED = Interpretation(
    32,
    "lipad-persons-not-consulted",
    LIPAD.refs("39/10"),
    doubt="Renoncer à une consultation disproportionnée n'est pas la même chose que ne pas avoir pu recueillir un avis.",
    reading="sans consultation parce qu'elle serait disproportionnée, le préavis du préposé cantonal est demandé.",
    considered=(
        "Sans consultation, la détermination des personnes n'a pas pu être recueillie : le préavis est demandé.",
        (
            "Une consultation à laquelle on renonce n'appelle rien d'autre : le préavis ne remplace que des "
            "réponses manquantes."
        ),
    ),
    reason=("Le préavis est la seule protection qui reste à des personnes qu'on ne consulte pas."),
)
DECISION_TOLD = Interpretation(
    33,
    "lipad-decision-told",
    LIPAD.refs("39/11"),
    doubt="L'alinéa 11 suppose une décision et des personnes consultées, qui n'existent que dans le cas de la lettre b.",
    reading="toute décision sur une communication à une personne privée est communiquée, au moins aux parties.",
    considered=(
        "L'alinéa vaut pour toute communication à une personne privée.",
        "Il ne vaut que pour le cas de la lettre b, seul à connaître des personnes consultées.",
    ),
    reason=(
        "L'alinéa ne se limite pas à la lettre b, et qui demande est toujours partie. Une communication "
        "refusée n'a pas de devoirs : la réponse n'en liste aucun, mais le refus se communique comme toute "
        "décision."
    ),
)
DEFERRAL_START = Interpretation(
    34,
    "lipad-deferral-start",
    LIPAD.refs("40/2"),
    doubt="La loi ne dit pas de quel jour partent les deux ans, ni si leur fin se reporte à un jour ouvrable.",
    reading="les deux ans partent du jour où les données ne sont plus nécessaires et leur fin ne se reporte pas.",
    considered=(
        "Du jour où les données ne sont plus nécessaires aux tâches légales.",
        "Du jour de la décision de différer.",
        "Avec report au jour ouvrable suivant, comme un délai de procédure.",
    ),
    reason=(
        "Le devoir de détruire naît le jour où les données ne sont plus nécessaires ; une décision plus "
        "tardive ne l'allonge pas. Un maximum de conservation protège la personne : il ne se reporte pas."
    ),
)
FOOTAGE_END = Interpretation(
    35,
    "lipad-footage-end",
    LIPAD.refs("42/2"),
    doubt="La loi ne dit pas si la durée de conservation d'un enregistrement se reporte à un jour ouvrable.",
    reading="7 jours et 3 mois partent du jour de l'enregistrement à Genève et leur fin ne se reporte pas.",
    considered=(
        (
            "La fin tombe le 7e jour après celui de l'enregistrement, ou le même quantième trois mois plus "
            "tard, quel que soit ce jour."
        ),
        "Elle se reporte au jour ouvrable suivant.",
        "7 jours sont 168 heures depuis l'enregistrement.",
    ),
    reason=(
        "Un maximum de conservation n'est pas un délai pour agir : les systèmes effacent d'eux-mêmes un "
        "dimanche. La loi compte en jours et en mois, non en heures."
    ),
)
TERMS_FOLLOW = Interpretation(
    36,
    "lipad-terms-follow",
    LIPAD.refs("53/1", "68/6", "68/7"),
    doubt="La loi ne date ni le début de la deuxième période de fonction ni les périodes suivantes.",
    reading="les périodes de fonction se suivent sans intervalle, chacune de 5 ans sauf celles que l'article 68 a datées.",
    considered=(
        (
            "Chaque période commence le lendemain de la fin de la précédente et dure 5 ans, sauf les deux que "
            "l'article 68 a datées."
        ),
        "Chaque période commence à l'élection ou à l'entrée en fonction.",
    ),
    reason=(
        "L'article 68 prolonge la deuxième période sans dire quand elle commence : elle suit la première. "
        "Avant le 30 juin 2018, jour de la prolongation, la deuxième durait 5 ans comme les autres. La "
        "période du 1er décembre 2023 au 30 novembre 2028 est celle qu'annonce le préposé cantonal."
    ),
)
EXPERIMENT_START = Interpretation(
    37,
    "lipad-experiment-start",
    LIPAD.refs("69/7"),
    doubt="L'article 69 dit valoir depuis une loi de juin 2008, mais n'est lui-même en vigueur que depuis novembre 2010.",
    reading="la dérogation n'est appliquée qu'à partir de son entrée en vigueur.",
    considered=(
        "La dérogation vaut depuis l'entrée en vigueur de l'article, le 23 novembre 2010.",
        "Elle vaut aussi, après coup, depuis la loi d'investissement du 26 juin 2008.",
    ),
    reason=(
        "Une dérogation qui restreint la protection des personnes n'est pas appliquée à des jours où "
        "personne ne pouvait la connaître. Entre juin 2008 et novembre 2010, la réponse est « pas en "
        "vigueur », avec cette réserve."
    ),
)
READINGS = (
    CONSENT_AND_LAW,
    EXPLICIT_RIGHT,
    NOT_CONSULTED,
    DECISION_TOLD,
    DEFERRAL_START,
    FOOTAGE_END,
    TERMS_FOLLOW,
    EXPERIMENT_START,
)
