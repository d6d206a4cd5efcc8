"""Title IV, chapter II, articles 52 to 57: the cantonal commissioner (*préposé cantonal*) and the deputy."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, ORGANISATION, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.ORGANISATION, Standing.TEXT_ONLY
_DECLARATION = "Point de la liste à cocher d'un dossier de candidature."
_INCOMPATIBLE = "Motif d'incompatibilité, contrôlé au dossier de candidature."
_DESK = "Une file de travail du bureau du préposé."
_BREACH = "Étape de la procédure lipad.breach."

_ELECTION = (
    Provision(
        "52",
        "Une même fonction, celle du préposé cantonal, veille à la transparence et à la protection des données, pour que "
        "leurs principes soient appliqués ensemble.",
        PLANNED,
        "Un bureau du préposé, avec ses files de travail.",
        amendments=(2,),
    ),
    Provision("53", "Désignation", amendments=(8,)),
    Provision(
        "53/1",
        "Le préposé et son adjoint sont élus par le Grand Conseil, que le Conseil d'Etat saisit de ses propositions ; "
        "chaque période dure 5 ans et peut être renouvelée aussitôt.",
        CODED,
        "La question lipad.term donne les dates de chaque période.",
        figures=("5",),
    ),
    Provision(
        "53/2",
        "L'élection suit l'article 115A de la loi portant règlement du Grand Conseil.",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
    ),
    Provision(
        "53/3",
        "Le reste des modalités est fixé par le Conseil d'Etat.",
        PLANNED,
        "Des mandats avec leurs dates et leur titulaire.",
    ),
)
_INCOMPATIBILITIES = (
    Provision("53A", "Incompatibilité", amendments=(8,), new=True),
    Provision(
        "53A/1",
        "Trois qualités sont incompatibles avec la fonction de préposé ou d'adjoint.",
        PLANNED,
        _INCOMPATIBLE,
    ),
    Provision(
        "53A/1/a",
        "Appartenir à une institution soumise à la loi, en être l'organe, l'employé ou le mandataire.",
        PLANNED,
        _INCOMPATIBLE,
    ),
    Provision("53A/1/b", "Être magistrat de la Cour des comptes.", PLANNED, _INCOMPATIBLE),
    Provision("53A/1/c", "Siéger aux Chambres fédérales.", PLANNED, _INCOMPATIBLE),
    Provision(
        "53A/2",
        "Une autre activité rémunérée est permise si elle ne menace ni l'indépendance ni la fonction. Née en cours de "
        "mandat, elle est examinée par le Grand Conseil ; jugée incompatible, elle met fin au mandat, à moins que la "
        "personne n'ait démissionné ou renoncé à cette activité.",
        PLANNED,
        "L'activité accessoire, l'examen du Grand Conseil et son issue sont notés au mandat.",
    ),
    Provision(
        "53A/3",
        "À la candidature, chacun déclare sept choses par écrit à la chancellerie d'Etat.",
        PLANNED,
        "Un dossier de candidature avec ses sept déclarations.",
    ),
    Provision("53A/3/a", "Formation et activité présente.", PLANNED, _DECLARATION),
    Provision(
        "53A/3/b",
        "Tous les organes de personnes morales où l'on siège, contrôle ou révise.",
        PLANNED,
        _DECLARATION,
    ),
    Provision(
        "53A/3/c",
        "Les entreprises que l'on possède ou domine, soi-même ou par quelqu'un d'autre.",
        PLANNED,
        _DECLARATION,
    ),
    Provision(
        "53A/3/d",
        "Les dettes de plus de 50 000 francs, hypothèques non comprises.",
        PLANNED,
        _DECLARATION,
        figures=("50000",),
    ),
    Provision("53A/3/e", "Si ses impôts sont payés.", PLANNED, _DECLARATION),
    Provision("53A/3/f", "Les condamnations au casier judiciaire.", PLANNED, _DECLARATION),
    Provision(
        "53A/3/g",
        "Les procédures en cours, civiles (droit de la famille excepté), pénales ou administratives.",
        PLANNED,
        _DECLARATION,
    ),
    Provision(
        "53A/4",
        "S'il en manque une, un bref délai est donné pour la fournir ; passé ce délai, la candidature est écartée.",
        PLANNED,
        "Un délai au dossier de candidature, puis la mise à l'écart, avec sa raison.",
    ),
)
_STATUS = (
    Provision("54", "Statut", amendments=(2,)),
    Provision(
        "54/1",
        "Préposé et adjoint travaillent en toute indépendance ; la chancellerie d'Etat n'est que leur rattachement "
        "administratif, pour leurs droits et leurs moyens.",
        PLANNED,
        "Le bureau du préposé ne reçoit d'instruction de personne ; aucun autre rôle n'ouvre ses dossiers.",
        amendments=(15,),
    ),
    Provision(
        "54/2",
        "La récusation suit l'article 15 de la loi sur la procédure administrative.",
        PLANNED,
        "L'acte de récusation cache le dossier à la personne récusée et le donne à l'autre.",
        amendments=(12,),
    ),
    Provision(
        "54/3",
        "Leur rémunération est fixée par le Conseil d'Etat.",
        TEXT_ONLY,
        "Traitement du personnel : rien à calculer.",
        amendments=(8,),
    ),
    Provision(
        "54/4",
        "Ils peuvent avoir la protection sociale des agents du canton.",
        TEXT_ONLY,
        "Statut du personnel : rien à calculer.",
    ),
)
_RESOURCES = (
    Provision("55", "Ressources", amendments=(2,)),
    Provision(
        "55/1",
        "Le budget annuel leur réserve des moyens, dans un centre de responsabilité à part.",
        TEXT_ONLY,
        "Budget de l'Etat : rien à calculer.",
    ),
    Provision(
        "55/2",
        "Le préposé les gère selon les règles de l'administration, sous le contrôle des organes de surveillance de l'Etat.",
        TEXT_ONLY,
        "Gestion du budget : rien à calculer.",
        amendments=(11,),
    ),
    Provision(
        "55/3",
        "Son secrétariat permanent est rattaché à la chancellerie d'Etat.",
        PLANNED,
        "Le secrétariat est un rôle du bureau du préposé.",
        amendments=(15,),
    ),
    Provision(
        "55/4",
        "Le Conseil d'Etat peut faire supporter une part des coûts aux institutions et organismes soumis à la loi.",
        TEXT_ONLY,
        "Financement décidé par le Conseil d'Etat : rien à calculer.",
    ),
)
_TASKS_OF_TRANSPARENCY = (
    Provision("56", "Compétences", amendments=(2,)),
    Provision("56/1", "Le préposé surveille l'application de la loi.", CODED, _DESK),
    Provision("56/2", "En matière de transparence, il a cinq tâches.", PLANNED, _DESK),
    Provision("56/2/a", "Traiter les demandes de médiation.", ORGANISATION, "La procédure lipad.mediation."),
    Provision(
        "56/2/b",
        "Expliquer, spontanément ou à qui le demande, comment accéder aux documents.",
        PLANNED,
        _DESK,
    ),
    Provision("56/2/c", "Rassembler les règles internes prises selon l'article 50.", PLANNED, _DESK),
    Provision(
        "56/2/d",
        "Recueillir de quoi juger si la loi atteint son but et à quel coût.",
        PLANNED,
        "Des chiffres tirés du journal, pour l'année voulue.",
    ),
    Provision("56/2/e", "Donner son avis sur les projets de loi touchant la transparence.", PLANNED, _DESK),
)
_TASKS_OF_PROTECTION = (
    Provision("56/3", "En matière de données personnelles, il a neuf tâches.", PLANNED, _DESK),
    Provision("56/3/a", "Rendre les préavis et recommandations que la loi demande.", PLANNED, _DESK),
    Provision(
        "56/3/b",
        "Réunir avis et informations des organes et responsables, et prendre position s'il le faut.",
        PLANNED,
        _DESK,
    ),
    Provision("56/3/c", "Conseiller les instances sur leurs mesures et procédures.", PLANNED, _DESK),
    Provision("56/3/d", "Aider les responsables dans leur travail.", PLANNED, _DESK),
    Provision(
        "56/3/e",
        "Donner son avis sur les projets de loi touchant la protection des données.",
        PLANNED,
        _DESK,
    ),
    Provision("56/3/f", "Tenir et ouvrir au public le catalogue des fichiers.", PLANNED, "Le catalogue public."),
    Provision("56/3/g", "Tenir et ouvrir au public la liste des responsables.", PLANNED, "La liste publique."),
    Provision("56/3/h", "Renseigner chacun sur ses droits, de lui-même ou sur demande.", PLANNED, _DESK),
    Provision(
        "56/3/i",
        "Recourir et prendre part aux procédures, dans les cas que la loi prévoit.",
        PLANNED,
        "Un acte du préposé sur le dossier.",
    ),
    Provision(
        "56/4",
        "Les responsables le renseignent ; il a accès aux fichiers et aux données, sauf loi contraire.",
        PLANNED,
        "L'accès du préposé s'ouvre avec le dossier ; chaque lecture est journalisée.",
    ),
    Provision(
        "56/5",
        "Face à une violation, il recommande au responsable d'y remédier vite ; non suivi, il peut porter l'affaire devant "
        "l'instance de l'article 50 al. 2, puis recourir contre la prise de position de celle-ci, qui vaut décision.",
        CODED,
        _BREACH,
    ),
    Provision(
        "56/6",
        "Il s'entend avec l'archiviste d'Etat quand la loi sur les archives est aussi en cause.",
        PLANNED,
        "L'archiviste est un rôle que l'on peut consulter sur un dossier.",
    ),
    Provision(
        "56/7",
        "Il garde le contact avec la commission consultative.",
        PLANNED,
        "Les séances et avis de la commission, avec leurs destinataires.",
    ),
    Provision(
        "57",
        "Il rend compte de son activité chaque année au Grand Conseil, au Conseil d'Etat et à la commission consultative.",
        PLANNED,
        "Un rapport tiré du journal d'une année : tableaux, PDF et données ouvertes.",
        amendments=(2,),
    ),
)
PROVISIONS: tuple[Provision, ...] = (
    *_ELECTION,
    *_INCOMPATIBILITIES,
    *_STATUS,
    *_RESOURCES,
    *_TASKS_OF_TRANSPARENCY,
    *_TASKS_OF_PROTECTION,
)
