"""Who may act on an application: the applicant, and the members of the authority that has it in hand."""

from __future__ import annotations

from guichet.casework.acts import Actor
from guichet.institutions.models import Office

from .models import IdentityApplication

# The names of the authorities (art. 2 RDId) as the procedures' roles write them.
ROLE_OF = {
    Office.Authority.COMMUNE: "commune",
    Office.Authority.CENTRE: "centre",
    Office.Authority.UDA: "airport_unit",
    Office.Authority.POLICE: "police",
    Office.Authority.DEPARTMENT: "department",
}


def applicant(application: IdentityApplication) -> Actor:
    """The applicant as the journal names them: by account, or as a guest of this application."""
    return Actor("applicant", str(application.account_id) if application.account_id else "guest")


def member(office: Office, account_id: object) -> Actor:
    """A member of an authority as the journal names them: in the role the procedure gives their office.

    Raises:
        KeyError: the office has no competence among identity documents.
    """
    return Actor(ROLE_OF[Office.Authority(office.authority)], str(account_id))
