"""Shares of the canton as an office configures them, and fees paid under them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from guichet.identity.models import IdentityApplication, Share
from guichet.identity.operations import sharing
from guichet.law.kernel.money import Chf
from guichet.law.questions import adopt_facts
from guichet.payments.operations.till import take_at_the_till
from guichet.payments.payable import Line
from tests.identity.builders import AT, COMMUNE, acted, an_application

LINE = """
[[line]]
key = "{key}"
label = "Part du canton : {key}"
amount = "{amount}"
from = 2010-03-01
confidence = "sure"
source = "annexe 3 OLDI, donnée d'essai"
address = "annex/3"
"""
KNOWN = {"identity_card_adult": "35.00", "identity_card_child": "15.25", "passport_adult": "60.00"}


def configure(folder: Path, **amounts: str) -> None:
    """Make these the canton's shares from 2010 on, in francs by key; those of ``KNOWN`` if none is given."""
    lines = [LINE.format(key=key, amount=amount) for key, amount in (amounts or KNOWN).items()]
    (folder / "shares.toml").write_text('text = "OLDI"\ntitle = "Parts"\n' + "".join(lines), encoding="utf-8")
    adopt_facts(folder)


def paid(fee: int, *, at: datetime = AT, **fields: Any) -> IdentityApplication:
    """A lodged application whose fee in centimes was taken at the counter with a receipt, not booked yet."""
    application = an_application(at=at, **fields)
    application.fee_centimes, application.paid_at = fee, at
    application.save(update_fields=["fee_centimes", "paid_at"])
    acted(application, "fee_paid", actor=COMMUNE, at=at)
    take_at_the_till(application.reference, [Line("fee", "Émolument", Chf(fee), ("RDId:11/1",))], at=at)
    return application


def booked(fee: int = 6500, *, at: datetime = AT, **fields: Any) -> Share:
    """A fee that was paid and booked."""
    return sharing.book(paid(fee, at=at, **fields), at=at)
