"""How every form of the house is drawn: Django's form API, our markup, no template per form.

Fields and controls are drawn by small functions rather than by Django's nested templates: a form is part of nearly
every page, and its nested includes would cost more than the rest of the page together.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from . import field
from .widgets import DRAWN

_FIELD = "kit/forms/field"


class GuichetRenderer(TemplatesSetting):
    """``FORM_RENDERER``: fields with label, hint and error in the reading order that assistive technology needs."""

    form_template_name = "kit/forms/form.html"
    formset_template_name = "kit/forms/formset.html"
    field_template_name = _FIELD

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Draw a field or a control by its function, anything else by its template."""
        if template_name == _FIELD:
            return field.draw(context["field"])
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else SafeString(super().render(template_name, context, request))
