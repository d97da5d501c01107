"""Lists that stand within a text as code: in JSON, BibTeX, CSV or YAML, mostly between fences.

Chat programs give lists so, and people put records below the papers that they link to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..errors import Refusal
from ..records import Entry
from .choosing import Format, Found
from .days import find_day
from .document import Document, Kind
from .draft import Draft
from .marks import plain
from .wording import one_line

Read = Callable[[Document], Found | None]
_List = tuple[int, int, Document, Found]
"""Where its fence begins, where it does itself, the list, and what it holds."""
_TEXT = "markdown"

_FENCE = re.compile(
    r"(?m)^[^\S\n]{0,3}```[^\n`]{0,40}\n"
    r"(?P<code>(?:(?![^\S\n]{0,3}```)[^\n]*\n)*)"
    r"(?:[^\S\n]{0,3}```)?"
)
_ARRAY = re.compile(r"(?m)^\[\s*\{\s*\"")
_HEADING = re.compile(r"(?m)^#{1,6}\s+([^\n]+)$")
_CITING = re.compile(r"cit(?:e|ing|ation)|bibtex|引用|인용", re.IGNORECASE)
_ABOVE = 300
"""Characters above a record that may ask to cite it."""
_MOST = 100
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
            return found or _dated(document, lists[0])
        found = beside
    drafts = list(found[1])
    known = {key for draft in drafts for entry in draft.entries for key in _keys(entry)}
    for fence, begin, inside, got in lists:
        above = document.text.count("\n", 0, begin)
        listed = _shifted(got[1], above)
        entries = [entry for draft in listed for entry in draft.entries]
        if len(entries) == 1 and _CITING.search(document.text, max(fence - _ABOVE, 0), fence):
            continue
        new = [entry for entry in entries if known.isdisjoint(_keys(entry))]
        known.update(key for entry in new for key in _keys(entry))
        told = [refusal for draft in listed for refusal in draft.refusals]
        where = _before(drafts, above)
        drafts = _silent(drafts, range(above, above + inside.text.count("\n") + 2))
        drafts[where] = _joined(drafts[where], new, [*told, *inside.doubts])
    return found[0], tuple(drafts)


def _may_have_code(chosen: Format | None) -> bool:
    """Whether a text of a format may be one with lists in its code, or one of these."""
    if chosen is None or chosen.name == _TEXT:
        return True
    return Kind.TEXT in chosen.kinds and not chosen.rendered


def _dated(document: Document, code: _List) -> Found:
    """Give the list that is all that a text holds; a heading above may date it."""
    _, begin, inside, (chosen, drafts) = code
    above = document.text[:begin]
    first, *others = _shifted(drafts, above.count("\n"))
    days = [find_day(plain(heading)) for heading in _HEADING.findall(above)]
    day = next((day for day in reversed(days) if day is not None), None)
    document.doubts += inside.doubts
    dated = first if first.stated or first.heading else replace(first, heading=day)
    return chosen, (dated, *others)


def _without(document: Document, lists: Sequence[_List]) -> Document:
    """Give a text in which empty lines stand for lists."""
    text, end, parts = document.text, 0, []
    for _, begin, inside, _ in lists:
        parts += [text[end:begin], "\n" * inside.text.count("\n")]
        end = begin + len(inside.text)
    return Document(document.path, "".join([*parts, text[end:]]).encode("utf-8", "replace"))


def _silent(drafts: Sequence[Draft], lines: range) -> list[Draft]:
    """Leave out warnings about lines that were read after all."""
    return [
        replace(draft, refusals=[r for r in draft.refusals if r.fatal or r.line not in lines])
        for draft in drafts
    ]


def _codes(document: Document) -> Iterator[tuple[int, int, Document]]:
    """Give what may be lists in a text, after where its fence begins and where it does itself."""
    text = document.text
    found = 0
    if "```" in text:
        for fence in _FENCE.finditer(text + "\n"):
            if "itle" in fence["code"].lower() and found < _MOST:
                found += 1
                yield fence.start(), fence.start("code"), _inside(document, fence["code"])
    elif array := _ARRAY.search(text):
        try:
            _, end = json.JSONDecoder().raw_decode(text, array.start())
        except (ValueError, RecursionError):
            return
        yield array.start(), array.start(), _inside(document, text[array.start() : end])


def _inside(document: Document, code: str) -> Document:
    return Document(document.path, code.encode("utf-8", "replace"))


def _keys(entry: Entry) -> Iterator[str]:
    """Give what tells an entry from others: its identifiers and its title."""
    yield from filter(None, (entry.arxiv, entry.doi, one_line(entry.title).lower()))


def _before(drafts: Sequence[Draft], line: int) -> int:
    """Give the place of the last digest that begins before a line."""
    begun = (
        n for n, draft in enumerate(drafts) if any((e.line or 0) <= line for e in draft.entries)
    )
    return max(begun, default=0)


def _joined(draft: Draft, entries: Sequence[Entry], refusals: Sequence[Refusal]) -> Draft:
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
