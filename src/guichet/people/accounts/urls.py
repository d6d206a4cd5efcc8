"""Addresses under ``/compte/``: our pages, and allauth's views under French addresses with our templates.

The names are allauth's, which redirects by name. What is not listed does not exist: no sign-in by link or telephone,
no sign-up by passkey, no time-based codes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponseBase
from django.urls import path
from django.views import View

from .web import portal


class InOurFrame:
    """Keeps allauth's « site » out of the page, which would hide the office of ours (``guichet.kit.context``)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's context without it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the view it is mixed into has it
        context.pop("site", None)
        return context


def _page(view: type[View], template: str) -> Callable[..., HttpResponseBase]:
    """A view of allauth with one of our templates."""
    template_name = f"people/accounts/{template}.html"
    ours = cast("type[View]", type(view.__name__, (InOurFrame, view), {"template_name": template_name}))
    return ours.as_view()


urlpatterns = [
    path("", portal.home, name="account_home"),
    path("verification/", portal.ask_for_code, name="account_verify"),
    path("verification/code/", portal.enter_code, name="account_verify_code"),
    path("consultations/", portal.readings, name="account_readings"),
    path("connexion/", _page(account.LoginView, "sign_in"), name="account_login"),
    path("deconnexion/", _page(account.LogoutView, "sign_out"), name="account_logout"),
    path("ouvrir/", _page(account.SignupView, "sign_up"), name="account_signup"),
    path("ferme/", _page(account.AccountInactiveView, "closed"), name="account_inactive"),
    path(
        "confirmer/",
        _page(account.ReauthenticateView, "confirm_password"),
        name="account_reauthenticate",
    ),
    path("adresse/", _page(account.EmailView, "change_email"), name="account_email"),
    path(
        "adresse/code/",
        _page(account.ConfirmEmailVerificationCodeView, "email_code"),
        name="account_email_verification_sent",
    ),
    path(
        "mot-de-passe/",
        _page(account.PasswordChangeView, "change_password"),
        name="account_change_password",
    ),
    path(
        "mot-de-passe/choisir/",
        _page(account.PasswordSetView, "change_password"),
        name="account_set_password",
    ),
    path(
        "mot-de-passe/oublie/",
        _page(account.PasswordResetView, "forgotten_password"),
        name="account_reset_password",
    ),
    path(
        "mot-de-passe/code/",
        _page(account.ConfirmPasswordResetCodeView, "password_code"),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/nouveau/",
        _page(account.CompletePasswordResetView, "new_password"),
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/change/",
        _page(account.PasswordResetFromKeyDoneView, "password_changed"),
        name="account_password_reset_completed",
    ),
    path("cles/", _page(passkeys.ListWebAuthnView, "passkeys"), name="mfa_index"),
    path("cles/liste/", _page(passkeys.ListWebAuthnView, "passkeys"), name="mfa_list_webauthn"),
    path("cles/ajouter/", _page(passkeys.AddWebAuthnView, "add_passkey"), name="mfa_add_webauthn"),
    path(
        "cles/<int:pk>/retirer/",
        _page(passkeys.RemoveWebAuthnView, "remove_passkey"),
        name="mfa_remove_webauthn",
    ),
    path(
        "cles/<int:pk>/renommer/",
        _page(passkeys.EditWebAuthnView, "rename_passkey"),
        name="mfa_edit_webauthn",
    ),
    path("cles/connexion/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "cles/confirmer/",
        _page(passkeys.ReauthenticateWebAuthnView, "confirm_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "cles/seconde-etape/",
        _page(second_factor.AuthenticateView, "second_step"),
        name="mfa_authenticate",
    ),
    path(
        "cles/code-de-secours/",
        _page(second_factor.ReauthenticateView, "confirm_recovery_code"),
        name="mfa_reauthenticate",
    ),
    path(
        "cles/codes/",
        _page(recovery.ViewRecoveryCodesView, "recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "cles/codes/nouveaux/",
        _page(recovery.GenerateRecoveryCodesView, "new_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
]
