"""Article 11 al. 2: the fee of an application is shared, to the centime, and nothing written is ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guichet.identity.models import Share, ShareKind
from guichet.identity.models.shares import PARTS
from guichet.identity.operations import fees, loss_fees, sharing, statements
from guichet.identity.operations.sharing import divide
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow
from guichet.law.kernel.money import Chf
from guichet.law.questions import adopt_facts
from tests.identity.builders import AT, CENTRE, CHILD, GENEVA, acted, an_application
from tests.identity.counter import an_agent_of, deed, done
from tests.identity.loss_builders import POLICE, recorded
from tests.identity.shares import booked, configure, paid

pytestmark = [pytest.mark.django_db, pytest.mark.applies("RDId 11/2")]
LATER = datetime(2026, 12, 3, 9, 0, tzinfo=ZURICH)


@pytest.fixture(autouse=True)
def packaged_facts() -> Iterator[None]:
    yield
    adopt_facts(None)


def parts(share: Share) -> tuple[int, int, int, int, int]:
    return (
        share.fee_centimes,
        share.federal_centimes,
        share.canton_centimes,
        share.commune_part_centimes,
        share.undivided_centimes,
    )


def test_half_of_the_cantons_share_of_a_card_lodged_at_the_commune_is_the_communes(tmp_path: Path) -> None:
    configure(tmp_path)

    share = booked(6500)

    assert parts(share) == (6500, 3000, 1750, 1750, 0)
    assert share.commune == GENEVA
    assert "RDId:11/2" in share.basis
    assert share.subject == "carte d'identité, adulte"


def test_the_odd_centime_stays_with_the_canton(tmp_path: Path) -> None:
    configure(tmp_path)

    share = booked(3000, born_on=CHILD)

    assert parts(share) == (3000, 1475, 763, 762, 0)
    assert share.is_minor


def test_the_commune_gets_nothing_of_a_passport(tmp_path: Path) -> None:
    configure(tmp_path)

    share = booked(14000, request="passport")

    assert parts(share) == (14000, 8000, 6000, 0, 0)
    assert share.commune == 0


@pytest.mark.parametrize("kind", ["adult", "child"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(canton=st.integers(0, 3000), at_commune=st.booleans())
def test_any_configured_share_makes_parts_that_sum_exactly(
    kind: str,
    canton: int,
    at_commune: bool,
    tmp_path: Path,  # noqa: FBT001 - Hypothesis gives it
) -> None:
    fee = 6500 if kind == "adult" else 3000
    configure(tmp_path, **{f"identity_card_{kind}": Chf(canton).francs})

    found = divide(
        "identity_card", is_minor=kind == "child", at_commune=at_commune, fee=Chf(fee), on=date(2026, 11, 23)
    )

    assert found.federal + found.canton + found.commune == Chf(fee)
    assert found.undivided == Chf(0)
    assert found.commune == Chf(canton // 2 if at_commune else 0)
    assert found.canton - found.commune in ((Chf(0), Chf(1)) if at_commune else (Chf(canton),))


@settings(deadline=None, max_examples=60)
@given(fee=st.integers(1, 10**7).filter(lambda fee: fee != 6500))
def test_a_fee_that_is_not_the_tariffs_is_not_divided_but_named(fee: int) -> None:
    found = divide("identity_card", is_minor=False, at_commune=True, fee=Chf(fee), on=date(2026, 11, 23))

    assert (found.federal, found.canton, found.commune, found.undivided) == (Chf(0), Chf(0), Chf(0), Chf(fee))
    assert found.missing


def test_while_a_share_is_unknown_the_entry_says_so_and_what_is_missing() -> None:
    share = booked(6500)

    assert parts(share) == (6500, 0, 0, 0, 6500)
    assert "annexe 3" in share.missing
    assert sharing.resolve(at=LATER) == (0, 1)


def test_once_the_office_has_configured_the_shares_they_are_divided(tmp_path: Path) -> None:
    share = booked(6500)
    configure(tmp_path)

    assert sharing.resolve(at=LATER) == (1, 0)

    divided = Share.objects.get(answered=share)
    assert parts(divided) == (0, 3000, 1750, 1750, -6500)
    assert divided.kind == ShareKind.DIVIDED
    assert sharing.resolve(at=LATER) == (0, 0)


def test_an_exemption_is_in_the_ledger_with_nothing_to_share() -> None:
    application = an_application(fee_centimes=6500)
    application.exempted_at = AT
    application.save(update_fields=["exempted_at"])
    acted(application, "fee_exempted")

    share = sharing.book(application, at=AT)

    assert (share.kind, parts(share)) == (ShareKind.EXEMPTED, (0, 0, 0, 0, 0))


def test_booked_twice_a_fee_counts_once() -> None:
    application = paid(6500)
    first = sharing.book(application, at=AT)

    assert sharing.book(application, at=LATER) == first
    assert Share.objects.count() == 1


def test_who_comes_of_age_before_appearing_has_the_first_fee_taken_back_and_the_new_one_booked(tmp_path: Path) -> None:
    configure(tmp_path)
    application = paid(3000, born_on=date(2008, 11, 30))
    sharing.book(application, at=AT)
    application.fee_centimes, application.appeared_on = 6500, date(2026, 12, 3)

    sharing.book(application, at=LATER)

    assert [one.fee_centimes for one in Share.objects.of_case(application.reference)] == [3000, -3000, 6500]
    assert Share.objects.latest("place").is_minor is False


def test_a_correction_is_an_entry_of_the_opposite_sign_and_is_made_once(tmp_path: Path) -> None:
    share = booked(6500)
    configure(tmp_path)
    sharing.resolve(at=LATER)

    opposite = sharing.correct(share, reason="Encaissé deux fois.", actor=CENTRE, at=LATER)

    assert parts(opposite) == (-6500, -3000, -1750, -1750, 0)
    assert opposite.reason == "Encaissé deux fois."
    with pytest.raises(NotAllowedNow, match="déjà corrigée"):
        sharing.correct(share, reason="Encore.", actor=CENTRE, at=LATER)


def test_the_law_of_the_day_of_appearance_divides_a_fee_paid_later(tmp_path: Path) -> None:
    configure(tmp_path)
    application = paid(3000, born_on=date(2008, 11, 30))
    application.appeared_on = date(2026, 11, 29)

    share = sharing.book(application, at=LATER)

    assert share.law_day == date(2026, 11, 29)
    assert (share.is_minor, share.undivided_centimes) == (True, 0)


@pytest.mark.parametrize("column", ["federal_centimes", "undivided_centimes"])
def test_the_database_refuses_parts_that_do_not_sum_to_the_fee(column: str) -> None:
    share = booked(6500)
    share.pk, share.place = None, 2
    setattr(share, column, getattr(share, column) + 1)
    share._state.adding = True

    with pytest.raises(IntegrityError, match="share_sums_to_the_fee"), transaction.atomic():
        share.save(force_insert=True)


def test_the_database_refuses_a_communes_part_without_a_commune(tmp_path: Path) -> None:
    configure(tmp_path)
    share = booked(6500)
    share.pk, share.place, share.commune = None, 2, 0
    share._state.adding = True

    with pytest.raises(IntegrityError, match="share_of_a_commune_needs_a_commune"), transaction.atomic():
        share.save(force_insert=True)


@pytest.mark.parametrize("statement", ["UPDATE identity_share SET fee_centimes = 0", "DELETE FROM identity_share"])
def test_the_database_refuses_to_change_or_remove_an_entry(statement: str) -> None:
    booked(6500)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_fee_taken_or_exempted_at_the_counter_is_booked_with_the_act(tmp_path: Path) -> None:
    configure(tmp_path)
    agent = an_agent_of("commune")
    taken = done(an_application(), agent, "appearance_recorded", "fee_paid")
    exempted = done(an_application(), agent, "appearance_recorded", "fee_exempted")

    assert parts(Share.objects.of_case(taken.reference).get()) == (6500, 3000, 1750, 1750, 0)
    assert parts(Share.objects.of_case(exempted.reference).get()) == (0, 0, 0, 0, 0)
    assert statements.differences(date(2026, 11, 1)) == []


def test_what_a_birthday_adds_is_booked_by_taking_the_first_fee_back(tmp_path: Path) -> None:
    configure(tmp_path)
    agent, eve = an_agent_of("commune"), AT - timedelta(days=1)
    application = done(an_application(born_on=date(2008, 11, 23), at=eve), agent, "fee_paid", at=eve)
    done(application, agent, "appearance_recorded")

    fees.take_difference(application, agent=deed("fee_paid", agent).agent, at=AT)

    entries = Share.objects.of_case(application.reference)
    assert [parts(one) for one in entries] == [
        (3000, 1475, 763, 762, 0),
        (-3000, -1475, -763, -762, 0),
        (6500, 3000, 1750, 1750, 0),
    ]
    assert statements.differences(date(2026, 11, 1)) == []


def test_the_fee_of_a_declaration_of_loss_is_in_the_ledger_and_waits_for_its_share() -> None:
    declaration = recorded()
    loss_fees.take_fee(declaration, police=POLICE, at=AT)

    entry = Share.objects.get()
    assert (entry.case_reference, entry.kind) == (declaration.reference, ShareKind.PAID)
    assert (entry.fee_centimes, entry.undivided_centimes, entry.commune) == (4000, 4000, 0)
    assert "la part du canton sur l'émolument d'une déclaration" in entry.missing
    assert entry.subject == "déclaration de vol, de perte ou de destruction"
    assert Share.objects.to_divide().count() == 1


@pytest.mark.parametrize("canton", ["40.00", "33.35", "0.01"])
def test_the_fee_of_a_declaration_is_divided_exactly_once_its_share_is_known(tmp_path: Path, canton: str) -> None:
    loss_fees.take_fee(recorded(), police=POLICE, at=AT)
    configure(tmp_path, loss_declaration=canton)

    assert sharing.resolve(at=AT) == (1, 0)

    sums = {part: sum(getattr(one, f"{part}_centimes") for one in Share.objects.all()) for part in PARTS}
    share = Chf.parse(canton).centimes
    assert sums == {"fee": 4000, "federal": 4000 - share, "canton": share, "commune_part": 0, "undivided": 0}


def test_a_declaration_exempted_by_the_police_is_in_the_ledger_with_nothing_to_share() -> None:
    loss_fees.exempt(recorded(), police=POLICE, proof="Attestation de l'Hospice général", at=AT)

    entry = Share.objects.get()
    assert (entry.kind, entry.fee_centimes, entry.undivided_centimes) == (ShareKind.EXEMPTED, 0, 0)


def test_a_correction_may_book_the_fee_of_a_declaration_anew_under_the_law_of_its_day() -> None:
    loss_fees.take_fee(recorded(), police=POLICE, at=AT)

    sharing.correct(Share.objects.get(), reason="Quittance refaite.", actor=CENTRE, at=LATER, again=True)

    assert [one.fee_centimes for one in Share.objects.order_by("place")] == [4000, -4000, 4000]
    assert {one.law_day for one in Share.objects.all()} == {AT.date()}


def test_a_correction_may_book_a_fee_anew_under_the_law_of_its_day() -> None:
    share = booked(6500)

    sharing.correct(share, reason="Montant à répartir autrement.", actor=CENTRE, at=LATER, again=True)

    assert [one.fee_centimes for one in Share.objects.order_by("place")] == [6500, -6500, 6500]
    assert {one.law_day for one in Share.objects.all()} == {share.law_day}
