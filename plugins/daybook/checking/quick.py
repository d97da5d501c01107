"""A quick look at a page with which nothing is wrong; whatever it doubts, it leaves to `markup`.

Pages of a site say the same again and again. So a page is cut into tags by one regular expression,
and what a tag means in a folder of pages is found out once, by the very functions of `markup`: most
tags then cost one look into a table. Where a tag is new, or what a page holds is unusual, nothing
is decided here: a page has no fault, or is read thoroughly.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .folder import Folder
from .manners import fixed, leaves, lettering, manners, resolved, whole
from .markup import (
    BLOCK,
    ENDLESS,
    RAW,
    TOKEN,
    VOID,
    Page,
    attributes_of,
    look,
    look_at_script,
    misplaced,
)
from .vocabulary import ELEMENTS

_TAGS = re.compile(r"<[^>]*>")
_LINK = re.compile(
    r"""<a(?:\ class=(?:"[^"&]*"|[\w-]+))?
    \ href=(?:"([^"&]*)"|([^\s"'=<>`&]+))
    (?:\ class=(?:"[^"&]*"|[\w-]+))?
    (\ rel="noopener\ noreferrer")?>""",
    re.VERBOSE,
)
"""The beginning of a link as nearly all are: its address, and what is said of other hosts."""
_ELSEWHERE = re.compile(r"https?://[a-z0-9.-]+(?:/[!-~]*)?")
"""An address of another host as nearly all are."""
_COMMENT = re.compile(r"<!--[^>]*-->")
_DOCTYPE = "<!doctype html>"
_KEPT = 200_000
"""Tags that the tables hold before they begin anew."""
_SHORT = 40
"""Characters of a tag that is likely to come again."""
_TELLING = re.compile(
    r"\s(?:id|href|src|action|formaction|poster|data|cite|xlink:href|srcset|http-equiv|lang|style"
    r"|srcdoc|ping|usemap|dir|datetime|fill|stroke|clip-path|for|form|headers|list|popovertarget"
    r"|aria-(?:activedescendant|controls|describedby|details|labelledby|owns)|on[^\s=]*)[\s=>/]"
    r"|^<script\b",
    re.IGNORECASE,
)
"""A tag with values that matter."""
_COUNTED = frozenset(("h1", "main"))
_OPENS, _ENDS, _BLOCK, _NOTHING, _RULE, _RAW, _ALONE, _DRAWN = range(8)
"""What a tag does: begin an element, or one that ends a paragraph, or one of text alone; end an
element; stand for itself (as a void element, a `<hr>`, a part of a drawing); begin a part of a
drawing or a formula."""


_PARTING = frozenset((_BLOCK, _RULE))
_LONE = frozenset((_NOTHING, _RULE))


class _Note(NamedTuple):
    """What a tag says, in a folder of pages."""

    ids: tuple[str, ...]
    policies: tuple[str, ...]
    language: str
    anchors: tuple[tuple[str, str], ...]
    """Files and the anchors in them that it leads to."""
    own: tuple[str, ...]
    """Addresses that depend on the page's own."""
    forwards: str | None
    """The file that a reader is sent on to."""
    canonical: str | None
    """The file that the page says it is."""
    attributes: Mapping[str, str]
    """Those of a script."""


class _Step(NamedTuple):
    """What a tag does."""

    what: int
    name: str
    note: _Note | None


_PLAIN_LINK = _Step(_OPENS, "a", None)


@dataclass(frozen=True, slots=True)
class Whole:
    """A page with which nothing is wrong, but for anchors in other pages: nobody has looked."""

    ids: frozenset[str]
    anchors: tuple[tuple[str, str], ...]
    forwards: str | None


@dataclass(slots=True)
class Quick:
    """Looks at the archive's pages of one site."""

    folder: Folder
    _tables: dict[str, dict[str, _Step]] = field(default_factory=dict)
    """What tags do, by the folder of the page."""
    _shapes: dict[str, _Step | None] = field(default_factory=dict)
    """What tags do whose values do not matter, by the tag without its values."""
    _ids: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _held: int = 0

    def look(self, path: str, text: str) -> Whole | None:
        """Look at a page; give ``None`` where a thorough look is needed."""
        tags = _TAGS.findall(text)
        if text[: len(_DOCTYPE)].lower() != _DOCTYPE or text.count("<") != len(tags):
            return None
        if next(lettering(self.folder, text), None) is not None:
            return None
        if self._held > _KEPT:
            self._tables.clear()
            self._shapes.clear()
            self._held = 0
        page = Page()
        notes: list[_Note] = []
        if not self._walk(path, text, tags, page, notes):
            return None
        return self._whole(path, page, notes)

    def _walk(self, path: str, text: str, tags: list[str], page: Page, notes: list[_Note]) -> bool:
        """Go through a page's tags; tell whether all is as it should be."""
        alone = path == self.folder.error_page  # what may stand there may stand on no other
        table = self._tables.setdefault(path if alone else path.rpartition("/")[0], {})
        opened: list[str] = []
        at = 0
        for tag in tags:
            step = table.get(tag) or self._learnt(table, path, tag)
            if step is None:
                return False
            what, name, note = step
            if note is not None:
                notes.append(note)
            if what == _ENDS:
                if opened and opened[-1] == name:
                    opened.pop()
                elif not _end(opened, name):
                    return False
            elif not _begin(page, opened, step):
                return False
            elif what == _RAW and "svg" not in opened:
                at = _read_text(page, step, text, text.index(tag, at) + len(tag))
        return ENDLESS.issuperset(opened)

    def _whole(self, path: str, page: Page, notes: list[_Note]) -> Whole | None:
        """Judge all that a page says."""
        forwards = None
        anchors: list[tuple[str, str]] = []
        own: list[str] = []
        for note in notes:
            page.ids += note.ids
            page.policies += note.policies
            page.language = note.language or page.language
            anchors += note.anchors
            own += note.own
            forwards = note.forwards or forwards
            if note.canonical is not None:
                if page.canonical is not None:
                    return None
                page.canonical = note.canonical
        if page.faults or next(whole(page), None) is not None:
            return None
        if page.canonical not in {None, path} and not forwards:
            return None
        ids = frozenset(page.ids)
        for address in own:
            leads = resolved(self.folder, path, address)
            if isinstance(leads, str) or (leads[1] and leads[1] not in ids):
                return None
        return Whole(self._ids.setdefault(ids, ids), tuple(anchors), forwards)

    def _learnt(self, table: dict[str, _Step], path: str, tag: str) -> _Step | None:
        """Find out what a tag does, unless it is doubtful."""
        if (link := _LINK.fullmatch(tag)) and (step := self._link(path, link)) is not None:
            table[tag] = step
            self._held += 1
            return step
        shape = tag
        if '"' in tag:
            shape = '""'.join(tag.split('"')[::2])
            if "'" in shape:  # which may hold a '"' between them
                shape = tag
        telling = _TELLING.search(shape) is not None
        if not telling and shape in self._shapes:
            step = self._shapes[shape]
        else:
            step = self._step(path, tag if telling else shape)
            if not telling:
                self._shapes[shape] = step
                self._held += 1
        if step is not None and (telling or len(tag) < _SHORT):
            table[tag] = step
            self._held += 1
        return step

    def _link(self, path: str, link: re.Match[str]) -> _Step | None:
        """Find out what a link's beginning does, if it is as nearly all are."""
        address = link[1] or link[2] or ""
        if _ELSEWHERE.fullmatch(address):
            return _PLAIN_LINK if link[3] and self.folder.is_foreign(address) else None
        leads = self.folder.plainly(path, address)
        if leads is None or not leads[1]:
            return leads and _PLAIN_LINK
        return _Step(_OPENS, "a", _Note((), (), "", (leads,), (), None, None, {}))

    def _step(self, path: str, tag: str) -> _Step | None:
        found = TOKEN.fullmatch(tag)
        if found is None or found["name"] is None:
            return _Step(_NOTHING, "", None) if found or _COMMENT.fullmatch(tag) else None
        name = found["name"].lower()
        if found["end"]:
            return _Step(_ENDS, name, None)
        page = Page()
        attributes = attributes_of(page, found)
        look(page, name, attributes, 0)
        if name == "style" or page.faults or next(manners(self.folder, page), None) is not None:
            return None
        if next(fixed(self.folder, path, page), None) is not None:
            return None
        note = self._noted(path, page, attributes if name == "script" else {})
        if note is None:
            return None
        return _Step(_what(name, alone=bool(found["alone"])), name, note if any(note) else None)

    def _noted(self, path: str, page: Page, attributes: Mapping[str, str]) -> _Note | None:
        anchors: list[tuple[str, str]] = []
        own: list[str] = []
        forwards = None
        for address, _ in (*page.leads, *page.loads):
            if leaves(self.folder, address):
                continue
            if not address or address.startswith(("#", "?")):
                if address == page.forwards:
                    return None
                own.append(address)
                continue
            leads = resolved(self.folder, path, address)
            if isinstance(leads, str):
                return None
            if leads[1]:
                anchors.append(leads)
            if address == page.forwards:
                forwards = leads[0]
        if any(leaves(self.folder, address) for address, _ in page.sends):
            return None
        canonical = None
        if page.canonical is not None and self.folder.address:
            leads = resolved(self.folder, path, page.canonical)
            canonical = leads if isinstance(leads, str) else leads[0]
        ids, policies = tuple(page.ids), tuple(page.policies)
        language = page.language
        return _Note(
            ids, policies, language, tuple(anchors), tuple(own), forwards, canonical, attributes
        )


def _what(name: str, *, alone: bool) -> int:
    if name in RAW:
        return _RAW
    if name in VOID:
        return _RULE if name in BLOCK else _NOTHING
    if alone:
        return _ALONE
    if name not in ELEMENTS:
        return _DRAWN
    return _BLOCK if name in BLOCK else _OPENS


def _begin(page: Page, opened: list[str], step: _Step) -> bool:
    """Begin an element, or pass one that stands for itself; tell whether it may stand there."""
    what, name, _ = step
    if not name:
        return True
    if what in _PARTING and opened and opened[-1] == "p":
        opened.pop()
    drawn = "svg" in opened or "math" in opened
    if not drawn and (what == _DRAWN or misplaced(opened, name) is not None):
        return False
    if what == _ALONE:
        return name not in BLOCK and (drawn or name in {"svg", "math"})
    if name in _COUNTED and "svg" not in opened:
        page.counts[name] = page.counts.get(name, 0) + 1
    if what not in _LONE:
        opened.append(name)
    return not (drawn and name == "script")


def _read_text(page: Page, step: _Step, text: str, at: int) -> int:
    """Read an element that holds text alone; give where that ends."""
    _, name, note = step
    end = text.find("<", at)
    if not text.startswith(f"</{name}>", end):
        page.faults.append((f"<{name}> may have no end", at))
        return at
    if name == "title":
        page.counts[name] = page.counts.get(name, 0) + 1
        page.title = html.unescape(text[at:end]).strip()
    elif name == "script":
        look_at_script(page, note.attributes if note else {}, text[at:end], 0)
    return end


def _end(opened: list[str], name: str) -> bool:
    """Close an element, and those inside it that need no end tag; tell whether it was open."""
    left = len(opened) - 1
    while left >= 0 and opened[left] != name and opened[left] in ENDLESS:
        left -= 1
    if left < 0 or opened[left] != name:
        return False
    del opened[left:]
    return True
