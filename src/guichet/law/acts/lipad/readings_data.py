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
)
EXPLICIT_RIGHT = Interpretation(
    31,
    "lipad-explicit-right",
    LIPAD.refs("39/2", "39/5"),
    doubt="La réserve d'un droit déjà donné par une règle expresse peut porter sur l'avis seul ou aussi sur la vérification.",
    reading="un droit expressément donné dispense d'aviser le responsable, non de remplir les conditions.",
)
NOT_CONSULTED = Interpretation(
    32,
    "lipad-persons-not-consulted",
    LIPAD.refs("39/10"),
    doubt="Renoncer à une consultation disproportionnée n'est pas la même chose que ne pas avoir pu recueillir un avis.",
    reading="sans consultation parce qu'elle serait disproportionnée, le préavis du préposé cantonal est demandé.",
)
DECISION_TOLD = Interpretation(
    33,
    "lipad-decision-told",
    LIPAD.refs("39/11"),
    doubt="L'alinéa 11 suppose une décision et des personnes consultées, qui n'existent que dans le cas de la lettre b.",
    reading="toute décision sur une communication à une personne privée est communiquée, au moins aux parties.",
)
DEFERRAL_START = Interpretation(
    34,
    "lipad-deferral-start",
    LIPAD.refs("40/2"),
    doubt="La loi ne dit pas de quel jour partent les deux ans, ni si leur fin se reporte à un jour ouvrable.",
    reading="les deux ans partent du jour où les données ne sont plus nécessaires et leur fin ne se reporte pas.",
)
FOOTAGE_END = Interpretation(
    35,
    "lipad-footage-end",
    LIPAD.refs("42/2"),
    doubt="La loi ne dit pas si la durée de conservation d'un enregistrement se reporte à un jour ouvrable.",
    reading="7 jours et 3 mois partent du jour de l'enregistrement à Genève et leur fin ne se reporte pas.",
)
TERMS_FOLLOW = Interpretation(
    36,
    "lipad-terms-follow",
    LIPAD.refs("53/1", "68/6", "68/7"),
    doubt="La loi ne date ni le début de la deuxième période de fonction ni les périodes suivantes.",
    reading="les périodes de fonction se suivent sans intervalle, chacune de 5 ans sauf celles que l'article 68 a datées.",
)
EXPERIMENT_START = Interpretation(
    37,
    "lipad-experiment-start",
    LIPAD.refs("69/7"),
    doubt="L'article 69 dit valoir depuis une loi de juin 2008, mais n'est lui-même en vigueur que depuis novembre 2010.",
    reading="la dérogation n'est appliquée qu'à partir de son entrée en vigueur.",
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
