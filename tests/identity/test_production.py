"""Approval by a second pair of eyes, then the production over its socket: ordered once, whatever dies, to the delivery."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from guichet.casework import journal, worker
from guichet.casework.models import Job
from guichet.documents import store
from guichet.gateways.production import configured
from guichet.gateways.production.adapter import HttpProduction, Setup
from guichet.gateways.production.port import Stage, Told
from guichet.gateways.production.simulator import TOKEN, Server, World
from guichet.identity.models import BiometricKind, IdentityApplication, ProductionOrder
from guichet.identity.operations import counter, producing
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow
from guichet.people.models import Account
from tests.identity.builders import AT, an_application
from tests.identity.counter import an_agent_of, browser_of, complete, deed, done, photographed

pytestmark = pytest.mark.django_db
Kind = BiometricKind


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The production on a port of loopback, and our adapter speaking to it."""
    known = World()
    server = Server(known)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    production = HttpProduction(Setup(server.origin, TOKEN, read_seconds=5))
    monkeypatch.setattr(configured, "production", lambda: production)
    yield known
    server.shutdown()
    server.server_close()


def ordered(**fields: Any) -> IdentityApplication:
    """An adult's card that a commune took and the centre approved."""
    return done(complete(an_application(**fields), an_agent_of("commune")), an_agent_of("centre"), "document_ordered")


def both_ordered() -> IdentityApplication:
    """Passport and card, checked by one member of the centre and approved by another."""
    application, clerk = an_application(request="both"), an_agent_of("centre")
    done(application, clerk, "appearance_recorded")
    photographed(application, clerk, *Kind)
    done(application, clerk, "biometrics_captured", "form_signed", "fee_paid")
    return done(application, an_agent_of("centre"), "document_ordered")


def work(at: datetime = AT) -> None:
    """The worker does all that is due."""
    worker.drain(wiring={}, clock=lambda: at)


def days_go_by(times: int, *, start: datetime = AT) -> datetime:
    """The periodic look asks again this many times; the instant of the last one."""
    at = start
    for _ in range(times):
        at += timedelta(hours=1)
        producing.ask_again.func(at=at)
        work(at)
    return at


def state_of(application: IdentityApplication) -> str:
    return str(IdentityApplication.objects.values_list("state", flat=True).get(pk=application.pk))


def test_who_checked_may_not_approve_and_the_page_says_so() -> None:
    application, one = an_application(request="passport"), an_agent_of("centre")
    done(application, one, "appearance_recorded")
    photographed(application, one, *Kind)
    done(application, one, "biometrics_captured", "form_signed", "fee_paid")

    with pytest.raises(NotAllowedNow, match="quatre yeux"):
        done(application, one, "document_ordered")
    page = browser_of(one).get(reverse("guichets:case", args=[application.reference])).content.decode()
    assert "une autre personne du centre" in page

    done(application, an_agent_of("centre"), "document_ordered")
    assert state_of(application) == "ordered"


def test_who_saw_the_person_may_not_approve_even_if_a_colleague_accepted_the_photo() -> None:
    application, one, two = an_application(request="passport"), an_agent_of("centre"), an_agent_of("centre")
    done(application, one, "appearance_recorded")
    photographed(application, two, *Kind)
    done(application, two, "biometrics_captured", "form_signed", "fee_paid")

    with pytest.raises(NotAllowedNow, match="quatre yeux"):
        done(application, one, "document_ordered")


def test_data_that_were_changed_after_their_check_are_checked_again() -> None:
    clerk, centre = an_agent_of("commune"), an_agent_of("centre")
    application = photographed(complete(an_application(), clerk), clerk)

    with pytest.raises(NotAllowedNow, match="acceptez-les"):
        done(application, centre, "document_ordered")
    done(application, clerk, "photo_accepted")
    done(application, centre, "document_ordered")

    assert state_of(application) == "ordered"


def test_a_card_is_ordered_produced_issued_and_delivered(world: World) -> None:
    application = ordered()
    work()
    assert list(world.orders) == [f"{application.reference}-1-1"]

    days_go_by(3)

    assert state_of(application) == "delivered"
    acts = [entry.act for entry in journal.entries(application.reference)]
    assert acts[-3:] == ["document_issued", "data_destroyed", "document_delivered"]
    assert journal.verify(application.reference) == []


def test_nothing_biometric_is_left_once_the_document_is_issued(world: World) -> None:
    application = ordered()
    work()
    assert list(store.digests())

    days_go_by(2)

    assert state_of(application) == "issued"
    assert list(store.digests()) == []
    assert IdentityApplication.objects.get().purged_at is not None


def test_passport_and_card_are_ordered_apart_and_issued_when_both_are_made(world: World) -> None:
    world.plans["identity_card"] = {"plan": "delayed"}
    application = both_ordered()
    work()

    days_go_by(3)
    assert state_of(application) == "ordered"
    world.release()
    days_go_by(4, start=AT + timedelta(hours=9))

    assert state_of(application) == "delivered"
    assert sorted(order["document"] for order in world.orders.values()) == ["identity_card", "passport"]


