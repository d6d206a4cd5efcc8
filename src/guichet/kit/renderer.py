"""How every form of the house is drawn: Django's form API, our markup, no template per form.

Widgets are drawn by small functions rather than by Django's nested templates: a form of eight fields is part of nearly
every page, and nested includes cost more than the rest of the page together (ADR on the front end has the figures).
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from .widgets import DRAWN


class GuichetRenderer(TemplatesSetting):
    """``FORM_RENDERER``: fields with label, hint and error in the reading order that assistive technology needs."""

    form_template_name = "kit/forms/form.html"
    formset_template_name = "kit/forms/formset.html"
    field_template_name = "kit/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Draw a widget by its function, anything else by its template."""
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)
