"""For what each authority among identity documents is competent, as the law answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from guichet.law.kernel.answers import Decided
from guichet.law.kernel.inputs import Choice
from guichet.law.questions import ask, find

from .models import Office


class Competence(NamedTuple):
    """Something an authority is competent for, and the passage that says so."""

    what: str
    passage: str


@lru_cache(maxsize=8)
def competences(on: date) -> Mapping[str, Sequence[Competence]]:
    """For what each authority is competent on a day, as the law answers it for people who live in the canton."""
    found: dict[str, list[Competence]] = {
        Office.Authority.DEPARTMENT: [Competence("Ce que le règlement ne prévoit pas", "RDId:12/2")]
    }
    (requests,) = [given for given in find("rdid.authority").inputs if isinstance(given, Choice)]
    for request, name in requests.names.items():
        answer = ask("rdid.authority", on=on, request=request, resident=True)
        if isinstance(answer, Decided):
            found.setdefault(answer.value["authority"], []).append(Competence(name, answer.because[0].key))
    return found
