"""Lists that stand within a text as code: in JSON, BibTeX, CSV or YAML, mostly between fences.

Chat programs give lists so, and people put records below the papers that they link to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..errors import Refusal
from ..records import Entry
from .choosing import Format, Found
from .days import find_day
from .document import Document, Kind
from .draft import Draft
from .marks import paper_key, plain
from .wording import one_line

Read = Callable[[Document], Found | None]
_List = tuple[int, int, Document, Found]
"""Where its fence begins, where it does itself, the list, and what it holds."""
_TEXT = "markdown"

_FENCE = re.compile(
    r"(?m)^[^\S\n]{0,3}(?P<mark>```|~~~)[^\n`]{0,40}\n"
    r"(?P<code>(?:(?![^\S\n]{0,3}(?P=mark))[^\n]*\n)*)"
    r"(?:[^\S\n]{0,3}(?P=mark))?"
)
_ARRAY = re.compile(
    r"(?m)^(?:(?:(?:var|let|const) )?[\w$.]{1,60}[^\S\n]{0,3}[=(][^\S\n]{0,3})?"
    r"(?P<value>(?:\[\s*)?\{\s*\")"
)
"""Also what a script is given: 'window.papers = [...]', 'callback([...])'."""
_HEADING = re.compile(r"(?m)^#{1,6}\s+([^\n]+)$")
_CITING = re.compile(r"\bcit(?:e|ing|ations?)\b|引用|인용|\A#+ bibtex\W*\Z", re.IGNORECASE)
_FEW_LINES = 3
_NEAR = 8
"""Lines above a record among which a heading is its own."""
_MOST = 5_000
"""Pieces of code that are looked at."""


def with_fenced(
    document: Document, found: Found | None, read: Read, read_all: Read
) -> Found | None:
    """Give what a file holds with the lists in its code, which readers of texts do not look at.

    `found` is what it is otherwise: in Markdown, or one of those lists, or nothing. `read` reads
    what states its fields, `read_all` any text. What is an entry already is none again, and neither
    is the one record that a list asks to cite.
    """
    if document.is_markup or not _may_have_code(found and found[0]):
        return found
    lists = [(*code, got) for code in _codes(document) if (got := read(code[2]))]
    if not lists:
        return found
    if found is None or found[0].name != _TEXT:
        beside = read_all(_without(document, lists))
        if beside is None or beside[0].name != _TEXT:
            return found or _by_days(document, lists)
        found = beside
    drafts = list(found[1])
    known = _Known(entry for draft in drafts for entry in draft.entries)
    for fence, begin, inside, got in lists:
        above = document.text.count("\n", 0, begin)
        listed = _shifted(got[1], above)
        entries = [entry for draft in listed for entry in draft.entries]
        if len(entries) == 1 and is_asked_for(document.text[:fence]):
            continue
        new = [entry for entry in entries if _is_sure(entry, got) and known.add(entry)]
        told = [refusal for draft in listed for refusal in draft.refusals]
        where = before(drafts, above)
        if new:
            drafts = _silent(drafts, range(above + 1, above + inside.text.count("\n") + 2))
        drafts[where] = joined(drafts[where], new, [*told, *inside.doubts])
    return found[0], tuple(drafts)


def _may_have_code(chosen: Format | None) -> bool:
    """Whether a text of a format may be one with lists in its code, or one of these."""
    if chosen is None or chosen.name == _TEXT:
        return True
    return Kind.TEXT in chosen.kinds and not chosen.rendered


def is_asked_for(above: str) -> bool:
    """Whether a list asks to cite the one record that stands below."""
    lines = [line.strip() for line in above.split("\n")[-_NEAR:] if line.strip()]
    heading = next((line for line in reversed(lines) if line.startswith("#")), "")
    return any(_CITING.search(line) for line in (heading, *lines[-1:]))


def _is_sure(entry: Entry, got: Found) -> bool:
    """Whether a record is a paper's also where it may be an example of anything."""
    linked = any(paper_key(link.url) for link in entry.links)
    return got[0].name != "json" or bool(entry.arxiv or entry.doi or linked)


