"""Files in which lists of several formats follow each other, as people paste them together.

Every reader knows its own format and passes over the rest, as BibTeX says that what stands between
its entries is a comment. Where a second list begins at the beginning of a line, each is read by
itself, and what is left as a text; papers that come out so and not otherwise are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ..records import Entry
from .bibtex_titles import KINDS
from .choosing import Found
from .document import Document
from .draft import Draft
from .fenced import before, is_asked_for, joined
from .lines import Lines
from .unread import tell_unread
from .wording import one_line

Read = Callable[[Document], Found | None]

_BEGINS = re.compile(
    rf"\n(?:(?P<bibtex>[ \t]*@[ \t]*(?:{KINDS})\s*[{{(]\s*[^\s,{{}}=]{{0,200}}\s*,"
    r"\s*[A-Za-z][\w-]{0,40}\s*=)"
    r"|(?P<ris>TY {1,2}- ?\w+[^\S\n]*\n)"
    r"|(?P<tagged>PMID- ?\d)"
    r"|(?P<json>(?=[\[{])(?:\[\s*)?\{\s*\")"
    r"|(?P<yaml>- title:[^\S\n])"
    r"|(?P<listing>\\\\\narXiv:))",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\"?\w[\w .\"()-]{0,40}(?:[,\t;][\w .\"()-]{0,40}){1,60}\n")
_TITLE = re.compile(r"[Tt](?:itle|ITLE)")
_FORMATS = {
    "bibtex": {"bibtex"},
    "ris": {"ris"},
    "tagged": {"tagged"},
    "json": {"json", "jsonl", "csl-json", "hf-json"},
    "yaml": {"json"},
    "listing": {"arxiv-mail"},
    "table": {"csv"},
}
"""By what begins so, the formats that it may be of."""
_BRACE = re.compile(r"[{}]")
_RIS_END = re.compile(r"(?m)^ER {1,2}-[^\n]*(?:\n|\Z)")
_TAGGED_END = re.compile(r"\n(?=[^\S\n]*(?:\n|\Z))|\n(?! {6}|[A-Z]{2,4} {0,2}-)")
_YAML_END = re.compile(r"\n(?=[^\s-])|\n(?=-(?! ))")
_TABLE_END = re.compile(r"\n(?=[^\S\n]*(?:\n|\Z))")
_LISTING_END = re.compile(r"(?m)^\\\\(?: \([^\n]*)?\n(?:[-%=]{20,}[^\n]*(?:\n|\Z))?")
_LISTING_MARKS = 3
"""Lines of backslashes around a head and an abstract."""
_MOST = 50
"""Lists of one file, and lines that begin as one does and are none."""
_COMMENT = re.compile(r"(?m)^[^\S\n]*%[^\n]*|@comment[^\S\n]{0,9}\{[^{}]{0,4000}\}", re.IGNORECASE)
"""What no list has: in the place of one in braces there are as many lines."""
_NAMES = re.compile(r"://|arxiv|doi\b|\b10\.\d{4}/", re.IGNORECASE)
_BY_CHANCE = {"json", "table", "yaml"}
"""What begins as any text may: such a line may be no list."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    start: int
    end: int


def with_others(document: Document, found: Found | None, read: Read) -> Found | None:
    """Give what a file holds with the lists of other formats in it.

    `found` is what it is as a whole; `read` reads a part of a text as what it is.
    """
    if found is None or document.is_markup or _is_one(found, document.text.strip()):
        return found
    parts = _parts(document.text)
    if parts is None:
        return found
    read_apart = [got for part in parts if (got := read(_only(document, part)))]
    rest = _without(document, parts)
    if rest is not None and (got := read(rest)):
        read_apart.append((got[0], tuple(_of_papers(draft) for draft in got[1])))
    together = _together(read_apart)
    if together is None or not _has_more(document.text, together, found, parts):
        return found if rest is None or found[0].rendered else _told(found, rest)
    return _as_stated(together, found[1][0])


