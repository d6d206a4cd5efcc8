"""What the simulators share: how their process says that it is ready, how it ends, and how another starts and stops it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from socketserver import BaseServer


def serve_until_ended(server: BaseServer, address: str) -> None:
    """Serve in a thread, say so as ``wait_until_ended`` does, and close the server at the end."""
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="server", daemon=True)
    serving.start()
    wait_until_ended(address)
    server.shutdown()
    server.server_close()


def wait_until_ended(address: str) -> None:
    """Print the one line ``ready ADDRESS``, and come back when SIGTERM or Ctrl-C says to end."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    sys.stdout.write(f"ready {address}\n")
    sys.stdout.flush()
    ended.wait()


class Process:
    """A simulator in a process of its own, as tests start it; ``address`` is where it says that it is ready."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start ``python -m MODULE ARGUMENTS`` and wait for its first line. Raises: RuntimeError when it does not start."""
        command = [sys.executable, "-m", module, *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
        first = self._process.stdout.readline() if self._process.stdout else ""
        if not first.startswith("ready "):
            self.stop(signal.SIGKILL)
            raise RuntimeError("the simulator did not start")
        self.address = first.split()[1]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End the process by a signal (SIGKILL: as a power cut would), unless it has ended; its exit status."""
        if self._process.poll() is None:
            self._process.send_signal(number)
        status = self._process.wait(timeout=10)
        if self._process.stdout:
            self._process.stdout.close()
        return status
