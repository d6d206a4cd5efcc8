"""Title II, chapters III to V, articles 24 to 34: access to documents, mediation, media."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
