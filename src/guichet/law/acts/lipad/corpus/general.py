"""Title I, articles 1 to 4: aims, coordination, scope, definitions."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
