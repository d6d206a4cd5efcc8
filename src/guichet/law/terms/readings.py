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
)
APPEAL_COUNTING = Interpretation(
    8,
    "appeal-counting",
    (COUNTING, *SUSPENSION.values()),
    doubt="Le report d'un dernier jour férié peut tomber dans une période de suspension.",
    reading="le dernier jour non ouvrable est reporté au jour ouvrable suivant, même pendant une suspension.",
)
