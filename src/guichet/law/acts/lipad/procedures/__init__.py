"""The procedures of LIPAD, one module each, in the order of the text."""

from __future__ import annotations

from guichet.law.acts.lipad.procedures.access import ACCESS
from guichet.law.acts.lipad.procedures.accreditation import ACCREDITATION
from guichet.law.acts.lipad.procedures.breach import BREACH
from guichet.law.acts.lipad.procedures.claim import CLAIM
from guichet.law.acts.lipad.procedures.communication import COMMUNICATION
from guichet.law.acts.lipad.procedures.destruction import DESTRUCTION
from guichet.law.acts.lipad.procedures.mediation import MEDIATION_PROCEDURE
from guichet.law.acts.lipad.procedures.rectification import RECTIFICATION

LIPAD_PROCEDURES = (
    ACCESS,
    MEDIATION_PROCEDURE,
    RECTIFICATION,
    CLAIM,
    COMMUNICATION,
    DESTRUCTION,
    ACCREDITATION,
    BREACH,
)
