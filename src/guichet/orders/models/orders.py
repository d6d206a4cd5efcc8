"""The order: what is asked, for whom, at which price, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guichet.casework.models import Case
from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.privacy import Category, Use, of, technical
from guichet.law.kernel.money import Chf
from guichet.law.procedures import CGV_ORDER

from .catalogue import ServiceVersion

UNPAID = ("draft", "submitted", "cancelled", "lapsed")
COLLECTED = ("paid", "examination", "granted", "issued", "delivered", "refused")
WITH_AGENT = ("paid", "examination", "granted", "issued")
RETURNABLE = ("cancelled", "lapsed")


class Channel(models.TextChoices):
    """How the applicant came."""

    ACCOUNT = "account", "avec compte"
    GUEST = "guest", "sans compte"


class Subject(models.TextChoices):
    """Whose document it is."""

    SELF = "self", "pour moi-même"
    OTHER = "other", "pour une autre personne"
    DECEASED = "deceased", "pour une personne décédée"


class Delivery(models.TextChoices):
    """How the document reaches its bearer (CGV 3/4)."""

    DOWNLOAD = "download", "téléchargement"
    POST = "post", "envoi postal"


class Postage(models.TextChoices):
    """The postal options the law's questions know (CGV 5/4)."""

    B_STANDARD = "b_standard", "courrier B, lettre standard"
    A_STANDARD = "a_standard", "courrier A, lettre standard"
    REGISTERED = "registered", "lettre recommandée"


class OrderQuerySet(models.QuerySet["Order"]):
    """Named selections of orders."""

    def of(self, account_id: UUID) -> OrderQuerySet:
        """Those placed from this account."""
        return self.filter(account_id=account_id)

    def with_agent(self) -> OrderQuerySet:
        """Paid, and not yet delivered or refused: the office owes an act."""
        return self.filter(state__in=WITH_AGENT)

    def awaiting_examination(self) -> OrderQuerySet:
        """An agent must decide."""
        return self.filter(state="examination")

    def awaiting_post(self) -> OrderQuerySet:
        """Issued and to be printed and posted."""
        return self.filter(state="issued", delivery=Delivery.POST)

    def late_on(self, day: date) -> OrderQuerySet:
        """Past the indicative last day of delivery (CGV 3/4) on ``day``, which itself is still in time."""
        return self.with_agent().filter(due_on__lt=day)

    def by_due_date(self) -> OrderQuerySet:
        """The most urgent first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "id")

    def forgotten(self, before: datetime) -> OrderQuerySet:
        """Neither paid nor cancelled, and untouched since ``before``."""
        return self.filter(state__in=("draft", "submitted"), touched_at__lt=before)


class Order(Case):
    """A commande of one document for one person (CGV 3).

    ``answers`` keeps what was typed, step by step; the quote is frozen at submission; ``validated_at`` is the
    provider's instant of validation, which makes the order definitive and fixes the law that applies (CGV 2/4).
    """

    procedure: ClassVar = CGV_ORDER

    token = models.CharField(max_length=32, unique=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    start_key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="orders")
    version = models.ForeignKey(ServiceVersion, on_delete=models.PROTECT)
    subject = models.CharField(max_length=10, choices=Subject, default=Subject.SELF)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    email = EncryptedTextField(null=True)
    answers = EncryptedJSONField(default=dict)
    bearer = EncryptedTextField(null=True)
    delivery = models.CharField(max_length=10, choices=Delivery, blank=True)
    postage = models.CharField(max_length=12, choices=Postage, default=Postage.B_STANDARD)
    address = EncryptedJSONField(null=True)
    lines = models.JSONField(default=list)
    fee_centimes = models.PositiveIntegerField(default=0)
    postage_centimes = models.PositiveIntegerField(default=0)
    quote_digest = models.CharField(max_length=64, blank=True)
    touched_at = models.DateTimeField()
    ordered_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    validated_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    attempt = models.CharField(max_length=20, blank=True)

    data_uses: ClassVar = {
        **Case.case_data_uses,
        **technical("token", "start_key", "version", "quote_digest", "touched_at", "attempt"),
        **of(
            Category.CASE,
            "traiter la commande",
            "tracking_code",
            "channel",
            "account",
            "subject",
            "person",
            "delivery",
            "postage",
            "ordered_on",
            "cancelled_at",
        ),
        **of(
            Category.PAYMENT,
            "percevoir la taxe (ch. 5 CGV)",
            "lines",
            "fee_centimes",
            "postage_centimes",
            "validated_at",
            "paid_at",
        ),
        "email": Use(Category.CONTACT, "vous écrire au sujet de votre commande"),
        "answers": Use(Category.IDENTITY, "établir le document commandé"),
        "bearer": Use(Category.IDENTITY, "nommer la personne que le document concerne"),
        "address": Use(Category.CONTACT, "envoyer le document"),
    }

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="order_known_state", condition=Q(state__in=list(CGV_ORDER.states))),
            models.CheckConstraint(
                name="order_definitive_iff_validated",
                condition=Q(state__in=UNPAID, validated_at=None)
                | (~Q(state__in=UNPAID) & Q(validated_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="order_nothing_delivered_before_payment",
                condition=Q(paid_at__isnull=False) | ~Q(state__in=COLLECTED),
            ),
            models.CheckConstraint(
                name="order_cancelled_at_iff_cancelled",
                condition=Q(state__in=RETURNABLE, cancelled_at__isnull=False)
                | (~Q(state__in=RETURNABLE) & Q(cancelled_at=None)),
            ),
            models.CheckConstraint(
                name="order_account_iff_channel_account",
                condition=Q(channel="account", account__isnull=False) | Q(channel="guest", account=None),
            ),
            models.CheckConstraint(
                name="order_quoted_once_submitted",
                condition=Q(state__in=("draft", "cancelled", "lapsed"))
                | (~Q(quote_digest="") & ~Q(delivery="") & Q(ordered_on__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on", "id"], name="order_worklist"),
            models.Index(fields=["state", "channel", "due_on", "id"], name="order_worklist_of_channel"),
            models.Index(fields=["state", "version", "channel", "due_on", "id"], name="order_worklist_of_service"),
            models.Index(fields=["account", "-id"], name="order_of_account"),
            models.Index(fields=["ordered_on"], name="order_by_day", condition=Q(ordered_on__isnull=False)),
            models.Index(fields=["touched_at"], name="order_unfinished", condition=Q(state__in=("draft", "submitted"))),
        ]

    @property
    def fee(self) -> Chf:
        """The fee of the quote, VAT included (CGV 5/3)."""
        return Chf(self.fee_centimes)

    @property
    def total(self) -> Chf:
        """What is to be paid before anything is delivered: fee and postage (CGV 3/2)."""
        return Chf(self.fee_centimes + self.postage_centimes)

    @property
    def is_definitive(self) -> bool:
        """Whether the payment was validated: no cancelling, no refund (CGV 3/1, 5/2)."""
        return self.validated_at is not None

    @property
    def may_still_be_cancelled(self) -> bool:
        """Whether the procedure still lets the applicant cancel (CGV 3/1)."""
        return self.state in self.procedure.transition("order_cancelled").sources

    def answer(self, step: str) -> dict[str, Any]:
        """What was typed at a step; empty if nothing yet."""
        answers: dict[str, Any] = self.answers
        return dict(answers.get(step, {}))
