"""Family ties of the register: whether somebody may ask for the attestation of a deceased person, and who their children are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from guichet.casework.acts import Actor
from guichet.gateways.register.port import Lock, RelationKind
from guichet.people.models import Person, Reading, Relation

from .extracts import Candidate, candidate

_FURTHEST = 5
_MARITAL = (RelationKind.SPOUSE, RelationKind.PARTNER)
_PARENTS = (RelationKind.MOTHER, RelationKind.FATHER)


class Tie(StrEnum):
    """What somebody is to a person who died, as far as the tie opens the right to an attestation."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    ASCENDANT = "ascendant"
    DESCENDANT = "descendant"


def tie_to_deceased(applicant_id: UUID, deceased_id: UUID) -> Tie | None:
    """Surviving spouse, surviving registered partner, or relative in direct line up to five generations, if any.

    Reads family ties only, no more than twelve statements; the caller logs why it opens the deceased person's record.
    The register holds the ties it was told: None means "not shown by the register", an agent may know better.
    """
    ids = dict(Person.objects.filter(pk__in=(applicant_id, deceased_id)).values_list("pk", "local_person_id"))
    if len(ids) < 2:
        return None
    applicant, deceased = ids[applicant_id], ids[deceased_id]
    marital = Relation.objects.filter(
        person=deceased_id, kind__in=_MARITAL, other_local_person_id=applicant
    ).values_list("kind", flat=True)
    if kind := marital.first():
        return Tie(kind)
    if _reaches(deceased, applicant, _parents_of):
        return Tie.ASCENDANT
    return Tie.DESCENDANT if _reaches(applicant, deceased, _parents_of) else None


def children_of(
    parent_id: UUID, *, reader: Actor, reason: str, case_reference: str | None, at: datetime
) -> tuple[Candidate, ...]:
    """The living children whose mother or father this person is in the register, by birth; each reading logged (3 statements).

    Whose data are locked isn't told here, not even to a parent: the register knows the tie, not why it is locked.
    ``reason`` is French and shown to the child's own readers.
    """
    parent = Person.objects.filter(pk=parent_id).values_list("local_person_id", flat=True).first()
    if not parent:
        return ()
    told = Person.objects.filter(
        relations__kind__in=_PARENTS, relations__other_local_person_id=parent, died_on=None, lock=Lock.NONE
    )
    children = list(told.distinct().order_by("born", "first_names"))
    Reading.objects.bulk_create(
        Reading(
            person=child,
            role=reader.role,
            reader=reader.name,
            reason=reason,
            case_reference=case_reference or "",
            at=at,
        )
        for child in children
    )
    return tuple(candidate(child) for child in children)


def _parents_of(local_person_ids: Iterable[str]) -> set[str]:
    rows = Relation.objects.filter(person__local_person_id__in=list(local_person_ids), kind__in=_PARENTS)
    return set(rows.exclude(other_local_person_id="").values_list("other_local_person_id", flat=True))


def _reaches(start: str, goal: str, step: Callable[[Iterable[str]], set[str]]) -> bool:
    """Whether ``goal`` is among the ancestors of ``start``."""
    generation, seen = {start}, {start}
    for _ in range(_FURTHEST):
        generation = step(generation) - seen
        if goal in generation:
            return True
        if not generation:
            return False
        seen |= generation
    return False
