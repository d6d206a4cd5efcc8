"""Title V, articles 60 to 64: remedies and sanctions."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
