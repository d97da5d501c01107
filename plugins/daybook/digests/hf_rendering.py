"""Hugging Face's lists of papers as programs render them: text with link marks, or Markdown.

Daily, search and Trending pages as tools for reading the web save them (2025 and 2026): titles are
headings or links to ``/papers/<id>``; before a title stand its upvotes and who submitted it, after
it the abstract, then authors' number or organization, date and comments. A Trending page gives a
machine's summary in place of most abstracts, and may give every paper twice.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from ..errors import MalformedDigestError, Refusal
from ..records import DayOfYear, Entry, Link, PartialDate
from .claims import Claim
from .days import read_day, read_timestamp
from .document import Document
from .draft import Draft
from .hf_rendering_marks import claim_of
from .identifiers import doubtful_id, leads_to_paper, read_arxiv, read_url
from .pieces import Piece, take_apart
from .stated import Statement, read_statement
from .wording import one_line, paragraphs

_PAPER = re.compile(r"(?:https?://(?:www\.)?huggingface\.co)?/papers/(\d{4}\.\d{4,5})/?", re.ASCII)
_LOGIN = re.compile(r".*/login\?next=%2Fpapers%2F(\d{4}\.\d{4,5})", re.ASCII)
_PROFILE = re.compile(r"(?:https?://(?:www\.)?huggingface\.co)?/[\w.-]+/?", re.ASCII)
_AUTHORS = re.compile(r"(?:[-*•·]\s*)*(\d{1,5}) authors?\b", re.ASCII)
_DATE = re.compile(
    r"(?:[·•]\s*)?(?:Published on )?([A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)(?:\s+(\d{1,6}))?"
    r"(?:\s*[·•])?",
    re.ASCII,
)
_COUNT = re.compile(r"(?:\[-\]\s*|[-*] \[[ x]\]\s*)?(?:Upvote\s*)?(?:(\d{1,6})|-)", re.ASCII)
_CODE = re.compile(r"(?:LINK:\s*)?(?:GitHub|GitLab)\b(?:\s+[\d.,]+\s*[kM]?)?", re.IGNORECASE)
_PREVIOUS_DAY = re.compile(r"/papers/date/(\d{4})-\d{2}-\d{2}")
_CAPTURED = re.compile(
    r"(?im)^[ \t*>-]*(?:captured|retrieved|fetched|saved|accessed|scraped|crawled|downloaded)"
    r"(?:[ _](?:at|on|date))?(?: \(utc\))?\W{1,6}(\d{4}-\d{2}-\d{2})"
)
_TRUNCATED = re.compile(r"\[(?:content )?truncated\]|\.\.\. \[\+\d+ chars[^\]]*\]", re.IGNORECASE)
_FURNITURE = frozenset(
    {"daily papers", "trending papers", "papers", "new", "subscribe", "daily", "weekly", "monthly"}
    | {"get trending papers in your email inbox!", "previous", "next", "load more"}
    | {"extracted text"}
    | {"get trending papers in your email inbox once a day!", "back to top"}
    | {"trending papers ranked by github stars activity", "daily papers - hugging face"}
)
_TORN = re.compile(r"\]\((?:https?:/|/papers/)")
_LEVELS = (2, 4)
"""The headings that titles can be."""
_BYLINE = re.compile(r"(?:by\b.*|ak )?\s*and the research community")
_TRENDING = re.compile(
    r"(?im)^[^\w\n]{0,20}(?:(?:url|source|url source): *https?://huggingface\.co/papers/trending\S*"
    r"|title: *\W?trending papers - hugging face\W?)[^\S\n]*$"
)
_LONGEST_NAME = 100
_LONGEST_SUMMARY = 450
"""Characters: the longest of 30 machine summaries has 256, the shortest of 35 abstracts 853."""
_STRAY = 200
"""Characters from which words after a paper's tail are not the page's furniture."""


def accepts(document: Document) -> Claim | None:
    """Claim text with the page's own lines above any paper, and titles as headings or links."""
    return claim_of(document)


