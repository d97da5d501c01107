"""What a build, a template or a plugin of the keeper's would write wrongly itself is seen, too.

Nothing here asks the list of what was built, which vouches for whatever a build wrote.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daybook.checking import check
from daybook.checking.data import check_data
from daybook.checking.feed_forms import check_forms
from daybook.checking.feeds import check_feeds
from daybook.checking.files import check_style_and_scripts
from daybook.checking.folder import Finding, Folder
from daybook.checking.pages import check_pages
from daybook.checking.parts import check_index, check_offline
from daybook.checking.sitemaps import check_robots
from daybook.publishing.manifest import render_manifest, told_apart

from ..sites import SITEURL, Site

PAPER = "papers/a-survey-on-bias-and-fairness-in-machine-learning.html"
FEED, RSS, JSON, OPML = (
    f"feeds/{name}" for name in ("archive.atom.xml", "archive.rss.xml", "archive.feed.json",
                                 "feeds.opml")
)  # fmt: skip
BIB, CSV, LINES, DIGESTS = (
    f"data/{name}" for name in ("papers.bib", "papers.csv", "papers.jsonl", "digests.json")
)

MANIFEST = "search/manifest.js"
END = "</article>"
STANDING = {
    '<p foo="bar">x': "an attribute foo on <p>",
    "<p autofocus>x": "an attribute autofocus on <p>",
    '<table background="//x.example/a.png"><tr><td>x</table>': "an attribute background",
    "<math><mi>x</mi><maction>y</maction></math>": "<maction> is no element",
    "<svg><set attributename=href to=x /></svg>": "<set> is no element",
    '<svg><rect fill="url(//x.example/a.svg#b)" /></svg>': "from elsewhere",
    "<p>x<path>": "<path> outside of a drawing",
    '<a href="../about.html"></a>': "a <a> that says nothing",
    "<button></button>": "a <button> that says nothing",
    "<h2 class=x></h2>": "a <h2> that says nothing",
    '<a href="/repo/about.html">x</a>': "not relative to the page",
    f'<img alt="" src="{SITEURL}/assets/icon.svg">': "not relative to the page",
    '<a href="../topics/">x</a>': "it is a folder",
    '<a href="../topics">x</a>': "it is a folder",
    "<!-- a --!><p>x<!-- -->": "a comment that a browser ends sooner",
    "<!--><p>x<!-- -->": "a comment that a browser ends sooner",
    '<meta http-equiv="set-cookie" content="a=b">': "stands for a header set-cookie",
    '<link rel="apple-touch-icon" href="//x.example/a.png">': "from elsewhere",
    '<map name=m><area href="https://x.example/" alt=x></map>': 'lacks rel="noopener',
    "<p aria-details=nobody>x": "#nobody is no place",
    "<button form=nothing>x</button>": "#nothing is no place",
    "<p dir=sideways>x": "'sideways' is no direction",
    '<time datetime="2025-13-45">x</time>': "'2025-13-45' is no time",
    "<time datetime=yesterday>x</time>": "'yesterday' is no time",
    "<p>\x85": "the control character '\\x85'",
    "<p>\ufffe": "the control character '\\ufffe'",
}
"""What is put at the end of a paper's page, and what is said of it."""
POLICIES = {
    "script-src 'self'": ("script-src 'self' 'wasm-unsafe-eval'", "lets in too much"),
    "connect-src 'self'": ("connect-src localhost", "lets in too much"),
    "connect-src 'self'; ": ("", "lacks what all have"),
    "script-src": ("script-scr", "lacks what all have"),
    "'self'; style-src": ("'self' style-src", "lacks what all have"),
    "style-src 'self'": ("style-src 'none'", "keeps out what the page itself loads"),
    "img-src 'self'": ("img-src self", "lets in too much"),
    "base-uri 'none'": ("base-uri 'self'", "lets in too much"),
    "form-action 'none'": ("form-action 'self' *", "lets in too much"),
    "default-src 'none'": ("default-src 'none'; frame-src 'self'", "lets in too much"),
    "<meta charset=utf-8>": ("", "that it is UTF-8"),
    "<meta name=viewport": ("<meta name=port", "no viewport"),
    "width=device-width": ("width=device-width,user-scalable=no", "make it larger"),
    "<link rel=stylesheet": ("<link rel=style", "loads no style sheet"),
}
"""What stands in its head, what is put there instead, and what is said of it."""


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Path:
    """Give a copy of a built site that may be changed, and does not say what was built."""
    root = sample_site.linked(tmp_path / "site")
    (root / ".daybook-manifest").unlink()
    return root


