"""The five real digests and the real pages and answers, entry by entry."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from daybook.digests import Reading, read_digest, read_folder
from daybook.records import DayOfYear, Digest, Entry

HEADS = {
    "new",
    "Get trending papers in your email inbox!",
    "Get trending papers in your email inbox once a day!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
}
MIRRORS = ("hf-mirror.492719920.workers.dev", "huggingface.host")


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    return read_folder(shared / "digests")


@pytest.fixture(scope="module")
def digests(reading: Reading) -> tuple[Digest, ...]:
    return reading.digests


def alternating_lines(path: Path) -> list[str]:
    """Give the titles and abstracts of a copy by an independent rule: they take turns."""
    text = path.read_text("utf-8")
    for mirror in MIRRORS:
        text = text.replace(mirror, "huggingface.co")
    lines = [line for line in text.split("\n") if line.strip() and line not in HEADS]
    tail = re.compile(r"  • \d+ authors?|·|[A-Z][a-z]{2} \d+(, \d{4})?( \d+)?")
    lines = [line for line in lines if not tail.fullmatch(line)]
    return [lines[0].removeprefix("Subscribe"), *lines[1:]]


def entry(digest: Digest, title: str) -> Entry:
    return next(entry for entry in digest.entries if entry.title.startswith(title))


def test_all_626_entries_are_read_and_nothing_is_refused(reading: Reading) -> None:
    assert [len(digest.entries) for digest in reading.digests] == [48, 87, 241, 201, 49]
    assert reading.refusals == ()
    assert [digest.refusals for digest in reading.digests] == [()] * 5


def test_titles_and_abstracts_are_exactly_the_source_s(
    shared: Path, digests: tuple[Digest, ...]
) -> None:
    for digest in digests:
        lines = alternating_lines(shared / "digests" / digest.source)
        assert [entry.title for entry in digest.entries] == lines[0::2]
        assert [entry.abstract for entry in digest.entries] == lines[1::2]
        assert [entry.position for entry in digest.entries] == [*range(1, len(lines) // 2 + 1)]


def test_every_entry_names_the_line_of_its_title(shared: Path, digests: tuple[Digest, ...]) -> None:
    for digest in digests:
        lines = (shared / "digests" / digest.source).read_text("utf-8").split("\n")
        for entry in digest.entries:
            assert entry.line is not None
            assert lines[entry.line - 1].removeprefix("Subscribe") == entry.title


def test_headings_without_a_year_are_days_of_a_year(digests: tuple[Digest, ...]) -> None:
    assert [digest.date for digest in digests] == [None] * 5
    days = [digest.heading_day for digest in digests]
    assert days == [DayOfYear(3, 11), DayOfYear(3, 14), None, None, DayOfYear(11, 10)]


def test_tails_give_author_counts_dates_and_comments(digests: tuple[Digest, ...]) -> None:
    last = digests[4]
    tailed = [entry for entry in last.entries if entry.author_count is not None]
    assert len(tailed) == 48
    assert all((e.published is None) != (e.published_day is None) for e in tailed)
    drifts = entry(last, "Value Drifts")
    assert (drifts.author_count, drifts.published, drifts.published_day) == (None, None, None)
    assert entry(last, "FairFedMed").published_day == DayOfYear(7, 21)
    stop = entry(last, "Stop Regressing")
    assert (str(stop.published), stop.comments) == ("2024-03-06", 1)
    assert entry(last, "TransMLA").comments == 9
    assert all(entry.upvotes is None for digest in digests for entry in digest.entries)


def test_eight_links_of_mirrors_in_seven_entries_are_put_right(
    shared: Path, digests: tuple[Digest, ...]
) -> None:
    assert [digest.repaired_links for digest in digests] == [0, 0, 4, 0, 4]
    changed = [
        entry
        for digest in digests
        for entry in digest.entries
        if (entry.abstract or "") not in (shared / "digests" / digest.source).read_text("utf-8")
    ]
    assert len(changed) == 7
    texts = [entry.abstract or "" for digest in digests for entry in digest.entries]
    assert not any(mirror in text for mirror in MIRRORS for text in texts)


def test_the_api_s_answers_are_read_with_every_field(shared: Path) -> None:
    folder = shared / "specimens" / "hf_json"
    for name, count in (
        ("2026-06-12_daily_papers_30.json", 30),
        ("2026-07-31_daily_papers_5.json", 5),
    ):
        data = (folder / name).read_bytes()
        (digest,) = read_digest(name, data)
        assert (len(digest.entries), str(digest.date)) == (count, name[:10])
        assert (digest.dated_by, digest.refusals) == ("file", ())
        for item, found in zip(json.loads(data), digest.entries, strict=True):
            paper = item["paper"]
            assert (found.arxiv, found.title) == (paper["id"], paper["title"])
            assert found.authors == tuple(author["name"] for author in paper["authors"])
            assert (found.upvotes, found.comments) == (paper["upvotes"], item["numComments"])
            assert str(found.published) == paper["publishedAt"][:10]
            assert found.keywords == tuple(paper.get("ai_keywords", ()))
            assert (found.abstract or "").split() == paper["summary"].split()
            assert found.ai_summary == paper.get("ai_summary")


def test_the_page_as_served_is_read_from_its_data_or_its_cards(shared: Path) -> None:
    page = (shared / "specimens/hf_html/2024-08-01_daily_list.html").read_text("utf-8")
    (whole,) = read_digest("page.html", page.encode())
    (seen,) = read_digest("page.html", page.replace("data-props", "data-gone").encode())
    assert (str(whole.date), len(whole.entries)) == ("2024-08-01", 13)
    assert (str(seen.date), len(seen.entries)) == ("2024-08-01", 13)
    for full, card in zip(whole.entries, seen.entries, strict=True):
        assert (card.title, card.arxiv) == (full.title, full.arxiv)
        assert (card.upvotes, card.comments) == (full.upvotes, full.comments)
        assert card.author_count == len(full.authors or ())
        assert full.abstract


def test_a_single_paper_s_page_is_a_digest_of_one(shared: Path) -> None:
    page = (shared / "specimens/hf_html/2025-10-01_paper_page_2509.24002.html").read_text("utf-8")
    (whole,) = read_digest("page.html", page.encode())
    (seen,) = read_digest("page.html", page.replace("data-props", "data-gone").encode())
    for digest in (whole, seen):
        (paper,) = digest.entries
        assert paper.title.startswith("MCPMark: A Benchmark for Stress-Testing Realistic")
        assert (paper.arxiv, str(digest.date)) == ("2509.24002", "2025-10-01")
        assert (paper.abstract or "").startswith("MCP standardizes how LLMs")
        assert (paper.ai_summary or "").startswith("MCPMark is a comprehensive")
    assert whole.entries[0].authors == seen.entries[0].authors


def test_a_card_whose_link_has_no_words_is_no_obstacle() -> None:
    """Found by fuzzing: a link around a picture alone, in a card that has words."""
    card = '<article><p>On {}.</p><h3><a href="/papers/2503.0000{}">{}</a></h3></article>'
    whole, broken = card.format("cards", 1, "Cards"), card.format("looms", 2, '<img alt="">')
    for cards in (whole + broken, broken + whole):
        page = f"<!doctype html><title>Daily Papers - Hugging Face</title><body>{cards}"
        (digest,) = read_digest("x", page.encode())
        assert [entry.title for entry in digest.entries] == ["Cards"]
        assert "no title" in digest.refusals[0].message


def test_a_page_copied_without_abstracts_is_no_wrapped_text() -> None:
    """Titles, who wrote them and votes stand on lines of their own; the site's menu above them."""
    page = """Hugging Face
Models
Buckets new
Pricing

Daily Papers
by
AK
and the research community

Daily
Weekly
Trending Papers
Tuesday, March 3
Previous
Next

Submitted by
lanternfish
87

Slow Tides: Long-Horizon Planning with Recurrent World Sketches
TidalLab
·
6 authors
4

Submitted by
mira-q
-

Do Agents Read the Manual? Measuring Documentation Use in Tool-Calling Models
·
11 authors

Company
TOS
"""
    (digest,) = read_digest("copied.txt", page.encode())
    assert digest.refusals == ()
    assert digest.heading_day == DayOfYear(3, 3)
    found = [(e.title[-8:], e.organization, e.submitter, e.upvotes) for e in digest.entries]
    assert found == [
        ("Sketches", "TidalLab", "lanternfish", 87),
        ("g Models", None, "mira-q", None),
    ]


