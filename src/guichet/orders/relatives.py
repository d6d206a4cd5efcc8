"""What the register shows of the tie between an account's holder and the deceased person of their order."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.people.models import Account
from guichet.people.register import Tie, tie_to_deceased

from .eligibility import Finding
from .models import Order, Subject

CONDITION = "close_relative"
_SHOWN = {
    Tie.SPOUSE: "La personne qui commande est l'époux ou l'épouse, selon le registre.",
    Tie.PARTNER: "La personne qui commande est le ou la partenaire enregistré-e, selon le registre.",
    Tie.ASCENDANT: "La personne qui commande est un ascendant en ligne directe, selon le registre.",
    Tie.DESCENDANT: "La personne qui commande est un descendant en ligne directe, selon le registre.",
}
_NOT_SHOWN = "Le registre ne montre pas ce lien : demandez une pièce d'état civil si rien d'autre ne l'établit."


def with_tie(found: Sequence[Finding], order: Order) -> list[Finding]:
    """The findings, the tie told where both persons are known: met if the register shows it, else for an agent to tell.

    For the agent only, who opened the deceased person's record for this order (at most thirteen statements).
    """
    if order.subject != Subject.DECEASED or order.account_id is None or order.person_id is None:
        return list(found)
    if all(finding.code != CONDITION for finding in found):
        return list(found)
    applicant_id = Account.objects.filter(pk=order.account_id).values_list("person_id", flat=True).first()
    if applicant_id is None:
        return list(found)
    tie = tie_to_deceased(applicant_id, order.person_id)
    return [_told(finding, tie) if finding.code == CONDITION else finding for finding in found]


def _told(finding: Finding, tie: Tie | None) -> Finding:
    said = _NOT_SHOWN if tie is None else _SHOWN[tie]
    return finding._replace(met=True if tie else None, sentence=f"{finding.sentence} {said}")
