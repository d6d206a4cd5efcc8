"""Pressing « payer »: one page at a time, prepared before the provider is called, taken up again after any failure."""

from __future__ import annotations

import pytest
from django.db import transaction

from guichet.casework.models import Beat, Entry
from guichet.gateways.payment.port import Authorised, Declined, InProgress, StartFailed
from guichet.kit.errors import NotAllowedNow, NotYours
from guichet.payments.models import Incident, PaymentAttempt
from guichet.payments.operations import PaymentNotStarted, choose, start
from guichet.payments.states import State

from .builders import ALICE, NOON, Provider, a_counter, an_open_page, later

pytestmark = pytest.mark.django_db


def test_pressing_pay_opens_a_page_at_the_price_of_the_quote():
    counter, attempt = an_open_page()

    request = counter.provider.pages[attempt.reference].request
    assert (attempt.state, request.amount.centimes, attempt.expires_at) == (State.OPEN, 2610, later(minutes=20))


def test_the_reference_given_to_the_provider_is_short_and_says_nothing():
    counter, attempt = an_open_page()

    assert attempt.reference == f"{counter.reference.replace('-', '')}-1"
    assert len(attempt.reference) <= 20


def test_pressing_pay_twice_leads_to_the_same_page():
    counter, attempt = an_open_page()

    again = counter.press_pay(later(minutes=3))

    assert (again.pk, counter.provider.asked("start")) == (attempt.pk, 1)


def test_what_was_sent_to_the_partner_is_written_down_without_its_content():
    counter, attempt = an_open_page()

    entry = Entry.objects.get(case_reference=counter.reference, act="payment_started")
    assert entry.facts["sent"] == attempt.sent
    assert any(passage.endswith("9/2") for passage in entry.basis)
    assert {"reference", "amount", "description"} <= set(attempt.sent)


def test_no_secret_of_the_addresses_and_no_token_is_readable_in_the_database(django_db_blocker):
    counter, attempt = an_open_page()
    request = counter.provider.pages[attempt.reference].request
    row = PaymentAttempt.objects.filter(pk=attempt.pk).values().get()

    stored = " ".join(str(getattr(value, "text", value)) for value in row.values())

    secret, notify = request.return_url.rsplit("/", 1)[1], request.success_notify_url.rsplit("/", 2)[1]
    assert not [given for given in (secret, notify, attempt.token, attempt.redirect_address) if given in stored]


def test_the_addresses_of_two_attempts_have_nothing_in_common():
    first, second = an_open_page(), an_open_page()
    requests = [counter.provider.pages[attempt.reference].request for counter, attempt in (first, second)]

    secrets = {r.return_url.rsplit("/", 1)[1] for r in requests} | {
        r.success_notify_url.rsplit("/", 2)[1] for r in requests
    }

    assert len(secrets) == 4
    assert {len(secret) for secret in secrets} == {32}


def test_a_start_without_answer_is_repeated_under_the_same_reference():
    counter = a_counter()
    counter.provider.failing = [StartFailed(refused=False, cause="timeout")]
    with pytest.raises(PaymentNotStarted):
        counter.press_pay()

    attempt = counter.press_pay(later(minutes=1))

    assert [what for call, what in counter.provider.calls] == [f"{attempt.reference}/0", f"{attempt.reference}/1"]
    assert (attempt.serial, attempt.state) == (1, State.OPEN)


def test_a_refused_start_charges_nobody_and_is_seen_by_the_office():
    counter = a_counter()
    counter.provider.failing = [StartFailed(refused=True, cause="permission_denied")]

    with pytest.raises(PaymentNotStarted, match="Rien ne vous a été débité"):
        counter.press_pay()

    assert PaymentAttempt.objects.get(case_reference=counter.reference).state == State.NOT_PAID
    assert Incident.objects.unresolved().of_case(counter.reference).get().kind == "start_refused"


def test_the_next_press_after_a_refused_start_opens_a_new_attempt():
    counter = a_counter()
    counter.provider.failing = [StartFailed(refused=True, cause="permission_denied")]
    with pytest.raises(PaymentNotStarted):
        counter.press_pay()

    assert counter.press_pay(later(minutes=1)).serial == 2
    assert Incident.objects.of_case(counter.reference).get().resolution == "overcome"


def test_a_declined_payment_can_be_tried_again_on_a_new_page():
    counter, attempt = an_open_page()
    counter.says(attempt, Declined("TRANSACTION_DECLINED"))
    counter.settle(attempt)

    second = counter.press_pay(later(minutes=2))

    attempt.refresh_from_db()
    assert (second.serial, attempt.superseded_at) == (2, later(minutes=2))


def test_a_page_near_its_end_is_asked_about_and_then_replaced():
    counter, attempt = an_open_page()

    second = counter.press_pay(later(minutes=18))

    assert (second.serial, counter.provider.asked("observe")) == (2, 1)


