"""Calls the merchant's notification addresses: no data, no signature, up to three tries, in any order told."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from .book import Notification, Page
from .validation import is_loopback
from .world import World

TRIES = 3


class Notifier:
    """Its own worker beside the server; what is waiting when the process ends goes out after the restart."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = threading.Condition()
        self._waiting = {one.id: one for one in world.book.notifications.values() if one.state == "waiting"}
        self._is_ending = False
        self._callers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="notify")
        self._thread = threading.Thread(target=self._run, name="notifier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        with self._wake:
            self._is_ending = True
            self._wake.notify_all()
        self._thread.join(timeout=2)
        self._callers.shutdown(wait=False, cancel_futures=True)

    def owe(self, page: Page, *, success: bool) -> None:
        """Notes what the merchant must be told, and sends it as the switches say."""
        url = page.success_url if success else page.fail_url
        if not url:
            return
        mode = self._world.switches.notify_mode
        now = self._world.clock.now()
        state = {"hold": "held", "never": "suppressed"}.get(mode, "waiting")
        delay = self._world.switches.notify_delay_seconds if mode == "delay" else 0
        copies = self._world.switches.notify_copies if mode == "duplicate" else 1
        kind = "success" if success else "failure"
        owed = [
            Notification(
                id=secrets.token_hex(8), order_id=page.order_id, url=url, kind=kind, due=now + delay, state=state
            )
            for _ in range(copies)
        ]
        self._world.book.keep(*owed)
        with self._wake:
            self._waiting |= {one.id: one for one in owed if state == "waiting" and mode != "before_return"}
        if mode == "before_return":
            for one in owed:
                self._try(one)
        self.wake()

    def release(self, ids: list[str] | None = None) -> int:
        """Sends what is held or suppressed, in the order of ``ids``; answers how many, after each was tried once."""
        book = self._world.book
        with book.lock:
            chosen = ids or [one.id for one in book.notifications.values() if one.state in ("held", "suppressed")]
            found = [book.notifications[one] for one in chosen if one in book.notifications]
        for one in found:
            one.due = self._world.clock.now()
            self._try(one)
        return len(found)

    def forget(self) -> None:
        """Nothing is owed any more."""
        with self._wake:
            self._waiting.clear()

    def wake(self) -> None:
        with self._wake:
            self._wake.notify_all()

    def _run(self) -> None:
        while not self._is_ending:
            for one in self._due():
                self._callers.submit(self._try, one)
            with self._wake:
                if not self._is_ending:
                    self._wake.wait(timeout=self._pause())

    def _due(self) -> list[Notification]:
        now = self._world.clock.now()
        with self._wake:
            due = [one for one in self._waiting.values() if one.due <= now]
            for one in due:
                del self._waiting[one.id]
        return due

    def _pause(self) -> float:
        next_due = min((one.due for one in self._waiting.values()), default=None)
        if next_due is None:
            return 5.0
        return min(5.0, max(0.0, self._world.clock.real_seconds(next_due - self._world.clock.now())))

    def _try(self, one: Notification) -> None:
        book, switches = self._world.book, self._world.switches
        began = time.monotonic()
        status = called(one.url, timeout=switches.notify_timeout_seconds)
        with book.lock:
            one.tries.append({"at": self._world.clock.now(), "status": status, "seconds": time.monotonic() - began})
            one.state = "delivered" if status == 200 else "failed" if len(one.tries) >= TRIES else "waiting"
            one.due = self._world.clock.now() + switches.notify_retry_seconds
            book.keep(one)
        with self._wake:
            if one.state == "waiting":
                self._waiting[one.id] = one
            self._wake.notify_all()


def called(url: str, *, timeout: float) -> int:
    """GETs an address of this machine, without following anything; 0 when there was no answer."""
    parts = urlsplit(url)
    if not is_loopback(url) or parts.scheme != "http":
        return 0
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=timeout)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path or "/", headers={"User-Agent": "SaferpaySimulator", "Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
