"""A time-stamper of our own as a process on loopback, speaking RFC 3161 over HTTP, with faults to be switched on.

``python -m guichet.gateways.timestamp.simulator --port 0 --dir DIR`` prints ``ready URL``. ``DIR`` holds the test
authority (``python -m guichet.gateways.signing.authority DIR``). ``POST /_simulator/fault`` with ``none``, ``down``
(503), ``slow`` (answers after 30 seconds), ``garbage`` (bytes that are no reply) or ``other`` (a token for another
digest) changes what follows.
"""

from .server import FAULTS, Simulator

__all__ = ["FAULTS", "Simulator"]
