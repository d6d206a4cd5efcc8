"""The bearer of a document, comparable without being readable."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from guichet.kit.crypto import blind_index

_CONTEXT = "documents.bearer"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person whom a document is about: family name and birth date, as they are printed."""

    family_name: str
    born_on: date

    @property
    def index(self) -> str:
        """A keyed digest, equal for equal persons: capitals, accents, hyphens and spaces make no difference."""
        return blind_index(f"{_plain(self.family_name)}|{self.born_on.isoformat()}", _CONTEXT)


def _plain(name: str) -> str:
    """Letters and figures only, without accents: « Müller-Étienne » is « mullerEtienne » in lower case."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if c.isalnum())
