"""The mail server: its address, and a connection, encrypted unless it stays on the machine."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from socket import socket
from urllib.parse import unquote, urlsplit

from ..mail_addresses import host_name
from ..report import printable
from .errors import MailError

PASSWORD = "SMTP_PASSWORD"
_PORTS = {"smtp": 587, "smtps": 465}
_PERIOD = re.compile(rb"^\.", re.MULTILINE)
_SECONDS = 60
"""For which a server may say nothing,"""
_REPLY_SECONDS = 600
"""for which one reply may take, however slowly it drips (RFC 5321, 4.5.3.2.6),"""
_REPLY_BYTES = 64_000
"""and what it may hold: a hundred lines of a greeting are 8 kB."""


_TELLING = 8
"""Characters of a secret that are told by no accident."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where to send, and as whom."""

    secure: bool
    """Encrypted from the first byte (``smtps``)."""
    host: str
    port: int
    user: str | None


def read_server(text: str) -> Server:
    """Read ``smtp://user@host:port`` or ``smtps://``.

    Raises:
        MailError: for anything else. A password in it is refused and not repeated: command lines
            can be seen by others.
    """
    expected = "SMTP= should be smtp://user@host:port or smtps://user@host:port"
    try:
        parts = urlsplit(text)
        port = parts.port
        host = host_name(parts.hostname or "")
    except ValueError:
        raise MailError(expected) from None
    if parts.password is not None:
        raise MailError(f"{expected}, without a password: put that into {PASSWORD}")
    if parts.scheme not in _PORTS or parts.path.strip("/") or parts.query or parts.fragment:
        raise MailError(expected)
    user = unquote(parts.username) if parts.username else None
    if user is not None and not user.isprintable():
        raise MailError(f"{expected}: the user has a sign that nobody can type")
    return Server(
        secure=parts.scheme == "smtps", host=host, port=port or _PORTS[parts.scheme], user=user
    )


class _Client(smtplib.SMTP):
    """A client that listens to a reply up to its end, or to the end of its patience.

    `smtplib` reads lines for as long as each says that another follows.
    """

    def getreply(self) -> tuple[int, bytes]:
        """Give a reply's code and its words, a line of them each; -1 for what is no code."""
        assert self.sock is not None
        self.file = self.file or self.sock.makefile("rb")
        lines = [b""]
        deadline, room = time.monotonic() + _REPLY_SECONDS, _REPLY_BYTES
        try:
            while not lines[-1].endswith(b"\n") or _is_followed(lines[-1]):
                if lines[-1].endswith(b"\n"):
                    lines.append(b"")
                more = _heard(self.sock, self.file, deadline)
                lines[-1] += more
                room -= len(more)
                if room < 0:
                    raise OSError(f"a reply of more than {_REPLY_BYTES:,} bytes")
            self.sock.settimeout(_SECONDS)
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(str(error)) from None
        code = lines[-1][:3]
        words = b"\n".join(line[4:].strip() for line in lines)
        return int(code) if code.isdigit() else -1, words


