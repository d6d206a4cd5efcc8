"""Where allauth meets the house: our words, our outbox, our clock, our rule on where a sign-in may lead."""

# allauth is untyped: its classes are Any to mypy.
# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from guichet.kit import clock
from guichet.kit.crypto import decrypt, encrypt
from guichet.kit.formats import instant
from guichet.people.models import Account

from . import operations
from .words import ACCOUNT_ERRORS, MAILS, MESSAGES, NOTICES, SECOND_FACTOR_ERRORS


def display_name(account: Account) -> str:
    """How the holder is greeted."""
    return account.get_full_name()


class AccountAdapter(DefaultAccountAdapter):
    """Accounts as this house wants them."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def new_user(self, request: HttpRequest) -> Account:
        """A simple account being opened now."""
        return Account(joined_at=clock.now())

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:  # noqa: FBT001, FBT002 - allauth's signature
        """Store the account with the name given, and write its opening in its journal."""
        user.name = form.cleaned_data["name"]
        super().save_user(request, user, form, commit)
        if commit:
            operations.opened(user, at=user.joined_at)
        return user

    def is_safe_url(self, url: str) -> bool:
        """Whether a sign-in may lead to ``url``: our own pages only, whatever other hosts are allowed."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail instead of sending it: codes by their own text, events of the account as notices."""
        name = template_prefix.rpartition("/")[2]
        account = Account.objects.filter(email=email).first()
        if name in MAILS:
            kept = {key: str(context[key]) for key in ("code",) if key in context}
            operations.owe_mail(MAILS[name], to=email, context=kept, account=account)
        else:
            event = NOTICES.get(name, NOTICES["other"])
            at = instant(clock.now())
            operations.owe_mail("security_notice", to=email, context={"event": event, "at": at}, account=account)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all where the page says it already."""
        text = message or MESSAGES.get((message_template or "").rpartition("/")[2])
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and recovery codes as this house wants them."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """The seed of the recovery codes, unreadable in the database."""
        return encrypt(text.encode(), b"allauth.mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The seed of the recovery codes."""
        return decrypt(bytes.fromhex(encrypted_text), b"allauth.mfa").decode()

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002 - allauth's signature
        """The name proposed for a new passkey."""
        return "Ma clé d'accès"
