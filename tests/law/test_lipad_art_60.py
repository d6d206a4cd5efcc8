"""Article 60: on access to documents, only the decision after the recommendation can be appealed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from guichet.law.kernel.answers import Unknown
from guichet.law.questions import ask

ACTS = ("intention", "position", "decision_after_recommendation")
INSTITUTIONS = ("ordinary", "court_of_justice")


@pytest.mark.parametrize(("act", "institution"), list(product(ACTS, INSTITUTIONS)))
def test_only_the_decision_after_the_recommendation_can_be_appealed(act: str, institution: str) -> None:
    answer = ask("lipad.appeal", on="2025-01-11", act=act, institution=institution)

    if act != "decision_after_recommendation":
        assert answer.require() == {"appealable": False, "forum": None}
        assert [ref.address for ref in answer.because] == ["60/1"]
        assert "préposé cantonal" in answer.say()
    elif institution == "ordinary":
        assert answer.require() == {"appealable": True, "forum": "administrative_chamber"}
        assert "pas dans nos sources" in answer.reservations[0]
    else:
        assert answer.require() == {"appealable": True, "forum": "judicial_appeal_court"}
        assert [ref.address for ref in answer.because] == ["60/2", "60/1"]
        assert answer.reservations == ()


@pytest.mark.parametrize(("act", "institution"), list(product(ACTS, INSTITUTIONS)))
def test_before_2011_what_can_be_appealed_is_unknown(act: str, institution: str) -> None:
    answer = ask("lipad.appeal", on="2010-12-31", act=act, institution=institution)

    assert isinstance(answer, Unknown)
    assert answer.before == date(2011, 1, 1)
