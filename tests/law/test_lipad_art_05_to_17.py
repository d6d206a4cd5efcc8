"""Articles 5 to 17: whose sittings are public, not public or closed, over every body and ground."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from guichet.law.acts.lipad.sittings import DEPARTURES, PUBLICITY, ClosureGround, SittingBody
from guichet.law.kernel.answers import Referred, Unknown
from guichet.law.questions import ask

TODAY = date(2025, 1, 11)
# The rule of each body, from the map: how it sits, and the passage.
ORDINARY = {
    "grand_council": ("public", "8/1"),
    "gc_bureau": ("not_public", "9"),
    "gc_committee": ("not_public", "9"),
    "council_of_state": ("not_public", "10"),
    "cantonal_administration": ("not_public", "11/1"),
    "high_council": ("closed", "12/2"),
    "judicial_service": ("not_public", "13/1"),
    "communal_executive": ("not_public", "14"),
    "communal_administration": ("not_public", "15/1"),
    "municipal_council": ("public", "16/1"),
    "municipal_committee": ("not_public", "16/3"),
    "public_body_executive": ("not_public", "17/1"),
    "public_body_service": ("not_public", "17/2"),
    "public_body_assembly": ("public", "17/4"),
}
# What departs from it: how the body then sits, whether the commissioner is told, and the passage.
DEPARTING = {
    ("grand_council", "pardon_minor"): ("closed", False, "8/2/b"),
    ("grand_council", "immunity"): ("closed", False, "8/2/c"),
    ("grand_council", "secrecy"): ("closed", False, "8/2/d"),
    ("grand_council", "overriding_interest"): ("closed", False, "8/2/e"),
    ("grand_council", "decided_closed"): ("closed", False, "8/2/e"),
    ("cantonal_administration", "overriding_interest"): ("closed", True, "11/2"),
    ("cantonal_administration", "decided_closed"): ("closed", True, "11/2"),
    ("judicial_service", "overriding_interest"): ("closed", True, "13/2"),
    ("judicial_service", "decided_closed"): ("closed", True, "13/2"),
    ("communal_administration", "overriding_interest"): ("closed", True, "15/2"),
    ("communal_administration", "decided_closed"): ("closed", True, "15/2"),
    ("municipal_council", "naturalisation_over_25"): ("closed", False, "16/2/a"),
    ("municipal_council", "secrecy"): ("closed", False, "16/2/b"),
    ("municipal_council", "overriding_interest"): ("closed", False, "16/2/c"),
    ("municipal_council", "decided_closed"): ("closed", False, "16/2/c"),
    ("public_body_executive", "overriding_interest"): ("closed", True, "17/3"),
    ("public_body_executive", "decided_closed"): ("closed", True, "17/3"),
    ("public_body_service", "overriding_interest"): ("closed", True, "17/3"),
    ("public_body_service", "decided_closed"): ("closed", True, "17/3"),
    ("public_body_assembly", "overriding_interest"): ("not_public", False, "17/4"),
    ("public_body_assembly", "decided_closed"): ("not_public", False, "17/4"),
}
GROUNDS = tuple(ground.value for ground in ClosureGround)


@pytest.mark.parametrize(("body", "ground"), list(product(ORDINARY, GROUNDS)))
def test_a_sitting_is_held_as_its_own_article_says(body: str, ground: str) -> None:
    answer = ask("lipad.publicity", on=TODAY, body=body, ground=ground)

    publicity, rule = ORDINARY[body]
    publicity, is_notified, address = DEPARTING.get((body, ground), (publicity, False, rule))
    assert answer.require() == {"publicity": publicity, "notify_commissioner": is_notified}
    is_foreign = ground != "none" and (body, ground) not in DEPARTING
    cited = (rule, "5/1") if is_foreign else dict.fromkeys((address, rule))
    assert [ref.address for ref in answer.because] == list(cited)


@pytest.mark.parametrize(("body", "ground"), list(product(ORDINARY, GROUNDS)))
def test_a_ground_the_body_does_not_have_changes_nothing_and_is_reserved(body: str, ground: str) -> None:
    answer = ask("lipad.publicity", on=TODAY, body=body, ground=ground)

    is_foreign = ground != "none" and (body, ground) not in DEPARTING
    assert any("n'est pas un motif de huis clos" in each for each in answer.reservations) == is_foreign


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_publicity_of_a_hearing_is_for_the_laws_of_the_judiciary(ground: str) -> None:
    answer = ask("lipad.publicity", on="2026-01-01", body="court_hearing", ground=ground)

    assert isinstance(answer, Referred)
    assert [ref.address for ref in answer.because] == ["12/1"]
    assert "autorités judiciaires" in answer.authority
    assert "11 janvier 2025" in answer.reservations[0]


def test_the_commissioner_is_told_of_closures_ordered_under_four_passages_only() -> None:
    told = {
        line.address
        for line in PUBLICITY.lines
        if not isinstance(line.value, Referred) and line.value.notify_commissioner
    }

    assert told == {"11/2", "13/2", "15/2", "17/3"}


@pytest.mark.parametrize("body", ["gc_bureau", "gc_committee", "municipal_committee"])
def test_committees_sit_without_public_unless_another_provision_says_otherwise(body: str) -> None:
    assert "autre disposition" in ask("lipad.publicity", on=TODAY, body=body, ground="none").reservations[0]


def test_an_assembly_that_withdraws_publicity_is_not_closed_and_the_reading_is_reserved() -> None:
    answer = ask("lipad.publicity", on=TODAY, body="public_body_assembly", ground="decided_closed")

    assert answer.require()["publicity"] == "not_public"
    assert any("Interprétation n° 24" in each for each in answer.reservations)


def test_a_closure_by_decision_needs_both_the_interest_and_the_decision() -> None:
    for ground in ("overriding_interest", "decided_closed"):
        answer = ask("lipad.publicity", on=TODAY, body="grand_council", ground=ground)

        assert "intérêt prépondérant et, au cas par cas, la décision" in answer.reservations[0]


def test_every_ground_is_of_use_to_some_body_and_every_body_has_its_rule() -> None:
    used = {ground for line in DEPARTURES for ground in line.when["ground"]}

    assert used == set(ClosureGround) - {ClosureGround.NONE}
    assert set(SittingBody) == {*ORDINARY, "court_hearing"}


def test_the_wording_on_sittings_is_known_since_2010() -> None:
    for body, ground in product((*ORDINARY, "court_hearing"), GROUNDS):
        answer = ask("lipad.publicity", on="2009-12-31", body=body, ground=ground)

        assert isinstance(answer, Unknown)
        assert answer.before == date(2010, 1, 1)
