"""The only way a case moves: one conditional UPDATE and one journal entry, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple, cast

from django.db import connection, transaction
from django.db.models import Field

from guichet.kit.errors import NotAllowedNow, NotEntitled
from guichet.law.kernel.addresses import Ref

from . import journal
from .models import Case, Entry


class Actor(NamedTuple):
    """Who acts: a role of the procedure (applicant, clerk, supervisor, system, provider) and which one."""

    role: str
    name: str


class Act(NamedTuple):
    """An act to be taken: its name in the procedure, who takes it, the columns it sets and the facts it leaves."""

    name: str
    actor: Actor
    fields: Mapping[str, Any] = {}
    facts: Mapping[str, Any] = {}


_END = "_end_of_chain"
SYSTEM = Actor("system", "guichet")


def open_case(case: Case, act: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Insert a new case in its procedure's first state with the first entry of its journal (2 statements)."""
    case.state, case.opened_at = case.procedure.initial, at
    with transaction.atomic(savepoint=False):
        case.save(force_insert=True)
        entry = _entry(Act(act, actor, facts=facts or {}), case.reference, at=at, basis=())
        entry.target = case.state
        _append(case, [entry], journal.START)


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
    return take_in_turn([Act(act, actor, fields or {}, facts or {})], case, at=at)[0]


def take_in_turn(acts: Sequence[Act], case: Case, *, at: datetime) -> list[Entry]:
    """Take acts that follow one upon another, all or none: one UPDATE from the first one's sources to the last one's
    target, and an entry in the journal for each (2 statements).

    Raises:
        NotAllowedNow: the stored state is none of the first act's sources; nothing is written.
        NotEntitled: an act isn't one of its actor's role.
        ValueError: an act can't follow upon the one before it.
    """
    transitions = [case.procedure.transition(act.name) for act in acts]
    fields: dict[str, Any] = {}
    for act, transition in zip(acts, transitions, strict=True):
        if act.actor.role not in transition.who:
            raise NotEntitled("Votre rôle ne permet pas cet acte.", basis=transition.basis)
        fields |= act.fields
    for before, after in pairwise(transitions):
        if before.target not in after.sources:
            raise ValueError(f"{after.act} does not follow upon {before.act}")
    with transaction.atomic(savepoint=False):
        left = _move(case, transitions[0].sources, transitions[-1].target, fields)
        if left is not None:
            source, end = left
            entries = [
                _entry(act, case.reference, at=at, basis=transition.basis)
                for act, transition in zip(acts, transitions, strict=True)
            ]
            for entry, transition in zip(entries, transitions, strict=True):
                entry.source, entry.target = source, transition.target
                source = transition.target
            _append(case, entries, end)
            return entries
    name = case.procedure.states[case.state]
    why = f"Cette étape n'est plus possible : le dossier {case} est maintenant « {name} »."
    raise NotAllowedNow(why, basis=transitions[0].basis)


def _move(case: Case, sources: frozenset[str], target: str, fields: dict[str, Any]) -> tuple[str, journal.Head] | None:
    """One conditional UPDATE; tried again once if the state in memory was stale.

    The state left and the end of the case's chain; None if the stored state is none of the sources.
    """
    for last_try in (False, True):
        end = _update(case, {**fields, "state": target}) if case.state in sources else None
        if end is not None:
            source, case.state = case.state, target
            for name, value in fields.items():
                setattr(case, name, value)
            return source, end
        if not last_try:
            case.refresh_from_db(fields=["state"])
    return None


def _update(case: Case, values: dict[str, Any]) -> journal.Head | None:
    """Write values into the case's row if its state is the one in hand, and read the end of its chain with it."""
    columns = {name: cast("Field[Any, Any]", case._meta.get_field(name)) for name in values}
    places = ", ".join(f'"{column.column}" = %s' for column in columns.values())
    written = [column.get_db_prep_save(values[name], connection) for name, column in columns.items()]
    key = case._meta.pk.get_db_prep_save(case.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{case._meta.db_table}" SET {places} WHERE "id" = %s AND "state" = %s RETURNING {journal.END}',  # noqa: S608 - own names
            [*written, key, case.state, case.reference],
        )
        found = cursor.fetchall()
    return journal.Head.read(found[0][0]) if found else None


def record(
    act: str,
    case: Case | str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    basis: Sequence[Ref] = (),
) -> Entry:
    """Write an act that moves nothing into a case's journal: a note, a reading, a letter sent, an incident.

    The case may be given by its reference; a row in hand saves a query if an act was just taken with it.
    """
    known = None if isinstance(case, str) else case
    entry = _entry(Act(act, actor, facts=facts or {}), str(case), at=at, basis=basis)
    with transaction.atomic(savepoint=False):
        _append(known, [entry], known.__dict__.get(_END) if known else None)
    return entry


def _entry(act: Act, case_reference: str, *, at: datetime, basis: Sequence[Ref]) -> Entry:
    return Entry(
        act=act.name,
        case_reference=case_reference,
        role=act.actor.role,
        actor=act.actor.name,
        at=at,
        facts=dict(act.facts),
        basis=[ref.key for ref in basis],
    )


def _append(case: Case | None, entries: Sequence[Entry], after: journal.Head | None) -> None:
    """Append, and remember the end of the chain on the case in hand, which saves a ``record`` that follows a query."""
    end = journal.append(entries, after=after)
    if case is not None:
        case.__dict__[_END] = end
