"""Title II, chapters I and II, articles 5 to 23: publicity of sittings, information of the public."""

from __future__ import annotations

from guichet.law.kernel.provisions import Provision

PROVISIONS: tuple[Provision, ...] = ()
