"""Prints of texts that do not exist, in the shape of the official ones, and a core that agrees with them."""

from __future__ import annotations

from datetime import date

from guichet.law.check.inventory import Inventory
from guichet.law.kernel.clocks import Clock, Unit
from guichet.law.kernel.provisions import Amendment, Division, Edition, LegalText, Level, Provision, Standing

CODED = Standing.CODED
ACT = """Texte en vigueur

Dernières modifications au 2 août 2021

Règlement sur les bateaux (RBat)
(Entrée en vigueur : 1er février 2001)

Titre I(1) Des bateaux
Art. 1        Objet
Les bateaux verts sont gratuits.
Chapitre I Des rames
Art. 2(1)\u00a0     Rames
Des rames longues
1 Chaque bateau a ses rames, que le port(2) prête pour 10 jours :
a) en bois;
b) en fer :
1° creux,
2° plein;
c) en or.(3)
Des rames courtes
2 Une rame perdue coûte 1 200 francs, ou 5% du bateau,
puis deux ans d'attente.
3 (1)
Art. 2A Prix
1 Le port perçoit :
1. Voile
a)
pour un adulte

140 francs

b)
pour un enfant

60 francs(3)
2 Le reste est réservé.
RSG Intitulé
Date d'adoption
Entrée en vigueur
B 0 00 R sur les bateaux
05.01.2001
01.02.2001
Modifications :
 1. n. : 2/3, (d. : 2
>> 2A) 2A;
n.t. : 2 |
03.04.2005 |
01.05.2005 |
  2. n.t. : rectification selon 7C/1, B 2 05 (2/1)

06.07.2010

06.07.2010
3. n.t. : 2/1c, rectification selon 7C/1, B 2 05 (2A)
01.08.2021
02.08.2021
"""
TERMS = """**CONDITIONS**

Edition décembre 2023

## **1. Objet**

Un bateau se loue.

## **2. Prix**

Le prix vaut entre 7 et 14 jours ouvrables, et peut être

suspendu.

Il est payé d'avance.
"""


def agreeing() -> LegalText:
    """The core's table of the act above."""
    return LegalText(
        "RBat",
        "Règlement sur les bateaux",
        edition=Edition(entry=date(2001, 2, 1), consolidated_to=date(2021, 8, 2)),
        amendments=(
            Amendment(1, date(2005, 4, 3), date(2005, 5, 1)),
            Amendment(2, date(2010, 7, 6), date(2010, 7, 6), renaming=True),
            Amendment(3, date(2021, 8, 1), date(2021, 8, 2)),
        ),
        provisions=(
            Provision("1", "Verts.", CODED),
            Provision("2", "Rames", amendments=(1,)),
            Provision("2/1", "Ses rames", amendments=(2,), figures=("10",)),
            Provision("2/1/a", "Bois.", CODED),
            Provision("2/1/b", "Fer"),
            Provision("2/1/b/1", "Creux.", CODED),
            Provision("2/1/b/2", "Plein.", CODED),
            Provision("2/1/c", "Or.", CODED, amendments=(3,)),
            Provision("2/2", "Perdue.", CODED, figures=("1200", "5", "2")),
            Provision("2/3", "Abrogé.", Standing.TEXT_ONLY, amendments=(1,), until=date(2005, 4, 30), until_by="2/3"),
            Provision("2A", "Prix"),
            Provision("2A/1", "Le port"),
            Provision("2A/1/1", "Voile"),
            Provision("2A/1/1/a", "Adulte.", CODED, figures=("140",)),
            Provision("2A/1/1/b", "Enfant.", CODED, amendments=(3,), figures=("60",)),
            Provision("2A/2", "Réserve.", CODED),
        ),
        divisions=(
            Division(Level.TITLE, "I", "Bateaux", "1", "2A", (Division(Level.CHAPTER, "I", "Rames", "2", "2A"),)),
        ),
    )


def small_core(text: LegalText) -> Inventory:
    """A core that holds one text and the clocks its two periods need."""
    return Inventory(
        texts={text.name: text},
        questions={},
        procedures={},
        interpretations=(),
        tables={},
        clocks={
            "rbat.LOAN": Clock(name="loan", title="Prêt", length=10, unit=Unit.DAYS, basis=text.refs("2/1")),
            "rbat.WAIT": Clock(name="wait", title="Attente", length=2, unit=Unit.YEARS, basis=text.refs("2/2")),
        },
    )
