"""One question of a form, drawn: label or legend, hint, error, control, in the order in which they are read out.

A function and not a template, like the controls (``guichet.kit.widgets``): it is drawn a dozen times a page, and the
template took four times as long.
"""

from __future__ import annotations

from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString, mark_safe

from .markup import text


def draw(field: BoundField) -> SafeString:
    """The whole group of a field; a radio group, a day and other fieldsets have a legend, a lone checkbox its own label."""
    errors = field.errors
    if field.widget_type == "checkbox":
        inner = f"{_error(field, errors)}{_lone_checkbox(field)}"
    elif field.use_fieldset:
        described = field.aria_describedby
        by = f' aria-describedby="{described}"' if described else ""
        legend = f'<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{_label(field)}</legend>'
        inner = (
            f'<fieldset class="govuk-fieldset" id="{field.auto_id}" tabindex="-1"{by}>'
            f"{legend}{_hint(field)}{_error(field, errors)}{field}</fieldset>"
        )
    else:
        label = f'<label class="govuk-label" for="{field.id_for_label}">{_label(field)}</label>'
        inner = f"{label}{_hint(field)}{_error(field, errors)}{field}"
    css = "govuk-form-group govuk-form-group--error" if errors else "govuk-form-group"
    return mark_safe(f'<div class="{css}">{inner}</div>\n')  # noqa: S308 - built of escaped parts


def _label(field: BoundField) -> str:
    """What is asked; a question that may stay open says so."""
    optional = "" if field.field.required else ' <span class="optional">(facultatif)</span>'
    return f"{text(field.label)}{optional}"


def _hint(field: BoundField, extra_class: str = "") -> str:
    if not field.help_text:
        return ""
    return f'<div class="govuk-hint{extra_class}" id="{field.auto_id}_helptext">{text(field.help_text)}</div>'


def _error(field: BoundField, errors: ErrorList) -> str:
    if not errors:
        return ""
    sentences = " ".join(text(error) for error in errors)
    return (
        f'<p class="govuk-error-message" id="{field.auto_id}_error">'
        f'<span class="govuk-visually-hidden">Erreur : </span>{sentences}</p>'
    )


def _lone_checkbox(field: BoundField) -> str:
    label = f'<label class="govuk-label govuk-checkboxes__label" for="{field.id_for_label}">{text(field.label)}</label>'
    hint = _hint(field, " govuk-checkboxes__hint")
    return f'<div class="govuk-checkboxes"><div class="govuk-checkboxes__item">{field}{label}{hint}</div></div>'
