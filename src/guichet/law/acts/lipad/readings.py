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
    considered=(
        "Les délais se comptent selon l'art. 17 LPA, sans suspension.",
        "Ils se comptent selon l'art. 17 LPA et les suspensions de l'art. 63 LPA s'y appliquent.",
        "Ils se comptent en jours civils, sans report d'un dernier jour férié.",
    ),
    reason=(
        "Aucune décision trouvée n'applique les suspensions à ces délais, qui mènent à une médiation et "
        "non à un recours ; l'art. 61 al. 3 n'applique la LPA que par analogie, à l'action en "
        "rectification. La date sans suspension est la plus proche : la plus sûre pour qui doit agir. Une"
        " entrée `suspension` demande l'autre lecture, et la réponse nomme toujours l'autre date quand "
        "elle diffère. Les délais de l'art. 34 al. 1, adressés à un éditeur, ne sont jamais suspendus."
    ),
)
UNUSED_WINDOW = Interpretation(
    21,
    "unused-mediation-window",
    LIPAD.refs("28/5", "28/6", "30/2", "60/1"),
    doubt="La LIPAD ne dit pas ce qui suit un délai de l'art. 30 al. 2 que personne n'a utilisé.",
    reading="sans requête dans le délai, l'institution agit comme elle l'a annoncé ; elle ne rend pas de décision.",
    considered=(
        "L'institution agit comme elle l'a annoncé : elle remet le document ou s'en tient à son refus, sans décision.",
        "Elle rend alors une décision sujette à recours.",
    ),
    reason=(
        "L'art. 60 al. 1 ne connaît de décision qu'après la recommandation ; l'intention confirmée n'en "
        "est pas une. Rien n'empêche le requérant de présenter une nouvelle demande."
    ),
)
LATE_MEDIATION = Interpretation(
    22,
    "late-mediation-request",
    LIPAD.refs("30/1", "30/2"),
    doubt="La LIPAD ne dit pas ce que vaut une requête de médiation reçue après le délai.",
    reading="une requête tardive est notée comme telle et le préposé cantonal juge de la suite.",
    considered=(
        "La requête tardive est irrecevable de plein droit.",
        "Elle est notée comme tardive et laissée au préposé cantonal.",
    ),
    reason=(
        "La médiation est informelle et l'art. 30 n'attache pas de sanction au délai. Le logiciel compte "
        "les jours ; il n'écarte personne."
    ),
)
RELEASE_DAY = Interpretation(
    23,
    "release-day",
    LIPAD.refs("28/5", "30/2"),
    doubt="La LIPAD ne dit pas dès quel jour un document peut être remis malgré une opposition.",
    reading="la remise est possible dès le lendemain du dernier jour pour saisir le préposé cantonal.",
    considered=(
        "Dès le lendemain du dernier jour pour saisir le préposé cantonal, même un jour férié.",
        "Dès le premier jour ouvrable qui suit.",
        "Dès le lendemain du dernier jour compté avec les suspensions de l'art. 63 LPA.",
    ),
    reason=(
        "Le dernier jour appartient encore à qui s'oppose. La réponse nomme la date de la lecture c quand"
        " elle diffère : une remise ne se reprend pas, la date la plus lointaine est ici la plus sûre."
    ),
)
PUBLICITY_WITHDRAWN = Interpretation(
    24,
    "publicity-withdrawn",
    LIPAD.refs("5/1", "17/4"),
    doubt="L'art. 17 al. 4 permet de supprimer la publicité d'une séance sans nommer le huis clos.",
    reading="une assemblée qui supprime la publicité siège en séance non publique, et non à huis clos.",
    considered=(
        "La séance devient non publique : des tiers peuvent y être admis (art. 6) et l'accès aux documents demeure.",
        "La séance a lieu à huis clos : délibérations et votes sont secrets (art. 7).",
    ),
    reason=(
        "Le huis clos n'existe que là où la loi le nomme (art. 5 al. 1), et l'art. 17 al. 4 ne le nomme "
        "pas, au contraire de l'alinéa 3."
    ),
)
WRITTEN_NOTICE = Interpretation(
    25,
    "written-notice",
    LIPAD.refs("30/2", "30/5", "49/6"),
    doubt="La LIPAD ne dit pas si ses délais courent dès l'envoi ou dès la réception de l'écrit qui les ouvre.",
    reading="un délai ouvert par un écrit court dès le jour où son destinataire le reçoit.",
    considered=(
        "Le délai court dès le jour où le destinataire reçoit l'écrit.",
        "Il court dès le jour que porte l'écrit.",
    ),
    reason=(
        "Qui doit agir dans un délai doit pouvoir en connaître le début. Les jours `confirmed_on` et "
        "`recommended_on` sont donc ceux de la réception."
    ),
)
PUBLISHER_HOURS = Interpretation(
    26,
    "publisher-hours",
    LIPAD.refs("34/2"),
    doubt="L'art. 34 al. 2 ne dit pas si les 48 heures courent aussi les jours fériés.",
    reading="les 48 heures courent sans interruption, en heures réelles, dès l'instant où l'éditeur reçoit la requête.",
    considered=(
        "Les 48 heures courent sans interruption, la nuit, le dimanche et les jours fériés compris.",
        "Elles ne courent que les jours ouvrables.",
    ),
    reason=(
        "Un délai en heures se compte d'instant à instant. Au changement d'heure, 48 heures restent 48 "
        "heures réelles : l'heure affichée avance ou recule d'une heure."
    ),
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
