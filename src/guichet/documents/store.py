"""Where the bytes of documents are kept: by the digest of their content, encrypted, one file each.

The address of a content is the SHA-256 of its plain bytes, the one that stands in journals and receipts: what comes
out is what went in, or nothing. A file appears under its name only once it is complete and on the disk, so that a
process killed at any moment leaves at most a temporary file that nobody reads.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from guichet.kit import crypto
from guichet.kit.crypto import CannotDecrypt, decrypt, encrypt

_DIGEST = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".tmp"


class NotInStore(Exception):  # noqa: N818 - says what happened
    """No content under this digest."""


class StoreDamaged(Exception):  # noqa: N818 - says what happened
    """What is kept under this digest was changed, or its key is gone: it is not given out."""


class Shelf(Protocol):
    """The port to whatever holds the encrypted bytes under a name; a folder today, an object store tomorrow."""

    def write(self, name: str, content: bytes) -> None:
        """Keep the content under the name, all or nothing; what is already there stays."""
        ...

    def replace(self, name: str, content: bytes) -> None:
        """Put the content in the place of the one under the name, all or nothing."""
        ...

    def read(self, name: str) -> bytes | None:
        """The content, or None."""
        ...

    def remove(self, name: str) -> None:
        """Forget the content; nothing happens if there is none."""
        ...

    def has(self, name: str) -> bool:
        """Is there a content under this name?"""
        ...

    def touch(self, name: str) -> bool:
        """Begin the age of the content anew; False if there is none."""
        ...

    def touched_at(self, name: str) -> datetime | None:
        """When the content was written or touched last; None if there is none."""
        ...

    def remove_untouched(self, name: str, since: datetime) -> bool:
        """Forget the content unless it was touched since; whether it is forgotten. Never between a touch and its answer."""
        ...

    def names(self) -> Iterator[str]:
        """All names, in no order."""
        ...


class Folder:
    """A shelf that is a local folder, two levels deep (``ab/cd/abcd…``) so that no folder grows too large."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _place(self, name: str) -> Path:
        return self.root / name[:2] / name[2:4] / name

    def write(self, name: str, content: bytes) -> None:
        """See ``Shelf.write``; on the disk (file, then folder) when it returns."""
        if not self._place(name).exists():
            self.replace(name, content)

    def replace(self, name: str, content: bytes) -> None:
        """See ``Shelf.replace``; on the disk (file, then folder) when it returns."""
        place = self._place(name)
        self._make(place.parent)
        temporary = place.with_name(f".{name}.{secrets.token_hex(8)}{_TEMPORARY}")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            temporary.rename(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync(place.parent)

    def _make(self, folder: Path) -> None:
        """The folder, and its entry in the one above, on the disk."""
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sync(folder.parent)
        _sync(self.root)

    def read(self, name: str) -> bytes | None:
        """See ``Shelf.read``."""
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """See ``Shelf.remove``."""
        with contextlib.suppress(FileNotFoundError):
            self._place(name).unlink()
            _sync(self._place(name).parent)

    def has(self, name: str) -> bool:
        """See ``Shelf.has``."""
        return self._place(name).exists()

    def touch(self, name: str) -> bool:
        """See ``Shelf.touch``."""
        with self._locked(fcntl.LOCK_SH):
            try:
                os.utime(self._place(name))
            except FileNotFoundError:
                return False
            return True

    def touched_at(self, name: str) -> datetime | None:
        """See ``Shelf.touched_at``."""
        try:
            return datetime.fromtimestamp(self._place(name).stat().st_mtime, tz=UTC)
        except FileNotFoundError:
            return None

    def remove_untouched(self, name: str, since: datetime) -> bool:
        """See ``Shelf.remove_untouched``."""
        with self._locked(fcntl.LOCK_EX):
            touched_at = self.touched_at(name)
            if touched_at is None or touched_at >= since:
                return False
            self.remove(name)
            return True

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Hold the lock of the folder, which ends with the process however it ends."""
        self._make(self.root)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)

    def names(self) -> Iterator[str]:
        """See ``Shelf.names``; temporary files of a killed process are not contents."""
        return (path.name for path in self.root.glob("??/??/*") if _DIGEST.fullmatch(path.name))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shelf() -> Shelf:
    return Folder(Path(settings.STORE_DIR))


def digest_of(content: bytes) -> str:
    """The address of a content: its SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def _checked(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise NotInStore("not a digest")
    return digest


def put(content: bytes) -> str:
    """Keep a content; its digest. Twice the same content is kept once, and its age begins anew: ``sweeping`` leaves it
    to the row that will name it. Not for use inside a transaction: it waits for the disk."""
    digest = digest_of(content)
    shelf = _shelf()
    if not shelf.touch(digest):
        shelf.write(digest, encrypt(content, digest.encode()))
    return digest


def get(digest: str) -> bytes:
    """The content of a digest, decrypted and compared with it.

    Raises:
        NotInStore: there is none.
        StoreDamaged: what is there is not what was put.
    """
    kept = _shelf().read(_checked(digest))
    if kept is None:
        raise NotInStore(digest)
    try:
        content = decrypt(kept, digest.encode())
    except CannotDecrypt:
        raise StoreDamaged(digest) from None
    if digest_of(content) != digest:
        raise StoreDamaged(digest)
    return content


def key_of(digest: str) -> str:
    """The id of the key under which a content is kept; empty if there is none."""
    return crypto.key_of(_shelf().read(_checked(digest)) or b"")


def reseal(digest: str) -> bool:
    """Encrypt a content anew under the first key. True if it was under another.

    Raises:
        NotInStore: there is none.
        StoreDamaged: it cannot be opened, and stays as it is.
    """
    if key_of(digest) == crypto.first_key():
        return False
    content = get(digest)
    _shelf().replace(digest, encrypt(content, digest.encode()))
    return True


def delete(digest: str) -> None:
    """Forget a content: for the destruction with minutes of ``archive``, and for what was never issued."""
    _shelf().remove(_checked(digest))


def untouched(since: datetime) -> Iterator[str]:
    """The digests of contents that were neither put nor sealed anew since an instant, in no order."""
    shelf = _shelf()
    for digest in shelf.names():
        touched_at = shelf.touched_at(digest)
        if touched_at is not None and touched_at < since:
            yield digest


def delete_untouched(digest: str, since: datetime) -> bool:
    """Forget a content unless it was put again since; whether it is forgotten."""
    return _shelf().remove_untouched(_checked(digest), since)


def exists(digest: str) -> bool:
    """Is a content kept under this digest? It says nothing of its state."""
    return bool(_DIGEST.fullmatch(digest)) and _shelf().has(digest)


def digests() -> Iterator[str]:
    """All digests kept, in no order, for checks and backups."""
    return _shelf().names()
