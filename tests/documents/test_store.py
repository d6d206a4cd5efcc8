"""The store gives back what was put, or nothing; and a killed process leaves nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guichet.documents import store

CONTENT = b"%PDF-1.7 Aline Favre, Rue du Lac 1"


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.STORE_DIR).rglob("*") if path.is_file()]


def test_what_was_put_comes_back_under_its_sha256() -> None:
    digest = store.put(CONTENT)

    assert digest == store.digest_of(CONTENT)
    assert store.get(digest) == CONTENT
    assert store.exists(digest)
    assert list(store.digests()) == [digest]


def test_nothing_readable_lies_on_the_disk(settings: Any) -> None:
    store.put(CONTENT)

    (kept,) = files(settings)
    assert b"Aline" not in kept.read_bytes()
    assert b"%PDF" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


def test_the_same_content_is_kept_once(settings: Any) -> None:
    assert store.put(CONTENT) == store.put(CONTENT)

    assert len(files(settings)) == 1


def test_folders_are_two_levels_deep_by_the_digest(settings: Any) -> None:
    digest = store.put(CONTENT)

    assert files(settings) == [Path(settings.STORE_DIR) / digest[:2] / digest[2:4] / digest]


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "Z" * 64])
def test_an_unknown_or_impossible_digest_gives_nothing(digest: str) -> None:
    assert not store.exists(digest)
    with pytest.raises(store.NotInStore):
        store.get(digest)


def test_a_changed_file_is_not_given_out(settings: Any) -> None:
    digest = store.put(CONTENT)
    (kept,) = files(settings)
    kept.write_bytes(kept.read_bytes()[:-1] + b"\0")

    with pytest.raises(store.StoreDamaged):
        store.get(digest)


def test_a_file_moved_under_another_digest_is_not_given_out(settings: Any) -> None:
    first, second = store.put(CONTENT), store.put(b"another document")
    place = {path.name: path for path in files(settings)}
    place[second].write_bytes(place[first].read_bytes())

    with pytest.raises(store.StoreDamaged):
        store.get(second)


def test_contents_outlive_a_new_key_and_new_ones_use_it(settings: Any) -> None:
    old = store.put(CONTENT)
    settings.FIELD_KEYS = {"k2": os.urandom(32), **settings.FIELD_KEYS}

    new = store.put(b"another document")

    assert store.get(old) == CONTENT
    assert next(path for path in files(settings) if path.name == new).read_bytes().startswith(b"k2:")


def test_without_its_key_a_content_is_told_as_damaged(settings: Any) -> None:
    digest = store.put(CONTENT)
    settings.FIELD_KEYS = {"k9": os.urandom(32)}

    with pytest.raises(store.StoreDamaged):
        store.get(digest)


def test_a_deleted_content_is_gone_and_deleting_twice_is_harmless() -> None:
    digest = store.put(CONTENT)

    store.delete(digest)
    store.delete(digest)

    assert not store.exists(digest)


_PUT = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.configure(STORE_DIR=sys.argv[1], FIELD_KEYS={"k1": bytes(32)})
from guichet.documents import store
if sys.argv[2] == "die":
    Path.rename = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)
for number in range(int(sys.argv[3])):
    store.put(b"content %d" % number)
"""


def a_process_that_puts(folder: Path, how: str, number: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _PUT, str(folder), how, str(number)])


@pytest.mark.processes
def test_a_process_killed_before_the_rename_leaves_no_content(settings: Any) -> None:
    settings.FIELD_KEYS = {"k1": bytes(32)}
    digest = store.digest_of(b"content 0")

    code = a_process_that_puts(settings.STORE_DIR, "die", 1).wait(30)

    assert code == -signal.SIGKILL
    assert len(files(settings)) == 1, "the temporary file is there, so the process died where it was meant to"
    assert not store.exists(digest)
    assert list(store.digests()) == []
    assert store.put(b"content 0") == digest
    assert store.get(digest) == b"content 0"


@pytest.mark.processes
def test_two_processes_may_put_the_same_contents_at_once(settings: Any) -> None:
    settings.FIELD_KEYS = {"k1": bytes(32)}

    running = [a_process_that_puts(settings.STORE_DIR, "live", 40) for _ in range(2)]

    assert [process.wait(30) for process in running] == [0, 0]
    assert len(files(settings)) == 40
    assert all(store.get(store.digest_of(b"content %d" % n)) == b"content %d" % n for n in range(40))
