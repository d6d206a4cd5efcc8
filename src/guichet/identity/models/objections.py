"""The objection of a parent to the document of their child (RDId 6; OLDI 11): recorded, and lifted only by a recorded act."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical

from .applications import IdentityApplication


class ObjectionWay(models.TextChoices):
    """How an objection came; the words are those of the procedure."""

    FORM = "form", "dite dans la formule de demande"
    LETTER = "letter", "par lettre"
    IN_PERSON = "in_person", "en personne, au guichet"


class Lifting(models.TextChoices):
    """What ended an objection."""

    AGREEMENT = "agreement", "accord des deux parents"
    DECISION = "decision", "décision de l'autorité de protection ou du juge"
    MAJORITY = "majority", "majorité de la personne"


class ParentalObjection(models.Model):
    """Who objects, on which day, how it came; and, once it is lifted, by what, on which day, and what was produced.

    ``recorded_by`` and ``lifted_by`` are agents; none where the applicant said it in the form, or age ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="objections")
    objected_on = models.DateField()
    way = models.CharField(max_length=10, choices=ObjectionWay)
    words = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    lifting = models.CharField(max_length=10, choices=Lifting, blank=True)
    lifting_words = EncryptedTextField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CIVIL_STATUS,
            "ne rien établir contre l'opposition d'un parent (art. 6 RDId)",
            *("application", "objected_on", "way", "words", "recorded_at", "lifting", "lifting_words", "lifted_at"),
        ),
        **of(Category.IDENTITY, "savoir qui a enregistré et levé l'opposition", "recorded_by", "lifted_by"),
    }

    class Meta:
        verbose_name = "opposition d'un parent"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(lifted_at=None), name="identity_one_standing_objection"
            ),
            models.CheckConstraint(
                name="identity_objection_lifted_by_something",
                condition=Q(lifted_at=None, lifting="") | (Q(lifted_at__isnull=False) & ~Q(lifting="")),
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.application_id}"
