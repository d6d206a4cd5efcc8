"""Title III, chapter I, articles 40 to 43: destruction, general purposes, video surveillance, catalogue of files."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED = Standing.CODED, Standing.PLANNED
_CHECKLIST = "Point de la liste à cocher du dossier d'un traitement à des fins générales."
_INSTALLATION = "Point de la fiche d'une installation au registre de la vidéosurveillance."
_CATALOGUE = "Un catalogue public, cherchable, tenu à partir des fiches déclarées par les responsables."

_DESTRUCTION = (
    Provision("40", "Destruction", amendments=(2,)),
    Provision(
        "40/1",
        "Les données devenues inutiles aux tâches légales sont détruites ou rendues anonymes, sauf si une autre loi veut "
        "qu'on les garde.",
        CODED,
        "Règles de conservation par fichier, propositions automatiques, approbation, preuve de la destruction.",
    ),
    Provision(
        "40/2",
        "La direction de l'institution peut repousser la destruction, de deux ans au plus, pour évaluer une politique "
        "publique ; ces données ne sont alors plus communiquées, sauf accès par les archives ou le titre II.",
        CODED,
        "La question lipad.deferral_last_day donne la limite ; la communication est bloquée jusque-là.",
        figures=("2",),
    ),
)
_GENERAL_PURPOSES = (
    Provision("41", "Fins générales", amendments=(2,)),
    Provision(
        "41/1",
        "Dans le cadre de ses tâches, une institution peut traiter des données pour la statistique, la recherche, la "
        "planification ou l'évaluation, pour elle ou pour une autre dont c'est la mission, à six conditions réunies.",
        PLANNED,
        "Un dossier avec ses six conditions ; l'extrait n'est remis qu'une fois toutes remplies.",
    ),
    Provision("41/1/a", "Le but ne peut être atteint sans données personnelles.", PLANNED, _CHECKLIST),
    Provision(
        "41/1/b",
        "Elles sont détruites ou anonymisées aussitôt que le but le permet.",
        PLANNED,
        _CHECKLIST,
    ),
    Provision(
        "41/1/c",
        "Celles qui ne sont recueillies que pour cela ne sont transmises à personne d'autre.",
        PLANNED,
        _CHECKLIST,
    ),
    Provision(
        "41/1/d",
        "Rien de ce qui est publié ne permet de reconnaître quelqu'un.",
        PLANNED,
        "Les extraits sont anonymisés et contrôlés avant d'être remis.",
    ),
    Provision(
        "41/1/e",
        "Le préposé cantonal est informé d'avance du traitement prévu et de sa nécessité.",
        PLANNED,
        _CHECKLIST,
    ),
    Provision(
        "41/1/f",
        "Données sensibles et profils demandent une autorisation préalable du Conseil d'Etat, qui prend le préavis du "
        "préposé et fixe au besoin des charges ou conditions.",
        PLANNED,
        _CHECKLIST,
    ),
    Provision(
        "41/2",
        "La Cour des comptes et l'office cantonal de la statistique gardent leurs compétences et leurs règles propres.",
        PLANNED,
        "Ces deux institutions ne passent pas par le dossier de l'article 41.",
        amendments=(11,),
    ),
)
_VIDEO = (
    Provision("42", "Vidéosurveillance", amendments=(2,)),
    Provision(
        "42/1",
        "Hors de l'accomplissement légal de tâches (art. 35), une installation n'est licite qu'à quatre conditions "
        "réunies.",
        PLANNED,
        "Un registre des installations ; une fiche incomplète n'est pas publiée.",
    ),
    Provision(
        "42/1/a",
        "Elle est apte et nécessaire à la sécurité des personnes et des biens dans les lieux publics ou des institutions "
        "et à leurs abords : elle prévient les atteintes et aide à les établir.",
        PLANNED,
        _INSTALLATION,
    ),
    Provision("42/1/b", "Le public et le personnel en sont avertis de façon adéquate.", PLANNED, _INSTALLATION),
    Provision("42/1/c", "Le champ filmé ne dépasse pas ce que le but demande.", PLANNED, _INSTALLATION),
    Provision(
        "42/1/d",
        "Le personnel à son poste n'est pas filmé ou, sinon, est rendu d'emblée méconnaissable par la technique.",
        PLANNED,
        _INSTALLATION,
    ),
    Provision(
        "42/2",
        "Un enregistrement est en principe détruit après 7 jours ; après 3 mois au plus si une atteinte est avérée ; à la "
        "fin de la procédure si une enquête pénale est ouverte.",
        CODED,
        "La question lipad.footage_until donne l'échéance de chaque enregistrement.",
        figures=("7", "3"),
    ),
    Provision("42/3", "Les responsables prennent deux sortes de mesures.", PLANNED, _INSTALLATION),
    Provision(
        "42/3/a",
        "Peu de personnes, autorisées, voient les images ; leur liste est tenue à jour et envoyée au préposé.",
        PLANNED,
        "Une liste datée des personnes autorisées, envoyée au préposé à chaque changement.",
    ),
    Provision("42/3/b", "Les installations et les enregistrements sont en sécurité.", PLANNED, _INSTALLATION),
    Provision(
        "42/4",
        "Les images ne vont à des tiers que dans deux cas, par exception à l'article 39.",
        PLANNED,
        "La communication d'images n'a que ces deux destinataires.",
    ),
    Provision(
        "42/4/a",
        "Pour renseigner la hiérarchie dont dépend l'institution.",
        PLANNED,
        "Destinataire possible d'une communication d'images.",
    ),
    Provision(
        "42/4/b",
        "Pour renseigner la justice, soit comme le veut l'article 39 al. 3, soit pour dénoncer une infraction filmée.",
        PLANNED,
        "Destinataire possible d'une communication d'images.",
    ),
)
_CATALOGUE_OF_FILES = (
    Provision("43", "Catalogue des fichiers", amendments=(2,)),
    Provision(
        "43/1",
        "Le préposé tient un catalogue des fichiers : données traitées, base légale, validité ou rythme de mise à jour et "
        "d'épuration, accès.",
        PLANNED,
        _CATALOGUE,
    ),
    Provision(
        "43/2",
        "Un fichier éphémère sans données sensibles ni profils n'a pas à y figurer.",
        PLANNED,
        "La fiche d'un tel fichier reste interne ; elle dit pourquoi.",
    ),
    Provision("43/3", "Chacun peut le consulter aisément.", PLANNED, _CATALOGUE),
)
PROVISIONS: tuple[Provision, ...] = (*_DESTRUCTION, *_GENERAL_PURPOSES, *_VIDEO, *_CATALOGUE_OF_FILES)
