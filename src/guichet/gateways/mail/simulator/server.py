"""The server: SMTP by aiosmtpd, what is received goes to the mailbox unless the fault script says otherwise."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from .faults import OTHERS, TO_CONTENT, TO_RECIPIENT, Fault, FaultScript
from .mailbox import Receiving

TAKEN = "250 OK"


class Receiver:
    """What happens to each recipient and each message."""

    def __init__(self, mailbox: Receiving) -> None:
        self.mailbox, self.script = mailbox, FaultScript()

    async def handle_RCPT(  # noqa: N802, PLR0913 - the name and arguments that aiosmtpd calls by
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        fault = self.script.draw([address], frozenset(TO_RECIPIENT))
        if fault is not None:
            return TO_RECIPIENT[fault.fault]
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or let something go wrong with it."""
        fault = self.script.draw(envelope.rcpt_tos, OTHERS | TO_CONTENT.keys())
        name = fault.fault if fault else ""
        if name in TO_CONTENT:
            return TO_CONTENT[name]
        if name == "lost":
            await _cut(server)
        assert isinstance(envelope.content, bytes)
        self.mailbox.keep(envelope.content, sender=envelope.mail_from or "", recipients=envelope.rcpt_tos)
        if name == "answer_lost":
            await _cut(server)
        if name == "slow" and fault:
            await asyncio.sleep(fault.seconds)
        if name == "cut_after":
            await server.push(TAKEN)
            await _cut(server)
        return TAKEN


async def _cut(server: SMTP) -> None:
    """End the connection; what speaks with it is cancelled and never comes back from here."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.close()
    await asyncio.Event().wait()


class ControlledSmtp(SMTP):
    """With the command XSIM: a fault as a JSON object is added to the script; an empty one clears it."""

    async def smtp_XSIM(self, told: str | None) -> None:  # noqa: N802 - aiosmtpd's way of a command
        """Write the fault script."""
        try:
            wanted = json.loads(told or "{}")
            script = self.event_handler.script
            script.add(Fault(**wanted)) if wanted else script.clear()
        except (ValueError, TypeError) as error:
            await self.push(f"501 {error}")
        else:
            await self.push(TAKEN)


def protocol(
    mailbox: Receiving, *, has_control: bool, starttls: ssl.SSLContext | None, account: tuple[str, str] | None
) -> Callable[[], SMTP]:
    """What speaks on each new connection; with an account, mail is taken only from who has signed in to it."""
    receiver, kind = Receiver(mailbox), ControlledSmtp if has_control else SMTP

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        login = given if isinstance(given, LoginPassword) else LoginPassword(b"", b"")
        is_known = (login.login.decode(), login.password.decode()) == account
        return AuthResult(success=is_known, handled=False)

    def speak() -> SMTP:
        return kind(
            receiver,
            hostname="simulator",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=account is not None,
            auth_require_tls=starttls is not None,
            authenticator=authenticate if account else None,
            loop=asyncio.get_running_loop(),
        )

    return speak
