"""`make check` names whatever is broken in a built site, and finds nothing in a whole one."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daybook.checking import check
from daybook.checking.data import check_data
from daybook.checking.feeds import check_feeds
from daybook.checking.files import check_style_and_scripts
from daybook.checking.folder import Finding, Folder
from daybook.checking.markup import read_page
from daybook.checking.nu import check_with_nu, checker, sample
from daybook.checking.pages import check_pages
from daybook.checking.parts import check_cards, check_index, check_offline
from daybook.checking.sitemaps import check_robots
from daybook.checking.whole import NOT_AS_BUILT
from daybook.publishing.limits import SITE_BYTES, limits_met
from daybook.search.shards import VERSION

from ..sites import PROJECT, SITEURL, Site, run, run_pelican

PAPER = "papers/a-survey-on-bias-and-fairness-in-machine-learning.html"


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Path:
    """Give a copy of a built site that may be broken."""
    return sample_site.linked(tmp_path / "site")


def said(root: Path) -> list[str]:
    return [str(finding) for finding in check(root)]


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text, f"{path} has no {old}"
    (root / path).unlink()  # the copy's files are links
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def one(root: Path, pattern: str) -> str:
    return min(root.glob(pattern)).relative_to(root).as_posix()


def test_a_whole_site_has_no_finding(sample_site: Site, five_digests_site: Site) -> None:
    assert said(sample_site.output) == []
    assert said(five_digests_site.output) == []


def test_a_site_without_an_address_need_not_say_where_a_paper_is_that_is_nowhere_else(
    tmp_path: Path,
) -> None:
    """A pull request's site has no address: the workflow checks it all the same."""
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2024-03-01.csv").write_text("title,authors\nTerns dive,Ada King\n")
    folders = {name: str(tmp_path / name.lower()) for name in ("DIGESTS", "PAPERS", "OUTPUT")}
    done = run_pelican(folders)
    assert done.returncode == 0, done.stderr
    assert "url =" not in (tmp_path / "output" / "data" / "papers.bib").read_text()
    assert said(tmp_path / "output") == []


PAGES = {
    "<!doctype html>": ("", "does not begin with <!doctype html>"),
    "<title>": ("<title></title><template>", "has no title"),
    "</h1>": ("</h1><h1>Two</h1>", "has 2 <h1>, not one"),
    ' lang="en"': ("", "does not say its language"),
    "</article>": ('<p id="main"></p></article>', "has the id main 2 times"),
    "</main>": ("</section></main>", "</section> inside <main> ends nothing that is open"),
    "<article>": ("<article><div>", "</article> inside <div> ends nothing that is open"),
    "<dl class": ("<script>alert(1)</script><dl class", "a <script> in the page"),
    "<dl": ("<style>p { color: red }</style><dl", "a <style> in the page"),
    "<h2": ('<h2 style="x"', "an inline style attribute on <h2>"),
    "<h1": ('<h1 onclick="x()"', "an inline onclick attribute on <h1>"),
    "default-src 'none'": ("default-src 'self'", "lets in too much"),
    "script-src 'self'": ("script-src 'self' https://cdn.example", "lets in too much"),
    "style-src 'self'": ("style-src 'unsafe-inline'", "lets in too much"),
    "http-equiv=Content-Security-Policy": ('name="x"', "has 0 Content-Security-Policies"),
    "src=../assets/daybook.js": ('src="https://cdn.example/x.js"', "from elsewhere"),
    "href=../assets/daybook.css": ('href="//cdn.example/x.css"', "from elsewhere"),
    ' rel="noopener noreferrer"': (' rel="noopener"', 'lacks rel="noopener noreferrer"'),
    '<a href="https://arxiv.org': ('<a href="java\tscript:x//', "is no address to follow"),
    "href=../assets/icon.svg": ("href=../assets/icons.svg", "leads to assets/icons.svg"),
    "href=../topics/index.html": ("href=../topic/", "leads to topic, which is not there"),
    "href=../dates/index.html": ("href=../../x.html", "leads out of the site"),
    "href=#main": ("href=#mean", "#mean is no place in papers/"),
    "#entry-": ("#entri-", "is no place in digests/"),
    "application/ld+json": ("application/json", None),
    '{"@context"': ('{@context"', "data that are no JSON"),
    "</ul>": ("<ol", "a < that begins no tag"),
}
"""What stands on a paper's page, what is put there instead, and what is said of it."""


