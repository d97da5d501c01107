"""What search engines are told: sitemaps, which name each page once, and `robots.txt`.

See https://www.sitemaps.org/protocol.html and RFC 9309.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from .folder import Finding, Folder, Lost
from .moments import is_day
from .resolving import led

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_HEAD = 20_000
"""Characters of a page in which it says whether it is to be listed."""
_HIDDEN = re.compile(r"<meta name=[\"']?robots[\"']? content=[\"']?[^<>]*noindex", re.IGNORECASE)
_LOCATION = re.compile("<loc>([^<]*)</loc>")
_MOST_ADDRESSES = 50_000
_MOST_BYTES = 50 * 1024 * 1024
"""What a sitemap may hold."""


def check_robots(folder: Folder) -> Iterator[Finding]:
    """Look at what robots are told."""
    sitemap = f"{folder.base}sitemap.xml"
    robots = f"{folder.base}robots.txt"
    if robots not in folder.sizes:
        if sitemap in folder.own and not folder.base:
            yield Finding(robots, "is not there, so that nobody finds the sitemap")
        return
    lines = folder.bytes(robots).decode("utf-8", "replace").splitlines()
    said = [(name.strip().lower(), value.strip()) for name, _, value in
            (line.partition("#")[0].partition(":") for line in lines)]  # fmt: skip
    named = [value for name, value in said if name == "sitemap"]
    for address in named:
        yield from led(folder, robots, address)
    if robots not in folder.own:
        return
    if sitemap in folder.own & folder.sizes.keys() and not named:
        yield Finding(robots, "does not name the sitemap")
    shut = {value.rstrip("*").rstrip("/") for name, value in said if name == "disallow" and value}
    if shut & {"", folder.prefix.rstrip("/")}:
        yield Finding(robots, "keeps search engines out")


def listed_in(folder: Folder) -> frozenset[str]:
    """Give the files that sitemaps name, as far as they can be read."""
    listed: set[str] = set()
    for path in folder.archive(".xml", ".xml.gz"):
        if "sitemap" not in path:
            continue
        try:
            places = _LOCATION.findall(folder.bytes(path).decode("utf-8", "replace"))
        except ValueError:
            return frozenset()  # `check_feeds` says it
        for place in places:
            with suppress(Lost, ValueError):
                listed.add(folder.leads(path, html.unescape(place).strip())[0])
    return frozenset(listed)


def asks_not_to_be_listed(text: str) -> bool:
    """Tell what a page says to search engines: one that was moved or removed, to pass it over."""
    return _HIDDEN.search(text, 0, _HEAD) is not None


def sitemap(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    """Look at a sitemap, or at an index of sitemaps."""
    places = [found.text or "" for found in root.iter(f"{NAMESPACE}loc")]
    if len(places) != len(root):
        yield Finding(path, f"names {len(places)} addresses in {len(root)} elements")
    if len(places) > _MOST_ADDRESSES or folder.sizes[path] > _MOST_BYTES:
        yield Finding(path, f"is too long for a sitemap: at most {_MOST_ADDRESSES:,} addresses")
    if len({place.strip() for place in places}) < len(places):
        yield Finding(path, "names an address twice")
    for found in root.iter(f"{NAMESPACE}lastmod"):
        if not is_day((found.text or "").strip()):
            yield Finding(path, f"{found.text!r} is no date of W3C's form")
    wanted = (".xml", ".xml.gz") if root.tag == f"{NAMESPACE}sitemapindex" else ("/", ".html")
    for place in places:
        if not re.match("https?://", place.strip()):
            yield Finding(path, f"{place!r} is no absolute address")
        elif path in folder.own and not place.endswith(wanted):
            yield Finding(path, f"{place!r} is no address of {' or '.join(wanted)}")
        yield from led(folder, path, place.strip())
