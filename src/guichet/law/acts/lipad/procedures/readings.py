"""Readings that only the procedures of LIPAD rest on (files in ``docs/interpretations``)."""

from __future__ import annotations

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.interpretations import Interpretation

PUBLISHER_SILENCE = Interpretation(
    40,
    "publisher-silence",
    LIPAD.refs("34/2", "61/2"),
    doubt="L'art. 61 al. 2 ne dit pas de quel jour court le délai d'action quand l'éditeur ne répond pas.",
    reading="l'institution constate le défaut de l'éditeur, et le délai d'action court dès le jour de ce constat.",
    considered=(
        "Le délai court dès la fin des 48 heures.",
        "Il court dès le jour où l'institution constate le défaut.",
        "Il ne court pas sans réponse.",
    ),
    reason=(
        "L'alinéa admet toute autre circonstance qui fonde un intérêt digne de protection : le constat en"
        " est une, datée. Agir dans les 10 jours dès la fin des 48 heures respecte les trois lectures."
    ),
)
INSTANCE_POSITION = Interpretation(
    41,
    "position-of-the-instance",
    LIPAD.refs("56/5"),
    doubt="L'art. 56 al. 5 assimile la prise de position à une décision sans dire le délai de recours.",
    reading="le délai de recours du préposé cantonal est celui des décisions finales, 30 jours dès la notification.",
    considered=(
        "30 jours, comme contre une décision finale (art. 62 al. 1 let. a LPA).",
        "10 jours, comme contre une autre décision (art. 62 al. 1 let. b LPA).",
    ),
    reason=(
        "La prise de position termine l'affaire devant l'institution. Recourir dans les 10 jours respecte"
        " les deux lectures."
    ),
)
READINGS = (PUBLISHER_SILENCE, INSTANCE_POSITION)
