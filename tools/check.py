"""The whole check, in the order in which it fails fastest: lint, types, imports, law, tests on SQLite, on PostgreSQL.

Run by ``python3 dev.py test`` inside ``.venv``. Arguments are handed to pytest (``-k``, a path) and skip the rest.
The last line is pytest's own closing line of the PostgreSQL run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ON_SQLITE_ONLY = (
    *("house", "kit", "gateways", "journeys", "reform", "api/test_description.py", "config/test_run.py"),
    *("documents/test_rendering.py", "documents/test_sealing.py", "documents/test_store.py", "documents/test_web.py"),
    *("documents/test_verification.py", "identity/test_appeals.py", "payments/test_scenarios.py", "people/accounts"),
    *("portal", "scenarios/test_sessions.py", "scenarios/test_kills.py"),
)


def run(title: str, *command: str | Path, env: dict[str, str] | None = None, again: tuple[str, ...] = ()) -> None:
    """Run one part, say how long it took, and end the whole check if it fails.

    With ``again``, what failed is run once more with these arguments added: real processes and browsers share two cores
    here, and what fails beside others must at least pass alone. The first failure stays in the output.
    """
    print(f"\n=== {title}", flush=True)
    begun = time.monotonic()
    status = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if status and again:
        print(f"\n=== {title}: what failed, once more and alone", flush=True)
        status = subprocess.run([*map(str, command), *again], cwd=ROOT, env=env, check=False).returncode
    print(f"=== {title}: {'ok' if not status else 'FAILED'} ({time.monotonic() - begun:.0f} s)", flush=True)
    if status:
        sys.exit(status)


def environment(data: Path, database: str | None) -> dict[str, str]:
    """The environment of one run of the tests: own data folder, own database, and bytecode for the many processes."""
    dropped = ("GUICHET_", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    extra = {"DATABASE_URL": database} if database else {}
    return {**kept, **extra, "GUICHET_DATA": str(data)}


def main() -> None:
    """Lint, types and import contracts, then the tests on both databases."""
    sys.path.insert(0, str(ROOT))
    from tools.postgres import throw_away_server  # noqa: PLC0415 - the root is on the path only now

    arguments = sys.argv[1:]
    if not arguments:
        run("ruff", BIN / "ruff", "check", ".")
        run("ruff format", BIN / "ruff", "format", "--check", ".")
        run("mypy", BIN / "mypy", "src/guichet", "dev.py", "tools")
        run("import contracts", BIN / "lint-imports", "--no-cache")
    with tempfile.TemporaryDirectory(prefix="guichet-") as folder:
        pytest: list[str | Path] = [BIN / "python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
        # The tests of the law run once, watched. What rests on no database, or on nothing that differs between the two,
        # is not run a second time: a browser cannot tell on which one its pages rest; composing the API's requests, sealing
        # and examining files take longer than what they ask of it; what the provider of payments may do to an order, and
        # the sessions and accounts of those who order, are played to their end by the scenarios, with real processes, on both.
        # Web and worker killed at any statement on PostgreSQL take a minute more: ``make kills``.
        watched = ["--ignore=tests/law"] if not arguments else []
        bare = [f"--ignore-glob=tests/{part}" for part in ON_SQLITE_ONLY] if not arguments else []
        alone = ("-n", "0", "--last-failed", "--last-failed-no-failures", "none")
        pytest += ["-o", f"cache_dir={folder}/cache"]
        on_sqlite = environment(Path(folder) / "sqlite", None)
        if not arguments:
            coverage = ("-m", "tools.law_coverage", "--check")
            run("tests of the law, and what they cover", BIN / "python", *coverage, env=on_sqlite)
        run("tests on SQLite", *pytest, *watched, *arguments, env=on_sqlite, again=alone)
        with throw_away_server(Path(folder) / "pg") as url:
            env = environment(Path(folder) / "postgres", url)
            run("tests on PostgreSQL", *pytest, *watched, *bare, *arguments, env=env, again=alone)


if __name__ == "__main__":
    main()
