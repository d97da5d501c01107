"""Sitemaps list every page once, and are no larger than search engines take."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
from daybook.catalogue.generator import site_options
from daybook.catalogue.options import SiteOptions
from daybook.catalogue.sitemaps import sitemaps
from daybook.catalogue.templating import own_theme
from daybook.settings import read_settings

from .small_archive import ARCHIVE, OPTIONS, SITE, render


def test_the_sitemap_lists_every_page_once_by_its_canonical_address(
    files: dict[str, bytes],
) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", files["sitemap.xml"].decode())
    expected = {
        f"{SITE}/{path}" for path in files if path.endswith(".html") and path != "index.html"
    }
    expected -= {f"{SITE}/{path}" for path in ("404.html", "papers/pretended.html")}
    expected -= {f"{SITE}/papers/feigning-agreement.html"}
    assert set(listed) == expected | {f"{SITE}/"}
    assert len(listed) == len(set(listed))
    assert f"Sitemap: {SITE}/sitemap.xml" in files["robots.txt"].decode()


def test_many_pages_are_listed_by_a_sitemap_index() -> None:
    files = render(ARCHIVE, replace(OPTIONS, sitemap_size=10))
    parts = re.findall(r"<loc>(.*?)</loc>", files["sitemap.xml"].decode())
    assert parts[:2] == [f"{SITE}/sitemap-1.xml", f"{SITE}/sitemap-2.xml"]
    counts = [files[part.removeprefix(f"{SITE}/")].count(b"<loc>") for part in parts]
    assert max(counts) == 10
    whole = render()["sitemap.xml"].count(b"<loc>")
    assert sum(counts) == whole


def test_a_site_address_with_signs_of_every_kind_stays_an_address() -> None:
    pelican = {"SITEURL": "https://papers.example/a b&c'<d>/日本"}
    settings = read_settings({"PATH": ".", **pelican})
    options = site_options(pelican, settings, own_theme())
    files = render(ARCHIVE, replace(options, base="", sitemap_size=20))
    whole = "https://papers.example/a%20b&c'%3Cd%3E/%E6%97%A5%E6%9C%AC/"
    names = [name for name in files if name.startswith("sitemap")]
    assert len(names) > 2
    for name in names:
        listed = lxml.etree.fromstring(files[name]).xpath("//*[local-name()='loc']/text()")
        assert all(url.startswith(whole) and url.isascii() and " " not in url for url in listed)
        assert len(listed) <= 20


def test_no_sitemap_is_larger_than_search_engines_take() -> None:
    """50,000 addresses and 50 MB a file: https://www.sitemaps.org/protocol.html."""
    assert SiteOptions().sitemap_size <= 50_000
    pages = [f"https://papers.example/papers/{'a' * 900}-{number}.html" for number in range(60_000)]
    files = dict(sitemaps("https://papers.example", pages, SiteOptions().sitemap_size))
    assert len(files) > 2
    assert all(data.count(b"<url>") <= 50_000 for data in files.values())
    assert max(map(len, files.values())) <= 50 * 1024 * 1024
