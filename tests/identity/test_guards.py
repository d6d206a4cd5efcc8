"""The order of the acts that the law wants holds for stored applications too, whoever tries and however many at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from guichet.casework import journal
from guichet.casework.acts import Actor, take
from guichet.casework.standing import standing
from guichet.identity.models import IdentityApplication
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow, NotEntitled
from tests.identity.builders import AT, CENTRE, COMMUNE, acted, an_application

pytestmark = pytest.mark.django_db


def test_an_application_is_lodged_with_the_commune_of_residence_or_with_the_centre() -> None:
    card, passport = an_application(), an_application(request="passport")

    assert (card.state, card.office.authority) == ("open", "commune")
    assert (passport.state, passport.office.authority) == ("open", "centre")


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("first", "open"),
        ("renewal", "old_document_due"),
        ("name_change", "old_document_due"),
        ("theft", "certificate_due"),
    ],
)
def test_what_must_come_first_depends_on_why_one_applies(reason: str, state: str) -> None:
    assert an_application(reason=reason).state == state


def test_no_document_is_ordered_before_appearance_data_signature_and_fee() -> None:
    application = acted(an_application(), "appearance_recorded", "majority_recorded", "photo_accepted", actor=COMMUNE)
    acted(application, "form_signed", actor=Actor("applicant", "guest"))

    with pytest.raises(NotAllowedNow, match="émolument"):
        take("document_ordered", application, actor=CENTRE, at=AT)
    acted(application, "fee_paid", actor=COMMUNE)
    take("document_ordered", application, actor=CENTRE, at=AT)

    assert IdentityApplication.objects.get().state == "ordered"
    assert journal.verify(application.reference) == []


def test_a_refused_act_leaves_no_trace() -> None:
    application = an_application()
    before = len(journal.entries(application.reference))

    with pytest.raises(NotAllowedNow):
        take("document_ordered", application, actor=CENTRE, at=AT)

    assert len(journal.entries(application.reference)) == before


def test_only_the_role_of_the_line_may_act() -> None:
    with pytest.raises(NotEntitled):
        take("document_ordered", an_application(), actor=COMMUNE, at=AT)


def test_the_standing_is_what_the_journal_tells() -> None:
    application = acted(an_application(), "appearance_recorded", actor=COMMUNE)

    stands = standing(application, on=day_of(AT))

    assert stands.state == application.state
    assert [taken.event.name for taken in stands.history] == ["application_lodged", "appearance_recorded"]
    assert "appearance_recorded" not in [line.act for line in stands.possible]


@pytest.mark.django_db(transaction=True)
def test_of_several_who_take_the_fee_at_once_exactly_one_succeeds() -> None:
    application = acted(an_application(), "appearance_recorded", actor=COMMUNE)
    outcomes: list[str] = []

    def take_the_fee() -> None:
        mine = IdentityApplication.objects.get(pk=application.pk)
        try:
            take("fee_paid", mine, actor=COMMUNE, at=AT)
            outcomes.append("paid")
        except NotAllowedNow:
            outcomes.append("refused")
        finally:
            connection.close()

    _at_once(take_the_fee, 6)

    assert sorted(outcomes) == ["paid", *["refused"] * 5]
    assert [one.act for one in journal.entries(application.reference)].count("fee_paid") == 1


def _at_once(act: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
