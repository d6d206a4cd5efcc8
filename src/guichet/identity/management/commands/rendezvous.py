"""``guichet rendezvous``: load the openings of the counters, make their slots, close days."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.casework.acts import SYSTEM
from guichet.identity.operations import opening, timetable
from guichet.institutions.models import Office
from guichet.kit import clock
from guichet.kit.errors import Refused


class Command(BaseCommand):
    """``rendezvous load FILE``, ``open OFFICE``, ``close OFFICE``, ``places OFFICE``."""

    help = "Load the openings of the counters, make their slots, close days, change places."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="replace the openings of the offices that a file names")
        load.add_argument("file", type=Path)
        opened = actions.add_parser("open", help="make the slots of an office")
        closed = actions.add_parser("close", help="close an office for appointments")
        closed.add_argument("--reason", required=True, help="shown to the public, in French")
        places = actions.add_parser("places", help="change the places of the slots, never below what is taken")
        places.add_argument("--places", type=int, required=True)
        for one in (load, closed):
            one.add_argument("--rebook", action="store_true", help="move who is booked in what is shut, and tell them")
        for one in (opened, closed, places):
            one.add_argument("office")
            one.add_argument("--from", dest="from_on", type=date.fromisoformat, help="first day (default today)")
            one.add_argument("--until", dest="until_on", type=date.fromisoformat, help="last day, included")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except (opening.BadOpeningsFile, Refused) as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, options: dict[str, Any]) -> None:
        told = {"actor": SYSTEM, "at": clock.now(), "rebook": options["rebook"]}
        openings, outcome = timetable.load(options["file"], **told)
        self.stdout.write(f"{openings} openings")
        self._tell(outcome)

    def _open(self, options: dict[str, Any]) -> None:
        office, days = _office(options["office"]), _days(options, opening.DAYS_AHEAD)
        self.stdout.write(f"{office.code}: {opening.open_slots(office, **days)} new slots")

    def _close(self, options: dict[str, Any]) -> None:
        office = _office(options["office"])
        told: dict[str, Any] = {
            **_days(options, 0),
            "reason": options["reason"],
            "actor": SYSTEM,
            "at": clock.now(),
            "rebook": options["rebook"],
        }
        outcome = timetable.close(office, **told)
        self.stdout.write(f"{office.code}: closed")
        self._tell(outcome)

    def _tell(self, outcome: timetable.Outcome) -> None:
        if any(outcome):
            self.stdout.write(f"{outcome.moved} appointments moved, {outcome.cancelled} cancelled; the people are told")

    def _places(self, options: dict[str, Any]) -> None:
        office, days = _office(options["office"]), _days(options, 0)
        changed = opening.set_places(office, options["places"], **days)
        self.stdout.write(f"{office.code}: {changed} slots changed")


def _days(options: dict[str, Any], default: int) -> dict[str, date]:
    from_on = options["from_on"] or clock.today()
    return {"from_on": from_on, "until_on": options["until_on"] or from_on + timedelta(days=default)}


def _office(code: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"no office with the code {code}: run « guichet office load » first")
    return office