def change(root: Path, path: str, old: str, new: str) -> None:
    """Change the first place in a file that a regular expression fits."""
    text, times = re.subn(old, new, (root / path).read_bytes().decode(), count=1, flags=re.DOTALL)
    assert times == 1, f"{path} has no {old}"
    (root / path).unlink()  # the copy's files are links
    (root / path).write_bytes(text.encode())


def one(root: Path, pattern: str) -> str:
    return min(root.glob(pattern)).relative_to(root).as_posix()


def test_what_a_template_might_write_is_named_on_its_page(site: Path) -> None:
    changes = [(END, new + END, said) for new, said in STANDING.items()]
    changes += [(old, *new) for old, new in POLICIES.items()]
    pages = iter(sorted((site / "papers").glob("*.html")))
    wanted: dict[str, str] = {}
    for old, new, said in changes:
        path = next(pages).relative_to(site).as_posix()
        change(site, path, re.escape(old), new)
        wanted[path] = said
    lines = [str(finding) for finding in check_pages(Folder.of(site))]
    for path, said in wanted.items():
        assert any(line.startswith(f"{path}:") and said in line for line in lines), said
    assert {line.partition(".html")[0] + ".html" for line in lines} == set(wanted)


POLICY = "<meta http-equiv=Content-Security-Policy[^>]*>"
MISPLACED = {
    "text": r"x\g<0>",
    "a paragraph": r"<p>x</p>\g<0>",
    "a part of the page": r"<div></div>\g<0>",
    "a link": r"<a href=../index.html>x</a>\g<0>",
    "what scripts hide": r"<noscript>\g<0></noscript>",
    "a template": r"<template>\g<0></template>",
    "a drawing": r"<svg>\g<0></svg>",
}


def test_a_policy_stands_where_a_browser_obeys_it(site: Path) -> None:
    """In the body, as in what is not read as markup, it is passed over."""
    pages = iter(sorted((site / "papers").glob("*.html")))
    wanted = []
    for place in MISPLACED.values():
        path = next(pages).relative_to(site).as_posix()
        change(site, path, POLICY, place)
        wanted.append(f"{path}:1: loads or shows something before its Content-Security-Policy")
    sane = next(pages).relative_to(site).as_posix()
    change(site, sane, POLICY, r"<!-- a -->\n<meta name=a content='b > c'><title>x</title>\g<0>")
    change(site, sane, "(.*)<title>[^<]*</title>", r"\1")
    lines = [str(finding) for finding in check_pages(Folder.of(site))]
    assert sorted(lines) == wanted


def test_times_of_every_kind_are_none_too_many(site: Path) -> None:
    kinds = ("2025", "2025-03", "2025-03-11", "2025-W11", "03-11", "14:30", "2025-03-11 14:30",
             "2025-03-11T14:30:05.5Z", "+01:00", "PT2H", "2h 3m")  # fmt: skip
    times = "".join(f'<time datetime="{kind}">x</time>' for kind in kinds)
    change(site, PAPER, END, f"{times}<time>2025</time><p dir=RTL>x{END}")
    assert list(check_pages(Folder.of(site))) == []


def test_a_signs_form_and_a_link_to_the_whole_address_are_no_fault(site: Path) -> None:
    formula = "<math><mo form=prefix>-</mo><mn>1</mn></math>"
    change(site, PAPER, END, f'{formula}<a href="{SITEURL}/about.html">x</a>{END}')
    assert list(check_pages(Folder.of(site))) == []


def test_only_the_page_of_wrong_addresses_may_name_files_from_the_root(site: Path) -> None:
    """It comes first, and what was learnt of its tags holds for no other page of its folder."""
    change(site, "index.html", "href=assets/icon.svg", "href=/repo/assets/icon.svg")
    (finding,) = check_pages(Folder.of(site))
    assert str(finding).startswith("index.html:1: /repo/assets/icon.svg is not found from a disk")


Look = Callable[[Folder], Iterator[Finding]]