def test_a_payer_still_on_the_old_page_cannot_pay_a_second_time():
    counter, attempt = an_open_page()
    counter.says(attempt, InProgress())

    with pytest.raises(NotAllowedNow, match="Ne payez pas une seconde fois"):
        counter.press_pay(later(minutes=18))

    assert PaymentAttempt.objects.of_case(counter.reference).count() == 1


def test_an_unknown_end_is_asked_about_before_another_page_is_opened():
    counter, attempt = an_open_page()
    counter.provider.deaf_to = {"observe"}
    counter.settle(attempt)

    with pytest.raises(NotAllowedNow, match="Ne payez pas une seconde fois"):
        counter.press_pay(later(minutes=2))


def test_a_payment_found_while_pressing_pay_again_makes_the_case_definitive():
    counter, attempt = an_open_page()
    counter.pays(attempt)
    counter.provider.deaf_to = {"observe"}
    counter.settle(attempt)
    counter.provider.deaf_to = set()

    with pytest.raises(NotAllowedNow, match="déjà payée"):
        counter.press_pay(later(minutes=2))

    assert len(counter.told("payment_validated")) == 1


def test_a_changed_price_leads_to_a_page_at_the_new_price():
    counter, attempt = an_open_page()
    counter.shelf.digest, counter.shelf.lines = "quote-2", counter.shelf.lines[:1]

    second = counter.press_pay(later(minutes=2))

    assert (second.serial, second.amount_centimes) == (2, 2500)


def test_an_attempt_without_answer_at_another_price_is_left_behind():
    counter = a_counter()
    counter.provider.failing = [StartFailed(refused=False, cause="timeout")]
    with pytest.raises(PaymentNotStarted):
        counter.press_pay()
    counter.shelf.digest = "quote-2"

    assert counter.press_pay(later(minutes=1)).serial == 2


def test_nothing_can_be_started_for_a_case_that_is_not_to_be_paid():
    counter = a_counter(payable=False)

    with pytest.raises(NotAllowedNow, match="rien à payer"):
        counter.press_pay()


@pytest.mark.parametrize("unknown", ["PID-00000000-0", "CMD-00000000-0"])
def test_a_case_nobody_owns_cannot_be_paid_for(unknown):
    counter = a_counter()

    with pytest.raises(NotYours):
        start(unknown, description="x", language="fr", actor=ALICE, at=NOON, wiring=counter.wiring)


class TwoTabs(Provider):
    """While the first tab waits for its page, a second one gets its own."""

    second: object = None

    def start(self, request):
        redirect = super().start(request)
        if self.second is not None:
            press, self.second = self.second, None
            press()
        return redirect


def test_two_tabs_pressing_pay_at_once_are_sent_to_the_same_page():
    counter = a_counter()
    counter.provider = TwoTabs()
    shown = []
    counter.provider.second = lambda: shown.append(counter.press_pay().token)

    shown.append(counter.press_pay().token)

    assert len(set(shown)) == 1
    assert [what[-2:] for call, what in counter.provider.calls] == ["/0", "/1"]


def test_two_presses_at_once_open_one_attempt_each_with_its_own_number():
    counter = a_counter()

    first, second = (choose(counter.reference, actor=ALICE, at=NOON, wiring=counter.wiring).to_open for _ in range(2))

    assert first is not None and second is not None
    assert (first.pk, [first.starts_asked, second.starts_asked]) == (second.pk, [1, 2])
    assert PaymentAttempt.objects.get().starts_asked == 2


def test_a_refusal_to_choose_leaves_the_transaction_of_the_caller_standing():
    counter = a_counter(payable=False)

    with transaction.atomic():
        Beat.objects.create(name="what made it payable", next_at=NOON)
        choice = choose(counter.reference, actor=ALICE, at=NOON, wiring=counter.wiring)

    assert isinstance(choice.refusal, NotAllowedNow)
    assert Beat.objects.filter(name="what made it payable").exists()


def test_a_held_reservation_stands_in_the_way_of_a_second_payment():
    counter, attempt = an_open_page()
    facts = counter.pays(attempt, means="TWINT")
    counter.says(attempt, Authorised(facts))
    counter.settle(attempt)

    with pytest.raises(NotAllowedNow, match="Ne payez pas une seconde fois"):
        counter.press_pay(later(minutes=2))


def test_a_reservation_that_is_being_released_does_not_stand_in_the_way_of_paying_again():
    counter, former = an_open_page()
    counter.shelf.digest = "quote-2"
    counter.pays(former)
    counter.settle(former)

    again = counter.press_pay(later(minutes=2))

    former.refresh_from_db()
    assert (former.state, again.serial, again.state) == (State.AUTHORISED, 2, State.OPEN)
