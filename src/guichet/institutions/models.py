"""Offices and the people who work in them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, of, technical
from guichet.people.models import Account


class Office(models.Model):
    """An office (service de l'administration) people deal with, as loaded from ``offices.toml``.

    It has two contacts: one for trouble with the site, one for the subject matter (ch. 11 CGV).
    """

    class Kind(models.TextChoices):
        """What sort of institution it is."""

        CANTONAL = "cantonal", "office cantonal"
        COMMUNAL = "communal", "administration communale"

    class Authority(models.TextChoices):
        """For what it is competent among identity documents (art. 2 and 12 al. 2 RDId); the words are the law's."""

        COMMUNE = "commune", "commune de domicile"
        CENTRE = "centre", "centre cantonal de biométrie"
        UDA = "uda", "unité diplomatique et aéroportuaire"
        POLICE = "police", "police"
        DEPARTMENT = "department", "département"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("genre", max_length=10, choices=Kind)
    authority = models.CharField("compétence", max_length=10, choices=Authority, blank=True)
    address = models.TextField("adresse postale")
    hours = models.TextField("heures d'ouverture", blank=True)
    contact_technical = models.EmailField("contact technique")
    contact_substance = models.EmailField("contact sur le fond")
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    bfs_number = models.PositiveSmallIntegerField("numéro OFS de la commune", null=True, blank=True)

    data_uses: ClassVar[DataUses] = technical(
        *("id", "code", "name", "kind", "authority", "address", "hours", "contact_technical", "contact_substance"),
        *("telephone", "bfs_number"),
    )

    class Meta:
        verbose_name = "office"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="office_communal_exactly_when_it_has_a_commune",
                condition=Q(kind="cantonal", bfs_number__isnull=True) | Q(kind="communal", bfs_number__isnull=False),
            ),
            models.CheckConstraint(
                name="office_known_authority",
                condition=Q(authority__in=["", "commune", "centre", "uda", "police", "department"]),
            ),
            models.CheckConstraint(
                name="office_of_a_commune_is_communal", condition=~Q(authority="commune") | Q(kind="communal")
            ),
            models.UniqueConstraint(
                name="office_one_authority_of_the_canton",
                fields=["authority"],
                condition=Q(authority__in=["centre", "uda", "department"]),
            ),
            models.UniqueConstraint(
                name="office_one_authority_per_commune", fields=["bfs_number"], condition=Q(authority="commune")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> list[str]:
        """The postal address, one line each."""
        return self.address.splitlines()


class Role(models.TextChoices):
    """What a member of an office may do; the order of the members is their order of power."""

    CLERK = "clerk", "gestionnaire"
    SUPERVISOR = "supervisor", "responsable"

    @property
    def rank(self) -> int:
        """0 for the least powerful."""
        return list(Role).index(self)

    def includes(self, other: Role) -> bool:
        """True if whoever has this role may do all that ``other`` may."""
        return self.rank >= other.rank


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The memberships …"""

    def of(self, account: Account) -> Self:
        """… of this account."""
        return self.filter(account=account)

    def valid_on(self, on: date) -> Self:
        """… in force on this day, whose first and last days are included."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


class Membership(models.Model):
    """The rôle of an account in an office from one day to another (both included); never deleted, only ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")
    role = models.CharField("rôle", max_length=10, choices=Role)
    from_on = models.DateField("dès le")
    until_on = models.DateField("jusqu'au", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.AUTHENTICATION,
            "savoir qui peut agir au nom de l'office, et quand",
            *("account", "office", "role", "from_on", "until_on"),
        ),
    }

    class Meta:
        verbose_name = "rôle dans un office"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="membership_one_open_per_account_and_office",
                fields=["account", "office"],
                condition=Q(until_on__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="membership_role_known_value", condition=Q(role__in=["clerk", "supervisor"])),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.from_on}"
