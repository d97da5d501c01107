"""A page as the Markdown lines it would have been written in, each with its line of the source."""

from __future__ import annotations

import html
import re

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from .addresses import absolute, clean_address
from .html_tables import Part, Row, is_data, rows_of
from .labels import label_of
from .lines import Lines
from .marks import is_worded, paper_key, papers_in, plain
from .newsletter_rows import NO_PAPER
from .shielding import shield, shielded_words

_SKIPPED = re.compile("script|style|svg|nav|head|title|meta|link|button|select|iframe")
_BREAKS = re.compile(
    "p|div|section|article|blockquote|main|header|footer|center|figure|figcaption|address|aside"
    "|table|tr|td|th|tbody|thead|ul|ol|dl|dt|dd|li|pre|details|br|hr|body|html"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = ("b", "strong")
_ITALIC = ("i", "em", "cite")
_SPACE = re.compile(r"\s+")
_AT_HOME = re.compile(r"(?:file|zotero|obsidian):|[a-z]:[\\/]", re.IGNORECASE)
NO_SIGNS = re.compile(r"[\t\n\r]")
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
_WHERE = re.compile(r"(?:publication|proceedings) title|publication|conference name", re.IGNORECASE)
"""Where a paper appeared, as reports call it; elsewhere the words are headings, too."""
_FEWEST_LABELS = 2
"""Known names of a record's fields."""
_BAR = shield("|", "|")
"""One that divides no cells."""


class PageLines:
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
                address = absolute(NO_SIGNS.sub("", str(link["href"]).strip()), self._base)
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
        href = absolute(NO_SIGNS.sub("", written), self._base)
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
        appeared = False
        names: list[str] = []
        texts: dict[int, str] = {}
        for row in rows_of(table):
            for tag in row.tags:
                self._source.find("<tr", beyond=True)
                for link in tag.find_all("a", href=True):
                    self._follow(str(link["href"]))
            cells = self._cells(row, texts)
            if labelled:
                name, value = cells[:2]
                if not appeared and _WHERE.fullmatch(name.rstrip(" :")):
                    name, appeared = "Venue", True
                self._put_field(name, value)
            elif row.part is Part.NAMES:
                names = cells
                self._put_names(names)
            elif row.part is Part.ACROSS and not next(papers_in(cells[0]), None):
                if plain(cells[0]) and not NO_PAPER.fullmatch(plain(cells[0])):
                    self._put(f"###### {plain(cells[0])}")
                    self._put_names(names)
            elif cells:
                self._put_row(cells)

    def _cells(self, row: Row, texts: dict[int, str]) -> list[str]:
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
    inner = PageLines("", base)
    inner.render(cell)
    lines = (line.strip().removeprefix("- ") for line in inner.lines)
    return "<br>".join(line for line in lines if line).replace("|", _BAR)
