"""From digests to pages on a real disk, and back again after every kind of change."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert, load_archive, read_page
from daybook.digests import Reading
from daybook.records import DayOfYear, Digest, Entry, PartialDate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import Keep, tree
from .few_digests import BARE, MONDAY, SHIPS, STORKS, TUESDAY, UNDATED, digest, page_of, paper_of


def test_a_paper_in_two_digests_is_one_page(keep: Keep, papers: Path) -> None:
    done = keep(MONDAY, TUESDAY)
    assert (done.digests, done.entries, done.papers, done.merged) == (2, 4, 3, 1)
    assert done.pages_written == 3
    text = (papers / "2025/03/where-storks-rest.md").read_text(encoding="utf-8")
    assert "Digests: 2025-03-10 #1; 2025-03-11 #2\n" in text
    assert "Date: 2025-03-10\nDate_basis: digest\nPublished: 2024-01\n" in text


def test_a_long_day_is_kept_whole_and_what_it_says_twice_is_one_page(keep: Keep) -> None:
    """Ten thousand, and none, were tried with the real program."""
    numbered = [Entry(1, f"Study number {n}", arxiv=f"2401.{n:05d}") for n in range(400)]
    again = dataclasses.replace(numbered[7], title="Study  NUMBER 7, version two")
    done = keep(digest("day.json", *numbered, again, numbered[3], day="2025-03-11"))
    assert (done.digests, done.entries, done.papers, done.merged) == (1, 402, 400, 2)
    (kept,) = done.archive.digests
    assert len(kept.items) == 402
    assert len({item.slug for item in kept.items}) == 400


def test_converting_twice_changes_no_byte(keep: Keep, papers: Path) -> None:
    first = keep(MONDAY, TUESDAY, UNDATED)
    before = tree(papers)
    stamps = {path: path.stat().st_mtime_ns for path in papers.rglob("*")}
    second = keep(MONDAY, TUESDAY, UNDATED)
    assert tree(papers) == before
    assert {path: path.stat().st_mtime_ns for path in papers.rglob("*")} == stamps
    assert second.pages_written == 0
    assert second.archive == first.archive


def test_the_archive_is_what_the_pages_say(keep: Keep, papers: Path, taxonomy: Taxonomy) -> None:
    done = keep(MONDAY, TUESDAY)
    for paper in done.archive.papers:
        text = (papers / paper.path).read_text(encoding="utf-8")
        assert read_page(text, path=paper.path, number=paper.number) == paper
    loaded = load_archive(papers, taxonomy)
    assert [p.slug for p in loaded.papers] == [p.slug for p in done.archive.papers]
    assert loaded.digests == ()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(
    tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy, rng: random.Random
) -> None:
    other = digest("z.txt", dataclasses.replace(STORKS, arxiv="2401.00002"), BARE)
    digests = [MONDAY, TUESDAY, UNDATED, other]
    folders = []
    for order in (digests, rng.sample(digests, len(digests))):
        folder = tmp_path_factory.mktemp("papers")
        convert(Reading(tuple(order), (), 4), folder, None, taxonomy)
        folders.append(tree(folder))
    assert folders[0] == folders[1]


def test_a_papers_date_says_what_it_is(keep: Keep) -> None:
    lonely = Entry(1, "Only this")
    archive = keep(UNDATED, digest("bare.txt", lonely), digest("x.txt", SHIPS, BARE)).archive
    bases = {paper.title: (str(paper.date), paper.date_basis) for paper in archive.papers}
    assert bases == {
        "Where storks rest": ("2024-01-01", "publication"),
        "Loading vessels": ("2023-05-01", "publication"),
        "Nothing is known of this": ("2023-05-01", "not-before"),
        "Only this": ("1970-01-01", "unknown"),
    }
    assert paper_of(archive, "Only this").path == "undated/only-this.md"
    bounds = {kept.source: kept.not_before for kept in archive.digests}
    assert bounds == {
        "undated.txt": PartialDate(2024, 1),
        "bare.txt": None,
        "x.txt": PartialDate(2023, 5),
    }


def test_digests_are_named_and_dated(keep: Keep) -> None:
    heading = digest("heading.txt", STORKS, BARE, heading_day=DayOfYear(3, 11))
    done = keep(MONDAY, heading, UNDATED, digest("second.txt", SHIPS, day="2025-03-10"))
    assert [(d.id, d.name, d.dated_by) for d in done.archive.digests] == [
        ("2025-03-10", "10 March 2025", "file name"),
        ("2025-03-10-2", "10 March 2025 (2)", "file name"),
        ("2024-03-11", "11 March 2024", "inferred"),
        ("undated-1", "Undated digest, 2 papers", None),
    ]
    assert done.inferred_dates == 1


def test_an_undated_digest_that_is_dated_later_keeps_its_id(keep: Keep) -> None:
    keep(UNDATED)
    sidecar = dataclasses.replace(UNDATED, date=PartialDate(2025, 2, 2), dated_by="sidecar")
    (kept,) = keep(sidecar).archive.digests
    assert (kept.id, kept.name) == ("undated-1", "2 February 2025")


def test_a_renamed_digest_keeps_its_id_and_a_new_one_gets_another(keep: Keep) -> None:
    keep(UNDATED, digest("other.txt", BARE))
    moved = dataclasses.replace(UNDATED, source="a/renamed.txt")
    done = keep(moved, digest("other.txt", BARE), digest("aaa.txt", Entry(1, "New")))
    ids = {kept.source: kept.id for kept in done.archive.digests}
    assert ids == {"a/renamed.txt": "undated-2", "other.txt": "undated-1", "aaa.txt": "undated-3"}


def test_a_file_that_holds_another_digest_now_is_another_digest(keep: Keep) -> None:
    keep(digest("latest.txt", STORKS, SHIPS, day="2025-03-10"))
    done = keep(digest("latest.txt", BARE, Entry(2, "New"), day="2025-03-11"))
    assert [kept.id for kept in done.archive.digests] == ["2025-03-11"]


def test_a_renamed_paper_keeps_its_page(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    paths = {file for file in tree(papers) if file.endswith(".md")}
    storks = dataclasses.replace(STORKS, title="Where do storks rest?")
    ships = dataclasses.replace(SHIPS, title="How vessels are loaded")
    done = keep(digest("monday.txt", storks, ships, day="2025-03-10"))
    assert {file for file in tree(papers) if file.endswith(".md")} == paths
    assert paper_of(done.archive, "Where do storks rest?").slug == "where-storks-rest"
    assert paper_of(done.archive, "How vessels are loaded").slug == "loading-vessels"


def test_a_corrected_arxiv_id_keeps_the_page(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    storks = dataclasses.replace(STORKS, arxiv="2401.00009")
    done = keep(digest("monday.txt", storks, SHIPS, day="2025-03-10"))
    assert done.papers == 2
    assert paper_of(done.archive, STORKS.title).arxiv == "2401.00009"


def test_a_path_stays_when_the_date_changes(keep: Keep, papers: Path) -> None:
    keep(UNDATED)
    before = {file for file in tree(papers) if file.endswith(".md")}
    done = keep(UNDATED, MONDAY)
    assert {file for file in tree(papers) if file.endswith(".md")} == before
    assert paper_of(done.archive, STORKS.title).path == "2024/01/where-storks-rest.md"
    assert str(paper_of(done.archive, STORKS.title).date) == "2025-03-10"


def test_numbers_stay_when_an_older_paper_arrives_late(keep: Keep) -> None:
    before = {p.slug: p.number for p in keep(TUESDAY).archive.papers}
    older = digest("old.txt", Entry(1, "A much older one"), day="2001-01-01")
    after = {p.slug: p.number for p in keep(older, TUESDAY).archive.papers}
    assert after == before | {"a-much-older-one": len(before)}


def test_a_removed_digest_leaves_its_papers(keep: Keep, papers: Path) -> None:
    keep(MONDAY, TUESDAY)
    ships = page_of(papers, "loading-vessels").read_bytes()
    done = keep(TUESDAY)
    assert done.papers == 3
    assert page_of(papers, "loading-vessels").read_bytes() == ships
    assert paper_of(done.archive, SHIPS.title).digests == ()
    assert [a.digest for a in paper_of(done.archive, STORKS.title).digests] == ["2025-03-11"]
    assert keep(MONDAY, TUESDAY).archive == keep(TUESDAY, MONDAY).archive


def test_what_a_person_adds_survives(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    text = page.read_text(encoding="utf-8").replace("Slug:", "Rating: good\nSlug:")
    page.write_text(text + "\n## Notes\n\nFine *work*.\n", encoding="utf-8")
    keep(MONDAY, TUESDAY)
    text = page.read_text(encoding="utf-8")
    assert "Rating: good\n" in text
    assert "2025-03-11 #2" in text
    assert text.endswith("\n\n## Notes\n\nFine *work*.\n")


def test_what_a_person_edited_in_vain_is_told_once(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    def keep(*digests: Digest) -> list[str]:
        reading = Reading(digests, (), len(digests))
        done = convert(reading, papers, None, taxonomy, cache_folder=tmp_path / "cache")
        return [str(refusal) for refusal in done.refusals if not refusal.fatal]

    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("Title: ", "Title: My ").replace("Slug:", "Venue: Ornis\nSlug:")
        + "\nMore of my own.\n",
        encoding="utf-8",
    )
    (told,) = keep(MONDAY)
    assert "there again: title, venue, abstract." in told
    assert "papers.toml" in told
    assert page.read_text(encoding="utf-8") == text
    assert keep(MONDAY) == []
    revised = dataclasses.replace(STORKS, title="Storks, revised", abstract="Of storks.")
    assert keep(digest("monday.txt", revised, SHIPS, day="2025-03-10")) == []


def test_topics_named_by_hand_are_followed_by_the_tags(keep: Keep, papers: Path) -> None:
    slugs = [topic.slug for topic in keep(MONDAY).archive.topics[:2]]
    page = page_of(papers, "where-storks-rest")
    text = page.read_text(encoding="utf-8").replace("Slug:", f"Topics: {slugs[1]}, wrong\nSlug:")
    page.write_text(text, encoding="utf-8")
    done = keep(MONDAY)
    assert paper_of(done.archive, STORKS.title).topics == (slugs[1],)
    assert f"Tags: {slugs[1]}\n" in page.read_text(encoding="utf-8")
    assert any("wrong" in refusal.message for refusal in done.refusals)
    assert keep(MONDAY).pages_written == 0


def test_a_page_made_by_hand_is_a_paper_and_is_left_alone(keep: Keep, papers: Path) -> None:
    topic = keep().archive.topics[0]
    page = papers / "mine" / "find.md"
    page.parent.mkdir()
    page.write_text(f"title: My find\ntags: {topic.name}\n\nHello *you*\n", encoding="utf-8")
    before = page.read_bytes()
    for _ in range(2):
        done = keep(MONDAY)
        mine = paper_of(done.archive, "My find")
        assert (mine.slug, mine.topics, mine.digests) == ("my-find", (topic.slug,), ())
        assert page.read_bytes() == before


def test_a_page_made_by_hand_joins_its_digest_and_keeps_its_words(keep: Keep, papers: Path) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text(
        "Title: Where Storks Rest\nArxiv: 2401.00001\nVenue: Ornis\n\n## Notes\n\nMine.\n",
        encoding="utf-8",
    )
    done = keep(MONDAY)
    assert done.papers == 2
    paper = paper_of(done.archive, "Where Storks Rest")
    assert (paper.venue, paper.abstract, paper.path) == ("Ornis", STORKS.abstract, "find.md")
    assert page.read_text(encoding="utf-8").endswith("## Notes\n\nMine.\n")
    before = tree(papers)
    assert keep(MONDAY).pages_written == 0
    assert tree(papers) == before


def test_topics_that_evidence_gives_a_page_made_by_hand_are_not_the_persons(
    keep: Keep, papers: Path
) -> None:
    """Else they would stay for good, and the next conversion would change what this one wrote."""
    page = papers / "find.md"
    papers.mkdir()
    page.write_text("Title: Diffusion models for image generation\n", encoding="utf-8")
    carried = digest("1.txt", Entry(1, "Diffusion models for image generation"), day="2025-03-10")
    topics = paper_of(keep(carried).archive, carried.entries[0].title).topics
    assert topics
    written = tree(papers)
    again = keep(carried)
    assert paper_of(again.archive, carried.entries[0].title).topics == topics
    assert (again.pages_written, tree(papers)) == (0, written)
    reworded = digest("1.txt", dataclasses.replace(STORKS, title=carried.entries[0].title))
    page.write_text("Title: Loading vessels\nArxiv: 2401.00001\n", encoding="utf-8")
    assert paper_of(keep(reworded).archive, "Loading vessels").topics != topics


def test_two_pages_that_turn_out_to_be_one_leave_a_redirect(keep: Keep, papers: Path) -> None:
    short = Entry(1, "Storks at rest", abstract="Birds.")
    one, two = digest("1.txt", STORKS, day="2025-03-10"), digest("2.txt", short, day="2025-03-11")
    keep(one, two)
    page = page_of(papers, "storks-at-rest")
    page.write_text(page.read_text(encoding="utf-8") + "\n## Notes\n\nKeep me.\n", encoding="utf-8")
    known = digest("2.txt", dataclasses.replace(short, arxiv="2401.00001"), day="2025-03-11")
    done = keep(one, known)
    assert done.papers == 1
    assert done.archive.redirects == (("storks-at-rest", "where-storks-rest"),)
    assert not page.exists()
    text = page_of(papers, "where-storks-rest").read_text(encoding="utf-8")
    assert text.endswith("## Notes\n\nKeep me.\n")
    assert keep(one, known).pages_written == 0


def test_two_papers_with_one_title_have_two_pages_for_ever(keep: Keep, papers: Path) -> None:
    one = dataclasses.replace(STORKS, title="Notes", arxiv=None)
    two = dataclasses.replace(SHIPS, title="Notes")
    done = keep(digest("1.txt", one, day="2025-03-10"), digest("2.txt", two, day="2025-03-11"))
    slugs = {p.abstract: p.slug for p in done.archive.papers}
    assert sorted(slugs.values()) == ["notes", "notes-2"]
    done = keep(digest("0.txt", two, day="2024-01-01"), digest("1.txt", one, day="2025-03-10"))
    assert {p.abstract: p.slug for p in done.archive.papers} == slugs


def test_a_heading_whose_year_nothing_tells_stays_in_the_digests_name(keep: Keep) -> None:
    heading = DayOfYear(3, 11)
    yearless = digest("1.txt", BARE, heading_day=heading)
    (kept,) = keep(yearless).archive.digests
    assert (kept.id, kept.name, kept.date) == ("undated-1", "11 March, year unknown", None)
    dated = digest("1.txt", BARE, dataclasses.replace(SHIPS, position=2), heading_day=heading)
    (kept,) = keep(dated).archive.digests
    assert (kept.id, kept.name) == ("undated-1", "11 March 2024")


def test_different_authors_under_one_title_are_told_as_only_one_sources_are_shown(
    keep: Keep,
) -> None:
    one = Entry(1, "Same", abstract="First text of one thing.", authors=("Ada One", "Bo Two"))
    two = Entry(2, "Same", abstract="Second text of another.", authors=("Cy Three",), line=7)
    (warning,) = keep(digest("1.json", one, two)).refusals
    assert (warning.path, warning.line, warning.fatal) == ("1.json", 7, False)
    assert "'same' is one paper by nothing but its title" in warning.message
    spelt = dataclasses.replace(two, authors=("Three, Cy", "ONE A."))
    assert not keep(digest("1.json", one, spelt)).refusals


def test_values_that_lost_are_kept(keep: Keep, papers: Path) -> None:
    keep(MONDAY, digest("2.txt", dataclasses.replace(STORKS, title="where storks REST")))
    (line,) = (papers / "provenance.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "paper": "where-storks-rest",
        "field": "title",
        "value": "where storks REST",
        "from": "undated-1 #1",
    }


def test_a_contested_author_slug_stays_with_who_had_it(keep: Keep) -> None:
    first = digest("1.txt", Entry(1, "One", authors=("章三",)), day="2025-03-10")
    keep(first)
    older = digest("0.txt", Entry(1, "Two", authors=("张三",)), day="2020-03-10")
    archive = keep(older, first).archive
    assert dict(archive.author_slugs) == {"章三": "zhang-san", "张三": "zhang-san-2"}


HOSTILE = st.text(max_size=30) | st.sampled_from(
    ("../../evil", "CON", "a:b?", "x\nTemplate: y", "<script>", "\ud800", "\x00", "🎉", "---", "")
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(HOSTILE.filter(str.strip), HOSTILE, HOSTILE), max_size=6))
def test_no_text_breaks_a_conversion_or_leaves_the_folder(
    tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy, texts: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    entries = [
        Entry(n, title, abstract=abstract or None, authors=(author,) if author else None)
        for n, (title, abstract, author) in enumerate(texts, 1)
    ]
    reading = Reading((Digest("x.txt", "hf-text", tuple(entries)),), (), 1)
    first = convert(reading, folder / "papers", None, taxonomy)
    assert [path.name for path in folder.iterdir()] == ["papers"]
    before = tree(folder)
    again = convert(reading, folder / "papers", None, taxonomy)
    assert tree(folder) == before
    assert again.archive == first.archive
    assert not [refusal for refusal in again.refusals if refusal.fatal]
    paths = [path.lower() for path in before]
    assert len(set(paths)) == len(paths)
    assert all(path.isascii() for path in paths)


@pytest.mark.parametrize("rendering", ["hf-text", "hf-rendering", "hf-rendered-paper", "html"])
def test_what_was_read_off_a_page_counts_less_than_what_was_stated(
    keep: Keep, rendering: str
) -> None:
    stated = dataclasses.replace(STORKS, organization="Heron Institute")
    read_off = dataclasses.replace(STORKS, organization="Heron Instit")
    done = keep(
        digest("answer.json", stated, day="2025-03-10", format="hf-json"),
        digest("page.txt", read_off, day="2025-03-11", format=rendering),
    )
    (paper,) = done.archive.papers
    assert paper.organization == "Heron Institute"
