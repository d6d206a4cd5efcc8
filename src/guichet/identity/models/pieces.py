"""What is shown, taken and kept at the counter for an application: pieces, biometric data, numbers of old documents."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical
from guichet.law.procedures import RDID_APPLICATION

from .applications import IdentityApplication


class ProducedPiece(models.Model):
    """A piece that was produced, or what an agent saw: the act it belongs to, and the agent's words about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="pieces")
    act = models.CharField(max_length=60)
    words = EncryptedTextField()
    seen_at = models.DateTimeField()
    seen_by = models.UUIDField()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(Category.CASE, "savoir quelle pièce a été produite (RDId)", "application", "act", "seen_at"),
        "words": Use(Category.SENSITIVE, "dire ce que la pièce établit"),
        "seen_by": Use(Category.IDENTITY, "savoir qui a vu la pièce"),
    }

    class Meta:
        verbose_name = "pièce produite"

    def __str__(self) -> str:
        return f"{self.act} {self.application_id}"

    @property
    def label(self) -> str:
        """The act it belongs to, in the procedure's words."""
        return RDID_APPLICATION.acts[self.act][0].label


class ReceivedForm(models.Model):
    """That a form of a counter was recorded, and where its answer led: the same one sent again is recorded no more.

    ``digest`` is that of its sender and of the key that the page gave it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(db_index=True)

    data_uses: ClassVar[DataUses] = technical("id", "digest", "answer", "received_at")

    class Meta:
        verbose_name = "formulaire reçu"

    def __str__(self) -> str:
        return self.digest


class CancelledDocument(models.Model):
    """An old document that was handed in: its number, until the new one is issued and no longer (RDId 8/1; LDI 14)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(IdentityApplication, models.PROTECT, related_name="cancelled_document")
    number = EncryptedTextField(null=True)
    cancelled_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(Category.CASE, "annuler l'ancien document (art. 8 RDId)", "application", "cancelled_at", "purged_at"),
        "number": Use(Category.IDENTITY, "annuler l'ancien document jusqu'à l'établissement du nouveau"),
    }

    class Meta:
        verbose_name = "ancien document annulé"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_no_number_after_its_purge", condition=Q(purged_at=None) | Q(number__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"ancien document de {self.application_id}"


class BiometricKind(models.TextChoices):
    """What is taken of a person for a document (RDId 3/2)."""

    PHOTO = "photo", "photographie"
    LEFT_INDEX = "left_index", "empreinte de l'index gauche"
    RIGHT_INDEX = "right_index", "empreinte de l'index droit"
    SIGNATURE = "signature", "signature"


class Biometric(models.Model):
    """One biometric datum: its bytes lie encrypted in the store under ``digest``, and only until the document is issued.

    Never listed, exported, logged or journalled; a new capture takes the place of the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="biometrics")
    kind = models.CharField(max_length=12, choices=BiometricKind)
    digest = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "digest"),
        **of(
            Category.SENSITIVE,
            "établir le document, puis détruire (art. 14 LDI)",
            *("application", "kind", "captured_at", "purged_at"),
        ),
    }

    class Meta:
        verbose_name = "donnée biométrique"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(purged_at=None), name="identity_one_datum_of_each_kind"
            ),
            models.CheckConstraint(
                name="identity_no_digest_after_the_purge", condition=Q(purged_at=None) | Q(digest="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="identity_biometric_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.application_id}"
