"""Title II, chapters I and II, articles 5 to 23: publicity of sittings, information of the public.

Articles 20 to 23 bear no exponent of 2008: their wording is that of 2002, 20 al. 6 excepted.
"""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.provisions import Provision, Standing

CODED, PLANNED, TEXT_ONLY = Standing.CODED, Standing.PLANNED, Standing.TEXT_ONLY
_TABLE = "La question lipad.publicity le dit, et le calendrier des séances le montre avec sa raison."
_CLOSURE = "La question lipad.publicity demande l'avis au préposé cantonal ; il part avec la décision de huis clos."
_SITTINGS = "Le calendrier des séances et les publications de l'institution."

_COMMON = (
    Provision("5", "Règles communes", amendments=(2,)),
    Provision(
        "5/1",
        "Une séance est publique si la loi le prévoit, et non publique sinon ; les cas de huis clos sont dans la loi.",
        CODED,
        _TABLE,
    ),
    Provision(
        "5/2",
        "Quel que soit le régime de la séance, l'institution peut se faire assister des personnes utiles à ses "
        "travaux, dans le respect des règles de délibération et de décision.",
        PLANNED,
        "Les personnes invitées sont inscrites à la séance ; leur présence n'en change pas le régime.",
    ),
    Provision(
        "5/3",
        "Assister à une séance ne donne ni la parole, ni le droit d'en troubler le cours.",
        PLANNED,
        "Un rappel accompagne chaque séance annoncée comme publique.",
    ),
)
_NOT_PUBLIC = (
    Provision("6", "Séances non publiques", amendments=(2,)),
    Provision(
        "6/1",
        "À une séance non publique sans huis clos, l'institution peut admettre des tiers au cas par cas, si aucune loi "
        "ne s'y oppose et qu'un intérêt prépondérant le justifie.",
        PLANNED,
        "L'admission est inscrite à la séance avec son motif.",
    ),
    Provision(
        "6/2",
        "Une séance non publique ne réduit ni le devoir d'informer, ni le droit d'accéder aux documents.",
        PLANNED,
        "Le calendrier le rappelle : le régime d'une séance n'est pas à lui seul un motif de refus d'un document.",
        amendments=(2,),
    ),
)
_CLOSED = (
    Provision("7", "Huis clos", amendments=(2,)),
    Provision(
        "7/1",
        "Ce qui se délibère et se vote à huis clos reste secret, sauf si une loi dit autre chose.",
        PLANNED,
        "D'une séance à huis clos, ni débats ni votes ne sont publiés.",
    ),
    Provision(
        "7/2",
        "Des tiers n'y sont admis, au cas par cas, que si une loi le permet et qu'un intérêt prépondérant le justifie, "
        "avec les charges qui protègent le secret.",
        PLANNED,
        "L'admission est inscrite à la séance avec sa base légale et ses charges.",
    ),
    Provision(
        "7/3",
        "De ce qui s'est décidé à huis clos, le public est informé si un intérêt prépondérant le demande, sans "
        "trahir ce que le huis clos protège.",
        PLANNED,
        "Une séance à huis clos ne publie que cette information sur ses décisions.",
    ),
)
_GRAND_COUNCIL = (
    Provision("8", "Séances plénières", amendments=(2,)),
    Provision("8/1", "Le Grand Conseil siège en public.", CODED, _TABLE),
    Provision("8/2", "Il siège à huis clos dans les cas énumérés.", CODED, _TABLE),
    Provision(
        "8/2/a",
        "Lettre abrogée.",
        TEXT_ONLY,
        "Abrogée depuis le 1er janvier 2009 : plus rien à appliquer.",
        amendments=(1,),
        until=date(2008, 12, 31),
        until_by="8/2",
    ),
    Provision("8/2/b", "Quand il statue sur la grâce d'un mineur.", CODED, _TABLE),
    Provision("8/2/c", "Quand il statue sur la levée d'une immunité.", CODED, _TABLE),
    Provision("8/2/d", "Quand il statue sur la levée d'un secret, là où une loi l'en charge.", CODED, _TABLE),
    Provision("8/2/e", "Quand il le décide au nom d'un intérêt prépondérant.", CODED, _TABLE),
    Provision(
        "9",
        "Le bureau, les commissions et les sous-commissions du Grand Conseil ne siègent pas en public, sauf si une loi "
        "le prévoit.",
        CODED,
        _TABLE,
        amendments=(2,),
    ),
)
_COUNCIL_OF_STATE = (
    Provision(
        "10",
        "Le Conseil d'Etat et ses délégations ne siègent pas en public.",
        CODED,
        _TABLE,
        amendments=(2,),
    ),
    Provision("11", "Administration cantonale et commissions", amendments=(2,)),
    Provision(
        "11/1",
        "Les services de l'administration cantonale et les commissions du Conseil d'Etat ne siègent pas en public.",
        CODED,
        _TABLE,
    ),
    Provision(
        "11/2",
        "Le Conseil d'Etat peut y ordonner le huis clos au cas par cas, pour un intérêt prépondérant ; il en avise le "
        "préposé cantonal.",
        CODED,
        _CLOSURE,
        amendments=(2,),
    ),
)
_JUDICIARY = (
    Provision("12", "Juridictions et autres autorités judiciaires", amendments=(2,)),
    Provision(
        "12/1",
        "Les audiences sont publiques dans la mesure que fixent les lois propres aux autorités judiciaires.",
        CODED,
        "La question lipad.publicity renvoie à ces lois.",
    ),
    Provision("12/2", "Le huis clos est la règle au Conseil supérieur de la magistrature.", CODED, _TABLE),
    Provision("13", "Services administratifs et commissions non juridictionnelles", amendments=(2,)),
    Provision(
        "13/1",
        "Les services administratifs du pouvoir judiciaire et ses commissions qui ne jugent pas ne siègent pas en "
        "public.",
        CODED,
        _TABLE,
    ),
    Provision(
        "13/2",
        "La commission de gestion peut y ordonner le huis clos au cas par cas, pour un intérêt prépondérant ; elle en "
        "avise le préposé cantonal.",
        CODED,
        _CLOSURE,
        amendments=(2,),
    ),
)
_COMMUNES = (
    Provision("14", "Les exécutifs communaux ne siègent pas en public.", CODED, _TABLE, amendments=(2,)),
    Provision("15", "Administrations municipales et commissions", amendments=(2,)),
    Provision(
        "15/1",
        "Les services d'une commune et les commissions qui en dépendent ne siègent pas en public.",
        CODED,
        _TABLE,
    ),
    Provision(
        "15/2",
        "L'exécutif communal peut y ordonner le huis clos au cas par cas, pour un intérêt prépondérant ; il en avise le "
        "préposé cantonal.",
        CODED,
        _CLOSURE,
        amendments=(2,),
    ),
    Provision("16", "Conseils municipaux", amendments=(2,)),
    Provision("16/1", "Les conseils municipaux siègent en public.", CODED, _TABLE),
    Provision("16/2", "Ils siègent à huis clos dans trois cas.", CODED, _TABLE),
    Provision(
        "16/2/a",
        "Pour délibérer de la naturalisation d'un étranger de plus de 25 ans.",
        CODED,
        _TABLE,
        figures=("25",),
    ),
    Provision(
        "16/2/b",
        "Pour délibérer de la levée d'un secret auquel une loi oblige les conseillers municipaux.",
        CODED,
        _TABLE,
    ),
    Provision("16/2/c", "Quand ils le décident au nom d'un intérêt prépondérant.", CODED, _TABLE),
    Provision(
        "16/3",
        "Leurs commissions ne siègent pas en public, sauf règle contraire.",
        CODED,
        _TABLE,
    ),
)
_PUBLIC_BODIES = (
    Provision("17", "Séances des établissements et corporations de droit public", amendments=(2,)),
    Provision(
        "17/1",
        "Les exécutifs et les directions des établissements et corporations de droit public ne siègent pas en public.",
        CODED,
        _TABLE,
    ),
    Provision(
        "17/2",
        "Leurs services administratifs et les commissions qui en dépendent non plus.",
        CODED,
        _TABLE,
    ),
    Provision(
        "17/3",
        "L'exécutif ou la direction peut ordonner le huis clos au cas par cas, pour un intérêt prépondérant, et en avise "
        "le préposé cantonal.",
        CODED,
        _CLOSURE,
    ),
    Provision(
        "17/4",
        "Leurs assemblées délibérantes, comparables à des assemblées générales ou de délégués, siègent en public ; elles "
        "peuvent restreindre ou supprimer la publicité pour un intérêt prépondérant.",
        CODED,
        _TABLE,
    ),
)
_INFORMATION = (
    Provision("18", "Principes", amendments=(2,)),
    Provision(
        "18/1",
        "Les institutions donnent d'elles-mêmes au public ce qui est de nature à l'intéresser, sauf intérêt "
        "prépondérant contraire.",
        PLANNED,
        "Un bureau de publication, et le registre public des documents remis sur demande.",
    ),
    Provision(
        "18/2",
        "Ce qui est communiqué est juste, entier, compréhensible et sans retard.",
        PLANNED,
        "Chaque publication porte sa date, son auteur et ses corrections.",
    ),
    Provision(
        "18/3",
        "Les moyens sont à la mesure des ressources et de l'importance du sujet ; autant que possible, ce sont les "
        "techniques modernes.",
        PLANNED,
        "Un portail avec recherche en plein texte et fils d'actualité.",
    ),
    Provision("19", "Grand Conseil", amendments=(2,)),
    Provision(
        "19/1",
        "Les débats du Grand Conseil sont consignés sans tarder au Mémorial, accessible à chacun, surtout par les "
        "techniques modernes.",
        PLANNED,
        _SITTINGS,
    ),
    Provision(
        "19/2",
        "Les objets, dates, heures et lieux de ses séances plénières sont annoncés au public.",
        PLANNED,
        _SITTINGS,
    ),
    Provision(
        "19A",
        "Le Conseil d'Etat fait savoir, entre autres, de quoi il a délibéré et avec quel résultat.",
        PLANNED,
        _SITTINGS,
        amendments=(2,),
    ),
)
_JUDICIAL_INFORMATION = (
    Provision("20", "Pouvoir judiciaire"),
    Provision(
        "20/1",
        "Les autorités judiciaires et le Conseil supérieur de la magistrature informent en général de leur activité, de "
        "jugement et d'administration.",
        PLANNED,
        "Publications du pouvoir judiciaire.",
    ),
    Provision(
        "20/2",
        "Sur une procédure en cours, elles n'informent que si un intérêt prépondérant l'exige absolument, en respectant "
        "les parties et la présomption d'innocence.",
        PLANNED,
        "Une publication liée à une procédure en cours est retenue jusqu'à ce que cet intérêt soit motivé.",
    ),
    Provision(
        "20/3",
        "Une fois la procédure close, elles informent sous une forme adaptée, autant qu'un intérêt prépondérant "
        "le demande et sans léser les parties.",
        PLANNED,
        "L'état de la procédure (en cours, close, définitive) règle ce qui peut être publié.",
    ),
    Provision(
        "20/4",
        "Les arrêts et décisions définitifs et exécutoires sont accessibles auprès d'un service central ou du greffe, "
        "sans que l'on puisse y reconnaître parties et tiers ; le caviardage est inutile si aucun intérêt digne de "
        "protection ne le demande.",
        PLANNED,
        "Un arrêt passe par l'outil de caviardage avant d'être mis à disposition.",
    ),
    Provision(
        "20/5",
        "Ils sont publiés, sans léser les parties, quand le débat juridique et l'évolution de la jurisprudence en "
        "ont besoin.",
        PLANNED,
        "Publications du pouvoir judiciaire.",
    ),
    Provision(
        "20/6",
        "La commission de gestion édicte les directives de ces publications ; après avoir consulté le préposé cantonal, "
        "elle peut y déroger pour la bonne marche de la justice et la sphère privée.",
        PLANNED,
        "Les directives sont des documents publiés ; une dérogation garde la trace de la consultation.",
        amendments=(2,),
    ),
)
_OTHER_INFORMATION = (
    Provision("21", "Autorités de police"),
    Provision(
        "21/1",
        "La police fait connaître celles de ses activités qui peuvent intéresser le public, sauf intérêt prépondérant "
        "contraire.",
        PLANNED,
        "Publications de la police.",
    ),
    Provision(
        "21/2",
        "Quand il faut informer sans délai d'un fait lié à une procédure judiciaire ouverte ou sur le point de l'être, "
        "elle demande l'accord du pouvoir judiciaire et respecte les parties et la présomption d'innocence.",
        PLANNED,
        "Une telle publication est retenue jusqu'à l'accord enregistré du pouvoir judiciaire.",
    ),
    Provision("22", "Communes"),
    Provision(
        "22/1",
        "Les exécutifs communaux font savoir, entre autres, de quoi ils ont délibéré et avec quel résultat.",
        PLANNED,
        _SITTINGS,
    ),
    Provision(
        "22/2",
        "Les objets, dates, heures et lieux des séances plénières des conseils municipaux sont annoncés, et leurs débats "
        "et décisions portés ensuite à la connaissance du public.",
        PLANNED,
        _SITTINGS,
    ),
    Provision(
        "22/3",
        "L'information des exécutifs, des conseils municipaux et de leurs commissions s'adresse d'abord aux habitants de "
        "la commune.",
        PLANNED,
        "Publications de la commune.",
    ),
    Provision(
        "23",
        "Les autres institutions soumises font connaître leurs activités, décisions, résultats et situation financière, "
        "sauf intérêt prépondérant contraire.",
        PLANNED,
        "Publications de l'institution.",
    ),
)
PROVISIONS: tuple[Provision, ...] = (
    *_COMMON,
    *_NOT_PUBLIC,
    *_CLOSED,
    *_GRAND_COUNCIL,
    *_COUNCIL_OF_STATE,
    *_JUDICIARY,
    *_COMMUNES,
    *_PUBLIC_BODIES,
    *_INFORMATION,
    *_JUDICIAL_INFORMATION,
    *_OTHER_INFORMATION,
)
