import datetime as dt
import json
from dataclasses import replace
from urllib.parse import urljoin

import feedparser
import pytest
from daybook.records import Archive, PartialDate
from lxml import etree

from .small_archive import (
    ARCHIVE,
    FAKING,
    OPTIONS,
    PLAIN,
    SEEING,
    SITE,
    TOPICS,
    UNKNOWN,
    paper,
    render,
)


def parsed(content: bytes) -> feedparser.FeedParserDict:
    feed = feedparser.parse(content)
    assert not feed.bozo
    return feed


def test_the_archives_feed_gives_back_titles_authors_dates_and_abstracts() -> None:
    feed = parsed(render()["feeds/archive.atom.xml"])
    assert feed.version == "atom10"
    assert feed.feed.title == "Toy archive"
    assert [entry.title for entry in feed.entries] == [
        "Some time in 2024",
        PLAIN,
        "Seeing less",
        "Nobody knows",
    ]
    faking = feed.entries[1]
    assert [author.name for author in faking.authors] == list(FAKING.authors or ())
    assert faking.link == f"{SITE}/papers/pretending-to-agree.html"
    assert faking.id == faking.link
    assert faking.updated == "2025-03-11T00:00:00Z"
    assert faking.published == "2024-12-18T00:00:00Z"
    assert "They pretend &amp; smile" in faking.summary
    assert [tag.label for tag in faking.tags] == ["Safety", "Vision"]
    assert "published" not in feed.entries[2], "a month is no point in time"
    assert feed.feed.updated == "2025-03-14T00:00:00Z"


def test_topics_have_feeds_with_abstracts_and_authors_of_two_papers_feeds_without() -> None:
    files = render()
    feeds = {path for path in files if path.startswith("feeds/")}
    assert feeds == {
        *(
            f"feeds/{name}.{form}"
            for name in ("archive", "topics/safety", "topics/vision", "topics/unsorted")
            for form in ("atom.xml", "rss.xml", "feed.json")
        ),
        "feeds/authors/zoe-lukasz.atom.xml",
        "feeds/feeds.opml",
    }
    vision = parsed(files["feeds/topics/vision.atom.xml"])
    assert vision.feed.title == "Vision · Toy archive"
    assert all("summary" in entry for entry in vision.entries)
    author = parsed(files["feeds/authors/zoe-lukasz.atom.xml"])
    assert [entry.title for entry in author.entries] == [PLAIN, SEEING.title]
    assert not any("summary" in entry for entry in author.entries)


@pytest.mark.parametrize("more", [0, 1])
def test_of_late_papers_it_takes_three_for_an_authors_feed(more: int) -> None:
    second = max(FAKING.number, SEEING.number)
    files = render(options=replace(OPTIONS, feeds_of_two=second + more))
    path = "feeds/authors/zoe-lukasz.atom.xml"
    said = [name for name, content in files.items() if path in content.decode("utf-8", "replace")]
    assert (path in files) == bool(more)
    assert bool(said) == bool(more)
    assert "authors/zoe-lukasz.html" in files


@pytest.mark.parametrize("url", [SITE, None])
def test_an_authors_feed_of_a_large_archive_says_the_same_in_fewer_bytes(url: str | None) -> None:
    path = "feeds/authors/zoe-lukasz.atom.xml"
    files = [
        render(ARCHIVE, replace(OPTIONS, url=url, large_archive=most))[path] for most in (9, 1)
    ]
    plain, large = (feedparser.parse(text, response_headers={}) for text in files)
    assert len(large.entries) == 2
    for before, after in zip(plain.entries, large.entries, strict=True):
        for name in ("id", "title", "updated", "published", "published_parsed", "language"):
            assert before.get(name) == after.get(name), name
        assert urljoin("x/y/z/", before.link) == urljoin("x/y/z/", after.link)
    assert large.feed.authors[0].name == "Zoë Łukasz"
    assert (large.feed.id, large.feed.title) == (plain.feed.id, plain.feed.title)
    assert urljoin("x/y/", large.feed.links[-1].href) == urljoin("x/y/", plain.feed.links[-1].href)
    assert len(files[1]) < len(files[0])


def test_a_feed_holds_the_newest_papers_only() -> None:
    papers = tuple(paper(n, date=dt.date(2025, 1, 1 + n), topics=("safety",)) for n in range(9))
    files = render(Archive(papers, (), TOPICS), replace(OPTIONS, feed_size=3))
    for path in ("feeds/archive.atom.xml", "feeds/topics/safety.atom.xml"):
        titles = [entry.title for entry in parsed(files[path]).entries]
        assert titles == ["Paper 8", "Paper 7", "Paper 6"]


