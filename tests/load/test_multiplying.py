"""Copied cases are as different from each other as real ones, and stand in the lists as real ones do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from guichet.casework import journal
from guichet.config.populating import add_orders
from guichet.identity.models import Appointment, IdentityApplication, Slot
from guichet.identity.web.counter.worklist import Filters, keys_of
from guichet.kit.clock import ZURICH
from guichet.kit.ids import is_reference
from guichet.law.procedures import RDID_APPLICATION
from guichet.orders.models import Decision, Order
from tests.identity.builders import the_authorities
from tests.load import multiply, origins
from tests.orders.builders import the_office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZURICH)
SIZE = 400


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few of each kind, and of the applications' origins one of each life for each authority."""
    monkeypatch.setattr(origins, "_ASKED", (("identity_card", True), ("passport", False)))
    the_office()
    the_authorities()
    add_orders(60, at=AT, seed=1, told=lambda _: None)
    multiply.grow(SIZE, at=AT)


@pytest.mark.usefixtures("grown")
def test_there_are_as_many_as_were_asked_for_and_no_two_are_the_same() -> None:
    for model in (Order, IdentityApplication):
        rows = model.objects.all()
        assert len(rows) == SIZE
        for name in ("reference", "token", "tracking_code", "start_key"):
            assert len({getattr(row, name) for row in rows}) == SIZE
        assert all(is_reference(row.reference) for row in rows)
        assert len({row.opened_at for row in rows}) > SIZE / 4
    assert len(set(IdentityApplication.objects.values_list("bearer_index", flat=True))) > SIZE / 2


@pytest.mark.usefixtures("grown")
def test_copies_can_be_read_and_stand_in_the_list_of_their_authority() -> None:
    office = the_authorities()["commune"]
    keys = keys_of(office, Filters("terminees", is_late=False, text=""), on=AT.date())

    listed = IdentityApplication.objects.in_bulk(keys)

    assert len(listed) > SIZE / 4
    names = {one.name for one in listed.values()}
    assert "Amélie Rochat" in names and len(names) > 3


@pytest.mark.usefixtures("grown")
def test_refused_orders_have_their_decision_and_who_was_served_came() -> None:
    refused = set(Order.objects.filter(state="refused").values_list("reference", flat=True))
    decided = set(Decision.objects.values_list("case_reference", flat=True))
    served = IdentityApplication.objects.filter(appointments__status="attended")

    assert decided and decided <= refused
    assert Appointment.objects.count() == served.count() > SIZE / 2
    assert set(served.values_list("state", flat=True)) <= {"delivered", "destroyed"}


def test_the_origins_went_the_way_of_the_procedure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "_ASKED", (("identity_card", True),))
    the_authorities()

    made = [one for alike in origins.make(at=AT, seed=1) for one in alike]

    assert sum(weight for weight, _, _ in origins.LIVES) == 1000
    assert origins.OVER <= {one.state for one in made} <= set(RDID_APPLICATION.states)
    for one in made:
        assert journal.verify(one.reference) == []
        assert journal.entries(one.reference)[-1].target in (one.state, "")


def test_the_next_day_of_an_agenda_is_booked_to_the_last_place() -> None:
    office = the_authorities()["commune"]
    starts = AT + timedelta(days=1)
    slots = [
        Slot(office=office, starts_at=starts + timedelta(minutes=20 * n), minutes=20, capacity=2) for n in range(3)
    ]
    Slot.objects.bulk_create(slots)
    IdentityApplication.objects.bulk_create(
        IdentityApplication(
            reference=multiply._reference("PID", number),
            token=str(number),
            tracking_code=str(number),
            start_key=str(number),
            household=slots[0].pk,
            office=office,
            opened_at=AT,
            touched_at=AT,
            state="open",
        )
        for number in range(9)
    )

    multiply._book_the_next_day(AT)
    multiply._book_the_next_day(AT)

    assert [(slot.taken, slot.appointments.count()) for slot in Slot.objects.all()] == [(2, 2)] * 3
