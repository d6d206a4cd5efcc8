"""The day on which age counts: one for the price, the shares, what is asked for and what is taken (RDId 3/1, 6/1, 11/1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from guichet.identity.models import BiometricKind, IdentityApplication, Share
from guichet.identity.operations import lodging, pieces
from guichet.identity.payable import PayableApplications
from guichet.identity.quote import quote
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.payments.models import Receipt
from tests.identity.builders import AT, an_application
from tests.identity.counter import an_agent_of, at_the_counter, browser_of, done, photographed

pytestmark = pytest.mark.django_db
LODGED, AFTER = AT - timedelta(days=1), AT + timedelta(days=1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The instant of the house, to be set."""
    instant = [AT]
    monkeypatch.setattr(clock, "now", lambda: instant[0])
    return instant


def born(years: int, *, turning_on: date) -> date:
    """The birth of somebody who becomes so many years old that day."""
    return turning_on.replace(year=turning_on.year - years)


def dispensed_before_the_birthday(**fields: object) -> IdentityApplication:
    """Somebody dispensed from appearing the day before they come of age."""
    turns = born(18, turning_on=day_of(AFTER))
    application = an_application(born_on=turns, parents="together", **fields)
    return done(application, an_agent_of("commune"), "appearance_dispensed")


def test_the_dispensation_keeps_its_day_and_none_is_without() -> None:
    application = dispensed_before_the_birthday()

    assert (application.dispensed_on, application.appeared_on) == (day_of(AT), None)
    for columns in ({"dispensed_on": None}, {"dispensation": ""}):
        with pytest.raises(IntegrityError, match="dispensation_has_its_day"), transaction.atomic():
            IdentityApplication.objects.filter(pk=application.pk).update(**columns)


def test_a_birthday_after_the_dispensation_changes_neither_price_nor_shares_nor_answer(
    client: Client, now: list[datetime]
) -> None:
    application, clerk = dispensed_before_the_birthday(), an_agent_of("commune")
    now[0] = AFTER

    online = client.get(f"/identite/demande/{application.token}/payer/").content.decode()
    tracking = client.get(f"/identite/demande/{application.token}/").content.decode()
    counter = browser_of(clerk).get(reverse("guichets:case", args=[application.reference])).content.decode()
    agreed = lodging.agree(application, shown=quote(application, on=day_of(AT)).digest, at=AFTER)
    with transaction.atomic():
        provider = PayableApplications().lock(application.reference, on=day_of(AFTER))
    done(application, clerk, "fee_paid", at=AFTER)
    share = Share.objects.of_case(application.reference).get()

    # A child's card: 30.00 (RDId 11/1), and 5.00 for sending it.
    assert "Payer 35.00" in online
    assert "autorité parentale vient signer" in tracking
    assert "Payer 35.00 CHF en ligne" in tracking
    assert "n'est plus celui qui a été annoncé" not in counter
    assert agreed.total.centimes == provider.amount.centimes == 3500
    assert provider.quote_digest == agreed.digest
    assert Receipt.objects.get().amount_centimes == 3500
    assert (share.is_minor, share.law_day, share.fee_centimes) == (True, day_of(AT), 3000)


def test_a_birthday_before_the_dispensation_makes_an_adult_everywhere(client: Client, now: list[datetime]) -> None:
    application = an_application(born_on=born(18, turning_on=day_of(AT)), parents="together", at=LODGED)
    clerk = an_agent_of("commune")
    done(application, clerk, "appearance_dispensed", "fee_paid")

    tracking = client.get(f"/identite/demande/{application.token}/").content.decode()
    share = Share.objects.of_case(application.reference).get()

    assert "autorité parentale" not in tracking
    assert Receipt.objects.get().amount_centimes == 7000
    assert (share.is_minor, share.law_day) == (False, day_of(AT))


THRESHOLDS = [
    (7, {BiometricKind.SIGNATURE}, False),
    (12, {BiometricKind.LEFT_INDEX, BiometricKind.RIGHT_INDEX}, False),
    (14, set(), True),
]


@pytest.mark.parametrize(("years", "more", "height"), THRESHOLDS)
@pytest.mark.parametrize("act", ["appearance_recorded", "appearance_dispensed"])
def test_a_birthday_before_the_appearance_counts_for_what_is_taken_and_one_after_it_does_not(
    years: int, more: set[BiometricKind], height: bool, act: str, now: list[datetime]
) -> None:
    centre = an_agent_of("centre")
    older = an_application(
        request="passport", born_on=born(years, turning_on=day_of(AT)), parents="together", at=LODGED
    )
    younger = an_application(
        request="passport", born_on=born(years, turning_on=day_of(AFTER)), parents="together", at=LODGED
    )
    for application in (older, younger):
        done(application, centre, act)
    now[0] = AFTER

    def asked(application: IdentityApplication) -> set[BiometricKind]:
        page = browser_of(centre).get(reverse("guichets:data", args=[application.reference]))
        return {kind for kind, _ in page.context["state"]}

    def height_of(application: IdentityApplication) -> bool:
        page = browser_of(centre).get(reverse("guichets:case", args=[application.reference]))
        return bool(page.context["file"].has_height)

    assert asked(older) - asked(younger) == more
    assert asked(younger) <= asked(older)
    assert (height_of(older), height_of(younger)) == (height, False)


def test_what_is_accepted_is_what_the_age_of_the_day_of_appearance_wants(now: list[datetime]) -> None:
    centre = an_agent_of("centre")
    six = an_application(request="passport", born_on=born(7, turning_on=day_of(AFTER)), parents="together")
    done(six, centre, "appearance_recorded")
    photographed(six, centre)
    now[0] = AFTER

    done(six, centre, "biometrics_captured", at=AFTER)

    assert pieces.wanted(six, on=six.age_day(day_of(AFTER))) == (BiometricKind.PHOTO,)


@pytest.mark.parametrize(("turns", "is_minor"), [(AT, False), (AFTER, True)])
def test_who_comes_of_age_before_appearing_is_an_adult_who_does_after_it_stays_a_minor(
    turns: datetime, is_minor: bool, now: list[datetime]
) -> None:
    clerk = an_agent_of("commune")
    application = an_application(born_on=born(18, turning_on=day_of(turns)), parents="together", at=LODGED)
    done(application, clerk, "appearance_recorded")
    now[0] = AFTER

    page = at_the_counter("commune").get(reverse("guichets:case", args=[application.reference])).content.decode()
    done(application, clerk, "fee_paid", at=AFTER)

    assert ("l&#x27;accord de l&#x27;autorité parentale" in page) is is_minor
    assert Receipt.objects.get().amount_centimes == (3500 if is_minor else 7000)
