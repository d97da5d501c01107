"""Addresses that have nothing to show any more are remembered, whatever took it away."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from daybook.archive import Taxonomy, convert
from daybook.archive.ledger import FILE_NAME
from daybook.digests import Reading
from daybook.records import Archive, Digest, Entry, PartialDate

from ..catalogue.small_archive import render
from .conftest import Keep
from .few_digests import BARE, SHIPS, STORKS, digest, page_of, paper_of


def test_addresses_that_have_nothing_to_show_any_more_are_remembered(
    keep: Keep, papers: Path, taxonomy: Taxonomy
) -> None:
    """A digest removed, an author corrected, a topic whose slug was changed."""
    faults = dataclasses.replace(STORKS, authors=("Ada One", "Bo Two"), title="Fairness and bias")
    first = keep(digest("1.txt", faults, day="2025-03-10"), digest("2.txt", BARE, day="2025-03-11"))
    assert first.archive.gone == ()
    (topic, *_) = paper_of(first.archive, faults.title).topics
    here = next(one for one in taxonomy.topics if one.slug == topic)
    renamed = dataclasses.replace(here, slug="renamed", formerly=(topic,))
    changed = tuple(renamed if one is here else one for one in taxonomy.topics)
    mended = dataclasses.replace(faults, authors=("Ada Byron", "Bo Two"))
    for _ in range(2):
        done = convert(
            Reading((digest("1.txt", mended, day="2025-03-10"),), (), 1),
            papers,
            None,
            dataclasses.replace(taxonomy, topics=changed, fingerprint="another"),
        )
        (paper,) = {place.slug for kept in done.archive.digests for place in kept.items}
        assert done.archive.gone == (
            ("authors/ada-one", f"papers/{paper}"),
            ("days/2025-03-11", None),
            ("digests/2025-03-11", None),
            (f"topics/{topic}", "topics/renamed"),
        )
    assert "Ada One" not in (papers / FILE_NAME).read_text("utf-8")


def test_days_and_months_that_are_no_more_are_remembered(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    """A digest whose date is corrected, one that is removed, and a month's only paper hidden."""
    word = tmp_path / "papers.toml"
    old = dataclasses.replace(STORKS, published=PartialDate.parse("2024-01-02"))
    new = dataclasses.replace(SHIPS, published=PartialDate.parse("2024-02"))

    def keep(hidden: str, *digests: Digest) -> Archive:
        word.write_text(hidden, encoding="utf-8")
        reading = Reading(digests, (), 1)
        return convert(reading, papers, None, taxonomy, corrections=word).archive

    two = digest("1.txt", old, new, day="2025-03-10"), digest("2.txt", BARE, day="2025-03-11")
    assert keep("", *two).gone == ()
    later = digest("1.txt", old, new, day="2025-03-12")
    gone = (
        ("dates/2024-01", None),
        ("days/2025-03-10", "digests/2025-03-10"),
        ("days/2025-03-11", None),
        ("digests/2025-03-11", None),
    )
    assert keep(f'[[hide]]\npaper = "arXiv:{STORKS.arxiv}"\n', later).gone == gone
    assert keep("", later).gone == gone[1:]
    assert keep("", *two).gone == (("days/2025-03-12", "digests/2025-03-10"),)


def test_addresses_that_a_page_made_by_hand_gave_outlive_what_it_said(
    keep: Keep, papers: Path
) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text("Title: My find\nAuthors: Ada One; Bo Two\nPublished: 1999-02\n", "utf-8")
    byline = dataclasses.replace(SHIPS, authors=("Bo Two",))
    keep(digest("1.txt", byline))
    page.write_text("Title: My find\nAuthors: Ada Byron\n", "utf-8")
    assert keep(digest("1.txt", byline)).archive.gone == (
        ("authors/ada-byron", "papers/my-find"),
        ("authors/ada-one", "papers/my-find"),
        ("dates/1999", None),
        ("dates/1999-02", None),
    )


def test_every_day_that_a_digest_ever_had_is_remembered(keep: Keep) -> None:
    """The day of an undated digest's first sidecar, and the one before the last correction."""
    keep(digest("1.txt", STORKS), digest("2.txt", SHIPS, day="2025-03-10"))
    keep(digest("1.txt", STORKS, day="2025-03-11"), digest("2.txt", SHIPS, day="2025-03-12"))
    later = digest("1.txt", STORKS, day="2025-03-21"), digest("2.txt", SHIPS, day="2025-03-22")
    for _ in range(2):
        assert keep(*later).archive.gone == (
            ("days/2025-03-10", "digests/2025-03-10"),
            ("days/2025-03-11", "digests/undated-1"),
            ("days/2025-03-12", "digests/2025-03-10"),
        )
    back = digest("1.txt", STORKS, day="2025-03-11"), digest("2.txt", SHIPS, day="2025-03-10")
    gone = [address for address, _ in keep(*back).archive.gone]
    assert gone == ["days/2025-03-12", "days/2025-03-21", "days/2025-03-22"]


