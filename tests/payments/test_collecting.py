"""Capture and release: tried again with patience, never silent, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guichet.casework import worker
from guichet.casework.models import Job
from guichet.gateways.payment.port import Authorised, Captured, Voided
from guichet.payments.models import Incident, LedgerEntry, PaymentAttempt, Receipt
from guichet.payments.operations.settling import ACT_RETRIES, NotDoneYet
from guichet.payments.states import State

from .builders import NOON, a_collected_payment, an_open_page, later

pytestmark = pytest.mark.django_db


def a_validated_payment():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    counter.settle(attempt)
    return counter, attempt


def tries(counter, hours: float) -> None:
    """The worker looks at every minute for some hours."""
    for minute in range(int(hours * 60)):
        counter.work(NOON + timedelta(minutes=minute))


def test_a_capture_that_fails_is_tried_again_after_1_2_5_and_15_minutes_then_hourly():
    assert [wait // 60 for wait in ACT_RETRIES[:6]] == [1, 2, 5, 15, 60, 60]
    assert len(ACT_RETRIES) == 26


def test_a_capture_without_answer_is_repeated_under_a_new_number_until_it_succeeds():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    tries(counter, 0.1)
    counter.provider.deaf_to = set()

    tries(counter, 0.5)

    numbers = [what.rsplit("/", 1)[1] for call, what in counter.provider.calls if call == "capture"]
    assert numbers == ["1", "2", "3", "4"]
    assert len(counter.told("payment_collected")) == 1


def test_the_third_failed_capture_raises_an_alarm_that_ends_with_the_money():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    tries(counter, 0.1)
    assert Incident.objects.unresolved().get(attempt=attempt).kind == "uncollected"
    assert Job.objects.alarming().count() == 1
    counter.provider.deaf_to = set()

    tries(counter, 0.5)

    assert Incident.objects.get(attempt=attempt).resolution == "collected"


def numbers_of(counter, call="capture"):
    return [int(what.rsplit("/", 1)[1]) for called, what in counter.provider.calls if called == call]


def test_a_worker_that_died_after_its_capture_has_used_a_number_that_none_uses_again():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    doomed = worker.claim(NOON)
    with pytest.raises(NotDoneYet):  # its answer is written down, its death isn't: the lease runs out
        doomed.task.func(*doomed.args, at=NOON, wiring=counter.wiring, tries=doomed.attempts)
    PaymentAttempt.objects.update(captures_asked=0)  # nor would the answer be, had it died a little earlier

    counter.work(later(minutes=10))

    assert numbers_of(counter) == [1, 2]


def test_a_capture_tried_again_by_a_person_goes_on_with_the_numbers():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    tries(counter, 0.1)
    Job.objects.update(attempts=0, run_after=None)

    counter.work(later(hours=2))

    assert numbers_of(counter) == [1, 2, 3, 4]


def test_what_follows_upon_the_collection_is_done_ahead_and_handed_over_with_it():
    counter, _ = a_collected_payment()

    assert counter.told("payment_collected")[0].facts["ahead"] == f"work of {counter.reference}"


def test_money_is_written_down_as_collected_although_its_owner_could_do_nothing_ahead():
    counter, attempt = a_validated_payment()
    counter.shelf.unable = RuntimeError("no seal can be had")

    counter.work()

    assert counter.told("payment_collected")[0].facts["ahead"] == "None"
    assert Receipt.objects.filter(attempt=attempt).count() == 1


def test_a_capture_that_was_done_but_whose_answer_was_lost_is_found_by_asking():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    facts = counter.provider.pages[attempt.reference].seen.facts
    counter.says(attempt, Captured(facts))

    counter.work()

    assert Receipt.objects.filter(attempt=attempt).count() == 1


def test_a_reservation_that_lapsed_before_the_capture_is_reported_to_the_office():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}
    counter.says(attempt, Voided(counter.provider.pages[attempt.reference].seen.facts))

    counter.work()

    attempt.refresh_from_db()
    assert (attempt.state, Incident.objects.get(attempt=attempt).kind) == (State.VOIDED, "uncollected")


def test_a_capture_given_up_after_a_day_stays_visible_as_a_dead_job():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}

    for hour in range(30):
        counter.work(later(hours=hour))
    tries(counter, 0)
    for minute in range(0, 60 * 30, 20):
        counter.work(later(minutes=minute))

    assert Job.objects.dead().count() == 1
    assert counter.provider.asked("capture") == 27


def test_a_release_without_answer_is_repeated_until_confirmed():
    counter, attempt = an_open_page()
    counter.pays(attempt, later(minutes=1))
    counter.shelf.cancelled_at = NOON
    counter.provider.deaf_to = {"void"}
    counter.settle(attempt)
    tries(counter, 0.1)
    counter.provider.deaf_to = set()

    tries(counter, 0.5)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.voids_asked) == (State.VOIDED, 4)


def test_money_collected_although_it_should_be_released_is_booked_as_surplus_and_undone():
    counter, attempt = an_open_page()
    counter.shelf.cancelled_at = NOON
    counter.says(attempt, Captured(counter.pays(attempt, later(minutes=1), capture_id="c")))
    counter.settle(attempt, later(minutes=2))
    assert [entry.kind for entry in LedgerEntry.objects.filter(attempt=attempt)] == ["surplus"]

    counter.work(later(minutes=2))

    assert sum(LedgerEntry.objects.filter(attempt=attempt).values_list("amount_centimes", flat=True)) == 0
    assert not Incident.objects.unresolved().filter(attempt=attempt).exists()


def test_money_that_can_no_longer_be_released_stays_an_incident_for_a_person():
    counter, attempt = an_open_page()
    counter.shelf.cancelled_at = NOON
    counter.says(attempt, Captured(counter.pays(attempt, later(minutes=1), capture_id="c")))
    counter.settle(attempt)
    counter.provider.deaf_to = {"void"}

    tries(counter, 1)

    kinds = Incident.objects.unresolved().filter(attempt=attempt).values_list("kind", flat=True)
    assert (sorted(kinds), counter.provider.asked("void")) == (["cancelled", "not_released"], 3)


def test_a_reservation_still_there_after_a_failed_capture_changes_nothing():
    counter, attempt = a_validated_payment()
    counter.provider.deaf_to = {"capture"}

    counter.work()

    assert isinstance(counter.provider.pages[attempt.reference].seen, Authorised)
    assert [len(counter.told(act)) for act in ("payment_validated", "payment_collected")] == [1, 0]
