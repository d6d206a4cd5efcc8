"""Title III, chapter I, articles 35 to 43: processing of personal data."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
