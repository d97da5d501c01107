"""Every page of a site: what it may do, and whether all that it names is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..archive.forking import spread
from .folder import Finding, Folder, Lost
from .markup import Page, read_page, scheme_of

_SPREAD = 500
"""So many pages make a core worth its start."""
_SCHEMES = frozenset(("", "http", "https", "mailto"))
_FOREIGN_SOURCE = re.compile(r"\*|[a-z]:|[a-z0-9-]\.[a-z]|'unsafe|'strict-dynamic", re.IGNORECASE)
"""What a Content-Security-Policy of a site that loads nothing foreign never says."""


@dataclass(slots=True)
class Looked:
    """What was seen on one page."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    ids: frozenset[str] = frozenset()
    anchors: set[tuple[str, str]] = field(default_factory=set)
    """Files and the anchors in them that it leads to."""
    forwards: str | None = None
    """The file that it sends its reader on to."""


def check_pages(folder: Folder) -> Iterator[Finding]:
    """Look at every page, on all cores."""
    paths = sorted(path for path in folder.sizes if path.endswith((".html", ".htm")))
    looked = spread(partial(_look_at_all, folder), paths, _SPREAD)
    ids = {page.path: page.ids for page in looked}
    forwarding = {page.path for page in looked if page.forwards}
    for page in looked:
        yield from page.findings
        for path, anchor in sorted(page.anchors):
            if path in ids and anchor not in ids[path] and anchor.lower() != "top":
                yield Finding(page.path, f"#{anchor} is no place in {path}")
        if page.forwards in forwarding:
            yield Finding(page.path, f"sends its reader on to {page.forwards}, which does so too")


def _look_at_all(folder: Folder, paths: Sequence[str]) -> list[Looked]:
    known: dict[tuple[str, str], tuple[str, str] | str] = {}
    return [_look_at(folder, path, known) for path in paths]


def _look_at(
    folder: Folder, path: str, known: dict[tuple[str, str], tuple[str, str] | str]
) -> Looked:
    looked = Looked(path)
    try:
        text = folder.text(path)
    except (OSError, UnicodeDecodeError) as error:
        looked.findings.append(Finding(path, f"cannot be read: {error}"))
        return looked
    page = read_page(text)
    looked.ids = frozenset(page.ids)

    def found(message: str, at: int | None = None) -> None:
        line = None if at is None else text.count("\n", 0, at) + 1
        looked.findings.append(Finding(path, message, line))

    if path.startswith(folder.base) and path in folder.built:
        for message, at in [*page.faults, *_manners(folder, page)]:
            found(message, at)
        for message in _whole(page):
            found(message)
    place = path.rpartition("/")[0]
    for address, at in (*page.leads, *page.loads):
        if _leaves(folder, address):
            continue
        key = (path if address.startswith(("#", "?")) or not address else place, address)
        if key not in known:
            known[key] = _resolved(folder, path, address)
        leads = known[key]
        if isinstance(leads, str):
            found(f"{address} {leads}", at)
            continue
        if leads[1]:
            looked.anchors.add(leads)
        if address == page.forwards:
            looked.forwards = leads[0]
    return looked


def _resolved(folder: Folder, path: str, address: str) -> tuple[str, str] | str:
    try:
        return folder.leads(path, address)
    except Lost as lost:
        return str(lost)
    except ValueError:
        return "is no address"


def _leaves(folder: Folder, address: str) -> bool:
    """Tell whether an address is not one within the site."""
    return folder.is_foreign(address) or scheme_of(address) not in {"", "http", "https"}


def _manners(folder: Folder, page: Page) -> Iterator[tuple[str, int]]:
    """Say what a page asks of other hosts, or lets them know."""
    for address, at in page.loads:
        if _leaves(folder, address):
            yield f"loads {address} from elsewhere", at
    for address, at in page.leads:
        if scheme_of(address) not in _SCHEMES:
            yield f"{address!r} is no address to follow", at
    for address, rel, at in page.outward:
        if folder.is_foreign(address) and not rel >= {"noopener", "noreferrer"}:
            yield f'the link to {address} lacks rel="noopener noreferrer"', at


def _whole(page: Page) -> Iterator[str]:
    """Say what every page should have."""
    if not page.title:
        yield "has no title"
    if not page.language:
        yield "does not say its language"
    for name in ("title", "h1", "main"):
        count = page.counts.get(name, 0)
        if count != 1 and not (name == "title" and not page.title):
            yield f"has {count} <{name}>, not one"
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"has the id {name} {count} times"
    if len(page.policies) != 1:
        yield f"has {len(page.policies)} Content-Security-Policies, not one"
    for policy in page.policies:
        if not policy.startswith("default-src 'none'") or _FOREIGN_SOURCE.search(policy):
            yield f"has a Content-Security-Policy that lets in too much: {policy}"
