"""Cancelled documents asked back (RDId 8/2), and the people whose name or sex changed, who are to renew theirs (RDId 7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, Use, of, technical
from guichet.people.models import Person, RegisterDelivery

from .applications import IdentityApplication


class Requester(models.TextChoices):
    """Who may ask for a cancelled document back (RDId 8/2)."""

    HOLDER = "holder", "le titulaire"
    RELATIVE = "relative", "un parent d'une personne décédée"


class HandingOver(models.TextChoices):
    """How a document that is given back reaches who asked for it; no text says how (RDId 8/2)."""

    IN_PERSON = "in_person", "remis en main propre"
    BY_POST = "by_post", "envoyé par la poste"


class ReturnRequest(models.Model):
    """A demande de restitution of the document that was cancelled for an application, and what the authority decided.

    ``is_returned`` is empty until it is decided, and again once the court has set the decision aside; where abuse is
    feared the document is never returned (RDId 8/2). The reasons stand in its ``decisions``. ``handed_on`` is the day on
    which it was in fact handed over or sent, ``handing_words`` say to whom: what happened stays, whatever is judged later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(IdentityApplication, models.PROTECT, related_name="return_requests")
    requester = models.CharField(max_length=10, choices=Requester)
    name = EncryptedTextField()
    address = EncryptedJSONField()
    reason = EncryptedTextField()
    asked_at = models.DateTimeField()
    is_abuse_feared = models.BooleanField(null=True)
    is_returned = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    handed_on = models.DateField(null=True)
    handing = models.CharField(max_length=10, choices=HandingOver, blank=True)
    handing_words = EncryptedTextField(null=True)
    handed_by = models.UUIDField(null=True)

    data_uses: ClassVar = {
        **technical("id"),
        **of(
            Category.CASE,
            "décider si le document annulé est rendu (art. 8 al. 2 RDId)",
            *("application", "requester", "reason", "asked_at", "is_abuse_feared", "is_returned"),
            *("decided_at", "handed_on", "handing", "handing_words"),
        ),
        "handed_by": Use(Category.IDENTITY, "savoir qui a remis le document"),
        "name": Use(Category.IDENTITY, "savoir qui demande le document"),
        "address": Use(Category.CONTACT, "vous adresser la décision"),
    }

    class Meta:
        verbose_name = "demande de restitution"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None), name="identity_one_open_return_request"
            ),
            models.CheckConstraint(
                name="identity_no_return_where_abuse_is_feared",
                condition=~Q(is_returned=True) | Q(is_abuse_feared=False),
            ),
            models.CheckConstraint(
                name="identity_return_decided_iff_answered",
                condition=Q(decided_at=None, is_returned=None) | Q(decided_at__isnull=False, is_returned__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_handing_over_is_told_whole",
                condition=Q(handed_on=None, handing="", handing_words__isnull=True, handed_by=None)
                | (~Q(handing="") & Q(handed_on__isnull=False, handing_words__isnull=False, handed_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"restitution {self.application_id}"


class RegisterChange(models.TextChoices):
    """What a delivery of the register changed that a document states (RDId 7)."""

    NAME = "name", "nom ou prénoms"
    SEX = "sex", "sexe"


class RenewalNotice(models.Model):
    """That a Swiss resident was told to renew their documents, after a delivery changed their name or sex (RDId 7)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(RegisterDelivery, models.PROTECT, related_name="+")
    change = models.CharField(max_length=4, choices=RegisterChange)
    commune = models.PositiveSmallIntegerField()
    is_by_mail = models.BooleanField()
    noticed_at = models.DateTimeField()

    data_uses: ClassVar = {
        **technical("id", "delivery"),
        **of(
            Category.CASE,
            "vous inviter à renouveler vos documents (art. 7 RDId)",
            *("reference", "person", "change", "commune", "is_by_mail", "noticed_at"),
        ),
    }

    class Meta:
        verbose_name = "invitation à renouveler"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "delivery", "change"], name="identity_noticed_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["commune", "-noticed_at"], name="identity_notices_of_commune")]

    def __str__(self) -> str:
        return self.reference
