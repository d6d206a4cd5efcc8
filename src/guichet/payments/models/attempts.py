"""Attempts to pay for a case, and the append-only list of what was told about each."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.lookups import Lookup
from guichet.kit.privacy import Category, DataUses, of, technical
from guichet.law.kernel.money import Chf
from guichet.payments.payable import Line
from guichet.payments.states import LIVE, IncidentKind, Kind, Source, State

_MONEY = (State.AUTHORISED, State.CAPTURED, State.VOIDED)


class AttemptQuerySet(models.QuerySet["PaymentAttempt"]):
    """The attempts …"""

    def of_case(self, case_reference: str) -> AttemptQuerySet:
        """… to pay for this case."""
        return self.filter(case_reference=case_reference)

    def validated(self) -> AttemptQuerySet:
        """… that made their case definitive and weren't voided since."""
        return self.filter(validated_at__isnull=False).exclude(state=State.VOIDED)

    def to_look_at(self, at: datetime) -> AttemptQuerySet:
        """… at which the mop-up must look by ``at``."""
        return self.filter(next_ask_at__lte=at)


class PaymentAttempt(models.Model):
    """A tentative de paiement: one payment page for one case at one price, frozen when it is prepared.

    ``validated_at`` is the provider's instant of validation (CGV 2/4, 3/1), ``received_at`` ours beside it; both are
    empty unless the attempt made its case definitive. ``void_reason`` is set once its money is to be released.
    ``said`` is the event without money that tells most so far, with the instant of its question (see ``reduce``).
    A ``superseded`` attempt is no longer offered to the payer; it may still bring money, which is then released.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    case_reference = models.CharField(max_length=20)
    serial = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    said = models.CharField(max_length=20, choices=Kind, blank=True)
    said_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20)
    amount_centimes = models.PositiveIntegerField()
    quote_digest = models.CharField(max_length=64)
    lines = models.JSONField()
    sent = models.JSONField()
    return_key = models.CharField(max_length=64, unique=True)
    notify_key = models.CharField(max_length=64, unique=True)
    token = EncryptedTextField(null=True)
    redirect_address = EncryptedTextField(null=True)
    transaction_id = models.CharField(max_length=64, null=True)
    capture_id = models.CharField(max_length=80, blank=True)
    means = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    next_ask_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    validated_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    collected_centimes = models.PositiveIntegerField(null=True)
    void_reason = models.CharField(max_length=20, choices=IncidentKind, blank=True)
    voided_at = models.DateTimeField(null=True)
    starts_asked = models.PositiveSmallIntegerField(default=0)
    captures_asked = models.PositiveSmallIntegerField(default=0)
    voids_asked = models.PositiveSmallIntegerField(default=0)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "serial", "return_key", "notify_key", "token", "redirect_address", "next_ask_at"),
        **technical("starts_asked", "captures_asked", "voids_asked", "superseded_at", "asked_at", "said", "said_at"),
        **of(
            Category.PAYMENT,
            "encaisser et prouver le paiement de votre démarche",
            *("reference", "case_reference", "state", "provider", "amount_centimes", "quote_digest", "lines"),
            *("transaction_id", "capture_id", "means", "started_at", "opened_at", "expires_at"),
            *("validated_at", "received_at", "collected_at", "collected_centimes", "void_reason", "voided_at"),
        ),
        **of(Category.PAYMENT, "savoir ce qui a été transmis au partenaire de paiement (ch. 9 CGV)", "sent"),
    }

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "tentative de paiement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_reference"],
                condition=Q(state__in=LIVE, superseded_at=None),
                name="payments_one_live_attempt_per_case",
            ),
            models.UniqueConstraint(fields=["case_reference", "serial"], name="payments_attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["provider", "transaction_id"],
                condition=Q(transaction_id__isnull=False),
                name="payments_one_attempt_per_transaction",
            ),
            models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="payments_amount_above_zero"),
            models.CheckConstraint(
                condition=Q(state__in=_MONEY, transaction_id__isnull=False) | ~Q(state__in=_MONEY),
                name="payments_money_has_a_transaction",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OPEN) | Q(expires_at__isnull=False, opened_at__isnull=False),
                name="payments_open_page_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.CAPTURED, State.VOIDED))
                | Q(token__isnull=True, redirect_address__isnull=True),
                name="payments_final_attempt_has_no_token",
            ),
            models.CheckConstraint(
                condition=Q(validated_at=None, received_at=None)
                | Q(validated_at__isnull=False, received_at__isnull=False, state__in=_MONEY),
                name="payments_validation_has_money_and_both_instants",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.VOIDED) | Q(voided_at__isnull=False), name="payments_void_has_its_instant"
            ),
            models.CheckConstraint(
                condition=Q(collected_at=None, collected_centimes=None)
                | Q(collected_at__isnull=False, collected_centimes__gt=0, state__in=(State.CAPTURED, State.VOIDED)),
                name="payments_collected_amount_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(validated_at=None)
                | Q(collected_centimes=None)
                | Q(collected_centimes=models.F("amount_centimes")),
                name="payments_an_accepted_amount_is_the_one_asked_for",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_ask_at"], condition=Q(next_ask_at__isnull=False), name="payments_attempt_to_look_at"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Chf:
        """What the payer is asked for, postage included."""
        return Chf(self.amount_centimes)

    @property
    def quote_lines(self) -> list[Line]:
        """What the amount is made of, as it was when the attempt was prepared."""
        return [Line.from_json(line) for line in self.lines]

    @property
    def is_live(self) -> bool:
        """True while it may bring money and none is certain."""
        return self.state in LIVE

    @property
    def is_given_up(self) -> bool:
        """True once its reserved money is to be released: it can't become a payment any more, nobody is charged."""
        return self.state == State.AUTHORISED and bool(self.void_reason)

    @property
    def is_undecided(self) -> bool:
        """True while nobody decided whether its money is accepted or released."""
        return self.validated_at is None and not self.void_reason


_BY_KEY = Lookup(PaymentAttempt, "id")
_BY_RETURN, _BY_NOTIFICATION = Lookup(PaymentAttempt, "return_key"), Lookup(PaymentAttempt, "notify_key")


def attempt_by_key(attempt_id: UUID | str, *, lock: bool = False) -> PaymentAttempt | None:
    """An attempt, locked if asked for until the end of the transaction (1 statement)."""
    return _BY_KEY.find(attempt_id, lock=lock)


def attempt_by_return(key: str) -> PaymentAttempt | None:
    """The attempt that a return address belongs to (1 statement)."""
    return _BY_RETURN.find(key)


def attempt_by_notification(key: str) -> PaymentAttempt | None:
    """The attempt that the provider's notifications at an address are about (1 statement)."""
    return _BY_NOTIFICATION.find(key)


class PaymentEvent(models.Model):
    """One thing told about an attempt, with the allow-listed facts that came with it; never changed, never removed.

    A money fact told twice is one event (``content_digest``); an answer without money counts at each instant asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="events")
    case_reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    source = models.CharField(max_length=12, choices=Source)
    asked_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "content_digest"),
        **of(
            Category.PAYMENT,
            "prouver ce que le prestataire de paiement a répondu",
            *("attempt", "case_reference", "kind", "source", "asked_at", "facts"),
        ),
    }

    class Meta:
        verbose_name = "événement de paiement"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "content_digest"], name="payments_event_once_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.attempt_id}"
