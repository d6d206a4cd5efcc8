"""Title VI, articles 65 to 69: final and transitional provisions.

Article 69 ended on the last day of 2015 (69 al. 7); 68 al. 6 and 7 set aside 53 al. 1 for two periods that are over.
"""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, ORGANISATION, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.ORGANISATION, Standing.TEXT_ONLY
_EXPERIMENT = "La question lipad.experiment dit si la dérogation valait ce jour-là, et laquelle."
_REPORT = "Rapport remis en son temps : rien à calculer après la fin de l'essai."
_CRITERION = "Critère d'évaluation de l'essai : rien à calculer."
_FILING_PERIOD = "Délai échu : montré sur les pages du droit."

_APPLICATION = (
    Provision("65", "Dispositions d'application", amendments=(2,)),
    Provision(
        "65/1",
        "Le Conseil d'Etat prend les dispositions d'application.",
        ORGANISATION,
        "Les règles d'application sont des données datées, avec leur source.",
    ),
    Provision(
        "65/2",
        "Il fixe le tarif des communications de données, qui couvre les coûts et reste équivalent à la prestation ; le "
        "prix du marché est possible pour un usage commercial.",
        ORGANISATION,
        "Un tarif daté, dont chaque ligne cite sa source.",
        amendments=(2,),
    ),
    Provision(
        "65/3",
        "Il coordonne ces directives et mesures avec celles de la loi sur les archives publiques.",
        PLANNED,
        "L'archiviste est un rôle que l'on peut consulter sur un dossier.",
        amendments=(2,),
    ),
    Provision(
        "66",
        "La loi vaut dès le 1er mars 2002.",
        CODED,
        "Avant ce jour, chaque question répond que la loi n'est pas en vigueur.",
        amendments=(2,),
    ),
    Provision(
        "67",
        "Elle remplace la loi du 17 décembre 1981 sur les informations traitées par ordinateur.",
        TEXT_ONLY,
        "Clause abrogatoire : rien à calculer.",
        amendments=(2,),
    ),
)
_TRANSITION = (
    Provision("68", "Dispositions transitoires", amendments=(2,)),
    Provision(
        "68/1",
        "Les institutions ont eu 2 ans, dès l'entrée en vigueur, pour mettre en place leur classement.",
        TEXT_ONLY,
        _FILING_PERIOD,
        figures=("2",),
    ),
    Provision(
        "68/2",
        "Ce qui est antérieur à ce classement peut rester en dehors, sauf choix contraire des instances.",
        TEXT_ONLY,
        _FILING_PERIOD,
        amendments=(2,),
    ),
    Provision(
        "68/3",
        "Chercher ce qui n'avait pas à être classé peut donner lieu à un émolument.",
        TEXT_ONLY,
        "Émolument de recherche : voir la règle générale de l'article 28 al. 7.",
    ),
    Provision(
        "68/4",
        "Le pouvoir judiciaire a eu 2 ans pour organiser la publication de ses arrêts et décisions, sans remonter aux "
        "précédents.",
        TEXT_ONLY,
        _FILING_PERIOD,
        figures=("2",),
    ),
    Provision(
        "68/5",
        "Les institutions ont eu 2 ans, dès la révision de 2008, pour recenser leurs fichiers et en donner la liste au "
        "préposé.",
        TEXT_ONLY,
        _FILING_PERIOD,
        amendments=(2,),
        figures=("2",),
    ),
    Provision(
        "68/6",
        "La première période du préposé et de l'adjoint va du 1er janvier 2014 au 30 juin 2018, au lieu des 5 ans de "
        "l'article 53.",
        CODED,
        "La question lipad.term en tient compte.",
        amendments=(8,),
        new=True,
        until=date(2018, 6, 30),
        until_by="68/6",
    ),
    Provision(
        "68/7",
        "La deuxième est allongée jusqu'au 30 novembre 2023.",
        CODED,
        "La question lipad.term en tient compte.",
        amendments=(14,),
        new=True,
        until=date(2023, 11, 30),
        until_by="68/7",
    ),
)
_DEROGATIONS = (
    Provision(
        "69",
        "Administration en ligne : disposition expérimentale",
        amendments=(3,),
        new=True,
        until=date(2015, 12, 31),
        until_by="69/7",
    ),
    Provision(
        "69/1",
        "Pour dix prestations prioritaires de l'administration en ligne, les institutions pouvaient s'écarter des articles "
        "35, 36 et 38 à 41, dans la mesure nécessaire.",
        CODED,
        _EXPERIMENT,
        figures=("26350000",),
    ),
    Provision("69/2", "Huit exigences étaient touchées.", CODED, _EXPERIMENT),
    Provision("69/2/a", "Que les tâches soient légales (35 al. 1).", CODED, _EXPERIMENT),
    Provision("69/2/b", "Que le traitement soit nécessaire (35 al. 1 et 2, 36 al. 1, 41 al. 1).", CODED, _EXPERIMENT),
    Provision("69/2/c", "Qu'il soit absolument indispensable (35 al. 2).", CODED, _EXPERIMENT),
    Provision(
        "69/2/d", "Que des tâches soient étroitement liées pour user du numéro AVS (35 al. 4).", CODED, _EXPERIMENT
    ),
    Provision("69/2/e", "Que la collecte se remarque (38 al. 1).", CODED, _EXPERIMENT),
    Provision(
        "69/2/f",
        "Que l'institution qui demande montre le respect des articles 35 à 38, et que l'autre le vérifie (39 al. 1 et 2).",
        CODED,
        _EXPERIMENT,
    ),
    Provision("69/2/g", "Que le responsable soit avisé ensuite (39 al. 2).", CODED, _EXPERIMENT),
    Provision("69/2/h", "Que les personnes soient consultées avant (39 al. 10).", CODED, _EXPERIMENT),
    Provision(
        "69/3",
        "Les institutions que vise aussi la loi sur la gestion de l'Etat avaient deux facultés de plus.",
        CODED,
        _EXPERIMENT,
        amendments=(12,),
    ),
    Provision(
        "69/3/a",
        "S'appuyer sur l'entraide entre départements même pour des données personnelles.",
        CODED,
        _EXPERIMENT,
        amendments=(12,),
    ),
    Provision("69/3/b", "Se passer de la procédure de l'article 39 al. 1 à 3, 10 et 11.", CODED, _EXPERIMENT),
    Provision("69/4", "Le préposé gardait toutes ses compétences.", CODED, _EXPERIMENT),
)
_EVALUATION = (
    Provision(
        "69/5",
        "C'était un essai, pour juger des règles choisies et des dérogations, selon trois critères.",
        TEXT_ONLY,
        _CRITERION,
    ),
    Provision("69/5/a", "Ce que l'administration peut, technique et organisation.", TEXT_ONLY, _CRITERION),
    Provision("69/5/b", "Ce que la loi veut atteindre.", TEXT_ONLY, _CRITERION),
    Provision("69/5/c", "Ce qui sert le public, et combien il s'en sert.", TEXT_ONLY, _CRITERION),
    Provision(
        "69/6",
        "Le public devait être averti de la dérogation.",
        CODED,
        "La réponse de lipad.experiment rappelle ce devoir.",
    ),
    Provision(
        "69/7",
        "L'essai a pris fin le 31 décembre 2015.",
        CODED,
        "Après ce jour, lipad.experiment répond que la règle n'est plus en vigueur.",
        figures=("26350000",),
    ),
    Provision(
        "69/8",
        "Trois rapports étaient dus au bureau du Grand Conseil, un an au moins avant la fin.",
        TEXT_ONLY,
        _REPORT,
        figures=("1",),
    ),
    Provision(
        "69/8/a",
        "Celui du Conseil d'Etat : à quoi la dérogation a servi, ses effets, et un projet de loi s'il en faut un.",
        TEXT_ONLY,
        _REPORT,
    ),
    Provision(
        "69/8/b", "Celui du préposé : les effets sur la protection voulue, et ce qu'il conseille.", TEXT_ONLY, _REPORT
    ),
    Provision("69/8/c", "Celui de la commission consultative : son avis sur l'essai.", TEXT_ONLY, _REPORT),
    Provision("69/9", "Le Grand Conseil devait voter avant la fin de l'essai.", TEXT_ONLY, _REPORT),
)
PROVISIONS: tuple[Provision, ...] = (*_APPLICATION, *_TRANSITION, *_DEROGATIONS, *_EVALUATION)
