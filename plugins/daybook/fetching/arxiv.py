"""arXiv's API, which answers with Atom: https://info.arxiv.org/help/api/user-manual.html.

A search is ``search_query`` (with ``submittedDate:[YYYYMMDDhhmm TO YYYYMMDDhhmm]``, in UTC), a
look-up ``id_list``; ``start`` and ``max_results`` page through the answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from ..archive.slugs import name_of
from .errors import AnswerError
from .host import Host, PassingError
from .saving import Listing

PAUSE = 3.0
"""Seconds: 'no more than one request every three seconds', on one connection, as
https://info.arxiv.org/help/api/tou.html asks."""
PER_REQUEST = 500
MOST_PAPERS = 5_000
"""In one digest: all of arXiv on a busy day is under 2,000."""
_PATH = "/api/query"
_COUNT = re.compile(r"[0-9]{1,9}")
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ENTRY = "{http://www.w3.org/2005/Atom}entry"
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate|lastUpdatedDate):")
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]{2,})?", re.ASCII)
_ARCHIVES = frozenset(
    [
        "astro-ph",
        "cond-mat",
        "gr-qc",
        "hep-ex",
        "hep-lat",
        "hep-ph",
        "hep-th",
        "math-ph",
        "nlin",
        "nucl-ex",
        "nucl-th",
        "physics",
        "quant-ph",
        "math",
        "cs",
        "q-bio",
        "q-fin",
        "stat",
        "eess",
        "econ",
    ]
)
_WORDS = re.compile(r'"[^"]+"|[^\s"]+')


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the API."""

    body: bytes
    root: etree._Element
    entries: int
    total: int
    """How many papers the whole answer has."""


class Arxiv:
    """The lists that arXiv gives."""

    title = "arXiv"
    first_day = dt.date(1991, 8, 14)

    def __init__(self, host: Host, query: str = "") -> None:
        self.host = host
        self.query = query

    def file_of(self, day: dt.date) -> str:
        """Name the file of the papers submitted on a day."""
        return f"arxiv-{name_of(self.query) + '-' if self.query else ''}{day}.xml"

    def newest_day(self, now: dt.date) -> dt.date:
        """Give the newest day that is over: a day's submissions are complete after it."""
        return now - dt.timedelta(days=1)

    def list_day(self, day: dt.date) -> Listing | None:
        """List the papers submitted on a day (in UTC) that the query finds; ``None`` for none."""
        when = f"submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"
        asked = f"({search_query(self.query)}) AND {when}" if self.query else when
        body = self._whole(asked)
        name = f"arXiv {self.query}".strip() + f", {day}"
        return Listing(self.file_of(day), body, "feed", name, str(day)) if body else None

    def search(self, now: dt.date) -> Listing | None:
        """Give the newest papers that the query finds, up to one request's worth."""
        page = self._ask(search_query(self.query), 0)
        if not page.entries:
            return None
        name = f"arXiv {self.query}, {now}"
        return Listing(self.file_of(now), page.body, "feed", name, str(now))

    def _whole(self, asked: str) -> bytes | None:
        """Page through an answer; one page is kept to the byte, several are joined.

        A page with nothing new is the last, whatever the host says there should be.
        """
        first = self._ask(asked, 0)
        found = {_name(entry) for entry in first.root.findall(_ENTRY)}
        pages, last = 1, first.entries
        while last and len(found) < min(first.total, MOST_PAPERS):
            page = self._ask(asked, len(found))
            fresh = [entry for entry in page.root.findall(_ENTRY) if _name(entry) not in found]
            first.root.extend(fresh)
            found |= {_name(entry) for entry in fresh}
            pages, last = pages + 1, len(fresh)
        if not found:
            return None
        if pages == 1:
            return first.body
        return etree.tostring(first.root, encoding="UTF-8", xml_declaration=True)

    def _ask(self, asked: str, start: int) -> Page:
        query: dict[str, str | int] = {
            "search_query": asked,
            "start": start,
            "max_results": PER_REQUEST,
            "sortBy": "submittedDate",
            "sortOrder": "descending",
        }
        return self.host.ask(_PATH, query, lambda body: read_page(body, start))


def ask_ids(host: Host, identifiers: Sequence[str]) -> bytes:
    """Look papers up by their identifiers; those that arXiv does not know are left out."""
    query: dict[str, str | int] = {
        "id_list": ",".join(identifiers),
        "max_results": len(identifiers),
    }
    return host.ask(_PATH, query, lambda body: read_page(body, 0, may_lack=True).body)


def ask_titles(host: Host, titles: Sequence[str]) -> bytes:
    """Search for papers whose titles have these phrases in them."""
    phrases = " OR ".join(f'ti:"{phrase}"' for title in titles if (phrase := _phrase(title)))
    query: dict[str, str | int] = {"search_query": phrases, "max_results": 10 * len(titles)}
    return host.ask(_PATH, query, lambda body: read_page(body, 0, may_lack=True).body)


def search_query(words: str) -> str:
    """Give what the API understands: a query as it is, a category, or words that all occur."""
    words = " ".join(words.split())
    if _FIELD.search(words):
        return words
    if _CATEGORY.fullmatch(words) and (words in _ARCHIVES or "." in words):
        return f"cat:{words}" if "." in words else f"cat:{words}*"
    return " AND ".join(f"all:{word}" for word in _WORDS.findall(words))


def read_page(body: bytes, start: int, *, may_lack: bool = False) -> Page:
    """Read an answer as Atom, strictly: one that breaks off is no answer.

    arXiv is known to answer now and then with nothing though there is something; unless `may_lack`
    that is tried again.

    Raises:
        AnswerError: for what is not Atom, and for arXiv's own words about an error.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        begin = body[:60].decode("utf-8", "replace").strip()
        raise AnswerError(
            f"expected Atom, and the answer begins {begin!r} or breaks off; try again later"
        ) from None
    if root.tag != "{http://www.w3.org/2005/Atom}feed":
        raise AnswerError(f"expected Atom, and the answer is <{etree.QName(root).localname}>")
    entries = root.findall(_ENTRY)
    if len(entries) == 1 and "/api/errors" in (entries[0].findtext("{*}id") or ""):
        told = " ".join((entries[0].findtext("{*}summary") or "").split())[:200]
        raise AnswerError(f"arXiv answered with an error: {told}")
    total = (root.findtext(_TOTAL) or "").strip()
    count = int(total) if _COUNT.fullmatch(total) else len(entries)
    if not may_lack and not entries and count > start:
        raise PassingError(f"answered with none of {count} papers")
    return Page(body, root, len(entries), count)


def _name(entry: etree._Element) -> str:
    """Give what names an entry: the address of its paper."""
    return (entry.findtext("{*}id") or "").strip()


def _phrase(title: str) -> str:
    """Give a title as a phrase without anything that means something in a query."""
    return " ".join(re.findall(r"\w+", title))
