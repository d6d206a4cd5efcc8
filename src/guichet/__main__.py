"""``python -m guichet`` is ``guichet``."""

import sys

from guichet.config.cli import main

sys.exit(main())
