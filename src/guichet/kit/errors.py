"""Refusals a person can read: what is refused, why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.law.kernel.addresses import Ref


class Refused(Exception):  # noqa: N818 - a refusal is an outcome of the office's rules, not a program error
    """The office's rules forbid this act, and the person is told why.

    ``message`` is French, addressed to the reader and complete in itself; ``code`` is stable for tests and logs;
    ``basis`` holds the passages that decided, and may be empty.
    """

    code = "refused"
    status = 409

    def __init__(self, message: str, *, basis: Sequence[Ref] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.basis = tuple(basis)


class NotAllowedNow(Refused):
    """The state of the case does not allow this step."""

    code = "not_allowed_now"


class NotYours(Refused):
    """The thing asked for does not exist for this person: answered like something that does not exist at all."""

    code = "not_yours"
    status = 404


class NotEntitled(Refused):
    """The role of the person does not carry this act."""

    code = "not_entitled"
    status = 403
