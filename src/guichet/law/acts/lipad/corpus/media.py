"""Title II, chapter V, articles 31 to 34: facilities for the media, accreditation, right of rectification."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED = Standing.CODED, Standing.PLANNED
_FOLLOWERS = "Des abonnements par institution et par genre, servis à tous de la même façon et au même instant."

_MEDIA = (
    Provision("31", "Droit à l'information", amendments=(2,)),
    Provision(
        "31/1",
        "Les médias et journalistes indépendants qui suivent régulièrement les affaires genevoises peuvent recevoir, "
        "régulièrement et sans frais, les documents des débats publics et les informations du chapitre II qui ne sont "
        "pas déjà en ligne.",
        PLANNED,
        _FOLLOWERS,
        amendments=(2,),
    ),
    Provision(
        "31/2",
        "Les instances de l'article 50 alinéa 2 traitent ces demandes, chacune pour ses affaires.",
        PLANNED,
        "La demande d'abonnement va à l'instance de l'institution.",
        amendments=(2,),
    ),
    Provision(
        "31/3",
        "Selon leurs ressources, les institutions facilitent le travail des médias, à égalité de traitement.",
        PLANNED,
        _FOLLOWERS,
    ),
    Provision(
        "31/4",
        "Enregistrer et retransmettre une séance publique n'est permis que sans gêner les débats et selon les directives "
        "de l'institution.",
        PLANNED,
        "Les conditions d'enregistrement accompagnent la séance annoncée.",
    ),
    Provision("32", "Accréditation de journalistes par le pouvoir judiciaire", amendments=(2,)),
    Provision(
        "32/1",
        "Le pouvoir judiciaire peut accréditer les journalistes qui suivent régulièrement ses affaires.",
        CODED,
        "Un registre des accréditations.",
    ),
    Provision(
        "32/2",
        "Les conditions ne tiennent jamais aux opinions exprimées ; elles peuvent tenir aux règles de la profession.",
        CODED,
        "Le motif d'une suspension ou d'un retrait se choisit parmi les règles de la profession.",
    ),
    Provision(
        "32/3",
        "Avant de suspendre ou de retirer une carte, on entend le journaliste et son média et on demande l'avis du "
        "préposé cantonal.",
        CODED,
        "Suspension et retrait sont bloqués tant que les deux auditions et la demande d'avis ne sont pas enregistrées.",
        amendments=(2,),
    ),
)
_RECTIFICATION = (
    Provision("33", "Droit de rectification", amendments=(2,)),
    Provision(
        "33/1",
        "Une institution peut faire rectifier, par l'éditeur d'un périodique édité ou diffusé dans le canton, des faits "
        "touchant ses tâches publiques dont l'inexactitude ou l'omission peut induire en erreur.",
        CODED,
        "Un dossier de rectification.",
    ),
    Provision(
        "33/2",
        "Ce droit est exercé par les instances de l'article 50 alinéa 2.",
        CODED,
        "Le dossier est ouvert par l'instance de l'institution.",
        amendments=(2,),
    ),
    Provision(
        "33/3",
        "La rectification est publiée sans frais, vite, sans changement et à une place comparable, en nommant "
        "l'institution ; l'éditeur peut dire s'il maintient sa version et citer ses sources.",
        CODED,
        "Le texte soumis et sa parution sont gardés au dossier.",
    ),
    Provision("34", "Procédure", amendments=(2,)),
    Provision(
        "34/1",
        "L'institution le demande, texte à l'appui, dans les 10 jours dès qu'elle a connaissance de la publication et au "
        "plus tard 30 jours après la diffusion.",
        CODED,
        "Le dernier jour est le plus proche des deux (lipad.rectification).",
        figures=("10", "30"),
    ),
    Provision(
        "34/2",
        "L'éditeur répond dans les 48 heures, à elle et aux institutions et tiers concernés, quand il publiera ou "
        "pourquoi il refuse.",
        CODED,
        "L'instant est donné par lipad.publisher_answer.",
        figures=("48",),
    ),
)
PROVISIONS: tuple[Provision, ...] = (*_MEDIA, *_RECTIFICATION)
