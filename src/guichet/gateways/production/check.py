"""What ``guichet check`` says about the production of documents."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .configured import production


def check_setup() -> list[str]:
    """What must be put right before a document can be ordered, in French; one call at most."""
    try:
        return production().check_setup()
    except ImproperlyConfigured:
        return ["L'adresse de la production des documents doit être en https (http seulement sur cette machine)."]