def test_an_address_above_a_copied_page_dates_it_and_is_no_paper() -> None:
    page = "https://huggingface.co/papers/date/2026-02-05\n\nDaily Papers\n"
    page += "by AK and the research community\nFeb 5\n\nSubmitted by ada-l\n41\n"
    page += "On Kelp\n· 5 authors\n2\n"
    (digest,) = read_digest("copied.txt", page.encode())
    assert (str(digest.date), digest.refusals) == ("2026-02-05", ())
    assert [(entry.title, entry.upvotes) for entry in digest.entries] == [("On Kelp", 41)]


def test_buttons_of_a_copied_trending_page_are_no_papers() -> None:
    summary = "Slow Tides plans over long horizons using recurrent sketches of the world."
    lines = ["Trending Papers", "byAK and the research community", "Submitted by", "lanternfish"]
    lines += ["Slow Tides", summary, "TidalLab", "·", "Published on Mar 1, 2026", "Upvote", "87"]
    lines += ["GitHub", "1.2k", "arXiv Page", "Submitted by", "mira-q", "On Manuals", summary]
    lines += ["• 11 authors", "·", "Published on Feb 27, 2026", "Upvote", "52", "arXiv Page"]
    (digest,) = read_digest("copied.txt", "\n\n".join(lines).encode())
    assert digest.refusals == ()
    assert [(entry.title, entry.upvotes, entry.comments) for entry in digest.entries] == [
        ("Slow Tides", 87, None),
        ("On Manuals", 52, None),
    ]


def test_a_rendered_card_without_an_abstract_has_its_organization_for_none() -> None:
    page = """Title: Trending Papers - Hugging Face

URL Source: https://huggingface.co/papers/trending

### by [AK](https://huggingface.co/akhaliq) and the research community

### [Slow Tides](https://huggingface.co/papers/2603.00101)

[![Image 3: tidallab](https://example.org/o.png) TidalLab](https://huggingface.co/tidallab)

·

[6 authors](https://huggingface.co/papers/2603.00101)

### [On Manuals](https://huggingface.co/papers/2603.00202)

A study of manuals.

[11 authors](https://huggingface.co/papers/2603.00202)
"""
    (digest,) = read_digest("rendered.md", page.encode())
    tides, manuals = digest.entries
    assert (tides.organization, tides.abstract, tides.author_count) == ("TidalLab", None, 6)
    assert (manuals.ai_summary, manuals.abstract) == ("A study of manuals.", None)
