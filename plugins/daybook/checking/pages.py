"""Every page of a site: what it may do, and whether all that it names is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..archive.forking import spread
from .folder import Finding, Folder
from .manners import fixed, leaves, lettering, manners, resolved, sendings, whole
from .markup import read_page
from .quick import Quick
from .sitemaps import asks_not_to_be_listed, listed_in

_SPREAD = 4
"""So many batches of pages make a core worth its start."""


@dataclass(slots=True)
class Looked:
    """What was seen on one page."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    ids: frozenset[str] = frozenset()
    anchors: Collection[tuple[str, str]] = ()
    """Files and the anchors in them that it leads to."""
    forwards: str | None = None
    """The file that it sends its reader on to."""
    hidden: bool = False
    """Whether it asks search engines to pass it over."""


def check_pages(folder: Folder) -> Iterator[Finding]:
    """Look at every page, on all cores."""
    paths = sorted(path for path in folder.sizes if path.endswith((".html", ".htm")))
    looked = spread(partial(_look_at_all, folder), folder.batches(paths), _SPREAD)
    ids = {page.path: page.ids for page in looked}
    forwarding = {page.path for page in looked if page.forwards}
    listed = listed_in(folder)
    unlisted = folder.own - listed if listed else frozenset()
    for page in looked:
        yield from page.findings
        if page.hidden and page.path in listed:
            yield Finding(page.path, "asks not to be listed, and a sitemap names it")
        elif not page.hidden and page.path in unlisted:
            yield Finding(page.path, "is named by no sitemap")
        for path, anchor in sorted(set(page.anchors)):
            if path in ids and anchor not in ids[path] and anchor.lower() != "top":
                yield Finding(page.path, f"#{anchor} is no place in {path}")
        if page.forwards in forwarding:
            yield Finding(page.path, f"sends its reader on to {page.forwards}, which does so too")


def _look_at_all(folder: Folder, batches: Sequence[Sequence[str]]) -> list[Looked]:
    quick = Quick(folder)
    return [_look_at(folder, path, quick) for paths in batches for path in paths]


def _look_at(folder: Folder, path: str, quick: Quick) -> Looked:
    try:
        text = folder.text(path)
    except (OSError, ValueError) as error:
        return Looked(path, [Finding(path, f"cannot be read: {error}")])
    looked = _look_at_text(folder, path, text, quick)
    looked.hidden = asks_not_to_be_listed(text)
    return looked


def _look_at_text(folder: Folder, path: str, text: str, quick: Quick) -> Looked:
    ours = path in folder.own
    if ours and (seen := quick.look(path, text)) is not None:
        return Looked(path, [], seen.ids, seen.anchors, seen.forwards)
    return look_thoroughly(folder, path, text, ours=ours)


def look_thoroughly(folder: Folder, path: str, text: str, *, ours: bool) -> Looked:
    """Look at a page tag by tag; what it may do is judged only where it is the archive's own."""
    looked = Looked(path)
    page = read_page(text)
    looked.ids = frozenset(page.ids)
    anchors: set[tuple[str, str]] = set()
    canonical = ""

    def found(message: str, at: int | None = None) -> None:
        line = None if at is None else text.count("\n", 0, at) + 1
        looked.findings.append(Finding(path, message, line))

    if ours:
        faults = (page.faults, manners(folder, page), fixed(folder, path, page))
        for look in (lettering(folder, text), *faults):
            for message, at in look:
                found(message, at)
        for message, at in sendings(folder, page):
            found(message, at)
        for message in whole(page):
            found(message)
    for address, at in (*page.leads, *page.loads):
        if leaves(folder, address):
            continue
        leads = resolved(folder, path, address)
        if isinstance(leads, str):
            found(f"{address} {leads}", at)
            continue
        if leads[1]:
            anchors.add(leads)
        if address == page.forwards:
            looked.forwards = leads[0]
        if ours and folder.address and address == page.canonical and leads[0] != path:
            canonical = leads[0]
    if canonical and not looked.forwards:
        found(f"says that it is {canonical}")
    looked.anchors = anchors
    return looked
