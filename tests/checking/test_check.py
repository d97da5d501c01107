"""`make check` names whatever is broken in a built site, and finds nothing in a whole one."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from pathlib import Path

import pytest
from daybook.checking import check
from daybook.checking.data import check_data
from daybook.checking.feeds import check_feeds
from daybook.checking.folder import Folder
from daybook.checking.markup import read_page
from daybook.checking.nu import check_with_nu, checker, sample
from daybook.checking.pages import check_pages
from daybook.checking.parts import check_cards
from daybook.checking.whole import NOT_AS_BUILT
from daybook.publishing.limits import SITE_BYTES, limits_met

from ..sites import PROJECT, SITEURL, Site, run, run_pelican
from .broken import PAPER, change, one, said, unlisted


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


def test_what_the_keeper_removed_may_be_missing_in_the_sitemap(site: Path) -> None:
    unlisted(site)
    change(
        site,
        PAPER,
        "<meta name=description",
        "<meta name=robots content=noindex>\n<meta name=description",
    )
    assert list(check_pages(Folder.of(site))) == []


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