def read(document: Document) -> Iterable[Draft]:
    """Read the page's one digest.

    Raises:
        MalformedDigestError: for a page without papers.
    """
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    pieces = [piece for piece in take_apart(lines, statement.body) if piece.text]
    page = _Page(document.path, pieces)
    page.trending = _TRENDING.search(document.start) is not None
    for piece in pieces:
        page.take(piece)
    entries, refusals = page.close()
    if not entries:
        raise MalformedDigestError(
            document.path,
            "expected a rendered page of Daily Papers, found no paper in it.",
            hint="Save the page again.",
        )
    yield _dated(document, statement, page, entries, refusals)


@dataclass(slots=True)
class _Card:
    """A paper while its card is being read."""

    line: int
    title: str
    arxiv: str | None = None
    whole: bool = True
    """Whether its title was closed."""
    texts: list[str] = field(default_factory=list)
    author_count: int | None = None
    organization: str | None = None
    submitter: str | None = None
    day: PartialDate | DayOfYear | None = None
    upvotes: int | None = None
    comments: int | None = None
    links: list[Link] = field(default_factory=list)
    last_line: int = 0
    stated: str = ""
    """The last part of the address to which its title leads."""
    tailed: bool = False
    """Whether what follows the abstract has begun."""


class _Page:
    """A rendered page while it is being read, piece by piece."""

    def __init__(self, path: str, pieces: list[Piece]) -> None:
        self.path = path
        headings = [piece for piece in pieces if _is_title(piece)]
        self._by_heading = bool(headings)
        self._linked = any(piece.url is not None for piece in headings)
        self.heading: PartialDate | DayOfYear | None = None
        self.trending = False
        self.cards: list[_Card] = []
        self._refusals: list[Refusal] = []
        self._upvotes: int | None = None
        self._submitter: str | None = None
        self._awaits_submitter = False

    def take(self, piece: Piece) -> None:
        """Take the next piece for what it is."""
        card = self.cards[-1] if self.cards else None
        awaits_submitter, self._awaits_submitter = self._awaits_submitter, False
        if self._begins_card(card, piece):
            self._begin(piece)
        elif piece.level:
            self.trending |= one_line(piece.text).lower() == "trending papers"
            self._tell_broken_link(piece)
        elif _TORN.search(piece.text):
            self._tell_broken_link(piece)
        elif awaits_submitter and len(piece.text) < 80:
            self._submitter = one_line(piece.text)
        elif piece.text.startswith("Submitted by"):
            self._submitter = one_line(piece.text.removeprefix("Submitted by")) or None
            self._awaits_submitter = self._submitter is None
            if card is not None:
                card.tailed = True
        elif card is not None and self._is_short_abstract(card, piece):
            self._take_text(card, piece)
        elif not self._take_count(card, piece) and not self._take_day(card, piece):
            self._take_words(card, piece)

    def _is_short_abstract(self, card: _Card, piece: Piece) -> bool:
        """Whether words that could be a count or a day lead to the paper, as its abstract does."""
        paper = _PAPER.fullmatch(piece.url or "")
        if paper is None or paper[1] != card.arxiv or card.texts or card.tailed or piece.inline:
            return False
        return any(look.fullmatch(piece.text) for look in (_COUNT, _DATE))

    def _begins_card(self, card: _Card | None, piece: Piece) -> bool:
        if self._by_heading:
            return _is_title(piece) and (piece.url is not None or not self._linked)
        paper = _PAPER.fullmatch(piece.url or "")
        return (
            paper is not None
            and (card is None or paper[1] != card.arxiv)
            and _COUNT.fullmatch(piece.text) is None
        )

    def _begin(self, piece: Piece) -> None:
        paper = _PAPER.fullmatch(piece.url or "")
        found = read_arxiv(piece.url or "")
        self.cards.append(
            _Card(
                piece.line,
                one_line(piece.text),
                paper[1] if paper else found[0] if found else None,
                piece.closed,
                submitter=self._submitter,
                upvotes=self._upvotes,
                stated=(piece.url or "").partition("/papers/")[2],
            )
        )
        self._upvotes = self._submitter = None

    def _take_count(self, card: _Card | None, piece: Piece) -> bool:
        """Take upvotes or comments: the address, or else the place, says which and whose."""
        count = _COUNT.fullmatch(piece.text)
        if count is None:
            return False
        number = int(count[1]) if count[1] else None
        url = piece.url or ""
        login = _LOGIN.fullmatch(url)
        if card is not None and (url.endswith("#community") or (piece.inline and card.day)):
            card.comments = number
        elif card is not None and (
            (login and login[1] == card.arxiv) or piece.text.startswith("Upvote")
        ):
            card.upvotes, card.tailed = number, True
        elif piece.url is not None or number is not None:
            self._upvotes = number
            if card is not None:
                card.tailed = True
        return True

    def _take_day(self, card: _Card | None, piece: Piece) -> bool:
        text = one_line(piece.text)
        match = _DATE.fullmatch(text)
        day = read_day(match[1]) if match else None
        if match is None or day is None:
            return False
        if card is None:
            self.heading = self.heading or day
        elif card.day is None:
            card.day, card.tailed = day, True
            card.comments = int(match[2]) if match[2] else card.comments
        return True

    def _take_words(self, card: _Card | None, piece: Piece) -> None:
        if card is None:
            return
        authors = _AUTHORS.search(piece.text) if len(piece.text) < 300 else None
        url = read_url(piece.url)
        if authors and (piece.url is not None or _AUTHORS.fullmatch(piece.text)):
            card.author_count, card.tailed = int(authors[1]), True
        elif url and _CODE.fullmatch(one_line(piece.text)):
            card.links.append(Link("code", url))
            card.tailed = True
        elif piece.url is not None and self._is_organization(card, piece):
            card.organization, card.tailed = one_line(piece.text), True
        elif url and (found := read_arxiv(url)) and "arxiv.org" in url:
            card.arxiv = card.arxiv or found[0]
        elif not card.tailed:
            self._take_text(card, piece)
        elif len(piece.text) >= _STRAY:
            self._stray(piece)

    def _is_organization(self, card: _Card, piece: Piece) -> bool:
        if card.day is not None or len(piece.text) > _LONGEST_NAME:
            return False
        if not card.texts and (card.organization or piece.text.endswith((".", "!", "?"))):
            return False  # The summary of a card may be a link, too.
        return not piece.url or _PROFILE.fullmatch(piece.url) is not None

    def _take_text(self, card: _Card, piece: Piece) -> None:
        text = _TRUNCATED.sub("", piece.text).strip().rstrip("`\n ")
        if text.strip("-*•·[]`= ") and text.lower() not in _FURNITURE:
            # Lines right under each other are one hard-wrapped paragraph.
            goes_on = card.texts and piece.line == card.last_line + 1
            card.texts.append(("\n" if goes_on else "\n\n") + text)
        card.last_line = piece.line + piece.text.count("\n")

    def _tell_broken_link(self, piece: Piece) -> None:
        """Tell what is or was a link, and leads to no paper as the titles beside it do."""
        titled = self._linked and _LEVELS[0] <= piece.level <= _LEVELS[1]
        broken = not piece.closed or "[" in piece.text or "]" in piece.text
        elsewhere = " " in piece.text and piece.url is not None
        if elsewhere and _PROFILE.fullmatch(piece.url or "") and "/papers" not in str(piece.url):
            elsewhere = False
        if not _TORN.search(piece.text) and not (titled and (broken or elsewhere)):
            return
        words = one_line(piece.text)[:60]
        message = f"expected a title that leads to a paper, found {words!r}."
        hint = "If it is a paper's, mend its link or save the page again."
        self._refusals.append(Refusal(self.path, piece.line, message, hint, fatal=False))

    def _stray(self, piece: Piece) -> None:
        self._refusals.append(
            Refusal(
                self.path,
                piece.line,
                f"expected a paper's title before {piece.text[:60]!r}.",
                "See whether a paper is missing before it.",
            )
        )

    def close(self) -> tuple[list[Entry], list[Refusal]]:
        """End the page: the same paper twice is one, and what was cut off is told."""
        if self.cards and not self.cards[-1].whole:
            cut = self.cards.pop()
            message = f"the last entry, {cut.title[:60]!r}, is cut off in its title."
            self._refusals.append(
                Refusal(self.path, cut.line, message, "Save the whole page again.")
            )
        elif self.cards and not self.cards[-1].tailed:
            last = self.cards[-1]
            message = f"the last entry, {last.title[:60]!r}, seems cut off."
            self._refusals.append(
                Refusal(self.path, last.line, message, "Save the whole page again.", fatal=False)
            )
        if not any(card.tailed or card.arxiv for card in self.cards):
            return [], self._refusals  # Headings of something else.
        entries: dict[str, Entry] = {}
        for card in self.cards:
            key = card.arxiv or card.title.casefold()
            entry = _entry(len(entries) + 1, card, trending=self.trending)
            if key not in entries:
                self._refusals += doubtful_id(self.path, card.line, entry, [card.stated])
            known = entries.get(key)
            entries[key] = entry if known is None else _complete(known, entry)
        if repeated := len(self.cards) - len(entries):
            message = f"{repeated} of {len(self.cards)} cards repeat a paper; each was kept once."
            self._refusals.append(Refusal(self.path, None, message, None, fatal=False))
        return list(entries.values()), self._refusals


