"""The forms of signing in and of « Mon compte », in our words; what they check is allauth's."""

# allauth is untyped: its classes are Any to mypy.
# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as allauth_forms
from django import forms

from guichet.kit.forms import AvsField, CodeField, DayField, GuichetForm, WithoutCardNumbers

from .matching import Claim


class Words(NamedTuple):
    """How one field speaks: its label, its hint, and what an empty one is told."""

    label: str
    hint: str
    missing: str


EMAIL = Words(
    "Adresse e-mail",
    "Par exemple : prenom.nom@exemple.ch",
    "Saisissez votre adresse e-mail, par exemple : prenom.nom@exemple.ch.",
)
PASSWORD = Words("Mot de passe", "", "Saisissez votre mot de passe.")
CURRENT_PASSWORD = Words("Mot de passe actuel", "", "Saisissez votre mot de passe actuel.")
NEW_PASSWORD = Words(
    "Nouveau mot de passe",
    "Au moins 12 caractères. Quatre mots sans lien entre eux font un bon mot de passe.",
    "Choisissez un mot de passe d'au moins 12 caractères.",
)
CODE = Words(
    "Code reçu par e-mail",
    "Le code vaut quinze minutes. Les espaces, les tirets et les majuscules ne comptent pas.",
    "Saisissez le code que vous avez reçu par e-mail.",
)


class InOurWords(WithoutCardNumbers):
    """Puts our labels, hints and messages on the fields of a form of allauth, and takes its placeholders off."""

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # typed once: browsers show it on request, and a mail resets it
        for name, words in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = words.label, words.hint
            field.error_messages["required"] = words.missing
            field.widget.attrs.pop("placeholder", None)
            if "email" in name or name == "login":
                field.error_messages["invalid"] = (
                    "Cette adresse e-mail n'est pas complète. Exemple : prenom.nom@exemple.ch"
                )


class SignInForm(InOurWords, allauth_forms.LoginForm):
    """Se connecter."""

    words = {"login": EMAIL, "password": PASSWORD}


class SignUpForm(InOurWords, allauth_forms.SignupForm):
    """Ouvrir un compte."""

    field_order: ClassVar = ["name", "email", "password1"]  # type: ignore[misc]  # Django declares it on instances
    words = {"email": EMAIL, "password1": NEW_PASSWORD._replace(label="Mot de passe")}


class NewEmailForm(InOurWords, allauth_forms.AddEmailForm):
    """Changer d'adresse e-mail."""

    words = {"email": EMAIL._replace(label="Nouvelle adresse e-mail")}


class OtherEmailForm(InOurWords, allauth_forms.ChangeEmailForm):
    """Corriger l'adresse e-mail pendant l'ouverture du compte."""

    words = {"email": EMAIL}


class NewPasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    """Changer de mot de passe."""

    words = {"oldpassword": CURRENT_PASSWORD, "password1": NEW_PASSWORD}


class FirstPasswordForm(InOurWords, allauth_forms.SetPasswordForm):
    """Choisir un mot de passe quand le compte n'en a pas."""

    words = {"password1": NEW_PASSWORD}


class ForgottenPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):
    """Mot de passe oublié."""

    words = {"email": EMAIL}


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    """Choisir un nouveau mot de passe après le code."""

    words = {"password1": NEW_PASSWORD}


class ResetCodeForm(InOurWords, allauth_forms.ConfirmPasswordResetCodeForm):
    """Le code reçu pour choisir un nouveau mot de passe."""

    words = {"code": CODE}


class EmailCodeForm(InOurWords, allauth_forms.ConfirmEmailVerificationCodeForm):
    """Le code qui confirme l'adresse e-mail."""

    words = {"code": CODE}


class ConfirmPasswordForm(InOurWords, allauth_forms.ReauthenticateForm):
    """Le mot de passe demandé encore une fois avant un réglage de sécurité."""

    words = {"password": PASSWORD}


class VerificationForm(GuichetForm):
    """Qui est la personne du registre à qui la lettre doit être envoyée."""

    avs_number = AvsField(
        label="Numéro AVS",
        required=False,
        help_text="Treize chiffres, sur votre carte d'assurance-maladie. Exemple : 756.9217.0769.85",
    )
    name = forms.CharField(
        label="Nom et prénoms officiels",
        required=False,
        max_length=200,
        help_text="Seulement si vous n'avez pas votre numéro AVS. Exemple : Rochat Amélie",
    )
    birth_date = DayField(label="Date de naissance", help_text="Par exemple : 31 3 1980")

    def clean(self) -> dict[str, Any]:
        """One of the two ways to name a person must be given."""
        given = super().clean() or self.cleaned_data
        if not given.get("avs_number") and not given.get("name") and "avs_number" not in self.errors:
            self.add_error("avs_number", "Saisissez votre numéro AVS, ou vos nom et prénoms dans le champ suivant.")
        return given

    def claim(self) -> Claim:
        """What the person says of themself."""
        given = self.cleaned_data
        return Claim(avs_number=given["avs_number"] or None, name=given["name"] or None, birth_date=given["birth_date"])


class LetterCodeForm(GuichetForm):
    """Le code reçu par la poste."""

    code = CodeField(
        label="Code de la lettre",
        help_text="Douze lettres et chiffres. Exemple : 7K2M-9XQA-44CD",
        error_messages={"required": "Saisissez le code de la lettre, par exemple : 7K2M-9XQA-44CD."},
    )
