"""Every page of a site: there, titled, linked, and no larger than it need be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from daybook.catalogue.views import Named
from daybook.records import Appearance, Archive, DigestItem, PartialDate

from .links import broken_links
from .reading import page, text, with_assets
from .small_archive import ARCHIVE, OPTIONS, SITE, TOPICS, digest, paper, render


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
