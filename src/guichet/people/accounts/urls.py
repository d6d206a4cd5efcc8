"""Addresses under ``/compte/``: our pages, and allauth's views under French addresses with our templates.

The names are allauth's, which redirects by name. What is not listed does not exist: no sign-in by link or telephone,
no sign-up by passkey, no time-based codes.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from .web import portal


def _page(name: str) -> str:
    return f"people/accounts/{name}.html"


urlpatterns = [
    path("", portal.home, name="account_home"),
    path("verification/", portal.ask_for_code, name="account_verify"),
    path("verification/code/", portal.enter_code, name="account_verify_code"),
    path("consultations/", portal.readings, name="account_readings"),
    path("connexion/", account.LoginView.as_view(template_name=_page("sign_in")), name="account_login"),
    path("deconnexion/", account.LogoutView.as_view(template_name=_page("sign_out")), name="account_logout"),
    path("ouvrir/", account.SignupView.as_view(template_name=_page("sign_up")), name="account_signup"),
    path("ferme/", account.AccountInactiveView.as_view(template_name=_page("closed")), name="account_inactive"),
    path(
        "confirmer/",
        account.ReauthenticateView.as_view(template_name=_page("confirm_password")),
        name="account_reauthenticate",
    ),
    path("adresse/", account.EmailView.as_view(template_name=_page("change_email")), name="account_email"),
    path(
        "adresse/code/",
        account.ConfirmEmailVerificationCodeView.as_view(template_name=_page("email_code")),
        name="account_email_verification_sent",
    ),
    path(
        "mot-de-passe/",
        account.PasswordChangeView.as_view(template_name=_page("change_password")),
        name="account_change_password",
    ),
    path(
        "mot-de-passe/choisir/",
        account.PasswordSetView.as_view(template_name=_page("change_password")),
        name="account_set_password",
    ),
    path(
        "mot-de-passe/oublie/",
        account.PasswordResetView.as_view(template_name=_page("forgotten_password")),
        name="account_reset_password",
    ),
    path(
        "mot-de-passe/code/",
        account.ConfirmPasswordResetCodeView.as_view(template_name=_page("password_code")),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/nouveau/",
        account.CompletePasswordResetView.as_view(template_name=_page("new_password")),
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/change/",
        account.PasswordResetFromKeyDoneView.as_view(template_name=_page("password_changed")),
        name="account_password_reset_completed",
    ),
    path("cles/", passkeys.ListWebAuthnView.as_view(template_name=_page("passkeys")), name="mfa_index"),
    path("cles/liste/", passkeys.ListWebAuthnView.as_view(template_name=_page("passkeys")), name="mfa_list_webauthn"),
    path(
        "cles/ajouter/", passkeys.AddWebAuthnView.as_view(template_name=_page("add_passkey")), name="mfa_add_webauthn"
    ),
    path(
        "cles/<int:pk>/retirer/",
        passkeys.RemoveWebAuthnView.as_view(template_name=_page("remove_passkey")),
        name="mfa_remove_webauthn",
    ),
    path(
        "cles/<int:pk>/renommer/",
        passkeys.EditWebAuthnView.as_view(template_name=_page("rename_passkey")),
        name="mfa_edit_webauthn",
    ),
    path("cles/connexion/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "cles/confirmer/",
        passkeys.ReauthenticateWebAuthnView.as_view(template_name=_page("confirm_passkey")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "cles/seconde-etape/",
        second_factor.AuthenticateView.as_view(template_name=_page("second_step")),
        name="mfa_authenticate",
    ),
    path(
        "cles/code-de-secours/",
        second_factor.ReauthenticateView.as_view(template_name=_page("confirm_recovery_code")),
        name="mfa_reauthenticate",
    ),
    path(
        "cles/codes/",
        recovery.ViewRecoveryCodesView.as_view(template_name=_page("recovery_codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "cles/codes/nouveaux/",
        recovery.GenerateRecoveryCodesView.as_view(template_name=_page("new_recovery_codes")),
        name="mfa_generate_recovery_codes",
    ),
]
