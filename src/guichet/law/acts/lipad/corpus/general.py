"""Title I, articles 1 to 4: aims, coordination, scope, definitions."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.TEXT_ONLY
_SCOPE = "La question lipad.scope en décide et nomme la lettre appliquée."
_CATEGORY = "Chaque champ de données du logiciel porte sa catégorie, dont la fiche du catalogue est tirée."

_AIMS = (
    Provision("1", "Buts", amendments=(2,)),
    Provision(
        "1/1",
        "La loi règle l'information sur ce que font les institutions et la protection des données personnelles.",
        TEXT_ONLY,
        "Objet de la loi : rien à calculer, montré sur les pages du droit.",
    ),
    Provision(
        "1/2",
        "Elle poursuit deux buts.",
        TEXT_ONLY,
        "Buts de la loi : rien à calculer, montrés sur les pages du droit.",
    ),
    Provision(
        "1/2/a",
        "Aider chacun à se faire librement une opinion et à prendre part à la vie publique.",
        TEXT_ONLY,
        "But de la loi : rien à calculer, montré sur les pages du droit.",
    ),
    Provision(
        "1/2/b",
        "Garantir à chacun, personne physique ou morale de droit privé, ses droits fondamentaux face à l'usage des "
        "données qui parlent de lui.",
        TEXT_ONLY,
        "But de la loi : rien à calculer, montré sur les pages du droit.",
    ),
)
_COORDINATION = (
    Provision("2", "Coordination", amendments=(2,)),
    Provision(
        "2/1",
        "Les différents buts de la loi sont poursuivis ensemble, pour que les politiques publiques soient menées "
        "efficacement.",
        TEXT_ONLY,
        "Principe de coordination : rien à calculer ; les procédures partagent un même journal et les mêmes rôles.",
    ),
    Provision(
        "2/2",
        "Elle s'applique en accord avec la loi sur les archives publiques.",
        TEXT_ONLY,
        "Principe de coordination : rien à calculer ; l'article 29 en tire la règle.",
    ),
    Provision(
        "2/3",
        "Quatre moyens assurent cette coordination.",
        PLANNED,
        "Les moyens énumérés ont chacun leur place dans le logiciel.",
    ),
    Provision(
        "2/3/a",
        "Une organisation appropriée à l'intérieur de chaque institution.",
        PLANNED,
        "Un annuaire des institutions avec leurs responsables et leurs mesures.",
    ),
    Provision(
        "2/3/b",
        "La fonction de préposé cantonal à la protection des données et à la transparence.",
        PLANNED,
        "Un bureau du préposé, avec ses files de travail.",
    ),
    Provision(
        "2/3/c",
        "L'obligation du préposé cantonal et de l'archiviste d'Etat de se concerter.",
        PLANNED,
        "L'archiviste est un rôle que l'on peut consulter sur un dossier.",
    ),
    Provision(
        "2/3/d",
        "Le travail de la commission consultative en matière de protection des données, de transparence et d'archives.",
        PLANNED,
        "Les séances et les avis de la commission sont tenus au bureau du préposé.",
    ),
)
_SUBJECT = (
    Provision("3", "Champ d'application", amendments=(2,)),
    Provision(
        "3/1",
        "La loi s'applique aux institutions publiques énumérées, sauf ce que réservent les alinéas 3 et 5.",
        CODED,
        _SCOPE,
    ),
    Provision(
        "3/1/a",
        "Les trois pouvoirs du canton, avec leurs services et leurs commissions.",
        CODED,
        _SCOPE,
    ),
    Provision("3/1/b", "Les communes, avec leurs services et leurs commissions.", CODED, _SCOPE),
    Provision(
        "3/1/c",
        "Les institutions, établissements et corporations de droit public du canton et des communes, avec leurs "
        "services et leurs commissions.",
        CODED,
        _SCOPE,
        amendments=(13,),
    ),
    Provision("3/1/d", "Les groupements que ces institutions forment entre elles.", CODED, _SCOPE),
    Provision(
        "3/2",
        "Elle s'applique aussi à certains organismes privés et à qui remplit une tâche publique, sauf ce que réservent "
        "les alinéas 4 et 5.",
        CODED,
        _SCOPE,
    ),
    Provision(
        "3/2/a",
        "Les personnes morales et organismes de droit privé qu'une ou plusieurs institutions de l'alinéa 1 maîtrisent "
        "effectivement, par l'un des trois moyens énumérés.",
        CODED,
        _SCOPE,
    ),
    Provision("3/2/a/1", "En détenant la majorité du capital social.", CODED, _SCOPE),
    Provision(
        "3/2/a/2",
        "En les subventionnant pour 50 % ou plus du budget de fonctionnement, et 50 000 francs au moins.",
        CODED,
        "La question lipad.scope compare la part et le montant ; les deux bornes sont comprises.",
        figures=("50", "50000"),
    ),
    Provision(
        "3/2/a/3",
        "En y déléguant des représentants qui pèsent de façon décisive sur la volonté ou la conduite de l'organisme.",
        CODED,
        _SCOPE,
    ),
    Provision(
        "3/2/b",
        "Les personnes et organismes chargés de tâches de droit public du canton ou d'une commune, dans la limite de "
        "ces tâches.",
        CODED,
        "La question lipad.scope répond « dans les limites de la tâche ».",
    ),
    Provision(
        "3/3",
        "Trois sortes de traitements de données par les institutions publiques échappent à la loi.",
        PLANNED,
        "Le registre des fichiers n'inscrit pas ces traitements ; la raison est notée.",
    ),
    Provision(
        "3/3/a",
        "Les notes prises pour son seul usage personnel.",
        PLANNED,
        "Le registre des fichiers n'inscrit pas ces traitements ; la raison est notée.",
    ),
    Provision(
        "3/3/b",
        "Ce que les autorités judiciaires et le Conseil supérieur de la magistrature traitent selon leurs lois pour "
        "juger leurs causes ou exercer leur surveillance, l'article 39 alinéa 3 étant réservé.",
        PLANNED,
        "Le registre des fichiers n'inscrit pas ces traitements ; la communication à ces autorités garde sa règle.",
    ),
    Provision(
        "3/3/c",
        "Ce qui se traite dans les débats du Conseil d'Etat, du Grand Conseil et de ses commissions, des exécutifs "
        "communaux, des conseils municipaux et de leurs commissions.",
        PLANNED,
        "Le registre des fichiers n'inscrit pas ces traitements ; la raison est notée.",
    ),
    Provision(
        "3/4",
        "Ce que traitent les personnes physiques et morales de droit privé n'est pas soumis non plus.",
        CODED,
        "La question lipad.scope répond « non » pour une personne privée sans tâche publique.",
    ),
    Provision("3/5", "Le droit fédéral passe avant.", TEXT_ONLY, "Réserve du droit fédéral : rien à calculer."),
)
_DEFINITIONS = (
    Provision("4", "Définitions", amendments=(2,)),
    Provision(
        "4/a",
        "Donnée personnelle : toute information sur une personne physique ou une personne morale de droit privé, "
        "identifiée ou que l'on peut identifier.",
        PLANNED,
        _CATEGORY,
    ),
    Provision(
        "4/b", "Donnée personnelle sensible : celle qui touche l'un des quatre groupes énumérés.", PLANNED, _CATEGORY
    ),
    Provision(
        "4/b/1",
        "Ce que la personne pense ou fait en matière de religion, de philosophie, de politique, de syndicalisme ou de "
        "culture.",
        PLANNED,
        _CATEGORY,
    ),
    Provision("4/b/2", "Sa santé, son intimité, l'ethnie à laquelle elle appartient.", PLANNED, _CATEGORY),
    Provision("4/b/3", "L'aide sociale qu'elle reçoit.", PLANNED, _CATEGORY),
    Provision(
        "4/b/4", "Ce que la justice pénale ou l'administration poursuit ou sanctionne chez elle.", PLANNED, _CATEGORY
    ),
    Provision(
        "4/c",
        "Profil de la personnalité : un ensemble de données d'où l'on peut juger des traits essentiels d'une personne "
        "physique.",
        PLANNED,
        _CATEGORY,
    ),
    Provision(
        "4/d",
        "Fichier : un système, quel que soit son support, qui réunit des données sur un groupe déterminé de personnes "
        "et permet de les rattacher à chacune.",
        PLANNED,
        "Unité du catalogue des fichiers.",
    ),
    Provision(
        "4/e",
        "Traitement : toute opération sur des données personnelles par quelque moyen que ce soit, de leur collecte à "
        "leur destruction.",
        PLANNED,
        "Les traitements d'un fichier sont déclarés au catalogue avec leur base légale.",
    ),
    Provision(
        "4/f",
        "Communication : rendre accessibles des données ou un document, par consultation, transmission ou diffusion.",
        PLANNED,
        "Chaque communication a son dossier et sa trace par personne concernée.",
    ),
    Provision(
        "4/g",
        "Personne concernée : celle, physique ou morale, dont les données sont traitées.",
        PLANNED,
        "Rôle des prétentions et des consultations.",
    ),
    Provision(
        "4/h",
        "Organe : le membre ou le mandataire d'une institution soumise qui, pour elle, diffuse l'information, traite "
        "les demandes de documents ou les données personnelles.",
        PLANNED,
        "Rôle de la personne qui traite un dossier dans son institution.",
    ),
    Provision(
        "4/i",
        "Numéro d'identification personnel commun : une suite de chiffres, au besoin de lettres et de signes, que "
        "plusieurs institutions partagent pour identifier des personnes.",
        PLANNED,
        "Les champs qui sont de tels identifiants doivent nommer leur base légale.",
        amendments=(9,),
        new=True,
    ),
)
PROVISIONS: tuple[Provision, ...] = (*_AIMS, *_COORDINATION, *_SUBJECT, *_DEFINITIONS)
