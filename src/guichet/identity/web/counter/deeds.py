"""What an authority may do with an application now, as buttons: derived from the procedure, nothing decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from guichet.identity.models import IdentityApplication, Request
from guichet.identity.operations import counter, objections
from guichet.identity.quote import is_minor
from guichet.institutions.models import Office
from guichet.kit.components import Passage
from guichet.law.kernel.procedures import Transition
from guichet.law.kernel.replay import Replay

_FOUR_EYES = "Vous avez contrôlé cette demande : une autre personne du centre l'approuve."

_TOO_LATE = "Le document est déjà commandé : l'opposition est notée, et rappelée avant la remise."
_OF_DATA = ("photo_accepted", "biometrics_captured")


class Button(NamedTuple):
    """An act that this authority may take; greyed with its obstacle, and until when, where it may not be taken yet."""

    act: str
    label: str
    guard: str
    basis: tuple[Passage, ...]
    obstacle: str = ""


def buttons(
    application: IdentityApplication,
    stands: Replay,
    *,
    office: Office,
    checked: Sequence[str],
    agent: str,
    lacking: str,
) -> list[Button]:
    """Every act of the procedure that leaves the present state, or is blocked in it, and is this authority's, once.

    ``checked`` are the agents who checked it, ``lacking`` says which data are still to be taken.
    """
    is_unrepresented = counter.is_unrepresented(application, stands.happened, on=stands.on)
    own = {
        "document_ordered": _FOUR_EYES if agent in checked else counter.UNREPRESENTED if is_unrepresented else "",
        **dict.fromkeys(_OF_DATA, lacking),
    }
    found: dict[str, Button] = {}
    for line in stands.possible:
        if _is_ours(line, application, office) and not _is_settled(line, application, stands):
            found.setdefault(line.act, Button(line.act, line.label, line.guard, line.basis, own.get(line.act, "")))
    for blocked in stands.blocked:
        lines = application.procedure.acts[blocked.act]
        ours = any(_is_ours(line, application, office) for line in lines)
        if ours and blocked.act not in found and not any(_is_settled(line, application, stands) for line in lines):
            found[blocked.act] = Button(blocked.act, lines[0].label, "", blocked.basis, blocked.sentence)
    return list(found.values())


def of_a_late_objection(application: IdentityApplication, *, office: Office, is_noted: bool, on: date) -> list[Button]:
    """Noting an objection that comes after the order, or lifting the one noted: the procedure has no line for it."""
    line = application.procedure.acts[objections.LIFTED if is_noted else objections.RECORDED][0]
    is_after = application.state in objections.AFTER_THE_ORDER
    if not (is_after and counter.is_for(line.act, line.who, office)):
        return []
    if not is_minor(application.born_on, on=application.age_day(on)):
        return []
    return [Button(line.act, line.label, "" if is_noted else _TOO_LATE, line.basis)]


def _is_settled(line: Transition, application: IdentityApplication, stands: Replay) -> bool:
    """Whether nothing is to be done here any more: it was done, another act stands for it, or it is for minors only."""
    if line.act in _OF_DATA and application.checked_by is None:
        return False
    if line.act == counter.REPRESENTED and not counter.is_protected_adult(application, on=stands.on):
        return True
    if line.act == objections.LIFTED and application.opposed_on is None:
        return True
    was_done = line.act in stands.happened and line.target in line.sources
    is_of_parents = "minority_recorded" in line.needs or line.act == objections.RECORDED
    is_for_minors = is_of_parents and not is_minor(application.born_on, on=application.age_day(stands.on))
    excluded = {*line.unless} - _explained(application, line.act)
    return was_done or is_for_minors or bool(stands.happened & excluded)


def _explained(application: IdentityApplication, act: str) -> frozenset[str]:
    """What excludes an act only for a time, in words of its own: the act is greyed with them, not left out."""
    blocks = application.procedure.blocks
    return frozenset(after for block in blocks if block.act == act for after in block.after)


def _is_ours(line: Transition, application: IdentityApplication, office: Office) -> bool:
    """Whether the act is one of this authority, and of the document that is asked for (RDId 3/2)."""
    if not counter.is_for(line.act, line.who, office):
        return False
    is_card = application.request == Request.IDENTITY_CARD
    return line.act != ("biometrics_captured" if is_card else "photo_accepted")
