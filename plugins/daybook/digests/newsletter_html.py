"""Newsletters and trackers saved as HTML, mails' bodies among them.

The page is rendered as the Markdown lines it would have been written in, and these are read as any
newsletter's: see `newsletter`. Tables that only lay a page out, as mails have them, are no tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from ..errors import Refusal
from .addresses import absolute, base_of, clean_address
from .blocks import Block, read_blocks
from .claims import Claim, Fit
from .days import year_of
from .dblp_page import write_records
from .document import Document
from .draft import Draft
from .elements import without_comments
from .html_tables import Part, is_data, rows_of
from .html_tables import Row as TableRow
from .html_tree import parse_html
from .id_columns import with_id_columns
from .labelled_ids import with_labelled_ids
from .labels import label_of
from .lines import Lines
from .linked_titles import with_linked_titles
from .marks import is_worded, paper_key, papers_in, plain
from .newsletter import Newsletter
from .newsletter_rows import NO_PAPER
from .page_roles import write_roles
from .shielding import shield, shielded_words
from .stated import Statement
from .unread import tell_unread

_HREF = re.compile(
    r"\bhref\s*=\s*(?:\"([^\"]{8,3000})\"|'([^']{8,3000})'|([^\s>\"']{8,3000}))", re.IGNORECASE
)
_NAMED = re.compile(r">[^<>]{0,300}\barxiv:\s?\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:doi|arxiv|preprint|paper)(?: id)?\s?:?\s?(?:</?\w{1,6}>\s?){0,3}:?\s?(?:<\w{1,6}>)?"
    r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|10\.\d{4,9}/\w)",
    re.IGNORECASE,
)
"""A bare identifier under a label."""
_HEADED = re.compile(r"<t[hd]\b[^<>]{0,300}>\s{0,20}(?:arxiv|doi)\b", re.IGNORECASE)
_BARE = re.compile(
    r"<td\b[^<>]{0,300}>\s{0,20}(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|10\.\d{4,9}/\w)",
    re.IGNORECASE,
)
_SKIPPED = re.compile("script|style|svg|nav|head|title|meta|link|button|select|iframe")
_BEHIND = ("noscript", "template")
"""What browsers show in place of a script, or not at all: read for papers only found there."""
_BREAKS = re.compile(
    "p|div|section|article|blockquote|main|header|footer|center|figure|figcaption|address|aside"
    "|table|tr|td|th|tbody|thead|ul|ol|dl|dt|dd|li|pre|details|br|hr|body|html"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = ("b", "strong")
_ITALIC = ("i", "em", "cite")
_SPACE = re.compile(r"\s+")
_AT_HOME = re.compile(r"(?:file|zotero|obsidian):|[a-z]:[\\/]", re.IGNORECASE)
_NO_SIGNS = re.compile(r"[\t\n\r]")
"""What browsers leave out of an address (https://url.spec.whatwg.org/#url-parsing)."""
_EMPTY = re.compile(r"(?<!\*)(\*{1,2}) +\1(?!\*)")
"""Bold or slanted nothing."""
_GAP = "\x1f"
"""A space that a mark is given, unless a sign stands beside it."""
_NO_GAP = re.compile(
    rf"{_GAP}(?=[,.;:!?)\]’”]|-\w)|(?<=[(\[“‘]){_GAP}|{_GAP}(?={_GAP}|\s)|(?<=\s){_GAP}"
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BADGE = re.compile(r"(?:^|[-_])(?:badge|chip|pill|tag|score)(?:$|[-_])", re.IGNORECASE)
_OF_ITS_KEEPER = re.compile(
    r"item type|library catalog|accessed|date added|modified|call number|loc\. in archive|language"
    r"|short title|rights",
    re.IGNORECASE,
)
"""What a program says of a record as such."""
_FEWEST_LABELS = 2
"""Known names of a record's fields."""
_BAR = shield("|", "|")
"""One that divides no cells."""


def accepts(document: Document) -> Claim | None:
    """Claim HTML that links to a paper, or names one by its identifier."""
    if document.start.startswith("<?xml") and document.root != "html":
        return None
    base = base_of(document.text)
    links = any(
        paper_key(clean_address(absolute(_href(match), base)))
        for match in _HREF.finditer(document.text)
    )
    named = links or _NAMED.search(document.text) or _LABELLED.search(document.text)
    return Claim(Fit.LIKELY) if named or _has_id_column(document.text) else None


def _has_id_column(text: str) -> bool:
    """Whether there is a table with a column of bare identifiers."""
    return _BARE.search(text) is not None and _HEADED.search(text) is not None


def _href(match: re.Match[str]) -> str:
    return _NO_SIGNS.sub("", html.unescape(match[1] or match[2] or match[3])).strip()


def read(document: Document) -> Iterable[Draft]:
    """Read a newsletter's page, as one digest for each heading with a date of its own."""
    soup = parse_html(document)
    base = base_of(document.text)
    _leave_out_repeated(soup, base)
    write_records(soup)
    write_roles(soup)
    page = _Renderer(document.text, base)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    if title and soup.find("h1") is None:
        page.lines.append(f"# {shielded_words(title)}")
        page.sources.append(1)
    page.render(soup)
    blocks = read_blocks(with_linked_titles(with_labelled_ids(with_id_columns(page.lines))))
    newsletter = Newsletter(document.path, blocks, year_of(title, document.path))
    newsletter.read()

    def source(line: int | None) -> int | None:
        return page.sources[line - 1] if line else None

    drafts = [
        replace(
            draft,
            entries=[replace(entry, line=source(entry.line)) for entry in draft.entries],
            refusals=[replace(refusal, line=source(refusal.line)) for refusal in draft.refusals],
        )
        for draft in newsletter.drafts(Statement())
    ]
    told = _tell_unread(document, drafts, newsletter.blocks, base)
    for number, draft in enumerate(drafts):
        yield draft if number else replace(draft, refusals=[*draft.refusals, *told])


def _leave_out_repeated(soup: Tag, base: str) -> None:
    """Leave out what stands behind scripts where the page itself links to all its papers."""

    def papers(tag: Tag) -> set[str | None]:
        links = tag.find_all("a", href=True)
        return {paper_key(clean_address(absolute(str(a["href"]).strip(), base))) for a in links}

    behind = [(tag, papers(tag) - {None}) for tag in soup.find_all(_BEHIND)]
    if not any(found for _, found in behind):
        return
    parts = [(tag, tag.extract()) for tag, _ in behind if tag.find_parent(_BEHIND) is None]
    shown = papers(soup) - {None}
    body = soup.find("body") or soup
    for tag, part in parts:
        found = next(found for other, found in behind if other is tag)
        if found - shown and isinstance(body, Tag):
            shown |= found
            # Parsed anew: text in a template is none to the parser.
            body.append(BeautifulSoup(part.decode_contents(), "lxml"))


def _tell_unread(
    document: Document, drafts: list[Draft], blocks: list[Block], base: str
) -> list[Refusal]:
    """Name the papers to which the page links and that the reader was not shown at all."""
    entries = [entry for draft in drafts for entry in draft.entries]
    known = {k for e in entries for k in (e.arxiv, e.doi, *(paper_key(at.url) for at in e.links))}
    known |= {key for block in blocks for key, _ in papers_in(block.text)}
    told: list[Refusal] = []
    text = without_comments(document.text)
    for match in _HREF.finditer(text):
        url = clean_address(absolute(_href(match), base))
        key = paper_key(url)
        if key is None or key in known or url in known or "<link" in _tag_around(text, match):
            continue
        known.add(key)
        line = text.count("\n", 0, match.start()) + 1
        message = f"a link to {key} stands in no part of the page that is read, and is no entry."
        hidden = text.rfind("<!--", 0, match.start()) > text.rfind("-->", 0, match.start())
        told.append(Refusal(document.path, line, message, "Save the page again.", not hidden))
    said = [*told, *(refusal for draft in drafts for refusal in draft.refusals)]
    return told + tell_unread(document, entries, said, (block.text for block in blocks))


def _tag_around(text: str, match: re.Match[str]) -> str:
    begin = text.rfind("<", 0, match.start())
    return text[max(begin, 0) : match.start()].lower()


class _Renderer:
    """HTML on its way to Markdown's lines, each with the line of the source it came from."""

    def __init__(self, text: str, base: str = "") -> None:
        self._base = base
        self._worded: set[str | None] = set()
        """The papers to which words lead: what pictures lead to besides is told by them alone."""
        self.lines: list[str] = []
        self.sources: list[int] = []
        self._source = Lines(text)
        self._words: list[str] = []
        self._prefix = ""
        self._depth = 0
        self._is_open = False
        """Whether the last link's words ended in a space."""

    def render(self, root: Tag) -> None:
        """Render all that is inside a tag; depth is bounded by memory alone."""
        for link in root.find_all("a", href=True):
            if _words_of(link):
                address = absolute(_NO_SIGNS.sub("", str(link["href"]).strip()), self._base)
                self._worded.add(paper_key(clean_address(address)))
        stack: list[tuple[object, bool]] = [(root, False)]
        while stack:
            node, left = stack.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):
                    self._words.append(shielded_words(str(node)))
            elif isinstance(node, Tag):
                if left:
                    self._leave(node)
                elif self._enter(node):
                    stack.append((node, True))
                    stack += [(child, False) for child in reversed(node.contents)]
        self._end_line()

    def _enter(self, tag: Tag) -> bool:
        """Begin a tag; false where it has been dealt with as a whole."""
        name = tag.name
        if name == "span" and self._prefix.startswith("#") and _is_badge(tag):
            return False
        if _SKIPPED.fullmatch(name) or (tag.get("style") and _HIDDEN.search(str(tag["style"]))):
            return False
        if name in _HEADINGS:
            self._end_line()
            self._prefix = "#" * _HEADINGS[name] + " "
        elif name == "a":
            return not self._take_link(tag)
        elif name == "table" and is_data(tag):
            self._take_table(tag)
            return False
        elif name == "summary":
            self._end_line()
            self._put(f"<summary>{_words_of(tag)}</summary>")
            return False
        elif _BREAKS.fullmatch(name):
            self._end_line()
            if name in ("ul", "ol"):
                self._depth += 1
            elif name in ("li", "dt"):
                self._prefix = "  " * max(self._depth - 1, 0) + "- "
            elif name == "dd":
                self._prefix = "  " * (self._depth + 1)
        elif name in _BOLD:
            self._words.append(f"{_GAP}**")
        elif name in _ITALIC:
            self._words.append(f"{_GAP}*")
        return True

    def _leave(self, tag: Tag) -> None:
        if tag.name in _HEADINGS or _BREAKS.fullmatch(tag.name):
            self._end_line()
            if tag.name not in ("br", "hr", "tr") and self.lines and self.lines[-1]:
                self._put("")  # A paragraph ends.
            if tag.name in ("ul", "ol"):
                self._depth -= 1
        elif tag.name in (*_BOLD, *_ITALIC):
            self._words.append(f"**{_GAP}" if tag.name in _BOLD else f"*{_GAP}")

    def _take_link(self, tag: Tag) -> bool:
        """Write a link as Markdown's; a heading inside one becomes a linked heading."""
        written = str(tag.get("href") or "").strip()
        href = absolute(_NO_SIGNS.sub("", written), self._base)
        if not re.match(r"https?://", href, re.IGNORECASE) or tag.find_parent("a") is not None:
            # What leads to one machine is a title as any other; inside a link was looked already.
            return _AT_HOME.match(href) is not None and self._take_bold(tag)
        self._follow(written)
        url = clean_address(href).replace("(", "%28").replace(")", "%29")
        heading = tag.find(list(_HEADINGS))
        if isinstance(heading, Tag):
            self._end_line()
            self._put("#" * _HEADINGS[heading.name] + f" [{_link_words(heading)}]({url})")
            heading.extract()
            return False
        words = _link_words(tag)
        if words and self._goes_on(words, url, tag):
            return True
        if words or (tag.find("img") and paper_key(url) not in self._worded):
            self._words.append(f"[{words}]({url})")
            self._is_open = tag.get_text()[-1:].isspace()
        return True

    def _goes_on(self, words: str, url: str, tag: Tag) -> bool:
        """Join a link to one of the same address right before it: a title in several pieces."""
        place = len(self._words) - 1
        while place >= 0 and not self._words[place].strip(f"{_GAP}* \t\n"):
            place -= 1
        above = self._words[place] if place >= 0 else ""
        if not above.endswith(f"]({url})") or not paper_key(url) or not is_worded(words):
            return False
        between = "".join(self._words[place + 1 :])
        apart = bool(_SPACE.search(between)) or tag.get_text()[:1].isspace() or self._is_open
        before = above.removesuffix(f"]({url})")
        del self._words[place:]
        self._words.append(f"{before}{' ' * apart}{words}]({url})")
        return True

    def _take_bold(self, tag: Tag) -> bool:
        """Write the words of a link that nobody can follow in bold, where they begin a line."""
        words, before = _link_words(tag), "".join(self._words)
        if before.strip() or not words or tag.find_parent([*_BOLD, *_HEADINGS]) is not None:
            return False
        self._words.append(f"**{words}** ")
        return True

    def _follow(self, href: str) -> None:
        """Note on which line of the source a link stands: the parser does not know it."""
        for written in (href, html.escape(href, quote=False)):
            if self._source.find(written) is not None:
                return

    def _take_table(self, table: Tag) -> None:
        self._end_line()
        labelled = _is_labelled(table.find_all("tr"))
        names: list[str] = []
        texts: dict[int, str] = {}
        for row in rows_of(table):
            for tag in row.tags:
                self._source.find("<tr", beyond=True)
                for link in tag.find_all("a", href=True):
                    self._follow(str(link["href"]))
            cells = self._cells(row, texts)
            if labelled:
                self._put_field(*cells[:2])
            elif row.part is Part.NAMES:
                names = cells
                self._put_names(names)
            elif row.part is Part.ACROSS and not next(papers_in(cells[0]), None):
                if plain(cells[0]) and not NO_PAPER.fullmatch(plain(cells[0])):
                    self._put(f"###### {plain(cells[0])}")
                    self._put_names(names)
            elif cells:
                self._put_row(cells)

    def _cells(self, row: TableRow, texts: dict[int, str]) -> list[str]:
        """Render the cells of a row; `texts` has those that other rows may have in common.

        A paper is only in the row where its cell begins; what spans columns and names none is no
        title: 'No meeting'.
        """
        cells = []
        for column, cell in enumerate(row.cells):
            text = "" if cell is None else texts.get(id(cell))
            if text is None and cell is not None:
                text = texts[id(cell)] = _cell(cell, self._base)
            again = column in row.spanned and "](" in (text or "")
            cells.append("" if text is None or again else text)
        if row.part is Part.VALUES and not any("](" in cell for cell in cells):
            for column in row.wide:
                cells[column] = f"*{plain(cells[column])}*" if plain(cells[column]) else ""
        return cells

    def _put_row(self, cells: list[str]) -> None:
        self._put("| " + " | ".join(cells) + " |")

    def _put_names(self, cells: list[str]) -> None:
        if cells:
            self._put_row(cells)
            self._put("|" + "---|" * len(cells))

    def _put_field(self, name: str, value: str) -> None:
        """Write what a record says under a label; who else wrote it goes on with who did."""
        above = self.lines[-1] if self.lines else ""
        if _OF_ITS_KEEPER.fullmatch(name.rstrip(" :")):
            return
        label = f"**{name.rstrip(' :')}:** "
        if above.startswith(label) and _is_of_people(label):
            self.lines[-1] = f"{above}; {value}"
        else:
            self._put(label + value)

    def _end_line(self) -> None:
        text = _NO_GAP.sub("", "".join(self._words)).replace(_GAP, " ")
        text = _EMPTY.sub(" ", _SPACE.sub(" ", text)).strip()
        prefix, self._prefix, self._words = self._prefix, "", []
        if text.startswith(("#", "|")):
            text = shield(text[0], "#|") + text[1:]
        if text.strip("* "):
            self._put(prefix + text)
        elif prefix.strip() == "-":
            self._prefix = prefix  # A list item whose words stand in a paragraph.

    def _put(self, line: str) -> None:
        self.lines.append(line)
        self.sources.append(self._source.last)


def _is_badge(tag: Tag) -> bool:
    """Whether a heading's part is only a mark beside its words."""
    return any(_BADGE.search(name) for name in tag.get_attribute_list("class") if name)


def _words_of(tag: Tag) -> str:
    return shielded_words(_SPACE.sub(" ", tag.get_text(" ")).strip())


def _link_words(tag: Tag) -> str:
    """Give a link's words; brackets among them could end it too early."""
    return shield(_words_of(tag), "[]")


def _is_labelled(rows: list[Tag]) -> bool:
    """Whether a table is one record: a name and a value in each row, as in Zotero's reports."""
    names: list[str] = []
    for row in rows:
        cells = row.find_all(["td", "th"], recursive=False)
        if [cell.name for cell in cells] != ["th", "td"]:
            return False
        names.append(_words_of(cells[0]))
    known = (label_of(f"{name}: x") for name in names)
    return sum(label is not None for label in known) >= _FEWEST_LABELS


def _is_of_people(label: str) -> bool:
    found = label_of(f"{label}x")
    return found is not None and found[0] == "authors"


def _cell(cell: Tag, base: str) -> str:
    """Render a table's cell on one line."""
    inner = _Renderer("", base)
    inner.render(cell)
    lines = (line.strip().removeprefix("- ") for line in inner.lines)
    return "<br>".join(line for line in lines if line).replace("|", _BAR)
