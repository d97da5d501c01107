"""One message to many, each alone: what is certain goes on, what is not is named."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from ..mail_addresses import HEADERS, mailbox
from .errors import MailError
from .sent_log import REFUSED, SENT, TRYING, SentLog
from .server import RefusedError, deliver, why

_MOST_BREAKS = 3
"""Connections in a row that break: then the server is left alone."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A published newsletter, ready to be addressed."""

    digest: str
    sender: str
    head: bytes
    """Headers, each line ended; the date is the sending's."""
    body: bytes


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    sent: int = 0
    had: int = 0
    """Got it before."""
    failed: int = 0
    """Refused, or perhaps delivered, or not reached."""


def _names(message: EmailMessage) -> Iterator[str]:
    return map(str.lower, message.keys())


def read_letter(digest: str, raw: bytes, now: dt.datetime) -> Letter:
    """Take a newsletter apart, and date it now.

    Raises:
        MailError: where it is none, or does not say who it is from.
    """
    head, gap, body = raw.partition(b"\r\n\r\n")
    message = BytesHeaderParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    senders: tuple[Address, ...] = message["From"].addresses if message["From"] else ()
    if not gap or message["Message-ID"] is None or not HEADERS.issuperset(_names(message)):
        raise MailError(f"The newsletter of {digest} is damaged: build the site again")
    if len(senders) != 1:
        raise MailError(
            "The newsletter does not say who it is from: set DAYBOOK_MAIL_FROM in pelican.conf.py "
            "to your address and build the site again"
        )
    try:
        sender = mailbox(senders[0].addr_spec)
    except ValueError as error:
        raise MailError(f"The newsletter's sender is not {error}") from None
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"date:")]
    lines.append(f"Date: {format_datetime(now)}".encode("ascii"))
    return Letter(digest, sender, b"".join(line + b"\r\n" for line in lines), body)


def addressed(letter: Letter, recipient: str) -> bytes:
    """Write the message to one recipient; nobody else is named in it."""
    own = f"To: {recipient}\r\n".encode("ascii")
    end = b"" if letter.body.endswith(b"\r\n") else b"\r\n"
    return own + letter.head + b"\r\n" + letter.body + end


def send_all(
    letter: Letter,
    recipients: Sequence[str],
    log: SentLog,
    connect: Callable[[], smtplib.SMTP],
    say: Callable[[str], None],
) -> Tally:
    """Send a letter to everybody who did not get it yet.

    Raises:
        MailError: where the server or the log cannot be used at all.
    """
    run = _Run(letter, log, connect, say)
    try:
        for place, recipient in enumerate(recipients):
            run.send_to(recipient)
            if run.breaks == _MOST_BREAKS:
                run.give_up(recipients[place:])
                break
    finally:
        run.leave()
    return run.tally


class _Run:
    """A connection as long as it holds, and what came of it so far."""

    def __init__(
        self,
        letter: Letter,
        log: SentLog,
        connect: Callable[[], smtplib.SMTP],
        say: Callable[[str], None],
    ) -> None:
        self._letter = letter
        self._log = log
        self._connect = connect
        self._say = say
        self._client: smtplib.SMTP | None = None
        self._tried: set[str] = set()
        self.tally = Tally()
        self.breaks = 0
        """Connections that broke in a row."""

    def send_to(self, recipient: str) -> None:
        """Send to one who did not get it yet, connecting anew where that does no harm."""
        state = self._log.state(self._letter.digest, recipient)
        if state == SENT:
            self.tally.had += 1
            return
        while state != TRYING and self.breaks < _MOST_BREAKS:
            try:
                self._client = self._client or self._connect()
                _send(self._client, self._letter, recipient, self._log)
            except RefusedError as error:
                kind = "for now" if error.code < 500 else "for good"
                self._say(f"{recipient}: refused {kind}: {error}")
                self._count(recipient, sent=False)
                return
            except OSError as error:
                self.leave()
                self.breaks += 1
                self._say(f"The connection broke: {why(error)}")
                state = self._log.state(self._letter.digest, recipient)
            else:
                self._count(recipient, sent=True)
                return
        if state == TRYING:
            self._say(
                f"{recipient}: nobody knows whether it arrived, so it is not sent again. To send "
                "it all the same, take the address's last line for this digest out of the log"
            )
            self.tally.failed += 1
            self._tried.add(recipient)

    def _count(self, recipient: str, *, sent: bool) -> None:
        self.breaks = 0
        self._tried.add(recipient)
        self.tally.sent += sent
        self.tally.failed += not sent

    def give_up(self, rest: Sequence[str]) -> None:
        """Count those whom nothing was tried for, of the last recipient and those after."""
        states = {each: self._log.state(self._letter.digest, each) for each in rest}
        left = sum(each not in self._tried and states[each] != SENT for each in rest)
        self._say(f"The server is left alone; {left} addresses are not tried. Run this again later")
        self.tally.failed += left

    def leave(self) -> None:
        """Say goodbye; what is sent is sent, whatever the server answers."""
        if self._client is not None:
            try:
                self._client.quit()
            except OSError:
                self._client.close()
            self._client = None


def _send(client: smtplib.SMTP, letter: Letter, recipient: str, log: SentLog) -> None:
    def leaving() -> None:
        log.write(letter.digest, TRYING, recipient)

    try:
        deliver(client, letter.sender, recipient, addressed(letter, recipient), leaving)
    except RefusedError:
        if log.state(letter.digest, recipient) == TRYING:
            log.write(letter.digest, REFUSED, recipient)
        raise
    log.write(letter.digest, SENT, recipient)
