"""``guichet``: the operator's command.

Questions to the law need no database and no web framework and are answered without loading them; everything else is a
management command of one of the rooms (``guichet help`` lists them).
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command named on the command line; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")
    if sys.argv[1:2] == ["ask"]:
        from .ask import ask  # noqa: PLC0415 - loaded only for this command

        return ask(sys.argv[2:])
    if sys.argv[1:2] == ["replay"]:
        from .ask import replay  # noqa: PLC0415 - loaded only for this command

        return replay(sys.argv[2:])
    if sys.argv[1:2] == ["whatif"]:
        from .whatif import whatif  # noqa: PLC0415 - loaded only for this command

        return whatif(sys.argv[2:])
    if sys.argv[1:2] == ["law-check"]:
        from .law_check import law_check  # noqa: PLC0415 - loaded only for this command

        return law_check(sys.argv[2:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - the law's answers don't wait for it

    execute_from_command_line(sys.argv)
    return 0


def run() -> None:
    """The command as a program: a reader that stops reading (``| head``) is no error of ours."""
    try:
        sys.exit(main())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    run()
