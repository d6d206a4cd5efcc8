"""The log of who read or searched the residents' register, and why: written once, never changed."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical

from .persons import Person

_ROLES = {
    "applicant": "vous-même, par votre compte",
    "clerk": "un agent de l'office",
    "supervisor": "un responsable de l'office",
    "system": "le guichet, automatiquement",
    "provider": "un prestataire",
}


class ReadingQuerySet(models.QuerySet["Reading"]):
    """The readings …"""

    def of(self, person: Person) -> Self:
        """… of this person's data, the newest first."""
        return self.filter(person=person).order_by("-at", "-id")


class Reading(models.Model):
    """A lecture of one person's data in the register: who, when, why, for which case. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Its index is the one that also orders a person's readings.
    person = models.ForeignKey(Person, models.PROTECT, related_name="readings", db_index=False)
    role = models.CharField(max_length=20)
    reader = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    case_reference = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "vous dire qui a lu vos données, quand et pourquoi",
            *("person", "role", "reader", "reason", "case_reference", "at"),
        ),
    }

    class Meta:
        verbose_name = "lecture du registre"
        constraints = (
            models.CheckConstraint(name="reading_has_a_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(name="reading_has_a_reader", condition=~models.Q(role="") & ~models.Q(reader="")),
        )
        indexes = (models.Index(name="reading_of_person_newest", fields=("person", "-at", "-id")),)

    def __str__(self) -> str:
        return f"reading {self.id}"

    @property
    def by(self) -> str:
        """Who read, as the person concerned is told: the kind of reader, not an agent's name."""
        return _ROLES.get(self.role, self.role)


class RegisterSearch(models.Model):
    """A recherche in the register: who searched by which kinds of criteria and how many were found. Append-only.

    The criteria themselves are kept only as a keyed digest: enough to prove that a given search was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=20)
    reader = models.CharField(max_length=60)
    kinds = models.CharField(max_length=40)
    criteria = models.CharField(max_length=64)
    found_count = models.PositiveSmallIntegerField()
    at = models.DateTimeField(db_index=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CASE,
            "contrôler l'usage du registre",
            *("role", "reader", "kinds", "criteria", "found_count", "at"),
        ),
    }

    class Meta:
        verbose_name = "recherche dans le registre"

    def __str__(self) -> str:
        return f"search {self.id}"
