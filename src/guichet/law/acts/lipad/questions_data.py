"""The questions `lipad.*` on personal data, organisation and sanctions (titles III to VI), in the order of the text."""

from __future__ import annotations

from guichet.law.acts.lipad import (
    communication,
    experiment,
    organisation,
    processing,
    retention,
    sanctions,
    video,
)
from guichet.law.acts.lipad.corpus import LIPAD
from guichet.law.kernel.inputs import Boolean, Choice, Day, Instant, WholeNumber
from guichet.law.kernel.questions import Question

QUESTIONS_DATA = (
    Question(
        "lipad.lawful_processing",
        "Ce traitement de données personnelles est-il licite ?",
        (
            Boolean(name="sensitive", meaning="Porte-t-il sur des données sensibles ?"),
            Boolean(name="profile", meaning="Porte-t-il sur un profil de la personnalité ?"),
            Boolean(name="legal_task", meaning="Une tâche légale le rend-elle nécessaire ?"),
            Boolean(name="task_defined_by_law", meaning="Une loi définit-elle clairement cette tâche ?"),
            Boolean(name="indispensable", meaning="Est-il absolument indispensable à cette tâche ?"),
            Boolean(name="consent", meaning="La personne y consent-elle, expressément, libre et informée ?"),
        ),
        LIPAD.refs("35/1", "35/2"),
        processing.lawful_processing,
    ),
    Question(
        "lipad.communication",
        "Ces données personnelles peuvent-elles être communiquées ?",
        (
            Choice(
                name="recipient",
                meaning="Destinataire",
                options=communication.Recipient,
                names=communication.RECIPIENTS,
            ),
            *(Boolean(name=name, meaning=meaning, required=False) for name, meaning in communication.FACTS.items()),
            Choice(
                name="persons_consulted",
                meaning="Personnes concernées consultées",
                options=communication.Consulted,
                names=communication.CONSULTATIONS,
                required=False,
            ),
        ),
        LIPAD.refs(*(f"39/{paragraph}" for paragraph in range(1, 12))),
        communication.communication,
    ),
    Question(
        "lipad.deferral_last_day",
        "Jusqu'à quand la destruction de données peut-elle être différée ?",
        (Day(name="no_longer_needed_on", meaning="Jour où les données ne sont plus nécessaires"),),
        LIPAD.refs("40/2"),
        retention.deferral_last_day,
    ),
    Question(
        "lipad.footage_until",
        "Jusqu'à quand un enregistrement de vidéosurveillance peut-il être conservé ?",
        (
            Instant(name="recorded_at", meaning="Instant de l'enregistrement"),
            Boolean(name="harm", meaning="Une atteinte aux personnes ou aux biens est-elle avérée ?"),
            Boolean(name="criminal_case_open", meaning="Une enquête pénale est-elle ouverte ?"),
        ),
        LIPAD.refs("42/2"),
        video.footage_until,
    ),
    Question(
        "lipad.adopting_instance",
        "Qui adopte les mesures d'organisation d'une institution ?",
        (
            Choice(
                name="institution",
                meaning="Institution",
                options=organisation.Institution,
                names=organisation.INSTITUTIONS,
            ),
        ),
        LIPAD.refs("50/2", "50/3"),
        organisation.adopting_instance,
    ),
    Question(
        "lipad.term",
        "De quand à quand court une période de fonction du préposé cantonal ?",
        (WholeNumber(name="number", meaning="Numéro de la période de fonction", least=1, most=organisation.LAST_TERM),),
        LIPAD.refs("53/1", "68/6", "68/7"),
        organisation.term,
    ),
    Question(
        "lipad.commission",
        "Comment la commission consultative est-elle composée ?",
        (
            WholeNumber(
                name="parties",
                meaning="Nombre de partis représentés au Grand Conseil",
                least=1,
                most=organisation.MEMBERS,
            ),
        ),
        LIPAD.refs("58/1/a", "58/1/b", "58/4"),
        organisation.commission,
    ),
    Question(
        "lipad.sanctioning_authority",
        "Qui prononce l'amende ?",
        (
            Choice(
                name="belongs_to",
                meaning="Appartenance de la personne en cause",
                options=sanctions.Belonging,
                names=sanctions.BELONGINGS,
            ),
        ),
        LIPAD.refs("64/3"),
        sanctions.sanctioning_authority,
    ),
    Question(
        "lipad.experiment",
        "La dérogation expérimentale de l'administration en ligne s'applique-t-elle ?",
        (),
        LIPAD.refs("69/1", "69/2", "69/3", "69/7"),
        experiment.experiment,
    ),
)
