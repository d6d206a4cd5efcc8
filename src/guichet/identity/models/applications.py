"""The application for an identity document: who, which documents, why, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guichet.casework.models import Case
from guichet.institutions.models import Office
from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.privacy import Category, Use, of, technical
from guichet.law.kernel.money import Chf
from guichet.law.procedures import RDID_APPLICATION


class Request(models.TextChoices):
    """Which documents are asked for; the words are those of the law's questions (RDId 2)."""

    IDENTITY_CARD = "identity_card", "carte d'identité"
    PASSPORT = "passport", "passeport"
    BOTH = "both", "passeport et carte d'identité"
    PROVISIONAL_PASSPORT = "provisional_passport", "passeport provisoire"


class Reason(models.TextChoices):
    """Why a document is asked for (RDId 7, 8, 10)."""

    FIRST = "first", "premier document"
    RENEWAL = "renewal", "renouvellement"
    LOSS = "loss", "perte"
    THEFT = "theft", "vol"
    DESTRUCTION = "destruction", "destruction"
    NAME_CHANGE = "name_change", "changement de nom"
    SEX_CHANGE = "sex_change", "changement de sexe"


REPLACEMENTS = (Reason.LOSS, Reason.THEFT, Reason.DESTRUCTION)


# From the lodging to the order of the document: before and after, nobody need come.
IN_PREPARATION = frozenset({"old_document_due", "certificate_due", "open", "stopped"})


class Bearer(models.TextChoices):
    """For whom one applies."""

    SELF = "self", "pour moi-même"
    CHILD = "child", "pour mon enfant"
    PROTECTED = "protected", "pour une personne protégée"


class Parents(models.TextChoices):
    """How the parents of a minor stand to each other (RDId 6)."""

    TOGETHER = "together", "ensemble"
    SEPARATED = "separated", "séparés"
    DIVORCED = "divorced", "divorcés"
    SOLE_HOLDER = "sole_holder", "un seul détenteur de l'autorité parentale"


class Dispensation(models.TextChoices):
    """Why somebody need not appear in person (OLDI 12 al. 4, to which RDId 3/1 refers)."""

    PHYSICAL_INFIRMITY = "physical_infirmity", "infirmité physique grave"
    MENTAL_INFIRMITY = "mental_infirmity", "infirmité mentale grave"


class OldDocument(models.TextChoices):
    """What became of the document that the new one replaces (RDId 8/1; OLDI 25)."""

    NONE = "none", "aucun ancien document"
    CANCELLED = "cancelled", "remis et annulé"
    LOST = "lost", "perdu, volé ou détruit : déjà invalide"
    EXCHANGED = "exchanged", "échangé par une autorité, encore nécessaire jusque-là"