TEXT = r'(<(?:summary|content) type="html">)'
ENTRY = f'href="{SITEURL}/papers/[^"]*"'
CHANGES: dict[Look, tuple[tuple[str, str, str, str], ...]] = {
    check_feeds: (
        (FEED, '<link rel="self"[^>]*>', "", "does not say where it is"),
        (FEED, "-\\d\\dT00", "-32T00", "is no time of RFC 3339"),
        (FEED, "<author>.*?</author>", "<author><name/></author>", "has no author"),
        (FEED, TEXT, r"\1&lt;script&gt;x&lt;/script&gt;", "a <script> in the page"),
        (FEED, TEXT, r"\1&lt;/div&gt;", "ends nothing that is open"),
        (FEED, TEXT, r'\1&lt;img alt="" src="https://x.example/a.png"&gt;', "loads https://x.ex"),
        (FEED, TEXT, r'\1&lt;a href="about.html"&gt;x&lt;/a&gt;', "outside of the site"),
        (FEED, TEXT, r'\1&lt;a href="javascript:x"&gt;x&lt;/a&gt;', "no address to follow"),
        (FEED, ' type="html">', ' type="text">', "said to be no HTML"),
        (FEED, TEXT, r"\1<b>x</b>", "said to be no HTML"),
        (FEED, "2005/Atom", "2005/Atm", "is of no known kind"),
        (
            FEED,
            "<feed",
            '<?xml-stylesheet href="//x.example/a"?><feed',
            "before its first",
        ),
        (FEED, "<entry>", "<icon>https://x.example/a.png</icon><entry>", "is not of this site"),
        (FEED, ENTRY, f'href="{SITEURL}/about.html"', "is no paper's page"),
        (RSS, 'version="2.0"', 'version="3.0"', "does not say that it is RSS 2.0"),
        (RSS, "<description>.*?</description>", "", "the channel has no description"),
        (RSS, "<pubDate>...", "<pubDate>Xyz", "is no time of RFC 822"),
        (RSS, "<atom:updated>....", "<atom:updated>X", "is no time of RFC 3339"),
        (RSS, "<description>&lt;p", "<description>&lt;script&gt;&lt;p", "<script> has no end"),
        (JSON, "version/1.1", "version/9", "is of an unknown version"),
        (JSON, '"feed_url":"[^"]*', f'"feed_url":"{SITEURL}/about.html', "says that it is http"),
        (JSON, '"home_page_url":"[^"]*', f'"home_page_url":"{SITEURL}/x', "leads to x, which is"),
        (JSON, '"content_html"', '"content"', "has no title or no content"),
        (JSON, '"date_modified":"....', '"date_modified":"X', "is no time of RFC 3339"),
        (JSON, '"items":', '"x":NaN,"items":', "NaN is no number"),
        (JSON, '"content_html":"', '"content_html":"<b>', "<b> has no end"),
        (OPML, ' text="[^"]*"', "", "a feed without a name"),
        (OPML, 'xmlUrl="[^"]*"', f'xmlUrl="{SITEURL}/about.html"', "is no feed"),
        ("opensearch.xml", "<ShortName>", "<ShortName>A name of very many", "has a ShortName of"),
        ("sitemap.xml", "</loc>", "</loc><lastmod>2025-02-30</lastmod>", "is no date"),
        ("sitemap.xml", "about.html</loc>", "about.html#main</loc>", "is no address of"),
        ("sitemap.xml", "about.html</loc>", "assets/icon.svg</loc>", "is no address of"),
    ),
    check_pages: (
        ("sitemap.xml", "<url><loc>[^<]*/authors/[a-z][^<]*</loc></url>", "", "by no sitemap"),
        ("sitemap.xml", "/about.html", "/404.html", "asks not to be listed, and a sitemap names"),
        (PAPER, "<title>", '<meta name="robots" content="noindex"><title>', "and a sitemap names"),
    ),
    check_forms: (
        (RSS, "<item>.*?</item>", "", f"tells of other papers than {FEED}"),
        (RSS, "(<item>.*?<title>)[^<]*", r"\1Else", f"tells of other papers than {FEED}"),
        (JSON, '("items":.*?"title":")[^"]*', r"\1Else", f"tells of other papers than {FEED}"),
        (FEED, "<entry>.*</entry>", "", "has no entry, and there are papers"),
    ),
    check_offline: (
        ("service-worker.js", r"\Z", "fetch('https://x.example/a')", "names https://x.example/a"),
        (
            "service-worker.js",
            r"\Z",
            "importScripts('//x.example/a.js')",
            "//x.example/a.js is not",
        ),
        ("assets/offline/worker.js", r"\Z", "fetch(`//x.example/a`)", "names //x.example/a, which"),
    ),
    check_robots: (
        ("robots.txt", "Sitemap: ", "# ", "does not name the sitemap"),
        ("robots.txt", "Allow: /", "Disallow: /", "keeps search engines out"),
        ("robots.txt", "Allow: /", "Disallow: *", "keeps search engines out"),
        ("robots.txt", "Allow: /", "Disallow: /repo/", "keeps search engines out"),
        ("robots.txt", "Sitemap: ([^\n]*)", r"SITEMAP: \1x", "sitemap.xmlx, which is not there"),
    ),
    check_data: (
        (BIB, "@[a-z]+{", "@thing{", "begins no entry"),
        (BIB, "@misc{[^,]*", "@misc{nobody", "has nobody, which is no paper here"),
        (BIB, "title = {", "title = }{", "not every { has its }"),
        (BIB, "  url = ", "  title = {x},\n  url = ", "has title twice"),
        (BIB, "(@[a-z]+{.*?\n}\n)", r"\1\1", "a second time"),
        (BIB, "@.*", "", "has no entry"),
        (LINES, "^[^\n]*\n", "", "than the bibliography beside it"),
        (CSV, "id,title", "id,name", "does not begin with id, title"),
        (CSV, "\n([^,]*),", r"\n\1,=", "a cell that a spreadsheet reckons"),
        (LINES, '"title":"', '"title":"X', "says another title of"),
        (LINES, '"title":"[^"]*"', '"title":null', "lacks what a paper has"),
        (LINES, '{"id"', '{"x":NaN,"id"', "is no JSON: NaN"),
        (LINES, '"url":"papers/', '"url":"paper/', "is at paper/"),
        (LINES, '"date":"....-..', '"date":"2025-13', "is no day"),
        (LINES, '"position":1', '"position":0', "is no. 0 of a digest"),
        (LINES, '"topics":\\["', '"topics":["x', "which is not there"),
        (LINES, '"arxiv":"', '"arxiv":"1', "another citation_arxiv_id of"),
        (LINES, '"authors":\\["', '"authors":["Nobody","', "says another citation_author of"),
        (CSV, "\n([^,]*,[^,]*,)[^,;]*", r"\n\1Nobody", "says another authors of"),
        (PAPER, "<h1>[^<]*", "<h1>Else", "says another heading of a-survey-on-bias"),
        (PAPER, '(citation_title [^>]*content=")[^"]*', r"\1Else", "says another citation_title"),
        (DIGESTS, '"id": "', '"id": "x', "which is no digest here"),
        (DIGESTS, '"entries": ', '"entry": ', "is no list of digests: KeyError"),
        (DIGESTS, '"date": "....-..', '"date": "2025-13', "is no day"),
        ("dates/on-03.js", '"papers/', '"paper/', "names paper/"),
        ("dates/on-03.js", ".*", "", "is no list of days"),
        ("dates/on-03.js", "daybook", "alert(1);daybook", "is no list of days"),
    ),
    check_index: (
        (MANIFEST, '"k1"', '"k2"', "nobody can reckon"),
        (MANIFEST, '"b":', '"b":9', "nobody can reckon"),
        (MANIFEST, '"version"', '"of"', "nobody can reckon"),
        (MANIFEST, '"size":', '"size":1', "nobody can reckon"),
        (MANIFEST, '"from":0', '"from":7', "nobody can reckon"),
        (MANIFEST, '"block":', '"block":9999', "nobody can reckon"),
        (MANIFEST, '"length":', '"length":-', "nobody can reckon"),
    ),
    check_style_and_scripts: (
        ("assets/daybook.js", '"keys.js"', '"clefs.js"', "names clefs.js, which is not there"),
        ("assets/daybook.css", ".*", "<!doctype html>", "has no rule of style"),
        (
            "assets/daybook.css",
            r"\Z",
            "p{background:URL( '//x.example/a' )}",
            "loads //x.example/a",
        ),
        (
            "assets/daybook.css",
            r"\Z",
            "p{background:\\\\75rl(//x.example/a)}",
            "loads //x.example/a",
        ),
        (
            "assets/daybook.css",
            r"\Z",
            "p{background:url(\\\\/\t\\\\/x.example/a)}",
            "loads //x.example/a",
        ),
        ("assets/daybook.css", r"\Z", "p{background:src('//x.example/a')}", "loads //x.example/a"),
        ("assets/daybook.css", "^", "@IMPORT/**/'//x.example/a.css';", "loads //x.example/a.css"),
        (
            "assets/daybook.css",
            r"\Z",
            "p{background:image-set(url(icon.svg) 1x,'//x.example/a' 2x)}",
            "loads //x.example/a",
        ),
        ("assets/icon.svg", "</svg>", "<style>x</style></svg>", "a <style> in a drawing"),
        ("assets/icon.svg", "<svg", '<?xml-stylesheet href="x"?><svg', "before its first element"),
    ),
}
"""By who looks at it: the file, what in it is changed to what, and what is said."""
CASES = [(look, *case) for look, cases in CHANGES.items() for case in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} {case[4]}")
def test_what_a_build_might_write_is_named_with_its_file(
    site: Path, case: tuple[Look, str, str, str, str]
) -> None:
    look, path, old, new, said = case
    change(site, path, old, new)
    lines = [str(finding) for finding in look(Folder.of(site))]
    assert any(said in line for line in lines), lines[:5]


