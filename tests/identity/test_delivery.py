"""Between the production and the holder: kept and destroyed with minutes, late and complained of, and no datum left behind."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from guichet.casework import journal, outbox
from guichet.casework.models import OutboxMessage
from guichet.documents import store
from guichet.documents.contents import Verification
from guichet.gateways.production.port import Stage, Told
from guichet.identity import jobs
from guichet.identity.models import BiometricKind, IdentityApplication, ProductionOrder
from guichet.identity.operations import appeals, counter, pieces, producing
from guichet.institutions.models import Office
from guichet.kit import clock
from tests.identity.builders import AT, an_application
from tests.identity.counter import a_photo, an_agent_of, at_the_counter, browser_of, complete, deed, done

pytestmark = pytest.mark.django_db
MARK = b"MARQUE-PLANTEE-7f3a91c2"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def ordered(**fields: Any) -> IdentityApplication:
    """An adult's card, taken by a commune and approved by the centre."""
    return done(complete(an_application(**fields), an_agent_of("commune")), an_agent_of("centre"), "document_ordered")


def heard(*stages: str) -> None:
    """What the production tells of its only order."""
    for stage in stages:
        producing.absorb(ProductionOrder.objects.get().pk, Told(Stage(stage)), at=AT)


def state() -> str:
    return IdentityApplication.objects.get().state


def test_a_kept_document_is_destroyed_on_the_page_with_minutes_and_only_after_twelve_months(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    application, centre = ordered(), at_the_counter("centre")
    heard("produced", "returned")
    assert state() == "kept"
    assert "document gardé" in client.get(f"/identite/demande/{application.token}/").content.decode()
    address = reverse("guichets:act", args=[application.reference, "kept_document_destroyed"])
    assert address not in centre.get(reverse("guichets:case", args=[application.reference])).content.decode()

    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=370))
    assert address in centre.get(reverse("guichets:case", args=[application.reference])).content.decode()
    refused = centre.post(address, {"words": ""})
    assert (refused.status_code, state()) == (422, "kept")
    centre.post(address, {"words": "Découpé devant Paul Morel."})

    assert state() == "destroyed"
    assert application.pieces.get(act="kept_document_destroyed").words == "Découpé devant Paul Morel."
    assert "document détruit" in client.get(f"/identite/demande/{application.token}/").content.decode()


def mail_of(kind: str) -> str:
    """The one mail of this kind, as it leaves."""
    return outbox.compose(OutboxMessage.objects.get(kind=f"identity/{kind}"))[1].replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("how", ["production", "counter"])
def test_the_holder_is_told_where_a_kept_document_is_and_until_when(client: Client, how: str) -> None:
    application = ordered(email="amelie@exemple.ch")
    heard("produced", *(("returned",) if how == "production" else ()))
    if how == "counter":
        counter.perform(IdentityApplication.objects.get(), deed("undelivered_kept", an_agent_of("centre")))

    page = client.get(f"/identite/demande/{application.token}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    for told in (mail_of("document_kept"), page):
        assert "23 novembre 2027" in told
        assert "Centre cantonal de biométrie" in told
        assert "1200 Genève" in told


def test_the_mails_about_a_kept_document_say_when_and_how_the_centre_is_reached() -> None:
    ordered(email="amelie@exemple.ch")
    reached = {"hours": "Sur rendez-vous seulement.", "telephone": "022 546 46 46"}
    Office.objects.filter(authority="centre").update(**reached)
    heard("produced", "returned")
    jobs.remind.func(at=AT + timedelta(days=336))

    for kind in ("document_kept", "document_kept_reminder"):
        assert "1200 Genève\nSur rendez-vous seulement.\nTéléphone : 022 546 46 46\n" in mail_of(kind)


def test_a_month_before_it_is_destroyed_the_holder_is_reminded_once() -> None:
    ordered(email="amelie@exemple.ch")
    heard("produced", "returned")
    reminders = OutboxMessage.objects.filter(kind="identity/document_kept_reminder")

    jobs.remind.func(at=AT + timedelta(days=330))
    assert not reminders.exists()
    for day in (336, 337):
        jobs.remind.func(at=AT + timedelta(days=day))

    assert reminders.count() == 1
    assert "mardi 23 novembre 2027" in mail_of("document_kept_reminder")


def test_what_is_destroyed_is_due_no_more() -> None:
    ordered()
    heard("produced", "returned")
    later = AT + timedelta(days=370)

    counter.perform(IdentityApplication.objects.get(), deed("kept_document_destroyed", an_agent_of("centre"), at=later))

    assert IdentityApplication.objects.get().due_on is None


def test_a_kept_document_is_handed_over_at_the_counter() -> None:
    application, clerk = ordered(), an_agent_of("centre")
    heard("produced", "returned")
    page = browser_of(clerk).get(reverse("guichets:case", args=[application.reference])).content.decode()
    assert "Remettre le document gardé" in page

    counter.perform(IdentityApplication.objects.get(), deed("document_delivered", clerk))

    assert state() == "delivered"


def test_who_got_no_document_in_time_complains_on_the_page_once_and_the_centre_reads_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = ordered()
    page, address = f"/identite/demande/{application.token}/", f"/identite/demande/{application.token}/reclamer/"
    assert "Réclamer pour retard" not in client.get(page).content.decode()
    assert client.post(address).status_code == 409

    # Approved on Monday 23 November: due on Monday 7 December, to be complained of until Monday 14 December.
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=15))
    shown = client.get(page).content.decode()
    assert "Réclamer pour retard" in shown
    assert "art. 52 al. 4 OLDI" in shown
    assert client.post(address).status_code == 302
    assert "Votre réclamation est enregistrée" in client.get(page).content.decode()
    assert client.post(address).status_code == 409

    acts = [entry.act for entry in journal.entries(application.reference)]
    assert acts.count("late_delivery_complained") == 1
    case = at_the_counter("centre").get(reverse("guichets:case", args=[application.reference])).content.decode()
    assert "La personne réclame\N{NO-BREAK SPACE}: le document n'est pas arrivé dans le délai</" in case.replace(
        "&#x27;", "'"
    )
    assert "Demandez à la production" in case


