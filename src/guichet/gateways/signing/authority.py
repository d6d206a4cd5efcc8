"""``python -m guichet.gateways.signing.authority DIR``: make the test authority in a folder, unless it is there."""

import sys

from .simulator.authority import COMPLETE, ensure, main

__all__ = ["COMPLETE", "ensure", "main"]

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
