"""The words stored for an attempt and for what was told about it."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where an attempt to pay stands; always the reduction of its events (``reduce``)."""

    NEW = "new", "préparée"
    OPEN = "open", "page de paiement ouverte"
    UNSETTLED = "unsettled", "en attente de confirmation"
    AUTHORISED = "authorised", "autorisée"
    CAPTURED = "captured", "encaissée"
    NOT_PAID = "not_paid", "non aboutie"
    VOIDED = "voided", "annulée sans débit"


# An attempt that may still bring money although none is certain: at most one per case is offered to the payer.
LIVE = (State.NEW, State.OPEN, State.UNSETTLED)


class Kind(models.TextChoices):
    """What an event says. The first five come from our side, the others are the provider's answers."""

    OPENED = "opened", "page ouverte chez le prestataire"
    START_REFUSED = "start_refused", "ouverture refusée"
    START_UNKNOWN = "start_unknown", "ouverture sans réponse"
    NEVER_OPENED = "never_opened", "jamais ouverte"
    DECLARED_NOT_PAID = "declared_not_paid", "déclarée non payée par l'office"

    NOT_STARTED = "not_started", "pas commencé"
    IN_PROGRESS = "in_progress", "en cours"
    AUTHORISED = "authorised", "montant réservé"
    CAPTURED = "captured", "montant encaissé"
    PENDING = "pending", "en suspens chez le prestataire"
    DECLINED = "declined", "refusé"
    ABORTED = "aborted", "abandonné par la personne"
    VOIDED = "voided", "réservation libérée"
    UNKNOWN = "unknown", "sans réponse exploitable"


class Source(models.TextChoices):
    """What made us ask, or who said so."""

    START = "start", "ouverture"
    RETURN = "return", "retour de la personne"
    NOTIFICATION = "notification", "avis du prestataire"
    MOP_UP = "mop_up", "relance automatique"
    STAFF = "staff", "agent"
    JOB = "job", "tâche de fond"


class IncidentKind(models.TextChoices):
    """What went wrong with a payment, so that a person may look (incident de paiement)."""

    MISMATCH = "mismatch", "la réponse ne correspond pas à ce qui était demandé"
    DOUBLE = "double", "second paiement de la même démarche"
    CANCELLED = "cancelled", "payé après l'annulation"
    NOT_PAYABLE = "not_payable", "payé alors que rien n'était à payer"
    OUTDATED_QUOTE = "outdated_quote", "payé à un prix qui n'est plus celui de la démarche"
    LIABILITY = "liability", "authentification insuffisante du moyen de paiement"
    CLOCK = "clock", "date de validation invraisemblable"
    UNKNOWN_END = "unknown_end", "issue inconnue après la dernière question"
    UNCOLLECTED = "uncollected", "montant validé mais pas encaissé"
    NOT_RELEASED = "not_released", "montant encaissé qui aurait dû être libéré"
    VOIDED_OUTSIDE = "voided_outside", "annulé hors du guichet"
    START_REFUSED = "start_refused", "ouverture refusée par le prestataire"


# Incidents that concern money a case relies on: nothing is produced for it before a person has looked. The others are
# about money that is given back, or about an attempt that counts for nothing.
HOLDING = (IncidentKind.MISMATCH, IncidentKind.UNCOLLECTED, IncidentKind.VOIDED_OUTSIDE)


class Resolution(models.TextChoices):
    """How an incident ended."""

    VOIDED = "voided", "montant libéré, personne n'a été débité"
    COLLECTED = "collected", "montant encaissé"
    NOT_PAID = "not_paid", "déclaré non payé"
    OVERCOME = "overcome", "une page de paiement a pu être ouverte ensuite"
    EXPLAINED = "explained", "traité hors du guichet"
