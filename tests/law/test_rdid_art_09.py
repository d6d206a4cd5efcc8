"""RDId 9: the grounds of refusal and withdrawal are those of federal law, as dated data."""

from __future__ import annotations

from datetime import date

from guichet.law import questions


def test_the_grounds_of_a_refusal_or_withdrawal_are_a_closed_list_of_federal_law() -> None:
    refusals = questions.identity_grounds("refuse", date(2024, 1, 1))
    withdrawals = questions.identity_grounds("withdraw", date(2024, 1, 1))

    assert [ground.ref.cite for ground in refusals] == ["art. 6 LDI"] * 4
    assert [ground.ref.cite for ground in withdrawals] == ["art. 7 LDI"] * 4
    assert all(ground.ref.outside and ground.ref.source for ground in (*refusals, *withdrawals))


def test_of_the_grounds_before_the_state_read_nothing_is_said() -> None:
    assert questions.identity_grounds("refuse", date(2023, 8, 31)) == ()
