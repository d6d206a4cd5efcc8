"""What an authority may do with an application now, as buttons: derived from the procedure, nothing decided here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from guichet.identity.models import IdentityApplication, Request
from guichet.identity.operations import counter
from guichet.institutions.models import Office
from guichet.kit.components import Passage
from guichet.law.kernel.procedures import Transition
from guichet.law.kernel.replay import Replay

_FOUR_EYES = "Vous avez contrôlé cette demande : une autre personne du centre l'approuve."


class Button(NamedTuple):
    """An act that this authority may take; greyed with its obstacle, and until when, where it may not be taken yet."""

    act: str
    label: str
    guard: str
    basis: tuple[Passage, ...]
    obstacle: str = ""


def buttons(
    application: IdentityApplication, stands: Replay, *, office: Office, checked: Sequence[str], agent: str
) -> list[Button]:
    """Every act of the procedure that leaves the present state, or is blocked in it, and is this authority's, once."""
    found: dict[str, Button] = {}
    for line in stands.possible:
        if _is_ours(line, application, office):
            own = _FOUR_EYES if line.act == "document_ordered" and agent in checked else ""
            found.setdefault(line.act, Button(line.act, line.label, line.guard, line.basis, own))
    for blocked in stands.blocked:
        lines = application.procedure.acts[blocked.act]
        if blocked.act in found or not any(_is_ours(line, application, office) for line in lines):
            continue
        if not any(stands.happened & {*line.unless, line.act} for line in lines):
            found[blocked.act] = Button(blocked.act, lines[0].label, "", blocked.basis, blocked.sentence)
    return list(found.values())


def _is_ours(line: Transition, application: IdentityApplication, office: Office) -> bool:
    """Whether the act is one of this authority, and of the document that is asked for (RDId 3/2)."""
    if not counter.is_for(line.act, line.who, office):
        return False
    is_card = application.request == Request.IDENTITY_CARD
    return line.act != ("biometrics_captured" if is_card else "photo_accepted")
