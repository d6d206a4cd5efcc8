"""The regulation on identity documents paragraph by paragraph, in our own words, with what the software does with each.

The numbers of the amendments are those printed as exponents in the body of the text, in the order met.
"""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.provisions import Amendment, Edition, LegalText, Provision, Publication, Standing

CODED, TEXT_ONLY = Standing.CODED, Standing.TEXT_ONLY
# The regulation was adopted after the day from which it says it applies.
ADOPTED = date(2003, 2, 5)


def _amendment(number: int, adopted: str, in_force: str, *, renaming: bool = False) -> Amendment:
    return Amendment(number, date.fromisoformat(adopted), date.fromisoformat(in_force), renaming)


_AMENDMENTS = (
    _amendment(1, "2006-02-28", "2006-02-28", renaming=True),
    _amendment(2, "2006-12-13", "2007-01-01"),
    _amendment(3, "2009-11-23", "2010-03-01"),
    _amendment(4, "2010-05-18", "2010-05-18", renaming=True),
    _amendment(5, "2011-01-01", "2011-01-01", renaming=True),
    _amendment(6, "2012-09-03", "2012-09-03", renaming=True),
    _amendment(7, "2014-05-15", "2014-05-15", renaming=True),
    _amendment(8, "2015-01-28", "2015-03-01"),
    _amendment(9, "2016-06-15", "2016-07-01"),
    _amendment(10, "2017-06-21", "2017-06-28"),
    _amendment(11, "2018-09-04", "2018-09-04", renaming=True),
    _amendment(12, "2019-05-14", "2019-05-14", renaming=True),
    _amendment(13, "2021-08-31", "2021-08-31", renaming=True),
    _amendment(14, "2022-11-01", "2022-11-01", renaming=True),
    _amendment(15, "2023-08-29", "2023-08-29", renaming=True),
)
_ENTITLEMENT = (
    Provision(
        "1",
        "Chaque personne de nationalité suisse a droit à deux types de document d'identité : passeport et carte d'identité.",
        CODED,
        "Une demande est ouverte aux personnes suisses, pour l'un, l'autre ou les deux documents.",
    ),
)
_COMPETENCE = (
    Provision("2", "Autorités compétentes", amendments=(3,)),
    Provision(
        "2/1",
        "Une carte d'identité se demande à la commune du domicile, pour qui habite le canton.",
        CODED,
        "La question de compétence répond « commune » pour une carte seule.",
    ),
    Provision(
        "2/2",
        "Un passeport se demande au centre cantonal de biométrie, rattaché à l'office de la population.",
        CODED,
        "La question de compétence répond « centre » pour un passeport ; le nom du centre est daté à part.",
        amendments=(14, 8),
    ),
    Provision(
        "2/3",
        "Un passeport et une carte d'identité demandés ensemble relèvent du centre.",
        CODED,
        "La question de compétence répond « centre » pour les deux documents.",
        amendments=(14,),
    ),
    Provision(
        "2/4",
        "Un passeport provisoire se demande à l'unité diplomatique et aéroportuaire, pour qui habite le canton.",
        CODED,
        "La question de compétence répond « uda » pour un passeport provisoire.",
        amendments=(15, 9),
    ),
    Provision(
        "2/5",
        "La police reçoit et enregistre les déclarations de vol, de perte ou de destruction.",
        CODED,
        "Seul le rôle de la police enregistre une déclaration.",
        amendments=(8,),
    ),
)
_LODGING = (
    Provision("3", "Dépôt de la demande", amendments=(3,)),
    Provision(
        "3/1",
        "Qui habite le canton dépose sa demande en personne auprès de l'autorité compétente, sauf dispense fédérale.",
        CODED,
        "Aucun document n'est établi sans présence enregistrée ou dispense motivée.",
    ),
    Provision(
        "3/2",
        "Pour une carte, une photographie récente de face, tête nue, de 4 sur 6 cm ; pour un passeport, les données "
        "biométriques sont saisies par l'autorité.",
        CODED,
        "La photographie est une pièce à produire ; la saisie biométrique est un acte du centre.",
        figures=("4", "6"),
    ),
    Provision(
        "3/3",
        "Un document de l'état civil peut être demandé à la personne.",
        CODED,
        "Un acte demande la pièce et suspend le dossier jusqu'à sa réception.",
    ),
    Provision(
        "4",
        "Le centre est l'autorité du canton qui établit les documents d'identité.",
        CODED,
        "Seul le rôle du centre peut commander et délivrer un document.",
        amendments=(8, 14),
    ),
    Provision(
        "5",
        "Le document est envoyé à l'adresse de la formule de demande, que la personne doit signer.",
        CODED,
        "La formule signée est une pièce ; l'adresse de livraison ne change plus après la signature.",
    ),
    Provision("6", "Mineurs"),
    Provision(
        "6/1",
        "Une personne mineure a besoin de l'accord de qui détient l'autorité parentale, signé en règle générale au "
        "guichet ; en cas d'empêchement, d'une autorisation écrite et légalisée.",
        CODED,
        "Aucun document n'est établi pour une personne mineure sans cet accord.",
        amendments=(14, 8),
    ),
    Provision(
        "6/2",
        "Si les parents sont séparés ou divorcés, le jugement sur l'autorité parentale est à produire.",
        CODED,
        "Le jugement est une pièce exigée dans cette situation.",
    ),
    Provision(
        "7",
        "Un changement de nom ou de sexe demande un nouveau document.",
        CODED,
        "Le motif de la demande le dit ; l'ancien document est remis.",
        amendments=(3,),
    ),
    Provision("8", "Remise et annulation de l'ancien document"),
    Provision(
        "8/1",
        "L'ancien document est remis à l'autorité qui reçoit la demande, sauf exception fédérale ; il est annulé avant "
        "l'établissement du nouveau.",
        CODED,
        "Aucun chemin de la procédure ne mène à l'établissement avant l'annulation de l'ancien document.",
    ),
    Provision(
        "8/2",
        "Le document annulé peut être rendu à sa ou son titulaire, ou aux parents d'une personne décédée, sur demande et "
        "si aucun abus n'est à craindre.",
        CODED,
        "La question de restitution répond non si un abus est à craindre et laisse sinon l'appréciation à l'autorité.",
    ),
)
_REFUSAL = (
    Provision(
        "9",
        "Le centre peut refuser ou retirer un document dans les cas prévus par le droit fédéral.",
        CODED,
        "Un refus ou un retrait est une décision du centre, avec un motif d'une liste fermée et la voie de recours.",
        amendments=(8, 14),
    ),
    Provision("10", "Vol, perte ou destruction", amendments=(8,)),
    Provision(
        "10/1",
        "La personne titulaire annonce à la police le vol, la perte ou la destruction.",
        CODED,
        "La déclaration ouvre une procédure que la police enregistre.",
    ),
    Provision(
        "10/2",
        "Un document de remplacement demande une attestation de perte ou de vol d'une police suisse.",
        CODED,
        "L'attestation est une pièce exigée ; aucun remplacement n'est établi sans elle.",
    ),
    Provision(
        "10/3",
        "Le document volé, perdu ou détruit n'est plus valable ; retrouvé, il n'est pas rendu et le centre le rend "
        "inutilisable.",
        CODED,
        "La déclaration invalide le document ; un document retrouvé ne peut qu'être détruit.",
        amendments=(14,),
    ),
)
_FEES = (
    Provision("11", "Tarifs", amendments=(3,)),
    Provision("11/1", "Émoluments perçus par les autorités compétentes"),
    Provision("11/1/1", "Passeport"),
    Provision("11/1/1/a", "Passeport, adulte : 140 francs.", CODED, "Ligne du tarif.", figures=("18", "140")),
    Provision("11/1/1/b", "Passeport, enfant : 60 francs.", CODED, "Ligne du tarif.", figures=("18", "60")),
    Provision(
        "11/1/1/c",
        "Passeport volé, perdu ou détruit : 40 francs pour la déclaration.",
        CODED,
        "Ligne du tarif.",
        amendments=(10,),
        figures=("40",),
    ),
    Provision("11/1/1/d", "Passeport provisoire : 150 francs.", CODED, "Ligne du tarif.", figures=("150",)),
    Provision("11/1/2", "Carte d'identité"),
    Provision("11/1/2/a", "Carte d'identité, adulte : 65 francs.", CODED, "Ligne du tarif.", figures=("18", "65")),
    Provision("11/1/2/b", "Carte d'identité, enfant : 30 francs.", CODED, "Ligne du tarif.", figures=("18", "30")),
    Provision(
        "11/1/2/c",
        "Carte d'identité volée, perdue ou détruite : 40 francs pour la déclaration.",
        CODED,
        "Ligne du tarif.",
        amendments=(10,),
        figures=("40",),
    ),
    Provision("11/1/3", "Passeport et carte d'identité ensemble"),
    Provision("11/1/3/a", "Les deux documents, adulte : 148 francs.", CODED, "Ligne du tarif.", figures=("18", "148")),
    Provision("11/1/3/b", "Les deux documents, enfant : 68 francs.", CODED, "Ligne du tarif.", figures=("18", "68")),
    Provision(
        "11/2",
        "La commune du domicile garde la moitié de la part du canton quand une carte d'identité y est demandée.",
        CODED,
        "Chaque émolument se répartit entre Confédération, canton et commune, au centime.",
    ),
)
_FINAL = (
    Provision("12", "Exonération et cas non prévus"),
    Provision(
        "12/1",
        "Les personnes indigentes ne paient pas, si elles le justifient.",
        CODED,
        "Émolument de 0.00 CHF sur présentation d'un justificatif, reconnu par un agent avant le paiement.",
    ),
    Provision(
        "12/2",
        "Le département tranche les cas que le règlement ne prévoit pas.",
        CODED,
        "Chaque silence du tarif est renvoyé au département ; un acte lui soumet un dossier.",
        amendments=(15,),
    ),
    Provision(
        "13",
        "Chaque décision peut être portée devant la chambre administrative de la Cour de justice dans les 30 jours.",
        CODED,
        "Chaque décision ouvre un délai de recours, compté et affiché avec ses étapes.",
        amendments=(5,),
        figures=("30",),
    ),
    Provision(
        "14",
        "L'ancien règlement de 1985 sur les passeports et les cartes d'identité est abrogé.",
        TEXT_ONLY,
        "Clause abrogatoire : rien à calculer.",
    ),
    Provision(
        "15",
        "Le règlement s'applique depuis le 1er janvier 2003.",
        CODED,
        "Avant ce jour, chaque question répond que le règlement n'est pas en vigueur.",
    ),
)

RDID = LegalText(
    "RDId",
    "Règlement relatif aux documents d'identité",
    edition=Edition(entry=date(2003, 1, 1), consolidated_to=date(2023, 8, 29)),
    amendments=_AMENDMENTS,
    provisions=(*_ENTITLEMENT, *_COMPETENCE, *_LODGING, *_REFUSAL, *_FEES, *_FINAL),
    publication=Publication(
        address="https://silgeneve.ch/legis/program/books/RSG/htm/rsg_b3_05p03.htm",
        publisher="République et canton de Genève, recueil systématique",
        number="B 3 05.03",
        adopted=ADOPTED,
    ),
)