def test_after_five_working_days_nobody_complains_any_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    application = ordered()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=22))

    assert client.post(f"/identite/demande/{application.token}/reclamer/").status_code == 409
    page = client.get(f"/identite/demande/{application.token}/").content.decode()
    assert "Réclamer pour retard" not in page
    assert "Ce délai est passé" in page


def marked(kind: BiometricKind) -> bytes:
    """An image of its own for each datum, with the mark in its bytes."""
    with Image.open(io.BytesIO(a_photo((600 + list(BiometricKind).index(kind), 900)))) as image:
        written = io.BytesIO()
        image.save(written, "JPEG", comment=MARK + kind.encode())
    return written.getvalue()


def everything_kept() -> bytes:
    """Every byte of the data folder, every content of the store in clear, every cell of the database."""
    folders = (Path(settings.STORE_DIR), Path(settings.STORE_DIR).parent)
    found = [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
    found += [store.get(digest) for digest in store.digests()]
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found.append(repr(cursor.fetchall()).encode())
    return b"\n".join(found)


@pytest.mark.applies("RDId 3/2")
def test_once_the_document_exists_no_byte_of_its_data_is_kept_anywhere() -> None:
    application, clerk = an_application(request="passport", reason="renewal"), an_agent_of("centre")
    done(application, clerk, "old_document_cancelled", "appearance_recorded")
    data = {kind: marked(kind) for kind in BiometricKind}
    for kind, content in data.items():
        pieces.capture(application, kind, content, agent=deed("biometrics_captured", clerk).agent, at=AT)
    pieces.content_of(application, BiometricKind.PHOTO, agent=deed("biometrics_captured", clerk).agent, at=AT)
    digests = [hashlib.sha256(content).hexdigest().encode() for content in data.values()]
    before = everything_kept()
    assert MARK in before
    assert all(digest in before for digest in digests)
    done(application, clerk, "biometrics_captured", "form_signed", "fee_paid")
    done(application, an_agent_of("centre"), "document_ordered")

    heard("produced")
    assert state() == "issued"
    producing.destroy_data.func(str(application.pk), at=AT)

    left = everything_kept() + court_file(application)
    assert MARK not in left
    assert not [digest for digest in digests if digest in left]
    assert b"C1234567" not in left


def court_file(application: IdentityApplication) -> bytes:
    """What the court would be told of the case, with the journal that is attached to it."""
    application.refresh_from_db()
    chain: Any = journal.entries(application.reference)
    content = appeals.court_file(application, chain, verification=Verification(code="X", address="x"), at=AT)
    return repr(content).encode() + appeals.journal_as_json(chain)
