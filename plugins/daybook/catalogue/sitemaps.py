"""What search engines read: sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from . import addresses
from .exports import packed

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(
    site: str, pages: Sequence[str], size: int, *, large: bool = False
) -> Iterator[tuple[str, bytes]]:
    """List absolute addresses in one sitemap, or in several of `size` under a sitemap index.

    A `large` archive's are packed: six parts in seven are said again and again.
    """
    if len(pages) <= size and not large:
        yield addresses.SITEMAP, _listing("urlset", "url", pages)
        return
    parts: list[str] = []
    for start in range(0, len(pages), size):
        name = f"sitemap-{len(parts) + 1}.xml{'.gz' if large else ''}"
        parts.append(f"{site}/{name}")
        listing = _listing("urlset", "url", pages[start : start + size])
        yield name, packed(listing) if large else listing
    yield addresses.SITEMAP, _listing("sitemapindex", "sitemap", parts)


def _listing(outer: str, inner: str, locations: Sequence[str]) -> bytes:
    lines = "".join(f"<{inner}><loc>{escape(url)}</loc></{inner}>\n" for url in locations)
    return f"{_HEAD}<{outer} {_NAMESPACE}>\n{lines}</{outer}>\n".encode()


def robots(site: str | None) -> bytes:
    """Welcome every robot, and show it the sitemap where the site's address is known."""
    where = "" if site is None else f"\nSitemap: {site}/{addresses.SITEMAP}\n"
    return f"User-agent: *\nAllow: /\n{where}".encode()
