"""The errors of a refused form, told at the head of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def error_prefix(context: Mapping[str, Any]) -> str:
    """« Erreur : » at the head of the page's title when its form was refused, so that it is heard first."""
    form = context.get("form")
    return "Erreur : " if isinstance(form, BaseForm) and form.errors else ""


def error_summary(form: object = None) -> dict[str, object]:
    """Every error of a refused form, each a link to its field; shown once a page, at the first place that asks."""
    if not isinstance(form, BaseForm) or not form.errors or getattr(form, "summary_is_shown", False):
        return {"errors": ()}
    # The base page draws the summary above the content; drawing the form itself would show it a second time.
    form.summary_is_shown = True  # type: ignore[attr-defined]
    return {"errors": list(lines(form))}


def lines(form: BaseForm) -> Iterator[tuple[str, str]]:
    """(id of the control, sentence) for each error: those of no field first, without id, then the fields in order."""
    yield from (("", str(error)) for error in form.non_field_errors())
    for field in form:
        for error in field.errors.as_data():
            yield _control_id(field, error), _sentence(field, error.messages[0])


def _sentence(field: Any, error: str) -> str:
    """Which field and what is wrong; a lone box to tick has a whole sentence for a label, its error says it all."""
    if field.widget_type == "checkbox":
        return error
    label = str(field.label).rstrip(" ?:.\N{NO-BREAK SPACE}")
    return f"{label} : {_continued(error)}"


def _control_id(field: Any, error: ValidationError) -> str:
    """Where the link of an error leads: the wrong part of a day, the first choice of a group, or the control."""
    if not field.use_fieldset:
        return str(field.id_for_label)
    return f"{field.auto_id}_{(error.params or {}).get('part', 0)}"


def _continued(sentence: str) -> str:
    """A sentence as it stands after a colon; one that opens with an abbreviation (« AVS ») keeps its capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
