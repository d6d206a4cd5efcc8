"""``{% load kit %}``: values written for people, and the furniture of a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString

from guichet.kit import formats

register = template.Library()

register.filter("long_date", formats.long_date)
register.filter("short_date", formats.short_date)
register.filter("numeric_date", formats.numeric_date)
register.filter("instant", formats.instant)
register.filter("clock_time", formats.clock_time)
register.filter("file_size", formats.file_size)
register.filter("avs", formats.avs)


@register.filter
def iso(moment: date | datetime) -> str:
    """The machine-readable form for ``<time datetime>``."""
    return moment.isoformat()


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """« Erreur : » at the head of the page's title when its form was refused, so that it is heard first."""
    form = context.get("form")
    return "Erreur : " if isinstance(form, BaseForm) and form.errors else ""


@register.inclusion_tag("kit/components/error_summary.html")
def error_summary(form: Any = None) -> dict[str, object]:
    """Every error of a refused form, each a link to its field; shown once a page, at the first place that asks."""
    if not isinstance(form, BaseForm) or not form.errors or getattr(form, "summary_shown", False):
        return {"errors": ()}
    form.summary_shown = True  # type: ignore[attr-defined] - the base page draws it above the content, the form would again
    return {"errors": list(_summary_lines(form))}


def _summary_lines(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the control, sentence) for each error, in the order of the form; those of no field first, without id."""
    lines = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        label = str(field.label).rstrip(" ?:")
        for error in field.errors:
            lines.append((_control_id(field), f"{label} : {lower_first(str(error))}"))
    return lines


def _control_id(field: Any) -> str:
    """Where the link of an error leads: the wrong part of a day, the first choice of a group, or the control."""
    wrong = getattr(field.field, "wrong_part", None)
    if wrong is not None:
        return f"{field.auto_id}_{wrong}"
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


def lower_first(sentence: str) -> str:
    """A sentence continued after a colon."""
    return sentence[:1].lower() + sentence[1:]
