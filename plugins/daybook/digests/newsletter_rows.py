"""Tables of papers in newsletters, row by row; cells hold links, line breaks, folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..records import Entry, Link
from .beside import read_beside, venue_of
from .bullets import bullet_title
from .columns import days_of_meetings
from .identifiers import read_url
from .label_words import LABELS
from .labels import Fields, Stated, label_of
from .marks import BOLD, DIVIDER, LINK, is_worded, papers_in, plain, without_links
from .newsletter_entries import make_entry
from .own_ids import own_ids
from .references import CREDIT, ended_title, title_words
from .row_lists import BREAK, listed_beside, listed_papers
from .wording import one_line, paragraphs

_BLURBS = (
    "description|highlights|contribution|contributions|main idea|key idea|summary|tl;dr|tldr"
    "|key points|overview|notes|note|总结|简介|介绍|描述|核心贡献|亮点|概要|要点|要約|备注"
    "|개요|설명|요약"
)
_SHORT_NAMES = ("name", "method", "模型")
_COLUMNS = {
    **LABELS,
    **dict.fromkeys(("paper", "papers", "论文", "論文", "논문"), "title"),
    **dict.fromkeys(_SHORT_NAMES, "title"),
    **dict.fromkeys(("pub", "publication", "published in", "where", "venue/date"), "venue"),
    **dict.fromkeys(
        _BLURBS.split("|"),
        "blurb",
    ),
    **dict.fromkeys(("comment", "comments"), "comment"),
}
_REMARK = re.compile(r"(?<=\w)\s?[(（][^()（）]{1,40}[)）]\s*\Z")
"""'論文タイトル (日本語訳)'."""
_CELL_END = re.compile(r"(?<!\\)\|")
_MATH = re.compile(r"\$[^$\n]{1,200}\$")
_DETAILS = re.compile(r"<summary>.{0,200}?</summary>", re.DOTALL)
_SLANTED = re.compile(r"\*(?!\*)[^*]+\*|_(?!_)[^_]+_")
_INVITED = re.compile(
    r"[(\[][^()\[\]\x00]{0,30}\x00(?:[^()\[\]\x00]{0,20}\x00)*[^()\[\]\x00]{0,20}[)\]]"
)
"""'(Read more on [arXiv](...) or [Hugging Face](...))'."""
NO_PAPER = re.compile(
    r"\W*+(?:tb[acd]\b.{0,20}|no (?:meeting|class|session|lecture|seminar|talk|paper)\b.*"
    r"|(?:[\w'’.-]+ ){0,3}(?:holidays?|break|vacation|recess)|cancel+ed\b.*|n/?a)\W*",
    re.IGNORECASE,
)
"""What a row says in the place of a paper, where there is none."""
_MOST_LINES = 200
Row = tuple[int, Entry | None, Stated]
"""Where a row begins, the entry that is made of it, if one is, and what it states."""


class Table:
    """A table while it is being read: first the names of its columns, then its rows."""

    def __init__(self) -> None:
        self._columns: list[str] | None = None
        self._row: list[str] = []
        self._number = 0
        self._divided = False
        self.uneven: list[int] = []
        """Where rows begin that have more cells than there are columns, and words in them."""
        self._linked = self._listed = False
        self._slanted: set[int] = set()
        self._empty: set[int] = set()

    @property
    def is_open(self) -> bool:
        """Whether a row goes on in the next line: a cell held a line break."""
        return bool(self._row)

    def take(self, number: int, line: str) -> Iterator[Row]:
        """Take a line; give the entry of a row it ends, ``None`` for a row without a title."""
        if DIVIDER.fullmatch(line):
            yield from self.close()
            self._divided = True
            return
        if self._row and line.startswith("|"):
            yield from self.close()
        if not self._row:
            self._number = number
        self._row.append(line)
        if self._columns is None:
            self._columns = _named(_cells(line))
            self._row = []
        elif (
            line.endswith("|")
            or not self._row[0].startswith("|")
            or len(self._row) > _MOST_LINES
            or len(_cells(" ".join(self._row))) > len(self._columns)
        ):
            yield from self.close()

    def close(self) -> Iterator[Row]:
        """End the row that stands open."""
        row, self._row = "\n".join(self._row), []
        if not row or self._columns is None:
            return
        found = _row_cells(row, len(self._columns))
        if any(map(plain, found[len(self._columns) :])):
            self.uneven.append(self._number)
        cells: dict[str, str] = {}
        for column, cell in zip(self._columns, found, strict=False):
            several = column == "link" and column in cells
            cells[column] = f"{cells[column]} {cell}" if several else cell
        if any(plain(cell) for cell in cells.values()):
            if listed := listed_papers(cells):
                yield from ((self._number, paper.entry(self._number), Stated()) for paper in listed)
                return
            fields = _fields(cells)
            entry = _entry(self._number, cells, fields, row)
            self._note(cells.get("title", ""), row, entry)
            if entry is not None or next(papers_in(row), None):
                yield self._number, entry, fields.stated
            for paper in listed_beside(cells, entry):
                yield self._number, paper.entry(self._number), Stated()

    def _note(self, cell: str, row: str, entry: Entry | None) -> None:
        """Note whether a row links its title, or has no words for one, or nothing but slanted."""
        slanted = _SLANTED.fullmatch(cell) is not None
        self._linked |= not slanted and next(papers_in(cell), None) is not None
        self._listed |= next(papers_in(row), None) is not None
        if entry is not None and not entry.authors and LINK.search(row) is None:
            if slanted:
                self._slanted.add(self._number)
            elif NO_PAPER.fullmatch(plain(cell)):
                self._empty.add(self._number)

    @property
    def remarks(self) -> set[int]:
        """Where rows begin that say something else, '*No meeting*': others link their titles."""
        return (self._slanted if self._linked else set()) | (self._empty if self._listed else set())


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line)]


def _row_cells(row: str, most: int) -> list[str]:
    """Give a row's cells; where there are too many, a bar inside mathematics divides none."""
    cells = _cells(row)
    if len(cells) > most and "$" in row:
        kept = _MATH.sub(lambda match: match[0].replace("|", "\x00"), row)
        cells = [cell.replace("\x00", "|") for cell in _cells(kept)]
    return cells


