"""The part of the sign-up form that is ours; apart because allauth builds its own form on it at import."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from guichet.people.models import Account


class NameForm(forms.Form):
    """Asks how the person wants to be called in messages; the register's name comes later, from the register."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        help_text="Par exemple : Amélie Rochat. Ce nom paraît dans nos messages, pas sur vos documents.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": "Saisissez votre prénom et votre nom, par exemple : Amélie Rochat."},
    )

    def signup(self, request: HttpRequest, user: Account) -> None:
        """Nothing more: the adapter stores the name with the account."""
