"""The terms of sale paragraph by paragraph, in our own words, with what the software does with each.

The edition says « octobre 2024 » without a day: any day of that month is unknown (interpretation 2), and earlier
editions existed that we do not hold.
"""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.provisions import Edition, LegalText, Provision, Publication, Standing

CODED, ORGANISATION, TEXT_ONLY = Standing.CODED, Standing.ORGANISATION, Standing.TEXT_ONLY

_GENERAL = (
    Provision("1", "Dispositions générales"),
    Provision(
        "1/1",
        "Les conditions s'appliquent à toute utilisation des prestations en ligne de l'office.",
        CODED,
        "Un catalogue, une commande par prestation, et les conditions à un clic sur chaque page du parcours.",
    ),
    Provision(
        "1/2",
        "Utiliser une prestation, c'est accepter expressément et sans réserve ces conditions et celles de l'Etat pour "
        "les e-démarches, qui en font partie.",
        CODED,
        "Une case à cocher nomme les deux documents ; la commande garde leur version, leur empreinte et l'instant.",
    ),
    Provision(
        "1/3",
        "L'office peut modifier les conditions en tout temps ; elles valent dès leur publication.",
        CODED,
        "Les conditions publiées ne changent plus ; une nouvelle version demande une nouvelle acceptation avant paiement.",
    ),
)
_SERVICES = (
    Provision("2", "Prestations en ligne"),
    Provision(
        "2/1",
        "Les prestations sont celles que l'office présente sur son site.",
        CODED,
        "Un catalogue public, cherchable, tel qu'il vaut au jour regardé.",
    ),
    Provision(
        "2/2",
        "L'office peut ajouter, changer ou retirer une prestation ; les commandes en cours vont jusqu'à leur terme.",
        CODED,
        "Les prestations ont des versions ; une prestation retirée refuse les nouvelles commandes et achève les autres.",
    ),
    Provision(
        "2/3",
        "Une prestation n'est délivrée qu'une fois ses taxes payées par le demandeur.",
        CODED,
        "Aucun chemin de la procédure ne mène à un document sans encaissement ; une contrainte de la base le tient aussi.",
    ),
    Provision(
        "2/4",
        "Le droit appliqué est celui en vigueur quand le paiement en ligne est validé.",
        CODED,
        "Taxe et conditions sont réévaluées à la validation ; une différence n'est pas encaissée sans nouvel accord.",
    ),
)
_ORDER = (
    Provision("3", "Commande des prestations"),
    Provision(
        "3/1",
        "La commande peut être annulée jusqu'à la validation du paiement ; ensuite elle est définitive et la taxe reste due.",
        CODED,
        "Un bouton pour annuler jusque-là ; entre une annulation et un paiement simultanés, un seul l'emporte.",
    ),
    Provision(
        "3/2",
        "Une prestation payante n'est pas délivrée avant le paiement de la taxe et des frais de port éventuels.",
        CODED,
        "Le montant payé doit couvrir taxe et port ; un montant différent attend un gestionnaire.",
    ),
    Provision(
        "3/3",
        "Le demandeur répond seul de ce qu'il transmet ; un document faux par sa faute demande une nouvelle commande payée.",
        CODED,
        "Une page de relecture avant le paiement ; une correction gratuite seulement pour une erreur de l'office.",
    ),
    Provision(
        "3/4",
        "Les documents sont envoyés par la poste, sauf exception, entre 7 et 14 jours ouvrables après la commande ; "
        "ces délais sont indicatifs.",
        CODED,
        "Les deux dates, comptées en jours ouvrables genevois, sont montrées comme indicatives.",
        figures=("7", "14"),
    ),
    Provision(
        "3/5",
        "L'office peut refuser une prestation dont les conditions ne sont pas remplies, même payée ; une décision est "
        "rendue le cas échéant.",
        CODED,
        "Le refus est un acte du gestionnaire, avec motifs, lettre, voie et délai de recours.",
    ),
)
_ELECTRONIC = (
    Provision(
        "4",
        "Les échanges électroniques ont la même force probante que des écrits signés.",
        CODED,
        "Chaque étape est une entrée d'un journal chaîné qui ne peut qu'être complété.",
    ),
)
_FEES = (
    Provision("5", "Taxes"),
    Provision(
        "5/1",
        "Les prestations coûtent les taxes du règlement RDROCPMC (F 2 20.08).",
        CODED,
        "Un tarif daté, dont chaque ligne cite sa source.",
    ),
    Provision(
        "5/2",
        "Les taxes sont perçues d'avance et restent dues en cas de refus ou de retrait, une fois le paiement validé.",
        CODED,
        "Aucun chemin de remboursement pour un refus ou un retrait.",
    ),
    Provision("5/3", "Les taxes comprennent la TVA.", CODED, "Montants et quittances portent « TVA comprise »."),
    Provision(
        "5/4",
        "Les frais d'envoi sont à la charge du demandeur, sauf la lettre standard en courrier B, gratuite.",
        CODED,
        "Courrier B à 0.00 CHF ; les autres envois selon un tarif daté ; total détaillé sur la quittance.",
    ),
)
_PAYMENT = (
    Provision("6", "Modalités et sécurité des paiements"),
    Provision(
        "6/1",
        "Le paiement se fait à la commande, par carte VISA, Mastercard ou Postcard.",
        CODED,
        "La page du prestataire propose ces moyens de paiement et aucun autre.",
    ),
    Provision(
        "6/2",
        "Le service de paiement est sécurisé et suit les règles de la branche des cartes.",
        CODED,
        "La carte n'est saisie que sur la page hébergée par le prestataire de paiement.",
    ),
    Provision(
        "6/3",
        "Les données de carte ne sont pas enregistrées sur les serveurs de l'Etat.",
        CODED,
        "Aucun champ, journal ou message ne peut contenir un numéro de carte.",
    ),
    Provision(
        "6/4",
        "L'office ne répond pas de l'usage abusif d'une carte.",
        TEXT_ONLY,
        "Clause de responsabilité : rien à calculer. Une contestation est notée au dossier.",
    ),
)
_CONNECTION = (
    Provision("7", "Connexion"),
    Provision(
        "7/1",
        "Si la connexion échoue, un message dit que la démarche n'a pas abouti ; le demandeur la renouvelle jusqu'à "
        "l'écran de succès.",
        CODED,
        "Chaque étape peut être répétée sans créer ni commande ni paiement en double ; le succès n'est montré que confirmé.",
    ),
    Provision(
        "7/2",
        "En cas de problème, le demandeur peut écrire au support technique.",
        ORGANISATION,
        "Le contact technique figure sur chaque page d'erreur.",
    ),
)
_LIABILITY = (
    Provision("8", "Responsabilité"),
    Provision(
        "8/1",
        "L'office prend les précautions utiles pour la sécurité des données du demandeur (art. 37 LIPAD).",
        CODED,
        "Rôles, moindre droit, chiffrement des champs sensibles, journal des lectures.",
    ),
    Provision(
        "8/2",
        "Il prend les mesures usuelles pour l'intégrité et la confidentialité dans son réseau.",
        ORGANISATION,
        "Exploitation : sauvegardes, essai de restauration, cookies réservés au transport chiffré.",
    ),
    Provision(
        "8/3",
        "La transmission par Internet est aux risques du demandeur.",
        TEXT_ONLY,
        "Clause de responsabilité : rien à calculer.",
    ),
    Provision(
        "8/4",
        "Un accès continu n'est pas garanti ; il peut être suspendu pour panne ou maintenance.",
        ORGANISATION,
        "Une interruption refuse les nouvelles commandes mais laisse entrer les avis de paiement.",
    ),
    Provision(
        "8/5",
        "L'office ne répond pas envers les tiers d'un usage non conforme de son site.",
        TEXT_ONLY,
        "Clause de responsabilité : rien à calculer.",
    ),
    Provision(
        "8/6",
        "La responsabilité de l'office suit exclusivement la loi cantonale sur la responsabilité de l'Etat (LREC).",
        TEXT_ONLY,
        "Renvoi à une autre loi : rien à calculer.",
    ),
)
_DATA = (
    Provision("9", "Protection des données"),
    Provision(
        "9/1",
        "Les données du compte et de la connexion restent confidentielles et ne servent qu'aux démarches concernées.",
        CODED,
        "Chaque champ de données personnelles porte une catégorie et une finalité.",
    ),
    Provision(
        "9/2",
        "Les données d'identification validées sont communiquées au partenaire financier lors du paiement.",
        CODED,
        "Seul le minimum exigé par le protocole est transmis.",
    ),
)
_COURTS = (
    Provision("10", "For et droit applicable"),
    Provision(
        "10/1",
        "Les litiges vont aux tribunaux ordinaires de Genève, sous réserve du recours fédéral.",
        TEXT_ONLY,
        "Règle de for : rien à calculer.",
    ),
    Provision("10/2", "Seul le droit suisse interne s'applique.", TEXT_ONLY, "Règle de conflit : rien à calculer."),
)
_CONTACTS = (
    Provision("11", "Contacts"),
    Provision(
        "11/1",
        "L'assistance technique a sa propre adresse électronique.",
        ORGANISATION,
        "Adresse datée dans les données de l'office, affichée au pied de chaque page.",
    ),
    Provision(
        "11/2",
        "Les questions sur l'objet de la demande vont à l'adresse de l'office.",
        ORGANISATION,
        "Adresse datée dans les données de l'office, affichée au pied de chaque page.",
    ),
)

CGV = LegalText(
    "CGV",
    "Conditions générales de vente des prestations en ligne de l'office cantonal de la population et des migrations",
    edition=Edition(entry=date(2024, 10, 1), certain_from=date(2024, 11, 1), earlier_editions=True),
    publication=Publication(
        address="https://www.ge.ch/organisation/office-cantonal-population-migrations-ocpm",
        publisher="Office cantonal de la population et des migrations",
    ),
    provisions=(
        *_GENERAL,
        *_SERVICES,
        *_ORDER,
        *_ELECTRONIC,
        *_FEES,
        *_PAYMENT,
        *_CONNECTION,
        *_LIABILITY,
        *_DATA,
        *_COURTS,
        *_CONTACTS,
    ),
)
