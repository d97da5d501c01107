"""Every link of a built site leads somewhere, wherever the site is put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import etree

from ..sites import SITEURL, Page, Site, resolve

SITES = ["sample_site", "five_digests_site"]


@pytest.fixture(scope="session", params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def inner_links(site: Site) -> Iterator[tuple[Page, str, str, str]]:
    """Give page, address, file and anchor of every link within the site."""
    for page in site.pages.values():
        for address in page.links():
            leads = resolve(page.path, address)
            if leads is not None:
                yield page, address, *leads


def test_every_link_anchor_and_asset_resolves(site: Site) -> None:
    broken = [
        f"{page.path}: {address}"
        for page, address, file, anchor in inner_links(site)
        if file not in site.files
        or (anchor and file.endswith(".html") and anchor not in site.pages[file].anchors)
    ]
    assert not broken, f"{len(broken)} broken links, such as {broken[:5]}"


def test_links_are_relative_and_name_files(site: Site) -> None:
    """So the same files work at a root, under a path, and from a disk."""
    for page in site.pages.values():
        for address in page.tree.xpath("//a/@href | //img/@src | //script/@src | //form/@action"):
            parts = urlsplit(str(address))
            if parts.scheme or parts.netloc:
                assert not str(address).startswith(SITEURL), f"{page.path}: {address}"
                continue
            assert not parts.path.endswith("/"), f"{page.path}: {address}"
            if page.path != "404.html":
                assert not parts.path.startswith("/"), f"{page.path}: {address}"


def test_the_404_page_works_at_any_depth(site: Site) -> None:
    page = site.pages["404.html"]
    for address in page.links():
        assert address.startswith(("#", f"{urlsplit(SITEURL).path}/")), address


def test_links_to_other_hosts_tell_them_nothing(site: Site) -> None:
    for page in site.pages.values():
        for link in page.tree.xpath("//a[starts-with(@href, 'http') or starts-with(@href, '//')]"):
            rel = set(link.get("rel", "").split())
            assert {"noopener", "noreferrer"} <= rel, f"{page.path}: {link.get('href')}"


def test_nothing_is_loaded_from_another_host(site: Site) -> None:
    loaded = "//@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
    for page in site.pages.values():
        for address in page.tree.xpath(loaded):
            assert not urlsplit(str(address)).netloc, f"{page.path}: {address}"
    for name in site.files:
        if name.endswith(".css"):
            text = (site.output / name).read_text("utf-8")
            assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", text), name


def test_every_page_is_reached_from_home(site: Site) -> None:
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        page = site.pages[ahead.pop()]
        for address in page.tree.xpath("//a/@href"):
            leads = resolve(page.path, str(address))
            if leads and leads[0] in site.pages and leads[0] not in reached:
                reached.add(leads[0])
                ahead.append(leads[0])
    redirects = {
        name
        for name, page in site.pages.items()
        if page.tree.xpath("//meta[@http-equiv='refresh']")
    }
    lost = set(site.pages) - reached - redirects - {"404.html", "search.html"}
    assert not lost, sorted(lost)[:5]


def test_every_feed_entry_and_sitemap_address_resolves(site: Site) -> None:
    feeds = [name for name in site.files if name.endswith((".xml", ".opml"))]
    feeds.remove("opensearch.xml")
    assert {"feeds/archive.atom.xml", "sitemap.xml"} <= set(feeds)
    for name in feeds:
        tree = etree.parse(site.output / name)
        addresses = tree.xpath(
            "//*[local-name()='link']/@href | //*[local-name()='loc']/text()"
            " | //item/link/text() | //channel/link/text() | //@xmlUrl"
        )
        assert addresses, name
        for address in map(str, addresses):
            assert address.startswith(SITEURL), f"{name}: {address}"
            leads = resolve(name, address)
            assert leads is not None, f"{name}: {address}"
            assert leads[0] in site.files, f"{name}: {address}"


def test_the_sitemap_lists_every_page_worth_finding(site: Site) -> None:
    tree = etree.parse(site.output / "sitemap.xml")
    listed = {
        (resolve("sitemap.xml", str(address)) or ("", ""))[0]
        for address in tree.xpath("//*[local-name()='loc']/text()")
    }
    wanted = {
        name
        for name, page in site.pages.items()
        if not page.tree.xpath("//meta[@name='robots' and contains(@content, 'noindex')]")
        and not page.tree.xpath("//meta[@http-equiv='refresh']")
    }
    assert listed == wanted


def test_robots_names_the_sitemap(site: Site) -> None:
    assert f"Sitemap: {SITEURL}/sitemap.xml" in (site.output / "robots.txt").read_text()


def test_every_page_has_one_heading_and_its_own_title_and_address(site: Site) -> None:
    titles: dict[str, str] = {}
    for page in site.pages.values():
        if page.tree.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert len(page.tree.xpath("//h1")) == 1, page.path
        (title,) = page.text("//head/title")
        assert titles.setdefault(title, page.path) == page.path, title
        if page.path != "404.html":
            (canonical,) = page.tree.xpath("//link[@rel='canonical']/@href")
            address = "" if page.path == "index.html" else page.path
            assert canonical in {f"{SITEURL}/{address}", f"{SITEURL}/{page.path}"}