def test_every_fault_in_a_page_is_named_with_its_file_and_line(site: Path) -> None:
    """One page each, all looked at in one go: a look at a whole site is not for free."""
    pages = sorted((site / "papers").glob("*.html"))
    text = (site / PAPER).read_text("utf-8")
    wanted: dict[str, str | None] = {}
    for (old, (new, message)), page in zip(PAGES.items(), pages, strict=False):
        page.unlink()  # the copy's files are links
        assert old in text, old
        page.write_text(text.replace(old, new, 1), "utf-8")
        wanted[page.relative_to(site).as_posix()] = message
    assert len(wanted) == len(PAGES)
    lines = [str(finding) for finding in check_pages(Folder.of(site))]
    for path, message in wanted.items():
        ours = [line for line in lines if line.startswith(f"{path}:")]
        ours = [line for line in ours if "#entry" not in line and "says that it is" not in line]
        assert any(message in line for line in ours) if message else not ours, (message, ours)
    assert any(re.match(r"papers/\S+\.html:\d+: a <script> in the page", line) for line in lines)


STANDING = {
    "<ul><div>x</div></ul>": "<div> right inside <ul>",
    "<li>x": "<li> outside of what it is a part of",
    "<table><p>x</table>": "<p> right inside <table>",
    '<a href="../about.html">a <a href="../index.html">b</a></a>': "<a> inside another",
    "<blink>x</blink>": "<blink> is no element of HTML",
    "&nosuch;": "&nosuch; stands for nothing",
    "&#0;": "&#0; stands for nothing",
    "&#xd800;": "&#xd800; stands for nothing",
    "a\x01b": r"the control character '\x01'",
    "<label for=nowhere>x</label>": "#nowhere is no place in papers/",
    "<p aria-labelledby=nobody>x": "#nobody is no place in papers/",
    "<p lang='no language'>x": "'no language' is no language",
    '<iframe src="../index.html"></iframe>': "a <iframe> in the page",
    '<object data="../index.html"></object>': "a <object> in the page",
    '<a ping="../x" href="../index.html">x</a>': "an inline ping attribute on <a>",
    "<svg><script>alert(1)</script></svg>": "a <script> in a drawing",
    '<form action="https://x.example/"></form>': "a form that sends to https://x.example/",
    '<link rel=preconnect href="//x.example">': "loads //x.example from elsewhere",
    '<meta http-equiv=refresh content="0; url=https://x.example/">': "sends its reader on to",
    '<link rel=canonical href="https://x.example/a.html">': "says that its own address is https",
    f'<link rel=canonical href="{SITEURL}/about.html">': "says that it is about.html",
}
"""What is put at the end of a paper's page, and what is said of it."""
HEADS = {
    "; base-uri 'none'": ("", "lets in too much"),
    "form-action 'none'; ": ("", "lets in too much"),
    "<meta charset=utf-8>": ('<script src="../assets/keys.js"></script>', "before its Content-Sec"),
}


def test_what_no_page_should_hold_is_named_where_it_stands(site: Path) -> None:
    pages = iter(sorted((site / "papers").glob("*.html")))
    place = f"{site.resolve().parent}/content"
    private = {f"<p>{place}": f"names the folder {site.resolve().parent}/ of this machine"}
    changes = [("</article>", f"{new}</article>", m) for new, m in (STANDING | private).items()]
    changes += [(old, new, message) for old, (new, message) in HEADS.items()]
    wanted: dict[str, str] = {}
    for old, new, message in changes:
        path = next(pages).relative_to(site).as_posix()
        change(site, path, old, new)
        wanted[path] = message
    lines = [str(finding) for finding in check_pages(Folder.of(site))]
    for path, message in wanted.items():
        assert any(line.startswith(f"{path}:") and message in line for line in lines), message
    assert {line.partition(".html")[0] + ".html" for line in lines} == set(wanted)


def words_gone(root: Path) -> str:
    path = root / one(root, "search/words/*.js")
    path.unlink()
    return path.name  # a page of a table does not say whether it is about terms or words


