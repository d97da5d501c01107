"""Feeds and sitemaps: valid XML, with what their formats demand, leading to pages that are there.

Atom is RFC 4287, RSS https://www.rssboard.org/rss-specification, sitemaps
https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from lxml import etree

from ..archive.forking import spread
from .folder import Finding, Folder, Lost

_SPREAD = 500
_MOST_ADDRESSES = 50_000
_MOST_BYTES = 50 * 1024 * 1024
"""What a sitemap may hold."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def check_feeds(folder: Folder) -> Iterator[Finding]:
    """Look at every XML file that the build wrote, and at what robots are told."""
    built = folder.built & folder.sizes.keys()
    paths = sorted(path for path in built if path.endswith((".xml", ".xml.gz")))
    yield from spread(partial(_check_all, folder), paths, _SPREAD)
    robots = f"{folder.base}robots.txt"
    if robots in folder.sizes:
        for line in folder.bytes(robots).decode("utf-8", "replace").splitlines():
            if line.startswith("Sitemap:"):
                yield from _led(folder, robots, line.removeprefix("Sitemap:").strip())


def _check_all(folder: Folder, paths: Sequence[str]) -> list[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    findings: list[Finding] = []
    for path in paths:
        try:
            root = etree.fromstring(folder.bytes(path), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            findings.append(Finding(path, f"is no XML: {error}"))
            continue
        findings += _check(folder, path, root)
    return findings


def _check(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    if root.tag == f"{_ATOM}feed":
        yield from _atom(folder, path, root)
    elif root.tag == "rss":
        yield from _rss(folder, path, root)
    elif root.tag in {f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"}:
        yield from _sitemap(folder, path, root)


def _atom(folder: Folder, path: str, feed: etree._Element) -> Iterator[Finding]:
    yield from _lacking(path, "the feed", feed, [f"{_ATOM}{name}" for name in _ALL])
    entries = feed.findall(f"{_ATOM}entry")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        what = f"entry {number}"
        yield from _lacking(path, what, entry, [f"{_ATOM}{name}" for name in (*_ALL, "link")])
        if feed.find(f"{_ATOM}author") is None and entry.find(f"{_ATOM}author") is None:
            yield Finding(path, f"{what} has no author, and neither has the feed")
        identifier = entry.findtext(f"{_ATOM}id") or ""
        if identifier in seen:
            yield Finding(path, f"{what} has the id of another: {identifier}")
        seen.add(identifier)
    for element in (feed, *entries):
        for moment in (*element.findall(f"{_ATOM}updated"), *element.findall(f"{_ATOM}published")):
            if not _TIME.fullmatch(moment.text or ""):
                yield Finding(path, f"{moment.text!r} is no time of RFC 3339")
        for link in element.findall(f"{_ATOM}link"):
            yield from _led(folder, path, link.get("href", ""), feed.get(_BASE, ""))


_ALL = ("id", "title", "updated")


def _rss(folder: Folder, path: str, rss: etree._Element) -> Iterator[Finding]:
    channel = rss.find("channel")
    if channel is None:
        yield Finding(path, "has no channel")
        return
    yield from _lacking(path, "the channel", channel, ["title", "link"])
    for number, item in enumerate(channel.findall("item"), 1):
        yield from _lacking(path, f"item {number}", item, ["title", "link"])
    for link in channel.iter("link"):
        yield from _led(folder, path, link.text or "")


def _sitemap(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    places = [(found.text or "").strip() for found in root.iter(f"{_SITEMAP}loc")]
    if len(places) != len(root):
        yield Finding(path, f"names {len(places)} addresses in {len(root)} elements")
    if len(places) > _MOST_ADDRESSES or folder.sizes[path] > _MOST_BYTES:
        yield Finding(path, f"is too long for a sitemap: at most {_MOST_ADDRESSES:,} addresses")
    if len(set(places)) < len(places):
        yield Finding(path, "names an address twice")
    for place in places:
        if not re.match("https?://", place):
            yield Finding(path, f"{place!r} is no absolute address")
        yield from _led(folder, path, place)


def _lacking(
    path: str, what: str, element: etree._Element, names: Sequence[str]
) -> Iterator[Finding]:
    for name in names:
        found = element.find(name)
        if found is None or not ((found.text or "").strip() or found.get("href")):
            yield Finding(path, f"{what} has no {name.rpartition('}')[2]}")


def _led(folder: Folder, path: str, address: str, base: str = "") -> Iterator[Finding]:
    """Follow an address within the site."""
    if base and not re.match(r"[a-z]+:|/", address):
        address = base.rpartition("/")[0] + "/" + address
    if folder.is_foreign(address):
        if folder.address:
            yield Finding(path, f"{address} is not of this site")
        return
    if re.match("https?:", address) and not folder.address:
        return
    try:
        folder.leads(path, address)
    except Lost as lost:
        yield Finding(path, f"{address} {lost}")
    except ValueError:
        yield Finding(path, f"{address} is no address")
