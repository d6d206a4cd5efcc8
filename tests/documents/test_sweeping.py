"""Contents that no row names are destroyed after a day, with minutes; never a named one, never one being put."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guichet.casework import journal
from guichet.casework.acts import Actor
from guichet.config.wiring import SCHEDULE, WIRING
from guichet.documents import operations, store, sweeping
from guichet.documents.operations import Ready
from guichet.identity.models import Biometric, BiometricKind
from guichet.identity.operations import pieces
from guichet.kit import clock
from guichet.kit.ids import short_code
from tests.identity.builders import AT, an_application
from tests.identity.counter import a_photo, an_agent_of, done, photographed

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=2)


def put(content: bytes, *, ago: timedelta = LONG_AGO) -> str:
    """A content that was put so long before ``AT``."""
    digest = store.put(content)
    age(digest, ago)
    return digest


def age(digest: str, ago: timedelta) -> None:
    then = (AT - ago).timestamp()
    os.utime(place_of(digest), (then, then))


def place_of(digest: str) -> Path:
    (found,) = Path(store._shelf().root).rglob(digest)
    return found


def sweep(at: datetime = AT) -> None:
    sweeping.sweep.func(wiring=WIRING, at=at)


def kept(content: bytes) -> str:
    """A content that an issued document names."""
    digest = put(content)
    ready = Ready(title="Attestation", digest=digest, size=1, data_digest="0" * 64, verification_code=short_code())
    operations.keep(ready, case_reference="CMD-1", kind="attestation", actor=Actor("system", "test"), at=AT)
    age(digest, LONG_AGO)
    return digest


def photo_in_hand() -> str:
    agent = an_agent_of("commune")
    application = photographed(done(an_application(), agent, "appearance_recorded"), agent)
    (row,) = Biometric.objects.filter(application=application)
    age(row.digest, LONG_AGO)
    return str(row.digest)


def test_what_no_row_names_is_destroyed_after_a_day_and_not_before() -> None:
    old, young = put(b"old"), put(b"young", ago=timedelta(hours=23))

    sweep()

    assert (store.exists(old), store.exists(young)) == (False, True)
    sweep(AT + timedelta(hours=2))
    assert not store.exists(young)


def test_what_a_document_or_an_application_names_stays_however_old_it_is() -> None:
    document, photo, orphan = kept(b"sealed"), photo_in_hand(), put(b"orphan")

    sweep(AT + timedelta(days=400))

    assert (store.exists(document), store.exists(photo), store.exists(orphan)) == (True, True, False)


def test_the_minutes_say_how_many_contents_went_and_when() -> None:
    put(b"one"), put(b"two")

    sweep()
    sweep()

    (entry,) = journal.entries(sweeping.REFERENCE)
    assert (entry.act, entry.at, entry.facts) == ("contents_swept", AT, {"contents": 2})
    assert journal.verify(sweeping.REFERENCE) == []


def test_a_refused_upload_is_swept_and_a_kept_one_is_not() -> None:
    """The photograph reaches the store before the transaction that refuses it, as a kill would leave it."""
    agent = an_agent_of("commune")
    application = an_application()
    photo = a_photo()
    with pytest.raises(pieces.NotAllowedNow):
        pieces.capture(application, BiometricKind.PHOTO, photo, agent=Actor("commune", str(agent.pk)), at=AT)
    digest = store.digest_of(photo)
    assert store.exists(digest)

    sweep(clock.now() + LONG_AGO)

    assert not store.exists(digest)


def test_an_old_orphan_that_is_put_again_belongs_to_the_upload() -> None:
    digest = put(b"again")
    before = AT - sweeping.LEAST_AGE
    assert list(sweeping.orphans(WIRING, before=before)) == [digest]

    store.put(b"again")  # between the look and the removal

    assert not store.delete_untouched(digest, before)
    assert store.get(digest) == b"again"


def test_of_uploads_and_sweeps_at_once_no_upload_loses_its_content() -> None:
    """Each upload finds an old orphan of the same bytes, while sweeps that have already chosen it remove it."""
    lost: list[int] = []
    before = AT - sweeping.LEAST_AGE
    for round_ in range(60):
        content = f"round {round_}".encode()
        digest = put(content)
        together = threading.Barrier(3)

        def upload(content: bytes = content, round_: int = round_, together: threading.Barrier = together) -> None:
            together.wait()
            if not store.exists(store.put(content)):
                lost.append(round_)

        def remove(digest: str = digest, together: threading.Barrier = together) -> None:
            together.wait()
            store.delete_untouched(digest, before)

        threads = [threading.Thread(target=act) for act in (upload, remove, remove)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        if not store.exists(digest):
            lost.append(round_)

    assert lost == []


def test_a_sweep_that_is_killed_holds_nobody_up() -> None:
    digest = put(b"held")
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        with store.Folder(Path(store._shelf().root))._locked(fcntl.LOCK_EX):
            os.write(writes, b"held")
            signal.pause()
    assert os.read(reads, 4) == b"held"

    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    assert store.put(b"held") == digest


def test_a_sweep_killed_before_it_removed_anything_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = put(b"left")

    def power_cut(digest: str, since: datetime) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(store, "delete_untouched", power_cut)
        with pytest.raises(KeyboardInterrupt):
            sweep()
    assert store.exists(digest)

    sweep()

    assert not store.exists(digest)
    assert len(journal.entries(sweeping.REFERENCE)) == 2


def test_the_sweep_is_part_of_the_periodic_work() -> None:
    assert SCHEDULE["documents.sweep"].task is sweeping.sweep
    assert SCHEDULE["documents.sweep"].seconds <= sweeping.LEAST_AGE.total_seconds()


@pytest.mark.parametrize(("days", "is_problem"), [(1, False), (4, True)])
def test_the_operator_reads_how_many_orphans_there_are(days: int, is_problem: bool) -> None:  # noqa: FBT001
    digest = put(b"orphan")
    then = (clock.now() - timedelta(days=days, hours=1)).timestamp()
    os.utime(place_of(digest), (then, then))
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError):  # a test has no seal, which is a problem of its own
        call_command("check", stdout=out, stderr=err)

    assert "Dépôt : 1 contenu(s) que rien ne nomme" in out.getvalue()
    assert ("Dépôt : 1 contenu(s) orphelin(s) depuis plus de 3 jours." in err.getvalue()) is is_problem


def test_a_look_for_orphans_costs_one_statement_a_room_for_five_hundred(django_assert_num_queries: Any) -> None:
    for number in range(12):
        put(f"content {number}".encode())

    with django_assert_num_queries(len(WIRING["named_contents"])):
        assert len(list(sweeping.orphans(WIRING, before=AT))) == 12
