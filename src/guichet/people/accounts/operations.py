"""What can happen to an account: opened, verified by a posted code, its link to a person moved."""

from __future__ import annotations

import hmac
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from guichet.casework import outbox
from guichet.casework.acts import Actor, record
from guichet.casework.models import Channel
from guichet.kit.clock import ZURICH, day_of
from guichet.kit.crypto import blind_index
from guichet.kit.errors import NotAllowedNow, Refused
from guichet.kit.formats import short_date
from guichet.kit.ids import normalise_code, short_code, uuid7
from guichet.people.models import Account, Person, VerificationCode

# The code's choices, no source found: Geneva's own account is activated by a letter, its terms are not published.
CODE_VALID_DAYS = 30
TRIES = 5
REQUESTS_ALLOWED = 3
REQUESTS_COUNTED_OVER = timedelta(days=30)


class WrongCode(Refused):
    """The code typed is not the one of the letter; ``tries_left`` more may be made."""

    code = "wrong_code"

    def __init__(self, tries_left: int) -> None:
        super().__init__("Ce code n'est pas celui de la lettre.")
        self.tries_left = tries_left


def holder(account: Account) -> Actor:
    """The holder of an account as the journal names them."""
    return Actor("applicant", str(account.pk))


def opened(account: Account, *, at: datetime) -> None:
    """Write the opening of an account in its journal."""
    record("open_account", account.reference, actor=holder(account), at=at)


def owe_mail(kind: str, *, to: str, context: dict[str, Any], account: Account | None) -> None:
    """Owe a mail about signing in (codes, notices); sent by the worker, so that no page waits for a mail server.

    ``account`` is None when nobody has an account with the address: the page must not show the difference.
    """
    reference = account.reference if account else ""
    with transaction.atomic():
        outbox.owe(f"people/{kind}", case_reference=reference, to=to, context=context, key=f"{kind}:{uuid7()}")


def request_verification(account: Account, person: Person | None, *, at: datetime) -> VerificationCode:
    """Post a code to the registered address of ``person``; ends the account's earlier code.

    ``person`` is None when the data given matched nobody: everything else then happens just the same.

    Raises:
        NotAllowedNow: the account is verified already, or asked too often.
    """
    code = short_code()
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        _check_may_request(account, at)
        VerificationCode.objects.of(account).filter(ended_at=None).update(ended_at=at)
        row = VerificationCode(
            account=account,
            person=None if person is None or _is_flooded(person, at) else person,
            requested_at=at,
            expires_at=_end_of(day_of(at) + timedelta(days=CODE_VALID_DAYS)),
            tries_left=TRIES,
        )
        row.digest = _digest(code, row)
        row.save(force_insert=True)
        record("request_verification", account.reference, actor=holder(account), at=at)
        if row.person is not None:
            _owe_letter(row, code)
    return row


def _end_of(day: date) -> datetime:
    """The instant at which a day has ended in Geneva."""
    return datetime.combine(day + timedelta(days=1), time.min, ZURICH)


def _check_may_request(account: Account, at: datetime) -> None:
    account.refresh_from_db(fields=["level"])
    if account.is_verified:
        raise NotAllowedNow("Votre compte est déjà vérifié : vous n'avez pas besoin d'un nouveau code.")
    if VerificationCode.objects.of(account).asked_since(at - REQUESTS_COUNTED_OVER).count() >= REQUESTS_ALLOWED:
        raise NotAllowedNow(
            "Vous avez déjà demandé trois codes en trente jours. Attendez la lettre, ou commandez sans compte : "
            "votre document vous sera envoyé par la poste."
        )


def _is_flooded(person: Person, at: datetime) -> bool:
    """Whether this person was sent as many letters as one month bears, from whichever accounts."""
    sent = VerificationCode.objects.filter(person=person).asked_since(at - REQUESTS_COUNTED_OVER)
    return sent.count() >= REQUESTS_ALLOWED


def _digest(code: str, row: VerificationCode) -> str:
    return blind_index(code, f"verification:{row.pk}")


def _owe_letter(row: VerificationCode, code: str) -> None:
    outbox.owe(
        "people/verification_letter",
        case_reference=row.account.reference,
        to=f"post:{row.person_id}",
        context={
            "code": code,
            "account": row.account.reference,
            "requested_on": short_date(day_of(row.requested_at)),
            "expires_on": short_date(row.valid_by),
        },
        key=f"verification:{row.pk}",
        channel=Channel.LETTER,
    )


def verify(account: Account, *, typed: str, at: datetime) -> None:
    """Make the account verified if ``typed`` is its live code; the person's former account becomes simple again.

    Typing the right code twice (two tabs, a double click) succeeds twice and happens once.

    Raises:
        WrongCode: another code; the try is spent.
        NotAllowedNow: no code was asked for, it has expired, or its tries are used up.
    """
    code = normalise_code(typed)
    with transaction.atomic():
        account_now = Account.objects.select_for_update().get(pk=account.pk)
        row = VerificationCode.objects.of(account_now).live(at).select_for_update(of=("self",)).first()
        if row is None:
            if _was_just_used(account_now, code):
                return
            raise NotAllowedNow("Aucun code n'est attendu : il a expiré, a été remplacé ou a été essayé trop souvent.")
        tries_left = _spend_try(row, at)
        person = row.person if hmac.compare_digest(row.digest, _digest(code, row)) else None
        if person is not None:
            _link(account_now, person, row, at)
    if person is None:
        raise WrongCode(tries_left)
    account.refresh_from_db()


def _was_just_used(account: Account, code: str) -> bool:
    last = VerificationCode.objects.of(account).order_by("-requested_at").first()
    return last is not None and last.was_used and hmac.compare_digest(last.digest, _digest(code, last))


def _spend_try(row: VerificationCode, at: datetime) -> int:
    tries_left = row.tries_left - 1
    VerificationCode.objects.filter(pk=row.pk).update(
        tries_left=F("tries_left") - 1, ended_at=at if tries_left == 0 else None
    )
    return tries_left


def _link(account: Account, person: Person, row: VerificationCode, at: datetime) -> None:
    """Bind the account to the person; whoever comes second for the same person waits at the person's row."""
    Person.objects.select_for_update().get(pk=person.pk)
    former = Account.objects.filter(person=person).exclude(pk=account.pk).select_for_update().first()
    if former is not None:
        Account.objects.filter(pk=former.pk).update(level=Account.Level.SIMPLE, person=None, verified_at=None)
        record("move_verification", former.reference, actor=holder(account), at=at)
        owe_mail("verification_moved", to=former.email, context={"name": former.name}, account=former)
    Account.objects.filter(pk=account.pk).update(level=Account.Level.VERIFIED, person=person, verified_at=at)
    VerificationCode.objects.filter(pk=row.pk).update(ended_at=at, was_used=True)
    record("verify_account", account.reference, actor=holder(account), at=at)
    owe_mail("account_verified", to=account.email, context={"name": account.name}, account=account)
