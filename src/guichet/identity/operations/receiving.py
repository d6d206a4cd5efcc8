"""Forms of the counters, each recorded once however often it is sent: a double click, a retry on a line that came back."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from guichet.identity.models import ReceivedForm
from guichet.kit.writing import insert_new

_KEPT = timedelta(days=7)


def receive(sender: object, key: str, *, at: datetime) -> ReceivedForm | None:
    """Take a form in hand, inside the transaction of what it asks for; None if it was recorded before.

    Of two at once the second waits for the first one's end; what is rolled back was not received.
    """
    digest = _digest(sender, key)
    form = ReceivedForm(digest=digest, received_at=at)
    return form if insert_new([form]) else None


def settle(form: ReceivedForm, answer: str) -> None:
    """Keep where the answer led; a form whose answer is a page of its own recorded nothing for good and may come again."""
    mine = ReceivedForm.objects.filter(pk=form.pk)
    if answer:
        mine.update(answer=answer)
    else:
        mine.delete()


def answer_to(sender: object, key: str) -> str:
    """Where the answer to a form that was recorded led."""
    return ReceivedForm.objects.values_list("answer", flat=True).get(digest=_digest(sender, key))


def forget(*, at: datetime) -> int:
    """Forget the forms of last week: no page is open so long; how many."""
    return ReceivedForm.objects.filter(received_at__lt=at - _KEPT).delete()[0]


def _digest(sender: object, key: str) -> str:
    return hashlib.sha256(f"{sender} {key}".encode()).hexdigest()
