"""Accounts: who may sign in and how, by django-allauth; imported whole by ``settings``.

One mechanism limits attempts: allauth's own, because it covers every door (sign-in, sign-up, codes, passwords,
passkeys, re-authentication) and not sign-in only, as django-axes does. It counts in the default cache, which is a
table of the database here, so that the count holds across processes, machines and restarts.
"""

from __future__ import annotations

import os

_DEMO = os.environ.get("GUICHET_DEMO", "1") == "1"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "/"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that a crowd of visitors does not push counts out early
    }
}

ACCOUNT_ADAPTER = "guichet.people.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "guichet.people.accounts.signup.NameForm"
ACCOUNT_FORMS = {
    "login": "guichet.people.accounts.forms.SignInForm",
    "signup": "guichet.people.accounts.forms.SignUpForm",
    "add_email": "guichet.people.accounts.forms.NewEmailForm",
    "change_email": "guichet.people.accounts.forms.OtherEmailForm",
    "change_password": "guichet.people.accounts.forms.NewPasswordForm",
    "set_password": "guichet.people.accounts.forms.FirstPasswordForm",
    "reset_password": "guichet.people.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "guichet.people.accounts.forms.ResetPasswordForm",
    "confirm_password_reset_code": "guichet.people.accounts.forms.ResetCodeForm",
    "confirm_email_verification_code": "guichet.people.accounts.forms.EmailCodeForm",
    "reauthenticate": "guichet.people.accounts.forms.ConfirmPasswordForm",
}
# The address is proved by a code typed on the same screen: no link to click, so no link to phish, and the person
# stays in the browser where the draft of their order is.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "guichet.people.accounts.adapter.display_name"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GUICHET_PROXIES", "0"))

MFA_ADAPTER = "guichet.people.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _DEMO
MFA_FORMS = {
    "add_webauthn": "guichet.people.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "guichet.people.accounts.passkeys.RenamePasskeyForm",
    "authenticate": "guichet.people.accounts.passkeys.RecoveryCodeForm",
}

# The demonstration's mailbox page shows the letters of this function (a gateway cannot reach up to what owes them).
MAILBOX_LETTERS = "guichet.people.accounts.letters.letters"
