"""The process of the simulator."""

import sys

from .server import main

raise SystemExit(main(sys.argv[1:]))
