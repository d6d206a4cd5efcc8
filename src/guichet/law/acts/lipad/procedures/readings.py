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
UNREACHED_PERSONS = Interpretation(
    41,
    "persons-not-consulted",
    LIPAD.refs("39/10"),
    doubt="L'art. 39 al. 10 ne dit pas si le préavis est demandé quand la consultation serait disproportionnée.",
    reading="le préavis du préposé cantonal est demandé chaque fois qu'une personne concernée ne s'est pas déterminée.",
)
INSTANCE_POSITION = Interpretation(
    42,
    "position-of-the-instance",
    LIPAD.refs("56/5"),
    doubt="L'art. 56 al. 5 assimile la prise de position à une décision sans dire le délai de recours.",
    reading="le délai de recours du préposé cantonal est celui des décisions finales, 30 jours dès la notification.",
)
READINGS = (PUBLISHER_SILENCE, UNREACHED_PERSONS, INSTANCE_POSITION)