def _is_title(piece: Piece) -> bool:
    text = one_line(piece.text).lower()
    if not _LEVELS[0] <= piece.level <= _LEVELS[1] or piece.inline:
        return False
    if piece.url and (_PAPER.fullmatch(piece.url) or read_arxiv(piece.url)):
        return True
    if text in _FURNITURE or text == "by" or _BYLINE.fullmatch(text):
        return False
    return not piece.url or leads_to_paper(piece.url)


def _entry(position: int, card: _Card, *, trending: bool) -> Entry:
    text = paragraphs("".join(card.texts))
    is_summary = trending and text is not None and len(text) <= _LONGEST_SUMMARY
    return Entry(
        position=position,
        title=card.title,
        line=card.line,
        abstract=None if is_summary else text,
        ai_summary=text if is_summary else None,
        author_count=card.author_count,
        organization=card.organization,
        submitter=card.submitter,
        published=card.day if isinstance(card.day, PartialDate) else None,
        published_day=card.day if isinstance(card.day, DayOfYear) else None,
        arxiv=card.arxiv,
        upvotes=card.upvotes,
        comments=card.comments,
        links=tuple(dict.fromkeys(card.links)),
    )


def _complete(first: Entry, other: Entry) -> Entry:
    """Complete a paper's first card by what only a later one says; the first wins elsewhere."""
    missing = {
        each.name: getattr(other, each.name)
        for each in fields(Entry)
        if getattr(first, each.name) in (None, ()) and getattr(other, each.name) not in (None, ())
    }
    if first.published or first.published_day:
        missing.pop("published_day", None)
    return replace(first, **missing) if missing else first


