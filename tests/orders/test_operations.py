"""What an applicant does with an order (CGV 1 to 5)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from guichet.casework import journal
from guichet.kit.errors import NotAllowedNow
from guichet.kit.ids import secret_token
from guichet.law.kernel.money import Chf
from guichet.orders import catalogue, operations, terms
from guichet.orders.models import Acceptance, Order, TermsKind

from .builders import AT, RESIDENCE, a_draft, a_filled_draft, an_account, an_order, pay, the_office

pytestmark = pytest.mark.django_db


def test_the_same_page_submitted_twice_begins_one_draft() -> None:
    the_office()
    version, key = catalogue.version_on_offer(RESIDENCE, at=AT), secret_token()

    first = operations.start(version, account_id=None, start_key=key, at=AT)
    second = operations.start(version, account_id=None, start_key=key, at=AT)

    assert first.pk == second.pk
    assert Order.objects.count() == 1


def test_a_submitted_order_has_its_price_frozen_and_both_texts_accepted() -> None:
    order = an_order()

    assert order.state == "submitted"
    assert order.total == Chf(2500)
    assert [line["kind"] for line in order.lines] == ["fee", "postage"]
    assert order.lines[0]["because"]
    accepted = Acceptance.objects.filter(case_reference=order.reference)
    assert {acceptance.edition.kind for acceptance in accepted} == {"office", "state"}
    assert all(len(acceptance.sha256) == 64 for acceptance in accepted)


@pytest.mark.parametrize(("field", "step"), [("bearer", "personne"), ("email", "personne"), ("delivery", "livraison")])
def test_an_order_that_lacks_a_step_is_not_submitted(field: str, step: str) -> None:
    order = a_filled_draft()
    setattr(order, field, "" if field == "delivery" else None)

    with pytest.raises(operations.Incomplete) as missing:
        operations.submit(order, terms.binding(AT), at=AT)

    assert missing.value.step == step
    assert Order.objects.get(pk=order.pk).state == "draft"


def test_submitting_twice_changes_nothing_the_second_time() -> None:
    order = an_order()
    before = journal.entries(order.reference)

    operations.submit(order, terms.binding(AT), at=AT)

    assert len(journal.entries(order.reference)) == len(before)


def test_the_second_of_a_double_click_on_pay_sees_the_price_that_the_first_has_frozen() -> None:
    first = a_filled_draft()
    second = Order.objects.get(pk=first.pk)

    for order in (first, second):
        operations.submit(order, terms.binding(AT), at=AT)
        operations.check_payable(order, at=AT)

    assert Order.objects.get(pk=first.pk).state == "submitted"


@pytest.mark.parametrize(("verb", "state"), [(operations.cancel, "cancelled"), (operations.reopen, "draft")])
@pytest.mark.applies("CGV 7/1")
def test_the_second_of_a_double_click_changes_nothing_and_is_no_error(verb: Callable[..., None], state: str) -> None:
    order = an_order()
    twin = Order.objects.get(pk=order.pk)

    verb(order, at=AT)
    verb(twin, at=AT)

    assert (twin.state, len(journal.entries(order.reference))) == (state, 3)


@pytest.mark.applies("CGV 1/3")
def test_a_new_edition_published_meanwhile_must_be_accepted_before_submitting() -> None:
    order, shown = a_filled_draft(), terms.binding(AT)
    terms.publish(TermsKind.OFFICE, edition="2", title="Conditions", text="# Nouvelles", at=AT)

    with pytest.raises(terms.TermsChanged):
        operations.submit(order, shown, at=AT)


def test_a_new_edition_published_before_payment_sends_the_order_back_to_review() -> None:
    order = an_order()
    terms.publish(TermsKind.STATE, edition="2", title="Conditions", text="# Nouvelles", at=AT)

    with pytest.raises(terms.TermsChanged):
        operations.check_payable(order, at=AT + timedelta(minutes=1))

    assert Order.objects.get(pk=order.pk).state == "draft"


def test_a_paid_order_keeps_the_edition_it_accepted() -> None:
    order = pay(an_order())
    accepted = set(Acceptance.objects.values_list("sha256", flat=True))

    terms.publish(TermsKind.OFFICE, edition="2", title="Conditions", text="# Nouvelles", at=AT)

    assert set(Acceptance.objects.filter(case_reference=order.reference).values_list("sha256", flat=True)) == accepted


@pytest.mark.applies("CGV 1/3")
def test_a_published_text_is_never_changed_under_the_same_edition() -> None:
    terms.publish(TermsKind.OFFICE, edition="1", title="Conditions", text="a", at=AT)

    with pytest.raises(Exception, match="déjà publiée"):
        terms.publish(TermsKind.OFFICE, edition="1", title="Conditions", text="b", at=AT)


@pytest.mark.parametrize("builder", [a_draft, an_order])
def test_an_order_can_be_cancelled_until_the_payment_is_validated(builder: object) -> None:
    order = builder()  # type: ignore[operator]

    operations.cancel(order, at=AT)

    assert order.state == "cancelled"
    assert order.cancelled_at == AT


@pytest.mark.parametrize("collect", [False, True])
def test_a_validated_order_can_no_longer_be_cancelled(collect: bool) -> None:
    order = pay(an_order(), collect=collect)

    with pytest.raises(NotAllowedNow) as refused:
        operations.cancel(order, at=AT)

    assert [ref.key for ref in refused.value.basis] == ["CGV:3/1"]


def test_data_of_a_submitted_order_can_not_be_changed_behind_its_price() -> None:
    order = an_order()

    with pytest.raises(NotAllowedNow):
        operations.save_step(order, "person", {}, at=AT, bearer="Mallory")

    assert Order.objects.get(pk=order.pk).bearer == "Amélie Rochat"


def test_a_guests_draft_continues_in_the_account_that_signs_in() -> None:
    order, account = a_filled_draft(), an_account(person=None)

    operations.adopt(order, account_id=account.pk, at=AT)

    assert (order.account_id, order.channel) == (account.pk, "account")
    assert order.answer("person")["official_name"] == "Rochat"


def test_another_accounts_draft_is_not_adopted() -> None:
    alice, bob = an_account(person=None), an_account("bob@exemple.ch", person=None)
    order = a_draft(account=alice)

    operations.adopt(order, account_id=bob.pk, at=AT)

    assert order.account_id == alice.pk


def test_ordering_again_copies_the_data_and_begins_unpaid() -> None:
    order = pay(an_order())

    again = operations.order_again(order, order.version, start_key=secret_token(), at=AT)

    assert again.state == "draft"
    assert (again.bearer, again.email, again.address) == (order.bearer, order.email, order.address)
    assert again.validated_at is None
    assert again.reference != order.reference


@pytest.mark.applies("CGV 2/2")
def test_a_withdrawn_service_takes_no_order_and_orders_under_way_continue() -> None:
    order = an_order()
    assert catalogue.withdraw(RESIDENCE, at=AT)

    with pytest.raises(catalogue.Withdrawn):
        catalogue.version_on_offer(RESIDENCE, at=AT + timedelta(seconds=1))

    operations.check_payable(order, at=AT + timedelta(seconds=1))
    assert pay(order).state == "paid"


def test_an_order_points_at_the_version_it_was_placed_under(tmp_path: object) -> None:
    order = an_order()
    text = catalogue.PACKAGED.read_text().replace(
        'summary = "Atteste que vous habitez', 'summary = "Dit que vous habitez'
    )
    changed = tmp_path / "services.toml"  # type: ignore[operator]
    changed.write_text(text)

    (published,) = catalogue.load(changed, at=AT)

    assert published.number == 2
    assert Order.objects.get(pk=order.pk).version.number == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('conditions = ["resident", "no_cross_border_permit"]', 'conditions = ["riche"]', "riche"),
        ('title = "Attestation de résidence"', 'titre = "Attestation"', "titre"),
        ('subjects = ["self", "other"]', 'subjects = "self"', "subjects"),
    ],
)
def test_a_catalogue_with_a_mistake_publishes_nothing(tmp_path: object, before: str, after: str, said: str) -> None:
    wrong = tmp_path / "services.toml"  # type: ignore[operator]
    wrong.write_text(catalogue.PACKAGED.read_text().replace(before, after, 1))

    with pytest.raises(catalogue.BadCatalogue, match=said):
        catalogue.load(wrong, at=AT)

    assert catalogue.on_offer(AT) == []


def test_an_order_forgotten_for_a_month_is_given_up_and_a_paid_one_is_not() -> None:
    forgotten, paid = an_order(), pay(an_order())

    count = operations.lapse(AT + timedelta(days=1), at=AT + timedelta(days=31))

    assert count == 1
    assert Order.objects.get(pk=forgotten.pk).state == "lapsed"
    assert Order.objects.get(pk=paid.pk).state == "paid"


@pytest.mark.django_db(transaction=True)
def test_of_a_cancellation_and_a_payment_at_once_exactly_one_wins() -> None:
    order = an_order()
    barrier, outcomes = threading.Barrier(2), []

    def cancel() -> None:
        mine = Order.objects.get(pk=order.pk)
        barrier.wait()
        _note(outcomes, lambda: operations.cancel(mine, at=AT))

    def settle() -> None:
        mine = Order.objects.get(pk=order.pk)
        barrier.wait()
        _note(outcomes, lambda: pay(mine, collect=False))

    threads = [threading.Thread(target=act) for act in (cancel, settle)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert Order.objects.get(pk=order.pk).state in ("cancelled", "validated")
    assert journal.verify(order.reference) == []


def _note(outcomes: list[str], act: object) -> None:
    try:
        act()  # type: ignore[operator]
        outcomes.append("done")
    except NotAllowedNow:
        outcomes.append("refused")
    finally:
        connection.close()
