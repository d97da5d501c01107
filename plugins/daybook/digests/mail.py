"""E-mail: a saved message or a mailbox; its body is read as whatever format it is in.

RFC 5322 and MIME by the standard library's parser. Of the headers only ``Date`` is read: it dates
the digest, but where a forwarded mail's text, or one that holds several days, says the day itself.
Addresses, the subject and every other header stay behind, and mail addresses go from the texts;
a paper's title, abstract and remark keep those that the mail does not name as its own.
Of alternatives (RFC 2046, 5.1.4) the one that says most of the papers is taken.
"""

from __future__ import annotations

import email
import email.policy
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from email.message import Message

from ..errors import DigestError, MalformedDigestError, Refusal
from ..records import Entry
from .addresses import clean_address, clean_addresses, is_farewell, without_mail
from .claims import Claim, Fit
from .days import read_moment
from .document import Document
from .doubtful_dates import doubtful_day
from .draft import Draft
from .mail_parts import decoded, say_utf8, tell_damage, unflowed
from .mailbox import (
    MOST_MESSAGES,
    PASSED_ON,
    messages,
    tell_headers_within,
    tell_rest,
    tell_silent,
)

_HEADER = re.compile(r"(?:[A-Z][A-Za-z0-9-]{1,40}: ?.*\n(?:[ \t].*\n)*)+\n?")
_REQUIRED = re.compile(r"(?mi)^(?:From|Received|Message-ID|MIME-Version|Return-Path):")
_MOST_PARTS = 1_000
"""Texts in one message: a mailing list's digest has some hundred."""
_FORWARDED = re.compile(
    r"(?mi)^[ \t>]*(?:-{2,}.{0,40}(?:forwarded|original).{0,20}message.{0,20}-{2,}"
    r"|begin forwarded message:?)[ \t]*\n"
    r"(?:[ \t>]*(?:\*?(?:from|to|cc|bcc|sent|date|subject|reply-to)\*?:.*)?\n)+"
)
_PAGE_TITLE = re.compile(rb"<title\b[^>]*>.{0,2000}?</title\s*>", re.IGNORECASE | re.DOTALL)
"""Mailers repeat the subject there."""
_QUOTED = re.compile(r"(?m)^(?:[ \t]*>[ \t]?)+")
_TEXTS = ("text/plain", "text/html", "text/markdown", "text/csv", "application/json")
_NO_LIST = re.compile(r"pdf|signature|pgp|pkcs|ms-tnef|calendar")
"""Attachments that no list of papers comes as."""
_LONGEST_SHOWN = 60
_OWN = ("title", "abstract", "remark")
"""A paper's own words."""
_KEPT = ("blurb", "ai_summary", "group", "venue", "organization", "submitter")
_HOST = re.compile(r"@([\w-]+(?:\.[\w-]+)+)")


_LONGEST_FIELD = 2_000
"""Characters of what a header says of its part."""


_CHARSET = re.compile(r"(\*(?:0\*)?=\s*\"?)[^'\";\s]*'[^'\";\s]*'")
"""What a parameter says of its own characters (RFC 2231, 4)."""