def test_the_address_of_a_paper_whose_page_is_lost_answers(keep: Keep, papers: Path) -> None:
    """No digest carries it any more, and no other paper's page led to it but one that is merged."""
    short = Entry(1, "Storks at rest", abstract="Birds.")
    two = digest("1.txt", STORKS, day="2025-03-10"), digest("2.txt", short, day="2025-03-11")
    keep(*two)
    known = dataclasses.replace(short, arxiv=STORKS.arxiv)
    keep(two[0], digest("2.txt", known, day="2025-03-11"))
    page_of(papers, "where-storks-rest").unlink()
    done = keep(digest("3.txt", SHIPS, day="2025-03-12"))
    assert done.archive.removed == (("storks-at-rest", None), ("where-storks-rest", None))
    assert done.archive.redirects == ()
    back = keep(*two).archive
    assert (back.removed, back.redirects) == ((), (("storks-at-rest", "where-storks-rest"),))


def test_the_address_of_an_author_whose_only_paper_is_hidden_answers(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    word = tmp_path / "papers.toml"
    byline = dataclasses.replace(STORKS, authors=("Ada One",))
    reading = Reading((digest("1.txt", byline, BARE, day="2025-03-10"),), (), 1)
    for text in ("", '[[hide]]\npaper = "arXiv:2401.00001"\n'):
        word.write_text(text, encoding="utf-8")
        done = convert(reading, papers, None, taxonomy, corrections=word)
    assert [slug for slug, _ in done.archive.removed] == ["where-storks-rest"]
    assert done.archive.gone == (
        ("authors/ada-one", "papers/where-storks-rest"),
        ("dates/2024", None),
        ("dates/2024-01", None),
    )


def test_the_address_of_a_topic_whose_only_paper_is_hidden_answers(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    """Though it still stands among the topics: there is no page without a paper."""
    word = tmp_path / "papers.toml"
    flock = dataclasses.replace(STORKS, title="Diffusion models for image generation")
    reading = Reading((digest("1.txt", flock, day="2025-03-10"),), (), 1)
    shown = convert(reading, papers, None, taxonomy, corrections=word).archive
    (topic, *_) = shown.papers[0].topics
    assert (f"topics/{topic}", None) not in shown.gone
    word.write_text('[[hide]]\npaper = "arXiv:2401.00001"\n', encoding="utf-8")
    done = convert(reading, papers, None, taxonomy, corrections=word).archive
    assert (f"topics/{topic}", None) in done.gone
    assert "All topics" in render(done)[f"topics/{topic}.html"].decode()


def test_the_addresses_of_an_authors_other_spellings_outlive_their_last_paper(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    word, authors = tmp_path / "papers.toml", tmp_path / "authors.toml"
    authors.write_text('[[merge]]\nnames = ["Ada One", "Countess One"]\n', encoding="utf-8")
    byline = dataclasses.replace(STORKS, authors=("Ada One",))
    reading = Reading((digest("1.txt", byline, BARE, day="2025-03-10"),), (), 1)
    for text in ("", '[[hide]]\npaper = "arXiv:2401.00001"\n'):
        word.write_text(text, encoding="utf-8")
        done = convert(reading, papers, None, taxonomy, corrections=word, authors=authors)
    authors.unlink()
    again = convert(reading, papers, None, taxonomy, corrections=word, authors=authors)
    assert again.archive.gone == done.archive.gone
    assert done.archive.gone[:2] == (
        ("authors/ada-one", "papers/where-storks-rest"),
        ("authors/countess-one", "papers/where-storks-rest"),
    )


def test_in_a_large_archive_only_addresses_that_had_a_page_are_remembered(
    papers: Path, taxonomy: Taxonomy
) -> None:
    """Ada had two papers, and has one; nobody else ever had a page."""
    two = [
        dataclasses.replace(STORKS, authors=("Ada One", "Bo Two")),
        dataclasses.replace(SHIPS, authors=("Ada One", "Cy Three")),
    ]
    mended = [two[0], dataclasses.replace(SHIPS, authors=("Di Four", "Ed Five"))]
    for entries in (two, mended):
        reading = Reading((digest("1.txt", *entries, day="2025-03-10"),), (), 1)
        done = convert(reading, papers, None, taxonomy, small_archive=1)
    assert done.archive.gone == (("authors/ada-one", "papers/where-storks-rest"),)


def test_an_author_who_had_two_papers_keeps_feed_and_file_with_one_and_with_none(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    word = tmp_path / "papers.toml"
    people = ("Ada One",)
    both = (
        dataclasses.replace(STORKS, authors=people, arxiv="2401.00001"),
        dataclasses.replace(SHIPS, authors=people, arxiv="2401.00002"),
    )
    reading = Reading((digest("1.txt", *both, day="2025-03-10"),), (), 1)
    hide = '[[hide]]\npaper = "2401.0000{}"\n'
    files = ("feeds/authors/ada-one.atom.xml", "authors/ada-one.bib", "authors/ada-one.html")
    shown = []
    for hidden in ((), (1,), (1, 2), (1,), ()):
        word.write_text("".join(map(hide.format, hidden)), encoding="utf-8")
        for _ in range(2):
            archive = convert(reading, papers, None, taxonomy, corrections=word).archive
        site = render(archive)
        assert set(files) <= site.keys()
        shown.append(site[files[0]].count(b"<entry>"))
    assert shown == [2, 1, 0, 1, 2]