def newsletter(site: Path, old: str, new: str) -> list[str]:
    change(site, one(site, "digests/*.eml"), old, new)
    return [str(finding) for finding in check_data(Folder.of(site))]


def test_a_newsletter_is_whole_and_leads_to_the_site(site: Path) -> None:
    assert any("is cut off" in line for line in newsletter(site, "--=_[^\n]*\n\n?.*", ""))


def test_a_newsletter_leads_to_papers_that_are_there(site: Path) -> None:
    lines = newsletter(site, "/papers/", "/paper/")
    assert any("leads to paper/" in line for line in lines)


def test_a_newsletter_may_name_an_address_of_mail(site: Path) -> None:
    assert newsletter(site, "<h1", '<a href=3D"mailto:off@papers.example">off</a><h1') == []


def test_a_newsletter_has_no_script(site: Path) -> None:
    lines = newsletter(site, "<h1", "<script></script><h1")
    assert any("a <script> in the page" in line for line in lines)


def test_a_newsletter_has_nothing_that_runs_or_leads_astray(site: Path) -> None:
    lines = newsletter(site, "<h1", '<p onclick=3D"x()"><a href=3D"javascript:x">a</a><iframe><h1')
    assert any("an inline onclick attribute on <p>" in line for line in lines)
    assert any("'javascript:x' is no address to follow" in line for line in lines)
    assert any("a <iframe> in the page" in line for line in lines)


