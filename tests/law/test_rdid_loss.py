"""The procedure of a declaration of theft, loss or destruction (`rdid.loss`)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guichet.law.kernel.inputs import BadInput
from guichet.law.kernel.proof import check_procedure
from guichet.law.procedures import find, replay

ON = date(2026, 3, 31)
DECLARED = {"event": "loss_declared", "at": "2026-03-02", "by": "applicant", "kind": "theft", "document": "passport"}
WAY = ["declaration_recorded", "fee_paid", "certificate_issued", "document_invalidated"]


def events(*acts: str) -> list[dict[str, Any]]:
    """A declaration and these acts of the police, the last of all by the centre where it is the destruction."""
    by = {"document_destroyed": "centre"}
    return [DECLARED, *({"event": act, "at": "2026-03-03", "by": by.get(act, "police")} for act in acts)]


def test_the_table_holds_what_it_promises() -> None:
    assert check_procedure(find("rdid.loss")) == ()


def test_a_declared_document_is_recorded_attested_and_invalid() -> None:
    case = replay("rdid.loss", events(*WAY), on=ON)

    assert case.state == "invalid"
    assert [ref.address for ref in case.history[-1].transition.basis] == ["10/3"]
    assert {"document_returned", "document_revalidated"} <= {blocked.act for blocked in case.blocked}


@pytest.mark.parametrize(("act", "by"), [("draft_abandoned", "applicant"), ("draft_lapsed", "system")])
def test_a_draft_is_given_up_by_its_author_or_for_being_forgotten_and_what_was_announced_never_is(
    act: str, by: str
) -> None:
    given_up = {"event": act, "at": "2026-03-03", "by": by}

    assert replay("rdid.loss", [given_up], on=ON).state == "dropped"
    with pytest.raises(BadInput):
        replay("rdid.loss", [DECLARED, given_up], on=ON)


def test_a_recovered_document_can_only_be_destroyed() -> None:
    case = replay("rdid.loss", events(*WAY, "document_recovered"), on=ON)

    assert [line.act for line in case.possible] == ["document_destroyed"]
    assert replay("rdid.loss", events(*WAY, "document_recovered", "document_destroyed"), on=ON).state == "destroyed"


@pytest.mark.parametrize(
    ("acts", "field", "accepted"),
    [
        (["certificate_issued"], "events[1].event", ["declaration_recorded"]),
        (["declaration_recorded", "document_recovered"], "events[2].event", None),
        (["declaration_recorded", "fee_paid", "fee_exempted"], "events[3].event", None),
        ([*WAY, "document_destroyed"], "events[5].event", None),
    ],
)
def test_an_act_out_of_order_is_refused(acts: list[str], field: str, accepted: list[str] | None) -> None:
    with pytest.raises(BadInput) as refused:
        replay("rdid.loss", events(*acts), on=ON)

    assert refused.value.field == field
    assert accepted in (None, refused.value.accepted)


@pytest.mark.parametrize("act", ["declaration_recorded", "certificate_issued", "fee_paid"])
def test_only_the_police_records_a_declaration(act: str) -> None:
    given = events("declaration_recorded", act) if act != "declaration_recorded" else events(act)

    with pytest.raises(BadInput) as refused:
        replay("rdid.loss", [*given[:-1], {**given[-1], "by": "centre"}], on=ON)

    assert refused.value.accepted == ["police"]


def test_only_the_centre_makes_a_recovered_document_unusable() -> None:
    given = events(*WAY, "document_recovered", "document_destroyed")

    with pytest.raises(BadInput) as refused:
        replay("rdid.loss", [*given[:-1], {**given[-1], "by": "police"}], on=ON)

    assert refused.value.accepted == ["centre"]


@pytest.mark.parametrize(("fact", "value"), [("kind", "renewal"), ("document", "visa")])
def test_what_is_declared_is_a_document_lost_stolen_or_destroyed(fact: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        replay("rdid.loss", [{**DECLARED, fact: value}], on=ON)

    assert refused.value.field == f"events[0].{fact}"
