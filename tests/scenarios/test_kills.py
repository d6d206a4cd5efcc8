"""Power cuts: the web and the workers die at any moment, at any statement; the next ones finish, once."""

from __future__ import annotations

import random
import time
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest

from guichet.casework.acts import Actor
from guichet.casework.models import Job
from guichet.kit import clock
from guichet.orders import handling
from guichet.orders.models import Order
from guichet.people.models import Person

from .books import assert_books_balance
from .house import House, together
from .nursery import DIED
from .programs import until
from .visitor import Page, Unanswered, Visitor

pytestmark = pytest.mark.processes

CLERK = Actor("clerk", "carole")
GUEST = {"subject": "self", "official_name": "Rochat", "first_names": "Amélie Jeanne", "email": "amelie@exemple.ch"}
BORN = {"born_on_day": "27", "born_on_month": "3", "born_on_year": "1985"}
ADDRESS = {"street": "Rue du Lac", "house_number": "3", "postcode": "1207", "town": "Genève", "country": "Suisse"}


def test_workers_killed_at_random_moments_lose_nothing_and_do_nothing_twice(house: House):
    luck, ended, orders = random.Random(22), Event(), []

    def power_cuts() -> None:
        while not ended.wait(luck.uniform(0.05, 0.5)):
            house.kill_worker(luck.randrange(len(house.workers)))
            house.hire()

    before = house.power_cuts
    cutting = Thread(target=power_cuts)
    cutting.start()
    try:
        for _ in range(10):
            visitor, order, page = house.ordered()
            house.simulator.pay(page, luck.choice(["approve", "close"]))
            orders.append(order)
        until(lambda: house.power_cuts - before > 5, "enough power cuts", seconds=60)
    finally:
        ended.set()
        cutting.join()

    house.leases_run_out()
    for order in orders:
        house.reaches(order, "delivered")
    assert_books_balance(house)


def cut_during(house: House, luck: random.Random, act) -> Page | None:
    """Let the visitor do something and the web die meanwhile; what was answered, if anything."""

    def cut() -> bool:
        time.sleep(luck.uniform(0.0, 0.06))
        house.web.kill()
        return True

    def attempt() -> Page | str:
        try:
            return act()
        except (Unanswered, AssertionError) as failure:
            return str(failure)

    answer, _ = together(attempt, cut)
    house.web.start()
    house.wait_for_web()
    return answer if isinstance(answer, Page) else None


@pytest.mark.parametrize("round_", range(2))
def test_a_web_killed_during_start_return_and_notification_loses_nothing(house: House, round_: int):
    luck = random.Random(round_)
    visitor = house.visitor()
    order = house.order(visitor)
    review = visitor.page
    house.simulator.hold_notifications()

    answer = cut_during(house, luck, lambda: visitor.press("Payer", review, accept="on"))
    page = answer.leaves_to if answer else ""
    if not page:  # the person goes back and presses again; if the order had got through, its page says so
        again = visitor.press("Payer", review, accept="on")
        page = again.leaves_to or visitor.press("Payer").leaves_to
    back = house.simulator.pay(page)
    cut_during(house, luck, lambda: visitor.get(back))
    cut_during(house, luck, house.simulator.release)
    visitor.get(back)

    house.leases_run_out()
    house.reaches(order, "delivered")
    assert len(house.attempts(order)) == 1
    assert_books_balance(house)


def die_everywhere(house: House, *, after: bool) -> dict[str, int]:
    """Workers that die one statement later each time, until nothing is left to do; how often each job was tried.

    A job that has taken over the row of the one before it is killed at each of its own statements too.
    """
    tried: dict[str, int] = {}
    number, doing = 1, first_job()
    while True:
        ended = house.nursery.job(dies_at=number, after=after, log=house.logs / "worker.log").ended()
        if ended == "idle" and not Job.objects.filter(run_after__gt=house.now()).exists():
            return tried
        tried[doing] = max(tried.get(doing, 0), number)
        if ended == DIED:
            house.power_cuts += 1
            number += 1
        else:
            assert ended != "failed", (house.logs / "worker.log").read_text()[-2000:]
        if first_job() != doing:
            number, doing = 1, first_job()
        house.leases_run_out()
        Job.objects.filter(run_after__gt=house.now()).update(run_after=None)