class ApplicationQuerySet(models.QuerySet["IdentityApplication"]):
    """The applications …"""

    def of(self, account_id: UUID) -> ApplicationQuerySet:
        """… filed from this account."""
        return self.filter(account_id=account_id)

    def at(self, office: Office) -> ApplicationQuerySet:
        """… that this authority has in hand (RDId 2)."""
        return self.filter(office=office)

    def for_the_same_person(self, application: IdentityApplication) -> ApplicationQuerySet:
        """… of the person of this application, by the register or by name and birth; never the application itself."""
        same = Q()
        if application.bearer_index:
            same |= Q(bearer_index=application.bearer_index)
        if application.person_id is not None:
            same |= Q(person=application.person_id)
        return self.filter(same).exclude(pk=application.pk) if same else self.none()

    def forgotten(self, before: datetime) -> ApplicationQuerySet:
        """… not lodged, and untouched since ``before``."""
        return self.filter(state="draft", touched_at__lt=before)

    def under_way(self) -> ApplicationQuerySet:
        """… lodged, and not ended."""
        ended = [*RDID_APPLICATION.finals, "draft"]
        return self.exclude(state__in=ended)

    def by_due_date(self) -> ApplicationQuerySet:
        """… the most urgent first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "id")


class IdentityApplication(Case):
    """A demande d'établissement of one passport, one identity card or both, for one person (RDId 3).

    ``answers`` keeps what was typed, step by step. ``office`` is the authority that has it in hand (RDId 2); the age
    that counts is that of the day of appearance (``appeared_on``) or of the dispensation from it (``dispensed_on``),
    whichever there is. Applications filed together share ``household``. ``opposed_on`` is the day of a parent's objection
    while it stands; ``awaits_agreement`` is true from the appearance of a minor until the agreement is there (RDId 6),
    and from that of a protected adult until it is recorded who represents them (LDI 5).
    Guichet keeps the case, not the document: no number of a document stays after issue (LDI 14).
    """

    procedure: ClassVar = RDID_APPLICATION

    token = models.CharField(max_length=32, unique=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    start_key = models.CharField(max_length=64, unique=True)
    household = models.UUIDField(db_index=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="identity_applications"
    )
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    bearer = models.CharField(max_length=10, choices=Bearer, default=Bearer.SELF)
    request = models.CharField(max_length=20, choices=Request, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    parents = models.CharField(max_length=12, choices=Parents, blank=True)
    is_holder_prevented = models.BooleanField(default=False)
    opposed_on = models.DateField(null=True)
    awaits_agreement = models.BooleanField(default=False)
    commune = models.PositiveSmallIntegerField(null=True)
    born_on = models.DateField(null=True)
    bearer_index = models.CharField(max_length=64, blank=True, db_index=True)
    name = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)
    answers = EncryptedJSONField(default=dict)
    address = EncryptedJSONField(null=True)
    signed_at = models.DateTimeField(null=True)
    lines = models.JSONField(default=list)
    fee_centimes = models.PositiveIntegerField(default=0)
    postage_centimes = models.PositiveIntegerField(default=0)
    quote_digest = models.CharField(max_length=64, blank=True)
    touched_at = models.DateTimeField()
    lodged_at = models.DateTimeField(null=True)
    appeared_on = models.DateField(null=True)
    dispensation = models.CharField(max_length=20, choices=Dispensation, blank=True)
    dispensed_on = models.DateField(null=True)
    old_document = models.CharField(max_length=12, choices=OldDocument, blank=True)
    validated_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    attempt = models.CharField(max_length=20, blank=True)
    exempted_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    data_uses: ClassVar = {
        **Case.case_data_uses,
        **technical("token", "start_key", "household", "quote_digest", "touched_at", "attempt"),
        "bearer_index": Use(Category.IDENTITY, "ne pas ouvrir deux demandes pour le même document"),
        **of(
            Category.CASE,
            "traiter la demande (RDId)",
            *("tracking_code", "account", "person", "office", "bearer", "request", "reason", "commune"),
            *("signed_at", "lodged_at", "appeared_on", "old_document", "approved_at", "issued_at", "purged_at"),
        ),
        **of(
            Category.PAYMENT,
            "percevoir l'émolument (art. 11 RDId)",
            *("lines", "fee_centimes", "postage_centimes", "validated_at", "paid_at"),
        ),
        **of(
            Category.CIVIL_STATUS,
            "vérifier l'accord des parents (art. 6 RDId)",
            *("parents", "is_holder_prevented", "opposed_on", "awaits_agreement"),
        ),
        **of(Category.SENSITIVE, "exonérer ou dispenser", "exempted_at", "dispensation", "dispensed_on"),
        **of(Category.IDENTITY, "établir le document demandé", "name", "born_on", "answers"),
        **of(Category.IDENTITY, "savoir qui a contrôlé et qui a approuvé (OLDI 37a)", "checked_by", "approved_by"),
        "email": Use(Category.CONTACT, "vous écrire au sujet de votre demande"),
        "address": Use(Category.CONTACT, "envoyer le document (art. 5 RDId)"),
    }

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de document d'identité"
        constraints: ClassVar = [
            models.CheckConstraint(name="identity_known_state", condition=Q(state__in=list(RDID_APPLICATION.states))),
            models.CheckConstraint(
                name="identity_no_issue_before_payment",
                condition=Q(issued_at=None) | Q(paid_at__isnull=False) | Q(exempted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_no_issue_before_the_old_is_dealt_with",
                condition=Q(issued_at=None) | ~Q(old_document=""),
            ),
            models.CheckConstraint(
                name="identity_no_issue_without_appearance",
                condition=Q(issued_at=None) | Q(appeared_on__isnull=False) | ~Q(dispensation=""),
            ),
            models.CheckConstraint(
                name="identity_dispensation_has_its_day",
                condition=Q(dispensation="", dispensed_on=None) | (~Q(dispensation="") & Q(dispensed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="identity_nothing_ordered_against_an_objection",
                condition=Q(opposed_on=None) | Q(approved_at=None, issued_at=None),
            ),
            models.CheckConstraint(
                name="identity_no_issue_before_the_parents_agree",
                condition=Q(issued_at=None) | Q(awaits_agreement=False),
            ),
            models.CheckConstraint(
                name="identity_four_eyes",
                condition=Q(approved_by=None) | (Q(checked_by__isnull=False) & ~Q(approved_by=F("checked_by"))),
            ),
            models.CheckConstraint(
                name="identity_no_issue_before_approval",
                condition=Q(issued_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="identity_nothing_typed_in_a_dropped_draft",
                condition=~Q(state="dropped")
                | Q(
                    lodged_at=None, purged_at__isnull=False, born_on=None, bearer_index="", commune=None, person_id=None
                ),
            ),
            models.CheckConstraint(
                name="identity_lodged_complete",
                condition=Q(lodged_at=None)
                | (~Q(request="") & ~Q(reason="") & Q(office__isnull=False, born_on__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "state", "due_on", "id"], name="identity_worklist"),
            models.Index(
                fields=["state", "due_on", "id"], name="identity_for_the_centre", condition=Q(checked_by__isnull=False)
            ),
            models.Index(fields=["due_on", "id"], name="identity_referred", condition=Q(state="referred")),
            models.Index(fields=["account", "-id"], name="identity_of_account"),
            models.Index(fields=["touched_at"], name="identity_unfinished", condition=Q(state="draft")),
        ]

    @property
    def documents(self) -> tuple[Request, ...]:
        """The documents to be produced: one, or passport and card, which are made and sent apart."""
        if self.request == Request.BOTH:
            return (Request.PASSPORT, Request.IDENTITY_CARD)
        return (Request(self.request),) if self.request else ()

    @property
    def is_prepared(self) -> bool:
        """Whether the counter still puts the file together, or asks the department how (RDId 3/1, 12/2)."""
        return self.state in (*IN_PREPARATION, "referred")

    @property
    def has_a_price(self) -> bool:
        """Whether something is to be paid, or was: not by who is exempted, refused or gone (RDId 11, 12/1)."""
        is_settled = self.validated_at is not None or self.paid_at is not None
        return self.exempted_at is None and (self.is_prepared or is_settled)

    @property
    def is_handed_over(self) -> bool:
        """Whether the document is handed over where it is asked for, instead of being sent (RDId 2/4)."""
        return self.request == Request.PROVISIONAL_PASSPORT

    @property
    def is_replacement(self) -> bool:
        """Whether the old document was lost, stolen or destroyed: a police certificate is needed (RDId 10/2)."""
        return self.reason in REPLACEMENTS

    @property
    def fee(self) -> Chf:
        """The fee asked (RDId 11/1), zero for the indigent (12/1)."""
        return Chf(self.fee_centimes)

    @property
    def total(self) -> Chf:
        """Fee and postage."""
        return Chf(self.fee_centimes + self.postage_centimes)

    def answer(self, step: str) -> dict[str, Any]:
        """What was typed at a step; empty if nothing yet."""
        answers: dict[str, Any] = self.answers
        return dict(answers.get(step, {}))

    def age_day(self, on: date) -> date:
        """The day on which age counts: that of the appearance or of the dispensation; until then the day looked at."""
        return self.appeared_on or self.dispensed_on or on