def gone(pattern: str) -> Callable[[Path], str]:
    def remove(root: Path) -> str:
        path = one(root, pattern)
        (root / path).unlink()
        return path

    return remove


def changed(pattern: str, old: str, new: str, where: str = "") -> Callable[[Path], str]:
    def edit(root: Path) -> str:
        path = one(root, pattern)
        change(root, path, old, new)
        return where or path

    return edit


def renamed(root: Path) -> str:
    path = one(root, "search/terms/*.js")
    (root / path).rename(root / "search/terms/0123456789.js")
    return path


def a_link(root: Path) -> str:
    (root / PAPER).unlink()
    (root / PAPER).symlink_to("/etc/hostname")
    return PAPER


def a_link_besides(root: Path) -> str:
    (root / "images").mkdir()
    (root / "images" / "hosts").symlink_to("/etc")
    return "images/hosts"


def a_second_case(root: Path) -> str:
    (root / "About.html").write_bytes((root / "about.html").read_bytes())
    return "about.html"


def no_address(root: Path) -> str:
    change(root, "feeds/archive.atom.xml", f'href="{SITEURL}', 'href="https://other.example')
    return "feeds/archive.atom.xml"


def emptied(pattern: str) -> Callable[[Path], str]:
    def empty(root: Path) -> str:
        path = one(root, pattern)
        (root / path).unlink()
        (root / path).write_text("\n")
        return path

    return empty


def packed(path: str) -> Callable[[Path], str]:
    """Pack a file, as those of a large archive are, and cut it off."""

    def pack(root: Path) -> str:
        (root / f"{path}.gz").write_bytes(gzip.compress((root / path).read_bytes())[:-40])
        (root / path).unlink()
        (root / ".daybook-manifest").unlink()
        return f"{path}.gz"

    return pack


def unlisted(root: Path) -> str:
    place = f"<url><loc>{SITEURL}/{PAPER}</loc></url>\n"
    change(root, "sitemap.xml", place, "")
    return PAPER


def test_what_the_keeper_removed_may_be_missing_in_the_sitemap(site: Path) -> None:
    unlisted(site)
    change(
        site,
        PAPER,
        "<meta name=description",
        "<meta name=robots content=noindex>\n<meta name=description",
    )
    assert list(check_pages(Folder.of(site))) == []


def an_old_bundle(root: Path) -> str:
    (root / ".daybook-manifest").unlink()  # which says that it is the page that was changed
    change(root, "about.html", "<main ", "<main title=x ")
    return "offline/"


def an_odd_name(root: Path) -> str:
    (root / ".daybook-manifest").unlink()
    (root / "papers" / "a?b.html").write_bytes((root / PAPER).read_bytes())
    return "a?b"


def first_line(root: Path) -> str:
    return (root / "data" / "papers.jsonl").read_text("utf-8").partition("\n")[0] + "\n"


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


def test_identifiers_may_stand_at_no_other_papers_number(site: Path) -> None:
    first, second = (site / "data/ids.js").read_text("utf-8").partition('"')[2].split(" ")[:2]
    assert first != second
    change(site, "data/ids.js", f"{first} {second}", f"{second} {first}")
    assert list(map(str, check_cards(Folder.of(site)))) == [
        f"data/ids.js: says {second!r} of the paper numbered 0, and its card {first!r}; so of 2"
    ]


def test_a_feed_of_a_site_without_an_address_has_names_as_ids(site: Path) -> None:
    for path in ("index.html", "feeds/archive.atom.xml", "sitemap.xml"):
        text = (site / path).read_text("utf-8").replace(SITEURL, "")
        (site / path).unlink()
        (site / path).write_text(text, "utf-8")
    assert Folder.of(site).address == ""
    wanted = "feeds/archive.atom.xml: entry 1 has the id '/papers/"
    assert any(str(finding).startswith(wanted) for finding in check_feeds(Folder.of(site)))


def test_a_field_of_very_many_authors_is_no_fault(site: Path) -> None:
    table = "data/papers.csv"
    first = (site / table).read_text("utf-8").splitlines()[1]
    change(site, table, first, first.replace(",", f",{'Ada Lovelace; ' * 20_000}", 1))
    assert not [line for line in map(str, check_data(Folder.of(site))) if "field" in line]


