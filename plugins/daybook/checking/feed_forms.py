"""Feeds in three forms: whichever a reader follows, it tells of the same papers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from .folder import Finding, Folder

_ATOM = "{http://www.w3.org/2005/Atom}"
_FIRST = ".atom.xml"
_OTHERS = (".rss.xml", ".feed.json")
_Entries = list[tuple[str, str]]
"""Identifiers, each with a title."""


def check_forms(folder: Folder) -> Iterator[Finding]:
    """Compare each feed in RSS and JSON with the one in Atom beside it."""
    everything = f"{folder.base}feeds/archive{_FIRST}"
    for path in folder.archive(_FIRST):
        others = [path.removesuffix(_FIRST) + ending for ending in _OTHERS]
        others = [other for other in others if other in folder.own & folder.sizes.keys()]
        if not others and path != everything:
            continue
        told = _told(folder, path)
        if told == [] and path == everything and _has_papers(folder):
            yield Finding(path, "has no entry, and there are papers")
        for other in others:
            if None not in (said := _told(folder, other), told) and said != told:
                yield Finding(other, f"tells of other papers than {path}, or otherwise of them")


def _has_papers(folder: Folder) -> bool:
    home = f"{folder.base}papers/"
    return any(path.startswith(home) and path != f"{home}index.html" for path in folder.own)


def _told(folder: Folder, path: str) -> _Entries | None:
    """Give what a feed tells of; ``None`` for what is none, as `check_feeds` says."""
    try:
        if path.endswith(".json"):
            items = json.loads(folder.bytes(path))["items"]
            return [(item["id"], item["title"]) for item in items]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(folder.bytes(path), parser)
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if path.endswith(_FIRST):
        return [_of(entry, f"{_ATOM}id", f"{_ATOM}title") for entry in root.iter(f"{_ATOM}entry")]
    return [_of(item, "guid", "title") for item in root.iter("item")]


def _of(element: etree._Element, identifier: str, title: str) -> tuple[str, str]:
    return element.findtext(identifier) or "", element.findtext(title) or ""
