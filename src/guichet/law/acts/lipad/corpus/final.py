"""Title VI, articles 65 to 69: final and transitional provisions."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
