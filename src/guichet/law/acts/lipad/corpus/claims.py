"""Title III, chapter II, articles 44 to 49: rights of the person concerned."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
