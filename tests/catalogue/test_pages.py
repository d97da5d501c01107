import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import lxml.html
import pytest
from bibtexparser.entrypoint import parse_string
from daybook.catalogue.generator import site_options, static_files
from daybook.catalogue.options import SiteOptions
from daybook.catalogue.sitemaps import sitemaps
from daybook.catalogue.templating import own_theme
from daybook.catalogue.views import Named
from daybook.records import Appearance, Archive, DigestItem, PartialDate
from daybook.settings import read_settings

from .links import broken_links
from .small_archive import ARCHIVE, FAKING, OPTIONS, PLAIN, SITE, TOPICS, digest, paper, render


def page(files: dict[str, bytes], path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(files[path].decode())


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render()


def with_assets(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {f"assets/{path}": data for path, data in static_files(own_theme())}


def test_every_address_of_the_site_is_there(files: dict[str, bytes]) -> None:
    assert {path for path in files if not path.startswith(("authors/", "feeds/"))} == {
        "index.html",
        "search.html",
        "overview.html",
        "about.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "data/papers.jsonl",
        "data/digests.json",
        "data/index.html",
        "data/papers.bib",
        "data/papers.csv",
        "opensearch.xml",
        "digests/index.html",
        "digests/2025-03-11.html",
        "digests/2025-03-14.html",
        "digests/undated-1.html",
        *(f"digests/{name}.bib" for name in ("2025-03-11", "2025-03-14", "undated-1")),
        "dates/2024-12.bib",
        *(f"topics/{name}.bib" for name in ("safety", "vision", "unsorted")),
        "weeks/2025-w11.html",
        "reading-list.html",
        "data/ids.js",
        *(f"dates/on-{month:02d}.js" for month in range(1, 13)),
        *(f"digests/{name}.eml" for name in ("2025-03-11", "2025-03-14", "undated-1")),
        "days/2025-03-11.html",
        "days/2025-03-14.html",
        "dates/index.html",
        "dates/2024.html",
        "dates/2024-12.html",
        "dates/unknown.html",
        "topics/index.html",
        "topics/safety.html",
        "topics/vision.html",
        "topics/unsorted.html",
        *(f"venues/{name}" for name in ("index.html", "neurips.html", "neurips.bib")),
        *(f"venues/neurips--2024.{ending}" for ending in ("html", "bib")),
        "papers/pretended.html",
        "papers/feigning-agreement.html",
        *(f"papers/{paper.slug}.html" for paper in ARCHIVE.papers),
    }


def test_every_link_and_anchor_leads_somewhere(files: dict[str, bytes]) -> None:
    assert broken_links(with_assets(files), but="search/") == []


def test_the_checker_of_links_sees_a_broken_one(files: dict[str, bytes]) -> None:
    less = with_assets({path: data for path, data in files.items() if path != "about.html"})
    assert "papers/seeing-less.html -> ../about.html" in broken_links(less, but="search/")


def test_in_a_folder_of_a_blog_links_stay_inside_it_and_nothing_claims_the_root() -> None:
    menu = (Named("Me", "../pages/me.html"),)
    files = render(ARCHIVE, replace(OPTIONS, base="archive", menu=menu))
    assert not {"404.html", "robots.txt"} & files.keys()
    site = {f"archive/{path}": data for path, data in with_assets(files).items()}
    assert broken_links(site | {"pages/me.html": b"<p>me"}, but="search/") == []
    canonical = page(files, "papers/seeing-less.html").xpath("//link[@rel='canonical']/@href")
    assert canonical == [f"{SITE}/archive/papers/seeing-less.html"]


def test_a_missing_page_shows_links_that_work_at_any_depth(files: dict[str, bytes]) -> None:
    addresses = page(files, "404.html").xpath("//a[not(starts-with(@href, '#'))]/@href")
    assert addresses
    assert all(address.startswith("/repo/") for address in addresses)
    own_domain = render(ARCHIVE, replace(OPTIONS, url="https://papers.example.org"))
    assert 'href="/index.html"' in own_domain["404.html"].decode()
    assert 'href="/index.html"' in render(ARCHIVE, replace(OPTIONS, url=None))["404.html"].decode()


def test_an_old_address_leads_to_where_the_paper_is_now(files: dict[str, bytes]) -> None:
    moved = page(files, "papers/feigning-agreement.html")
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=../papers/pretending-to-agree.html"
    ]
    assert moved.xpath("//link[@rel='canonical']/@href") == [
        f"{SITE}/papers/pretending-to-agree.html"
    ]
    assert moved.xpath("//main//a/@href") == ["../papers/pretending-to-agree.html"]


def test_redirects_in_a_circle_or_to_nowhere_are_no_pages() -> None:
    archive = replace(ARCHIVE, redirects=(("a", "b"), ("b", "a"), ("c", "gone")))
    assert not {"papers/a.html", "papers/c.html"} & render(archive).keys()


def test_an_address_that_has_nothing_to_show_any_more_answers() -> None:
    gone = (
        ("authors/ada-gone", "papers/pretending-to-agree"),
        ("authors/bo-gone", "papers/nowhere"),
        ("digests/2025-01-01", None),
        ("digests/2025-03-11", None),
        ("topics/sight", "topics/vision"),
    )
    files = render(replace(ARCHIVE, gone=gone))
    assert broken_links(with_assets(files), but="search/") == []
    for old, new in (
        ("authors/ada-gone", "../papers/pretending-to-agree.html"),
        ("topics/sight", "../topics/vision.html"),
    ):
        moved = page(files, f"{old}.html")
        assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
    for old, now in (("authors/bo-gone", "authors"), ("digests/2025-01-01", "digests")):
        said = page(files, f"{old}.html")
        assert said.xpath("//main//a/@href") == [f"../{now}/index.html"]
    assert "was here" not in files["digests/2025-03-11.html"].decode()


def test_a_time_that_has_nothing_to_show_any_more_leads_to_what_is_nearest() -> None:
    year = next(paper.published.year for paper in ARCHIVE.papers if paper.published)
    plain = render(ARCHIVE)
    months = (f"{year}-{month:02d}" for month in range(1, 13))
    empty = next(month for month in months if f"dates/{month}.html" not in plain)
    gone = (
        (f"dates/{empty}", None),
        (f"dates/{year}", None),
        ("dates/1799-01", None),
        ("dates/1799", None),
        ("days/2025-03-10", None),
        ("days/2025-03-11", None),
        ("days/2020-01-01", "digests/2025-03-11"),
        ("days/2020-01-08", None),
    )
    files = render(replace(ARCHIVE, gone=gone))
    for path in (f"dates/{year}.html", "days/2025-03-11.html", "weeks/2025-w11.html"):
        assert files[path] == plain[path]
    assert broken_links(with_assets(files), but="search/") == []
    for old, new in (
        (f"dates/{empty}", f"../dates/{year}.html"),
        ("days/2025-03-10", "../weeks/2025-w11.html"),
        ("days/2020-01-01", "../digests/2025-03-11.html"),
    ):
        moved = page(files, f"{old}.html")
        assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
    for old in ("dates/1799-01", "dates/1799", "days/2020-01-08", "weeks/2020-w02"):
        assert page(files, f"{old}.html").xpath("//main//a/@href") == ["../dates/index.html"]
    assert files.keys() - plain.keys() == {
        *(f"{old}.html" for old, _ in gone if old not in (f"dates/{year}", "days/2025-03-11")),
        f"dates/{empty}.bib",
        "dates/1799-01.bib",
        "weeks/2020-w01.html",
        "weeks/2020-w02.html",
    }


def test_what_lay_beside_a_list_that_has_nothing_to_show_answers_too() -> None:
    """Those who subscribed to a topic or an author go on asking for the feed."""
    gone = (
        ("authors/ada-gone", "papers/pretending-to-agree"),
        ("dates/1799-01", None),
        ("digests/2025-01-01", None),
        ("topics/sight", "topics/vision"),
        ("topics/smell", None),
    )
    files = render(replace(ARCHIVE, gone=gone))
    for form in ("atom.xml", "rss.xml", "feed.json"):
        now, then = (files[f"feeds/topics/{slug}.{form}"].decode() for slug in ("vision", "sight"))
        assert then == now.replace(f"feeds/topics/vision.{form}", f"feeds/topics/sight.{form}")
        assert files[f"feeds/topics/smell.{form}"]
    for slug in ("topics/smell", "authors/ada-gone"):
        feed = feedparser.parse(files[f"feeds/{slug}.atom.xml"])
        assert (feed.bozo, feed.entries) == (False, [])
    assert files["topics/sight.bib"] == files["topics/vision.bib"]
    for old in ("authors/ada-gone", "dates/1799-01", "digests/2025-01-01", "topics/smell"):
        assert parse_string(files[f"{old}.bib"].decode()).entries == []
    large = render(replace(ARCHIVE, gone=gone), replace(OPTIONS, large_archive=1))
    assert [path for path in large if path.endswith("-gone.bib")] == ["authors/ada-gone.bib"]
    assert not {"topics/sight.bib", "topics/smell.bib", "dates/1799-01.bib"} & large.keys()


def test_lists_of_what_is_not_known_answer_when_all_is_known() -> None:
    everything = tuple(
        replace(one, published=PartialDate(2024), topics=("vision",)) for one in ARCHIVE.papers
    )
    files = render(replace(ARCHIVE, papers=everything))
    for old, now in (("topics/unsorted", "topics"), ("dates/unknown", "dates")):
        moved = page(files, f"{old}.html")
        assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [
            f"0; url=../{now}/index.html"
        ]
    plain = render()
    assert b"refresh" not in plain["topics/unsorted.html"] + plain["dates/unknown.html"]


@pytest.mark.parametrize("older", ["{{ reason }}", "{{ what }} {{ list_of.name }} {{ reason }}"])
def test_a_keepers_own_page_of_what_is_gone_may_say_all_that_any_such_page_says(
    tmp_path: Path, older: str
) -> None:
    (tmp_path / "daybook").mkdir()
    (tmp_path / "daybook" / "removed.html").write_text(f"<p>Mine: {older}</p>")
    gone = (("authors/bo-gone", None), ("digests/2025-01-01", None), ("topics/sight", None))
    archive = replace(ARCHIVE, gone=gone, removed=(("hidden", "Asked for."), ("unsaid", None)))
    files = render(archive, replace(OPTIONS, templates=(tmp_path,)))
    for address in (*(old for old, _ in gone), "papers/hidden", "papers/unsaid"):
        said = files[f"{address}.html"].decode()
        assert "Mine" in said
        assert "None" not in said
        assert ("Asked for." in said) == (address == "papers/hidden")


def test_a_paper_says_in_which_digests_it_came_and_at_which_place(files: dict[str, bytes]) -> None:
    links = page(files, "papers/pretending-to-agree.html").xpath("//a[contains(@href, '#entry')]")
    assert [(link.get("href"), text(link)) for link in links] == [
        ("../digests/2025-03-11.html#entry-1", "11 March 2025"),
        ("../digests/2025-03-14.html#entry-2", "14 March 2025"),
    ]


def test_an_inferred_year_is_marked_wherever_it_stands(files: dict[str, bytes]) -> None:
    for path in (
        "digests/2025-03-14.html",
        "digests/index.html",
        "papers/some-time-in-2024.html",
        "days/2025-03-14.html",
    ):
        assert "inferred" in text(page(files, path)), path
    assert "inferred" not in text(page(files, "digests/2025-03-11.html"))


def test_a_paper_tells_machines_what_it_is(files: dict[str, bytes]) -> None:
    head = page(files, "papers/pretending-to-agree.html")
    tags = [
        (tag.get("name"), tag.get("content"))
        for tag in head.xpath("//meta[starts-with(@name, 'citation_')]")
    ]
    assert tags == [
        ("citation_title", PLAIN),
        ("citation_author", "Zoë Łukasz"),
        ("citation_author", "Ada van Dyke"),
        ("citation_author", "Bo Chen Jr."),
        ("citation_publication_date", "2024/12/18"),
        ("citation_conference_title", "NeurIPS 2024"),
        ("citation_arxiv_id", "2412.00001"),
        ("citation_doi", "10.1000/abc_(1)"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2412.00001"),
    ]
    (script,) = head.xpath("//script[@type='application/ld+json']/text()")
    facts = json.loads(script)
    assert facts["@type"] == "ScholarlyArticle"
    assert facts["headline"] == PLAIN
    assert facts["author"] == list(FAKING.authors or ())
    assert facts["datePublished"] == "2024-12-18"
    graph = {tag.get("property"): tag.get("content") for tag in head.xpath("//meta[@property]")}
    assert graph["og:type"] == "article"
    assert graph["og:title"] == PLAIN
    assert graph["og:description"].startswith("We watch models.")
    (same,) = head.xpath("//link[@rel='canonical'][@property='og:url']/@href")
    assert same == f"{SITE}/papers/pretending-to-agree.html"


def test_a_page_says_less_twice_rather_than_more_than_seven_kilobytes() -> None:
    names = tuple(f"Maximiliana Featherstonehaugh-{number}" for number in range(10))
    known = paper(0, title="Of words " * 20, authors=names, published=PartialDate(2024))
    files = {
        venue: render(Archive((replace(known, venue="Proceedings of " + "x" * venue),), (), ()))
        for venue in (10, 300, 600, 900)
    }
    texts = {venue: pages["papers/paper-0.html"].decode() for venue, pages in files.items()}
    assert "<pre id=bibtex>" in texts[10]
    assert "<p class=links id=bibtex><a href=../data/index.html>" in texts[900]
    assert texts[10].count(names[0]) - texts[900].count(names[0]) == 2
    head = page(files[900], "papers/paper-0.html")
    assert head.xpath("//meta[@name='citation_author']/@content") == list(names)
    assert max(len(text.encode()) for text in texts.values()) <= 7000


def test_in_a_large_archive_a_paper_is_told_once_for_machines() -> None:
    large = render(ARCHIVE, replace(OPTIONS, large_archive=1))
    head = page(large, "papers/pretending-to-agree.html")
    assert not head.xpath("//script[@type='application/ld+json']")
    assert not head.xpath("//pre")
    assert head.xpath("//p[@id='bibtex']/a/@href") == ["../data/index.html"]
    assert head.xpath("//meta[@name='citation_title']/@content") == [PLAIN]
    assert head.xpath("//meta[@name='citation_author']/@content") == list(FAKING.authors or ())


@pytest.mark.parametrize(
    ("date", "written"),
    [(PartialDate(2024), "2024"), (PartialDate(2024, 6), "2024/06")],
)
def test_a_citation_date_is_as_exact_as_it_is_known(date: PartialDate, written: str) -> None:
    known = paper(0, authors=("A B",), published=date)
    head = page(render(Archive((known,), (), ())), "papers/paper-0.html")
    assert head.xpath("//meta[@name='citation_publication_date']/@content") == [written]


def test_without_an_author_or_a_date_there_are_no_citation_tags(files: dict[str, bytes]) -> None:
    assert b"citation_" not in files["papers/nobody-knows.html"]
    undated = paper(0, authors=("A B",))
    nameless = paper(1, authors=(" ",), published=PartialDate(2024))
    shown = render(Archive((undated, nameless), (), ()))
    assert b"citation_" not in shown["papers/paper-0.html"] + shown["papers/paper-1.html"]


def test_unknown_authors_are_a_number_and_a_placeholder_date_is_never_shown(
    files: dict[str, bytes],
) -> None:
    shown = text(page(files, "papers/nobody-knows.html"))
    assert "4 authors" in shown
    assert not any(
        b"1970" in data for path, data in files.items() if not path.endswith(".atom.xml")
    )


def test_papers_known_to_the_year_only_stand_in_the_year_page(files: dict[str, bytes]) -> None:
    year = page(files, "dates/2024.html")
    assert [text(heading) for heading in year.xpath("//main//h2")] == ["December", "Month unknown"]
    assert [text(title) for title in year.xpath("//main//h3")] == [
        "Pretending to agree: 100% of O(n2) models",
        "Seeing less",
        "Some time in 2024",
    ]
    assert b"nobody-knows" in files["dates/unknown.html"]


def test_topics_without_papers_are_not_shown_and_unsorted_papers_are(
    files: dict[str, bytes],
) -> None:
    index = page(files, "topics/index.html")
    assert index.xpath("//main//dt/a/@href") == [
        "../topics/safety.html",
        "../topics/vision.html",
        "../topics/unsorted.html",
    ]
    assert "nobody-knows" in files["topics/unsorted.html"].decode()


def test_a_topic_that_only_a_page_names_has_a_page() -> None:
    files = render(Archive((paper(0, topics=("tiny-worlds",)),), (), TOPICS))
    assert "Tiny worlds" in text(page(files, "topics/tiny-worlds.html"))


def test_long_lists_are_cut_into_pages_that_say_the_count() -> None:
    papers = tuple(
        paper(n, topics=("safety",), authors=("A B",), published=PartialDate(2024, 1, 1 + n))
        for n in range(25)
    )
    entries = tuple(DigestItem(n + 1, f"paper-{n}", "") for n in range(25))
    papers = tuple(
        replace(known, digests=(Appearance("2025-03-11", known.number + 1),)) for known in papers
    )
    archive = Archive(papers, (digest("2025-03-11", items=entries),), TOPICS)
    files = render(archive, replace(OPTIONS, page_size=10, digest_page_size=10))
    for first in ("topics/safety", "authors/a-b", "dates/2024", "dates/2024-01", "days/2025-03-11"):
        assert f"{first}-page-3.html" in files, first
        assert f"{first}-page-4.html" not in files, first
        assert "11 to 20 of 25" in text(page(files, f"{first}-page-2.html")), first
    newest = page(files, "topics/safety.html").xpath("//main//h2/a/@href")[0]
    assert newest == "../papers/paper-24.html"
    assert "../digests/2025-03-11-page-2.html#entry-11" in files["papers/paper-10.html"].decode()
    assert broken_links(with_assets(files), but="search/") == []


def test_a_digest_keeps_its_order_its_places_and_its_headings() -> None:
    items = (
        DigestItem(1, "paper-1", "", upvotes=3, group="First"),
        DigestItem(4, "paper-0", "", group="Second"),
    )
    papers = (paper(0, upvotes=99), paper(1))
    files = render(Archive(papers, (digest("2025-03-11", items=items),), ()))
    shown = page(files, "digests/2025-03-11.html")
    assert shown.xpath("//li/@id") == ["entry-1", "entry-4"]
    assert [text(heading) for heading in shown.xpath("//h2")] == ["First", "Second"]
    assert "3 upvotes" in text(shown)
    assert "99" not in text(shown)


def test_the_first_dated_digest_that_carries_a_paper_counts_it_as_new(
    files: dict[str, bytes],
) -> None:
    digests = page(files, "digests/index.html")
    assert "1 new" in text(digests.xpath("//main/ul/li[1]")[0])
    assert "all new" in text(digests.xpath("//main/ul/li[2]")[0])


def test_home_shows_the_newest_digest_and_what_was_seen_most(files: dict[str, bytes]) -> None:
    home = text(page(files, "index.html").xpath("//main")[0])
    assert "14 March 2025" in home
    assert "Most seen" in home


def test_the_about_page_is_the_keepers_or_explains_the_archive(files: dict[str, bytes]) -> None:
    words = text(page(files, "about.html"))
    for word in ("digest", "inferred", "not before", "Searching", "Dates"):
        assert word in words


def test_every_page_has_a_title_a_description_and_one_canonical_address(
    files: dict[str, bytes],
) -> None:
    titles = []
    for path in files:
        if not path.endswith(".html"):
            continue
        shown = page(files, path)
        assert len(shown.xpath("//link[@rel='canonical']")) == (path != "404.html"), path
        assert shown.xpath("//meta[@name='description']/@content")[0].strip(), path
        assert len(shown.xpath("//h1")) == 1, path
        if not path.startswith("papers/"):
            titles.append(shown.xpath("//title/text()")[0])
    assert sorted(titles) == sorted(set(titles))


def test_each_of_3000_authors_has_a_tag_and_is_named_once_and_who_has_no_name_has_none() -> None:
    names = ("", " ", '"><script>', *(f"Author {number:04}" for number in range(3000)))
    crowded = paper(0, authors=names, published=PartialDate(2024))
    content = render(Archive((crowded,), (), ()))["papers/paper-0.html"]
    head = page({"it": content}, "it")
    assert head.xpath("//meta[@name='citation_author']/@content") == list(names[2:])
    text = content.decode()
    assert {text.count(f"Author {number:04}") for number in range(200, 3000)} == {2}


def test_what_very_many_authors_cost_grows_with_their_number_and_not_with_its_square() -> None:
    sizes = []
    for number in (1000, 2000):
        names = tuple(f"Author {name}" for name in range(number))
        works = [paper(n, authors=names, published=PartialDate(2024)) for n in range(2)]
        files = render(Archive(tuple(works), (), ()))
        sizes.append(sum(map(len, files.values())))
        assert len(files["papers/paper-0.html"]) < 110 * number + 60_000
        assert b"Author 99 and others}" in files["papers/paper-0.html"]
    assert sizes[1] < 2.5 * sizes[0]


def test_the_keepers_notes_are_shown_below_the_papers_heading(files: dict[str, bytes]) -> None:
    shown = page(files, "papers/pretending-to-agree.html")
    assert shown.xpath("//h2[text()='Notes']")
    assert shown.xpath("//em[text()='twice']")


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


def test_without_a_site_address_nothing_pretends_to_know_one() -> None:
    files = render(ARCHIVE, replace(OPTIONS, url=None))
    assert "sitemap.xml" not in files
    assert b"Sitemap" not in files["robots.txt"]
    assert b"canonical" not in files["papers/seeing-less.html"]
    assert broken_links(with_assets(files), but="search/", prefix="/") == []


def test_an_empty_archive_is_a_site_too() -> None:
    files = render(Archive((), (), ()))
    assert broken_links(with_assets(files), but="search/") == []


def test_a_template_of_the_sites_own_theme_goes_first(tmp_path: Path) -> None:
    own = tmp_path / "daybook"
    own.mkdir()
    (own / "404.html").write_text("mine: {{ page.title }}")
    files = render(ARCHIVE, replace(OPTIONS, templates=(tmp_path,)))
    assert files["404.html"] == b"mine: Not found"
    (own / "404.html").write_text("changed: {{ page.title }}")
    changed = render(ARCHIVE, replace(OPTIONS, templates=(tmp_path,)))
    assert changed["404.html"] == b"changed: Not found"
    assert files["about.html"] == render()["about.html"]


def large() -> dict[str, bytes]:
    """Give the toy archive as if it were a large one."""
    return render(ARCHIVE, replace(OPTIONS, large_archive=1))


def test_a_large_archive_keeps_every_page_and_writes_no_more_than_it_needs() -> None:
    files = large()
    assert broken_links(with_assets(files), but="search/") == []
    topic = page(files, "topics/vision.html")
    assert [text(by) for by in topic.xpath("//main//p[@class='by']")] == [
        "Zoë Łukasz, Ada van Dyke, Bo Chen Jr.",
        "Zoe Lukasz, 张三",
    ]
    assert not topic.xpath("//*[@class='excerpt']")
    assert topic.xpath("//time/@datetime") == ["2024-12-18", "2024-12"]
    assert "../dates/2024-12.html" in page(files, "dates/2024.html").xpath("//main//li/a/@href")
    assert page(files, "dates/2024-12.html").xpath("//main//a[contains(@href, 'seeing-less')]")
    day = page(files, "days/2025-03-11.html").xpath("//main//h2/a/@href")
    assert day == ["../digests/2025-03-11.html"]
    digest = page(files, "digests/2025-03-11.html")
    assert not digest.xpath("//*[@class='excerpt']")
    assert digest.xpath("//li[@id='entry-1'][@value='1']")
    paper_page = page(files, "papers/pretending-to-agree.html")
    assert not paper_page.xpath("//nav[@class='neighbours']")
    author = page(files, "authors/zoe-lukasz.html")
    assert author.xpath("//main//li/a[contains(@href, 'seeing-less')]")
    assert not author.xpath("//p[@class='by']")


def test_one_more_digest_leaves_the_pages_of_other_papers_as_they_were() -> None:
    latest = digest("2025-04-01", "new", name="1 April 2025")
    new = paper(9, slug="new", published=PartialDate(1999), topics=("empty",))
    more = replace(ARCHIVE, papers=(*ARCHIVE.papers, new), digests=(latest, *ARCHIVE.digests))
    before, after = render(), render(more)
    changed = {path for path in before if before[path] != after[path]}
    assert not changed & {"papers/seeing-less.html", "topics/vision.html", "search.html"}


def test_a_paper_page_is_small_besides_its_abstract() -> None:
    known = replace(
        FAKING,
        authors=tuple(f"Firstname Lastname-{number}" for number in range(10)),
        abstract="An abstract.",
        notes=None,
    )
    files = render(replace(ARCHIVE, papers=(known, *ARCHIVE.papers[1:])))
    assert len(files["papers/pretending-to-agree.html"]) < 7000


def test_a_paper_shows_its_version_its_headings_and_what_happened_to_it() -> None:
    items = (DigestItem(1, "paper-0", "", group="Safety first"),)
    known = paper(
        0,
        arxiv="2501.00001",
        arxiv_version=3,
        withdrawn="Its data were wrong.",
        uncarried=True,
        ai_summary="It says so.",
        blurb="Read this.",
        abstract="We say so.",
        digests=(Appearance("2025-03-11", 1),),
    )
    files = render(Archive((known,), (digest("2025-03-11", items=items),), ()))
    shown = page(files, "papers/paper-0.html")
    assert "2501.00001, version 3" in text(shown)
    assert "under ‘Safety first’" in text(shown)
    assert "Withdrawn. Its data were wrong." in text(shown)
    assert "No digest of this archive carries this paper any more" in text(shown)
    sections = {text(s.xpath("h2")[0]): text(s) for s in shown.xpath("//section[p]")}
    assert "We say so." in sections["Abstract"]
    assert "It says so." in sections["Machine-written summary"]
    assert "Read this." in sections["In the digest’s words"]
    assert "Withdrawn" in text(page(files, "digests/2025-03-11.html"))


def test_the_address_of_a_removed_paper_says_so_and_tells_nothing_else() -> None:
    archive = replace(ARCHIVE, removed=(("gone", "Asked for."), ("feigning-agreement", None)))
    files = render(archive)
    gone = page(files, "papers/gone.html")
    assert "Asked for." in text(gone)
    assert gone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "gone" not in files["sitemap.xml"].decode() + files["data/papers.jsonl"].decode()
    assert "Removed" in text(page(files, "papers/feigning-agreement.html"))


def test_lists_tell_link_previews_what_they_are(files: dict[str, bytes]) -> None:
    for path in ("index.html", "topics/vision.html", "digests/2025-03-11.html", "dates/2024.html"):
        found = page(files, path)
        told = {
            element.get("property"): element.get("content") or element.get("href")
            for element in found.xpath("//head/*[starts-with(@property, 'og:')]")
        }
        names = ("title", "description", "url", "type", "site_name")
        assert told.keys() == {f"og:{name}" for name in names}
        assert all(told.values())
