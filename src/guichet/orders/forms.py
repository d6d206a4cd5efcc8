"""The questions of the order form: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst

from guichet.kit.forms import (
    AvsField,
    Choice,
    CodeField,
    DayField,
    DayInput,
    GuichetForm,
    PostalAddressForm,
    check_birth,
    worded,
)
from guichet.law.kernel.money import Chf

from .models import Delivery, Postage, Subject, TermsEdition
from .terms import wording

RELATIONS = (
    ("spouse", "époux ou épouse"),
    ("partner", "partenaire enregistré-e"),
    ("ascendant", "ascendant-e en ligne directe (père, mère, grand-parent)"),
    ("descendant", "descendant-e en ligne directe (enfant, petit-enfant)"),
)


class ContactForm(GuichetForm):
    """Where the office can write about the order."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Nous vous y envoyons la quittance et les nouvelles de votre commande.",
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class PersonForm(ContactForm):
    """Whom the document concerns, as the applicant knows it; an agent compares it with the register."""

    examples: ClassVar[Mapping[str, str]] = {"official_name": "Rochat", "first_names": "Amélie Jeanne"}

    subject = forms.ChoiceField(
        label="Pour qui commandez-vous ?",
        choices=[
            (Subject.SELF, Choice("Pour moi")),
            (Subject.OTHER, Choice("Pour une autre personne", "Par exemple votre enfant ou votre conjoint.")),
        ],
        widget=forms.RadioSelect,
    )
    official_name = forms.CharField(
        label="Nom", help_text="Le nom officiel de la personne que le document concerne.", max_length=100
    )
    first_names = forms.CharField(label="Prénoms", help_text="Tous les prénoms.", max_length=100)
    born_on = DayField(label="Date de naissance", help_text="Par exemple 27 3 1985.", widget=DayInput)
    avs_number = AvsField(
        label="Numéro AVS",
        help_text="Il figure sur la carte d'assurance-maladie et aide à ne pas confondre deux personnes.",
        required=False,
    )

    def __init__(self, *args: Any, today: date, departure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if departure:
            self.fields["departs_on"] = DayField(
                label="Date de départ", help_text="Passée, ou dans les 30 jours.", widget=DayInput
            )
            destination = forms.CharField(
                label="Destination", help_text="Commune et canton, ou ville et pays.", max_length=100
            )
            self.fields["destination"] = worded(destination, "Lausanne, Vaud")
        # One is reached after all else has been said.
        self.fields["email"] = self.fields.pop("email")

    def clean_born_on(self) -> date:
        """A day that isn't in the future, nor more than 130 years ago."""
        return check_birth(self.cleaned_data["born_on"], today=self.today)


class DeceasedForm(ContactForm):
    """The deceased person, and what entitles the applicant; an agent examines both."""

    examples: ClassVar[Mapping[str, str]] = {
        "official_name": "Rochat",
        "first_names": "Jeanne",
        "applicant_name": "Rochat Amélie",
        "interest": "régler sa succession",
    }

    official_name = forms.CharField(label="Nom de la personne décédée", max_length=100)
    first_names = forms.CharField(label="Prénoms de la personne décédée", max_length=100)
    born_on = DayField(label="Date de naissance de la personne décédée", help_text="Par exemple 27 3 1945.")
    died_on = DayField(label="Date du décès", help_text="Par exemple 14 6 2026.")
    relation = forms.ChoiceField(label="Vous êtes son ou sa…", choices=RELATIONS, widget=forms.RadioSelect)
    applicant_name = forms.CharField(label="Vos nom et prénoms", max_length=120)
    interest = forms.CharField(
        label="Pourquoi avez-vous besoin de ce document ?",
        help_text="Par exemple une succession ou une rente. L'office apprécie si l'intérêt est légitime.",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, today: date, departure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["email"] = self.fields.pop("email")

    def clean(self) -> dict[str, Any]:
        """Birth, death and today follow each other."""
        cleaned = super().clean() or {}
        born, died = cleaned.get("born_on"), cleaned.get("died_on")
        if died and died > self.today:
            self.add_error("died_on", "Cette date est dans le futur. Écrivez la date du décès, par exemple 14 6 2026.")
        elif born and died and died < born:
            self.add_error("died_on", "Le décès ne peut pas précéder la naissance : vérifiez les deux dates.")
        return cleaned


class DeliveryForm(PostalAddressForm):
    """How the document is received: downloaded, or by which post and to which address."""

    delivery = forms.ChoiceField(label="Livraison", widget=forms.RadioSelect)
    postage = forms.ChoiceField(label="Par quel courrier ?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, may_download: bool, options: Sequence[tuple[str, Chf]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [
            (
                Delivery.DOWNLOAD,
                Choice("Le télécharger", "Prêt quelques instants après le paiement, scellé électroniquement."),
            ),
            (
                Delivery.POST,
                Choice("Par la poste", "En principe 7 à 14 jours ouvrables après la commande (délai indicatif)."),
            ),
        ]
        if not may_download:
            del self.fields["delivery"]
        else:
            self.fields["delivery"].choices = ways  # type: ignore[attr-defined]
        self.fields["postage"].choices = [  # type: ignore[attr-defined]
            (option, Choice(capfirst(Postage(option).label), "gratuit" if price == Chf(0) else str(price)))
            for option, price in options
        ]
        self.fields["postage"].initial = options[0][0]

    def clean(self) -> dict[str, Any]:
        """Without a choice of ways it goes by post; what only the post needs is not asked of who downloads."""
        cleaned = super().clean() or {}
        if "delivery" not in self.fields:
            cleaned["delivery"] = Delivery.POST
        if cleaned.get("delivery") != Delivery.POST:
            for name in (*PostalAddressForm.base_fields, "postage"):
                self.errors.pop(name, None)
        elif "postage" in self.errors:
            self.errors["postage"] = self.error_class(["Choisissez par quel courrier le document doit partir."])
        return cleaned

    @property
    def way(self) -> BoundField | None:
        """The choice between download and post, where there is one."""
        return self["delivery"] if "delivery" in self.fields else None


class ReviewForm(GuichetForm):
    """The acceptance of both texts: an unticked box (CGV 1/2), and the digests of the editions that were shown."""

    accept = forms.BooleanField(label="")
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, editions: Sequence[TermsEdition]) -> None:
        self.binding = " ".join(edition.sha256[:16] for edition in editions)
        self.is_outdated = data is not None and data.get("shown") != self.binding
        # A box ticked beside an older edition is not ticked beside this one.
        super().__init__({"shown": self.binding} if self.is_outdated else data, initial={"shown": self.binding})
        self.fields["accept"].label = wording(editions)
        self.fields["accept"].error_messages["required"] = (
            "Une nouvelle édition des conditions vient d'être publiée : lisez-la, puis cochez la case."
            if self.is_outdated
            else "Pour commander, acceptez les deux textes : cochez la case, après les avoir lus."
        )


class AccessKeyForm(GuichetForm):
    """The key that opens a document."""

    key = CodeField(label="Clé d'accès", help_text="Elle figure dans le courriel « votre document est prêt ».")
