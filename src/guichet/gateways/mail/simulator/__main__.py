"""Starts the simulated mail server: ``python -m guichet.gateways.mail.simulator --port 0 --dir DIR``."""

from __future__ import annotations

import argparse
import asyncio
import ssl
import sys
import threading
from pathlib import Path

from guichet.gateways.simulation import wait_until_ended

from .mailbox import Receiving
from .server import protocol


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM or Ctrl-C; prints one line ``ready ADDRESS`` when the first connection can be made."""
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--dir", type=Path, required=True, help="folder that keeps the mail")
    parser.add_argument("--control", action="store_true", help="take the command XSIM (tests only)")
    parser.add_argument("--tls", choices=("none", "starttls", "tls"), default="none")
    parser.add_argument("--certificate", type=Path, help="certificate and key in one PEM file, for TLS")
    parser.add_argument("--account", help="user:password that must sign in; anybody without")
    chosen = parser.parse_args(arguments)
    mailbox = Receiving(chosen.dir)
    context = None
    if chosen.tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(chosen.certificate)
    speak = protocol(
        mailbox,
        has_control=chosen.control,
        starttls=context if chosen.tls == "starttls" else None,
        account=tuple(chosen.account.split(":", 1)) if chosen.account else None,
    )
    loop = asyncio.new_event_loop()
    opening = loop.create_server(speak, "127.0.0.1", chosen.port, ssl=context if chosen.tls == "tls" else None)
    server = loop.run_until_complete(opening)
    serving = threading.Thread(target=loop.run_forever, name="server", daemon=True)
    serving.start()
    wait_until_ended(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    loop.call_soon_threadsafe(loop.stop)
    serving.join()
    server.close()
    loop.run_until_complete(_hang_up())
    mailbox.close()
    return 0


async def _hang_up() -> None:
    """End the connections that are still open."""
    spoken_with = asyncio.all_tasks() - {asyncio.current_task()}
    for task in spoken_with:
        task.cancel()
    await asyncio.gather(*spoken_with, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main())
