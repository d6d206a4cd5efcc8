"""Title IV, chapter I, articles 50 and 51: who answers for the act inside each institution."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, ORGANISATION = Standing.CODED, Standing.PLANNED, Standing.ORGANISATION
_INSTANCE = "Ligne de la question lipad.adopting_instance."
_NOTICES = "Une boîte de réception du responsable, pour chaque avis de ses organes."

_MEASURES = (
    Provision("50", "Responsables et procédures", amendments=(2,)),
    Provision(
        "50/1",
        "Chaque institution désigne des responsables formés et capables, et se donne les procédures qu'il faut.",
        PLANNED,
        "Un annuaire des institutions avec leurs responsables et l'état de leurs mesures.",
    ),
    Provision(
        "50/2",
        "Neuf sortes d'instances adoptent ces mesures et procédures, le préposé consulté.",
        CODED,
        "La question lipad.adopting_instance nomme l'instance et la lettre.",
    ),
    Provision(
        "50/2/a",
        "Pour le pouvoir législatif cantonal, ses commissions et ses services : le bureau du Grand Conseil.",
        CODED,
        _INSTANCE,
    ),
    Provision(
        "50/2/b",
        "Pour l'exécutif cantonal, l'administration, leurs commissions et les groupements d'institutions : le Conseil "
        "d'Etat.",
        CODED,
        _INSTANCE,
    ),
    Provision("50/2/c", "Pour le conseil supérieur de la magistrature : sa présidence.", CODED, _INSTANCE),
    Provision(
        "50/2/d",
        "Pour les juridictions, les autorités, services et commissions du pouvoir judiciaire et pour elle-même : sa "
        "commission de gestion.",
        CODED,
        _INSTANCE,
    ),
    Provision(
        "50/2/e",
        "Pour le conseil municipal et ses commissions : son bureau ou, s'il n'en a pas, son président, sauf délégation à "
        "l'exécutif de la commune.",
        CODED,
        _INSTANCE,
    ),
    Provision(
        "50/2/f",
        "Pour les autres institutions de la commune, son administration et ses commissions : l'exécutif communal.",
        CODED,
        _INSTANCE,
    ),
    Provision(
        "50/2/g",
        "Pour un établissement ou une corporation de droit public : sa plus haute direction.",
        CODED,
        _INSTANCE,
    ),
    Provision("50/2/h", "Pour un organisme privé contrôlé : sa plus haute direction.", CODED, _INSTANCE),
    Provision(
        "50/2/i",
        "Pour qui est chargé d'une tâche publique, dans les limites de celle-ci : cette institution elle-même.",
        CODED,
        _INSTANCE,
    ),
    Provision(
        "50/3",
        "Si une instance des lettres e à i, mise en demeure, tarde à adopter les mesures qu'exige le titre III, le Conseil "
        "d'Etat les prescrit à sa place, sur préavis du préposé.",
        ORGANISATION,
        "Mise en demeure et substitution sont des étapes du suivi des mesures d'une institution.",
    ),
    Provision(
        "50/4",
        "Les institutions classent ce qu'elles diffusent et détiennent, pour qu'on le trouve facilement.",
        PLANNED,
        "Un plan de classement par institution.",
    ),
    Provision(
        "50/5",
        "Chacun peut consulter la liste des responsables.",
        PLANNED,
        "Une page publique, aussi en CSV et en JSON.",
    ),
)
_POWERS = (
    Provision("51", "Compétences", amendments=(2,)),
    Provision("51/1", "Les organes avisent leur responsable, notamment de trois choses.", CODED, _NOTICES),
    Provision("51/1/a", "Tout nouveau fichier.", PLANNED, _NOTICES),
    Provision(
        "51/1/b",
        "Toute demande de communication et tout projet de détruire des données, hors de ce que prévoit expressément une "
        "loi, un règlement ou un arrêté du Conseil d'Etat.",
        CODED,
        _NOTICES,
    ),
    Provision("51/1/c", "Tout contact direct avec le préposé cantonal.", PLANNED, _NOTICES),
    Provision(
        "51/2",
        "Envers ses organes, le responsable a trois pouvoirs.",
        PLANNED,
        "Trois actes du responsable sur un dossier de ses organes.",
    ),
    Provision(
        "51/2/a",
        "Se faire renseigner sur le traitement de données et sur les demandes d'accès.",
        PLANNED,
        "Une demande de renseignements, avec sa réponse.",
    ),
    Provision(
        "51/2/b",
        "Donner des instructions sur l'un et sur l'autre.",
        PLANNED,
        "Une instruction écrite au dossier.",
    ),
    Provision(
        "51/2/c",
        "Évoquer une affaire et décider à leur place.",
        PLANNED,
        "Un acte d'évocation, qui donne le dossier au responsable.",
    ),
    Provision(
        "51/3",
        "Il recense les fichiers avec les indications du catalogue, en envoie la liste et ses mises à jour au préposé, et "
        "dresse procès-verbal de ses interventions.",
        PLANNED,
        "Des fiches de fichiers envoyées au préposé, et le journal des interventions.",
    ),
)
PROVISIONS: tuple[Provision, ...] = (*_MEASURES, *_POWERS)