class _SecureClient(_Client, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _heard(sock: socket, file: BufferedReader, deadline: float) -> bytes:
    """Give what has come of a line, as soon as anything has."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    sock.settimeout(min(left, _SECONDS))
    there = file.peek(1)
    if not there:
        raise OSError("the server hung up")
    return file.read(there.find(b"\n") + 1 or len(there))


def _is_followed(line: bytes) -> bool:
    """Tell whether a line of a reply says that another follows."""
    return line[3:4] == b"-" and line[:3].isdigit()


def connect(server: Server, password: str | None, name: str) -> smtplib.SMTP:
    """Connect, encrypt, log in.

    Args:
        server: where to.
        password: for the server's user.
        name: the domain to introduce oneself by; never this machine's.

    Raises:
        MailError: where the server cannot be used as it was named.
        OSError: where it cannot be reached.
    """
    trust = ssl.create_default_context()
    try:
        if server.secure:
            client: smtplib.SMTP = _SecureClient(
                server.host, server.port, local_hostname=name, timeout=_SECONDS, context=trust
            )
        else:
            client = _Client(server.host, server.port, local_hostname=name, timeout=_SECONDS)
        return _ready(client, server, password, trust)
    except ssl.SSLCertVerificationError as error:
        raise MailError(f"{server.host} cannot be trusted: {error.verify_message}") from None
    except smtplib.SMTPAuthenticationError as error:
        told = _without_secrets(reply(*error.args), server.user or "", password or "")
        raise MailError(f"{server.host} refused the user: {told}") from None
    except smtplib.SMTPNotSupportedError:
        raise MailError(f"{server.host} knows no way to log in; leave the user out") from None
    except UnicodeError:
        words = f"the user and {PASSWORD} should be of ASCII letters, digits and signs"
        raise MailError(f"{server.host} cannot be told who asks: {words}") from None


def _without_secrets(told: str, user: str, password: str) -> str:
    """Give a server's words; its code alone, where it gives back what it was told to log in."""
    said = (password, f"\0{user}\0{password}")
    forms = (password, *(b64encode(text.encode()).decode().rstrip("=") for text in said))
    return told[:3] if any(form and form[:_TELLING] in told for form in forms) else told


def _ready(
    client: smtplib.SMTP, server: Server, password: str | None, trust: ssl.SSLContext
) -> smtplib.SMTP:
    try:
        client.ehlo_or_helo_if_needed()
        if not server.secure:
            if client.has_extn("starttls"):
                client.starttls(context=trust)
                client.ehlo_or_helo_if_needed()
            elif not _is_loopback(server.host):
                raise MailError(
                    f"{server.host} offers no encryption (STARTTLS): addresses and password would "
                    "be open to read. Try smtps://"
                )
        if server.user is not None:
            client.login(server.user, password or "")
    except BaseException:
        client.close()
        raise
    return client


class RefusedError(Exception):
    """A server's no to one message, with its code: 4xx for now, 5xx for good."""

    def __init__(self, code: int, text: bytes | str) -> None:
        super().__init__(reply(code, text))
        self.code = code


def deliver(
    client: smtplib.SMTP, sender: str, recipient: str, message: bytes, leaving: Callable[[], None]
) -> None:
    """Hand over one message to one recipient.

    `leaving` is called when the server is ready to take it, before the first byte.

    Raises:
        RefusedError: for a no.
        MailError: where the server takes nothing from the sender.
        OSError: where the connection broke.
    """
    code, text = _asked(client, f"MAIL FROM:<{sender}>")
    if code >= 500:
        raise MailError(f"The server takes no mail from {sender}: {reply(code, text)}")
    if code == 250:
        code, text = _asked(client, f"RCPT TO:<{recipient}>")
    if code not in {250, 251}:
        _asked(client, "RSET")
        raise RefusedError(code, text)
    code, text = _asked(client, "DATA")
    if code != 354:
        _asked(client, "RSET")  # else the next message would begin inside this one
        raise RefusedError(code, text)
    leaving()
    client.send(_PERIOD.sub(b"..", message) + b".\r\n")
    code, text = client.getreply()
    if code == -1:
        raise smtplib.SMTPServerDisconnected("the server's answer is none")
    if code != 250:
        raise RefusedError(code, text)


def _asked(client: smtplib.SMTP, command: str) -> tuple[int, bytes]:
    """Say a command; a server that says goodbye (421) has broken off."""
    code, text = client.docmd(command)
    if code in {421, -1}:
        client.close()
        raise smtplib.SMTPServerDisconnected(reply(code, text))
    return code, text


def why(error: OSError) -> str:
    """Give why a connection broke, in the server's words where it had any."""
    if isinstance(error, smtplib.SMTPResponseException):
        return reply(error.smtp_code, error.smtp_error)
    return str(error)


def reply(code: int, text: bytes | str) -> str:
    """Give what a server said as a terminal may show it."""
    words = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    return printable(f"{code} {' '.join(words.split())}")[:300]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