def test_a_redirect_leads_to_a_page_that_stays(site: Path) -> None:
    text = (site / PAPER).read_text("utf-8")
    head = '<meta http-equiv="refresh" content="0; url={}">\n<title>'
    for name, leads in (("old", "older.html"), ("older", "../about.html"), ("bad", "no.html")):
        (site / "papers" / f"{name}.html").write_text(
            text.replace("<title>", head.format(leads), 1), "utf-8"
        )
    (site / ".daybook-manifest").unlink()
    lines = [str(finding) for finding in check_pages(Folder.of(site))]
    for page, message in (
        ("old", "sends its reader on to papers/older.html, which does so too"),
        ("bad", "leads to papers/no.html, which is not there"),
    ):
        assert any(f"papers/{page}.html" in line and message in line for line in lines), lines


def test_files_of_other_hands_may_be_as_they_like(site: Path) -> None:
    (site / "google123.html").write_text("google-site-verification: google123.html")
    (site / "CNAME").write_text("papers.example")
    (site / ".git").mkdir()
    (site / ".git" / "x.html").write_text("<a href=nowhere>")
    assert said(site) == []


def test_an_archive_in_somebodys_blog_is_found_and_the_blogs_own_pages_are_only_followed(
    sample_site: Site, tmp_path: Path
) -> None:
    blog = tmp_path / "blog"
    shutil.copytree(sample_site.output, blog / "archive")
    (blog / "archive" / ".daybook-manifest").unlink()
    (blog / "archive" / "sitemap.xml").unlink()
    (blog / "archive" / "robots.txt").unlink()
    for path in blog.rglob("*"):
        if path.suffix in {".html", ".xml", ".json", ".opml"}:
            text = path.read_text().replace(SITEURL, f"{SITEURL}/archive")
            path.write_text(re.sub('(["=])/repo/', r"\1/repo/archive/", text))
    (blog / "index.html").write_text("<h1>Two</h1><h1>headings</h1><a href=archive/>Archive</a>")
    (blog / "bad.html").write_text("<a href=gone.html>gone</a>")
    folder = Folder.of(blog)
    assert (folder.base, folder.address) == ("archive/", SITEURL)
    packed = re.compile(r"offline/|\.eml: ")  # whose addresses stand across lines
    lines = [line for line in said(blog) if not packed.search(line)]
    assert lines == ["bad.html:1: gone.html leads to gone.html, which is not there"]


def test_sizes_near_the_limits_of_github_pages_are_named_with_what_to_switch_off() -> None:
    sizes = {"papers/a.html": 50, "offline/a.bin": 20, "feeds/a.xml": 25, "authors/b.html": 4}
    (limit,) = limits_met(sizes, site=120, file=1000)
    assert not limit.exceeded
    assert limit.hint is not None
    order = ["DAYBOOK_FEED_ENTRIES", "DAYBOOK_OFFLINE", "DAYBOOK_SMALL_ARCHIVE"]
    places = [limit.hint.index(name) for name in order]
    assert places == sorted(places)
    (large,) = limits_met({**sizes, "data/papers.jsonl.gz": 1}, site=120, file=1000)
    assert large.hint is not None
    assert "DAYBOOK_OFFLINE" in large.hint
    assert "DAYBOOK_SMALL_ARCHIVE" not in large.hint  # it leaves nothing out that is there
    assert not list(limits_met(sizes, site=125, file=1000))
    big, file = limits_met(sizes, site=98, file=49)
    assert (big.exceeded, file.exceeded) == (True, True)
    assert file.path == "papers/a.html"


def test_a_limit_is_told_with_how_much_is_over_and_what_is_not_the_archives() -> None:
    sizes = {"images/a.mp4": 70, "images/b.mp4": 20, "talks/c.mp4": 30, "archive/papers/a.html": 3}
    (site,) = limits_met(sizes, "archive/", site=125, file=1000)
    assert site.hint is not None
    assert site.hint.index("images/ is no part of") < site.hint.index("talks/ is no part of")
    assert "archive/" not in site.hint
    over, near = (
        next(limits_met({"talk.mp4": size}, file=100_000_000)).message
        for size in (100_000_001, 80_000_001)
    )
    assert over == "the file has 100.0 MB, 1 byte more than the 100.0 MB that GitHub takes."
    assert near == "the file has 80.0 MB of the 100.0 MB that GitHub takes."


