"""What the tables of LIPAD promise is proven, and a table that would break a promise is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guichet.law.kernel.procedures import Procedure, Transition
from guichet.law.kernel.proof import check_procedure
from guichet.law.procedures import PROCEDURES


def _changed(name: str, act: str, source: str, **change: Any) -> Procedure:
    """A procedure with the lines of one act from one state changed."""
    procedure = PROCEDURES[name]
    lines = [replace(line, **change) if _is(line, act, source) else line for line in procedure.transitions]
    assert lines != list(procedure.transitions)
    return replace(procedure, transitions=tuple(lines))


def _is(line: Transition, act: str, source: str) -> bool:
    return line.act == act and source in line.sources


def _sources(*states: str) -> dict[str, Any]:
    return {"sources": frozenset(states)}


NO_GUARD: dict[str, Any] = {"needs": (), "unless": (), "awaits": ()}


@pytest.mark.parametrize(
    ("name", "act", "source", "change", "found"),
    [
        ("lipad.access", "released", "grant_intended", NO_GUARD, "released can be reached while mediation is open"),
        (
            "lipad.access",
            "grant_announced",
            "examination",
            {"opens": ()},
            "released awaits mediation, which may never have been opened",
        ),
        ("lipad.access", "released", "deferred", NO_GUARD, "released can be reached while deferral is open"),
        (
            "lipad.access",
            "released",
            "granted",
            _sources("granted", "agreed", "enforceable", "decided_for"),
            "released can be reached while appeal is open",
        ),
        (
            "lipad.access",
            "released",
            "granted",
            _sources("granted", "agreed", "enforceable", "mediation"),
            "released can be reached without mediation_succeeded or became_final since mediation",
        ),
        (
            "lipad.access",
            "access_granted",
            "examination",
            _sources("examination", "consulting"),
            "access_granted can be reached without consultation_closed since consulting",
        ),
        (
            "lipad.access",
            "grant_announced",
            "examination",
            NO_GUARD,
            "grant_announced can be reached without objection",
        ),
        (
            "lipad.access",
            "appeal_filed",
            "decided_for",
            _sources("decided_for", "decided_against", "refusal_intended"),
            "appeal_filed can be reached without decision_rendered",
        ),
        (
            "lipad.access",
            "decision_rendered",
            "recommended",
            _sources("recommended", "mediation"),
            "decision_rendered can be reached without recommendation_issued",
        ),
        ("lipad.access", "became_final", "decided_against", {"target": "enforceable"}, "without appeal_filed"),
        ("lipad.access", "became_final", "decided_for", NO_GUARD, "became_final can be reached while appeal is open"),
        (
            "lipad.access",
            "mediation_failed",
            "mediation",
            {"target": "mediation"},
            "recommendation_due cannot be reached",
        ),
        (
            "lipad.mediation",
            "term_lapsed",
            "refusal_intended",
            NO_GUARD,
            "unused can be reached while mediation is open",
        ),
        (
            "lipad.mediation",
            "mediation_failed",
            "mediation",
            {"target": "agreed"},
            "recommendation_due cannot be reached",
        ),
        ("lipad.rectification", "default_recorded", "requested", NO_GUARD, "default_recorded can be reached while"),
        (
            "lipad.rectification",
            "action_brought",
            "refused",
            _sources("refused", "defaulted", "requested"),
            "action_brought can be reached without",
        ),
        (
            "lipad.claim",
            "decision_rendered",
            "recommended",
            _sources("recommended", "examination"),
            "decision_rendered can be reached without recommendation_issued",
        ),
        ("lipad.claim", "became_final", "decided_for", NO_GUARD, "became_final can be reached while appeal is open"),
        (
            "lipad.communication",
            "conditions_verified",
            "foreign_body_asks",
            {"target": "cleared"},
            "data_communicated can be reached without commissioner_consulted since foreign_body_asks",
        ),
        (
            "lipad.communication",
            "communication_refused",
            "persons_first",
            {"target": "refused"},
            "refused can be reached without decision_notified since private_person_asks",
        ),
        (
            "lipad.destruction",
            "data_destroyed",
            "due",
            _sources("due", "intended", "deferred", "kept"),
            "data_destroyed can be reached without retention_ended since kept",
        ),
        (
            "lipad.accreditation",
            "accreditation_suspended",
            "suspension_proposed",
            NO_GUARD,
            "accreditation_suspended can be reached without medium_heard since suspension_proposed",
        ),
        (
            "lipad.accreditation",
            "measure_proposed",
            "accredited",
            {"renews": ()},
            "accreditation_suspended can be reached without journalist_heard since suspension_proposed",
        ),
        (
            "lipad.breach",
            "instance_seized",
            "unheeded",
            _sources("unheeded", "found"),
            "instance_seized can be reached",
        ),
    ],
)
def test_a_table_of_the_act_with_a_planted_defect_is_refused(
    name: str, act: str, source: str, change: dict[str, Any], found: str
) -> None:
    defects = check_procedure(_changed(name, act, source, **change))

    assert any(found in defect for defect in defects), defects


def test_the_promises_the_law_asks_for_are_among_those_proven() -> None:
    gates = {(gate.to, *gate.after, gate.clock) for gate in PROCEDURES["lipad.access"].gates}

    assert ("released", "mediation") in gates, "art. 28 al. 5 and 30 al. 2"
    assert ("appeal_filed", "decision_rendered", "") in gates, "art. 60 al. 1"
    assert ("decision_rendered", "recommendation_issued", "") in gates, "art. 30 al. 5"
