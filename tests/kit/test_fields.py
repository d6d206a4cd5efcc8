"""The fields of the house read what people type, and say in French what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from guichet.kit import ids
from guichet.kit.forms import AmountField, AvsField, CodeField, DayField, PostalAddressForm, ReferenceField, UploadField
from guichet.law.kernel.money import Chf


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_can_be_typed(day: date) -> None:
    assert DayField().clean([str(day.day), str(day.month), f"{day.year}"]) == day


@pytest.mark.parametrize(
    ("typed", "message", "part"),
    [
        (["", "", ""], "Indiquez le jour, le mois et l'année, par exemple 27 3 1985.", 0),
        (["27", "3", ""], "Il manque l'année. Écrivez la date entière, par exemple 27 3 1985.", 2),
        (["27", "mars", "1985"], "Écrivez le mois en chiffres, par exemple 27 3 1985.", 1),
        (["27", "3", "85"], "Écrivez l'année avec quatre chiffres, par exemple 1985.", 2),
        (["27", "13", "1985"], "Le mois va de 1 à 12, par exemple 3 pour mars.", 1),
        (["31", "2", "1985"], "Le 31 février 1985 n'existe pas : ce mois compte 28 jours.", 0),
        (["9" * 5000, "2", "1985"], "Le 9999 février 1985 n'existe pas : ce mois compte 28 jours.", 0),
        (["٢٧", "3", "1985"], "Écrivez le jour en chiffres, par exemple 27 3 1985.", 0),
    ],
)
def test_a_wrong_day_says_which_part_is_wrong_and_gives_an_example(typed: list[str], message: str, part: int) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.messages == [message]
    assert refused.value.params["part"] == part


def test_an_optional_day_left_empty_is_no_day() -> None:
    assert DayField(required=False).clean(["", " ", ""]) is None


def test_an_avs_number_is_kept_as_thirteen_digits() -> None:
    assert AvsField().clean(" 756.1234.5678.97 ") == "7561234567897"


@pytest.mark.parametrize("typed", ["756.1234.5678", "123.1234.5678.97", "numéro", "٧٥٦١٢٣٤٥٦٧٨٩٧"])
def test_what_is_no_avs_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="756.1234.5678.97"):
        AvsField().clean(typed)


def test_a_mistyped_avs_number_is_called_a_typing_error() -> None:
    with pytest.raises(ValidationError, match="erreur de frappe"):
        AvsField().clean("756.1234.5678.98")


@pytest.mark.parametrize("typed", ["25", "25.00", "25,00", "25.00 CHF", " 25.00"])
def test_an_amount_is_read_in_every_usual_spelling(typed: str) -> None:
    assert AmountField().clean(typed) == Chf(2500)


@pytest.mark.parametrize("typed", ["-1", "2.5", "1e3", "gratuit", "٢٥"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"25\.00"):
        AmountField().clean(typed)


@given(st.builds(ids.short_code))
def test_a_code_typed_in_small_letters_without_hyphens_is_understood(code: str) -> None:
    assert CodeField().clean(code.lower().replace("-", " ")) == code


def test_a_reference_with_a_wrong_character_is_refused() -> None:
    reference = ids.new_reference("CMD")
    wrong = reference[:-1] + ("0" if reference[-1] != "0" else "1")

    assert ReferenceField().clean(reference.lower()) == reference
    with pytest.raises(ValidationError, match="erreur de frappe"):
        ReferenceField().clean(wrong)


def test_a_file_that_is_too_large_is_refused_with_both_sizes() -> None:
    field = UploadField(max_octets=1_000)

    with pytest.raises(ValidationError, match=r"trop grand \(2 Ko\)\. Taille maximale : 1 Ko"):
        field.clean(SimpleUploadedFile("a.pdf", b"x" * 2_000))


def test_a_swiss_postcode_has_four_digits_and_a_foreign_one_is_free() -> None:
    typed = {"street": "Rue du Lac", "town": "Genève", "postcode": "74100", "country": "Suisse"}

    assert "quatre chiffres" in PostalAddressForm(typed).errors["postcode"][0]
    assert PostalAddressForm({**typed, "country": "France"}).is_valid()
