"""Accounts of the counter, and the codes sent by letter that make them verified."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Lower

from guichet.kit.clock import day_of
from guichet.kit.ids import new_reference, uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical


def _account_reference() -> str:
    return new_reference("CPT")


class AccountManager(DjangoUserManager["Account"]):
    """Makes and finds accounts; an e-mail address is one account whatever its capitals."""

    def create_account(self, email: str, *, password: str | None, name: str, at: datetime) -> Account:
        """A new simple account, opened at ``at``; without a password nobody can sign in with one."""
        account = self.model(email=normal_email(email), name=name, joined_at=at)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account whose e-mail address this is."""
        return self.get(email=normal_email(username or ""))


def normal_email(email: str) -> str:
    """The form under which an e-mail address is stored and compared."""
    return email.strip().lower()


class Account(AbstractBaseUser):
    """A compte of the counter: *simple*, or *vérifié* once its holder typed the code posted to the registered address.

    A verified account is bound to exactly one registered person, and a person to at most one account. The e-mail
    address is the login. Roles of the office are not here: see ``institutions.Membership``.
    """

    class Level(models.TextChoices):
        """How far the office knows who holds the account (niveau du compte)."""

        SIMPLE = "simple", "compte simple"
        VERIFIED = "verified", "compte vérifié"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, default=_account_reference, editable=False)
    email = models.EmailField("adresse e-mail", unique=True)
    name = models.CharField("nom affiché", max_length=150)
    level = models.CharField("niveau", max_length=8, choices=Level, default=Level.SIMPLE)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, blank=True, related_name="account")
    verified_at = models.DateTimeField("vérifié le", null=True, blank=True)
    is_active = models.BooleanField("actif", default=True)
    joined_at = models.DateTimeField("ouvert le")

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    data_uses: ClassVar[DataUses] = {
        **technical("id", "is_active"),
        **of(Category.CASE, "désigner votre compte et son niveau", "reference", "level", "verified_at", "joined_at"),
        **of(Category.AUTHENTICATION, "vous reconnaître quand vous vous connectez", "password", "last_login"),
        "email": Use(Category.CONTACT, "vous reconnaître et vous écrire au sujet de vos démarches"),
        "name": Use(Category.IDENTITY, "vous saluer et vous désigner dans vos messages"),
        "person": Use(Category.IDENTITY, "préremplir vos démarches avec les données du registre"),
    }

    class Meta:
        verbose_name = "compte"
        constraints = (
            models.CheckConstraint(
                name="account_verified_exactly_when_linked",
                condition=models.Q(level="simple", person__isnull=True, verified_at__isnull=True)
                | models.Q(level="verified", person__isnull=False, verified_at__isnull=False),
            ),
            models.CheckConstraint(name="account_email_in_lower_case", condition=models.Q(email=Lower("email"))),
        )

    def __str__(self) -> str:
        return self.reference

    def get_full_name(self) -> str:
        """The name to greet the holder with."""
        return self.name

    @property
    def is_verified(self) -> bool:
        """True once the holder proved to receive post at the registered address."""
        return self.level == self.Level.VERIFIED


class VerificationCodeQuerySet(models.QuerySet["VerificationCode"]):
    """The verification codes …"""

    def of(self, account: Account) -> Self:
        """… asked for by this account."""
        return self.filter(account=account)

    def live(self, at: datetime) -> Self:
        """… which can still be typed at ``at``."""
        return self.filter(ended_at__isnull=True, expires_at__gt=at, tries_left__gt=0)

    def asked_since(self, at: datetime) -> Self:
        """… asked for at ``at`` or later."""
        return self.filter(requested_at__gte=at)


class VerificationCode(models.Model):
    """A code de vérification posted to the registered address of a person; typed in, it makes the account verified.

    ``person`` is empty when the data given matched nobody: nothing is posted then, but the screen behaves the same
    in every respect, so that nobody learns who is registered. Only a keyed digest of the code is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="verification_codes")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True)
    was_used = models.BooleanField(default=False)

    objects = VerificationCodeQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id", "tries_left"),
        **of(Category.AUTHENTICATION, "comparer le code que vous saisissez à celui de la lettre", "digest"),
        **of(
            Category.CASE,
            "suivre votre demande de vérification",
            *("account", "requested_at", "expires_at", "ended_at", "was_used"),
        ),
        "person": Use(Category.IDENTITY, "envoyer la lettre à l'adresse du registre"),
    }

    class Meta:
        verbose_name = "code de vérification"
        constraints = (
            models.UniqueConstraint(
                name="verification_one_live_code_per_account",
                fields=("account",),
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="verification_used_only_when_ended",
                condition=models.Q(was_used=False) | models.Q(ended_at__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="verification_expires_after_request",
                condition=models.Q(expires_at__gt=models.F("requested_at")),
            ),
        )

    def __str__(self) -> str:
        return f"verification {self.id}"

    @property
    def valid_by(self) -> date:
        """The last day on which the code may be typed."""
        return day_of(self.expires_at - timedelta(microseconds=1))
