"""Every digest as a newsletter: a message of HTML and plain text for any mailing service.

It holds no image, no style from elsewhere and no address but the archive's own pages, so that
opening it tells nobody anything. Bodies are quoted-printable: no line is long, and every server
passes it on. Nothing comes from the clock: the date is the digest's, and what must be unique (the
identifier, the boundary) comes from the contents. See RFC 5322, 2045 to 2047, 8058.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from binascii import b2a_qp
from collections.abc import Iterable, Iterator
from email.header import Header
from email.utils import format_datetime, quote
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from ..drafts import Draft, File
from ..records import KeptDigest, Paper
from . import addresses
from .languages import in_language
from .rendering import Press
from .shelves import Shelves
from .stamps import Stamps
from .wording import counted, excerpt

_SENTENCES = 150
"""Characters of an abstract's beginning."""
_SUBJECT = 150
_NAME = 60
"""Characters of the site's name in headers."""
_TITLE = 400
"""Characters of a title: longer ones are payloads."""
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line ends of any kind and halves of characters. Others that show nothing,
such as what joins letters and emoji, are part of words."""
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\Z", re.ASCII)
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+", re.ASCII)
"""What a name in a header may hold without quotes: RFC 5322, 3.2.3."""
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1a;background:#fff}"
    "h1{font-size:24px;line-height:1.25}h2{font-size:18px}a{color:#0b57a4}"
    "p{overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{color:#e8e6e1;background:#171716}a{color:#8fbdf2}}"
)
"""Colours stand only here, so that a mail program that drops styles, or inverts colours for itself,
has its own and nothing of ours to clash with."""


class Newsletters:
    """Writes the newsletters of an archive; only a site that knows its address has any."""

    def __init__(self, shelves: Shelves, press: Press) -> None:
        self._shelves = shelves
        self._press = press
        self._options = press.options
        self._url = press.site.url or ""

    def some(self, stamps: Stamps, some: range) -> Iterator[Draft]:
        """Give the newsletters of the digests at some places."""
        if self._url:
            for digest in self._shelves.archive.digests[some.start : some.stop]:
                if digest.id not in self._shelves.newsletters:
                    return
                url = addresses.newsletter(digest.id)
                yield stamps.draft(
                    url, partial(stamps.digest, digest), partial(self._file, url, digest)
                )

    def _file(self, url: str, digest: KeptDigest) -> File:
        return url, self.message(digest)

    def message(self, digest: KeptDigest) -> bytes:
        """Write a digest's first page as a message."""
        view = self._shelves.digests[digest.id]
        name = _short(_line(self._press.site.name), _NAME)
        subject = _short(f"{name}: {_line(view.name)}", _SUBJECT)
        text, page = self._text(digest), self._html(digest, subject)
        mark = hashlib.sha256(f"{digest.id}\0{subject}\0{text}\0{page}".encode()).hexdigest()[:32]
        lines = [_way_out(self._options.unsubscribe), _header("Subject", subject)]
        if self._options.mail_from:
            lines.append(_sender(name, self._options.mail_from))
        if digest.date is not None and digest.date.day:
            day = dt.datetime.combine(digest.date.earliest, dt.time(), dt.UTC)
            lines.append(f"Date: {format_datetime(day)}\r\n")
        lines.append(f"Message-ID: <{mark}@{_host(self._url)}>\r\n")
        body = _alternatives(f"=_{mark}", (("plain", text), ("html", page)))
        return "".join(lines).encode("ascii") + body

    def _entries(self, digest: KeptDigest) -> list[tuple[str | None, Paper]]:
        """Give the papers that the digest's first page shows, each with its heading."""
        known = self._shelves.by_slug
        found = [(item.group, known[item.slug]) for item in digest.items if item.slug in known]
        return found[: self._options.digest_page_size]

    def _say(self, paper: Paper) -> str:
        """Say a little of a paper: its first words, or, in a large archive, its topics."""
        topics = ", ".join(topic.name for topic in self._shelves.topics_of(paper))
        if self._shelves.large:
            return topics
        return _line(excerpt(paper.abstract or paper.blurb, _SENTENCES) or "") or topics

    def _title(self, paper: Paper) -> str:
        title = _short(_line(self._shelves.titles[paper.slug]), _TITLE)
        return f"{title} (withdrawn)" if paper.withdrawn is not None else title

    def _address(self, url: str) -> str:
        return f"{self._url}/{url}"

    def _opening(self, digest: KeptDigest, shown: int) -> str:
        view = self._shelves.digests[digest.id]
        total = counted(view.count, "paper")
        return f"{total}, {shown:,} of them here" if shown < view.count else total

    def _text(self, digest: KeptDigest) -> str:
        entries = self._entries(digest)
        lines = [
            f"{_line(self._press.site.name)}: {_line(self._shelves.digests[digest.id].name)}",
            f"{self._opening(digest, len(entries))}: {self._address(addresses.digest(digest.id))}",
        ]
        place = 0
        for group, run in groupby(entries, key=lambda entry: entry[0]):
            lines += ["", f"== {_line(group)} =="] if group else []
            for _, paper in run:
                place += 1
                lines += ["", f"{place}. {self._title(paper)}"]
                card = self._shelves.cards[paper.slug]
                lines += [said for said in (_line(card.byline), self._say(paper)) if said]
                lines.append(self._address(addresses.paper(paper.slug)))
        if self._options.unsubscribe:
            lines += ["", f"Unsubscribe: {self._options.unsubscribe}"]
        return "\n".join(lines) + "\n"

    def _html(self, digest: KeptDigest, subject: str) -> str:
        language = self._options.language
        entries = self._entries(digest)
        where = self._address(addresses.digest(digest.id))
        lines = [
            "<!doctype html>",
            f'<html lang="{escape(language)}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(subject)}</title><style>{_STYLE}</style></head>",
            '<body><div style="max-width:38em;margin:0 auto">',
            f"<h1>{escape(_line(self._shelves.digests[digest.id].name))}</h1>",
            f"<p>{escape(self._opening(digest, len(entries)))}:",
            f'<a href="{escape(where)}">read in {escape(_line(self._press.site.name))}</a></p>',
        ]
        for group, run in groupby(entries, key=lambda entry: entry[0]):
            lines += [f"<h2>{escape(_line(group))}</h2>"] if group else []
            for _, paper in run:
                title = self._title(paper)
                said = self._say(paper)
                link = escape(self._address(addresses.paper(paper.slug)))
                shown = [
                    f'<a href="{link}">{in_language(escape(title), title, language)}</a>',
                    str(escape(_line(self._shelves.cards[paper.slug].byline))),
                    str(in_language(escape(said), said, language)),
                ]
                lines.append(f"<p>{'<br>'.join(filter(None, shown))}</p>")
        if self._options.unsubscribe:
            link = escape(self._options.unsubscribe)
            lines.append(f'<p><a href="{link}">Unsubscribe</a></p>')
        lines.append("</div></body></html>")
        return str(Markup("\n").join(map(Markup, lines))) + "\n"


