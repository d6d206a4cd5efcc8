"""What agents do at the desk besides acting on one order: batches for the post, saved filters, jobs tried again."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from guichet.casework import worker
from guichet.casework.acts import Actor, record, take
from guichet.casework.models import OutboxMessage
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.orders import handling
from guichet.orders.models import Order
from guichet.people.models import Account

from .envelopes import MOST_IN_BATCH, Envelope, waiting
from .models import ItemKind, PrintBatch, PrintItem, SavedFilter
from .printing import NothingToPrint, bundle, sheets

log = logging.getLogger(__name__)

MOST_FILTERS = 20


def examine(order: Order, *, clerk: Actor, at: datetime) -> None:
    """Take a paid order in hand before the worker has looked at it."""
    take("examination_opened", order, actor=clerk, at=at)


def make_batch(keys: Collection[str], *, clerk: Actor, at: datetime) -> PrintBatch:
    """Put the chosen envelopes into a batch; what was posted or taken by somebody else meanwhile is left out.

    Raises:
        Refused: nothing was chosen, or nothing of it is left.
    """
    chosen = chosen_envelopes(keys)
    if not chosen:
        raise Refused("Ce lot serait vide : choisissez au moins un pli qui attend encore d'être posté.")
    try:
        with transaction.atomic():
            batch = PrintBatch.objects.create(made_at=at, made_by=clerk.name)
            PrintItem.objects.bulk_create(_item(batch, place, one) for place, one in enumerate(chosen, start=1))
    except IntegrityError:
        raise NotAllowedNow("Un autre lot vient de prendre un de ces plis : préparez le lot à nouveau.") from None
    return batch


def chosen_envelopes(keys: Collection[str]) -> list[Envelope]:
    """The envelopes that wait and were chosen, at most ``MOST_IN_BATCH``."""
    wanted = set(keys)
    return [one for one in waiting() if one.key in wanted][:MOST_IN_BATCH]


def _item(batch: PrintBatch, place: int, one: Envelope) -> PrintItem:
    return PrintItem(
        batch=batch,
        place=place,
        kind=one.kind,
        target=one.target,
        case_reference=one.case_reference,
        title=one.title[:120],
    )


def print_batch(batch: PrintBatch, *, clerk: Actor, signatory: str, at: datetime) -> bytes:
    """The PDF of a batch. Printing again changes nothing; only the first time is written down.

    Raises:
        NotAllowedNow: the batch was posted: what it held has left the house.
        Refused: nothing of it is left to print.
    """
    if batch.posted_at is not None:
        raise NotAllowedNow("Ce lot est posté : il ne s'imprime plus.")
    parts: list[bytes] = []
    for item in batch.items.order_by("place"):
        try:
            parts += sheets(item, clerk=clerk, signatory=signatory, at=at)
        except NothingToPrint:
            log.info("print item left out kind=%s case=%s", item.kind, item.case_reference)
    if not parts:
        raise Refused("Plus rien de ce lot n'est à imprimer : défaites-le.")
    printed = bundle(parts)
    PrintBatch.objects.filter(pk=batch.pk, printed_at=None).update(printed_at=at)
    return printed


def post_batch(batch: PrintBatch, *, clerk: Actor, at: datetime) -> tuple[int, int]:
    """Record that a batch was handed to the post: how many envelopes were, and how many could not be any more.

    Raises:
        NotAllowedNow: it was never printed, or it is posted already.
    """
    with transaction.atomic():
        open_and_printed = PrintBatch.objects.open().filter(pk=batch.pk, printed_at__isnull=False)
        if not open_and_printed.update(posted_at=at, posted_by=clerk.name):
            raise NotAllowedNow("Ce lot est déjà posté, ou il n'a pas encore été imprimé.")
        outcomes = [_settle(item, clerk=clerk, at=at) for item in batch.items.order_by("place")]
    return sum(outcomes), len(outcomes) - sum(outcomes)


def _settle(item: PrintItem, *, clerk: Actor, at: datetime) -> bool:
    if item.kind == ItemKind.DOCUMENT:
        was_posted = _post_document(item, clerk=clerk, at=at)
    elif item.kind == ItemKind.LETTER:
        was_posted = _post_letter(item, clerk=clerk, at=at)
    else:
        record("decision_posted", item.case_reference, actor=clerk, at=at)
        was_posted = True
    item.settled_at, item.was_posted = at, was_posted
    item.save(update_fields=["settled_at", "was_posted"])
    return was_posted


def _post_document(item: PrintItem, *, clerk: Actor, at: datetime) -> bool:
    orders = Order.objects.select_related("version").filter(pk=item.target)
    posted, _ = handling.post(orders, clerk=clerk, at=at)
    return bool(posted)


def _post_letter(item: PrintItem, *, clerk: Actor, at: datetime) -> bool:
    if not OutboxMessage.objects.letters().unsent().filter(pk=item.target).update(sent_at=at):
        return False
    record("letter_posted", item.case_reference, actor=clerk, at=at)
    return True


def undo_batch(batch: PrintBatch) -> None:
    """Put the envelopes of an open batch back on the list.

    Raises:
        NotAllowedNow: it is posted.
    """
    with transaction.atomic():
        locked = PrintBatch.objects.open().select_for_update().filter(pk=batch.pk).first()
        if locked is None:
            raise NotAllowedNow("Ce lot est déjà posté : il ne peut plus être défait.")
        locked.items.all().delete()
        locked.delete()


def keep_filter(account: Account, *, name: str, query: str, at: datetime) -> None:
    """Keep the filters of an address under a name; the same name again is replaced.

    Raises:
        Refused: too many are kept already.
    """
    mine = SavedFilter.objects.filter(account=account)
    if mine.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused(f"Vous avez déjà {MOST_FILTERS} filtres : supprimez-en un d'abord.")
    mine.update_or_create(name=name, defaults={"query": query, "made_at": at, "account": account})


def forget_filter(account: Account, filter_id: UUID) -> None:
    """Forget one of an agent's own filters."""
    SavedFilter.objects.filter(account=account, pk=filter_id).delete()


def retry_jobs(job_ids: Collection[UUID], *, clerk: Actor) -> tuple[int, int]:
    """Put dead jobs back in the queue: how many, and how many could not be (not dead any more, or asked for again)."""
    retried = 0
    for job_id in job_ids:
        try:
            with transaction.atomic():
                retried += worker.retry(str(job_id))
        except IntegrityError:
            continue  # the same work waits in the queue already
    log.info("jobs retried count=%s by=%s", retried, clerk.name)
    return retried, len(job_ids) - retried
