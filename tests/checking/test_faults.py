"""A fault in any part of a built site but its pages is named with its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daybook.checking.data import check_data
from daybook.checking.feeds import check_feeds
from daybook.checking.files import check_style_and_scripts
from daybook.checking.folder import Finding, Folder
from daybook.checking.pages import check_pages
from daybook.checking.parts import check_cards, check_index, check_offline
from daybook.checking.sitemaps import check_robots
from daybook.checking.whole import NOT_AS_BUILT
from daybook.search.shards import VERSION

from ..sites import SITEURL
from .broken import (
    a_link,
    a_link_besides,
    a_second_case,
    an_odd_name,
    an_old_bundle,
    changed,
    emptied,
    first_line,
    gone,
    no_address,
    packed,
    renamed,
    said,
    unlisted,
    words_gone,
)

Look = Callable[[Folder], Iterator[Finding]]
Fault = tuple[Look | None, Callable[[Path], str], str]


FAULTS: dict[str, Fault] = {
    "an asset gone": (check_pages, gone("assets/icon.svg"), "is not there"),
    "a .bib file gone": (check_pages, gone("authors/*.bib"), "is not there"),
    "a link": (None, a_link, "is a link or no file at all, which GitHub Pages refuses"),
    "a link of another hand's": (None, a_link_besides, "what it leads to would be published"),
    "a newsletter's header": (
        check_data, changed("digests/*.eml", "Subject: ", "Bcc: eve@x.example\r\nSubject: "), "bcc",
    ),
    "a newsletter's header twice": (
        check_data, changed("digests/*.eml", "Subject: ", "Subject: x\r\nSubject: "), "each header",
    ),
    "two cases": (None, a_second_case, "where file systems do not tell capitals"),
    "no XML": (check_feeds, changed("feeds/archive.atom.xml", "</feed>", ""), "is no XML"),
    "a feed without a title": (
        check_feeds,
        changed("feeds/archive.atom.xml", "<title>Daybook</title>", ""),
        "the feed has no title",
    ),
    "an entry without a name": (
        check_feeds, changed("feeds/topics/*.xml", "<entry>\n<id>", "<entry>\n<id/><x>"), "is no",
    ),
    "a feed's time": (
        check_feeds, changed("feeds/archive.atom.xml", "T00:00:00Z", ""), "is no time",
    ),
    "a feed's link": (
        check_feeds,
        changed("feeds/archive.atom.xml", f'href="{SITEURL}/papers/', f'href="{SITEURL}/paper/'),
        "is not there",
    ),
    "another site's feed": (check_feeds, no_address, "is not of this site"),
    "a sitemap's page": (check_feeds, changed("sitemap.xml", "/topics/", "/topic/"), "not there"),
    "a sitemap's element": (
        check_feeds, changed("sitemap.xml", "<url>", "<url></url><url>"), "addresses in",
    ),
    "robots": (check_robots, changed("robots.txt", "sitemap.xml", "map.xml"), "map.xml, which is"),
    "a shard cut off": (check_index, changed("search/terms/*.js", ");\n", ""), "is no file of"),
    "a shard changed": (
        check_index, changed("search/terms/*.js", '"terms":"', '"terms":"aa '), "the hash",
    ),
    "an old shard": (
        check_index, changed("search/words/*.js", f",{VERSION});", ",1);"), "is of version 1",
    ),
    "a shard renamed": (check_index, renamed, "is named by the search index, and is not there"),
    "words gone": (check_index, words_gone, "is named by the search index"),
    "facts gone": (check_index, gone("search/facts/*.js"), "is named by the search index, and"),
    "no manifest": (check_index, gone("search/manifest.js"), "is not there"),
    "an empty manifest": (
        check_index, changed("search/manifest.js", '"segments":[', '"x":['), "lacks what",
    ),
    "a card changed": (
        check_cards,
        changed("search/cards/*/1.js", '","eJ', '","eK', "search/cards/"),
        "does not hold",
    ),
    "a card gone": (
        check_cards,
        lambda root: gone("search/cards/*/2.js")(root)[:13],
        "does not hold the cards",
    ),
    "a bundle gone": (check_offline, gone("offline/*.bin"), "is not there"),
    "no list of bundles": (
        check_offline, gone("offline/manifest.json"), "is not there, so that nobody",
    ),
    "no service worker": (
        check_offline, gone("service-worker.js"), "is not there, and pages ask for it",
    ),
    "no days of a month": (check_data, gone("dates/on-07.js"), "the first page asks for it"),
    "a bundle's list": (
        check_offline, changed("offline/manifest.json", '"files":', '"files":1'), "promises 1",
    ),
    "a bundle that is old": (check_offline, an_old_bundle, "holds another about.html than the"),
    "a page changed": (None, changed("about.html", "<main ", "<main title=x "), NOT_AS_BUILT),
    "no such script": (check_offline, gone("assets/offline/worker.js"), "is not there"),
    "a style sheet's host": (
        check_style_and_scripts,
        changed("assets/daybook.css", "{", "{background:url(//x.example/a.png);"),
        "from elsewhere",
    ),
    "a sitemap without a paper": (check_pages, unlisted, "is named by no sitemap"),
    "a packed sitemap cut off": (check_feeds, packed("sitemap.xml"), "cannot be unpacked"),
    "an empty script": (check_style_and_scripts, emptied("assets/keys.js"), "is empty"),
    "an empty style sheet": (check_style_and_scripts, emptied("assets/*.css"), "is empty"),
    "a packed file cut off": (check_data, packed("data/papers.jsonl"), "cannot be unpacked"),
    "a paper twice": (
        check_data,
        lambda root: changed("data/papers.jsonl", first_line(root), first_line(root) * 2)(root),
        "a second time",
    ),
    "a table cut off": (check_data, changed("data/papers.csv", ",,", ","), "fields, not"),
    "a table without a paper": (
        check_data,
        lambda root: changed("data/papers.jsonl", first_line(root), "")(root),
        "the table beside it",
    ),
    "BibTeX cut off": (check_data, changed("authors/*.bib", "}", ""), "not every { has"),
    "cards that nobody has": (
        check_cards,
        changed("search/manifest.js", '"documents":', '"documents":9'),
        "have cards",
    ),
    "a name": (None, an_odd_name, "is not a portable file name"),
    "no list of what was built": (None, emptied(".daybook-manifest"), "is no list"),
    "an error page's address": (None, changed("404.html", "=/repo/assets", "=assets"), "elsewhere"),
    "no error page": (None, gone("404.html"), "is not there, so that nobody"),
    "data": (check_data, changed("data/papers.jsonl", "{", ""), "is no JSON"),
}  # fmt: skip
"""Who looks at it (all, where nobody is named), what is done to the site, and what is said."""


CHANGES = {
    check_feeds: {
        "a sitemap's date": ("sitemap.xml", "</loc>", "</loc><lastmod>May</lastmod>", "no date"),
        "a document type": (
            "feeds/archive.atom.xml", "?>", "?><!DOCTYPE feed>", "document type",
        ),
        "a time in RSS": ("feeds/archive.rss.xml", " 00:00:00 GMT", "T", "RFC 822"),
        "a link in JSON Feed": (
            "feeds/archive.feed.json", '"url":"', '"url":"x/', "is not there",
        ),
        "a version of JSON Feed": (
            "feeds/archive.feed.json", '"version"', '"of"', "is no JSON Feed",
        ),
        "a feed's id": (
            "feeds/archive.atom.xml", f"<id>{SITEURL}/f", "<id>urn:f", "the feed has the id 'urn:f",
        ),
        "an entry's id": (
            "feeds/archive.atom.xml", f"<id>{SITEURL}/papers", "<id>urn:p", "entry 1 has the id",
        ),
        "an id in RSS": ("feeds/archive.rss.xml", "<guid>https", "<guid>http", "item 1 has the id"),
        "an id in JSON Feed": (
            "feeds/archive.feed.json", '"id":"', '"id":"x', "item 1 has the id 'xhttps",
        ),
        "a link in OPML": ("feeds/feeds.opml", "/feeds/", "/feds/", "not there"),
        "another site's search": (
            "opensearch.xml", SITEURL, "https://x.example", "is not of this site",
        ),
    },
    check_cards: {
        "a number more": ("data/ids.js", '"', '"- ', "and papers have"),
        "another's identifier": ("data/ids.js", '"', '"1', "numbered 0, and its card"),
        "no list of identifiers": ("data/ids.js", ";", "", "is no list of identifiers"),
    },
    check_style_and_scripts: {
        "a script cut off": ("assets/paper.js", "}", "", "is no script"),
        "a style sheet cut off": ("assets/daybook.css", "}", "", "is cut off"),
        "a script in a drawing": ("assets/icon.svg", "</svg>", "<script/></svg>", "script"),
    },
}  # fmt: skip
"""By who looks at it: the file, what is changed in it to what, and what is said."""


FAULTS |= {
    name: (look, changed(path, old, new), wanted)
    for look, changes in CHANGES.items()
    for name, (path, old, new, wanted) in changes.items()
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_any_other_part_is_named_with_its_file(site: Path, fault: str) -> None:
    look, broken, wanted = FAULTS[fault]
    path = broken(site)
    lines = list(map(str, look(Folder.of(site)))) if look else said(site)
    assert any(path in line and wanted in line for line in lines), lines[:5]
