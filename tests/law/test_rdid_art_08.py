"""RDId 8 al. 2 and 10 al. 3: a document given back or not."""

from __future__ import annotations

import pytest

from guichet.law.kernel.answers import Assessment, Unknown
from guichet.law.questions import ask


@pytest.mark.parametrize("inputs", [{}, {"abuse_feared": False}, {"abuse_feared": True}])
def test_a_recovered_document_is_never_given_back(inputs: dict[str, bool]) -> None:
    answer = ask("rdid.may_return", on="2023-01-01", event="recovered", **inputs)

    assert answer.require() == {"may": False}
    assert [ref.address for ref in answer.because] == ["10/3"]


def test_a_cancelled_document_is_not_given_back_where_abuse_is_feared() -> None:
    answer = ask("rdid.may_return", on="2023-01-01", event="cancelled", abuse_feared=True)

    assert answer.require() == {"may": False}
    assert [ref.address for ref in answer.because] == ["8/2"]


def test_without_fear_of_abuse_the_authority_weighs_the_request() -> None:
    answer = ask("rdid.may_return", on="2023-01-01", event="cancelled")

    assert isinstance(answer, Assessment)
    assert len(answer.criteria) == 2
    assert [ref.address for ref in answer.because] == ["8/2"]


def test_what_becomes_of_a_recovered_document_is_unknown_before_march_2015() -> None:
    assert isinstance(ask("rdid.may_return", on="2015-02-28", event="recovered"), Unknown)
    assert isinstance(ask("rdid.may_return", on="2015-02-28", event="cancelled"), Assessment)
