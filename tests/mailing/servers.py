"""A real mail server on loopback that keeps what it takes, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Office:
    """What the server took, and what it does at whose mail.

    Answers are given by the recipient, the first one first; one answer is for all times.
    """

    at_recipient: dict[str, list[str]] = field(default_factory=dict)
    """Replies to RCPT; 'drop' breaks the connection."""
    at_data: dict[str, list[str]] = field(default_factory=dict)
    """Replies to the whole message; 'drop' breaks the connection without a word."""
    sender: str = "250 OK"
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    seen: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Messages that came whole, those refused or dropped at the end too."""
    passwords: list[tuple[str, str]] = field(default_factory=list)
    greeted: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How often each address was sent something."""
        return Counter(address for address, _ in self.taken)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if session.host_name:
            self.greeted.add(session.host_name)
        envelope.mail_from = address
        return self.sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer(self.at_recipient, address)
        if answer == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        if answer == "250 OK":
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        [address] = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.seen.append((address, message))
        answer = self._answer(self.at_data, address)
        if answer == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        if answer == "250 OK":
            self.taken.append((address, message))
        return answer

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Take one user's password."""
        assert isinstance(data, LoginPassword)
        self.passwords.append((data.login.decode(), data.password.decode()))
        if data.password == b"open sesame":
            return AuthResult(success=True)
        told = b64encode(b"\0" + data.login + b"\0" + data.password).decode()
        return AuthResult(success=False, handled=False, message=f"535 5.7.8 no user {told}")

    def _answer(self, answers: dict[str, list[str]], address: str) -> str:
        known = answers.get(address, ["250 OK"])
        return known.pop(0) if len(known) > 1 else known[0]


class _Server(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def serving_mail(
    office: Office, tls: ssl.SSLContext | None = None, *, at_once: bool = False
) -> Iterator[Office]:
    """Take mail on a free port of loopback; with `tls` only after STARTTLS, or `at_once`."""
    controller = _Server(
        office,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=60,
        server_hostname="mail.example",
        ssl_context=tls if at_once else None,
        tls_context=None if at_once else tls,
        require_starttls=tls is not None and not at_once,
        authenticator=office.login if tls else None,
        auth_require_tls=not at_once,
    )
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()


Talk = Callable[[socket.socket, Iterator[bytes], threading.Event], None]


@contextmanager
def talking(talk: Talk) -> Iterator[Office]:
    """Let `talk` answer each connection, byte for byte, until it returns or the block ends.

    It is given the connection, the lines that come, and what is set at the end.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def lines(connection: socket.socket) -> Iterator[bytes]:
        with connection.makefile("rb") as stream:
            yield from stream

    def answer() -> None:
        while not done.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    talk(connection, lines(connection), done)

    threading.Thread(target=answer, daemon=True).start()
    try:
        yield Office(port=listener.getsockname()[1])
    finally:
        done.set()
        listener.close()
