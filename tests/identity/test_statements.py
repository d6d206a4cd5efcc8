"""The monthly statements of the communes: closing, the spreadsheet, the check against what was collected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from guichet.identity.models import Share, Statement
from guichet.identity.operations import loss_fees, sharing, statements
from guichet.identity.operations.losses import Lost
from guichet.kit.clock import ZURICH
from guichet.kit.errors import NotAllowedNow
from guichet.law.kernel.money import Chf
from guichet.law.questions import adopt_facts
from guichet.payments.operations.till import take_at_the_till
from guichet.payments.payable import Line
from tests.identity.builders import AT, CENTRE, CHILD, GENEVA
from tests.identity.loss_builders import POLICE, recorded
from tests.identity.shares import booked, configure, paid

pytestmark = [pytest.mark.django_db, pytest.mark.applies("RDId 11/2")]
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LATER = datetime(2026, 12, 3, 9, 0, tzinfo=ZURICH)


@pytest.fixture(autouse=True)
def known_shares(tmp_path: Path) -> Iterator[None]:
    configure(tmp_path)
    yield
    adopt_facts(None)


def of_geneva(month: date) -> statements.Totals:
    (found,) = statements.totals(month, commune=GENEVA)
    return found


def test_a_month_counts_what_each_commune_has_taken_and_the_total_is_their_sum() -> None:
    booked(6500)
    booked(3000, born_on=CHILD)
    booked(14000, request="passport")

    found = {one.commune: one for one in statements.totals(NOVEMBER)}

    assert found[GENEVA].entries == 2
    assert found[GENEVA].commune_part == Chf(1750 + 762)
    assert found[statements.CANTON].fee == Chf(14000)
    total = statements.together(list(found.values()))
    assert (total.entries, total.fee) == (3, Chf(23500))
    assert total.federal + total.canton + total.commune_part == total.fee


def test_a_month_that_is_not_over_is_not_closed() -> None:
    booked()

    with pytest.raises(NotAllowedNow, match="pas terminé"):
        statements.close(NOVEMBER, closed_by="system", at=AT)


def test_a_closed_month_has_a_statement_for_every_commune_with_or_without_fees() -> None:
    booked()

    statements.close(NOVEMBER, closed_by="system", at=LATER)

    kept = {one.commune: one for one in Statement.objects.all()}
    assert set(kept) == {statements.CANTON, GENEVA}
    assert kept[GENEVA].fee_centimes == 6500
    assert kept[statements.CANTON].entries == 0
    assert statements.is_intact(kept[GENEVA])


def test_what_is_corrected_after_the_closing_counts_in_the_month_that_is_open() -> None:
    share = booked()
    statements.close(NOVEMBER, closed_by="system", at=LATER)
    before = of_geneva(NOVEMBER)

    sharing.correct(share, reason="Erreur de saisie.", actor=CENTRE, at=LATER)

    assert of_geneva(NOVEMBER) == before
    assert of_geneva(DECEMBER).fee == Chf(-6500)
    assert statements.is_intact(Statement.objects.get(month=NOVEMBER, commune=GENEVA))


def test_what_is_booked_late_for_a_closed_month_counts_in_the_next_one() -> None:
    booked()
    statements.close(NOVEMBER, closed_by="system", at=LATER)

    late = booked(6500, at=AT)

    assert late.month == DECEMBER


def test_a_month_is_closed_once_and_none_before_a_closed_one() -> None:
    booked()
    statements.close(NOVEMBER, closed_by="system", at=LATER)

    with pytest.raises(NotAllowedNow, match="déjà clos"):
        statements.close(NOVEMBER, closed_by="system", at=LATER)
    with pytest.raises(NotAllowedNow, match="plus récent"):
        statements.close(date(2026, 10, 1), closed_by="system", at=LATER)


def test_months_with_entries_are_closed_in_their_order() -> None:
    booked()

    with pytest.raises(NotAllowedNow, match=r"11\.2026"):
        statements.close(DECEMBER, closed_by="system", at=datetime(2027, 1, 4, tzinfo=ZURICH))


def test_an_entry_slipped_into_a_closed_month_shows_in_its_digest() -> None:
    share = booked()
    statements.close(NOVEMBER, closed_by="system", at=LATER)
    share.pk, share.place = None, 2
    share._state.adding = True
    share.save(force_insert=True)

    assert not statements.is_intact(Statement.objects.get(month=NOVEMBER, commune=GENEVA))


def test_the_database_refuses_to_change_a_statement() -> None:
    statements.close(NOVEMBER, closed_by="system", at=LATER)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE identity_statement SET fee_centimes = 0")


def test_the_spreadsheet_has_french_headings_semicolons_its_mark_and_the_total_last() -> None:
    booked()

    written = statements.as_csv(statements.entries_of(NOVEMBER, GENEVA), of_geneva(NOVEMBER))

    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:5] == ["Date", "Référence", "Écriture", "Document", "Émolument CHF"]
    assert rows[1][4:9] == ["65.00", "30.00", "17.50", "17.50", "0.00"]
    assert rows[-1][3:9] == ["Total", "65.00", "30.00", "17.50", "17.50", "0.00"]


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    share = booked()
    sharing.correct(share, reason="=1+1", actor=CENTRE, at=AT)

    written = statements.as_csv(statements.entries_of(NOVEMBER, GENEVA), of_geneva(NOVEMBER)).decode("utf-8-sig")

    assert ";'=1+1\r\n" in written


def test_what_is_collected_and_shared_alike_makes_no_difference() -> None:
    booked()

    assert statements.differences(NOVEMBER) == []


def test_a_fee_collected_and_not_shared_and_one_shared_twice_are_listed() -> None:
    forgotten = paid(6500)
    share = booked(6500)
    share.pk, share.place = None, 2
    share._state.adding = True
    share.save(force_insert=True)

    found = {one.case_reference: one for one in statements.differences(NOVEMBER)}

    assert (found[forgotten.reference].collected, found[forgotten.reference].shared) == (Chf(6500), Chf(0))
    assert (found[share.case_reference].collected, found[share.case_reference].shared) == (Chf(6500), Chf(13000))
    assert len(found) == 2


def test_a_fee_shared_without_a_receipt_is_listed() -> None:
    share = booked()
    share.pk, share.case_reference = None, "PID-7K2M9XQA-4"
    share._state.adding = True
    share.save(force_insert=True)

    (found,) = statements.differences(NOVEMBER)

    assert (found.case_reference, found.collected, found.shared) == ("PID-7K2M9XQA-4", Chf(0), Chf(6500))


def test_postage_is_collected_and_not_shared() -> None:
    reference = booked().case_reference
    take_at_the_till(reference, [Line("postage", "Port", Chf(900), ())], at=AT)

    assert statements.differences(NOVEMBER) == []


def test_the_command_closes_a_month_and_refuses_in_french(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: LATER)
    booked()

    call_command("shares", "close", "2026-11")

    assert "2026-11 : 2 décomptes clos" in capsys.readouterr().out
    with pytest.raises(CommandError, match="déjà clos"):
        call_command("shares", "close", "2026-11")


def test_the_command_divides_what_has_become_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("guichet.kit.clock.now", lambda: LATER)
    adopt_facts(None)
    booked()
    configure(tmp_path)

    call_command("shares", "resolve")

    assert capsys.readouterr().out.startswith("1 émolument réparti, 0 à répartir")
    assert Share.objects.count() == 2


def test_a_statement_says_what_is_missing_until_it_is_divided_in_it_and_for_ever_if_later(tmp_path: Path) -> None:
    adopt_facts(None)
    booked(6500)
    waits = statements.entries_of(NOVEMBER, GENEVA)
    remarks = [row[-1] for row in statements.rows_of(waits)]
    configure(tmp_path)
    with transaction.atomic():
        sharing.resolve(at=AT)
        divided = statements.entries_of(NOVEMBER, GENEVA)
        transaction.set_rollback(True)
    statements.close(NOVEMBER, closed_by="c-1", at=LATER)
    sharing.resolve(at=LATER)

    (told,) = statements.missing_of(waits)
    assert "annexe 3" in told
    assert remarks == [told]
    assert statements.missing_of(divided) == []
    assert [row[-1] for row in statements.rows_of(divided)] == ["", ""]
    assert statements.missing_of(statements.entries_of(NOVEMBER, GENEVA)) == [told]
    assert statements.missing_of(statements.entries_of(DECEMBER, GENEVA)) == []


def test_declarations_of_loss_count_in_the_month_of_the_canton_and_in_the_check_against_payments() -> None:
    declaration = recorded()
    loss_fees.take_fee(declaration, police=POLICE, at=AT)

    (canton,) = statements.totals(NOVEMBER, commune=statements.CANTON)
    assert (canton.entries, canton.fee, canton.undivided) == (1, Chf(4000), Chf(4000))
    assert b"d\xc3\xa9claration de vol" in statements.as_csv(statements.entries_of(NOVEMBER, 0), canton)
    assert statements.differences(NOVEMBER) == []

    forgotten = recorded(lost=(Lost("identity_card", "X7654321"),))
    take_at_the_till(forgotten.reference, [Line("fee", "Émolument", Chf(4000), ("RDId:11/1",))], at=AT)
    (difference,) = statements.differences(NOVEMBER)
    assert (difference.case_reference, difference.shared) == (forgotten.reference, Chf(0))
