"""The demonstration's data, made through the same doors as real ones: register, offices, catalogue, terms, accounts, openings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from guichet.casework.acts import SYSTEM
from guichet.gateways.register import generator
from guichet.gateways.register.reader import EchDelivery
from guichet.identity.models import Opening
from guichet.identity.operations import opening, timetable
from guichet.institutions import demo as institutions
from guichet.kit import clock
from guichet.kit.clock import day_of
from guichet.orders import catalogue, terms
from guichet.orders.models import ServiceVersion, TermsEdition, TermsKind
from guichet.people.accounts import demo as accounts
from guichet.people.models import Person
from guichet.people.register.deliveries import import_delivery

TERMS = Path(catalogue.__file__).parent / "data" / "terms"
EDITION = "démonstration 2026"
FIRST_DAYS = 21  # the worker makes the slots of the days after


def prepare(*, persons: int, at: datetime) -> None:
    """Make what is missing; a second call changes nothing. Refuses outside the demonstration."""
    if not settings.DEMO:
        raise accounts.NotADemonstration
    if not Person.objects.exists():
        import_synthetic(settings.DATA_DIR / "register.xml", persons=persons, at=at)
    if not ServiceVersion.objects.exists():
        catalogue.load(catalogue.PACKAGED, at=at)
    if not TermsEdition.objects.exists():
        for kind in TermsKind:
            text = (TERMS / f"{kind.value}.md").read_text()
            terms.publish(kind.value, edition=EDITION, title=kind.label, text=text, at=at)
    made = institutions.create(at)
    if not Opening.objects.exists():
        timetable.load(opening.DEMONSTRATION, actor=SYSTEM, at=at)
        opening.open_ahead(on=day_of(at), days=FIRST_DAYS)
    lines = [f"  {one.email:32} {one.what}" for one in made]
    told = "\n".join(["Comptes de démonstration (mot de passe : " + accounts.PASSWORD + ")", *lines, ""])
    (settings.DATA_DIR / "demo-accounts.txt").write_text(told)


def import_synthetic(file: Path, *, persons: int, at: datetime) -> None:
    """Write a delivery of invented people and take it in."""
    generator.write(file, persons=persons, seed=1, on=day_of(at))
    with EchDelivery(file) as delivery:
        import_delivery(delivery, clock=clock.now, rejected=lambda _: None)


def migrate() -> None:
    """Bring the database's tables and, where they are collected, the static files up to date."""
    call_command("migrate", verbosity=0, interactive=False)
    if settings.COLLECTED:
        call_command("collectstatic", verbosity=0, interactive=False)
