"""``guichet office``: load the offices, appoint and end their members."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.institutions import operations
from guichet.institutions.models import Membership, Office, Role
from guichet.kit import clock
from guichet.kit.errors import Refused
from guichet.people.models import Account
from guichet.people.models.accounts import normal_email


class Command(BaseCommand):
    """``office load [FILE ...]``, ``office list``, ``office member add|end|list``."""

    help = "Load offices from a file; appoint, end and list their members."
    requires_system_checks = ()  # it serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser(
            "load", help="create or update the offices of files (default: those that come with Guichet)"
        )
        load.add_argument("file", nargs="*", type=Path)
        actions.add_parser("list", help="list the offices")
        member = actions.add_parser("member", help="members of an office")
        verbs = member.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="appoint the holder of an account")
        _whom(add)
        add.add_argument("--role", choices=Role.values, required=True)
        add.add_argument(
            "--from", dest="from_on", type=date.fromisoformat, help="first day, YYYY-MM-DD (default today)"
        )
        end = verbs.add_parser("end", help="end a role")
        _whom(end)
        end.add_argument("--until", dest="until_on", type=date.fromisoformat, help="last day (default today)")
        listed = verbs.add_parser("list", help="list the members of an office")
        listed.add_argument("--office", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        action = options.get("verb") or options["action"]
        if options["action"] == "member" and action == "list":
            action = "members"
        try:
            getattr(self, f"_{action}")(options)
        except (operations.BadOfficesFile, Refused) as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, options: dict[str, Any]) -> None:
        for office in operations.load(*options["file"]):
            self.stdout.write(f"{office.code}: {office.name}")

    def _list(self, options: dict[str, Any]) -> None:
        for office in Office.objects.order_by("code"):
            self.stdout.write(f"{office.code}: {office.name}")

    def _add(self, options: dict[str, Any]) -> None:
        account, office = _account(options["email"]), _office(options["office"])
        from_on = options["from_on"] or clock.today()
        membership = operations.appoint(account, office, Role(options["role"]), from_on=from_on)
        self.stdout.write(f"{account.email}: {membership.role} of {office.code} from {membership.from_on}")

    def _end(self, options: dict[str, Any]) -> None:
        account, office = _account(options["email"]), _office(options["office"])
        until_on = options["until_on"] or clock.today()
        operations.dismiss(account, office, until_on=until_on)
        self.stdout.write(f"{account.email}: no longer a member of {office.code} after {until_on}")

    def _members(self, options: dict[str, Any]) -> None:
        members = Membership.objects.filter(office=_office(options["office"])).select_related("account")
        for one in members.order_by("account__email", "from_on"):
            self.stdout.write(f"{one.account.email}: {one.role} from {one.from_on} until {one.until_on or '–'}")


def _whom(parser: ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--office", required=True)


def _account(email: str) -> Account:
    account = Account.objects.filter(email=normal_email(email)).first()
    if account is None:
        raise CommandError(f"no account with the address {email}")
    return account


def _office(code: str) -> Office:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"no office with the code {code}: run « guichet office load » first")
    return office
