"""What a page may do and should have, judged by what was read of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .folder import Folder, Lost
from .markup import Page, scheme_of

_SCHEMES = frozenset(("", "http", "https", "mailto"))
_FOREIGN_SOURCE = re.compile(r"\*|[a-z]:|[a-z0-9-]\.[a-z]|'unsafe|'strict-dynamic", re.IGNORECASE)
"""What a Content-Security-Policy of a site that loads nothing foreign never says."""


def resolved(folder: Folder, path: str, address: str) -> tuple[str, str] | str:
    """Give the file and the anchor that an address leads to, or why it leads nowhere."""
    try:
        return folder.leads(path, address)
    except Lost as lost:
        return str(lost)
    except ValueError:
        return "is no address"


def leaves(folder: Folder, address: str) -> bool:
    """Tell whether an address is not one within the site."""
    return folder.is_foreign(address) or scheme_of(address) not in {"", "http", "https"}


def manners(folder: Folder, page: Page) -> Iterator[tuple[str, int]]:
    """Say what a page asks of other hosts, or lets them know."""
    for address, at in page.loads:
        if leaves(folder, address):
            yield f"loads {address} from elsewhere", at
    for address, at in page.leads:
        if scheme_of(address) not in _SCHEMES:
            yield f"{address!r} is no address to follow", at
    for address, rel, at in page.outward:
        if folder.is_foreign(address) and not rel >= {"noopener", "noreferrer"}:
            yield f'the link to {address} lacks rel="noopener noreferrer"', at


def whole(page: Page) -> Iterator[str]:
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
