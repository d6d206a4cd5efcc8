"""Photographs, prints, signatures, old documents: what is taken, what is refused, what is left once the document exists."""

from __future__ import annotations

import zlib
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from guichet.casework import journal
from guichet.documents import store
from guichet.identity.models import Biometric, BiometricKind, CancelledDocument
from guichet.identity.operations import pieces
from guichet.kit import clock
from guichet.kit.errors import NotAllowedNow, Refused
from tests.identity.builders import AT, an_application
from tests.identity.counter import a_photo, an_agent_of, browser_of, deed, done, photographed

pytestmark = pytest.mark.django_db
Kind = BiometricKind


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_a_sharp_photo_of_four_by_six_gives_no_hint() -> None:
    assert pieces.look_at(a_photo(), Kind.PHOTO).hints == ()


@pytest.mark.parametrize(
    ("photo", "hint"),
    [
        (a_photo((900, 900)), "proportion"),
        (a_photo((200, 300)), "résolution"),
        (a_photo(is_sharp=False), "floue"),
    ],
)
def test_what_a_machine_doubts_is_a_hint_and_no_refusal(photo: bytes, hint: str) -> None:
    assert hint in " ".join(pieces.look_at(photo, Kind.PHOTO).hints)


def test_a_photo_of_thirty_five_by_forty_five_is_in_proportion() -> None:
    assert pieces.look_at(a_photo((700, 900)), Kind.PHOTO).hints == ()