def _named(cells: list[str]) -> list[str]:
    """Name the columns; of several that could be the titles' the one that is called so most."""
    names = [_REMARK.sub("", plain(cell)).lower().strip(" :：*_") for cell in cells]
    columns = [_COLUMNS.get(name, name) for name in names]
    for place in days_of_meetings(names):
        columns[place] = names[place]
    titled = [place for place, column in enumerate(columns) if column == "title"]
    if len(titled) > 1:
        own = min(titled, key=lambda place: _rank(names[place]))
        for place in titled:
            columns[place] = "title" if place == own else LABELS.get(names[place], names[place])
    return columns


def _rank(name: str) -> int:
    if LABELS.get(name) == "title":
        return 0
    return 2 if name in _SHORT_NAMES else 1


def _fields(cells: dict[str, str]) -> Fields:
    """Sort what a row says under the names of its columns."""
    fields = Fields(
        {
            name: BREAK.sub("\n", _DETAILS.sub("", cell))
            for name, cell in cells.items()
            if name not in ("title", "link", "comment", "blurb")
        }
    )
    fields.ids += own_ids(cells.get("link", ""), "")
    return fields


def _entry(number: int, cells: dict[str, str], fields: Fields, row: str) -> Entry | None:
    """Make an entry of a row; ``None`` where no cell can be its title."""
    link = next((link for _, link in papers_in(cells.get("title", ""))), None)
    link = link or next((link for _, link in papers_in(row)), None)
    title, said = _title(cells, link)
    title, found = ended_title(title)
    said = "\n\n".join(filter(None, (found.pop(CREDIT, ""), said)))
    fields.values |= {name: text for name, text in found.items() if not fields.values.get(name)}
    if re.search(r"[^\W\d_]" if link is None else r"\w", title) is None:
        return None
    said = _without_people(_without_labels(said, fields), fields)
    comment = _DETAILS.sub("", cells.get("comment", ""))
    if "venue" not in fields.values and (venue := venue_of(plain(comment))):
        fields.values["venue"] = venue
    blurb = "\n\n".join(filter(None, (said, _text(cells.get("blurb", "")))))
    entry = make_entry(number, title, link[2] if link else "", fields, context=row)
    if link is None and not entry.links and (url := _first_link(row)):
        entry = replace(entry, links=(Link("page", url),))
    return replace(
        entry,
        blurb=paragraphs(blurb) if blurb else None,
        remark=one_line(plain(comment)) or None,
    )


def _without_labels(said: str, fields: Fields) -> str:
    """Take the lines under labels out of what a title's cell says besides."""
    rest = []
    for line in said.split("\n"):
        label = label_of(line)
        if label is None or fields.values.get(label[0]):
            rest.append(line)
        else:
            fields.values[label[0]] = label[1]
    return "\n".join(rest)


def _without_people(said: str, fields: Fields) -> str:
    """Take people, venue and date off the beginning of what a title's cell says besides."""
    first, _, rest = said.partition("\n\n")
    found = read_beside(first) if first else None
    if not found or any(fields.values.get(name) for name in found):
        return said
    fields.values |= found
    return rest


def _text(cell: str) -> str:
    return plain(BREAK.sub("\n\n", _DETAILS.sub("", cell)))


def _title(cells: dict[str, str], link: re.Match[str] | None) -> tuple[str, str]:
    """Give the title of a row and what its cell says besides."""
    cell = cells.get("title")
    if cell is None:
        # No column is called so: the linked words, if they can be a title.
        return (plain(link[1]), "") if link and is_worded(link[1]) else ("", "")
    linked = next((found for _, found in papers_in(cell)), None)
    if linked and is_worded(linked[1]):
        behind = BREAK.sub("\n\n", _unlinked(cell[linked.end() :]))
        return title_words(linked[1]), plain(behind).strip(" -–—:*_|·,;")
    if linked and BREAK.search(cell) is None and "\n" not in cell and (item := bullet_title(cell)):
        title, _, said = item
        return title, said
    cell = _unlinked(cell)
    bold = BOLD.search(cell)
    if bold:
        title = plain(bold[1] or bold[2])
        after = cell[bold.end() :]
    else:
        cell = re.sub(r"(?:(?<!\s)[^\S\n]+)?\n\s*", " ", cell)  # A title that was hard-wrapped.
        cell = re.sub(r"(?<=\S) {2,}(?=\S)", "\n", cell.strip(), count=1)
        title, _, after = BREAK.sub("\n", cell).strip().partition("\n")
        title, dash, words = plain(title).partition(" - ")
        after = words + "\n" + after if dash and len(words) > len(title) else after
        title = title if len(words) > len(title) or not dash else f"{title} - {words}"
    blurb = plain(BREAK.sub("\n\n", after)).strip(" -–—:")
    return title_words(title), blurb


def _unlinked(cell: str) -> str:
    """Leave out links that are no words of the text, with the brackets that hold only them."""
    return _INVITED.sub(" ", without_links(cell, "\x00")).replace("\x00", "")


def _first_link(row: str) -> str | None:
    return next((url for link in LINK.finditer(row) if (url := read_url(link[2]))), None)
