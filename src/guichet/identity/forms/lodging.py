"""The questions of an application, one form a page: text in, typed values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from guichet.gateways.register.communes import all_communes
from guichet.identity.models.applications import Bearer, Parents, Reason, Request
from guichet.identity.operations.lodging import OBJECTS
from guichet.identity.quote import is_minor
from guichet.kit.forms import Choice, DayField, DayInput, GuichetForm, PostalAddressForm, check_birth
from guichet.people.register_words import search_form

CANTON, ELSEWHERE, ABROAD = "canton", "other_canton", "abroad"
YES, NO = "yes", "no"
# The answer for a child whom the register doesn't tie to the account's holder.
OTHER = "other"
_BEARERS = (
    (Bearer.SELF, Choice("Pour moi")),
    (Bearer.CHILD, Choice("Pour mon enfant mineur", "Vous pourrez ajouter d'autres enfants ensuite.")),
    (Bearer.PROTECTED, Choice("Pour une personne protégée", "Par exemple une personne dont vous êtes le curateur.")),
)
_REQUESTS = (
    (Request.IDENTITY_CARD, Choice("Une carte d'identité", "À la commune de domicile.")),
    (Request.PASSPORT, Choice("Un passeport", "Au centre cantonal de biométrie.")),
    (Request.BOTH, Choice("Les deux ensemble", "Au centre cantonal de biométrie ; moins cher que séparément.")),
    (
        Request.PROVISIONAL_PASSPORT,
        Choice("Un passeport provisoire", "Pour un départ imminent ; remis sur place, à l'aéroport."),
    ),
)
_REASONS = (
    (Reason.FIRST, Choice("C'est le premier document de ce genre")),
    (Reason.RENEWAL, Choice("L'ancien est échu, ou le sera bientôt")),
    (Reason.LOSS, Choice("L'ancien est perdu", "La police enregistre d'abord la perte.")),
    (Reason.THEFT, Choice("L'ancien a été volé", "La police enregistre d'abord le vol.")),
    (Reason.DESTRUCTION, Choice("L'ancien est détruit", "La police enregistre d'abord la destruction.")),
    (Reason.NAME_CHANGE, Choice("La personne a changé de nom")),
    (Reason.SEX_CHANGE, Choice("La personne a changé de sexe à l'état civil")),
)
_PARENTS = (
    (Parents.TOGETHER, Choice("Ils ont ensemble l'autorité parentale et font ménage commun")),
    (Parents.SEPARATED, Choice("Ils sont séparés")),
    (Parents.DIVORCED, Choice("Ils sont divorcés")),
    (Parents.SOLE_HOLDER, Choice("Une seule personne détient l'autorité parentale")),
)


class BearerForm(GuichetForm):
    """For whom one applies."""

    bearer = forms.ChoiceField(label="Pour qui demandez-vous un document ?", choices=_BEARERS, widget=forms.RadioSelect)


class PersonForm(GuichetForm):
    """The person whose document it will be, as the applicant knows them."""

    examples: ClassVar[Mapping[str, str]] = {"official_name": "Rochat", "first_names": "Amélie Jeanne"}

    official_name = forms.CharField(label="Nom", help_text="Le nom officiel, tel qu'à l'état civil.", max_length=100)
    first_names = forms.CharField(label="Prénoms", help_text="Tous les prénoms.", max_length=100)
    born_on = DayField(label="Date de naissance", help_text="Par exemple 27 3 1985.", widget=DayInput)

    def __init__(self, *args: Any, today: date, bearer: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.bearer = today, bearer

    def clean_born_on(self) -> date:
        """A day that isn't in the future, nor more than 130 years ago."""
        born = check_birth(self.cleaned_data["born_on"], today=self.today)
        if self.bearer == Bearer.CHILD and not is_minor(born, on=self.today):
            raise forms.ValidationError(
                "Cette personne est majeure : elle demande elle-même son document. Vérifiez l'année de naissance."
            )
        return born


class ChildForm(PersonForm):
    """The children whom the register ties to the account's holder, or another one, typed."""

    child = forms.ChoiceField(label="Quel enfant ?", widget=forms.RadioSelect)
    field_order = ("child",)
    _TYPED: ClassVar[Mapping[str, str]] = {
        "official_name": "Écrivez le nom de l'enfant, par exemple Rochat.",
        "first_names": "Écrivez ses prénoms, par exemple Amélie Jeanne.",
        "born_on": "Écrivez sa date de naissance, par exemple 27 3 2016.",
    }

    def __init__(self, *args: Any, children: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((key, Choice(name)) for key, name in children), (OTHER, Choice("Un autre enfant"))]
        self.fields["child"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["child"].help_text = "D'après le registre des habitants ; cette lecture est inscrite au journal."
        for name in self._TYPED:
            self.fields[name].required = False
        self.fields["official_name"].help_text = "Seulement pour un autre enfant."

    def clean_born_on(self) -> date | None:  # type: ignore[override]  # nothing is typed of a child that is chosen
        """As of anybody else, if it is typed at all."""
        chosen = self.data.get(self.add_prefix("child")) != OTHER
        return None if chosen or self.cleaned_data["born_on"] is None else super().clean_born_on()

    def clean(self) -> dict[str, Any]:
        """Of another child everything is needed; of one that is chosen nothing that was typed counts."""
        cleaned = super().clean() or {}
        if cleaned.get("child") == OTHER:
            for name, wanted in self._TYPED.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, wanted)
        return cleaned


