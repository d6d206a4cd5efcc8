"""Readings chosen where the regulation leaves a doubt (files in ``docs/interpretations``)."""

from __future__ import annotations

from datetime import date

from guichet.law.acts.rdid.corpus import ADOPTED, RDID
from guichet.law.acts.rdid.federal import AGE_DAY, FEE_DAY, LOSS, SHARES, ldi
from guichet.law.kernel.interpretations import Interpretation

EIGHTEENTH_BIRTHDAY = Interpretation(
    9,
    "eighteenth-birthday",
    RDID.refs("11/1/1/a", "11/1/1/b", "11/1/2/a", "11/1/2/b", "11/1/3/a", "11/1/3/b"),
    doubt="Le tarif dit « dès 18 ans révolus » pour les adultes et « jusqu'à 18 ans » pour les enfants.",
    reading="une personne est adulte dès le jour même de ses 18 ans.",
)
BORN_29_FEBRUARY = Interpretation(
    10,
    "born-29-february",
    RDID.refs("6/1", "11/1/1/a"),
    doubt="Une personne née un 29 février n'a pas d'anniversaire l'année de ses 18 ans.",
    reading="une personne née un 29 février est adulte dès le 1er mars de l'année de ses 18 ans.",
)
COUNTER_DAY = Interpretation(
    11,
    "counter-day",
    (*RDID.refs("3/1", "6/1", "11/1"), AGE_DAY, FEE_DAY),
    doubt="Le règlement ne dit pas quel jour fixe l'âge et le droit applicable d'une demande au guichet.",
    reading="l'âge et le droit applicable sont ceux du jour de la présentation en personne.",
)
LOSS_OF_BOTH = Interpretation(
    12,
    "loss-of-both",
    RDID.refs("11/1/1/c", "11/1/2/c", "12/2"),
    doubt="Le tarif ne dit pas ce que coûte la déclaration de la perte simultanée des deux documents.",
    reading="la perte des deux documents à la fois est un cas non prévu, tranché par le département.",
)
LOSS_FEE = Interpretation(
    13,
    "loss-fee",
    RDID.refs("11/1/1/c", "11/1/2/c"),
    doubt="Le tarif ne dit pas si la déclaration se paie par document ou par événement, ni si elle s'ajoute au nouveau.",
    reading="la déclaration se paie une fois par document et ne s'ajoute pas au prix du nouveau document.",
)
APPEAL_START = Interpretation(
    14,
    "appeal-start",
    RDID.refs("13"),
    doubt="Le règlement fait courir le recours dès le prononcé ; la procédure administrative dès la notification.",
    reading="le délai de recours est compté dès la notification de la décision, et non dès son prononcé.",
)
REFUSAL_GROUNDS = Interpretation(
    15,
    "refusal-grounds",
    (*RDID.refs("9"), ldi("6"), ldi("7")),
    doubt="Le règlement cite l'ordonnance fédérale pour les cas de refus et de retrait ; ils sont dans la loi.",
    reading="les cas de refus et de retrait sont ceux des articles 6 et 7 de la loi fédérale (LDI).",
)
BIOMETRIC_DATA = Interpretation(
    16,
    "biometric-data",
    RDID.refs("2/3", "2/4", "3/2"),
    doubt="Le règlement ne dit rien de la photographie d'une demande des deux documents ni du passeport provisoire.",
    reading="une demande des deux documents suit les deux règles, un passeport provisoire celle du passeport.",
)
DESTRUCTION = Interpretation(
    17,
    "destruction",
    (*RDID.refs("10/2"), LOSS),
    doubt="L'attestation de police est prévue pour la perte et le vol ; le règlement ne la nomme pas pour la destruction.",
    reading="la destruction d'un document s'atteste comme une perte.",
)
COMMUNE_HALF = Interpretation(
    18,
    "commune-half",
    (*RDID.refs("11/2"), SHARES),
    doubt="La moitié de la part du canton peut finir par un demi-centime.",
    reading="la commune reçoit la moitié arrondie au centime inférieur ; le centime impair reste au canton.",
)
RETROACTIVE_ENTRY = Interpretation(
    19,
    "retroactive-entry",
    RDID.refs("15"),
    doubt="Le règlement a été adopté le 5 février 2003 et dit s'appliquer depuis le 1er janvier 2003.",
    reading="le règlement s'applique dès le 1er janvier 2003, avant même son adoption.",
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
)


def remarks(on: date, address: str, *others: str) -> tuple[str, ...]:
    """What a careful jurist adds to an answer that rests on these provisions on that day, each remark once."""
    found = RDID.remarks(address, on)
    if others:
        found = tuple(dict.fromkeys((*found, *(note for each in others for note in RDID.remarks(each, on)))))
    return found if on >= ADOPTED else (*found, *RETROACTIVE_ENTRY.reservations())
