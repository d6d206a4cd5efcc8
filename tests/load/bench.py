"""``python3 dev.py bench``: one run, one machine, one table; ratios to the floors travel, milliseconds don't.

An order of the journey holds: catalogue, service, beginning, two steps of the form with the register read and the
reading logged, review, acceptance of both texts, payment opened at the provider, paid there, notified, asked and
validated, captured, receipt and ledger, eligibility examined, PDF/A printed and stored, journal chained, two mails
sent. The seal is left out of the journey and measured apart. Statements exclude BEGIN, COMMIT and savepoints.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import booking, journey, lists, pages, statements, table
from .office import ROOT, Office


def measure(folder: Path, database: str, given: argparse.Namespace) -> dict[str, Any]:
    """Everything on one database."""
    office = Office(folder, database)
    try:
        office.open(persons=30)
        office.start_web(workers=1)  # leaves the bytecode behind, as an installation does
        office.stop(office.web)
        found: dict[str, Any] = {"cold_s": office.start_web(workers=given.workers)}
        office.hire(sealing=False)
        sessions = office.call("-m", "tests.load.sessions", "amelie@exemple.ch", given.clients).split()
        (agent,) = office.call("-m", "tests.load.sessions", "carole@office.exemple.ch", 1).split()
        found["first"] = pages.first_visit(office)
        found["one"] = journey.one_client(office, sessions[0], given.orders)
        found["floor"] = journey.floor(office, given.orders * 10, given.clients)
        found |= {"bare_s": found["floor"]["ready_s"], "bare_mib": found["floor"]["mib"]}
        found["driver"] = json.loads(office.call("-m", "tests.load.driver", office.floor_database))
        found["several"] = journey.many_clients(office, sessions, given.orders * 2)
        office.stop(office.worker)
        office.hire(sealing=True)
        found["sealed"] = journey.one_client(office, sessions[0], max(3, given.orders // 3))
        found["memory"] = office.memory_mib()
        found["desk"] = pages.desk(office, agent, given.orders)
        found["pieces"] = json.loads(office.call("-m", "tests.load.pieces", given.orders))
        found["booking"] = booking.measure(office, given.booking)
        found["statements"] = statements.measured_in(office, given.shares)
        found["populated"] = {size: lists.grow(office, size, given.orders) for size in sorted(given.populate)}
        return found
    finally:
        office.close()


def arguments() -> argparse.Namespace:
    """Sizes, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=20, help="orders of one client (default 20)")
    parser.add_argument("--clients", type=int, default=8, help="clients at once (default 8)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
    parser.add_argument("--populate", type=int, nargs="*", default=[], help="cases at which the lists are measured too")
    parser.add_argument("--booking", type=int, default=200, help="people who want an appointment at once (default 200)")
    parser.add_argument(
        "--shares", type=int, default=60_000, help="fees of a year, for the statements (default 60,000)"
    )
    parser.add_argument("--database", default="", help=argparse.SUPPRESS)
    parser.add_argument("--no-postgres", action="store_true", help="SQLite only")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    return parser.parse_args()


def main() -> None:
    """Both databases, each in a process of its own; the table and the file."""
    given = arguments()
    if given.database:
        with tempfile.TemporaryDirectory(prefix="guichet-bench-") as folder:
            url = "" if given.database == "sqlite" else given.database
            print(json.dumps(measure(Path(folder) / "office", url, given)))
        return
    results: dict[str, Any] = {"SQLite": _apart("sqlite")}
    if not given.no_postgres:
        sys.path.insert(0, str(ROOT))
        from tools.postgres import throw_away_server

        with (
            tempfile.TemporaryDirectory(prefix="guichet-bench-pg-") as folder,
            throw_away_server(Path(folder) / "pg") as url,
        ):
            results["PostgreSQL"] = _apart(url)
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(results, indent=1, ensure_ascii=False))
    for name, found in results.items():
        load = " ".join(f"{one:.1f}" for one in os.getloadavg())
        title = f"\n{name} ({os.cpu_count()} processeurs, charge {load}) : plancher : Django nu, ou ce qui est dit"
        print(table.written(title, table.lines(found)))


def _apart(database: str) -> dict[str, Any]:
    """One database's run in its own process, because a process of Django knows one database."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.load.bench", *sys.argv[1:], "--database", database]
    done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{'SQLite' if database == 'sqlite' else 'PostgreSQL'} : {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return {**found, "seconds": time.monotonic() - begun}


if __name__ == "__main__":
    main()
