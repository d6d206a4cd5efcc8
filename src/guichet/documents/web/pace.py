"""How often one address of the network may ask for a verification: enough for a person, too little for a program."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime

from guichet.kit.errors import Refused

WINDOW_SECONDS = 60
MOST_ADDRESSES = 50_000


class TooOften(Refused):
    """More verifications than a person makes in a minute."""

    code = "too_often"
    status = 429


class Pace:
    """Counts per network address and minute, in the memory of the process: an attacker makes no database write.

    Each process counts for itself, so the real limit is this one times the number of processes.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._window = 0
        self._counted: Counter[str] = Counter()
        self._lock = threading.Lock()

    def check(self, address: str, *, at: datetime) -> None:
        """Count one more.

        Raises:
            TooOften: beyond ``most`` in this minute.
        """
        window = int(at.timestamp()) // WINDOW_SECONDS
        with self._lock:
            if window != self._window or len(self._counted) > MOST_ADDRESSES:
                self._window = window
                self._counted.clear()
            self._counted[address] += 1
            counted = self._counted[address]
        if counted > self.most:
            raise TooOften(
                "Trop de vérifications ont été demandées depuis votre connexion. Attendez une minute, puis réessayez."
            )


codes = Pace(30)
files = Pace(10)
