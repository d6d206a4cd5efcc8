"""What forms of the house are built of: French errors that say what is expected, with an example, and our own fields.

Templates draw a form with ``{{ form }}`` inside ``<form method="post" novalidate>`` (the browser's own messages would
come before ours, in its language). The summary of errors and the title's « Erreur : » come with ``kit/base.html``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from . import cards
from .fields import AmountField, AvsField, Choice, CodeField, DayField, DayInput, ReferenceField, UploadField

__all__ = [
    "AmountField",
    "AvsField",
    "Choice",
    "CodeField",
    "DayField",
    "DayInput",
    "GuichetForm",
    "PostalAddressForm",
    "ReferenceField",
    "UploadField",
    "WithoutCardNumbers",
    "address_lines",
    "check_birth",
    "plain",
    "typed_again",
]

CARD_NUMBER = (
    "Ne donnez jamais votre numéro de carte ici : il ne se saisit que sur la page du prestataire de paiement. "
    "Ce champ a été vidé."
)


class WithoutCardNumbers(forms.BaseForm):
    """A form that refuses the number of a payment card in any field, and forgets it: the one exception to keeping
    what was typed (CGV 6/3).

    What nobody types (hidden fields) and what is only kept as a digest (passwords) is not read.
    """

    def full_clean(self) -> None:
        """Clean the fields, those that held a card number emptied first."""
        emptied = [field for field in self if _holds_card_number(field)] if self.is_bound else []
        if emptied:
            keys = {key for field in emptied for key in _keys(field)}
            self.data = MultiValueDict({key: _values(self.data, key) for key in self.data if key not in keys})
        super().full_clean()
        for field in emptied:
            self.errors[field.name] = self.error_class([CARD_NUMBER])
            self.cleaned_data.pop(field.name, None)


def _values(data: Mapping[str, Any], key: str) -> list[Any]:
    return data.getlist(key) if isinstance(data, MultiValueDict) else [data[key]]


def _keys(field: forms.BoundField) -> list[str]:
    """Under which names the controls of a field are sent."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return [f"{field.html_name}{suffix}" for suffix in widget.widgets_names]  # type: ignore[attr-defined]  # not in the stubs
    return [field.html_name]


def _holds_card_number(field: forms.BoundField) -> bool:
    widget = field.field.widget
    if widget.is_hidden or isinstance(widget, forms.PasswordInput | forms.FileInput):
        return False
    typed = field.data
    parts = typed if isinstance(typed, list) else [typed]
    return cards.has_card_number(" ".join(part for part in parts if isinstance(part, str)))


class GuichetForm(WithoutCardNumbers, forms.Form):
    """A form whose errors are ours: which field, what is wrong, what is expected, an example.

    ``examples`` maps a field to an example that its error shows.
    """

    examples: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False
    is_worded: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _word(type(self))
        super().__init__(*args, **kwargs)


def _word(kind: type[GuichetForm]) -> None:
    """Give the fields of a form our sentences, when the first of its kind is made."""
    if "base_fields" not in kind.__dict__ or kind.__dict__.get("is_worded"):
        return
    kind.base_fields = deepcopy(kind.base_fields)  # a field inherited has another example here
    kind.is_worded = True
    for name, field in kind.base_fields.items():
        worded(field, kind.examples.get(name, ""))


def worded(field: forms.Field, example: str = "") -> forms.Field:
    """The field with our sentences for what is wrong with it; a form that makes fields on the way words them itself."""
    for code, message in _messages(field, example).items():
        # Django's own messages are lazy translations; a plain sentence was written by the field's author.
        if isinstance(field.error_messages.get(code), Promise | None):
            field.error_messages[code] = message
    return field


def _messages(field: forms.Field, example: str) -> dict[str, str]:
    """Our sentence for each thing that can be wrong with a field of this kind."""
    such_as = f", par exemple « {example} »" if example else ""
    sentences = {
        "required": f"Remplissez ce champ{such_as}.",
        "invalid": f"Cette réponse n'a pas la forme attendue{such_as}.",
        "max_length": "Écrivez au plus %(limit_value)d caractères (il y en a %(show_value)d).",
        "min_length": "Écrivez au moins %(limit_value)d caractères (il y en a %(show_value)d).",
        "invalid_choice": "Choisissez une des réponses proposées.",
    }
    if isinstance(field, forms.FileField):
        sentences |= {
            "required": "Choisissez un fichier.",
            "invalid": "Le fichier n'est pas arrivé : choisissez-le à nouveau.",
            "missing": "Le fichier n'est pas arrivé : choisissez-le à nouveau.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        }
    elif isinstance(field, forms.ChoiceField):
        sentences["required"] = "Choisissez une réponse."
    elif isinstance(field, forms.BooleanField):
        sentences["required"] = "Cochez cette case pour continuer."
    elif isinstance(field, forms.EmailField):
        sentences["required"] = "Indiquez une adresse électronique, par exemple prenom.nom@exemple.ch."
        sentences["invalid"] = "Cette adresse électronique est incomplète. Exemple : prenom.nom@exemple.ch."
    return sentences


class PostalAddressForm(GuichetForm):
    """Where a letter is sent, in the order in which it is written; a Swiss postcode has four digits."""

    examples: ClassVar[Mapping[str, str]] = {
        "street": "Rue du Lac",
        "town": "Genève",
        "postcode": "1204",
        "country": "Suisse",
    }

    street = forms.CharField(label="Rue", max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    house_number = forms.CharField(
        label="Numéro", max_length=12, required=False, widget=forms.TextInput({"class": "govuk-input--width-4"})
    )
    extra_line = forms.CharField(
        label="Complément d'adresse", help_text="Par exemple : c/o, case postale.", max_length=60, required=False
    )
    postcode = forms.CharField(
        label="Numéro postal", max_length=12, widget=forms.TextInput({"class": "govuk-input--width-4"})
    )
    town = forms.CharField(label="Localité", max_length=40)
    country = forms.CharField(label="Pays", max_length=60, initial="Suisse")

    def clean(self) -> dict[str, Any]:
        """Check the postcode by the country."""
        cleaned = super().clean() or {}
        is_swiss = cleaned.get("country", "").strip().lower() in ("suisse", "ch")
        if is_swiss and "postcode" in cleaned and not re.fullmatch(r"[1-9]\d{3}", cleaned["postcode"]):
            self.add_error("postcode", "Un numéro postal suisse compte quatre chiffres, par exemple 1204.")
        return cleaned


def address_lines(name: str, answers: Mapping[str, Any]) -> list[str]:
    """The lines of an address window, from the answers of a ``PostalAddressForm``."""
    is_swiss = answers["country"].strip().lower() in ("suisse", "ch")
    lines = [
        name,
        answers.get("extra_line", ""),
        f"{answers['street']} {answers.get('house_number', '')}".strip(),
        f"{answers['postcode']} {answers['town']}",
        "" if is_swiss else answers["country"].upper(),
    ]
    return [line for line in lines if line]


def check_birth(born: date, *, today: date) -> date:
    """A day of birth that isn't in the future, nor more than 130 years ago.

    Raises:
        ValidationError: in French, with an example.
    """
    if born > today:
        raise forms.ValidationError(
            "Cette date est dans le futur. Écrivez la date de naissance, par exemple 27 3 1985."
        )
    if born.year < today.year - 130:
        raise forms.ValidationError("Cette année est trop ancienne. Vérifiez l'année de naissance, par exemple 1985.")
    return born


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def typed_again(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as a form shows them; a name that ends in ``_on`` is a day's."""
    return {k: date.fromisoformat(v) if k.endswith("_on") and v else v for k, v in answers.items()}