def test_control_characters_and_markup_leave_a_feed_well_formed() -> None:
    title = "a\x00b\x0b<script>\ufffe &amp; ]]>\ud800"
    files = render(Archive((paper(0, title=title, abstract=title, authors=(title,)),), (), ()))
    entry = parsed(files["feeds/archive.atom.xml"]).entries[0]
    assert entry.title == "ab<script> &amp; ]]>\ufffd"
    assert "<script>" not in entry.summary
    assert "&lt;script&gt;" in entry.summary


def test_without_a_site_address_links_lead_from_the_feed_to_the_pages() -> None:
    files = render(ARCHIVE, replace(OPTIONS, url=None))
    root = etree.fromstring(files["feeds/topics/safety.atom.xml"])
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert root.base == "../../"
    assert root.xpath("string(a:entry/a:link/@href)", namespaces=atom) == (
        "papers/pretending-to-agree.html"
    )
    identifiers = root.xpath("//a:id/text()", namespaces=atom)
    assert all(identifier.startswith("urn:uuid:") for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("later", [dt.date(2025, 3, 11), dt.date(2031, 1, 1)])
def test_an_entry_keeps_its_identifier_whatever_arrives_later(later: dt.date) -> None:
    more = replace(ARCHIVE, papers=(*ARCHIVE.papers, paper(4, date=later)))
    before = parsed(render()["feeds/archive.atom.xml"])
    after = parsed(render(more)["feeds/archive.atom.xml"])
    assert {entry.id for entry in before.entries} < {entry.id for entry in after.entries}


def test_an_empty_archive_has_a_valid_feed() -> None:
    feed = parsed(render(Archive((), (), ()))["feeds/archive.atom.xml"])
    assert feed.entries == []
    assert feed.feed.updated == "1970-01-01T00:00:00Z"


def test_a_year_before_1000_is_still_four_digits() -> None:
    old = paper(0, date=dt.date(825, 1, 1), published=PartialDate(825, 1, 1))
    assert (
        "0825-01-01T00:00:00Z" in render(Archive((old,), (), ()))["feeds/archive.atom.xml"].decode()
    )


def test_rss_and_json_feed_say_what_atom_does_and_the_list_names_them_all() -> None:
    files = render()
    for place in ("feeds/archive", "feeds/topics/vision"):
        atom = parsed(files[f"{place}.atom.xml"])
        rss = parsed(files[f"{place}.rss.xml"])
        assert rss.version == "rss20"
        assert rss.feed.title == atom.feed.title
        known = json.loads(files[f"{place}.feed.json"])
        assert {"version", "title", "items", "feed_url", "home_page_url"} <= known.keys()
        assert known["version"] == "https://jsonfeed.org/version/1.1"
        assert (known["title"], known["feed_url"]) == (atom.feed.title, f"{SITE}/{place}.feed.json")
        assert len(atom.entries) == len(rss.entries) == len(known["items"]) > 0
        for one, two, three in zip(atom.entries, rss.entries, known["items"], strict=True):
            assert one.title == two.title == three["title"]
            assert one.link == two.link == three["url"] == three["id"] == two.id
            names = [author.name for author in one.get("authors", [])]
            assert [author["name"] for author in three["authors"]] == names
            assert [author.name for author in two.get("authors", [])] == names
            dated = one.title != UNKNOWN.title
            assert two.get("published_parsed") == one.get("published_parsed")
            assert two.get("updated") == (one.updated if dated else None)
            assert three.get("date_modified") == (one.updated if dated else None)
            assert one.get("published") == three.get("date_published")
            assert one.get("summary") == two.get("summary") == three.get("content_html")
            assert ("content_html" in three) != ("content_text" in three)
            labels = [tag.label for tag in one.get("tags", [])]
            assert [tag.term for tag in two.get("tags", [])] == three["tags"] == labels


def test_the_list_of_feeds_names_every_atom_feed_and_is_cut_by_letter_where_authors_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def listed(files: dict[str, bytes]) -> list[str]:
        urls = []
        for path in sorted(files):
            if path.endswith(".opml"):
                root = etree.fromstring(files[path])
                assert root.get("version") == "2.0"
                assert all(outline.get("text") for outline in root.iter("outline"))
                urls += [outline.get("xmlUrl", "") for outline in root.iter("outline")]
        return sorted(urls)

    files = render()
    expected = sorted(f"{SITE}/{path}" for path in files if path.endswith(".atom.xml"))
    assert listed(files) == expected
    monkeypatch.setattr("daybook.catalogue.feeds._MOST_LISTED", 0)
    files = render()
    assert "feeds/authors-l.opml" in files
    assert listed(files) == expected


def test_without_a_site_address_there_is_atom_alone() -> None:
    files = render(ARCHIVE, replace(OPTIONS, url=None))
    assert all(path.endswith(".atom.xml") for path in files if path.startswith("feeds/"))
