"""What the payer can do on the page, and what becomes of the transaction."""

from __future__ import annotations

from .book import Page, Transaction
from .world import World

# The outcomes a person can choose, as the form sends them.
APPROVALS = frozenset(("approve", "approve_no_shift", "close"))
OUTCOMES = APPROVALS | frozenset(
    ("challenge", "challenge_passed", "challenge_failed", "decline", "decline_retry", "abort", "pending")
)
_FAILURES = {
    "decline": "declined",
    "decline_retry": "declined_retry",
    "abort": "aborted",
    "challenge_failed": "failed_3ds",
}
OPEN = frozenset(("created", "opened", "challenged", "declined_retry"))


def opened(world: World, page: Page) -> None:
    """Notes that somebody has seen the page."""
    if page.state == "created":
        page.state = "opened"
        world.book.keep(page)


def act(world: World, page: Page, *, outcome: str, means: str) -> bool | None:
    """Carries out what the payer chose on an open page.

    Answers what the merchant is now owed word of: True a success, False a failure, None nothing yet. The caller sends
    it after letting go of the book, because the merchant will ask back at once.
    """
    if outcome == "challenge":
        page.state, page.chosen = "challenged", means
        world.book.keep(page)
        return None
    if outcome == "challenge_passed":
        return _authorise(world, page, outcome="approve", means=page.chosen or means)
    if outcome in APPROVALS or outcome == "pending":
        return _authorise(world, page, outcome=outcome, means=means)
    page.state = _FAILURES[outcome]
    world.book.keep(page)
    if outcome != "abort":
        _note_failure(world, page, page.chosen or means)
    return False


def resolve(world: World, one: Transaction, *, outcome: str) -> tuple[Page, bool] | None:
    """The late end of something pending: ``authorised``, ``declined``, or ``captured`` for a slow capture.

    Answers the page and the word owed to the merchant, if any.
    """
    now = world.clock.now()
    if outcome == "captured":
        one.state, one.captured, one.changed = "CAPTURED", now, now
        world.book.keep(one)
        return None
    page = next(page for page in world.book.pages.values() if page.transaction_id == one.id)
    succeeded = outcome == "authorised"
    one.state, one.changed = ("AUTHORIZED" if succeeded else "FAILED"), now
    one.authorised = now if succeeded else one.authorised
    page.state = "approved" if succeeded else "declined"
    world.book.keep(page, one)
    return page, succeeded


def _authorise(world: World, page: Page, *, outcome: str, means: str) -> bool:
    page.was_pending = outcome == "pending"
    page.state = "pending" if page.was_pending else "approved"
    one = _transaction(page, means, world.clock.now())
    one.state = "PENDING" if outcome == "pending" else "AUTHORIZED"
    one.shift = outcome != "approve_no_shift"
    world.book.keep(page, one)
    return True


def _note_failure(world: World, page: Page, means: str) -> None:
    one = _transaction(page, means, world.clock.now())
    one.state = "FAILED"
    world.book.keep(one)


def _transaction(page: Page, means: str, now: float) -> Transaction:
    return Transaction(
        id=page.transaction_id,
        order_id=page.order_id,
        customer_id=page.customer_id,
        terminal_id=page.terminal_id,
        value=page.value,
        currency=page.currency,
        description=page.description,
        means=means,
        state="AUTHORIZED",
        authorised=now,
        changed=now,
    )
