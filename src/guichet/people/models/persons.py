"""Persons of the residents' register as the office holds them, and the deliveries they came with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from django.db import connections, models
from django.db.models import F, Q

from guichet.gateways.register import communes
from guichet.gateways.register.port import CivilStatus, Lock, PermitCategory, RelationKind, ResidenceKind, Sex
from guichet.kit.crypto import EncryptedJSONField, EncryptedTextField
from guichet.kit.ids import uuid7
from guichet.kit.privacy import Category, DataUses, Use, of, technical
from guichet.people import register_words as words

_LAST_CHARACTER = "\U0010ffff"


def _known_value(model: str, field: str, kinds: type[StrEnum], *, or_empty: bool = False) -> models.CheckConstraint:
    """The database too holds only values that the code knows."""
    values = [kind.value for kind in kinds] + ([""] if or_empty else [])
    return models.CheckConstraint(name=f"{model}_{field}_known_value", condition=Q(**{f"{field}__in": values}))


class RegisterDelivery(models.Model):
    """One import of a livraison of the register: what it was, and what became of its records.

    ``ended_at`` is empty while it runs, and for ever if the process was killed; running the same file again is safe.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(max_length=36)
    sender_id = models.CharField(max_length=255)
    sent_at = models.DateTimeField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_complete = models.BooleanField(default=False)
    read_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)

    data_uses: ClassVar[DataUses] = technical(
        *("id", "message_id", "sender_id", "sent_at", "started_at", "ended_at", "is_complete", "read_count"),
        *("new_count", "changed_count", "unchanged_count", "rejected_count"),
    )

    class Meta:
        verbose_name = "livraison du registre"
        constraints = (
            models.CheckConstraint(
                name="delivery_complete_only_when_ended", condition=Q(is_complete=False) | Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="delivery_counts_add_up",
                condition=Q(
                    read_count=F("new_count") + F("changed_count") + F("unchanged_count") + F("rejected_count")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.message_id


class PersonQuerySet(models.QuerySet["Person"]):
    """The persons …"""

    def with_avs_index(self, index: str) -> Self:
        """… whose AVS number has this blind index; the number itself can't be searched."""
        return self.filter(avs_index=index)

    def born(self, day: date) -> Self:
        """… born on this day, as far as their day of birth is known."""
        return self.filter(born__in=(day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"))

    def named(self, name_words: list[str]) -> Self:
        """… whose names contain all these words, normalised by ``words.search_form``."""
        found = self
        for word in name_words:
            found = found.filter(search_name__contains=word)
        return found

    def with_name_beginning(self, name_words: list[str]) -> Self:
        """… whose official name begins with one of these words: served by the index on both engines.

        SQLite uses no index for LIKE with an escape clause, PostgreSQL none for a range outside the C collation.
        """
        if connections[self.db].vendor == "postgresql":
            ways = [Q(search_name__startswith=word) for word in name_words]
        else:
            ways = [Q(search_name__gte=word, search_name__lt=word + _LAST_CHARACTER) for word in name_words]
        any_way = Q()
        for way in ways:
            any_way |= way
        return self.filter(any_way)


class Person(models.Model):
    """A personne inscrite au registre, as last delivered. Written by the import only, read through ``register``.

    The AVS number and the addresses are encrypted; the number is found by a keyed digest. Names and the day of birth
    stay readable for the database because the counter searches by them. ``born`` is ISO text of a day, a month or a year:
    the register doesn't know everybody's day of birth (eCH-0044 datePartiallyKnown).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    local_person_id = models.CharField("identifiant local", max_length=36, unique=True)
    avs_number = EncryptedTextField("numéro AVS", null=True)
    avs_index = models.CharField(max_length=64, blank=True, db_index=True)
    official_name = models.CharField("nom officiel", max_length=100)
    first_names = models.CharField("prénoms", max_length=100)
    name_at_birth = models.CharField("nom de naissance", max_length=100, blank=True)
    search_name = models.CharField(max_length=220, db_index=True)
    born = models.CharField("né le", max_length=10, db_index=True)
    birth_place = models.CharField("lieu de naissance", max_length=160, blank=True)
    sex = models.CharField("sexe", max_length=13, choices=words.choices(words.SEX))
    civil_status = models.CharField("état civil", max_length=11, choices=words.choices(words.CIVIL_STATUS))
    is_swiss = models.BooleanField("de nationalité suisse")
    nationalities = models.JSONField("nationalités")
    origins = models.JSONField("lieux d'origine")
    permit = models.CharField("titre de séjour", max_length=5, blank=True, choices=words.choices(words.PERMIT))
    permit_valid_by = models.DateField("titre valable jusqu'au", null=True)
    is_permit_under_renewal = models.BooleanField("titre en renouvellement")
    is_first_application_pending = models.BooleanField("première demande en cours")
    has_restricted_civic_rights = models.BooleanField("droits civiques restreints")
    residence_kind = models.CharField("résidence", max_length=9, choices=words.choices(words.RESIDENCE))
    commune = models.PositiveSmallIntegerField("commune (numéro OFS)")
    other_communes = models.JSONField("autres communes de résidence")
    address = EncryptedJSONField("adresse")
    arrived_on = models.DateField("arrivé dans la commune le")
    departed_on = models.DateField("départ le", null=True)
    destination = models.CharField("destination", max_length=160, blank=True)
    destination_address = EncryptedJSONField("adresse à destination", null=True)
    died_on = models.DateField("décédé le", null=True)
    lock = models.CharField("blocage des données", max_length=11, choices=words.choices(words.LOCK))
    delivery = models.ForeignKey(RegisterDelivery, models.PROTECT, related_name="+", db_index=False)
    source_line = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    data_uses: ClassVar[DataUses] = {
        **technical("id", "search_name", "digest"),
        **of(
            Category.IDENTITY,
            "établir qui est la personne et l'inscrire sur le document",
            *("local_person_id", "official_name", "first_names", "name_at_birth", "born", "birth_place"),
            *("sex", "is_swiss", "nationalities", "origins"),
        ),
        **of(Category.IDENTITY, "reconnaître la personne sans erreur d'homonyme", "avs_number", "avs_index"),
        "civil_status": Use(Category.CIVIL_STATUS, "inscrire l'état civil sur le document"),
        "died_on": Use(Category.CIVIL_STATUS, "attester pour une personne décédée"),
        **of(
            Category.RESIDENCE,
            "attester la résidence, le séjour ou le départ",
            *("permit", "permit_valid_by", "is_permit_under_renewal", "is_first_application_pending"),
            *("residence_kind", "commune", "other_communes", "arrived_on", "departed_on", "destination"),
        ),
        **of(Category.CONTACT, "inscrire l'adresse et y envoyer le courrier", "address", "destination_address"),
        "has_restricted_civic_rights": Use(Category.SENSITIVE, "attester les droits civiques"),
        "lock": Use(Category.SENSITIVE, "ne pas communiquer une adresse ou des données bloquées"),
        **of(Category.TECHNICAL, "savoir d'où vient la donnée", "delivery", "source_line", "imported_at"),
    }

    class Meta:
        verbose_name = "personne inscrite"
        constraints = (
            models.CheckConstraint(
                name="person_born_in_a_year_at_least", condition=Q(born__gte="1000") & Q(born__lt="3000")
            ),
            models.CheckConstraint(
                name="person_has_permit_exactly_when_foreign",
                condition=Q(is_swiss=True, permit="") | (Q(is_swiss=False) & ~Q(permit="")),
            ),
            models.CheckConstraint(
                name="person_departs_after_arrival",
                condition=Q(departed_on__isnull=True) | Q(departed_on__gte=F("arrived_on")),
            ),
            models.CheckConstraint(
                name="person_in_a_commune_of_the_canton", condition=Q(commune__gte=6601, commune__lte=6645)
            ),
            _known_value("person", "sex", Sex),
            _known_value("person", "civil_status", CivilStatus),
            _known_value("person", "permit", PermitCategory, or_empty=True),
            _known_value("person", "residence_kind", ResidenceKind),
            _known_value("person", "lock", Lock),
        )

    def __str__(self) -> str:
        return f"person {self.id}"

    @property
    def born_on(self) -> date | None:
        """The day of birth, or None when only the month or the year is known."""
        return date.fromisoformat(self.born) if len(self.born) == 10 else None

    @property
    def commune_name(self) -> str:
        """The official name of the commune."""
        return communes.name_of(self.commune)

    @property
    def is_address_protected(self) -> bool:
        """True if the address may not be communicated (blocage des données)."""
        return self.lock != Lock.NONE


class Stay(models.Model):
    """A période de séjour in the canton; both days inclusive, the present one has no last day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Its index is the one of the constraint on person and first day.
    person = models.ForeignKey(Person, models.CASCADE, related_name="stays", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(Category.RESIDENCE, "attester l'historique des séjours", "person", "from_on", "until_on"),
    }

    class Meta:
        verbose_name = "séjour"
        constraints = (
            models.UniqueConstraint(name="stay_one_beginning_per_day", fields=("person", "from_on")),
            models.UniqueConstraint(
                name="stay_one_open_per_person", fields=("person",), condition=Q(until_on__isnull=True)
            ),
            models.CheckConstraint(
                name="stay_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        )

    def __str__(self) -> str:
        return f"stay {self.id}"


class Relation(models.Model):
    """What another person is to this one (lien de famille): spouse, registered partner, mother, father.

    Needed to know who may ask for the attestation of somebody who died, and for which children a parent may have an
    application filled in beforehand. The other one may be unknown to the register.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=7, choices=words.choices(words.RELATION))
    other_local_person_id = models.CharField(max_length=36, blank=True, db_index=True)
    other_name = EncryptedTextField()

    data_uses: ClassVar[DataUses] = {
        **technical("id"),
        **of(
            Category.CIVIL_STATUS,
            "vérifier le lien avec une personne décédée, ou de parent à enfant pour préremplir une demande",
            *("person", "kind", "other_local_person_id", "other_name"),
        ),
    }

    class Meta:
        verbose_name = "lien de famille"
        constraints = (_known_value("relation", "kind", RelationKind),)

    def __str__(self) -> str:
        return f"relation {self.id}"
