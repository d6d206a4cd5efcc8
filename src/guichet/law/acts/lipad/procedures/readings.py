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
)
INSTANCE_POSITION = Interpretation(
    41,
    "position-of-the-instance",
    LIPAD.refs("56/5"),
    doubt="L'art. 56 al. 5 assimile la prise de position à une décision sans dire le délai de recours.",
    reading="le délai de recours du préposé cantonal est celui des décisions finales, 30 jours dès la notification.",
)
READINGS = (PUBLISHER_SILENCE, INSTANCE_POSITION)
