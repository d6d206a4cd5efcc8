"""How a simulator runs as a process of its own: it says that it is ready, and serves until it is told to end."""

from __future__ import annotations

import signal
import sys
import threading
from socketserver import BaseServer


def serve_until_ended(server: BaseServer, address: str) -> None:
    """Print one line ``ready ADDRESS`` once calls are answered, and serve until SIGTERM or Ctrl-C."""
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="server", daemon=True)
    serving.start()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    sys.stdout.write(f"ready {address}\n")
    sys.stdout.flush()
    ended.wait()
    server.shutdown()
    server.server_close()