def test_a_site_beyond_the_limits_is_a_finding(site: Path) -> None:
    with (site / "data" / "big.bin").open("wb") as file:
        file.truncate(SITE_BYTES + 1)  # no block of the disk is taken
    lines = said(site)
    assert any(line.startswith("data/big.bin: the file has 1,000.0 MB") for line in lines)
    assert any(line.startswith(".: the site has 1,0") for line in lines)


def test_the_command_tells_by_its_exit_code_and_names_each_fault(site: Path) -> None:
    change(site, PAPER, "</main>", "")
    (site / "papers" / "left.tmp").write_text("x")
    done = run("make", "check", f"OUTPUT={site}", "NU=none")
    assert done.returncode == 2
    assert "of other hands than the build's: papers/left.tmp\n" in done.stdout  # told, no fault
    assert done.stdout.startswith(f"{PAPER}:")
    change(site, "about.html", "<main ", "<main title=x ")
    done = run("make", "check", f"OUTPUT={site}", "NU=none")
    assert f"about.html: {NOT_AS_BUILT}\n1 file changed after the build." in done.stdout
    done = run("make", "check", f"OUTPUT={site / 'nowhere'}")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_the_nu_checker_judges_a_page_of_every_kind(site: Path) -> None:
    if checker() is None:
        pytest.skip("Java or the Nu HTML checker is not there")
    folder = Folder.of(site)
    chosen = sample(folder)
    assert {path.split("/")[0] for path in chosen} == {
        path.split("/")[0] for path in folder.archive(".html")
    }
    change(site, PAPER, "<dl class", "<p></dl><dl class")
    # What papers are called is their authors' business: an accent apart, or alone, or Chinese.
    change(
        site,
        "about.html",
        "</main>",
        '<pre title="cafe\u0301">cafe\u0301\n</pre><p title="\u0301">\u0301'
        + "<p>我们研究图像分割模型。" * 90
        + "</main>",
    )
    found = list(check_with_nu(folder, [PAPER, "about.html"]))
    assert found
    assert {finding.path for finding in found} == {PAPER}


@pytest.mark.parametrize(
    "page", ["<" * 200_000, "<a " * 100_000, "<p>" * 100_000, "<!--" * 50_000, "<a x='" * 50_000]
)
def test_a_page_of_nonsense_takes_linear_time(page: str) -> None:
    """Ten thousand times what a page has; a quadratic reader would take hours."""
    assert read_page(page).faults


def test_the_workflow_checks_before_it_publishes() -> None:
    workflow = (PROJECT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    build, check_, upload = (
        workflow.index(words)
        for words in ("run: make site", "run: make check", "actions/upload-pages-artifact")
    )
    assert build < check_ < upload


def test_a_manifest_that_names_what_is_not_there_or_lacks_what_is_has_a_finding(site: Path) -> None:
    path = site / ".daybook-manifest"
    listed = json.loads(zlib.decompress(path.read_bytes()))
    path.unlink()
    path.write_text(json.dumps([*(name for name in listed if name != PAPER), "gone.txt"]))
    found = said(site)
    assert "gone.txt: is in the list of what was built, and is not there" in found
    assert f"{PAPER}: is not in the list of what was built" in found


def test_a_byte_changed_in_a_file_of_any_kind_is_seen(site: Path) -> None:
    """Be it in what no look understands: a paper's number, a word of an abstract, a newsletter."""
    kinds = ("data/ids.js", "data/papers.bib", "data/digests.json", "feeds/archive.atom.xml",
             "digests/*.eml", "robots.txt", "dates/on-*.js", "papers/*.html", "assets/icon.svg",
             "search/search.js", "search/side.js", "authors/*.bib", "data/papers.csv")  # fmt: skip
    paths = {one(site, kind) for kind in kinds}
    for path in paths:
        data = (site / path).read_bytes()
        (site / path).unlink()  # the copy's files are links
        at = len(data) // 2
        (site / path).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    found = {finding.path for finding in check(site)}
    assert paths - found == set()
