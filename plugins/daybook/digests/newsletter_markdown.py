"""Newsletters and trackers in Markdown: tables, headed sections and bullet lists of papers.

What makes an entry is a link to a paper (arXiv, Hugging Face, OpenReview, the ACL Anthology, a
DOI), or a row of a table that has a column of papers. What is said under it is a blurb, unless the
table calls it an abstract. A heading with a date begins a digest of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..records import DayOfYear, Entry, Link, PartialDate
from .days import read_day
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv, read_doi, read_url
from .people import split_names
from .stated import parse_date, read_statement
from .wording import one_line, paragraphs

_LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\]){0,400})\]"
    r"\((https?://[^()\s]+(?:\([^()\s]*\)[^()\s]*)?)[^()]*\)"
)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<(?:img|video|source)\b[^<>]*>")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)")
_DIVIDER = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*\|?")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_DETAILS = re.compile(r"<summary>.*?</summary>", re.DOTALL)
_AUTHORS = re.compile(
    r"\W*(?:authors?|by|作者|저자|著者|auteurs|autoren)\W*[:：]\W*(.+)", re.IGNORECASE
)
_ISO_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_SPAN = re.compile(
    r"\(?\s*([A-Z][a-z]+ \d{1,2})\s*[-–—]\s*([A-Z][a-z]+ \d{1,2}|\d{1,2})(?:,? (\d{4}))?\s*\)?"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s*")
_PLAIN_WORDS = frozenset(
    {"paper", "pdf", "link", "arxiv", "abs", "abstract", "html", "code", "tweet", "论文", "논문"}
    | {"here", "read", "read more", "openreview", "doi", "project", "github", "hf", "alphaxiv"}
)
_HOSTS = re.compile(r"https?://(?:www\.)?(?:openreview\.net/(?:forum|pdf)|aclanthology\.org/\S)")
_LONGEST_LABEL = 20
"""Characters beside a link that stands alone in its line, as 'Paper:' does."""
_CODE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/")


def accepts(document: Document) -> bool:
    """Accept text with Markdown's headings, tables or bullets and a link to a paper."""
    if document.is_markup:
        return False
    text = document.text[:400_000]
    if not re.search(r"(?m)^(?:#{1,6} |\||\s*[-*+] )", text):
        return False
    return any(_is_paper(link[2]) for link in _LINK.finditer(text))


def read(document: Document) -> Iterable[Draft]:
    """Read a newsletter, as one digest for each heading with a date of its own."""
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    page = _Page(_year_of(document))
    for number in range(statement.body, len(lines)):
        page.take(number + 1, lines[number])
    page.close_section()
    issues = [issue for issue in page.issues if issue.entries]
    for issue in issues:
        stated = statement.date if len(issues) == 1 and statement.date else issue.date
        yield Draft(
            [replace(entry, position=place) for place, entry in enumerate(issue.entries, 1)],
            name=statement.name,
            stated=stated,
            refusals=statement.refusals if issue is issues[0] else (),
        )


@dataclass(slots=True)
class _Issue:
    date: PartialDate | None = None
    entries: list[Entry] = field(default_factory=list)


class _Page:
    """A newsletter while it is being read, line by line."""

    def __init__(self, year: int | None) -> None:
        self.issues = [_Issue()]
        self._year = year
        self._group: str | None = None
        self._heading: tuple[int, int, str] | None = None
        self._section: list[str] = []
        self._columns: list[str] | None = None
        self._open: tuple[int, str, str] | None = None
        self._parent: tuple[int, int, str] | None = None
        self._title_level: int | None = None

    def take(self, number: int, raw: str) -> None:
        line = _IMAGE.sub("", raw).strip()
        heading = _HEADING.fullmatch(line)
        if heading:
            self.close_section()
            self._columns = None
            self._take_heading(number, len(heading[1]), heading[2])
        elif line.startswith("|"):
            self._take_row(number, line)
        elif line:
            self._columns = None
            bullet = _BULLET.fullmatch(line)
            link = _first_paper(bullet[1]) if bullet else None
            if bullet and link and self._open is None and _worded(link[1]):
                title = _plain(link[1])
                rest = _plain(bullet[1][: link.start()] + bullet[1][link.end() :]).strip(" -–—:.·")
                self._add(_entry(number, title, link[2], bullet[1], blurb=rest))
            else:
                self._section.append(line)

    def _take_heading(self, number: int, level: int, text: str) -> None:
        link = _first_paper(text)
        if link and _worded(link[1]):
            self._open = (number, _plain(link[1]), link[2])
            return
        date = _heading_date(text, self._year)
        if date is not None:
            self.issues.append(_Issue(date))
            self._group = None
            return
        self._heading = (number, level, _plain(text))

    def close_section(self) -> None:
        """End what stands under a heading: a paper's blurb, or only a group's words."""
        lines, self._section = self._section, []
        opened, self._open = self._open, None
        heading, self._heading = self._heading, None
        text = "\n".join(lines)
        if opened is None and heading is not None:
            alone = [line for line in lines if len(_LINK.sub("", line).strip()) < _LONGEST_LABEL]
            papers = {link[2] for line in alone if (link := _first_paper(line))}
            if len(papers) == 1:
                opened = self._titled(heading, papers.pop())
            elif not lines and heading[1] == self._title_level:
                self._parent = heading  # A title whose text stands under a heading of its own.
            else:
                self._group = heading[2]
        if opened is None:
            return
        authors = next((found for line in lines if (found := _AUTHORS.fullmatch(line))), None)
        kept = [line for line in lines if not _AUTHORS.fullmatch(line)]
        blurb = "\n\n".join(part for line in kept if (part := _plain(_only_words(line))))
        number, title, url = opened
        entry = _entry(number, title, url, text, blurb=blurb)
        self._add(replace(entry, authors=split_names(authors[1]) if authors else None))

    def _titled(self, heading: tuple[int, int, str], url: str) -> tuple[int, str, str]:
        """Give the title of a section with one paper: its heading, or the one just above."""
        parent, self._parent = self._parent, None
        if parent is not None and parent[1] < heading[1]:
            heading = parent
        self._title_level = heading[1]
        return heading[0], heading[2], url

    def _take_row(self, number: int, line: str) -> None:
        if _DIVIDER.fullmatch(line):
            return
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if self._columns is None:
            self._close_group()
            self._columns = [_plain(cell).lower() for cell in cells]
            return
        entry = _row_entry(number, dict(zip(self._columns, cells, strict=False)), line)
        if entry is not None:
            self._add(entry)

    def _close_group(self) -> None:
        if self._heading is not None:
            self._group, self._heading = self._heading[2], None
        self._section = []

    def _add(self, entry: Entry) -> None:
        if self._heading is not None and self._open is None and entry.group is None:
            self._close_group()
        self.issues[-1].entries.append(replace(entry, group=self._group))


