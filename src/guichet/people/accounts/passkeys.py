"""The forms of passkeys (clés d'accès) and recovery codes, in our words."""

# allauth is untyped: its classes are Any to mypy.
# mypy: allow-subclassing-any

from __future__ import annotations

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from .forms import InOurWords, Words

NAME = Words("Nom de la clé", "Pour la reconnaître parmi d'autres. Exemple : téléphone d'Amélie", "Donnez-lui un nom.")
WITHOUT_PASSWORD = Words(
    "Me connecter avec cette clé sans mot de passe",
    "L'appareil vous demandera votre empreinte, votre visage ou son code.",
    "",
)
RECOVERY_CODE = Words(
    "Code de secours",
    "Un des codes que vous avez gardés quand vous avez ajouté votre clé d'accès.",
    "Saisissez un de vos codes de secours.",
)


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    """Ajouter une clé d'accès."""

    words = {"name": NAME, "passwordless": WITHOUT_PASSWORD}


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):
    """Renommer une clé d'accès."""

    words = {"name": NAME}


class RecoveryCodeForm(InOurWords, AuthenticateForm):
    """Se connecter avec un code de secours."""

    words = {"code": RECOVERY_CODE}
