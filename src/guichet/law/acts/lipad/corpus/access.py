"""Title II, chapters III and IV, articles 24 to 30: access to documents, mediation.

Articles 24 to 29 bear no exponent of their own: a paragraph without one keeps its wording of 2002.
"""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.TEXT_ONLY
_LIST = "Motif de la liste fermée (lipad.exceptions), retenu passage par passage, avec sa raison."

_RIGHT = (
    Provision("24", "Droit d'accès"),
    Provision(
        "24/1",
        "Chacun, personne physique ou morale, peut obtenir les documents que détiennent les institutions, hors des "
        "exceptions que la loi prévoit ou réserve.",
        CODED,
        "Un formulaire sans compte ni motif ; ce qui est déjà public est proposé d'abord.",
        amendments=(2,),
    ),
    Provision(
        "24/2",
        "Accéder à un document, c'est le consulter sur place et en obtenir copie.",
        CODED,
        "La demande choisit la consultation, sur rendez-vous, ou la copie, téléchargée ou envoyée.",
    ),
    Provision(
        "24/3",
        "Qui répond pour l'institution ne dit pas de vive voix ce qui, écrit dans un document, ne pourrait être communiqué.",
        PLANNED,
        "Un avertissement sur le formulaire des notes téléphoniques.",
        amendments=(2,),
    ),
)
_DOCUMENT = (
    Provision("25", "Définition"),
    Provision(
        "25/1",
        "Un document est tout support d'informations détenu par une institution et relatif à l'accomplissement d'une "
        "tâche publique.",
        CODED,
        "La question lipad.is_document en décide.",
    ),
    Provision(
        "25/2",
        "En sont par exemple les rapports, études, procès-verbaux approuvés, statistiques, registres, courriers, "
        "directives, préavis et décisions.",
        CODED,
        "La question lipad.is_document en décide.",
    ),
    Provision(
        "25/3",
        "D'une information purement électronique, seule l'impression sur papier obtenue par un traitement simple est un "
        "document.",
        CODED,
        "La question lipad.is_document répond oui et le rappelle en réserve.",
        amendments=(2,),
    ),
    Provision(
        "25/4",
        "N'en sont pas les notes personnelles, les brouillons et autres textes inachevés, les procès-verbaux pas encore "
        "approuvés.",
        CODED,
        "La question lipad.is_document répond non.",
    ),
)
_EXCEPTIONS = (
    Provision("26", "Exceptions"),
    Provision(
        "26/1",
        "N'est pas accessible le document à la communication duquel s'oppose un intérêt public ou privé prépondérant.",
        CODED,
        "Une pesée par une personne, motivée par écrit ; la liste de l'alinéa 2 la guide sans l'épuiser.",
    ),
    Provision("26/2", "Douze exemples de tels intérêts.", CODED, "La liste fermée de lipad.exceptions."),
    Provision(
        "26/2/a",
        "Mise en péril de la sécurité de l'Etat ou du public, des relations internationales de la Suisse ou des "
        "relations confédérales.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/b",
        "Mise en péril des intérêts patrimoniaux légitimes ou des droits immatériels d'une institution.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/c",
        "Entrave notable à la prise de décision ou à la position de négociation d'une institution.",
        CODED,
        _LIST,
    ),
    Provision("26/2/d", "Atteinte à l'ouverture, au cours ou à l'issue d'une enquête prévue par la loi.", CODED, _LIST),
    Provision(
        "26/2/e",
        "Contournement des limites à la consultation des dossiers fixées par les lois de procédure.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/f",
        "Contournement d'une règle qui limite la remise de données personnelles à un tiers.",
        CODED,
        _LIST,
        amendments=(2,),
    ),
    Provision("26/2/g", "Ingérence dans la vie privée ou de famille de quelqu'un.", CODED, _LIST),
    Provision("26/2/h", "Divulgation de ce qui touche à la santé de quelqu'un.", CODED, _LIST),
    Provision(
        "26/2/i",
        "Révélation d'un secret professionnel, de fabrication ou d'affaires, fiscal, bancaire ou statistique.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/j",
        "Avantage indu pour des tiers, notamment un concurrent qui apprendrait ce qu'il ne saurait pas autrement.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/k",
        "Révélation de l'objet ou du résultat d'une recherche scientifique en cours ou en voie de publication.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/2/l",
        "Révélation de délibérations et de votes à huis clos, ou atteinte aux intérêts qui l'ont justifié.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/3",
        "Ce que les membres d'une autorité collégiale s'écrivent, entre eux ou avec leurs collaborateurs, n'est "
        "pas accessible.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/4",
        "En sont exclus aussi les documents que le droit fédéral ou une loi cantonale empêche de communiquer.",
        CODED,
        _LIST,
    ),
    Provision(
        "26/5",
        "L'institution peut ne pas satisfaire une demande qui lui donnerait un travail manifestement disproportionné.",
        CODED,
        "Motif de la liste fermée ; il demande une estimation et une raison, après avoir proposé de préciser la demande.",
    ),
)
_PARTIAL = (
    Provision("27", "Accès partiel ou différé"),
    Provision(
        "27/1",
        "Si l'article 26 ne touche qu'une partie du document, un accès partiel est préféré au refus, à moins d'un "
        "travail disproportionné.",
        CODED,
        "Le refus d'un document entier exige une réponse écrite sur l'accès partiel.",
    ),
    Provision(
        "27/2",
        "Le caviardage ne doit ni se laisser défaire, ni fausser le sens ou la portée du document.",
        CODED,
        "Chaque passage caviardé porte son exception ; le fichier produit est vérifié par une extraction indépendante.",
    ),
    Provision(
        "27/3",
        "Si l'obstacle est passager, l'accès est différé jusqu'à un terme, précisé si possible, plutôt que refusé.",
        CODED,
        "Une décision différée porte sa date ; ce jour-là, un dernier contrôle humain précède la remise.",
    ),
    Provision(
        "27/4",
        "L'accès total, partiel ou différé peut être soumis à des charges qui protègent les intérêts de l'article 26.",
        CODED,
        "Les charges figurent dans la décision et sont acceptées avant le téléchargement.",
    ),
)
_PROCEDURE = (
    Provision("28", "Procédure d'accès aux documents"),
    Provision(
        "28/1",
        "La demande est en principe sans forme et sans motif ; elle permet d'identifier le document, et peut devoir être "
        "mise par écrit.",
        CODED,
        "Formulaire, courriel et note de guichet ouvrent le même dossier ; un acte invite à préciser.",
    ),
    Provision(
        "28/2",
        "Qui demande un document reçoit une réponse rapide.",
        CODED,
        "Un compteur depuis la réception, sans dernier jour légal ; un objectif interne réglable.",
    ),
    Provision(
        "28/3",
        "En cas de doute sur une exception, la personne saisie en réfère au responsable désigné selon l'article 50.",
        CODED,
        "Un acte de renvoi, exigé quand une exception est retenue par une autre personne que le responsable.",
        amendments=(2,),
    ),
    Provision(
        "28/4",
        "Avant une réponse favorable qui pourrait les léser, les institutions et tiers que protège l'article 26 sont "
        "consultés, avec un bref délai pour s'opposer.",
        CODED,
        "Des consultations datées ; aucune remise tant qu'une consultation est ouverte.",
    ),
    Provision(
        "28/5",
        "Avant de remettre un document malgré une opposition, l'institution annonce aux opposants leur droit de "
        "saisir le préposé, le leur confirme par écrit avec le délai de l'article 30 alinéa 2, et avise le "
        "préposé.",
        CODED,
        "Lettre, compteur, et aucune remise avant le jour que donne lipad.release_from.",
        amendments=(2,),
    ),
    Provision(
        "28/6",
        "Avant d'écarter une demande, elle annonce au requérant son droit de saisir le préposé et le lui confirme "
        "par écrit avec le délai de l'article 30 alinéa 2.",
        CODED,
        "Lettre et compteur ; ce n'est pas une décision sujette à recours.",
        amendments=(2,),
    ),
    Provision(
        "28/7",
        "Demander un document ne coûte rien ; le Conseil d'Etat peut prévoir et fixer des émoluments, selon les frais effectifs, "
        "pour une copie papier ou un important surcroît de travail, annoncés au préalable avec leur montant.",
        CODED,
        "La question lipad.access_fee ; rien n'est facturé sans annonce chiffrée, acceptée ou retirée.",
        amendments=(16,),
    ),
    Provision("29", "Documents archivés"),
    Provision(
        "29/1",
        "Conservation et archivage suivent la loi sur les archives publiques.",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
    ),
    Provision(
        "29/2",
        "L'accès aux documents versés aux Archives d'Etat, ou archivés à leur place par une institution, suit aussi "
        "cette loi.",
        CODED,
        "Une issue « archivé » renvoie le requérant à cette loi, avec la raison.",
        amendments=(2, 6),
    ),
    Provision(
        "29/3",
        "C'est vrai aussi de ce qui était archivé avant que la présente loi ne s'applique.",
        TEXT_ONLY,
        "Étend l'alinéa 2 à toutes les dates : rien de plus à calculer.",
    ),
)
_MEDIATION = (
    Provision("30", "Procédure de médiation ou de préavis", amendments=(2,)),
    Provision(
        "30/1",
        "Une requête de médiation, écrite et motivée en quelques mots, saisit le préposé cantonal.",
        CODED,
        "Un dossier de médiation lié à la demande, ouvert depuis la page de suivi.",
    ),
    Provision("30/1/a", "Par le requérant qui n'obtient pas le document.", CODED, "Rôle de qui saisit le préposé."),
    Provision(
        "30/1/b",
        "Par l'institution ou le tiers qui s'oppose à une communication menaçant des intérêts protégés.",
        CODED,
        "Rôle de qui saisit le préposé.",
        amendments=(2,),
    ),
    Provision(
        "30/2",
        "Le délai pour le saisir est de 10 jours dès la confirmation écrite ; si l'institution tarde à répondre, il peut "
        "être saisi sans délai.",
        CODED,
        "Le dernier jour (lipad.mediation_last_day) ; une requête tardive est notée telle et laissée au préposé.",
        amendments=(2,),
        figures=("10",),
    ),
    Provision(
        "30/3",
        "Le préposé recueille les avis sans formalité ; les documents ne peuvent lui être refusés, et il en garde la "
        "confidentialité jusqu'à un accès définitif.",
        CODED,
        "La médiation ouvre au préposé les originaux du dossier ; chaque consultation est journalisée.",
        amendments=(2,),
    ),
    Provision(
        "30/4", "Une médiation réussie met fin à l'affaire.", CODED, "L'accord enregistré clôt les deux dossiers."
    ),
    Provision(
        "30/5",
        "Sinon, le préposé adresse au requérant et aux institutions une recommandation écrite, et l'institution décide "
        "dans les 10 jours.",
        CODED,
        "La recommandation ouvre le compteur de lipad.decision_last_day ; un retard est signalé au préposé.",
        amendments=(2,),
        figures=("10",),
    ),
    Provision("30/6", "La médiation ne coûte rien à personne.", CODED, "Aucun chemin de paiement.", amendments=(2,)),
)
PROVISIONS: tuple[Provision, ...] = (
    *_RIGHT,
    *_DOCUMENT,
    *_EXCEPTIONS,
    *_PARTIAL,
    *_PROCEDURE,
    *_MEDIATION,
)