def test_a_rejection_goes_back_to_the_counter_and_only_what_was_rejected_is_ordered_again(world: World) -> None:
    world.plans["passport"] = {"plan": "rejected", "reason": "photo_quality"}
    application = both_ordered()
    work()
    later = days_go_by(2)
    assert state_of(application) == "open"
    assert "photo_quality" in ProductionOrder.objects.values_list("reason", flat=True)

    application.refresh_from_db()
    clerk = an_agent_of("centre")
    photographed(application, clerk, Kind.PHOTO)
    done(application, clerk, "biometrics_captured", at=later)
    done(application, an_agent_of("centre"), "document_ordered", at=later)
    work(later)
    days_go_by(4, start=later)

    assert state_of(application) == "delivered"
    assert sorted(order["document"] for order in world.orders.values()) == ["identity_card", "passport", "passport"]


def test_an_undelivered_document_is_kept_and_destroyed_after_twelve_months_only(world: World) -> None:
    world.plans["identity_card"] = {"plan": "returned"}
    application = ordered()
    work()
    kept_at = days_go_by(3)
    assert state_of(application) == "kept"
    application.refresh_from_db()
    assert application.due_on is not None

    centre = an_agent_of("centre")
    with pytest.raises(NotAllowedNow):
        counter.perform(application, deed("kept_document_destroyed", centre, at=kept_at + timedelta(days=300)))
    counter.perform(application, deed("kept_document_destroyed", centre, at=kept_at + timedelta(days=368)))

    assert application.state == "destroyed"


def test_a_document_to_be_exchanged_is_handed_over_by_the_counter_against_the_old_one(world: World) -> None:
    clerk = an_agent_of("commune")
    application = an_application(reason="renewal")
    counter.perform(application, deed("exchange_arranged", clerk, facts={"ground": "trip"}))
    done(complete(application, clerk), an_agent_of("centre"), "document_ordered")
    work()
    days_go_by(4)
    assert state_of(application) == "issued"

    done(IdentityApplication.objects.get(), clerk, "documents_exchanged", at=AT + timedelta(days=1))

    assert state_of(application) == "delivered"


def test_what_the_centre_takes_back_by_hand_is_not_made_twice(world: World) -> None:
    application = ordered()
    work()
    centre = an_agent_of("centre")
    done(application, centre, "production_rejected")
    photographed(application, centre)
    done(application, centre, "photo_accepted")

    done(application, an_agent_of("centre"), "document_ordered")
    days_go_by(4)

    assert (state_of(application), len(world.orders)) == ("delivered", 1)


@pytest.mark.parametrize("plan", ["lost", "silent"])
def test_an_order_that_is_not_answered_is_put_again_and_ordered_once(world: World, plan: str) -> None:
    world.plans["identity_card"] = {"plan": plan}
    application = ordered()
    work()
    assert Job.objects.get().attempts == 1

    work(AT + timedelta(seconds=5))

    assert list(world.orders) == [f"{application.reference}-1-1"]
    assert ProductionOrder.objects.get().state == "received"


def test_an_answer_heard_twice_takes_effect_once(world: World) -> None:
    application = ordered()
    work()
    order = ProductionOrder.objects.get()
    for stage in ("produced", "produced", "delivered", "delivered"):
        producing.absorb(order.pk, Told(Stage(stage)), at=AT)

    acts = [entry.act for entry in journal.entries(application.reference)]
    assert (acts.count("document_issued"), acts.count("document_delivered")) == (1, 1)


class PowerCut(BaseException):
    """The end of a process, as a statement meets it."""


def dying_at(number: int) -> Callable[..., Any]:
    """Lets a number of statements through, then ends everything."""
    left = [number]

    def cut(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCut
        return execute(sql, params, many, context)

    return cut


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_statement_orders_nothing_twice(world: World) -> None:
    application = ordered()
    at, number, cuts = AT, 0, 0
    while state_of(application) != "delivered" or Job.objects.exists():
        at += timedelta(minutes=11)
        producing.ask_again.func(at=at)
        try:
            with connection.execute_wrapper(dying_at(number)):
                work(at)
            number = 0
        except PowerCut:
            number, cuts = number + 1, cuts + 1
        connection.close()

    assert cuts > 20
    assert list(world.orders) == [f"{application.reference}-1-1"]
    acts = [entry.act for entry in journal.entries(application.reference)]
    assert [acts.count(act) for act in ("document_issued", "document_delivered", "data_destroyed")] == [1, 1, 1]
    assert journal.verify(application.reference) == []


@pytest.mark.django_db(transaction=True)
def test_of_several_who_approve_at_once_exactly_one_orders() -> None:
    application = complete(an_application(), an_agent_of("commune"))
    agents = [an_agent_of("centre") for _ in range(4)]
    outcomes: list[str] = []

    def approve(agent: Account) -> None:
        try:
            done(IdentityApplication.objects.get(pk=application.pk), agent, "document_ordered")
            outcomes.append("ordered")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[agent]) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["ordered", *["refused"] * 3]
    assert ProductionOrder.objects.count() == 1