def _dated(
    document: Document,
    statement: Statement,
    page: _Page,
    entries: list[Entry],
    refusals: list[Refusal],
) -> Draft:
    """Date the page: by its heading, or where it has none (Trending) by the day of its capture."""
    heading = page.heading
    captured = _CAPTURED.search(document.start[:3000])
    day = read_timestamp(captured[1]) if captured else None
    if isinstance(heading, DayOfYear):
        heading = _with_year(heading, document.text, day) or heading
        day = None
    elif heading is not None:
        day = None
    return Draft(
        entries,
        name=statement.name,
        stated=statement.date or day,
        heading=heading if isinstance(heading, PartialDate) else None,
        heading_day=heading if isinstance(heading, DayOfYear) else None,
        refusals=[*statement.refusals, *refusals],
    )


def _with_year(
    day: DayOfYear, text: str, captured: PartialDate | None
) -> PartialDate | DayOfYear | None:
    """Give a heading's day its year, where a neighbouring day or the capture makes it certain."""
    years = {int(year) for year in _PREVIOUS_DAY.findall(urllib.parse.unquote(text))}
    near = [match[0][-10:] for match in _PREVIOUS_DAY.finditer(text)]
    known = [*(read_timestamp(text) for text in near), captured]
    for other in known:
        if other is None:
            continue
        for year in sorted(years | {other.year, other.year + 1}):
            found = read_day(f"{year:04d}-{day.month:02d}-{day.day:02d}")
            if isinstance(found, PartialDate) and abs((found.earliest - other.earliest).days) <= 7:
                return found
    return None