class _Bounded(email.policy.Compat32):
    """Cuts what says how a part is packed, and has it be UTF-8.

    What looks a parameter up copies all that follow, and breaks over some names of charsets.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name.lower().startswith("content-"):
            value = _CHARSET.sub(r"\1utf-8''", value[:_LONGEST_FIELD])
        return name, value


class _NothingError(MalformedDigestError):
    """A mail in which no reader finds a paper."""

    def __init__(self, path: str, attached: list[Refusal]) -> None:
        super().__init__(
            path, "expected a mail with papers in it, found none.", hint="Save it again."
        )
        self.attached = attached
        """What came with it and was not read."""


def accepts(document: Document) -> Claim | None:
    """Claim text that begins with a mail's headers, or with a mailbox's envelope line."""
    start = document.start
    first, _, rest = start.partition("\n")
    if first.startswith("From ") or first.strip().isdecimal():  # the latter is Apple's
        start = rest or start
    match = _HEADER.match(start + "\n")
    return Claim(Fit.FINAL) if match and _REQUIRED.search(match[0]) else None


def reader(
    read_body: Callable[[Document], Iterable[Draft]],
) -> Callable[[Document], Iterable[Draft]]:
    """Give the reader of mail that has `read_body` read what messages hold.

    The table of formats passes its own: mail is the one format that holds others.
    """

    def read(document: Document) -> Iterator[Draft]:
        found = list(messages(document.octets))
        refusals: list[Refusal] = []
        silent: list[tuple[int, DigestError]] = []
        for line, message in found[:MOST_MESSAGES]:
            if len(found) > 1:
                refusals += tell_headers_within(document.path, line, message)
            try:
                drafts = list(_message(document, message, line, read_body))
            except _NothingError as error:
                silent.append((line + 1, error))  # Where the mail begins.
                refusals += error.attached
                continue
            except DigestError as error:
                refusals.append(replace(error.refusal, line=line + 1))
                continue
            yield from drafts
        unread = [refusal for refusal in refusals if refusal.fatal]
        unread += [error.refusal for _, error in silent]
        if unread and len(unread) == len(found):
            first = unread[0]
            raise MalformedDigestError(first.path, first.message, line=None, hint=first.hint)
        if silent:
            refusals.append(tell_silent(document.path, [line for line, _ in silent]))
        if len(found) > MOST_MESSAGES:
            refusals.append(tell_rest(document.path, found[MOST_MESSAGES][0] + 1, len(found)))
        if refusals:
            yield Draft((), refusals=refusals)

    return read


def _message(
    document: Document,
    data: bytes,
    line: int,
    read_body: Callable[[Document], Iterable[Draft]],
) -> Iterator[Draft]:
    """Read a message: of each of its parts the best version, those of one date as one digest."""
    try:
        message = email.message_from_bytes(data, policy=_Bounded())
    except RecursionError:
        raise MalformedDigestError(
            document.path, "the mail's parts are nested too deeply.", hint="Save it again."
        ) from None
    if document.is_unicode:
        say_utf8(message)
    day = read_moment(said := str(message.get("Date", "")))
    problems: list[DigestError] = []
    parts = _parts(message)
    offset = functools.partial(_offset, data, line)
    found: list[Draft] = []
    for versions in parts[:_MOST_PARTS]:
        found += _best(document, versions, offset, read_body, problems)
    much = [_too_many(document.path, line, len(parts))] if len(parts) > _MOST_PARTS else []
    if not found:
        raise _nothing(document.path, line, message, much, problems)
    if len(found) > 1 and len({draft.stated for draft in found}) == 1:
        found = [_joined(found)]
    end = line + data.count(b"\n") + 1
    cut = [*tell_damage(document.path, line, end, message)]
    wrong = [] if day else doubtful_day(document.path, line + 1, "mail", said)
    doubts = [*cut, *much, *wrong, *_attached(document.path, line, message)]
    found[-1] = _telling(found[-1], doubts)
    keeps_its_day = len(found) > 1 or _is_forwarded(message)
    hosts = functools.cache(lambda: _hosts(message))
    for draft in found:
        entries = [_private(entry, hosts) for entry in draft.entries]
        own = draft.stated or draft.heading
        dated = (keeps_its_day and own) or day or own
        yield replace(draft, entries=entries, stated=dated, name=None)


def _best(
    document: Document,
    versions: Iterable[bytes],
    offset: Callable[[bytes], int | None],
    read_body: Callable[[Document], Iterable[Draft]],
    problems: list[DigestError],
) -> list[Draft]:
    """Read the versions of a part, and give what the best of them says; note what went wrong.

    Of two that say as much the later one is the better (RFC 2046, 5.1.4): a page is not broken into
    lines, nor are its addresses among its words.
    """
    best: list[Draft] = []
    for body in filter(bytes.strip, versions):
        inner = Document(document.path, body)
        try:
            drafts = [draft for draft in read_body(inner) if draft.entries]
        except DigestError as error:
            problems.append(error)
            continue
        if drafts and (lost := [doubt for doubt in inner.doubts if doubt.fatal]):
            drafts[-1] = _telling(drafts[-1], lost)
        located = [_located(draft, offset(body)) for draft in drafts]
        preferred = inner.is_markup and _worth(located) >= _worth(best)
        best = located if preferred else max(best, located, key=_worth)
    return best


def _nothing(
    path: str,
    line: int,
    message: Message,
    much: Sequence[Refusal],
    problems: Sequence[DigestError],
) -> DigestError:
    """Say why a message gave no entry: `much` of it was not read, or `problems` were met."""
    for told in much:
        return MalformedDigestError(path, told.message, line=told.line, hint=told.hint)
    in_parts = message.is_multipart() and message.get_boundary()
    if message.get_content_maintype() == "multipart" and not in_parts:
        named = "a boundary that stands nowhere in it" if message.get_boundary() else "no boundary"
        return MalformedDigestError(
            path,
            "expected a mail with papers in it, found one whose parts cannot be told apart: "
            f"its Content-Type names {named}.",
            line=line + 1,
            hint="Save it again, or save its text alone.",
        )
    return problems[0] if problems else _NothingError(path, [*_attached(path, line, message)])


def _attached(path: str, line: int, message: Message) -> Iterator[Refusal]:
    """Tell the files that came with a mail and may be lists of papers."""
    for part in itertools.islice(message.walk(), _MOST_PARTS):
        kind = part.get_content_type()
        if kind.startswith("application/") and kind not in _TEXTS and _NO_LIST.search(kind) is None:
            name = " ".join(str(part.get_filename() or kind).split())[:_LONGEST_SHOWN]
            what = f"a file that came with the mail that begins here was not read: {name!r}."
            hint = "If it is a list of papers, save it as a file of its own."
            yield Refusal(path, line + 1, what, hint, fatal=False)


def _telling(draft: Draft, refusals: list[Refusal]) -> Draft:
    return replace(draft, refusals=[*draft.refusals, *refusals])


def _too_many(path: str, line: int, parts: int) -> Refusal:
    return Refusal(
        path,
        line + 1,
        f"the mail that begins here has {parts:,} parts; only the first {_MOST_PARTS:,} were read.",
        "Save what is in the others as files of their own.",
    )


def _offset(data: bytes, line: int, body: bytes) -> int | None:
    """Give the number of lines before a part that stands in a message as it is; else ``None``."""
    place = data.find(body)
    return line + data.count(b"\n", 0, place) if place >= 0 else None


def _located(draft: Draft, offset: int | None) -> Draft:
    """Give a draft whose lines count in the file; lines of encoded parts mean nothing there."""

    def located(line: int | None) -> int | None:
        return None if line is None or offset is None else line + offset

    return replace(
        draft,
        entries=[replace(entry, line=located(entry.line)) for entry in draft.entries],
        refusals=[replace(refusal, line=located(refusal.line)) for refusal in draft.refusals],
    )


def _worth(drafts: list[Draft]) -> tuple[int, int]:
    """How much a version says: its entries, then the facts about them."""
    entries = [entry for draft in drafts for entry in draft.entries]
    facts = sum(
        bool(fact)
        for entry in entries
        for fact in (entry.arxiv or entry.doi, entry.authors, entry.abstract, entry.links)
    )
    return len(entries), facts


def _joined(drafts: list[Draft]) -> Draft:
    entries = [entry for draft in drafts for entry in draft.entries]
    return replace(
        drafts[0],
        entries=[replace(entry, position=n) for n, entry in enumerate(entries, 1)],
        refusals=[refusal for draft in drafts for refusal in draft.refusals],
    )


def _parts(message: Message) -> list[list[bytes]]:
    """Give the parts with text, in order; alternatives of one part together, plain text first.

    What stands quoted or forwarded is given a second time without its quoting.
    """
    parts: list[list[bytes]] = []
    stack: list[tuple[Message, int | None]] = [(message, None)]
    while stack:
        part, place = stack.pop()
        # A part's text must not be asked for here: its charset's name may hold a null.
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list):
            if part.get_content_type() == "multipart/alternative" and place is None:
                parts.append([])
                place = len(parts) - 1
            stack += [(p, place) for p in reversed(inside) if isinstance(p, Message)]
        elif part.get_content_type() in _TEXTS or part.get_content_maintype() == "text":
            if place is None:
                parts.append([])
            parts[-1 if place is None else place] += _versions(part)
    return [part for part in parts if part]


def _is_forwarded(message: Message) -> bool:
    """Tell whether a mail passes on an older one, attached or below the line that mailers write."""
    return any(
        part.get_content_type() == "message/rfc822"
        or (part.get_content_maintype() == "text" and PASSED_ON.search(decoded(part)))
        for part in message.walk()
    )


def _versions(part: Message) -> Iterator[bytes]:
    body = decoded(part)
    if part.get_content_type() == "text/html":
        yield _PAGE_TITLE.sub(lambda match: b"\n" * match[0].count(b"\n"), body)
        return
    text = _FORWARDED.sub("\n", body.decode("utf-8", "surrogateescape").replace("\r\n", "\n"))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, delete=str(part.get_param("delsp", "")).lower() == "yes")
    yield text.encode("utf-8", "surrogateescape")
    if len(_QUOTED.findall(text)) > 2:
        yield _QUOTED.sub("", text).encode("utf-8", "surrogateescape")


def _hosts(message: Message) -> frozenset[str]:
    """Give the hosts of the addresses that a mail has of its own: its headers', its farewell's."""
    told: list[str] = []
    for part in message.walk():
        told += map(str, part.values())
        if part.get_content_maintype() == "text":
            text = decoded(part).decode("utf-8", "replace")
            told += (match[0] for match in _FORWARDED.finditer(text))
            lines = text.split("\n") if "@" in text else []
            told += (
                f"{line} {following}"  # An address is long, and stands in a line of its own.
                for line, following in itertools.pairwise([*lines, ""])
                if is_farewell(line)
            )
    return frozenset(host.lower() for text in told for host in _HOST.findall(text))


def _private(entry: Entry, hosts: Callable[[], frozenset[str]]) -> Entry:
    """Leave mail addresses and what follows a reader out of an entry.

    A paper's own words keep those of other `hosts` than the mail's: 'we mask bob@example.com'.
    """
    changes: dict[str, object] = {}
    for name in (*_OWN, *_KEPT):
        text = getattr(entry, name)
        if text is not None and ("@" in text or "://" in text):
            own = hosts() if name in _OWN and "@" in text else None
            text = without_mail(text, own)
            changes[name] = text if name == "title" else clean_addresses(text) or None
    links = (replace(link, url=clean_address(link.url)) for link in entry.links)
    changes["links"] = tuple(dict.fromkeys(links))
    return replace(entry, **changes)  # type: ignore[arg-type]
