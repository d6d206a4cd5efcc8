"""Title IV, chapter III, articles 58 and 59: the consultative commission."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED = Standing.CODED, Standing.PLANNED
_COMPOSITION = "La question lipad.commission compte les membres élus et nommés."
_SITTING = "Les séances de la commission, avec leur quorum et leurs avis."

PROVISIONS: tuple[Provision, ...] = (
    Provision("58", "Composition et fonctionnement", amendments=(2,)),
    Provision("58/1", "La commission consultative compte 12 membres, choisis de deux façons.", CODED, _COMPOSITION),
    Provision(
        "58/1/a", "Chaque parti qui siège au Grand Conseil y a un membre, que ce conseil élit.", CODED, _COMPOSITION
    ),
    Provision(
        "58/1/b",
        "Le Conseil d'Etat nomme les autres pour ce qu'ils savent de ces domaines.",
        CODED,
        _COMPOSITION,
    ),
    Provision(
        "58/2",
        "Deux réélections sont possibles.",
        PLANNED,
        "Un troisième renouvellement est refusé à l'enregistrement d'un mandat.",
        amendments=(13,),
    ),
    Provision("58/3", "Elle choisit elle-même qui la préside.", PLANNED, _SITTING),
    Provision(
        "58/4",
        "Elle ne délibère valablement qu'à 8 membres au moins.",
        CODED,
        "La question lipad.commission donne ce quorum ; une séance qui ne l'atteint pas ne rend pas d'avis.",
    ),
    Provision("58/5", "Préposé et archiviste y assistent de droit, avec voix consultative.", PLANNED, _SITTING),
    Provision("58/6", "Le secrétariat du préposé tient aussi le sien.", PLANNED, _SITTING),
    Provision("59", "La commission a cinq attributions.", PLANNED, _SITTING, amendments=(2,)),
    Provision(
        "59/a",
        "Étudier ce que lui soumettent les instances de l'article 50 al. 2 et en donner son avis.",
        PLANNED,
        _SITTING,
    ),
    Provision("59/b", "Pousser à une politique active et cohérente dans ces trois domaines.", PLANNED, _SITTING),
    Provision("59/c", "Se prononcer avant que des archives historiques soient détruites.", PLANNED, _SITTING),
    Provision("59/d", "Commenter le rapport annuel du Conseil d'Etat sur les archives.", PLANNED, _SITTING),
    Provision("59/e", "Commenter le rapport annuel du préposé.", PLANNED, _SITTING),
)
