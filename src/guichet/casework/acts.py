"""The only way a case moves: one conditional UPDATE and one journal entry, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import IntegrityError, connection, models, transaction

from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled
from guichet.kit.writing import change_statement
from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.procedures import Transition, UnknownAct
from guichet.law.kernel.replay import Event, Replay

from . import journal
from .models import Case, Entry
from .standing import standing


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
Opened = TypeVar("Opened", bound=Case)
SYSTEM = Actor("system", "guichet")


def open_case(case: Case, act: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Insert a new case in its procedure's first state with the first entry of its journal (2 statements)."""
    case.state, case.opened_at = case.procedure.initial, at
    with transaction.atomic(savepoint=False):
        case.save(force_insert=True)
        entry = _entry(Act(act, actor, facts=facts or {}), case.reference, at=at, basis=())
        entry.target = case.state
        _append(case, [entry], journal.START)


def open_once(case: Opened, begun: models.QuerySet[Opened], act: str, *, actor: Actor, at: datetime) -> Opened:
    """Open a new case, or give the one among ``begun`` that the same key opened before, also at the same instant."""
    known = begun.first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            open_case(case, act, actor=actor, at=at)
    except IntegrityError:
        return begun.get()
    return case


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
    target, and an entry in the journal for each (2 statements; 2 more where a line of the table is guarded).

    Raises:
        NotAllowedNow: the stored state is none of the first act's sources, or a guard isn't met; nothing is written.
        NotEntitled: an act isn't one of its actor's role.
        ValueError: an act can't follow upon the one before it.
    """
    _check_acts(acts, case)
    fields = {name: value for act in acts for name, value in act.fields.items()}
    with transaction.atomic(savepoint=False):
        refused = _refusal(acts, case, at) if _may_be_guarded(acts, case) else None
        left = None if refused else _move(acts, case, fields)
        if left is not None:
            source, end, lines = left
            entries = [
                _entry(act, case.reference, at=at, basis=line.basis) for act, line in zip(acts, lines, strict=True)
            ]
            for entry, line in zip(entries, lines, strict=True):
                entry.source, entry.target = source, line.target
                source = line.target
            _append(case, entries, end)
            return entries
    # Outside the block: a refusal wrote nothing, and the transaction around it, if there is one, goes on.
    raise refused or _not_now(case, case.procedure.acts[acts[0].name][0].basis)


def _not_now(case: Case, basis: Sequence[Ref]) -> NotAllowedNow:
    name = case.procedure.states[case.state]
    return NotAllowedNow(f"Cette étape n'est plus possible : le dossier {case} est maintenant « {name} ».", basis=basis)


def _check_acts(acts: Sequence[Act], case: Case) -> None:
    before = ""
    reached: set[str] = set()
    for act in acts:
        lines = case.procedure.acts.get(act.name)
        if lines is None:
            raise UnknownAct(act.name)
        if not any(act.actor.role in line.who for line in lines):
            raise NotEntitled("Votre rôle ne permet pas cet acte.", basis=lines[0].basis)
        if before and not any(line.sources & reached for line in lines):
            raise ValueError(f"{act.name} does not follow upon {before}")
        before, reached = act.name, {line.target for line in lines}


def _may_be_guarded(acts: Sequence[Act], case: Case) -> bool:
    return any(line.needs or line.unless or line.awaits for act in acts for line in case.procedure.acts[act.name])


def _refusal(acts: Sequence[Act], case: Case, at: datetime) -> NotAllowedNow | None:
    """Why the guards of the acts aren't met; None if they are.

    The row is locked, then the case's journal replayed with the acts: whoever comes second sees what the first has done.
    """
    rows = type(case)._default_manager.select_for_update(of=("self",)).filter(pk=case.pk)
    case.state = rows.values_list("state", flat=True).get()
    stands = standing(case, on=day_of(at))
    at = _not_before(stands, at)
    for act in acts:
        line = case.procedure.choose(act.name, stands.state, act.facts)
        if line is None:
            return _not_now(case, case.procedure.acts[act.name][0].basis)
        obstacle = stands.obstacle(line, at)
        if obstacle is not None:
            return NotAllowedNow(obstacle.sentence, basis=obstacle.basis)
        stands = stands.after(Event(act.name, at, act.actor.role, act.facts))
    return None


def _not_before(stands: Replay, at: datetime) -> datetime:
    """The instant of an act that follows upon what has happened, whichever instant was read first."""
    last = stands.history[-1].event.at if stands.history else at
    return max(at, last) if isinstance(last, datetime) else at


def _lines(acts: Sequence[Act], case: Case) -> list[Transition] | None:
    """The lines of the table that the acts follow from the state in hand; None if the first one can't be taken there."""
    state, lines = case.state, list[Transition]()
    for act in acts:
        line = case.procedure.choose(act.name, state, act.facts)
        if line is None and lines:
            raise ValueError(f"{act.name} does not follow upon {lines[-1].act}")
        if line is None:
            return None
        if act.actor.role not in line.who:
            raise NotEntitled("Votre rôle ne permet pas cet acte.", basis=line.basis)
        lines.append(line)
        state = line.target
    return lines


def _move(acts: Sequence[Act], case: Case, fields: dict[str, Any]) -> tuple[str, journal.Head, list[Transition]] | None:
    """One conditional UPDATE; tried again once if the state in memory was stale.

    The state left, the end of the case's chain and the lines followed; None if no line leads on from the stored state.
    """
    for last_try in (False, True):
        lines = _lines(acts, case)
        end = _update(case, {**fields, "state": lines[-1].target}) if lines else None
        if lines and end is not None:
            source, case.state = case.state, lines[-1].target
            for name, value in fields.items():
                setattr(case, name, value)
            return source, end, lines
        if not last_try:
            case.refresh_from_db(fields=["state"])
    return None


def _update(case: Case, values: dict[str, Any]) -> journal.Head | None:
    """Write values into the case's row if its state is the one in hand, and read the end of its chain with it."""
    sql, parameters = change_statement(type(case), values, id=case.pk, state=case.state)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {journal.END}", [*parameters, case.reference])
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
