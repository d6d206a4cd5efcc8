"""Title IV, articles 50 to 59: responsables, commissioner, consultative commission."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
