"""Starts the simulated provider: ``python -m guichet.gateways.payment.simulator --port 0 --dir DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from guichet.gateways.simulation import serve_until_ended

from .notifier import Notifier
from .server import Server
from .world import World


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM or Ctrl-C; prints one line ``ready ADDRESS`` when the first call can be answered."""
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--dir", type=Path, help="folder that keeps the transactions over a restart")
    parser.add_argument("--control", action="store_true", help="serve /_sim/ (tests only)")
    parser.add_argument("--speed", type=float, default=1.0, help="virtual seconds per second")
    chosen = parser.parse_args(arguments)
    world = World.opened(chosen.dir, speed=chosen.speed)
    notifier = Notifier(world)
    server = Server(world, notifier, port=chosen.port, has_panel=chosen.control)
    notifier.start()
    serve_until_ended(server, server.origin)
    notifier.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
