"""Procedures as tables: acts that lead from states to a state, who may act, on what basis, which clocks open and close.

A case is moved by acts only; screens, rights, buttons, timelines and diagrams are derived from these tables, and
`guichet.law.kernel.proof` proves what they promise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from guichet.law.kernel.addresses import Ref
from guichet.law.kernel.clocks import Clock
from guichet.law.kernel.inputs import Input
from guichet.law.kernel.interpretations import Interpretation
from guichet.law.kernel.provisions import LegalText

ROLES: Mapping[str, str] = {
    "applicant": "la personne qui demande",
    "clerk": "le gestionnaire",
    "supervisor": "le responsable du service",
    "system": "le système",
    "provider": "le prestataire de paiement",
    "requester": "le requérant",
    "third_party": "le tiers concerné",
    "person_concerned": "la personne concernée",
    "relative": "le proche d'une personne décédée",
    "institution": "l'institution",
    "recipient": "le destinataire des données",
    "access_officer": "le responsable désigné (art. 50 LIPAD)",
    "directing_body": "l'instance dirigeante de l'institution",
    "competent_instance": "l'instance de l'article 50 al. 2 LIPAD",
    "commissioner": "le préposé cantonal ou son adjoint",
    "archivist": "l'archiviste d'État",
    "judiciary": "le pouvoir judiciaire",
    "court": "la juridiction saisie",
    "publisher": "l'éditeur",
    "journalist": "le journaliste",
    "medium": "le média du journaliste",
    "parental_authority_holder": "le détenteur de l'autorité parentale",
    "commune": "la commune de domicile",
    "centre": "le centre cantonal de biométrie",
    "airport_unit": "l'unité diplomatique et aéroportuaire",
    "police": "la police",
    "department": "le département",
}


class UnknownAct(KeyError):  # noqa: N818 - named like the other refusals of the core
    """The procedure has no act of this name, or several lines for it where one was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One line of a table: an act, from any of its sources to its one target.

    ``label`` is the French imperative of its button, ``done`` the French sentence of the timeline once it happened.
    ``facts`` are what its event carries. An act may have several lines: the state tells which, and then ``when``, the
    words one of which each fact named there must have (``None`` stands for a fact left out).

    ``guard`` is a French condition. What of it shows in the case itself is data: acts that must have happened
    (``needs``; ``fee_paid|fee_exempted`` where one of several is enough), acts that must not have (``unless``), clocks
    that must have run or been closed (``awaits``). ``renews`` names acts that no longer count as having happened once
    this one has. ``opens`` starts clocks, ``closes`` names those it stops. ``readings`` are interpretations the line
    rests on.
    """

    act: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    basis: tuple[Ref, ...]
    label: str
    done: str
    facts: tuple[Input, ...] = ()
    when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    guard: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    renews: tuple[str, ...] = ()
    opens: tuple[Clock, ...] = ()
    closes: tuple[str, ...] = ()
    readings: tuple[Interpretation, ...] = ()

    def words(self, fact: str) -> list[str]:
        """The words of a fact that lead along this line; none where any will do."""
        return [str(word).lower() for word in self.when.get(fact, ()) if word is not None]

    @property
    def needed(self) -> frozenset[str]:
        """Every act that ``needs`` names."""
        return frozenset(act for each in self.needs for act in each.split("|"))

    def is_open_after(self, happened: frozenset[str]) -> bool:
        """Whether what has happened so far lets the line be taken."""
        lacking = any(happened.isdisjoint(each.split("|")) for each in self.needs)
        return not lacking and happened.isdisjoint(self.unless)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What may not happen in some states, and why, for whoever looks for it there.

    With ``after`` it says why a line is not open there while one of these acts counts: the line excludes the act, and
    the block gives that one obstacle its own words and passages.
    """

    act: str
    states: frozenset[str]
    why: str
    basis: tuple[Ref, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a table promises about every case, whatever happens in whatever order; the static checker proves it.

    ``to``, an act or a state, is never reached before one of the acts ``after`` has happened, or never while ``clock``
    is open. With ``since`` the promise holds, each time anew, for a case that has come into that state.
    """

    to: str
    after: tuple[str, ...] = ()
    clock: str = ""
    since: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Procedure:
    """A procedure of a text.

    ``states`` gives each state its French name, and no state is named like an act. ``since`` is the first day on which
    a case can have begun under this edition of the procedure; a case keeps the edition of the day it began.
    """

    name: str
    title: str
    text: str
    initial: str
    finals: frozenset[str]
    states: Mapping[str, str]
    transitions: Sequence[Transition]
    blocks: Sequence[Block] = ()
    gates: Sequence[Gate] = ()
    since: date | None = None

    @cached_property
    def acts(self) -> Mapping[str, tuple[Transition, ...]]:
        """The lines of each act, in the order of the table."""
        lines: dict[str, tuple[Transition, ...]] = {}
        for line in self.transitions:
            lines[line.act] = (*lines.get(line.act, ()), line)
        return lines

    @cached_property
    def clocks(self) -> Mapping[str, Clock]:
        """Every clock the acts open, by its name."""
        return {clock.name: clock for line in self.transitions for clock in line.opens}

    def transition(self, act: str) -> Transition:
        """The line of an act that has only one.

        Raises:
            UnknownAct: the procedure has none, or several.
        """
        lines = self.acts.get(act, ())
        if len(lines) != 1:
            raise UnknownAct(act)
        return lines[0]

    def choose(self, act: str, state: str, facts: Mapping[str, Any]) -> Transition | None:
        """The line an act follows from a state, by its facts; None if none leads on from there.

        Raises:
            UnknownAct: the procedure has no such act.
        """
        if act not in self.acts:
            raise UnknownAct(act)
        for each in self.acts[act]:
            told = {**{fact.name: fact.default for fact in each.facts}, **facts}
            if state in each.sources and all(told[name] in words for name, words in each.when.items()):
                return each
        return None

    def possible(self, state: str, role: str | None = None) -> tuple[Transition, ...]:
        """The lines that leave a state, for one role or for any, in the order of the table."""
        return tuple(
            transition
            for transition in self.transitions
            if state in transition.sources and (role is None or role in transition.who)
        )

    def blocked(self, state: str) -> tuple[Block, ...]:
        """What may not happen in a state, whatever has happened, and why."""
        return tuple(block for block in self.blocks if state in block.states and not block.after)

    def exclusion(self, line: Transition, state: str, happened: frozenset[str]) -> Block | None:
        """Why an act that has happened excludes a line of this state, where the table has words for it."""
        blocks = (block for block in self.blocks if block.act == line.act and state in block.states)
        return next((block for block in blocks if happened & {*block.after} & {*line.unless}), None)

    def is_final(self, state: str) -> bool:
        """Whether the procedure can end in this state."""
        return state in self.finals


def line(
    text: LegalText, act: str, path: str, *, who: str, basis: str, words: tuple[str, str], **more: Any
) -> Transition:
    """One line of a table: ``path`` reads ``draft submitted > cancelled``, ``words`` are the button and what it did.

    ``basis`` are addresses of ``text``; passages of other texts go into ``beyond``.
    """
    sources, target = path.split(" > ")
    return Transition(
        act=act,
        sources=frozenset(sources.split()),
        target=target,
        who=frozenset(who.split()),
        basis=(*text.refs(*basis.split()), *more.pop("beyond", ())),
        label=words[0],
        done=words[1],
        **more,
    )


def block(
    text: LegalText,
    act: str,
    states: str,
    why: str,
    basis: str,
    *,
    beyond: tuple[Ref, ...] = (),
    after: tuple[str, ...] = (),
) -> Block:
    """One thing that may not happen in some states, on addresses of ``text``; passages of others go into ``beyond``."""
    refs = (*text.refs(*basis.split()), *beyond)
    return Block(act=act, states=frozenset(states.split()), why=why, basis=refs, after=after)
