"""Offices loaded from their file; members appointed and ended."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from guichet.kit.errors import Refused
from guichet.people.models import Account

from .models import Membership, Office, Role

OFFICES_FILE = Path(__file__).with_name("offices.toml")
AUTHORITIES_FILE = Path(__file__).with_name("authorities.toml")
PACKAGED = (OFFICES_FILE, AUTHORITIES_FILE)
_TEXTS = ("name", "kind", "hours", "contact_technical", "contact_substance", "telephone", "authority")


class BadOfficesFile(Exception):  # noqa: N818 - reads as what happened
    """The file of offices cannot be used; the text is French and says which office and what."""


def load(*paths: Path) -> list[Office]:
    """Create or update the offices of TOML files (the packaged ones if none is given), all or none (2 statements).

    Offices that are in none of them stay as they are.

    Raises:
        BadOfficesFile: unreadable, or an office lacks something.
    """
    read = {code: _facts(code, facts) for path in paths or PACKAGED for code, facts in _described(path).items()}
    offices = [Office(code=code, **facts) for code, facts in read.items()]
    with transaction.atomic():
        Office.objects.bulk_create(
            offices, update_conflicts=True, unique_fields=["code"], update_fields=[*_TEXTS, "address", "bfs_number"]
        )
        stored = Office.objects.in_bulk(list(read), field_name="code")
    return [stored[code] for code in read]


def _described(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        offices: Mapping[str, Mapping[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("office", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadOfficesFile(f"{path} : {error}") from error
    return offices


def _facts(code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    missing = [
        name for name in ("name", "kind", "address", "contact_technical", "contact_substance") if name not in facts
    ]
    unknown = set(facts) - {*_TEXTS, "address", "bfs_number"}
    if missing or unknown:
        what = [*(f"il manque « {name} »" for name in missing), *(f"« {name} » est inconnu" for name in unknown)]
        raise BadOfficesFile(f"Office « {code} » : {', '.join(what)}.")
    if facts["kind"] not in Office.Kind.values:
        raise BadOfficesFile(f"Office « {code} » : le genre est {' ou '.join(Office.Kind.values)}.")
    if facts.get("authority", "") not in ("", *Office.Authority.values):
        raise BadOfficesFile(f"Office « {code} » : la compétence est {' ou '.join(Office.Authority.values)}.")
    texts = {name: facts.get(name, "").strip() for name in _TEXTS}
    return {**texts, "address": "\n".join(facts["address"]), "bfs_number": facts.get("bfs_number")}


def appoint(account: Account, office: Office, role: Role, *, from_on: date) -> Membership:
    """Give an account a role in an office from a day on; a role held until then ends the day before.

    Raises:
        Refused: a role in that office began on that day or later.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        held = Membership.objects.of(account).filter(office=office, until_on=None).first()
        if held is not None and held.role == role:
            return held
        if held is not None:
            _end(held, until_on=from_on - timedelta(days=1))
        return Membership.objects.create(account=account, office=office, role=role, from_on=from_on)


def dismiss(account: Account, office: Office, *, until_on: date) -> None:
    """End the role of an account in an office; ``until_on`` is its last day.

    Raises:
        Refused: no role is open, or it began after that day.
    """
    with transaction.atomic():
        held = Membership.objects.select_for_update().of(account).filter(office=office, until_on=None).first()
        if held is None:
            raise Refused("Cette personne n'a pas de rôle en cours dans cet office.")
        _end(held, until_on=until_on)


def _end(held: Membership, *, until_on: date) -> None:
    if until_on < held.from_on:
        raise Refused("Ce rôle a commencé après le jour donné : choisissez un jour plus tardif.")
    Membership.objects.filter(pk=held.pk).update(until_on=until_on)
