"""What is only shown comes from memory; what binds asks the database; the register is read once (ADR 0012)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.kit import clock
from guichet.kit.ids import secret_token
from guichet.orders import catalogue, known, operations, terms
from guichet.orders.models import Acceptance, Order, ServiceVersion, TermsEdition
from guichet.people.models import Person, Reading

from .builders import AT, RESIDENCE, a_draft, an_account, an_order, the_office

pytestmark = pytest.mark.django_db
SERVICE = f"/prestations/{RESIDENCE}/"
BEGIN = f"{SERVICE}commander/"


@pytest.fixture(autouse=True)
def the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every door reads the builders' instant."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def withdrawn_by_another_process() -> None:
    ServiceVersion.objects.filter(service__slug=RESIDENCE).update(withdrawn_at=AT)


def begun(client: Client, **given: str) -> str:
    answer = client.post(BEGIN, {"start_key": secret_token(), **given})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def test_a_service_withdrawn_elsewhere_takes_no_order_even_while_it_is_still_shown(client: Client) -> None:
    the_office()
    assert client.get(SERVICE).status_code == 200
    withdrawn_by_another_process()
    assert client.get(SERVICE).status_code == 200

    assert client.post(BEGIN, {"start_key": secret_token()}).status_code == 410
    assert not Order.objects.exists()


def test_an_order_begins_with_the_version_of_now_even_while_an_older_one_is_shown(
    client: Client, tmp_path: Any
) -> None:
    the_office()
    client.get(SERVICE)
    shown = catalogue._versions._held
    changed = tmp_path / "services.toml"
    changed.write_text(catalogue.PACKAGED.read_text().replace("Atteste que vous habitez", "Dit que vous habitez"))
    assert catalogue.load(changed, at=AT)
    catalogue._versions._held = shown

    begun(client)

    assert Order.objects.get().version.number == 2


def test_a_service_published_elsewhere_is_found_at_once(client: Client) -> None:
    assert client.get(SERVICE).status_code == 410
    the_office()
    catalogue._versions._held = (float("inf"), {})

    assert client.get(SERVICE).status_code == 200


def test_an_edition_published_elsewhere_is_not_accepted_unseen(client: Client) -> None:
    client.force_login(account := an_account())
    token = a_draft(account=account).token
    client.post(f"/commande/{token}/personne/", {"email": "alice@exemple.ch"})
    client.post(f"/commande/{token}/livraison/", {"delivery": "download"})
    review = f"/commande/{token}/verification/"
    shown = client.get(review).context["form"].initial
    TermsEdition.objects.create(
        kind="office", edition="2", title="CGV", text="# Nouvelles", sha256="2" * 64, published_at=AT
    )
    assert client.get(review).context["form"].initial == shown

    answer = client.post(review, {**shown, "accept": "on"})

    assert answer.status_code == 422
    assert "nouvelle édition" in answer.content.decode()
    assert Order.objects.get().state == "draft"


def test_an_edition_shown_elsewhere_is_accepted_here_though_it_is_not_yet_remembered(client: Client) -> None:
    client.force_login(account := an_account())
    token = a_draft(account=account).token
    client.post(f"/commande/{token}/personne/", {"email": "alice@exemple.ch"})
    client.post(f"/commande/{token}/livraison/", {"delivery": "download"})
    review = f"/commande/{token}/verification/"
    client.get(review)
    TermsEdition.objects.create(
        kind="office", edition="2", title="CGV", text="# Nouvelles", sha256="2" * 64, published_at=AT
    )
    shown = " ".join(edition.sha256[:16] for edition in terms.binding(AT))

    client.post(review, {"shown": shown, "accept": "on"})

    assert Order.objects.get().state == "submitted"
    assert Acceptance.objects.filter(edition__edition="2").exists()


def test_the_register_is_read_once_for_the_page_and_its_sending(client: Client) -> None:
    client.force_login(an_account())
    the_office()
    page = begun(client)
    order = Order.objects.get()
    (reading,) = Reading.objects.filter(case_reference=order.reference)
    assert reading.reason == "préremplir la commande"

    assert "Amélie" in client.get(page).content.decode()
    client.get(page)
    client.post(page, {"email": "alice@exemple.ch"})

    assert Reading.objects.filter(case_reference=order.reference).count() == 1
    order.refresh_from_db()
    assert order.bearer == f"{reading.person.first_names} {reading.person.official_name}"
    assert known.KEY not in order.answers


def test_the_register_is_read_again_after_the_step_was_sent_and_on_another_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(an_account())
    the_office()
    page = begun(client)
    client.post(page, {"email": "alice@exemple.ch"})
    Person.objects.update(first_names="Amélie Rose")

    assert "Amélie Rose" in client.get(page).content.decode()
    assert Reading.objects.filter(reason="préremplir la commande").count() == 2
    Person.objects.update(first_names="Rose")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1))

    assert "Le document portera votre nom" in (shown := client.get(page).content.decode())
    assert "Amélie Rose" not in shown
    assert Reading.objects.filter(reason="préremplir la commande").count() == 3


def test_the_register_is_not_read_for_an_order_that_is_no_draft_any_more(client: Client) -> None:
    client.force_login(account := an_account())
    order = an_order(account=account)

    assert client.get(f"/commande/{order.token}/personne/")["Location"] == f"/suivi/{order.token}/"

    assert not Reading.objects.filter(reason="préremplir la commande").exists()


def test_two_presses_on_the_same_page_read_and_begin_once(client: Client) -> None:
    client.force_login(an_account())
    the_office()
    key = secret_token()

    assert begun(client, start_key=key) == begun(client, start_key=key)

    assert Reading.objects.filter(reason="préremplir la commande").count() == 1


def test_a_key_that_somebody_else_has_used_begins_another_order(client: Client) -> None:
    the_office()
    key = secret_token()
    first = begun(client, start_key=key)
    client.force_login(an_account())

    assert begun(client, start_key=key) != first
    assert Order.objects.count() == 2


def test_a_step_sent_in_one_tab_keeps_what_another_tab_has_sent_meanwhile() -> None:
    order = a_draft()
    stale = Order.objects.get(pk=order.pk)
    operations.save_step(order, "person", {"email": "a@exemple.ch"}, at=AT + timedelta(seconds=1), email="a@exemple.ch")

    operations.save_step(stale, "delivery", {"delivery": "post"}, at=AT + timedelta(seconds=2), delivery="post")

    stored = Order.objects.get(pk=order.pk)
    assert stored.answer("person") == {"email": "a@exemple.ch"}
    assert stored.answer("delivery") == {"delivery": "post"}
    assert (stored.email, stored.delivery) == ("a@exemple.ch", "post")
