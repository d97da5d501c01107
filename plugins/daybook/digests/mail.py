"""E-mail: a saved message or a mailbox; its body is read as whatever format it is in.

RFC 5322 and MIME by the standard library's parser. Of the headers only ``Date`` is read: it dates
the digest. Addresses, the subject and every other header stay behind.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email.message import Message

from ..errors import DigestError, MalformedDigestError, Refusal
from .days import read_moment
from .document import Document
from .draft import Draft

_HEADER = re.compile(r"(?:[A-Z][A-Za-z0-9-]{1,40}: ?.*\n(?:[ \t].*\n)*)+\n?")
_REQUIRED = re.compile(r"(?mi)^(?:From|Received|Message-ID|MIME-Version|Return-Path):")
_ENVELOPE = re.compile(rb"(?m)^From \S+ .*\d{4}\r?$\n(?=[A-Za-z-]+:)")
_DEEPEST = 50


def accepts(document: Document) -> bool:
    """Accept text that begins with a mail's headers, or with a mailbox's envelope line."""
    start = document.start
    if start.startswith("From ") and "\n" in start:
        start = start.split("\n", 1)[1]
    match = _HEADER.match(start + "\n")
    return match is not None and _REQUIRED.search(match[0]) is not None


def reader(
    read_body: Callable[[Document], Iterable[Draft]],
) -> Callable[[Document], Iterable[Draft]]:
    """Give the reader of mail that has `read_body` read what messages hold.

    The table of formats passes its own: mail is the one format that holds others.
    """

    def read(document: Document) -> Iterator[Draft]:
        messages = [part for part in _ENVELOPE.split(document.data) if part.strip()]
        refusals: list[Refusal] = []
        for message in messages:
            try:
                drafts = list(_message(document, message, read_body))
            except DigestError as error:
                refusals.append(error.refusal)
                continue
            yield from drafts
        if refusals and len(refusals) == len(messages):
            first = refusals[0]
            raise MalformedDigestError(first.path, first.message, line=None, hint=first.hint)
        if refusals:
            yield Draft((), refusals=refusals)

    return read


def _message(
    document: Document, data: bytes, read_body: Callable[[Document], Iterable[Draft]]
) -> Iterator[Draft]:
    """Read a message's best body: plain text first, HTML where that holds no papers."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    day = read_moment(str(message.get("Date", "")))
    problem: DigestError | None = None
    for body in _bodies(message):
        part = Document(document.path, body)
        try:
            drafts = [draft for draft in read_body(part) if draft.entries]
        except DigestError as error:
            problem = problem or error
            continue
        if drafts:
            for draft in drafts:
                yield draft if draft.stated else replace(draft, stated=day)
            return
    raise problem or MalformedDigestError(
        document.path, "expected a mail with papers in it, found none.", hint="Save it again."
    )


def _bodies(message: Message) -> Iterator[bytes]:
    """Give the text parts as UTF-8, plain before HTML, down to a bounded depth."""
    plain: list[bytes] = []
    marked: list[bytes] = []
    stack: list[tuple[Message, int]] = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        inside = part.get_payload()
        if isinstance(inside, list):
            if depth < _DEEPEST:
                stack += [(p, depth + 1) for p in reversed(inside) if isinstance(p, Message)]
            continue
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html"):
            (plain if kind == "text/plain" else marked).append(_decoded(part))
    yield from plain
    yield from marked


def _decoded(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        return data.decode(charset or "utf-8").encode("utf-8")
    except (LookupError, UnicodeError):
        return data  # The document's own detection decides.
