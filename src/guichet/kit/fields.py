"""The fields that the office's forms ask for, each reading what people really type.

Forms import them from ``guichet.kit.forms``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from guichet.law.kernel.money import Chf
from guichet.law.kernel.wording import MONTHS

from . import avs, formats, ids


class Choice(str):
    """The label of a radio or checkbox together with the hint shown below it."""

    hint: str
    __slots__ = ("hint",)

    def __new__(cls, label: str, hint: str = "") -> Choice:
        """A label that carries its hint wherever Django passes it."""
        made = super().__new__(cls, label)
        made.hint = hint
        return made


class DayInput(forms.MultiWidget):
    """Day, month and year typed in three fields; ``autocomplete`` may be ``bday``."""

    template_name = "kit/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = "") -> None:
        names = ("day", "month", "year")
        hints = [{"autocomplete": f"{autocomplete}-{name}"} if autocomplete else {} for name in names]
        super().__init__({name: forms.TextInput(hint) for name, hint in zip(names, hints, strict=True)}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """The three texts of a day."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DayField(forms.Field):
    """A day of the calendar (no plausibility: whether it may lie in the future is for the form to say)."""

    widget = DayInput
    default_error_messages = {  # noqa: RUF012 - Django's own shape for this attribute
        "required": "Indiquez le jour, le mois et l'année, par exemple 27 3 1985.",
        "missing": "Il manque %(what)s. Écrivez la date entière, par exemple 27 3 1985.",
        "letters": "Écrivez %(what)s en chiffres, par exemple 27 3 1985.",
        "year": "Écrivez l'année avec quatre chiffres, par exemple 1985.",
        "month": "Le mois va de 1 à 12, par exemple 3 pour mars.",
        "day": "Le %(typed)s n'existe pas : ce mois compte %(length)d jours.",
    }
    _parts = ("le jour", "le mois", "l'année")

    def clean(self, value: list[str | None] | None) -> date | None:
        """The day typed.

        Raises:
            ValidationError: with the place of the wrong part (0 day, 1 month, 2 year) among its parameters.
        """
        typed = [(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise self._error("required", 0)
            return None
        for place, part in enumerate(typed):
            if not part:
                raise self._error("missing", place)
            if not (part.isascii() and part.isdigit()):
                raise self._error("letters", place)
        return self._day(*typed)

    def _day(self, day: str, month: str, year: str) -> date:
        if len(year) != 4 or year == "0000":
            raise self._error("year", 2)
        if len(month) > 2 or not 1 <= int(month) <= 12:
            raise self._error("month", 1)
        length = monthrange(int(year), int(month))[1]
        if len(day) > 2 or not 1 <= int(day) <= length:
            typed = f"{day[:4]} {MONTHS[int(month) - 1]} {year}"
            raise self._error("day", 0, typed=typed, length=length)
        return date(int(year), int(month), int(day))

    def _error(self, code: str, place: int, **details: object) -> ValidationError:
        params = {"part": place, "what": self._parts[place], **details}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial: date | None, data: list[str | None] | None) -> bool:
        """True if what was typed is another day than the one given."""
        shown = DayInput().decompress(initial)
        return shown != [(part or "").strip() for part in (data or ["", "", ""])]


class AvsField(forms.CharField):
    """An AVS number however it was typed; gives its thirteen digits, the check digit verified."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape for this attribute
        "required": "Indiquez votre numéro AVS, par exemple 756.1234.5678.97.",
        "form": "Le numéro AVS compte 13 chiffres et commence par 756, par exemple 756.1234.5678.97.",
        "check": "Ce numéro AVS contient une erreur de frappe. Comparez-le avec votre carte d'assurance-maladie.",
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        super().__init__(**{"widget": forms.TextInput(attrs), "max_length": 30, **kwargs})

    def clean(self, value: str | None) -> str:
        """Thirteen digits, or nothing if the field may be empty."""
        digits = avs.digits_of(super().clean(value) or "")
        if not digits:
            return ""
        if not avs.is_well_formed(digits):
            raise ValidationError(self.error_messages["form"], code="form")
        if not avs.is_valid(digits):
            raise ValidationError(self.error_messages["check"], code="check")
        return digits


class AmountField(forms.CharField):
    """An amount in francs: ``25``, ``25.00``, ``25,00`` or ``1'250.50``; gives ``Chf``."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape for this attribute
        "required": "Indiquez un montant en francs, par exemple 25.00.",
        "form": "Écrivez un montant en francs et centimes, par exemple 25.00.",
    }
    _written = re.compile(r"(\d{1,9})(?:[.,](\d{2}))?")

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "class": "govuk-input--width-10"}
        super().__init__(**{"widget": forms.TextInput(attrs), "max_length": 20, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """The amount as it is typed."""
        return value.francs if isinstance(value, Chf) else value

    def clean(self, value: str | None) -> Chf | None:
        """The amount, or nothing if the field may be empty."""
        typed = re.sub(r"[\s'’]|CHF", "", super().clean(value), flags=re.IGNORECASE)
        if not typed:
            return None
        found = self._written.fullmatch(typed)
        if not found or not typed.isascii():
            raise ValidationError(self.error_messages["form"], code="form")
        return Chf(int(found[1]) * 100 + int(found[2] or 0))


class CodeField(forms.CharField):
    """A code that a letter or a document carries; look-alike characters and missing hyphens are forgiven."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape for this attribute
        "required": "Indiquez le code, par exemple 7K2M-9XQA-44CD.",
        "form": "Le code compte 12 lettres ou chiffres en trois groupes, par exemple 7K2M-9XQA-44CD.",
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        widget = forms.TextInput({**attrs, "class": "govuk-input--code"})
        super().__init__(**{"widget": widget, "max_length": 40, **kwargs})

    def clean(self, value: str | None) -> str:
        """The code as ``guichet.kit.ids.short_code`` wrote it."""
        typed = super().clean(value)
        code = ids.normalise_code(typed)
        if typed and not re.fullmatch(r"(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}", code):
            raise ValidationError(self.error_messages["form"], code="form")
        return code


class ReferenceField(CodeField):
    """The public reference of a case (``CMD-…``), its check character verified."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape for this attribute
        "required": "Indiquez la référence de votre dossier, par exemple CMD-7K2M9XQA-4.",
        "form": "Cette référence contient une erreur de frappe. Elle a la forme CMD-7K2M9XQA-4.",
    }

    def clean(self, value: str | None) -> str:
        """The reference as it was issued."""
        typed = forms.CharField.clean(self, value)
        reference = ids.normalise_reference(typed) if typed else ""
        if reference is None:
            raise ValidationError(self.error_messages["form"], code="form")
        return reference


class UploadField(forms.FileField):
    """A file to send; ``max_octets`` is told before (``help_text``) and checked after."""

    def __init__(self, *, max_octets: int, accept: str = "application/pdf", **kwargs: Any) -> None:
        self.max_octets = max_octets
        hint = f"Taille maximale : {formats.file_size(max_octets)}."
        super().__init__(**{"widget": forms.FileInput({"accept": accept}), "help_text": hint, **kwargs})

    def clean(self, data: UploadedFile[bytes] | None, initial: Any = None) -> UploadedFile[bytes] | None:
        """The file received."""
        received: UploadedFile[bytes] | None = super().clean(data, initial)
        size = received.size or 0 if received else 0
        if size > self.max_octets:
            given, most = formats.file_size(size), formats.file_size(self.max_octets)
            raise ValidationError(f"Ce fichier est trop grand ({given}). Taille maximale : {most}.", code="size")
        return received
