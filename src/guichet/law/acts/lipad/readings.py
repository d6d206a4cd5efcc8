"""Readings chosen where titles I, II and V leave a doubt (files in ``docs/interpretations``)."""

from __future__ import annotations

from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.clocks import COUNTING, SUSPENSION
from guichet.law.kernel.interpretations import Interpretation

LIPAD_PERIODS = Interpretation(
    20,
    "lipad-periods",
    (*LIPAD.refs("30/2", "30/5", "34/1", "49/6", "61/2"), COUNTING, *SUSPENSION.values()),
    doubt="La LIPAD ne dit ni comment se comptent ses délais, ni si les suspensions de la LPA s'y appliquent.",
    reading="les délais de la LIPAD se comptent selon l'art. 17 LPA, sans suspension, sauf si on demande l'autre lecture.",
)
UNUSED_WINDOW = Interpretation(
    21,
    "unused-mediation-window",
    LIPAD.refs("28/5", "28/6", "30/2", "60/1"),
    doubt="La LIPAD ne dit pas ce qui suit un délai de l'art. 30 al. 2 que personne n'a utilisé.",
    reading="sans requête dans le délai, l'institution agit comme elle l'a annoncé ; elle ne rend pas de décision.",
)
LATE_MEDIATION = Interpretation(
    22,
    "late-mediation-request",
    LIPAD.refs("30/1", "30/2"),
    doubt="La LIPAD ne dit pas ce que vaut une requête de médiation reçue après le délai.",
    reading="une requête tardive est notée comme telle et le préposé cantonal juge de la suite.",
)
RELEASE_DAY = Interpretation(
    23,
    "release-day",
    LIPAD.refs("28/5", "30/2"),
    doubt="La LIPAD ne dit pas dès quel jour un document peut être remis malgré une opposition.",
    reading="la remise est possible dès le lendemain du dernier jour pour saisir le préposé cantonal.",
)
PUBLICITY_WITHDRAWN = Interpretation(
    24,
    "publicity-withdrawn",
    LIPAD.refs("5/1", "17/4"),
    doubt="L'art. 17 al. 4 permet de supprimer la publicité d'une séance sans nommer le huis clos.",
    reading="une assemblée qui supprime la publicité siège en séance non publique, et non à huis clos.",
)
WRITTEN_NOTICE = Interpretation(
    25,
    "written-notice",
    LIPAD.refs("30/2", "30/5", "49/6"),
    doubt="La LIPAD ne dit pas si ses délais courent dès l'envoi ou dès la réception de l'écrit qui les ouvre.",
    reading="un délai ouvert par un écrit court dès le jour où son destinataire le reçoit.",
)
PUBLISHER_HOURS = Interpretation(
    26,
    "publisher-hours",
    LIPAD.refs("34/2"),
    doubt="L'art. 34 al. 2 ne dit pas si les 48 heures courent aussi les jours fériés.",
    reading="les 48 heures courent sans interruption, en heures réelles, dès l'instant où l'éditeur reçoit la requête.",
)
READINGS = (
    LIPAD_PERIODS,
    UNUSED_WINDOW,
    LATE_MEDIATION,
    RELEASE_DAY,
    PUBLICITY_WITHDRAWN,
    WRITTEN_NOTICE,
    PUBLISHER_HOURS,
)