class _Known:
    """Entries that are known, by what tells them from others."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: set[str] = set()
        self._titles: dict[str, set[str | None]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> bool:
        """Add an entry; tell whether it is new: of one title with another identifier it is."""
        ids = {key for key in (entry.arxiv, entry.doi) if key}
        numbers = self._titles.setdefault(one_line(entry.title).lower(), set())
        other = entry.arxiv and numbers and not numbers & {None, entry.arxiv}
        is_new = self._ids.isdisjoint(ids) and (not numbers or bool(other))
        self._ids |= ids
        numbers.add(entry.arxiv)
        return is_new


def _by_days(document: Document, lists: Sequence[_List]) -> Found:
    """Give the lists that are all that a text holds; a heading above dates each."""
    drafts: list[Draft] = []
    for _, begin, inside, (_, found) in lists:
        above = document.text[:begin]
        days = [find_day(plain(heading)) for heading in _HEADING.findall(above)]
        day = next((day for day in reversed(days) if day is not None), None)
        document.doubts += inside.doubts
        for draft in _shifted(found, above.count("\n")):
            dated = draft if draft.stated or draft.heading else replace(draft, heading=day)
            same = drafts and (drafts[-1].stated, drafts[-1].heading) == (
                dated.stated,
                dated.heading,
            )
            if same:
                drafts[-1] = joined(drafts[-1], dated.entries, dated.refusals)
            else:
                drafts.append(dated)
    return lists[0][3][0], tuple(drafts)


def _without(document: Document, lists: Sequence[_List]) -> Document:
    """Give a text in which empty lines stand for lists."""
    text, end, parts = document.text, 0, []
    for _, begin, inside, _ in lists:
        parts += [text[end:begin], "\n" * inside.text.count("\n")]
        end = begin + len(inside.text)
    return Document(document.path, "".join([*parts, text[end:]]).encode("utf-8", "replace"))


def _silent(drafts: Sequence[Draft], lines: range) -> list[Draft]:
    """Leave out warnings about the lines of a list that was read after all."""
    return [
        replace(draft, refusals=[r for r in draft.refusals if r.fatal or r.line not in lines])
        for draft in drafts
    ]


def _codes(document: Document) -> Iterator[tuple[int, int, Document]]:
    """Give what may be lists in a text, after where its fence begins and where it does itself."""
    text = document.text
    found = 0
    if "```" in text or "~~~" in text:
        for fence in _FENCE.finditer(text + "\n"):
            if "itle" in fence["code"].lower() and found < _MOST:
                found += 1
                yield fence.start(), fence.start("code"), _inside(document, fence["code"])
    elif array := _ARRAY.search(text):
        try:
            value, end = json.JSONDecoder().raw_decode(text, array.start("value"))
        except (ValueError, RecursionError):
            return
        begin = array.start("value")
        if isinstance(value, dict) and not _is_all(text[:begin], text[end:]):
            return  # A record that a letter quotes is none of its list.
        yield begin, begin, _inside(document, text[begin:end])


def _is_all(above: str, below: str) -> bool:
    """Whether nothing but a few words stand around what a text holds."""
    return above.count("\n") <= _FEW_LINES and "://" not in above and not below.strip(" \n;)")


def _inside(document: Document, code: str) -> Document:
    return Document(document.path, code.encode("utf-8", "replace"))


def before(drafts: Sequence[Draft], line: int) -> int:
    """Give the place of the last digest that begins before a line."""
    begun = (
        n for n, draft in enumerate(drafts) if any((e.line or 0) <= line for e in draft.entries)
    )
    return max(begun, default=0)


def joined(draft: Draft, entries: Sequence[Entry], refusals: Sequence[Refusal]) -> Draft:
    """Give a digest with further entries behind its own, and what is told of them."""
    last = max((entry.position for entry in draft.entries), default=0)
    new = [replace(entry, position=last + number) for number, entry in enumerate(entries, 1)]
    return replace(draft, entries=[*draft.entries, *new], refusals=[*draft.refusals, *refusals])


def _shifted(drafts: Sequence[Draft], lines: int) -> list[Draft]:
    """Give digests whose lines are those of the text that they stand in."""
    return [
        replace(
            draft,
            entries=[replace(e, line=e.line and e.line + lines) for e in draft.entries],
            refusals=[replace(r, line=r.line and r.line + lines) for r in draft.refusals],
        )
        for draft in drafts
    ]