def _as_stated(together: Found, draft: Draft) -> Found:
    """Give what was read with the date and the name that the file has as a whole, if it says so."""
    chosen, (first, *others) = together
    if not (first.stated or first.heading or first.heading_day):
        first = replace(
            first, stated=draft.stated, heading=draft.heading, heading_day=draft.heading_day
        )
    return chosen, (replace(first, name=first.name or draft.name), *others)


def _told(found: Found, rest: Document) -> Found:
    """Tell the papers that are named around a list, and are none of its entries."""
    entries = [entry for draft in found[1] for entry in draft.entries]
    told = [refusal for draft in found[1] for refusal in draft.refusals]
    first, *others = found[1]
    unread = tell_unread(rest, entries, told)
    return found[0], (replace(first, refusals=[*first.refusals, *unread]), *others)


def _is_one(found: Found, text: str) -> bool:
    """Whether a file is a mail, one value in JSON, or has lists in its code: others read these."""
    if found[0].name == "mail":
        return True
    if found[0].name in _FORMATS["json"] and text[:1] in {"[", "{"}:
        return _value(text, 0)[1] == len(text)
    return "```" in text or "~~~" in text


def _parts(text: str) -> list[_Part] | None:
    """Give the lists of stated fields in a text; nothing where it is one list, or one is broken."""
    begins = [*_begins(text)]
    if not begins or not _may_be_several(text, begins):
        return None
    parts: list[_Part] = []
    at = failed = 0
    for kind, start in begins:
        if start < at:
            continue
        end = _end(text, kind, start)
        if end is not None:
            parts.append(_Part(kind, start, end))
            at = end
        elif kind not in _BY_CHANCE or (failed := failed + 1) > _MOST:
            return None
    lists = [part for part in _merged(text, parts) if not _is_lone(text, part)]
    return lists if len(lists) <= _MOST else None


def _begins(text: str) -> Iterator[tuple[str, int]]:
    """Give where lists begin, and records of one, in order."""
    begins = [(m.start(), str(m.lastgroup)) for m in _BEGINS.finditer(f"\n{text}")]
    at = 0
    while (named := _TITLE.search(text, at)) is not None:
        start = text.rfind("\n", 0, named.start()) + 1
        if _TABLE.match(text, start):
            begins.append((start, "table"))
        at = text.find("\n", named.end()) + 1 or len(text)
    return ((kind, start) for start, kind in sorted(begins))


def _may_be_several(text: str, begins: Sequence[tuple[str, int]]) -> bool:
    """Whether lists of two kinds begin, or papers are named above the one, or below."""
    (kind, first), (_, last) = begins[0], begins[-1]
    if len({known for known, _ in begins}) > 1 or _names_papers(text[:first]):
        return True
    if kind == "json" and any(text[start] == "[" for _, start in begins):
        whole = _json_end(text, first) or len(text)
        if last > whole:
            return True
        last = first
    end = _end(text, kind, last)
    return end is not None and _names_papers(text[end:])


def _names_papers(text: str) -> bool:
    """Whether words around a list, but for comments, may name a paper."""
    return _NAMES.search(_COMMENT.sub("", text)) is not None


def _end(text: str, kind: str, start: int) -> int | None:
    """Give where a list, or a record of one, ends."""
    if kind == "bibtex":
        return _closing(text, start)
    if kind == "json":
        return _json_end(text, start)
    if kind == "listing":
        ends = [match.end() for match in islice(_LISTING_END.finditer(text, start), _LISTING_MARKS)]
        return ends[-1] if len(ends) == _LISTING_MARKS else None
    if kind == "ris":
        match = _RIS_END.search(text, start)
        return match.end() if match else None
    pattern = {"tagged": _TAGGED_END, "yaml": _YAML_END, "table": _TABLE_END}[kind]
    match = pattern.search(text, start)
    return match.end() if match else len(text)


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return None


def _json_end(text: str, start: int) -> int | None:
    value, end = _value(text, start)
    records = value if isinstance(value, list) else [value]
    titled = any(isinstance(one, dict) and "title" in one for one in records)
    return end if titled else None


def _value(text: str, start: int) -> tuple[object, int | None]:
    try:
        return json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, None


