"""What the gallery shows: invented people and cases, in the states empty, one, many and very long."""

from __future__ import annotations

from datetime import date, datetime

from django import forms

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.answers import Step
from guichet.law.kernel.money import Chf

from .clock import ZURICH
from .components import Cell, Crumb, Entrance, Happening, OpenClock, Price, PriceLine, Row, Table, Why
from .forms import AmountField, AvsField, Choice, CodeField, DayField, GuichetForm, UploadField

LONG_NAME = "Marie-Antoinette Élisabeth de Montmollin-Żółkiewska-Hürlimann dit Châtelain"
LONG_TEXT = (
    "Attestation de domicile avec l'historique complet des adresses dans le canton, destinée à une autorité étrangère "
    "qui demande une traduction et une légalisation"
)

FEE = Why(
    "L'émolument de cette attestation est de 25.00 CHF.",
    basis=(Ref("CGV", "5/1"), Ref("RDROCPMC", "4", outside=True, source="F 2 20.08")),
    reservations=("le montant vient du tarif publié par l'office, vérifié le 1er mars 2026.",),
)
POSTAGE = Why("L'envoi en courrier B est compris dans l'émolument.", basis=(Ref("CGV", "5/4"),))
CALCULATION = Why(
    "Le dernier jour est le lundi 30 mars 2026.",
    steps=(
        Step("Le délai commence le lendemain de la confirmation, le jeudi 19 mars 2026."),
        Step("Dix jours plus tard : le samedi 28 mars 2026.", (Ref("LIPAD", "30/2"),)),
        Step("Un samedi ne compte pas comme dernier jour : reporté au lundi 30 mars 2026."),
    ),
    basis=(Ref("LIPAD", "30/2"),),
)

PRICES = (
    Price(
        (PriceLine("Émolument", Chf(2500), FEE), PriceLine("Envoi postal", Chf(0), POSTAGE)), "À payer à la commande."
    ),
    Price((PriceLine("Émolument", Chf(2500), FEE), PriceLine("Envoi recommandé", None)), "Le prix de l'envoi manque."),
    Price(tuple(PriceLine(f"{number}. {LONG_TEXT}", Chf(2500 * number), FEE) for number in range(1, 5))),
)
ROWS = (
    Row("Document", "Attestation de domicile"),
    Row("Nom sur le document", "Élodie Müller-Ñáñez", "#nom"),
    Row("Envoi", "Par la poste, en courrier B", "#envoi"),
    Row("Langue", ""),
)
LONG_ROWS = (
    Row("Nom tel qu'il figurera sur le document officiel", LONG_NAME, "#nom"),
    Row("Motif", " ".join([LONG_TEXT] * 4), "#motif"),
    Row("Adresse électronique", "une.adresse.electronique.extremement.longue@sous-domaine.administration.exemple.ch"),
)
HAPPENINGS = (
    Happening(datetime(2026, 3, 16, 9, 5, tzinfo=ZURICH), "La commande a été envoyée.", "vous", (Ref("CGV", "3/3"),)),
    Happening(
        datetime(2026, 3, 16, 9, 7, tzinfo=ZURICH), "Le paiement a été validé.", "prestataire de paiement", ("CGV:2/4",)
    ),
    Happening(
        datetime(2026, 3, 16, 9, 8, tzinfo=ZURICH),
        "Le document a été établi.",
        "office",
        (Ref("CGV", "2/3"), Ref("CGV", "3/2")),
        "Le document est scellé électroniquement.",
    ),
)
LONG_HAPPENINGS = tuple(
    Happening(datetime(2026, 1, 1 + turn, 8, turn, tzinfo=ZURICH), LONG_TEXT, LONG_NAME, (Ref("CGV", "3/5"),))
    for turn in range(12)
)
CLOCKS = (
    OpenClock(
        "Vous pouvez saisir le préposé cantonal",
        date(2026, 3, 30),
        "10 jours",
        (Ref("LIPAD", "30/2"),),
        CALCULATION,
    ),
    OpenClock("Livraison du document", None, "entre 7 et 14 jours ouvrables, à titre indicatif", (Ref("CGV", "3/4"),)),
    OpenClock("Décision de l'office", date(2026, 3, 2), "30 jours", (Ref("LIPAD", "30/5"),), CALCULATION, is_over=True),
)
CRUMBS = (Crumb("Accueil", "/"), Crumb("Galerie", "/kit/"), Crumb("Parties de pages"))
ENTRANCES = (
    Entrance("/prestations/", "Commander un document", "Attestation de domicile, de départ, et d'autres encore."),
    Entrance("/suivi/", LONG_TEXT, " ".join([LONG_TEXT] * 2)),
)


def order_table(count: int) -> Table:
    """A table of ``count`` orders."""
    rows = [
        (
            Cell(f"{1 + turn % 28:02}.03.2026"),
            Cell(f"CMD-7K2M9X{turn % 100:02}-4", address="#commande"),
            Cell(LONG_NAME if turn == 1 else "Élodie Müller"),
            Cell("25.00", is_number=True),
        )
        for turn in range(count)
    ]
    return Table(
        f"Commandes à traiter ({count})", ("Échéance", "Référence", "Pour", "CHF"), rows, "Aucune commande à traiter."
    )


class SampleForm(GuichetForm):
    """Every field of the kit once."""

    examples = {"name": "Müller"}  # noqa: RUF012 - ClassVar in the parent

    name = forms.CharField(label="Nom de famille", max_length=40, help_text="Tel qu'il figure sur votre permis.")
    born_on = DayField(label="Date de naissance", help_text="Par exemple 27 3 1985.")
    avs = AvsField(label="Numéro AVS", help_text="13 chiffres, sur votre carte d'assurance-maladie.")
    document = forms.ChoiceField(
        label="De quel document avez-vous besoin ?",
        choices=[
            ("residence", Choice("Attestation de domicile", "Prouve où vous habitez aujourd'hui.")),
            ("history", Choice("Attestation avec historique", "Énumère aussi vos adresses précédentes.")),
            ("departure", "Attestation de départ"),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label="Langue", choices=[("", "Choisissez"), ("fr", "Français"), ("de", "Allemand")])
    reasons = forms.MultipleChoiceField(
        label="Pour quoi faire ?",
        choices=[("lease", "Bail"), ("school", "École"), ("abroad", "Démarche à l'étranger")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(label="Adresse électronique")
    amount = AmountField(label="Montant")
    code = CodeField(label="Code reçu par la poste", required=False)
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    remarks = forms.CharField(label="Remarques", widget=forms.Textarea, max_length=200, required=False)
    attachment = UploadField(label="Justificatif", max_octets=5_000_000, required=False)
    accepted = forms.BooleanField(label="J'ai lu et j'accepte les conditions générales de vente.")