def _row_entry(number: int, cells: dict[str, str], line: str) -> Entry | None:
    """Make an entry of a table's row; ``None`` where no cell can be a title."""
    first = next((v for k, v in cells.items() if k in {"title", "paper", "papers"}), None)
    if first is None:
        return None
    link = _first_paper(first) or _first_paper(line)
    bold = _BOLD.search(_LINK.sub(r"\1", first))
    if link and _worded(link[1]):
        title = _plain(link[1])
        blurb = ""
    else:
        title = _plain((bold[1] or bold[2]) if bold else re.split(r" - |<br", first)[0])
        after = first[first.find("**", first.find("**") + 2) + 2 :] if bold else ""
        blurb = _plain(re.sub(r"<br\s*/?>", "\n\n", after)).strip(" -–—:")
    title = _NUMBER.sub("", title)
    if not title:
        return None
    abstract = next((v for k, v in cells.items() if k.startswith(("abstract", "摘要"))), "")
    entry = _entry(number, title, link[2] if link else "", line, blurb=blurb)
    date = parse_date(_plain(cells.get("date", "")))
    authors = next((v for k, v in cells.items() if k.startswith("author")), "")
    other = _LINK.search(line)
    if link is None and other is not None and not entry.links:
        entry = replace(entry, links=(Link("page", other[2]),))
    return replace(
        entry,
        abstract=paragraphs(_plain(_DETAILS.sub("", abstract))),
        authors=split_names(_plain(authors)) if authors else None,
        published=date if entry.arxiv_version in (None, 1) else None,
    )


def _entry(number: int, title: str, url: str, context: str, *, blurb: str) -> Entry:
    arxiv = read_arxiv(url) if url else None
    doi = read_doi(url) if url else None
    links = []
    for link in _LINK.finditer(context):
        to = read_url(html.unescape(link[2]))
        if to and _CODE.match(to):
            links.append(Link("code", to))
        elif to and _is_paper(to) and not read_arxiv(to) and not read_doi(to):
            links.append(Link("page", to))
    return Entry(
        position=0,
        title=one_line(title),
        line=number,
        blurb=paragraphs(blurb),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=doi,
        links=tuple(dict.fromkeys(links)),
    )


def _is_paper(url: str) -> bool:
    return bool(read_arxiv(url) or read_doi(url) or _HOSTS.match(url))


def _first_paper(text: str) -> re.Match[str] | None:
    return next((link for link in _LINK.finditer(text) if _is_paper(link[2])), None)


def _worded(text: str) -> bool:
    """Whether a link's text can be a title: not 'Paper', an address or an identifier."""
    plain = _plain(text).strip(" .:")
    known = plain.lower() in _PLAIN_WORDS or read_arxiv(plain) or read_url(plain)
    return bool(plain) and not known and len(plain) > 2 and "论文主页" not in plain


def _only_words(line: str) -> str:
    """Leave out the links of a line whose words are no more than 'Paper' or 'Code'."""
    return _LINK.sub(lambda link: link[1] if not _is_paper(link[2]) else "", line)


def _plain(text: str) -> str:
    """Give Markdown's text without its marks."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _BOLD.sub(lambda bold: bold[1] or bold[2], text)
    bullet = _BULLET.fullmatch(text)
    text = _TAG.sub("", bullet[1] if bullet else text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text).replace("`", "")
    return html.unescape(text).strip().strip("*").strip()


def _heading_date(text: str, year: int | None) -> PartialDate | None:
    """Read the date in a heading: a day, or the last day of a span of a known year."""
    if match := _ISO_DAY.search(text):
        return parse_date(match[1])
    span = _SPAN.search(text)
    if span is None or not (span[3] or year):
        return None
    last = span[2] if span[2][0].isalpha() else f"{span[1].split()[0]} {span[2]}"
    first_day, last_day = read_day(span[1]), read_day(last)
    if not isinstance(last_day, DayOfYear) or not isinstance(first_day, DayOfYear):
        return None
    known = int(span[3] or year or 0)
    # A span over New Year ends in the year after the one its issue is counted to.
    known += last_day.month < first_day.month and not span[3]
    return parse_date(f"{known}-{last_day.month:02d}-{last_day.day:02d}")


def _year_of(document: Document) -> int | None:
    """Give the one year that the file's name or its first heading names."""
    for text in (document.text.lstrip().split("\n", 1)[0], document.path.rpartition("/")[2]):
        years = set(_YEAR.findall(text))
        if len(years) == 1:
            return int(years.pop())
    return None
