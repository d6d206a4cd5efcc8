"""What ``guichet check`` says about the payment provider."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .configured import provider


def problems() -> list[str]:
    """What must be put right before anyone can pay, in French; one call to the provider at most."""
    try:
        return provider().check_setup()
    except ImproperlyConfigured:
        return ["L’adresse du prestataire de paiement doit être en https (http seulement sur cette machine)."]
