"""Readings chosen where the regulation leaves a doubt (files in ``docs/interpretations``)."""

from __future__ import annotations

from datetime import date

from guichet.law.acts.rdid.corpus import ADOPTED, RDID
from guichet.law.acts.rdid.federal import AGE_DAY, BOTH_PARENTS, FEE_DAY, LOSS, REPEATED_LOSS, SHARES, ldi
from guichet.law.kernel.interpretations import Interpretation

EIGHTEENTH_BIRTHDAY = Interpretation(
    9,
    "eighteenth-birthday",
    RDID.refs("11/1/1/a", "11/1/1/b", "11/1/2/a", "11/1/2/b", "11/1/3/a", "11/1/3/b"),
    doubt="Le tarif dit « dès 18 ans révolus » pour les adultes et « jusqu'à 18 ans » pour les enfants.",
    reading="une personne est adulte dès le jour même de ses 18 ans.",
    considered=(
        "Adulte dès le jour de l'anniversaire : les 18 ans sont révolus quand il commence.",
        "Adulte dès le lendemain : « jusqu'à 18 ans » comprend le jour de l'anniversaire.",
    ),
    reason=(
        "« Révolus » veut dire accomplis, et « jusqu'à » s'arrête où commence « dès » : chaque jour a "
        "ainsi un seul tarif."
    ),
)
BORN_29_FEBRUARY = Interpretation(
    10,
    "born-29-february",
    RDID.refs("6/1", "11/1/1/a"),
    doubt="Une personne née un 29 février n'a pas d'anniversaire l'année de ses 18 ans.",
    reading="une personne née un 29 février est adulte dès le 1er mars de l'année de ses 18 ans.",
    considered=(
        "Dès le 28 février, dernier jour de la dix-huitième année civile complète.",
        "Dès le 1er mars : la dix-huitième année de vie est complète quand le 28 février se termine.",
    ),
    reason=(
        "Dix-huit ans après une année bissextile, l'année ne l'est jamais : le cas se présente pour "
        "chaque personne née ce jour-là."
    ),
)
COUNTER_DAY = Interpretation(
    11,
    "counter-day",
    (*RDID.refs("3/1", "6/1", "11/1"), AGE_DAY, FEE_DAY),
    doubt="Le règlement ne dit pas quel jour fixe l'âge et le droit applicable d'une demande au guichet.",
    reading="l'âge et le droit applicable sont ceux du jour de la présentation en personne.",
    considered=(
        "Le jour du dépôt de la demande.",
        "Le jour de la présentation en personne.",
        "Le jour de l'établissement du document.",
    ),
    reason=(
        "Le droit fédéral compte l'âge ce jour-là (art. 15 al. 2 de l'ordonnance du DFJP) et l'émolument "
        "y est dû (art. 50 OLDI). Une demande déposée avant l'anniversaire, avec une présentation après, "
        "paie donc le tarif des adultes."
    ),
)
LOSS_OF_BOTH = Interpretation(
    12,
    "loss-of-both",
    RDID.refs("11/1/1/c", "11/1/2/c", "12/2"),
    doubt="Le tarif ne dit pas ce que coûte la déclaration de la perte simultanée des deux documents.",
    reading="la perte des deux documents à la fois est un cas non prévu, tranché par le département.",
    considered=(
        "Un émolument pour les deux documents, comme le tarif combiné des demandes.",
        "Deux émoluments, un par document.",
        "Un cas non prévu, que le département tranche.",
    ),
    reason=(
        "Le tarif combiné (art. 11 al. 1 ch. 3) n'a pas de ligne pour la déclaration : le silence est "
        "écrit comme tel et renvoyé à l'art. 12 al. 2."
    ),
)
LOSS_FEE = Interpretation(
    13,
    "loss-fee",
    RDID.refs("11/1/1/c", "11/1/2/c"),
    doubt="Le tarif ne dit pas si la déclaration se paie par document ou par événement, ni si elle s'ajoute au nouveau.",
    reading="la déclaration se paie une fois par document et ne s'ajoute pas au prix du nouveau document.",
    considered=(
        "Une fois par événement, quel que soit le nombre de documents.",
        "Une fois par document, en plus du prix du nouveau.",
        "Une fois par document, perçue par la police, à part du prix du nouveau document.",
    ),
    reason=(
        "Le tarif range la déclaration sous chaque document et les émoluments sont perçus par l'autorité "
        "compétente : la police pour la déclaration, une autre autorité pour le nouveau document."
    ),
)
APPEAL_START = Interpretation(
    14,
    "appeal-start",
    RDID.refs("13"),
    doubt="Le règlement fait courir le recours dès le prononcé ; la procédure administrative dès la notification.",
    reading="le délai de recours est compté dès la notification de la décision, et non dès son prononcé.",
    considered=(
        "Dès le prononcé de la décision, comme le dit le règlement.",
        "Dès sa notification, comme le veut la loi sur la procédure administrative.",
    ),
    reason=(
        "Une décision que personne ne connaît ne peut faire courir un délai. La réserve le dit à qui "
        "recourt : compter dès le prononcé est le plus sûr."
    ),
)
REFUSAL_GROUNDS = Interpretation(
    15,
    "refusal-grounds",
    (*RDID.refs("9"), ldi("6"), ldi("7")),
    doubt="Le règlement cite l'ordonnance fédérale pour les cas de refus et de retrait ; ils sont dans la loi.",
    reading="les cas de refus et de retrait sont ceux des articles 6 et 7 de la loi fédérale (LDI).",
    considered=(
        "Les articles 6 et 7 de l'ordonnance, à la lettre.",
        "Les articles 6 et 7 de la loi fédérale, qui énumèrent les cas.",
    ),
    reason=(
        "Les articles 6 et 7 de l'ordonnance désignent des autorités ; les cas de refus et de retrait "
        "sont aux articles 6 et 7 de la loi. La liste est une donnée datée."
    ),
)
BIOMETRIC_DATA = Interpretation(
    16,
    "biometric-data",
    RDID.refs("2/3", "2/4", "3/2"),
    doubt="Le règlement ne dit rien de la photographie d'une demande des deux documents ni du passeport provisoire.",
    reading="une demande des deux documents suit les deux règles, un passeport provisoire celle du passeport.",
    considered=(
        "La photographie saisie au guichet suffit aux deux documents.",
        "Une demande des deux documents suit les deux règles de l'art. 3 al. 2.",
        "Le passeport provisoire se contente d'une photographie.",
        "Le passeport provisoire est un passeport : ses données sont saisies par l'autorité.",
    ),
    reason=(
        "Le règlement ne prévoit pas d'exception : les lectures les plus proches de sa lettre sont b et "
        "d. Le centre peut renoncer à la photographie qu'il saisit lui-même."
    ),
)
DESTRUCTION = Interpretation(
    17,
    "destruction",
    (*RDID.refs("10/2"), LOSS),
    doubt="L'attestation de police est prévue pour la perte et le vol ; le règlement ne la nomme pas pour la destruction.",
    reading="la destruction d'un document s'atteste comme une perte.",
    considered=(
        "Aucune attestation n'est exigée pour un document détruit.",
        "La destruction totale est une perte, comme en droit fédéral (art. 22 OLDI).",
    ),
    reason=(
        "Les art. 2 al. 5 et 10 al. 1 font déclarer la destruction à la police comme la perte : son "
        "attestation existe donc toujours."
    ),
)
COMMUNE_HALF = Interpretation(
    18,
    "commune-half",
    (*RDID.refs("11/2"), SHARES),
    doubt="La moitié de la part du canton peut finir par un demi-centime.",
    reading="la commune reçoit la moitié arrondie au centime inférieur ; le centime impair reste au canton.",
    considered=(
        "La commune reçoit le centime impair.",
        "Le canton garde le centime impair.",
        "Le demi-centime est reporté au décompte suivant.",
    ),
    reason=(
        "La part de la commune se prend sur celle du canton : elle n'en dépasse jamais la moitié, et la "
        "somme reste exacte au centime."
    ),
)
RETROACTIVE_ENTRY = Interpretation(
    19,
    "retroactive-entry",
    RDID.refs("15"),
    doubt="Le règlement a été adopté le 5 février 2003 et dit s'appliquer depuis le 1er janvier 2003.",
    reading="le règlement s'applique dès le 1er janvier 2003, avant même son adoption.",
    considered=(
        "Le règlement ne s'applique que depuis son adoption, le 5 février 2003.",
        "Il s'applique dès le 1er janvier 2003, comme il le dit.",
    ),
    reason=(
        "L'art. 15 et l'en-tête donnent le même jour. Une réponse pour un jour d'avant l'adoption porte la réserve."
    ),
)
OTHER_PARENT = Interpretation(
    27,
    "other-parent-objects",
    (*RDID.refs("6/1", "6/2"), BOTH_PARENTS),
    doubt="Le règlement demande l'accord du détenteur de l'autorité parentale ; il ne dit rien de deux parents en désaccord.",
    reading=(
        "l'accord d'un seul parent suffit tant que l'autre ne s'oppose pas ; son opposition arrête l'établissement ; venue "
        "après la commande, elle est notée et le centre en est averti."
    ),
    considered=(
        "L'accord d'un seul détenteur suffit toujours.",
        "L'accord des deux est toujours à recueillir.",
        "Celui d'un seul suffit, sauf opposition connue de l'autre.",
    ),
    reason=(
        "Le droit fédéral présume l'accord de l'autre parent selon les circonstances (art. 11 OLDI) ; une opposition "
        "connue renverse la présomption. Seul l'accord des deux, ou une décision sur ce point, la lève. Un document commandé "
        "est déjà accordé : la voie est alors le retrait, que le centre décide (art. 9 RDId)."
    ),
)
REPEATED_LOSSES = Interpretation(
    42,
    "repeated-losses",
    (*RDID.refs("10/2"), REPEATED_LOSS),
    doubt="L'ordonnance ne dit ni où finissent les cinq ans, ni si la perte qui conduit à la nouvelle demande y compte.",
    reading="les cinq ans finissent le jour du droit, et la perte qui conduit à la nouvelle demande y compte.",
    considered=(
        "Trois pertes avant celle qui conduit à la demande, dans les cinq ans qui la précèdent.",
        "Trois pertes avec celle-ci, dans les cinq ans qui finissent le jour du droit.",
        "Trois pertes dans n'importe quelle période de cinq ans.",
    ),
    reason=(
        "La règle vise qui perd encore : la dernière perte est celle qui compte le plus. Une perte compte au jour de son "
        "enregistrement par la police, seul jour qui soit sûr."
    ),
)
READINGS = (
    EIGHTEENTH_BIRTHDAY,
    BORN_29_FEBRUARY,
    COUNTER_DAY,
    LOSS_OF_BOTH,
    LOSS_FEE,
    APPEAL_START,
    REFUSAL_GROUNDS,
    BIOMETRIC_DATA,
    DESTRUCTION,
    COMMUNE_HALF,
    RETROACTIVE_ENTRY,
    OTHER_PARENT,
    REPEATED_LOSSES,
)


def remarks(on: date, address: str, *others: str) -> tuple[str, ...]:
    """What a careful jurist adds to an answer that rests on these provisions on that day, each remark once."""
    found = RDID.remarks(address, on)
    if others:
        found = tuple(dict.fromkeys((*found, *(note for each in others for note in RDID.remarks(each, on)))))
    return found if on >= ADOPTED else (*found, *RETROACTIVE_ENTRY.reservations())
