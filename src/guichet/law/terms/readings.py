"""Readings on which the counting of days rests, whatever the text that fixes the period."""

from __future__ import annotations

from guichet.law.kernel.calendar import HOLIDAYS
from guichet.law.kernel.clocks import COUNTING, SUSPENSION
from guichet.law.kernel.interpretations import Interpretation

WORKING_DAYS = Interpretation(
    1,
    "working-days",
    (HOLIDAYS,),
    doubt="Aucun texte genevois trouvé ne définit les jours ouvrables.",
    reading="les jours ouvrables vont du lundi au vendredi, sans les neuf jours fériés légaux du canton.",
    considered=(
        "Du lundi au vendredi, sans les neuf jours fériés légaux du canton.",
        "Du lundi au samedi : La Poste distribue le courrier A le samedi.",
        "Sans compter non plus les jours chômés par usage (2 janvier, 1er mai, 26 décembre).",
    ),
    reason=(
        "Le droit fédéral assimile le samedi à un jour férié pour ses délais légaux, et l'administration "
        "ne travaille pas ce jour-là. Le délai est indicatif : l'erreur possible est d'un jour ou deux."
    ),
)
APPEAL_COUNTING = Interpretation(
    8,
    "appeal-counting",
    (COUNTING, *SUSPENSION.values()),
    doubt="Le report d'un dernier jour férié peut tomber dans une période de suspension.",
    reading="le dernier jour non ouvrable est reporté au jour ouvrable suivant, même pendant une suspension.",
    considered=(
        "Le dernier jour est reporté au jour ouvrable suivant, quel qu'il soit.",
        "Il est reporté au premier jour ouvrable après la suspension.",
    ),
    reason=("La date la plus proche est la plus sûre pour qui recourt ; la réponse donne l'autre en réserve."),
)
