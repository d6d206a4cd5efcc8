"""What must be true after every scenario, of every order the house ever had: nothing lost, nothing twice, nothing leaked."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import connection

from guichet.casework import journal
from guichet.casework.models import Channel, Job, OutboxMessage
from guichet.documents.models import IssuedDocument
from guichet.documents.operations import content_of
from guichet.gateways.payment.simulator.answers import HOLDER, MASKED
from guichet.orders.models import Order
from guichet.payments.books import check_books
from guichet.payments.models import Incident, LedgerEntry, PaymentAttempt, Receipt

from .house import House

MADE = ("issued", "delivered")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_DIGITS = re.compile(r"(?<![0-9A-Za-z.])(?:\d[ -]?){12,18}\d(?![0-9A-Za-z])")
_ERRORS = re.compile(r"^[\w.]+(?:Error|Exception): .*$", re.MULTILINE)
_read: set[str] = set()


def assert_books_balance(house: House) -> None:
    """The provider, the orders, the books, the documents, the mail and the journal tell the same story."""
    for _ in range(2):  # a round of the mop-up may begin while this looks; what is wrong for good stays wrong
        house.settles()
        with suppress(AssertionError):
            _balance(house)
            return
    house.settles()
    _balance(house)


def _balance(house: House) -> None:
    assert house.simulator.violations() == []
    assert check_books(house.now().date()) == []
    assert list(Job.objects.dead()) == []
    transactions = house.simulator.transactions()
    repeated = sum(mail.deliveries - 1 for mail in house.mail.mailbox.mails())
    assert repeated <= house.power_cuts, "a mail was sent twice although no worker died"
    for order in Order.objects.order_by("id"):
        _one_story(
            house, order, [one for one in transactions if one["order_id"].startswith(order.reference.replace("-", ""))]
        )
    assert_nothing_leaked(house)
    assert_nothing_broke(house)


def _one_story(house: House, order: Order, transactions: list[dict[str, Any]]) -> None:
    collected = [one["value"] for one in transactions if one["state"] == "CAPTURED"]
    reserved = [one for one in transactions if one["state"] == "AUTHORIZED"]
    case = {"case_reference": order.reference}
    booked = sum(LedgerEntry.objects.filter(**case).values_list("amount_centimes", flat=True))
    assert (len(collected) <= 1, booked) == (True, sum(collected)), f"{order}: charged {collected}, booked {booked}"
    assert Receipt.objects.filter(**case).count() == len(collected), order
    assert (order.paid_at is not None) == bool(collected), f"{order} {order.state}"
    held = Incident.objects.unresolved().filter(**case).exists()
    assert held or not reserved, f"{order}: money of a payer stays reserved and nobody looks"
    assert PaymentAttempt.objects.of_case(order.reference).validated().count() == len(collected), order
    _made_once(order)
    _told_once(house, order)
    assert journal.verify(order.reference) == []
    chain = [entry for entry in journal.entries(order.reference) if entry.target]
    assert chain[-1].target == order.state, order


def _made_once(order: Order) -> None:
    made = IssuedDocument.objects.of_case(order.reference).filter(kind="attestation").count()
    assert made == (1 if order.state in MADE else 0), f"{order} {order.state}: {made} documents"


def _told_once(house: House, order: Order) -> None:
    owed = OutboxMessage.objects.filter(case_reference=order.reference, channel=Channel.MAIL)
    kinds = Counter(owed.values_list("kind", flat=True))
    is_ready = order.state == "delivered" and order.delivery == "download"
    assert kinds["orders/order_confirmed"] == (1 if order.paid_at else 0), f"{order}: {kinds}"
    assert kinds["orders/document_ready"] == (1 if is_ready else 0), f"{order}: {kinds}"
    assert not owed.unsent().exists(), f"{order}: a mail was never sent"
    arrived = sum(order.reference in mail.subject for mail in house.mail.mailbox.mails())
    assert arrived == sum(kinds.values()), f"{order}: {arrived} mails arrived of {kinds}"


def assert_nothing_broke(house: House) -> None:
    """No page and no worker ever met an error of the program; a database that was away is none."""
    for where, text in _logs(house):
        if where not in ("web.log", "worker.log"):
            continue  # simulators may complain of callers that were killed
        broken = [
            line for line in _ERRORS.findall(text) if "OperationalError" not in line and "InterfaceError" not in line
        ]
        assert broken == [], f"{where}: {broken[:3]}"


def assert_nothing_leaked(house: House) -> None:
    """No number of a card and no holder's name in the database, the logs, the mails, the documents (AVS numbers excepted)."""
    for where, text in (*_tables(), *_logs(house), *_mails(house), *_documents()):
        for word in (HOLDER, HOLDER.title(), *MASKED.values()):
            assert word not in text, f"{word} in {where}"
        for found in _DIGITS.findall(_UUID.sub("", text)):
            digits = re.sub(r"\D", "", found)
            assert digits.startswith("756") or not _is_card_number(digits), f"{digits} in {where}"


def _tables() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                # One value a line: two columns side by side are no number.
                yield table, "\n".join(str(value) for value in row if isinstance(value, str))


def _logs(house: House) -> Iterator[tuple[str, str]]:
    for log in house.logs.iterdir():
        yield log.name, log.read_text(errors="replace")


def _mails(house: House) -> Iterator[tuple[str, str]]:
    for mail in house.mail.mailbox.mails():
        yield f"mail {mail.message_id}", f"{mail.to}\n{mail.sender}\n{mail.subject}\n{mail.body}"


def _documents() -> Iterator[tuple[str, str]]:
    for issued in IssuedDocument.objects.order_by("id"):
        if issued.digest not in _read:
            _read.add(issued.digest)
            words = subprocess.run(["pdftotext", "-", "-"], input=content_of(issued), capture_output=True, check=True)
            yield f"document {issued}", words.stdout.decode()


def _is_card_number(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return 13 <= len(digits) <= 19 and total % 10 == 0
