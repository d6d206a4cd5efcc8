"""The only way a case moves: one conditional UPDATE and one journal entry, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import transaction

from guichet.kit.errors import NotAllowedNow, NotEntitled
from guichet.law.kernel.addresses import Ref

from . import journal
from .models import Case, Entry

C = TypeVar("C", bound=Case)


class Actor(NamedTuple):
    """Who acts: a role of the procedure (applicant, clerk, supervisor, system, provider) and which one."""

    role: str
    name: str


SYSTEM = Actor("system", "guichet")


def open_case(case: Case, act: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Insert a new case in its procedure's first state with the first entry of its journal (2 statements)."""
    case.state, case.opened_at = case.procedure.initial, at
    with transaction.atomic():
        case.save(force_insert=True)
        entry = _entry(act, case.reference, actor=actor, at=at, facts=facts, basis=())
        entry.target = case.state
        _append(case, entry, journal.START)


def take(
    act: str,
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Move ``case`` by ``act``, store ``fields`` in its row and write the act and its ``facts`` in the journal.

    ``facts`` are JSON without personal data. The row's stored state decides, not the one in memory: of several who
    try at once exactly one succeeds. Afterwards ``case`` holds what was written.

    Raises:
        NotAllowedNow: the stored state is none of the act's sources.
        NotEntitled: the act isn't one of the actor's role.
    """
    transition = case.procedure.transition(act)
    if actor.role not in transition.who:
        raise NotEntitled("Votre rôle ne permet pas cet acte.", basis=transition.basis)
    fields = dict(fields or {})
    with transaction.atomic():
        source = _move(case, transition.sources, transition.target, fields, transition.basis)
        entry = _entry(act, case.reference, actor=actor, at=at, facts=facts, basis=transition.basis)
        entry.source, entry.target = source, transition.target
        _append(case, entry, case.__dict__.get("_journal_head"))
    return entry


def _move(case: Case, sources: frozenset[str], target: str, fields: dict[str, Any], basis: Sequence[Ref]) -> str:
    """One conditional UPDATE; tried again once if the state in memory was stale. The state left."""
    rows = type(case)._default_manager
    for last_try in (False, True):
        if case.state in sources and rows.filter(pk=case.pk, state=case.state).update(state=target, **fields):
            source = case.state
            case.state = target
            for name, value in fields.items():
                setattr(case, name, value)
            return source
        if not last_try:
            case.refresh_from_db(fields=["state"])
            case.__dict__.pop("_journal_head", None)
    name = case.procedure.states[case.state]
    raise NotAllowedNow(f"Cette étape n'est plus possible : le dossier {case} est maintenant « {name} ».", basis=basis)


def record(
    act: str,
    case_reference: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    basis: Sequence[Ref] = (),
) -> Entry:
    """Write an act that moves nothing into a case's journal: a note, a reading, a letter sent, an incident."""
    with transaction.atomic():
        entry = _entry(act, case_reference, actor=actor, at=at, facts=facts, basis=basis)
        journal.append(entry)
    return entry


def _entry(
    act: str,
    case_reference: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None,
    basis: Sequence[Ref],
) -> Entry:
    return Entry(
        act=act,
        case_reference=case_reference,
        role=actor.role,
        actor=actor.name,
        at=at,
        facts=dict(facts or {}),
        basis=[ref.key for ref in basis],
    )


def _append(case: Case, entry: Entry, after: journal.Head | None) -> None:
    """Append and remember the end of the chain on the case in hand, which saves the next act a query."""
    case.__dict__["_journal_head"] = journal.append(entry, after=after)
