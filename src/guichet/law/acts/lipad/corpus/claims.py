"""Title III, chapter II, articles 44 to 49: the rights of the person concerned."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.TEXT_ONLY
_REQUEST = "La demande d'accès à ses propres données, suivie par la procédure lipad.claim."
_CLAIM = "Genre de prétention de la procédure lipad.claim."
_RESTRICTION = "Motif de la liste propre à l'accès à ses données, retenu avec sa raison."
_PROCEDURE = "Étape de la procédure lipad.claim."

_ACCESS = (
    Provision("44", "Droit d'accès à ses données", amendments=(2,)),
    Provision(
        "44/1",
        "Qui prouve son identité, personne physique ou morale de droit privé, peut demander par écrit au responsable si "
        "ses données sont traitées.",
        CODED,
        _REQUEST,
    ),
    Provision("44/2", "Le responsable lui remet deux choses, sauf restriction (art. 46).", CODED, _REQUEST),
    Provision(
        "44/2/a",
        "Tout ce qu'un fichier contient sur elle, avec ce qu'on sait de l'origine.",
        CODED,
        "Pour les données de ce logiciel, la réponse est assemblée d'office, journal des lectures compris, puis relue.",
    ),
    Provision(
        "44/2/b",
        "Si elle le demande, ce que le catalogue dit de ce fichier.",
        CODED,
        "La fiche du catalogue est jointe à la réponse.",
    ),
    Provision(
        "44/3",
        "Un travail disproportionné peut dépendre d'un émolument payé d'avance.",
        CODED,
        "Le montant est annoncé avant tout travail ; le tarif est une donnée datée.",
    ),
    Provision(
        "45",
        "La réponse est compréhensible et, normalement, écrite et gratuite.",
        CODED,
        "Un PDF lisible et un export que les machines lisent.",
        amendments=(2,),
    ),
    Provision("46", "Restrictions", amendments=(2,)),
    Provision(
        "46/1",
        "Seul un intérêt public ou privé prépondérant permet de refuser ; trois exemples.",
        CODED,
        _RESTRICTION,
    ),
    Provision(
        "46/1/a",
        "L'accès viderait de leur sens les limites que les lois de procédure mettent à la consultation des dossiers.",
        CODED,
        _RESTRICTION,
    ),
    Provision("46/1/b", "Les données sensibles d'autrui doivent absolument être protégées.", CODED, _RESTRICTION),
    Provision("46/1/c", "Une loi fédérale ou cantonale le veut expressément.", CODED, _RESTRICTION),
    Provision(
        "46/2",
        "Plutôt que de refuser, on donne un accès partiel ou plus tard, si cela suffit à l'intérêt en cause.",
        PLANNED,
        "Un refus entier demande de dire pourquoi un accès partiel ou différé ne suffit pas.",
    ),
)
_CLAIMS = (
    Provision("47", "Prétentions", amendments=(2,)),
    Provision("47/1", "La personne concernée a quatre prétentions contre l'institution.", CODED, _CLAIM),
    Provision("47/1/a", "Qu'elle n'entreprenne pas un traitement contraire au droit.", CODED, _CLAIM),
    Provision("47/1/b", "Qu'elle y mette un terme et en efface les suites.", CODED, _CLAIM),
    Provision("47/1/c", "Qu'elle en reconnaisse l'illicéité.", CODED, _CLAIM),
    Provision(
        "47/1/d",
        "Que ses données n'aillent pas à des privés pour un usage commercial.",
        CODED,
        "Un blocage que les communications respectent.",
    ),
    Provision("47/2", "Sauf loi contraire, elle obtient notamment cinq effets sur ses données.", CODED, _CLAIM),
    Provision("47/2/a", "La destruction de ce qui est hors de propos ou de trop.", CODED, _CLAIM),
    Provision(
        "47/2/b",
        "La correction de l'inexact, l'ajout du manquant, la mise à jour du périmé.",
        CODED,
        _CLAIM,
    ),
    Provision(
        "47/2/c",
        "Une mention à côté de ce qu'on ne peut prouver ni vrai ni faux, transmise avec la donnée.",
        CODED,
        "La mention suit la donnée dans toute communication.",
    ),
    Provision(
        "47/2/d",
        "L'arrêt de la communication de données sans les qualités de l'article 36.",
        CODED,
        "Un blocage que les communications respectent.",
    ),
    Provision(
        "47/2/e",
        "La publication de la décision, ou son envoi à qui a reçu de telles données.",
        CODED,
        "La décision est envoyée à chaque destinataire enregistré.",
    ),
    Provision(
        "47/3",
        "Les dommages-intérêts et le tort moral suivent la loi sur la responsabilité de l'Etat et des communes.",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
    ),
)
_RELATIVES = (
    Provision("48", "Droits des proches", amendments=(2,)),
    Provision(
        "48/1",
        "Un proche n'a accès aux données d'une personne décédée, et aux prétentions de l'article 47, que si son intérêt "
        "mérite protection et l'emporte sur celui d'autres proches et sur la volonté connue ou présumable du défunt.",
        CODED,
        "Une demande au nom d'un défunt, avec la pesée des intérêts écrite.",
    ),
    Provision(
        "48/2",
        "Les règles de l'accès à ses propres données valent par analogie.",
        CODED,
        "Même réponse, mêmes restrictions que pour ses propres données.",
    ),
    Provision(
        "48/3",
        "L'article 55A de la loi sur la santé est réservé.",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
        amendments=(10,),
        new=True,
    ),
)
_INFORMAL_PHASES = (
    Provision("49", "Phases non contentieuses", amendments=(2,)),
    Provision(
        "49/1",
        "La requête est écrite et va au responsable dont dépend l'organe qui traite les données.",
        CODED,
        _PROCEDURE,
    ),
    Provision(
        "49/2",
        "Il la traite vite, ou la passe au responsable que les procédures de l'institution désignent.",
        CODED,
        _PROCEDURE,
    ),
    Provision("49/3", "S'il accorde tout, il le dit à la personne.", CODED, _PROCEDURE),
    Provision(
        "49/4",
        "S'il n'accorde pas tout, ou s'il doute, il saisit le préposé avec ses observations et les pièces.",
        CODED,
        _PROCEDURE,
    ),
    Provision(
        "49/5",
        "Le préposé instruit sans formes, puis recommande par écrit une suite à l'institution et à la personne.",
        CODED,
        _PROCEDURE,
    ),
    Provision(
        "49/6",
        "L'institution rend sa décision dans les 10 jours et l'envoie aussi au préposé.",
        CODED,
        "Délai de la question lipad.decision_last_day et de la procédure lipad.claim.",
        figures=("10",),
    ),
)
PROVISIONS: tuple[Provision, ...] = (*_ACCESS, *_CLAIMS, *_RELATIVES, *_INFORMAL_PHASES)