def a_bomb() -> bytes:
    """A PNG that says it is 30,000 by 30,000 points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", a_photo()[:400], a_photo(kind="GIF"), a_bomb(), b"x" * 5_000_001],
    ids=["empty", "svg", "pdf", "cut off", "gif", "bomb", "too large"],
)
def test_what_is_no_image_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match=r"image|grand|points"):
        pieces.look_at(content, Kind.PHOTO)


@pytest.mark.parametrize(
    ("born", "kinds"),
    [
        (date(2019, 11, 24), {"photo"}),
        (date(2019, 11, 23), {"photo", "signature"}),
        (date(2014, 11, 24), {"photo", "signature"}),
        (date(2014, 11, 23), {"photo", "signature", "left_index", "right_index"}),
    ],
)
def test_signature_from_seven_and_prints_from_twelve_by_the_age_of_the_day(born: date, kinds: set[str]) -> None:
    passport = an_application(request="passport", born_on=born)

    assert {str(kind) for kind in pieces.wanted(passport, on=AT.date())} == kinds


def test_nothing_is_taken_before_the_person_has_appeared() -> None:
    with pytest.raises(NotAllowedNow):
        photographed(an_application(), an_agent_of("commune"))


def test_a_photo_is_kept_encrypted_and_a_new_one_takes_its_place() -> None:
    application, clerk = an_application(), an_agent_of("commune")
    done(application, clerk, "appearance_recorded")
    agent = deed("photo_accepted", clerk).agent

    pieces.capture(application, Kind.PHOTO, a_photo((600, 900)), agent=agent, at=AT)
    pieces.capture(application, Kind.PHOTO, a_photo((700, 900)), agent=agent, at=AT)

    (digest,) = store.digests()
    assert pieces.held(application)[Kind.PHOTO].digest == digest
    assert store.get(digest) == a_photo((700, 900))


def test_two_rows_of_one_kind_are_refused_by_the_database() -> None:
    application = photographed(*_appeared())

    with pytest.raises(IntegrityError), transaction.atomic():
        Biometric.objects.create(application=application, kind=Kind.PHOTO, digest="0" * 64, captured_at=AT)


def _appeared() -> tuple[Any, Any]:
    clerk = an_agent_of("commune")
    return done(an_application(), clerk, "appearance_recorded"), clerk


def test_the_photo_is_accepted_only_once_it_is_there() -> None:
    application, clerk = _appeared()
    with pytest.raises(NotAllowedNow, match="photographie"):
        done(application, clerk, "photo_accepted")

    done(photographed(application, clerk), clerk, "photo_accepted")

    assert str(application.checked_by) == str(clerk.pk)


def test_accepting_the_photo_is_offered_only_once_it_is_there() -> None:
    application, clerk = _appeared()
    browser, case = browser_of(clerk), reverse("guichets:case", args=[application.reference])
    accept = reverse("guichets:act", args=[application.reference, "photo_accepted"])

    before = browser.get(case).content.decode()
    photographed(application, clerk)
    after = browser.get(case).content.decode()

    assert accept not in before
    assert '<span id="obstacle-photo_accepted">Il manque encore\N{NO-BREAK SPACE}: photographie.</span>' in before
    assert accept in after
    assert "obstacle-photo_accepted" not in after


def test_a_passport_asks_for_all_the_data_of_its_age() -> None:
    application, clerk = an_application(request="passport"), an_agent_of("centre")
    done(application, clerk, "appearance_recorded")
    photographed(application, clerk, Kind.PHOTO, Kind.LEFT_INDEX, Kind.SIGNATURE)

    with pytest.raises(NotAllowedNow, match="index droit"):
        done(application, clerk, "biometrics_captured")
    with pytest.raises(NotAllowedNow, match="carte"):
        done(application, clerk, "photo_accepted")
    photographed(application, clerk, Kind.RIGHT_INDEX)
    done(application, clerk, "biometrics_captured")

    assert application.checked_by is not None


def test_a_photo_is_uploaded_looked_at_and_neither_name_nor_digest_is_journalled() -> None:
    application, clerk = _appeared()
    browser = browser_of(clerk)
    address = reverse("guichets:data", args=[application.reference])

    sent = browser.post(address, {"kind": "photo", "content": SimpleUploadedFile("amelie.jpg", a_photo())})
    seen = browser.post(reverse("guichets:datum", args=[application.reference, "photo"]))

    assert (sent.status_code, seen["Content-Type"], seen.content) == (302, "image/jpeg", a_photo())
    entries = journal.entries(application.reference)[-2:]
    assert [(entry.act, entry.facts) for entry in entries] == [
        ("datum_taken", {"kind": "photo"}),
        ("datum_seen", {"kind": "photo"}),
    ]
    told = browser.get(reverse("guichets:case", args=[application.reference])).content.decode()
    assert "Une donnée a été prise au guichet\N{NO-BREAK SPACE}: photographie." in told
    assert "Une donnée a été regardée au guichet\N{NO-BREAK SPACE}: photographie." in told


@pytest.mark.parametrize(("request_", "is_chosen"), [("identity_card", True), ("passport", False)])
def test_where_one_datum_is_taken_it_is_chosen_already(request_: str, is_chosen: bool) -> None:
    authority = "commune" if is_chosen else "centre"
    clerk = an_agent_of(authority)
    application = done(an_application(request=request_), clerk, "appearance_recorded")

    page = browser_of(clerk).get(f"/guichets/{application.reference}/donnees/").content.decode()

    assert (" checked" in page) is is_chosen


def test_a_hostile_file_comes_back_with_a_sentence() -> None:
    application, clerk = _appeared()
    file = SimpleUploadedFile("x.jpg", b"<script>")

    answer = browser_of(clerk).post(
        reverse("guichets:data", args=[application.reference]), {"kind": "photo", "content": file}
    )

    assert answer.status_code == 422
    assert "image JPEG ou PNG" in answer.content.decode()
    assert list(store.digests()) == []


def test_the_number_of_an_old_document_is_encrypted_and_destroyed_with_the_data() -> None:
    application, clerk = an_application(reason="renewal"), an_agent_of("commune")
    done(application, clerk, "old_document_cancelled", "appearance_recorded")
    photographed(application, clerk)
    assert CancelledDocument.objects.get().number == "C1234567"

    pieces.purge(application.pk, at=AT)

    assert CancelledDocument.objects.get().number is None
    assert list(store.digests()) == []
    assert {row.digest for row in Biometric.objects.all()} == {""}
    minutes = journal.entries(application.reference)[-1]
    assert (minutes.act, minutes.facts) == ("data_destroyed", {"data": 1, "numbers": 1})


def test_destroying_again_after_a_kill_ends_the_work_once() -> None:
    application = photographed(*_appeared())
    (digest,) = store.digests()
    store.delete(digest)  # killed after the bytes were gone, before the row said so

    pieces.purge(application.pk, at=AT)
    pieces.purge(application.pk, at=AT)

    acts = [entry.act for entry in journal.entries(application.reference)]
    assert acts.count("data_destroyed") == 1


def test_bytes_that_another_application_holds_are_not_destroyed() -> None:
    mine, other = photographed(*_appeared()), photographed(*_appeared())

    pieces.purge(mine.pk, at=AT)

    assert store.get(pieces.held(other)[Kind.PHOTO].digest)