class KnownPersonForm(GuichetForm):
    """The person is read from the register: nothing is asked, the button confirms."""


class ResidenceForm(GuichetForm):
    """Nationality and residence, on which it depends who decides."""

    swiss = forms.ChoiceField(
        label="La personne est-elle de nationalité suisse ?",
        choices=((YES, Choice("Oui")), (NO, Choice("Non"))),
        widget=forms.RadioSelect,
    )
    residence = forms.ChoiceField(
        label="Où habite-t-elle ?",
        choices=(
            (CANTON, Choice("Dans le canton de Genève")),
            (ELSEWHERE, Choice("Dans un autre canton")),
            (ABROAD, Choice("À l'étranger")),
        ),
        widget=forms.RadioSelect,
    )
    commune = forms.ChoiceField(
        label="Commune de domicile",
        help_text="Seulement si elle habite dans le canton de Genève.",
        error_messages={"required": "Choisissez la commune où la personne habite."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name = sorted(all_communes().items(), key=lambda one: search_form(one[1].name))
        names = [(commune.name, number) for number, commune in by_name]
        choices = [("", "Choisissez"), *((str(number), name) for name, number in names)]
        self.fields["commune"].choices = choices  # type: ignore[attr-defined]
        said = self.data.get("residence") if self.is_bound else self.initial.get("residence")
        self.fields["commune"].required = said in (None, "", CANTON)

    def clean(self) -> dict[str, Any]:
        """The commune is needed of who lives in the canton, and of nobody else."""
        cleaned = super().clean() or {}
        if cleaned.get("residence") != CANTON:
            cleaned["commune"] = ""
        return cleaned


class RequestForm(GuichetForm):
    """Which documents."""

    request = forms.ChoiceField(label="Quel document demandez-vous ?", choices=_REQUESTS, widget=forms.RadioSelect)


_LINKED = {slugify(reason.label): reason for reason in Reason}


def linked_reason(motif: str) -> str:
    """The reason that a link to the form names in its address, as ``?motif=changement-de-nom``; empty for other words."""
    return _LINKED.get(motif, "")


class ReasonForm(GuichetForm):
    """Why. ``guessed`` is the reason that is chosen beforehand, and said to be: the person changes it if it is not so."""

    reason = forms.ChoiceField(label="Pourquoi le demandez-vous ?", choices=_REASONS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, guessed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guessed:
            self.initial["reason"] = guessed
            self.fields[
                "reason"
            ].help_text = "Choisi d'avance selon ce que nous savons : changez-le si ce n'est pas cela."


class ParentsForm(GuichetForm):
    """The situation of the parents of a minor, whether who must agree can come, and whether the other objects (RDId 6)."""

    parents = forms.ChoiceField(
        label="Quelle est la situation des parents ?", choices=_PARENTS, widget=forms.RadioSelect
    )
    holder_prevented = forms.ChoiceField(
        label="La personne qui détient l'autorité parentale peut-elle venir signer au guichet ?",
        choices=((NO, Choice("Oui")), (YES, Choice("Non, elle est empêchée"))),
        widget=forms.RadioSelect,
    )
    other_parent = forms.ChoiceField(
        label="L'autre parent est-il d'accord ?",
        help_text="S'il détient aussi l'autorité parentale. Sans réponse, son accord est présumé (art. 11 OLDI).",
        choices=(
            ("agrees", Choice("Oui")),
            ("unknown", Choice("Je ne sais pas")),
            (OBJECTS, Choice("Non, il s'y oppose", "Rien n'est établi avant l'accord des deux ou une décision.")),
        ),
        required=False,
        widget=forms.RadioSelect,
    )
    other_name = forms.CharField(
        label="Nom et prénoms du parent qui s'oppose",
        help_text="Seulement s'il s'oppose.",
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who objects is named; where one person alone holds the authority, nobody else is asked."""
        cleaned = super().clean() or {}
        if cleaned.get("parents") == Parents.SOLE_HOLDER:
            cleaned["other_parent"] = ""
        if cleaned.get("other_parent") != OBJECTS:
            cleaned["other_name"] = ""
        elif not cleaned.get("other_name") and "other_name" not in self.errors:
            self.add_error(
                "other_name", "Écrivez le nom et les prénoms du parent qui s'oppose, par exemple Rochat Luc."
            )
        return cleaned


class DeliveryForm(PostalAddressForm):
    """Where the document is sent (RDId 5), and where we can write."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Nous vous y envoyons la confirmation et les nouvelles de votre demande.",
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ConfirmForm(GuichetForm):
    """The review: nothing more to type, the button lodges."""

    confirmed = forms.BooleanField(
        label="Je confirme que ces données sont exactes.",
        error_messages={
            "required": "Pour déposer la demande, confirmez que les données sont exactes : cochez la case."
        },
    )


class PriceForm(GuichetForm):
    """The price that is shown on the payment page, to be agreed to by pressing its button."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
