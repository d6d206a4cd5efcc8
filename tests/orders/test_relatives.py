"""The agent is shown the tie between who orders and who died, where the register shows one."""

from __future__ import annotations

import pytest

from guichet.orders.eligibility import Finding, findings
from guichet.orders.models import Order, Subject
from guichet.orders.relatives import CONDITION, with_tie
from guichet.people.models import Person
from guichet.people.register import check_eligibility

from .builders import AT, CLERK, RESIDENCE, a_draft, an_account

pytestmark = pytest.mark.django_db
DECEASED = "attestation-pour-une-personne-decedee"
HENRI = "GE-D06"


def ordered_by(applicant: str | None, *, slug: str = DECEASED) -> Order:
    """An order of this account holder's about Henri Chappuis, whom an agent has found in the register."""
    order = a_draft(slug, account=an_account(person=applicant))
    order.person = Person.objects.filter(local_person_id=HENRI).first()
    return order


def told(order: Order) -> dict[str, Finding]:
    assert order.person_id is not None
    facts = check_eligibility(order.person_id, reader=CLERK, reason="essai", case_reference=order.reference, at=AT)
    return {each.code: each for each in with_tie(findings(order.version.conditions, facts), order)}


@pytest.mark.parametrize(("applicant", "word"), [("GE-D07", "époux ou l'épouse"), ("GE-D08", "descendant")])
def test_a_close_relative_of_the_register_meets_the_condition(applicant: str, word: str) -> None:
    found = told(ordered_by(applicant))[CONDITION]

    assert found.met is True
    assert found.sentence.endswith("selon le registre.")
    assert word in found.sentence.partition(". ")[2]


def test_without_a_tie_in_the_register_the_agent_still_decides() -> None:
    found = told(ordered_by("GE-D01"))[CONDITION]

    assert found.met is None
    assert "ne montre pas ce lien" in found.sentence


def test_nothing_more_is_told_of_an_order_without_a_known_applicant_or_of_another_service() -> None:
    order = ordered_by("GE-D07")
    before = [Finding(code, None, code) for code in order.version.conditions]
    guest, other = Order(subject=Subject.DECEASED, person_id=order.person_id), ordered_by_another()

    assert with_tie(before, guest) == before
    assert with_tie(before, other) == before


def ordered_by_another() -> Order:
    order = a_draft(RESIDENCE, account=an_account("bob@exemple.ch", person=None))
    order.person = Person.objects.get(local_person_id=HENRI)
    return order
