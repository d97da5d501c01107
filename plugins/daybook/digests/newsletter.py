"""A newsletter or tracker, read from Markdown lines: headed sections, tables, lists, paragraphs.

What makes an entry is a link to a paper, or a row of a table with a column of papers. Its title is
the link's words, or, where those are only 'Paper' or an address, the heading, the bold words or the
line above. What stands under it under labels becomes fields (see `labels`), the rest is a blurb. A
heading with a date begins a digest of its own. A paper's link that ends up in no entry is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import Refusal
from ..records import Entry, PartialDate
from .beside import read_beside
from .blocks import Block
from .bullets import DATED, bullet_title, several_titles
from .days import A_YEAR, find_last_day
from .draft import Draft
from .issues import read_issue
from .labels import Stated, label_of, read_fields, titled
from .left_out import tell_left_out
from .marks import DIVIDER, paper_key, papers_in, plain
from .newsletter_entries import VOTES, make_entry, parted
from .newsletter_issues import Issue, day_of_head, day_over_list, draft_issues, stated_day
from .newsletter_rows import Row, Table
from .own_ids import is_id
from .reference_lists import is_list_of_references
from .references import (
    APPEARED,
    CREDIT,
    NUMBER,
    READ_IN,
    begins_article,
    cited_title,
    invited_title,
    is_address,
    title_words,
    without_pictures,
)
from .sections import ENDS, ends_record, lists_further, section_end, title_level
from .siblings import is_cited, lists_of_papers, says_of_above, sibling_title, untold
from .stacked import Stack
from .stated import Statement
from .titles import (
    SECTION,
    alone,
    belongs,
    bold_title,
    can_be_title,
    goes_on,
    has_votes,
    is_day,
    is_over_papers,
    leading_title,
    names_part,
    own_paper,
    paper_end,
    paragraph_title,
    quotes_title,
    stands_over_list,
    text_title,
    title_link,
)
from .wording import one_line


class Newsletter:
    """A newsletter while it is being read."""

    def __init__(self, path: str, blocks: list[Block], year: int | None = None) -> None:
        self.path = path
        self.issues = [Issue()]
        self.updated: PartialDate | None = None
        """The day its 'Last update' names."""
        self.refusals: list[Refusal] = []
        self._blocks = blocks
        self._text_of = {block.number: block.text for block in blocks}
        self._year = year
        self._group: str | None = None
        self._taken: set[int] = set()
        self._title_level = title_level(blocks)
        self.first_day = day_of_head(blocks, self._title_level)
        """The day in its first line, or that is a line above its papers."""
        self._names: set[int] = set()
        """The lines that are one name each."""
        self._begun: dict[int, int] = {}
        """Where titles begin that lines above have begun."""
        self._stack = Stack(blocks)
        texts = (block.text for block in blocks if block.kind in ("text", "bullet"))
        self._cites = is_list_of_references(texts)
        self._listed, self._mostly = lists_of_papers(blocks)

    def drafts(self, statement: Statement) -> Iterator[Draft]:
        """Give the digests that it becomes."""
        return draft_issues(
            self.issues,
            statement,
            self.refusals,
            updated=self.updated,
            first_day=self.first_day,
        )

    @property
    def blocks(self) -> list[Block]:
        """The lines that are read."""
        return self._blocks

    def read(self) -> None:
        """Read all of it."""
        place = 0
        while place < len(self._blocks):
            place = self._take(place)
        self._tell_what_is_left()

    def _take(self, place: int) -> int:
        """Take a block for what it is; give the place after all that belongs to it."""
        block = self._blocks[place]
        if block.kind == "aside":
            return place + 1
        if block.kind != "row" and (title := titled(block.raw)) is not None:
            return self._take_record(place, title)
        if block.kind == "heading":
            return self._take_heading(place)
        if block.kind == "row":
            return self._take_table(place)
        if self.updated is None and len(block.text) < 200:
            before_all = not self.issues[-1].entries and len(self.issues) == 1
            self.updated = stated_day(block, before_all=before_all)
        if block.kind == "bullet":
            return self._take_bullet(place)
        return self._take_text(place)

    def _take_record(self, place: int, title: str) -> int:
        """Take a paper whose title stands under a label: all up to the next one or a heading."""
        begin = place
        if not title and place + 1 < len(self._blocks):
            place, title = place + 1, self._blocks[place + 1].text
        link = next((link for _, link in papers_in(title)), None)
        end = place + 1
        while end < len(self._blocks) and not ends_record(self._blocks, end, begin):
            end += 1
        inside = self._blocks[begin:end]
        url = link or next((a for block in inside for _, a in papers_in(block.text)), None)
        labels = [label for block in inside if (label := label_of(block.raw))]
        told = {name for name, _ in labels} & {"authors", "abstract"}
        named = any(name == "link" and is_id(value) for name, value in labels)
        said = told or named or has_votes(title) or APPEARED in title
        if not plain(title) or not (url or said):
            return begin + 1
        self._add(place, end, title_words(title), url[2] if url else "")
        self._taken.add(self._blocks[begin].number)
        return end

    def _take_heading(self, place: int) -> int:
        block = self._blocks[place]
        end = section_end(self._blocks, place)
        if link := title_link(block.text):
            title, url = title_words(link[1]), link[2]
            rest = block.text[: link.start()] + " " + block.text[link.end() :]
            rest = NUMBER.sub("", SECTION.sub("", rest)).strip(" -–—:·|,;")
            end = paper_end(self._blocks, place, end, url)
            self._add(place, end, title, url, rest)
            return end
        found = bullet_title(block.text)
        if found and not is_over_papers(self._blocks, place, end, found[1]):
            title, url, rest = found
            end = paper_end(self._blocks, place, end, url)
            self._add(place, end, title, url, rest)
            return end
        named = block.depth == self._title_level and not is_day(plain(block.text))
        named = named and not (lists_further(self._blocks[place:end]) or names_part(block.text))
        if named and (only := self._stack.paper_of_section(place, end)):
            url, end = only
            title, rest = leading_title(block.text)
            self._add(place, end, title, url, rest)
            return end
        date = find_last_day(plain(block.text), self._year)
        if date is not None:
            self._begin_issue(date)
        elif label_of(block.raw) is None:
            years = set(A_YEAR.findall(block.text))
            if len(years) == 1 and len(plain(block.text)) < 12:
                self._year = int(years.pop())
            self._group = one_line(plain(block.text)) or self._group
        return place + 1

    def _begin_issue(self, date: PartialDate) -> None:
        self._group = None
        self.issues.append(Issue(date))

    def _take_table(self, place: int) -> int:
        end = place
        while end < len(self._blocks) and self._blocks[end].kind == "row":
            end += 1
        table, rows = Table(), list[Row]()
        while place < len(self._blocks):
            block = self._blocks[place]
            if block.kind != "row" and not (table.is_open and block.kind == "text"):
                break
            self._taken.add(block.number)
            if self._names_columns(place):
                self._end_table(table, rows)
                table, rows = Table(), []
            rows += table.take(block.number, block.text)
            place += 1
        self._end_table(table, rows)
        return max(place, end)

    def _names_columns(self, place: int) -> bool:
        """Whether a row is the first of a table: what divides it from the others follows."""
        below = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        return below is not None and below.kind == "row" and bool(DIVIDER.fullmatch(below.text))

    def _end_table(self, table: Table, rows: list[Row]) -> None:
        rows += table.close()
        self._take_rows([row for row in rows if row[0] not in table.remarks])
        for number in sorted(table.remarks):
            words = one_line(plain(self._text_of[number]))[:60]
            self._refuse(
                number, f"the row links to nothing, and is no entry: {words!r}", fatal=False
            )
        for number in table.uneven:
            message = "the row has more cells than the table columns: another may stand in it"
            self._refuse(number, message, fatal=False)

    def _take_rows(self, rows: list[Row]) -> None:
        for number, entry, stated in rows:
            if entry is not None:
                self._keep(entry, stated)
            else:
                words = one_line(plain(self._text_of[number]))[:60]
                self._refuse(number, f"the row has no title: {words!r}")

    def _keep(self, entry: Entry, stated: Stated) -> None:
        """Keep an entry, of which this is stated."""
        kept = replace(entry, group=self._group)
        self.refusals += self.issues[-1].add(self.path, kept, stated)

    def _take_bullet(self, place: int) -> int:
        block = self._blocks[place]
        end = place + 1
        while end < len(self._blocks) and (
            belongs(self._blocks[end], block) or goes_on(self._blocks, end)
        ):
            end += 1
        inside = self._blocks[place + 1 : end]
        names = ((p, titled(self._blocks[p].raw)) for p in range(place, end))
        named = next(((p, title) for p, title in names if title is not None), None)
        if named is not None and not next(papers_in(block.text), None):
            return self._take_record(*named)
        cited = cited_title(block.text, linked=False) if self._cites else None
        found = cited if cited and cited[1] else bullet_title(block.text)
        if found is not None:
            title, url, rest = found
            end = next((p for p in range(place + 1, end) if own_paper(self._blocks[p], url)), end)
            label, listed = several_titles(block.text) or (rest, [(title, url)])
            for number, (title, url) in enumerate(listed, 1):
                self._add(place, end if number == len(listed) else place + 1, title, url, label)
            return end
        # A title whose link stands in a list below it.
        keys = {key for other in inside for key, _ in papers_in(other.text)}
        worded = any(own_paper(other, "") or quotes_title(other) for other in inside)
        told = is_day(plain(block.text)) or lists_further(self._blocks[place:end])
        if len(keys) == 1 and not worded and label_of(block.raw) is None and not told:
            url = next(link[2] for other in inside for _, link in papers_in(other.text))
            title, rest = bold_title(block.text)
            self._add(place, end, title, url, rest)
            return end
        like = sibling_title(block.text) if place in self._listed and not keys else None
        if (found := like if like and like[1] else cited or like) is not None:
            self._add(place, end, *found)
            return end
        told = place in self._mostly or (place in self._listed and is_cited(block.text))
        if told and not keys and (message := untold(block.text)):
            self._refuse(block.number, message, fatal=False)
        return self._take_titled(place)

    def _take_titled(self, place: int) -> int:
        """Take a line whose link stands alone in the next one, or below its people and venue."""
        block = self._blocks[place]
        below = self._stack.link_below(place)
        url = alone(self._blocks[below]) if below is not None else None
        words = title_words(block.text)
        if (
            below is None
            or url is None
            or next(papers_in(block.text), None)
            or not can_be_title(block, words)
        ):
            return place + 1
        if says_of_above(self._blocks, place, below, self._taken):
            return place + 1
        if "," in words and "authors" in (read_beside(words) or ()):
            self._refuse(block.number, f"names were taken for a title: {words[:60]!r}", fatal=False)
        if above := self._stack.begun_above(place, below, self._taken):
            words = f"{title_words(above.text)} {words}"
            self._taken.add(above.number)
            self._begun[block.number] = above.number
        if self._stack.is_name(place + 1):
            self._names.add(self._blocks[place + 1].number)
        return self._take_paragraph(place, words, url)

    def _take_text(self, place: int) -> int:
        if (date := day_over_list(self._blocks, place)) is not None:
            self._begin_issue(date)
            return place + 1
        text = self._blocks[place].text
        if cited := cited_title(text, linked=not self._cites) or invited_title(text):
            self._add(place, place + 1, *cited)
            return place + 1
        named = text_title(text) or paragraph_title(self._blocks, place)
        return self._take_paragraph(place, *named) if named else self._take_titled(place)

    def _take_paragraph(self, place: int, title: str, url: str) -> int:
        end = place + 1
        while end < len(self._blocks) and self._is_under(end, url):
            end += 1
        block = self._blocks[place]
        links = [link for _, link in papers_in(block.text)]
        link = next((link for link in links if link[2] == url), links[0] if links else None)
        before = without_pictures(block.text[: link.start()]) if link and link is links[0] else ""
        rest = f"{before} {READ_IN.sub('', block.text[link.end() :].rstrip(' *_'))}" if link else ""
        self._add(place, end, title, url, NUMBER.sub("", rest).strip(" -–—:·|,;()"))
        return end

    def _is_under(self, place: int, url: str) -> bool:
        """Whether a block goes on with the paper above it, whose title is a line of text."""
        block = self._blocks[place]
        if block.kind in ENDS or titled(block.raw) is not None or begins_article(block.text):
            return False
        if self._begins_paper(place):
            return False
        keys = {key for key, _ in papers_in(block.text)}
        if read_issue(block.text):
            return True
        if keys - {paper_key(url)} and (
            text_title(block.text) or bullet_title(block.text) or alone(block)
        ):
            return False
        below = self._stack.link_below(place)
        own = alone(self._blocks[below]) if below is not None else None
        return not (own and paper_key(own) != paper_key(url) and can_be_title(block, block.text))

    def _begins_paper(self, place: int) -> bool:
        """Whether a line is another paper's title, or its beginning, by what stands below it."""
        if paragraph_title(self._blocks, place) or stands_over_list(self._blocks, place):
            return True
        below = self._stack.link_below(place + 1) if place + 1 < len(self._blocks) else None
        begun = below and self._stack.begun_above(place + 1, below, self._taken)
        return bool(begun or cited_title(self._blocks[place].text, linked=not self._cites))

    def _add(self, place: int, end: int, title: str, url: str, rest: str = "") -> None:
        block = self._blocks[place]
        if is_address(title):
            self._refuse(block.number, f"an address is no title: {title[:60]!r}")
            return
        inside = self._blocks[place + 1 : end]
        self._taken.update(other.number for other in self._blocks[place:end])
        title, rest, found = parted(title, rest)
        fields = read_fields([*(rest.split("\n") if rest else []), *map(self._labelled, inside)])
        if credit := found.pop(CREDIT, None):
            fields.rest.insert(0, credit)
        if dated := DATED.match(block.text):
            found["published"] = dated[1]
        fields.values = found | {name: said for name, said in fields.values.items() if said}
        number = self._begun.get(block.number, block.number)
        entry = make_entry(number, title, url, fields, context=block.text)
        self._keep(entry, fields.stated)

    def _labelled(self, block: Block) -> str:
        """Give a line; one that is the name below a title, or all its votes, says so."""
        if votes := VOTES.fullmatch(plain(block.text).strip(" |")):
            return f"Upvotes: {votes[1] or votes[2]}"
        return f"Authors: {plain(block.raw)}" if block.number in self._names else block.raw

    def _refuse(self, number: int, message: str, *, fatal: bool = True) -> None:
        hint = "Give it a title and a link." if fatal else None
        self.refusals.append(Refusal(self.path, number, message + ".", hint, fatal))

    def _tell_what_is_left(self) -> None:
        """Name the papers that are linked to or named, and became no entry."""
        entries = [entry for issue in self.issues for entry in issue.entries]
        self.refusals += tell_left_out(self.path, self._blocks, self._taken, entries, self.refusals)
