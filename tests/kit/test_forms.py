"""Forms are drawn so that everybody hears and sees what is asked and what is wrong."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from guichet.kit.forms import Choice, GuichetForm
from guichet.kit.samples import SampleForm


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def with_id(self, wanted: str) -> tuple[str, dict[str, str | None]]:
        """The only element with an id."""
        (found,) = [one for one in self.found if one[1].get("id") == wanted]
        return found


REFUSED = SampleForm({"born_on_day": "31", "born_on_month": "2", "born_on_year": "1985", "language": "xx"})
PAGE = str(REFUSED)


@pytest.mark.parametrize("name", [name for name in SampleForm.base_fields if name in SampleForm({}).errors])
def test_each_refused_field_is_tied_to_its_error(name: str) -> None:
    page = Elements(PAGE)
    field = REFUSED[name]
    page.with_id(f"{field.auto_id}_error")

    described = [
        attrs for _tag, attrs in page.found if f"{field.auto_id}_error" in (attrs.get("aria-describedby") or "")
    ]

    assert described, f"nothing refers to the error of {name}"


def test_each_error_of_the_summary_leads_to_an_existing_control() -> None:
    page = Elements(PAGE)
    targets = [attrs["href"] for tag, attrs in page.found if tag == "a" and (attrs.get("href") or "").startswith("#")]

    controls = [page.with_id(str(target)[1:])[0] for target in targets]

    assert len(targets) == sum(len(errors) for errors in REFUSED.errors.values())
    assert set(controls) <= {"input", "select", "textarea"}


def test_the_link_of_a_wrong_day_leads_to_the_part_that_is_wrong() -> None:
    form = SampleForm({"born_on_day": "3", "born_on_month": "14", "born_on_year": "1985"})

    assert 'href="#id_born_on_1"' in str(form)


def test_what_was_typed_is_still_there_after_a_refusal() -> None:
    values = {attrs.get("name"): attrs.get("value") for _tag, attrs in Elements(PAGE).found}

    assert [values[f"born_on_{part}"] for part in ("day", "month", "year")] == ["31", "2", "1985"]


def test_a_password_is_never_written_back_into_the_page() -> None:
    assert "tr0p-secret" not in str(SampleForm({"password": "tr0p-secret"}))


def test_ids_are_unique_within_a_form() -> None:
    ids = [attrs["id"] for _tag, attrs in Elements(PAGE).found if "id" in attrs]

    assert len(ids) == len(set(ids))


def test_every_control_has_a_label_or_stands_in_a_named_group() -> None:
    page = Elements(str(SampleForm()))
    labelled = {attrs.get("for") for tag, attrs in page.found if tag == "label"}

    controls = [attrs["id"] for tag, attrs in page.found if tag in ("input", "select", "textarea")]

    assert set(controls) <= labelled


def test_the_summary_is_shown_once_even_when_the_page_has_already_drawn_it() -> None:
    page = Template("{% load kit %}{% error_summary form %}{{ form }}").render(Context({"form": SampleForm({})}))

    assert page.count("data-error-summary") == 1


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(SampleForm())


@pytest.mark.parametrize(
    "kind",
    [
        forms.CharField(),
        forms.ChoiceField(choices=[(HOSTILE := '"><script>alert(1)</script>', HOSTILE)]),
        forms.ChoiceField(choices=[(HOSTILE, Choice(HOSTILE, HOSTILE))], widget=forms.RadioSelect),
        forms.MultipleChoiceField(choices=[("Groupe <b>", [(HOSTILE, HOSTILE)])], widget=forms.CheckboxSelectMultiple),
        forms.CharField(widget=forms.Textarea),
        forms.CharField(widget=forms.HiddenInput),
        forms.CharField(widget=forms.TextInput({"placeholder": '"><script>alert(1)</script>'})),
    ],
)
def test_no_value_label_or_attribute_can_break_out_of_the_markup(kind: forms.Field) -> None:
    class Hostile(GuichetForm):
        """A form whose every text is hostile."""

        name = kind

    value: Any = [HOSTILE] if isinstance(kind, forms.MultipleChoiceField) else HOSTILE
    pages = str(Hostile({"name": value})) + str(Hostile({"name": "<script>"}))

    assert "<script" not in pages
    assert "<b>" not in pages


def test_a_sentence_written_for_one_field_is_kept() -> None:
    class Own(GuichetForm):
        """A form with its own sentence."""

        name = forms.CharField(error_messages={"required": "Dites-nous votre nom."})
        town = forms.CharField()

    errors = Own({}).errors

    assert errors["name"] == ["Dites-nous votre nom."]
    assert errors["town"] == ["Remplissez ce champ."]


@pytest.mark.parametrize("typed", ["", "x" * 41])
def test_no_error_of_a_form_of_ours_depends_on_the_language_of_the_browser(typed: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        errors = [error for errors in SampleForm({"name": typed, "email": "x"}).errors.values() for error in errors]

    assert errors
    assert not [
        error for error in errors if "This" in error or "Ensure" in error or "Select" in error or "Enter" in error
    ]
