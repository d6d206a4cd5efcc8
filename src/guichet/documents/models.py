"""The documents the office has issued: what, when, for which case, and whether they still hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from guichet.kit.crypto import EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.lookups import Lookup
from guichet.kit.privacy import Category, DataUses, Use, of, technical


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Named selections of issued documents."""

    def of_case(self, case_reference: str) -> IssuedDocumentQuerySet:
        """Issued in this case."""
        return self.filter(case_reference=case_reference)


class IssuedDocument(models.Model):
    """A document délivré: sealed bytes in the store under ``digest``, and the code by which anyone verifies it.

    Append-only but for its revocation, which is written once. A corrected document is a new version that supersedes
    this one. ``bearer_index`` is a keyed digest of the bearer's name and birth date: it lets the verification page
    answer "yes, this bearer" to who already knows them, and tells nothing to who does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    data_digest = models.CharField(max_length=64)
    verification_code = models.CharField(max_length=14, unique=True)
    bearer_index = models.CharField(max_length=64, blank=True)
    access_key_index = models.CharField(max_length=64, null=True, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True)
    revocation_reason = EncryptedTextField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id", "size", "version"),
        **of(
            Category.CASE,
            "vous remettre le document et permettre de le vérifier",
            "case_reference",
            "kind",
            "title",
            "digest",
            "data_digest",
            "verification_code",
            "issued_at",
            "supersedes",
            "revoked_at",
            "revocation_reason",
        ),
        "bearer_index": Use(Category.IDENTITY, "confirmer à un tiers que le document porte votre nom"),
        "access_key_index": Use(Category.AUTHENTICATION, "vous laisser télécharger le document avec sa clé d'accès"),
        **of(Category.IDENTITY, "savoir qui a délivré ou révoqué le document", "issued_by", "revoked_by"),
    }

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_reference", "kind", "version"], name="issued_once_per_case_kind_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, supersedes=None) | Q(version__gt=1, supersedes__isnull=False),
                name="issued_supersedes_iff_later_version",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by="", revocation_reason__isnull=True)
                | (Q(revoked_at__isnull=False, revocation_reason__isnull=False) & ~Q(revoked_by="")),
                name="issued_revocation_has_author_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")), name="issued_before_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_reference} {self.kind} v{self.version}"

    @property
    def is_revoked(self) -> bool:
        """Declared invalid by the office."""
        return self.revoked_at is not None


_OF_CASE = Lookup(IssuedDocument, "case_reference")


def in_force(case_reference: str, kind: str) -> IssuedDocument | None:
    """The document of a kind that holds in a case: neither revoked nor replaced (1 statement)."""
    issued = _OF_CASE.find_all(case_reference, order="issued_at")
    replaced = {one.supersedes_id for one in issued}
    holding = (one for one in issued if one.kind == kind and not one.is_revoked and one.pk not in replaced)
    return next(holding, None)
