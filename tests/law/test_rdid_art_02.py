"""RDId 1 and 2: who is entitled, and which authority takes a request."""

from __future__ import annotations

import pytest

from guichet.law.kernel.answers import Decided, OutsideSources, Unknown
from guichet.law.questions import ask

AUTHORITIES = [
    ("identity_card", "commune", "2/1", "2010-03-01"),
    ("passport", "centre", "2/2", "2015-03-01"),
    ("both", "centre", "2/3", "2010-03-01"),
    ("provisional_passport", "uda", "2/4", "2016-07-01"),
    ("loss_declaration", "police", "2/5", "2015-03-01"),
]


@pytest.mark.parametrize("swiss", [True, False])
def test_every_swiss_citizen_and_nobody_else_is_entitled_to_both_documents(swiss: bool) -> None:  # noqa: FBT001
    answer = ask("rdid.entitled", on="2023-01-01", swiss=swiss)

    assert answer.require() == {"entitled": swiss}
    assert [ref.cite for ref in answer.because] == ["art. 1 RDId"]
    assert answer.reservations == ()


@pytest.mark.parametrize(("request_", "authority", "address", "known_from"), AUTHORITIES)
def test_each_request_has_its_authority(request_: str, authority: str, address: str, known_from: str) -> None:
    answer = ask("rdid.authority", on="2023-08-29", request=request_, resident=True)

    assert answer.require() == {"authority": authority}
    assert [(ref.address, str(ref.known_from)) for ref in answer.because] == [(address, known_from)]
    assert answer.reservations == ()


@pytest.mark.parametrize(("request_", "_", "address", "known_from"), AUTHORITIES)
def test_before_its_last_amendment_the_competence_is_unknown(
    request_: str, _: str, address: str, known_from: str
) -> None:
    from datetime import date, timedelta

    first = date.fromisoformat(known_from)

    before = ask("rdid.authority", on=first - timedelta(days=1), request=request_, resident=True)

    assert isinstance(before, Unknown)
    assert before.before == first
    assert before.because[0].address == address
    assert isinstance(ask("rdid.authority", on=first, request=request_, resident=True), Decided)


def test_the_centre_bears_its_present_name_only_since_november_2022() -> None:
    before = ask("rdid.authority", on="2022-10-31", request="passport", resident=True)
    after = ask("rdid.authority", on="2022-11-01", request="passport", resident=True)

    assert before.require() == after.require() == {"authority": "centre"}
    assert "1er novembre 2022" in before.reservations[0]
    assert after.reservations == ()


@pytest.mark.parametrize(("request_", "_", "address", "__"), AUTHORITIES)
def test_whoever_lives_elsewhere_is_left_to_federal_law(request_: str, _: str, address: str, __: str) -> None:
    answer = ask("rdid.authority", on="2023-01-01", request=request_, resident=False)

    assert isinstance(answer, OutsideSources)
    assert "OLDI" in answer.missing
    assert [ref.address for ref in answer.because] == [address, "12/2"]
    assert answer.because[1].outside
