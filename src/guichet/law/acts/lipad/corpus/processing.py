"""Title III, chapter I, articles 35 to 39: when personal data may be processed and communicated."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, ORGANISATION = Standing.CODED, Standing.PLANNED, Standing.ORGANISATION
_LAWFUL = "La question lipad.lawful_processing en décide ; une fiche du registre sans base légale n'est pas publiée."
_BRANCH = "Condition de la question lipad.communication : non établie, elle fait répondre non."
_QUALITY = "Chaque champ de données a une finalité ; un champ sans finalité n'existe pas."
_MEASURES = "Les mesures de sécurité sont déclarées pour chaque fichier."

_LEGAL_BASIS = (
    Provision("35", "Base légale", amendments=(2,)),
    Provision(
        "35/1",
        "Une institution ne traite des données personnelles que pour remplir ses tâches légales, et pas au-delà de ce "
        "qu'elles demandent.",
        CODED,
        _LAWFUL,
    ),
    Provision(
        "35/2",
        "Pour des données sensibles ou un profil de la personnalité, il faut en plus une loi qui définisse clairement la "
        "tâche, et un traitement ou bien absolument indispensable à celle-ci, ou bien nécessaire et consenti "
        "expressément par une personne libre et informée.",
        CODED,
        _LAWFUL,
    ),
    Provision(
        "35/3",
        "Les traitements à des fins générales suivent leur propre règle (art. 41).",
        PLANNED,
        "Un traitement à des fins générales a son propre dossier, avec la liste de ses conditions.",
    ),
    Provision(
        "35/4",
        "Pas d'identifiant commun de personne sans loi cantonale qui le crée ; le numéro AVS reste permis pour des "
        "tâches que leurs lois lient étroitement et qui demandent une application coordonnée.",
        PLANNED,
        "Un champ qui sert d'identifiant porte la base légale qui le permet.",
    ),
)
_QUALITIES = (
    Provision("36", "Qualité des données", amendments=(2,)),
    Provision("36/1", "À chaque traitement, l'institution veille à deux qualités des données.", ORGANISATION, _QUALITY),
    Provision("36/1/a", "Elles servent les tâches légales, et rien n'y est de trop.", ORGANISATION, _QUALITY),
    Provision(
        "36/1/b",
        "Elles sont justes, tenues à jour et complètes, autant qu'on peut l'attendre.",
        PLANNED,
        "Une donnée corrigée garde la trace de l'ancienne valeur et de qui l'a reçue.",
    ),
    Provision(
        "36/2",
        "Qui découvre une erreur ou une lacune dans des données reçues d'une autre institution (art. 39 al. 1) le lui dit, "
        "sauf si une règle de droit l'interdit.",
        PLANNED,
        "Un avis d'inexactitude part vers l'institution d'où vient la donnée.",
    ),
)
_SECURITY = (
    Provision("37", "Sécurité des données", amendments=(2,)),
    Provision(
        "37/1",
        "Des mesures d'organisation et de technique protègent les données contre tout usage contraire au droit.",
        ORGANISATION,
        "Rôles, moindre droit, chiffrement des champs sensibles, journal des lectures.",
    ),
    Provision(
        "37/2",
        "Directives, statuts et contrats assurent que les données restent disponibles, intactes et confidentielles, même "
        "traitées par un mandataire.",
        PLANNED,
        _MEASURES,
    ),
    Provision(
        "37/3",
        "Leur respect est contrôlé ; un contrôle qui passe par l'informatique et des données personnelles suit une "
        "procédure adoptée par l'instance compétente (art. 50 al. 2), le préposé entendu.",
        PLANNED,
        "Un rapport de contrôle est tiré du journal des lectures.",
    ),
)
_COLLECTION = (
    Provision("38", "Collecte", amendments=(2,)),
    Provision(
        "38/1",
        "La personne doit pouvoir se rendre compte qu'on recueille ses données.",
        PLANNED,
        "Chaque formulaire dit qui recueille, pourquoi, sur quelle base, et qui reçoit.",
    ),
    Provision(
        "38/2",
        "Font exception les enquêtes prévues par la loi que cette transparence compromettrait.",
        PLANNED,
        "Une collecte sans avis à la personne porte le motif de l'enquête.",
    ),
    Provision(
        "38/3",
        "L'institution sait dire d'où viennent ses données.",
        ORGANISATION,
        "La provenance est gardée avec chaque donnée reprise d'ailleurs.",
    ),
)
_TO_INSTITUTIONS = (
    Provision("39", "Communication", amendments=(2,)),
    Provision(
        "39/1",
        "Entre institutions soumises à la loi, et à l'intérieur d'une institution, deux conditions doivent être réunies ; "
        "le devoir d'informer sa hiérarchie demeure.",
        CODED,
        "Branche subject_institution de la question lipad.communication.",
    ),
    Provision(
        "39/1/a",
        "L'institution qui demande montre que son propre traitement respectera les articles 35 à 38.",
        CODED,
        _BRANCH,
    ),
    Provision("39/1/b", "Aucune loi ni aucun règlement ne s'oppose à la communication.", CODED, _BRANCH),
    Provision(
        "39/2",
        "L'organe sollicité vérifie ces conditions et, la communication faite, en avise son responsable, à moins qu'une "
        "règle expresse ne donne déjà le droit de communiquer.",
        CODED,
        "La question lipad.communication rend l'avis au responsable comme suite à donner.",
    ),
    Provision(
        "39/3",
        "Les autorités judiciaires reçoivent ce qu'elles demandent pour juger ou surveiller, sauf si un secret protégé "
        "par la loi l'empêche.",
        CODED,
        "Branche judicial_authority de la question lipad.communication.",
    ),
)
_TO_PUBLIC_BODIES = (
    Provision(
        "39/4",
        "À une entité suisse de droit public que la loi ne vise pas, deux conditions doivent être réunies.",
        CODED,
        "Branche swiss_public_body de la question lipad.communication.",
    ),
    Provision(
        "39/4/a",
        "Elle montre que les règles qui lient son traitement protègent les données de manière adéquate.",
        CODED,
        _BRANCH,
    ),
    Provision("39/4/b", "Aucune loi ni aucun règlement ne s'oppose à la communication.", CODED, _BRANCH),
    Provision(
        "39/5",
        "L'organe vérifie ces conditions et avise son responsable avant de communiquer, sauf droit déjà donné par une "
        "règle expresse ; il fixe au besoin des charges et conditions.",
        CODED,
        "La question lipad.communication rend l'avis au responsable comme préalable.",
    ),
    Provision(
        "39/6",
        "À une entité étrangère de droit public, deux conditions doivent être réunies.",
        CODED,
        "Branche foreign_public_body de la question lipad.communication.",
    ),
    Provision(
        "39/6/a",
        "Elle montre que ses règles protègent les données aussi bien que la présente loi.",
        CODED,
        _BRANCH,
    ),
    Provision("39/6/b", "Aucune loi ni aucun règlement ne s'oppose à la communication.", CODED, _BRANCH),
    Provision(
        "39/7",
        "Sans cette protection équivalente, il faut qu'aucune règle ne s'oppose et que l'un de trois motifs existe.",
        CODED,
        "Second chemin de la branche foreign_public_body de la question lipad.communication.",
    ),
    Provision(
        "39/7/a",
        "La personne a consenti expressément, libre et informée, ou c'est à l'évidence dans son intérêt.",
        CODED,
        _BRANCH,
    ),
    Provision(
        "39/7/b",
        "L'organe reconnaît un intérêt public important qui l'emporte manifestement, et l'entité garantit assez sûrement "
        "les droits fondamentaux de la personne.",
        CODED,
        _BRANCH,
    ),
    Provision("39/7/c", "Le droit fédéral ou un traité le prévoit.", CODED, _BRANCH),
    Provision(
        "39/8",
        "Le préposé cantonal est toujours consulté avant ; l'organe fixe au besoin des charges ou conditions.",
        CODED,
        "La question lipad.communication rend la consultation du préposé comme préalable.",
    ),
)
_TO_PRIVATE_PERSONS = (
    Provision(
        "39/9",
        "À une personne de droit privé, il faut l'un de deux titres.",
        CODED,
        "Branche private_person de la question lipad.communication.",
    ),
    Provision("39/9/a", "Une loi ou un règlement prévoit cette communication expressément.", CODED, _BRANCH),
    Provision(
        "39/9/b",
        "L'intérêt privé de qui demande mérite protection, et aucun intérêt des personnes concernées ne l'emporte.",
        CODED,
        _BRANCH,
    ),
    Provision(
        "39/10",
        "Dans ce second cas, les personnes concernées sont consultées avant, si le travail n'est pas disproportionné ; "
        "faute de réponse ou en cas d'opposition, le préposé donne son préavis. Des charges et conditions peuvent être "
        "fixées.",
        CODED,
        "La question lipad.communication rend la consultation et le préavis comme préalables.",
    ),
    Provision(
        "39/11",
        "La décision va aux parties et à celles et ceux qui ont été consultés.",
        CODED,
        "La question lipad.communication rend la notification comme suite à donner.",
    ),
    Provision(
        "39/12",
        "L'accès des proches aux données d'une personne décédée suit l'article 48.",
        ORGANISATION,
        "La demande d'un proche ouvre le dossier de l'article 48, et non une communication.",
    ),
)
PROVISIONS: tuple[Provision, ...] = (
    *_LEGAL_BASIS,
    *_QUALITIES,
    *_SECURITY,
    *_COLLECTION,
    *_TO_INSTITUTIONS,
    *_TO_PUBLIC_BODIES,
    *_TO_PRIVATE_PERSONS,
)