def _merged(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """Join the records of a list: those of one kind between which no other list stands."""
    merged: list[_Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and last.kind == part.kind and not _is_whole(text, last, part):
            merged[-1] = replace(last, end=part.end)
        else:
            merged.append(part)
    return merged


def _is_lone(text: str, part: _Part) -> bool:
    """Whether it is one record such as a letter quotes, or a list asks to cite, and no list."""
    records = (kind for kind, _ in _begins(text[part.start : part.end]) if kind == part.kind)
    if text[part.start] == "[" or len([*records]) > 1:
        return False
    asked = part.kind == "bibtex" and is_asked_for(text[: part.start])
    return asked or part.kind in {"json", "yaml"}


def _is_whole(text: str, *parts: _Part) -> bool:
    """Whether one of some values in JSON is a list of its own, and no line of several."""
    return any(part.kind == "json" and text[part.start] == "[" for part in parts)


def _only(document: Document, part: _Part) -> Document:
    """Give a part of a text on its own lines, and empty lines for all else."""
    text = document.text
    above, below = (text.count("\n", *ends) for ends in ((0, part.start), (part.end, len(text))))
    return _document(document, ["\n" * above, text[part.start : part.end], "\n" * below])


def _without(document: Document, parts: Iterable[_Part]) -> Document | None:
    """Give a text with empty lines for its parts; ``None`` where no paper is named in the rest."""
    text, end, kept = document.text, 0, []
    for part in parts:
        kept += [text[end : part.start], "\n" * text.count("\n", part.start, part.end)]
        end = part.end
    rest = _COMMENT.sub(lambda said: "\n" * said[0].count("\n"), "".join([*kept, text[end:]]))
    return _document(document, [rest]) if _NAMES.search(rest) else None


def _document(document: Document, texts: Iterable[str]) -> Document:
    return Document(document.path, "".join(texts).encode("utf-8", "replace"))


def _of_papers(draft: Draft) -> Draft:
    """Leave out of a text's digest what may be a heading, or any other line between lists."""
    return replace(draft, entries=[entry for entry in draft.entries if entry.arxiv or entry.doi])


def _keys(entry: Entry) -> set[str]:
    own = {key for key in (entry.arxiv, entry.doi) if key}
    return own | {one_line(entry.title).lower()}


def _together(found: Sequence[Found]) -> Found | None:
    """Join what was read apart, in the order of the file: digests of the text, if it has any."""
    if len(found) < 2:
        return None
    most = max(found, key=lambda got: sum(len(draft.entries) for draft in got[1]))
    texts = [draft for got in found if got[0].rendered for draft in got[1] if draft.entries]
    lists = [draft for got in found if not got[0].rendered for draft in got[1]]
    drafts = texts or lists[:1]
    known = {key for draft in drafts for entry in draft.entries for key in _keys(entry)}
    for draft in lists if texts else lists[1:]:
        new = []
        for entry in draft.entries:
            if known.isdisjoint(own := _keys(entry)):
                new.append(entry)
            known |= own
        where = before(drafts, min((entry.line or 0 for entry in new), default=0))
        drafts[where] = joined(drafts[where], new, draft.refusals)
    return most[0], tuple(drafts)


def _has_more(text: str, together: Found, found: Found, parts: Sequence[_Part]) -> bool:
    """Whether all that was found before, but what lists were taken for, is in it, and more."""
    lines = Lines(text)
    foreign = [
        range(lines.at(part.start), lines.at(part.end) + 1)
        for part in parts
        if found[0].name not in _FORMATS[part.kind]
    ]
    entries = (entry for draft in found[1] for entry in draft.entries)
    then = [entry for entry in entries if not any(entry.line in part for part in foreign)]
    now = [entry for draft in together[1] for entry in draft.entries]
    known = {key for entry in then for key in _keys(entry)}
    kept = {key for entry in now for key in _keys(entry)}
    lost = (entry for entry in then if kept.isdisjoint(_keys(entry)))
    return any(known.isdisjoint(_keys(entry)) for entry in now) and not any(
        entry.arxiv or entry.doi or entry.authors for entry in lost
    )
