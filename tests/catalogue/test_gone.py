"""Addresses that moved, or have nothing to show any more, answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from bibtexparser.entrypoint import parse_string
from daybook.records import PartialDate

from .links import broken_links
from .reading import page, text, with_assets
from .small_archive import ARCHIVE, OPTIONS, SITE, render


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


def test_the_address_of_a_removed_paper_says_so_and_tells_nothing_else() -> None:
    archive = replace(ARCHIVE, removed=(("gone", "Asked for."), ("feigning-agreement", None)))
    files = render(archive)
    gone = page(files, "papers/gone.html")
    assert "Asked for." in text(gone)
    assert gone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "gone" not in files["sitemap.xml"].decode() + files["data/papers.jsonl"].decode()
    assert "Removed" in text(page(files, "papers/feigning-agreement.html"))