def first_job() -> str:
    """The task of the job that is done next; empty if there is none."""
    path = Job.objects.order_by("-priority", "id").values_list("task_path", flat=True).first()
    return path.rpartition(".")[2] if path else ""


@pytest.mark.parametrize("after", [False, True], ids=["before it is executed", "after it was executed"])
def test_a_worker_that_dies_at_any_statement_is_finished_by_the_next(house: House, after: bool):
    _, order, page = house.ordered()
    house.settles()
    house.dismiss_workers()
    house.simulator.pay(page, "close")
    until(lambda: Job.objects.exists(), "the notification has come")

    tried = die_everywhere(house, after=after)

    assert house.state(order) == "delivered"
    assert {name for name, deaths in tried.items() if deaths > 4} >= {"settle_attempt", "capture", "send"}
    assert_books_balance(house)


def a_guest_order(house: House) -> tuple[Visitor, Order, str]:
    """Ordered without an account, to be posted after an agent has looked."""
    visitor = Visitor(house.site)
    visitor.get("/prestations/attestation-de-residence/")
    visitor.press("Commander sans compte")
    visitor.press("Continuer", **GUEST, **BORN)
    page = visitor.press("Continuer", postage="b_standard", **ADDRESS)
    order = Order.objects.get(token=page.address.split("/")[2])
    return visitor, order, house.pay_at_review(visitor)


def test_a_worker_that_dies_at_any_statement_makes_a_granted_document_once(house: House):
    visitor, order, page = a_guest_order(house)
    visitor.get(house.simulator.pay(page))
    house.reaches(order, "examination")
    house.settles()
    house.dismiss_workers()
    order.refresh_from_db()
    at = clock.now()
    handling.identify(order, person_id=Person.objects.get(local_person_id="GE-D01").pk, clerk=CLERK, at=at)
    handling.grant(order, clerk=CLERK, at=at)

    tried = die_everywhere(house, after=True)

    assert (house.state(order), tried["produce"] > 10) == ("issued", True)
    assert_books_balance(house)


def test_a_web_that_dies_after_any_statement_leaves_an_order_that_is_paid_once(house: House):
    visitor = house.visitor()
    order = house.order(visitor)
    form = visitor.page.form("Payer").values | {"accept": ["on"]}
    review, pay = f"/commande/{order.token}/verification/", f"/commande/{order.token}/payer/"

    deaths = [dies_at_each(house, visitor, "POST", review, urlencode(form, doseq=True))]
    deaths.append(dies_at_each(house, visitor, "POST", pay, ""))
    page = house.pay_at_tracking(visitor, order).leaves_to
    house.settles()
    house.dismiss_workers()
    back = house.simulator.pay(page)
    deaths.append(dies_at_each(house, visitor, "GET", urlsplit(back).path, ""))

    assert (house.state(order), len(house.attempts(order))) == ("validated", 1)
    assert [number for number in deaths if number < 6] == []
    house.hire_all()
    house.reaches(order, "delivered")
    assert_books_balance(house)


def dies_at_each(house: House, visitor: Visitor, method: str, path: str, body: str) -> int:
    """The same request, again and again, to web processes that die one statement later each time; how often they died."""
    number, log = 1, house.logs / "web.log"
    while True:
        asked = house.nursery.request(method, path, cookies=visitor.cookies, body=body, dies_at=number, log=log).ended()
        if asked != DIED:
            assert asked in ("200", "302", "303"), (asked, log.read_text()[-2000:])
            return number - 1
        number += 1
        house.wait(seconds=30)  # whoever reloads often is only told what is known, without asking anybody