def _alternatives(boundary: str, texts: Iterable[tuple[str, str]]) -> bytes:
    """Write a text in several forms, the plainest first; `email` takes six times as long."""
    between = f"\r\n--{boundary}".encode()
    lines = [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n"
        b' boundary="%b"\r\n' % boundary.encode()
    ]
    for kind, text in texts:
        lines += [
            between,
            f'\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'.encode(),
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            b2a_qp(text.replace("\n", "\r\n").encode()),
        ]
    return b"".join([*lines, between, b"--\r\n"])


def _line(text: str) -> str:
    """Give a text on one line, without what no message may hold."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def _way_out(address: str | None) -> str:
    """Write the header of RFC 2369, 3.2 in one line, which is never cut within an address.

    The setting was checked: ASCII without spaces, shorter than a line may be.
    """
    return f"List-Unsubscribe: <{address}>\r\n" if address else ""


def _header(name: str, words: str) -> str:
    """Write a header whose value is words of others, folded, so that it is read as they are.

    Not by `email.message`: it decodes what looks like an encoded word already, and writes the line
    breaks that come of it.
    """
    return f"{name}: {_encoded(name, words)}\r\n"


def _sender(name: str, address: str) -> str:
    """Write the header ``From``."""
    shown = _encoded("From", name)
    if shown == name and not _ATOMS.fullmatch(name):
        shown = f'"{quote(name)}"'
    return f"From: {shown}\r\n <{address}>\r\n" if name else f"From: {address}\r\n"


def _encoded(name: str, words: str) -> str:
    """Give words as a header has them: as encoded words (RFC 2047) unless they are safe as such."""
    is_safe = words.isascii() and "=?" not in words
    header = Header(words, "us-ascii" if is_safe else "utf-8", 76, name)
    return header.encode(linesep="\r\n")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _host(url: str) -> str:
    """Give the host of an address as identifiers may have it."""
    host = urlsplit(url).hostname or ""
    return host if _HOST.match(host) else "daybook.invalid"
