"""Power cuts while an identity document is ordered and made: one order at the production, one delivery, nothing lost."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from guichet.casework import journal
from guichet.casework.models import Job, OutboxMessage
from guichet.documents import store
from guichet.identity.models import Biometric, IdentityApplication, ProductionOrder
from guichet.identity.operations import producing
from guichet.people.models import Account
from tests.identity.builders import an_application
from tests.identity.counter import complete, done

from .books import assert_books_balance
from .house import House
from .nursery import DIED
from .programs import until
from .test_kills import die_everywhere
from .visitor import Visitor

pytestmark = pytest.mark.processes

COMMUNE, CENTRE = "marc@commune.exemple.ch", "lise@centre.exemple.ch"
POWER_CUTS = 6
ONCE = ("document_ordered", "document_issued", "document_delivered", "data_destroyed")


def at_the_file() -> IdentityApplication:
    """An adult's card with everything at the file, taken by the city: the centre's to approve."""
    return complete(an_application(email="amelie@exemple.ch"), Account.objects.get(email=COMMUNE))


def approved() -> IdentityApplication:
    return done(at_the_file(), Account.objects.get(email=CENTRE), "document_ordered")


def state_of(application: IdentityApplication) -> str:
    return str(IdentityApplication.objects.values_list("state", flat=True).get(pk=application.pk))


def time_to_ask(house: House) -> None:
    """The ten minutes pass after which the production is asked again."""
    ProductionOrder.objects.exclude(next_ask_at=None).update(next_ask_at=house.now() - timedelta(seconds=1))
    producing.ask_again.func(at=house.now())


def assert_one_story(house: House, application: IdentityApplication) -> None:
    """Ordered once, made once, delivered once, told once; no biometric datum is left."""
    assert state_of(application) == "delivered"
    acts = Counter(entry.act for entry in journal.entries(application.reference))
    assert {act: acts[act] for act in ONCE} == dict.fromkeys(ONCE, 1)
    assert journal.verify(application.reference) == []
    theirs = [one for reference, one in house.produced().items() if reference.startswith(application.reference)]
    assert [one["document"] for one in theirs] == ["identity_card"]
    assert ProductionOrder.objects.filter(application=application).count() == 1
    told = OutboxMessage.objects.filter(case_reference=application.reference, kind="identity/document_issued")
    assert told.count() == 1
    assert not Biometric.objects.filter(application=application, purged_at=None).exists()


def approve_from_webs_that_die(house: House, visitor: Visitor, application: IdentityApplication) -> int:
    """The centre presses « approve » again and again, in web processes that die one statement later each time."""
    path, log = f"/guichets/{application.reference}/actes/document_ordered/", house.logs / "web.log"
    deaths = 0
    while state_of(application) != "ordered":
        ended = house.nursery.request(
            "POST", path, cookies=visitor.cookies, body="", dies_at=deaths + 1, log=log
        ).ended()
        if ended != DIED:
            assert ended == "302", (ended, log.read_text()[-2000:])
            break
        deaths += 1
    return deaths


@pytest.mark.parametrize("after", [False, True], ids=["before it is executed", "after it was executed"])
def test_web_and_worker_that_die_at_any_statement_order_one_document(house: House, after: bool):
    house.settles()
    house.dismiss_workers()
    application = at_the_file()
    (datum,) = Biometric.objects.filter(application=application)

    deaths = approve_from_webs_that_die(house, house.visitor(CENTRE), application)
    tried: Counter[str] = Counter()
    for _ in range(6):
        tried |= Counter(die_everywhere(house, after=after))
        time_to_ask(house)
        if not Job.objects.exists():
            break

    assert (state_of(application), deaths > 8) == ("delivered", True)
    assert {name for name, number in tried.items() if number > 4} >= {"follow", "destroy_data", "send"}
    assert_one_story(house, application)
    assert not store.exists(datum.digest)
    assert_books_balance(house)


def test_workers_killed_at_random_moments_while_documents_are_made_order_each_once(house: House):
    luck, before = random.Random(11), house.power_cuts
    applications = [approved() for _ in range(3)]

    def is_over() -> bool:
        if house.power_cuts - before < POWER_CUTS and luck.random() < 0.6:
            house.kill_worker(luck.randrange(len(house.workers)))
            house.leases_run_out()
            house.hire()
        time_to_ask(house)
        return all(state_of(application) == "delivered" for application in applications)

    until(is_over, "all are delivered", seconds=120, pause=0.2)
    until(lambda: not Job.objects.exclude(run_after__gt=house.now()).exists(), "nothing is left to do")

    assert house.power_cuts > before
    for application in applications:
        assert_one_story(house, application)
    assert_books_balance(house)
