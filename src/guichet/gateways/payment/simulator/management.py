"""The management surface: licence, terminals, the report of past days, health. Amounts here are decimal strings."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .book import Transaction
from .exchange import Answer, Call
from .faults import Fault
from .world import World

_ROUTES = (
    (re.compile(r"/rest/customers/(?P<customer>\d+)/license"), "terminal"),
    (re.compile(r"/rest/customers/(?P<customer>\d+)/terminals"), "terminal"),
    (re.compile(r"/rest/customers/(?P<customer>\d+)/terminals/(?P<terminal>\d+)"), "terminal"),
    (re.compile(r"/rest/customers/(?P<customer>\d+)/transactions"), "report"),
    (re.compile(r"/health/(?P<customer>\d+)"), "health"),
)
_ZURICH = ZoneInfo("Europe/Zurich")


def name_of(path: str) -> str:
    """The name of the management call at a path, empty if there is none."""
    return next((name for pattern, name in _ROUTES if pattern.fullmatch(path)), "")


def respond(world: World, call: Call, *, name: str, fault: Fault | None) -> Answer:
    """Answers one management call whose name is known."""
    path = call.path.removeprefix("/api")
    if f"/{world.customer_id}" not in path:
        return Answer.of(403, {"ErrorName": "PERMISSION_DENIED"})
    if name == "health":
        return _health(world, call)
    if not call.headers.get("saferpay-apiversion") or not call.headers.get("saferpay-requestid"):
        world.book.violation("management headers", call=name, request_id="")
        return Answer.of(400, {"ErrorName": "VALIDATION_FAILED"})
    if name == "report":
        return _report(world, call, fault)
    return _setup(world, path)


def _health(world: World, call: Call) -> Answer:
    now = world.clock.now()
    if now - world.last_health < 300:
        world.book.violation("health asked more often than every five minutes", call="health", request_id="")
    world.last_health = now
    return Answer.of(200, {"Status": "PASS"})


def _setup(world: World, path: str) -> Answer:
    if path.endswith("/license"):
        name = "Saferpay Business" if world.switches.business_licence else "Saferpay eCommerce"
        return Answer.of(200, {"Package": {"Id": name.split()[-1].upper(), "DisplayName": name}, "Features": []})
    terminal = {
        "TerminalId": world.terminal_id,
        "Type": "ECOM",
        "Description": "Guichet (simulateur)",
        "PaymentMethods": [
            {"PaymentMethod": code, "Currencies": [world.switches.terminal_currency]}
            for code in world.switches.terminal_means
        ],
        "Wallets": [],
    }
    if path.endswith("/terminals"):
        return Answer.of(200, {"Terminals": [terminal]})
    return Answer.of(200, terminal) if path.endswith(world.terminal_id) else Answer.of(404, {"ErrorName": "NOT_FOUND"})


def _report(world: World, call: Call, fault: Fault | None) -> Answer:
    asked = call.parameters()
    today = datetime.fromtimestamp(world.clock.now(), _ZURICH).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = _instant(asked.get("StartDate", "")), _instant(asked.get("EndDate", ""), end=True)
    number, size = asked.get("PageNumber", "1"), asked.get("PageSize", "1000")
    if start is None or end is None or end > today or not number.isdecimal() or not size.isdecimal() or number == "0":
        world.book.violation("dates or page of the report", call="report", request_id="")
        return Answer.of(400, {"ErrorName": "VALIDATION_FAILED"})
    state = asked.get("TransactionState", "SUCCESSFUL")
    found = [
        _line(world, one)
        for one in sorted(world.book.transactions.values(), key=lambda one: one.authorised)
        if _state(one) == state and start.timestamp() <= one.authorised < end.timestamp()
    ]
    found = _falsified(found, fault)
    shrunk = 1 if fault and fault.fault == "report_shrunk_page" else 2000
    used = max(1, min(int(size), 2000, shrunk))
    first = (int(number) - 1) * used
    return Answer.of(
        200,
        {
            # Asked from 1, answered from 0: so the real one.
            "PageNumber": int(number) - 1,
            "PageSize": used,
            "TotalTransactions": len(found),
            "Transactions": found[first : first + used],
        },
    )


def _state(one: Transaction) -> str:
    return {"PENDING": "PENDING", "FAILED": "FAILED"}.get(one.state, "SUCCESSFUL")


def _instant(text: str, *, end: bool = False) -> datetime | None:
    """A day or a minute of Zurich; a day as an end includes the whole of it."""
    for form, whole in (("%Y-%m-%d", True), ("%Y-%m-%dT%H:%M", False)):
        try:
            moment = datetime.strptime(text, form).replace(tzinfo=_ZURICH)
        except ValueError:
            continue
        return moment + timedelta(days=1) if whole and end else moment
    return None


def _line(world: World, one: Transaction) -> dict[str, Any]:
    line: dict[str, Any] = {
        "MerchantAmount": f"{one.value // 100}.{one.value % 100:02d}",
        "MerchantCurrency": one.currency,
        "CustomerId": one.customer_id,
        "TerminalId": one.terminal_id,
        "TerminalType": "ECOM",
        "Application": "PAYMENTPAGE",
        "TransactionId": one.id,
        "OrderId": one.order_id,
        "Provider": "Saferpay Test",
        "PaymentMethod": one.means,
        "Description": one.description,
    }
    if one.state == "PENDING":
        return line | {"PendingDetails": {"PendingDate": world.date(one.authorised)}}
    if one.state == "FAILED":
        return line | {"FailedDetails": {"DeclinedBy": "Acquirer", "FailedDate": world.date(one.changed)}}
    collected = one.captured is not None
    details: dict[str, Any] = {
        "AuthorizationDate": world.date(one.authorised),
        "LastActionDate": world.date(one.changed),
        "Type": one.kind,
        "State": one.state,
        "CapturedMerchantAmount": line["MerchantAmount"] if collected else "0.00",
        "IsCaptured": collected,
        "HasPartialCaptures": False,
        "IsRefunded": one.refunded > 0,
        "IsCancelled": one.state == "CANCELED",
        "HasLiabilityShift": one.shift,
    }
    if one.captured is not None:
        details["CaptureDate"] = datetime.fromtimestamp(one.captured, UTC).isoformat(timespec="milliseconds")
    return line | {"AuthorizationDetails": details}


def _falsified(lines: list[dict[str, Any]], fault: Fault | None) -> list[dict[str, Any]]:
    if fault is None or not lines:
        return lines
    if fault.fault == "report_missing":
        return lines[1:]
    if fault.fault == "report_extra":
        return [*lines, lines[0] | {"TransactionId": "feedfeedfeedfeedfeedfeed", "OrderId": "UNKNOWN-1"}]
    if fault.fault == "report_amount":
        return [lines[0] | {"MerchantAmount": fault.value or "1.00"}, *lines[1:]]
    return lines
