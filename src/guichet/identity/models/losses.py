"""Declarations of loss, theft or destruction, the documents that are invalid for it, and who asked whether one is (RDId 10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from guichet.casework.models import Case
from guichet.institutions.models import Office
from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, Use, of, technical
from guichet.law.procedures import RDID_LOSS

from .applications import IdentityApplication


class LossKind(models.TextChoices):
    """What happened to the document (RDId 10/1)."""

    LOSS = "loss", "perte"
    THEFT = "theft", "vol"
    DESTRUCTION = "destruction", "destruction"


class DocumentKind(models.TextChoices):
    """The kinds of document that can be lost; a provisional passport is a passport."""

    PASSPORT = "passport", "passeport"
    IDENTITY_CARD = "identity_card", "carte d'identité"


class LossDeclarationQuerySet(models.QuerySet["LossDeclaration"]):
    """The declarations …"""

    def of(self, account_id: UUID) -> LossDeclarationQuerySet:
        """… made from this account."""
        return self.filter(account_id=account_id)

    def at(self, office: Office) -> LossDeclarationQuerySet:
        """… that this office of the police has in hand: its own, and those that no office has recorded yet."""
        return self.declared().filter(Q(office=office) | Q(office=None))

    def declared(self) -> LossDeclarationQuerySet:
        """… that were announced to the police: no drafts, nor what became of them."""
        return self.filter(declared_at__isnull=False)

    def forgotten(self, before: datetime) -> LossDeclarationQuerySet:
        """… not announced, and untouched since ``before``."""
        return self.filter(state="draft", touched_at__lt=before)

    def waiting(self) -> LossDeclarationQuerySet:
        """… that the police has still to record."""
        return self.filter(state="declared", first=None)

    def recorded(self) -> LossDeclarationQuerySet:
        """… that the police has recorded."""
        return self.filter(recorded_at__isnull=False)


class LossDeclaration(Case):
    """A déclaration de perte, de vol ou de destruction of one person's documents, recorded by the police (RDId 2/5, 10).

    ``first`` is the declaration that already made the same document invalid: this one is then not recorded. ``office``
    is the police office that recorded it. ``application`` is the one that asked for its certificate (RDId 10/2).
    """

    procedure: ClassVar = RDID_LOSS

    token = models.CharField(max_length=32, unique=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    start_key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        IdentityApplication, null=True, on_delete=models.PROTECT, related_name="declarations"
    )
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repetitions")
    kind = models.CharField(max_length=12, choices=LossKind, blank=True)
    happened_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    bearer_index = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)
    address = EncryptedJSONField(null=True)
    answers = EncryptedJSONField(default=dict)
    touched_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField(null=True)
    identity_checked = EncryptedTextField(null=True)
    fee_centimes = models.PositiveIntegerField(null=True)
    paid_at = models.DateTimeField(null=True)
    exempted_at = models.DateTimeField(null=True)
    exemption_proof = EncryptedTextField(null=True)
    certified_at = models.DateTimeField(null=True)
    minutes = EncryptedTextField(null=True)

    data_uses: ClassVar = {
        **Case.case_data_uses,
        **technical("token", "start_key", "touched_at"),
        **of(
            Category.CASE,
            "enregistrer la déclaration (art. 10 RDId)",
            *("tracking_code", "account", "person", "office", "application", "first", "kind", "happened_on"),
            *("declared_at", "recorded_at", "certified_at", "minutes"),
        ),
        **of(Category.PAYMENT, "percevoir l'émolument (art. 11 RDId)", "fee_centimes", "paid_at"),
        **of(Category.SENSITIVE, "exonérer de l'émolument (art. 12 RDId)", "exempted_at", "exemption_proof"),
        **of(
            Category.IDENTITY,
            "savoir de qui est le document",
            *("name", "born_on", "bearer_index", "answers", "identity_checked"),
        ),
        "recorded_by": Use(Category.IDENTITY, "savoir qui a enregistré la déclaration"),
        "email": Use(Category.CONTACT, "vous écrire au sujet de votre déclaration"),
        "address": Use(Category.CONTACT, "vous écrire au sujet de votre déclaration"),
    }

    objects = LossDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "déclaration de perte, de vol ou de destruction"
        constraints: ClassVar = [
            models.CheckConstraint(name="identity_loss_known_state", condition=Q(state__in=list(RDID_LOSS.states))),
            models.CheckConstraint(
                name="identity_loss_recorded_by_the_police",
                condition=Q(recorded_at=None) | Q(recorded_by__isnull=False, office__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_loss_declared_complete",
                condition=Q(declared_at=None) | (~Q(kind="") & Q(born_on__isnull=False, happened_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="identity_loss_certified_after_recording",
                condition=Q(certified_at=None) | Q(recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_loss_paid_or_exempted", condition=Q(paid_at=None) | Q(exempted_at=None)
            ),
            models.CheckConstraint(
                name="identity_loss_repetition_is_not_recorded", condition=Q(first=None) | Q(recorded_at=None)
            ),
            models.CheckConstraint(
                name="identity_nothing_typed_in_a_dropped_declaration",
                condition=~Q(state="dropped")
                | Q(declared_at=None, kind="", happened_on=None, born_on=None, bearer_index="", person_id=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "office", "-id"], name="identity_loss_worklist"),
            models.Index(fields=["account", "-id"], name="identity_loss_of_account"),
            models.Index(fields=["touched_at"], name="identity_loss_unfinished", condition=Q(state="draft")),
        ]

    def answer(self, step: str) -> dict[str, Any]:
        """What was typed at a step; empty if nothing yet."""
        answers: dict[str, Any] = self.answers
        return dict(answers.get(step, {}))


class LostDocument(models.Model):
    """One document of a declaration. Its number is kept until the certificate is made (LDI 14); the index stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    declaration = models.ForeignKey(LossDeclaration, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    number = EncryptedTextField(null=True)
    number_index = models.CharField(max_length=64, null=True, db_index=True)
    why_unknown = EncryptedTextField(null=True)

    data_uses: ClassVar = {
        **technical("id"),
        **of(Category.CASE, "savoir quel document est perdu (art. 10 RDId)", "declaration", "kind", "why_unknown"),
        **of(Category.IDENTITY, "rendre le document inutilisable (art. 10 RDId)", "number", "number_index"),
    }

    class Meta:
        verbose_name = "document perdu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["declaration", "kind"], name="identity_lost_one_of_each_kind"),
            models.CheckConstraint(
                name="identity_lost_number_or_why_not",
                condition=Q(number_index__isnull=False) | Q(why_unknown__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.declaration_id}"


class InvalidDocument(models.Model):
    """A document that no longer holds, since a day and for ever: the row is never changed nor removed (RDId 10/3).

    The number can't be read back: ``number_index`` is its keyed digest, absent where nobody knew the number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    declaration = models.ForeignKey(LossDeclaration, models.PROTECT, related_name="invalidations")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    number_index = models.CharField(max_length=64, null=True)
    bearer_index = models.CharField(max_length=64)
    since = models.DateField()

    data_uses: ClassVar = {
        **technical("id"),
        **of(Category.CASE, "dire qu'un document n'est plus valable (art. 10 RDId)", "declaration", "kind", "since"),
        **of(Category.IDENTITY, "reconnaître le document et compter les pertes", "number_index", "bearer_index"),
    }

    class Meta:
        verbose_name = "document invalide"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number_index"], name="identity_invalid_once"),
            models.UniqueConstraint(fields=["declaration", "kind"], name="identity_invalid_once_per_declaration"),
        ]
        indexes: ClassVar = [models.Index(fields=["bearer_index", "kind", "since"], name="identity_losses_of_bearer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.declaration_id}"


class InvalidityCheck(models.Model):
    """That a member of an authority asked whether one document is invalid: who, why, and the answer. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=20)
    reader = models.CharField(max_length=60)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    number_index = models.CharField(max_length=64)
    reason = models.CharField(max_length=200)
    is_invalid = models.BooleanField()
    at = models.DateTimeField()

    data_uses: ClassVar = {
        **technical("id"),
        **of(
            Category.CASE,
            "contrôler l'usage de la liste des documents invalides",
            *("role", "reader", "office", "kind", "number_index", "reason", "is_invalid", "at"),
        ),
    }

    class Meta:
        verbose_name = "consultation d'un document invalide"
        constraints: ClassVar = [
            models.CheckConstraint(name="identity_check_has_a_reason", condition=~Q(reason="")),
        ]
        indexes: ClassVar = [models.Index(fields=["reader", "at"], name="identity_checks_of_reader")]

    def __str__(self) -> str:
        return f"check {self.id}"