def test_a_newsletter_is_of_its_own_digest(site: Path) -> None:
    one, other = sorted(site.glob("digests/*.eml"))[:2]
    text = other.read_bytes()
    one.unlink()
    one.write_bytes(text)
    (line,) = [str(finding) for finding in check_data(Folder.of(site))]
    assert line == f"digests/{one.name}: does not lead to the digest that it is of"


def test_a_newsletter_has_the_line_ends_of_mail(site: Path) -> None:
    (line,) = newsletter(site, "\r\n", "\n")
    assert "CR LF" in line


def test_a_newsletter_loads_nothing(site: Path) -> None:
    lines = newsletter(site, "<h1", '<img alt=3D"" src=3D"https://x.example/a.png"><h1')
    assert any("loads https://x.example/a.png" in line for line in lines)


def test_what_a_keepers_home_is_called_is_nobodys_business(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    change(site, PAPER, END, f"<p>/home/ada/drafts/x.txt{END}")
    change(site, one(site, "digests/*.eml"), "\r\n1. ", "\r\n1. /home/ada/x ")
    found = {
        str(finding).partition(":")[0]
        for finding in check(site)
        if "of this machine" in str(finding)
    }
    assert found == {PAPER, one(site, "digests/*.eml")}


def test_what_this_machine_is_called_is_in_no_file_whatever_its_kind(site: Path) -> None:
    place = f"{site.resolve().parent}/content"
    paths = ("assets/daybook.js", "assets/icon.svg", FEED, "robots.txt", "dates/on-03.js")
    contents: dict[str, str] = {}
    for path in paths:
        text = (site / path).read_text("utf-8")
        (site / path).unlink()  # the copy's files are links
        (site / path).write_text(f"{text}\n// {place}", "utf-8")
        contents[path] = told_apart(hashlib.sha256((site / path).read_bytes()).digest())
    rest = (path for path in Folder.of(site).sizes if path not in contents)
    contents |= dict.fromkeys(rest, "")
    (site / ".daybook-manifest").write_bytes(render_manifest(contents))
    found = {finding.path for finding in check(site) if "of this machine" in finding.message}
    assert found >= {"assets/daybook.js", "robots.txt", "dates/on-03.js"}
    assert {finding.path for finding in check(site)} >= set(paths)
