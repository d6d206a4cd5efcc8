"""The fee online, before the appearance: paid once, at the price of the day, and never at one that is no longer owed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.casework import journal
from guichet.casework.acts import take
from guichet.casework.models import OutboxMessage
from guichet.config.wiring import WIRING
from guichet.identity.models import IdentityApplication
from guichet.identity.operations import lodging
from guichet.identity.quote import quote
from guichet.kit.clock import day_of
from guichet.kit.errors import NotAllowedNow
from guichet.payments.models import PaymentAttempt, Receipt
from guichet.payments.states import Source
from tests.identity.builders import AT, COMMUNE, acted, an_application
from tests.payments.builders import Counter, a_counter

pytestmark = pytest.mark.django_db
# Eighteen on 10 January 2027.
ALMOST_ADULT = date(2009, 1, 10)
AFTER_THE_BIRTHDAY = AT + timedelta(days=60)


class House:
    """The counter at an instant that the test moves, with a provider that says what the test wants."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.at = counter, AT
        counter.provider.clock = AT

    def attempt(self) -> PaymentAttempt:
        """The newest attempt."""
        return PaymentAttempt.objects.order_by("-id")[0]

    def pays(self) -> None:
        """The payer pays on the provider's page; the house asks, and collects."""
        self.counter.pays(self.attempt(), self.at)
        self.counter.settle(self.attempt(), self.at, Source.NOTIFICATION)
        self.counter.work(self.at)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    """The house at the builders' instant."""
    built = House(a_counter())
    wiring = {**WIRING, "provider": built.counter.wiring["provider"]}
    monkeypatch.setattr("guichet.kit.clock.now", lambda: built.at)
    monkeypatch.setitem(WIRING, "provider", wiring["provider"])
    monkeypatch.setattr(Counter, "wiring", property(lambda self: wiring))
    return built


def address(application: IdentityApplication, page: str = "") -> str:
    """The address of a page of the application."""
    return f"/identite/demande/{application.token}/{page}"


def press_pay(client: Client, application: IdentityApplication) -> Any:
    """Open the payment page and press its button."""
    shown = client.get(address(application, "payer/")).context["form"].initial["shown"]
    return client.post(address(application, "payer/"), {"shown": shown})


def journal_of(application: IdentityApplication) -> list[str]:
    """The acts of the application, in order."""
    return [entry.act for entry in journal.entries(application.reference)]


def test_a_paid_fee_is_in_the_file_with_its_receipt_and_a_mail(client: Client, house: House) -> None:
    application = an_application(email="amelie@exemple.ch")

    sent = press_pay(client, application)
    house.pays()

    application.refresh_from_db()
    assert sent.status_code == 303
    assert application.paid_at == AT
    assert application.attempt == house.attempt().reference
    assert "fee_paid" in journal_of(application)
    booked = Receipt.objects.get()
    assert booked.case_reference == application.reference
    assert booked.amount.centimes == 7000
    assert OutboxMessage.objects.get(kind="identity/fee_paid").to == "amelie@exemple.ch"
    page = client.get(address(application)).content.decode()
    assert "Quittance" in page
    assert "Payer 70" not in page


def test_what_is_paid_online_the_counter_does_not_take_again(client: Client, house: House) -> None:
    application = an_application()
    press_pay(client, application)
    house.pays()
    application.refresh_from_db()

    with pytest.raises(NotAllowedNow):
        take("fee_paid", application, actor=COMMUNE, at=AT)


def test_what_the_counter_took_meanwhile_is_not_charged_online(client: Client, house: House) -> None:
    application = an_application()
    press_pay(client, application)
    take("fee_paid", application, actor=COMMUNE, at=AT, fields={"paid_at": AT})

    house.pays()

    assert not Receipt.objects.exists()
    assert house.counter.provider.asked("capture") == 0
    assert house.counter.provider.asked("void") == 1


def test_nothing_is_captured_at_the_price_of_before_the_birthday(client: Client, house: House) -> None:
    application = an_application(born_on=ALMOST_ADULT, request="identity_card", parents="together")
    press_pay(client, application)
    old = house.attempt()
    house.counter.pays(old, AFTER_THE_BIRTHDAY)

    house.at = AFTER_THE_BIRTHDAY
    house.counter.settle(old, house.at, Source.NOTIFICATION)
    house.counter.work(house.at)

    application.refresh_from_db()
    assert application.paid_at is None
    assert house.counter.provider.asked("capture") == 0
    assert house.counter.provider.asked("void") == 1


def test_the_new_price_is_paid_after_a_renewed_consent(client: Client, house: House) -> None:
    application = an_application(born_on=ALMOST_ADULT, request="identity_card", parents="together")
    before = application.quote_digest
    house.at = AFTER_THE_BIRTHDAY

    stale = client.post(address(application, "payer/"), {"shown": before})
    page = client.get(address(application, "payer/")).content.decode()
    press_pay(client, application)
    house.pays()

    application.refresh_from_db()
    assert stale["Location"] == address(application, "payer/")
    assert "Le prix a changé" in page
    assert "35.00" in page
    assert application.fee_centimes == 6500
    assert Receipt.objects.get().amount.centimes == 7000
    assert journal_of(application).count("price_agreed") == 1


def test_the_age_of_the_day_of_appearance_counts_ever_after(house: House) -> None:
    application = an_application(born_on=ALMOST_ADULT, parents="together")
    IdentityApplication.objects.filter(pk=application.pk).update(appeared_on=day_of(AT))
    application.refresh_from_db()

    price = lodging.agree(
        application,
        shown=quote(application, on=day_of(AT)).digest,
        at=AFTER_THE_BIRTHDAY,
    )

    assert price.amount("fee").centimes == 3000


def test_the_payment_is_offered_only_while_the_file_is_open(client: Client, house: House) -> None:
    waiting = an_application(reason="renewal")

    answer = client.get(address(waiting, "payer/"))
    page = client.get(address(waiting)).content.decode()

    assert answer["Location"] == address(waiting)
    assert "en ligne dès que le dossier est ouvert" in page


def test_nothing_is_charged_for_an_application_that_was_withdrawn_meanwhile(client: Client, house: House) -> None:
    application = an_application()
    press_pay(client, application)
    client.post(address(application, "retirer/"))

    house.pays()

    application.refresh_from_db()
    assert application.state == "abandoned"
    assert house.counter.provider.asked("capture") == 0
    assert not Receipt.objects.exists()


def test_paying_twice_opens_one_page(client: Client, house: House) -> None:
    application = an_application()

    first, second = press_pay(client, application), press_pay(client, application)

    assert first["Location"] == second["Location"]
    assert PaymentAttempt.objects.count() == 1


def test_an_exempt_person_is_asked_for_nothing(client: Client, house: House) -> None:
    application = an_application()
    take("fee_exempted", application, actor=COMMUNE, at=AT, fields={"exempted_at": AT})

    assert client.get(address(application, "payer/"))["Location"] == address(application)


def test_a_payment_does_not_stand_in_the_way_of_the_counter(client: Client, house: House) -> None:
    application = an_application()
    press_pay(client, application)
    house.pays()
    application.refresh_from_db()

    acted(application, "appearance_recorded", "majority_recorded", "photo_accepted", actor=COMMUNE)

    assert application.state == "open"
    assert journal.verify(application.reference) == []


def test_the_receipt_and_the_form_are_printed(client: Client, house: House) -> None:
    application = an_application(address=["Amélie Rochat", "Rue du Lac 3", "1207 Genève"])
    press_pay(client, application)
    house.pays()

    for name in ("quittance.pdf", "formule.pdf"):
        answer = client.get(address(application, name))
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
