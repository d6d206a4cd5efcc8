"""The price of an order: asked of the law, line by line, each with the passage that decided (CGV 5)."""

from __future__ import annotations

from datetime import date

from guichet.kit.quotes import Line, Quote
from guichet.law.kernel.answers import Decided
from guichet.law.kernel.money import Chf
from guichet.law.questions import ask

from .models import Postage


def quote(service_code: str, *, title: str, postage: str | None, on: date) -> Quote:
    """The price of a service on the day of law ``on``, all of it owed in advance (CGV 3/2); ``postage`` None when
    nothing is posted.

    Raises:
        NoPrice: fee or postage isn't decided for that day.
    """
    lines = [Line.of("fee", title, ask("cgv.fee", on=on, service=service_code))]
    if postage is not None:
        label = f"Frais d'envoi : {Postage(postage).label}"
        lines.append(Line.of("postage", label, ask("cgv.postage", on=on, option=postage)))
    return Quote(on, tuple(lines))


def postage_offered(on: date) -> list[tuple[str, Chf]]:
    """The postal options whose price is known on a day, cheapest first, each with its price."""
    answers = ((option, ask("cgv.postage", on=on, option=option)) for option in Postage.values)
    known = [(option, answer.value["amount"]) for option, answer in answers if isinstance(answer, Decided)]
    return sorted(known, key=lambda pair: pair[1])
