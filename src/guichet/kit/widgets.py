"""The controls of a form, drawn: each function turns the widget context that Django built into accessible HTML.

They are chosen by the name of the template that Django would have used (``guichet.kit.renderer``), so that forms of
third parties (sign-in, passkeys) look like ours without being changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .markup import text

Widget = Mapping[str, Any]
Draw = Callable[[Widget], SafeString]


def attributes(given: Mapping[str, Any], *, always: str = "") -> str:
    """HTML attributes: True stands alone, False and None are left out, ``always`` is prefixed to the class."""
    classes = " ".join(part for part in (always, str(given.get("class") or "")) if part)
    parts = [f' class="{text(classes)}"'] if classes else []
    for name, value in given.items():
        if name == "class" or value is False or value is None:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{text(value)}"')
    return "".join(parts)


def _input(widget: Widget, css: str) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else f' value="{text(value)}"'
    given = attributes(widget["attrs"], always=css)
    return mark_safe(f'<input type="{widget["type"]}" name="{widget["name"]}"{shown}{given}>')  # noqa: S308 - each value is escaped above


def text_input(widget: Widget) -> SafeString:
    """One line of text, and everything that looks like it (e-mail, number, telephone, password)."""
    return _input(widget, "govuk-input")


def hidden_input(widget: Widget) -> SafeString:
    """A value the form carries without showing it."""
    return _input(widget, "")


def file_input(widget: Widget) -> SafeString:
    """A file to choose; browsers never show back a file that was chosen before."""
    return _input({**widget, "value": None}, "govuk-file-upload")


def textarea(widget: Widget) -> SafeString:
    """Several lines of text."""
    given = attributes({"rows": 5, **widget["attrs"], "cols": None}, always="govuk-textarea")
    # HTML drops the first line break after the tag: without ours, a text that starts with one would lose it.
    value = text(widget["value"] or "")
    return mark_safe(f'<textarea name="{widget["name"]}"{given}>\n{value}</textarea>')  # noqa: S308 - value escaped


def _option(option: Widget) -> str:
    given = attributes(option["attrs"])
    value = text("" if option["value"] is None else option["value"])
    return f'<option value="{value}"{given}>{text(option["label"])}</option>'


def select(widget: Widget) -> SafeString:
    """A list to choose one line from (for more choices than radios can show)."""
    parts = []
    for group, options, _index in widget["optgroups"]:
        lines = "".join(_option(option) for option in options)
        parts.append(f'<optgroup label="{text(group)}">{lines}</optgroup>' if group else lines)
    given = attributes(widget["attrs"], always="govuk-select")
    return mark_safe(f'<select name="{widget["name"]}"{given}>{"".join(parts)}</select>')  # noqa: S308 - escaped


# Said once on the fieldset; a radio button may not carry aria-invalid at all.
_OF_THE_GROUP = ("required", "aria-describedby", "aria-invalid", "autofocus")


def _choice(option: Widget, family: str) -> str:
    """One radio or checkbox with its label and, below it, the hint its choice may carry (``kit.forms.Choice``)."""
    own = {name: value for name, value in option["attrs"].items() if name not in _OF_THE_GROUP}
    hint = getattr(option["label"], "hint", "")
    hint_id = f"{own.get('id', option['name'])}_hint"
    if hint:
        own["aria-describedby"] = hint_id
    value = text("" if option["value"] is None else option["value"])
    control = (
        f'<input type="{option["type"]}" name="{option["name"]}" value="{value}"'
        f"{attributes(own, always=f'govuk-{family}__input')}>"
    )
    label = (
        f'<label class="govuk-label govuk-{family}__label" for="{own.get("id", "")}">{text(option["label"])}</label>'
    )
    below = f'<div id="{hint_id}" class="govuk-hint govuk-{family}__hint">{text(hint)}</div>'
    return f'<div class="govuk-{family}__item">{control}{label}{below if hint else ""}</div>'


def _choices(widget: Widget, family: str) -> SafeString:
    parts = []
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<p class="govuk-{family}__divider">{text(group)}</p>')
        parts.extend(_choice(option, family) for option in options)
    css = " ".join(part for part in (f"govuk-{family}", str(widget["attrs"].get("class") or "")) if part)
    return mark_safe(f'<div class="{css}">{"".join(parts)}</div>')  # noqa: S308 - each option escapes its parts


def radios(widget: Widget) -> SafeString:
    """One choice among few, all visible."""
    return _choices(widget, "radios")


def checkboxes(widget: Widget) -> SafeString:
    """Any number of choices among few."""
    return _choices(widget, "checkboxes")


def checkbox(widget: Widget) -> SafeString:
    """One box to tick; its label is drawn by the field, after it."""
    shown = {**widget, "value": widget["value"] or None}
    return _input(shown, "govuk-checkboxes__input")


def day_parts(widget: Widget) -> SafeString:
    """Day, month and year as three short fields, each with its own label."""
    names = ("Jour", "Mois", "Année")
    widths = ("2", "2", "4")
    parts = []
    for name, width, part in zip(names, widths, widget["subwidgets"], strict=True):
        css = f"govuk-date-input__input govuk-input--width-{width}"
        box = text_input({**part, "attrs": {**part["attrs"], "class": css, "inputmode": "numeric"}})
        label = f'<label class="govuk-label govuk-date-input__label" for="{part["attrs"].get("id", "")}">{name}</label>'
        parts.append(f'<div class="govuk-date-input__item">{label}{box}</div>')
    return mark_safe(f'<div class="govuk-date-input">{"".join(parts)}</div>')  # noqa: S308 - built of escaped parts


_LINE = ("text", "email", "number", "url", "password", "tel", "search", "date", "time", "datetime")
DRAWN: dict[str, Draw] = {
    **{f"django/forms/widgets/{kind}.html": text_input for kind in (*_LINE, "input")},
    "django/forms/widgets/hidden.html": hidden_input,
    "django/forms/widgets/file.html": file_input,
    "django/forms/widgets/clearable_file_input.html": file_input,
    "django/forms/widgets/textarea.html": textarea,
    "django/forms/widgets/select.html": select,
    "django/forms/widgets/radio.html": radios,
    "django/forms/widgets/checkbox_select.html": checkboxes,
    "django/forms/widgets/checkbox.html": checkbox,
    "kit/widgets/day.html": day_parts,
}
