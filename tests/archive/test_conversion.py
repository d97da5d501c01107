"""From digests to pages on a real disk, and back again after every kind of change."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import os
import random
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert, load_archive, read_page
from daybook.archive.folder import hold_folder
from daybook.archive.ledger import FILE_NAME
from daybook.digests import Reading
from daybook.errors import PublishError
from daybook.records import Archive, DayOfYear, Digest, Entry, Paper, PartialDate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..catalogue.small_archive import render
from .conftest import Keep, tree

STORKS = Entry(
    1,
    "Where storks rest",
    abstract="We follow storks across deserts with light transmitters and map where they rest at "
    "night, which wells they visit, and how long the flocks stay together afterwards.",
    arxiv="2401.00001",
)
SHIPS = Entry(
    2,
    "Loading vessels",
    abstract="A compiler for container vessels decides at loading time which crates may stand on "
    "top of others and proves that no ship capsizes while the cranes are working.",
    published=PartialDate(2023, 5),
)
BARE = Entry(3, "Nothing is known of this")


def digest(source: str, *entries: Entry, day: str | None = None, **more: object) -> Digest:
    date = PartialDate.parse(day) if day else None
    placed = tuple(dataclasses.replace(e, position=n) for n, e in enumerate(entries, 1))
    made = Digest(source, "hf-text", placed, date=date, dated_by="file name" if day else None)
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


MONDAY = digest("monday.txt", STORKS, SHIPS, day="2025-03-10")
TUESDAY = digest("tuesday.txt", BARE, STORKS, day="2025-03-11")
UNDATED = digest("undated.txt", SHIPS, STORKS)


def paper_of(archive: Archive, title: str) -> Paper:
    return next(paper for paper in archive.papers if paper.title == title)


def page_of(folder: Path, slug: str) -> Path:
    (found,) = folder.rglob(f"{slug}.md")
    return found


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


def test_a_damaged_page_is_refused_and_never_written_over(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    page.write_text("<<<<<<< HEAD\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    damaged = page.read_bytes()
    done = keep(MONDAY, TUESDAY)
    (refusal,) = [refusal for refusal in done.refusals if refusal.fatal]
    assert refusal.path == "2025/03/where-storks-rest.md"
    assert page.read_bytes() == damaged
    assert done.papers == 3
    assert page_of(papers, "nothing-is-known-of-this").exists()
    assert paper_of(done.archive, STORKS.title).slug == "where-storks-rest"


def test_a_pipe_among_the_pages_is_refused_and_keeps_nobody_waiting(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY)
    os.mkfifo(papers / "2025/pipe.md")
    (refusal,) = [refusal for refusal in keep(MONDAY, TUESDAY).refusals if refusal.fatal]
    assert refusal.path == "2025/pipe.md"
    (papers / FILE_NAME).unlink()
    os.mkfifo(papers / FILE_NAME)
    with pytest.raises(PublishError, match="no file"):
        keep(MONDAY)


def test_a_folder_of_pages_that_nobody_may_list_stops_a_build_before_it_lacks_them(
    keep: Keep, unprivileged: Path
) -> None:
    keep(MONDAY, into=unprivileged)
    before = tree(unprivileged)
    (unprivileged / "2025").chmod(0)
    try:
        with pytest.raises(PublishError, match="2025 cannot be listed: Permission denied"):
            keep(MONDAY, TUESDAY, into=unprivileged)
    finally:
        (unprivileged / "2025").chmod(0o755)
    assert tree(unprivileged) == before


def test_a_lost_ledger_is_made_again_from_the_pages(keep: Keep, papers: Path) -> None:
    first = keep(MONDAY, UNDATED, digest("other.txt", BARE))
    before = tree(papers)
    (papers / FILE_NAME).unlink()
    moved = dataclasses.replace(UNDATED, source="zzz.txt")
    done = keep(MONDAY, moved, digest("other.txt", BARE))
    assert done.archive.papers == first.archive.papers
    assert {kept.id for kept in done.archive.digests} == {"2025-03-10", "undated-1", "undated-2"}
    assert {k: v for k, v in tree(papers).items() if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }
    (warning,) = done.refusals
    assert (warning.path, warning.fatal) == (FILE_NAME, False)
    assert not keep(MONDAY, moved, digest("other.txt", BARE)).refusals


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_cut_ledger_gives_the_same_pages(keep: Keep, papers: Path, share: float) -> None:
    first = keep(MONDAY, TUESDAY)
    before = tree(papers)
    text = (papers / FILE_NAME).read_bytes()
    (papers / FILE_NAME).write_bytes(text[: int(len(text) * share)])
    done = keep(MONDAY, TUESDAY)
    assert {p.slug for p in done.archive.papers} == {p.slug for p in first.archive.papers}
    assert [w.path for w in done.refusals if not w.fatal] == [FILE_NAME] * len(done.refusals)
    assert done.refusals
    after = tree(papers)
    assert {k: after[k] for k in before if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }


def test_a_heading_whose_year_nothing_tells_stays_in_the_digests_name(keep: Keep) -> None:
    heading = DayOfYear(3, 11)
    yearless = digest("1.txt", BARE, heading_day=heading)
    (kept,) = keep(yearless).archive.digests
    assert (kept.id, kept.name, kept.date) == ("undated-1", "11 March, year unknown", None)
    dated = digest("1.txt", BARE, dataclasses.replace(SHIPS, position=2), heading_day=heading)
    (kept,) = keep(dated).archive.digests
    assert (kept.id, kept.name) == ("undated-1", "11 March 2024")


JOINED = digest(
    "joined.txt",
    dataclasses.replace(STORKS, doi="10.1000/storks", title="At rest"),
    day="2025-03-12",
)
AT_REST = digest("a.txt", Entry(1, "At rest", doi="10.1000/storks"), day="2025-03-11")


def test_a_lost_ledger_loses_no_redirect(keep: Keep, papers: Path) -> None:
    keep(MONDAY, AT_REST)
    assert keep(MONDAY, AT_REST, JOINED).archive.redirects == (("at-rest", "where-storks-rest"),)
    assert "\nFormer_slugs: at-rest\n" in page_of(papers, "where-storks-rest").read_text("utf-8")
    before = tree(papers)
    (papers / FILE_NAME).unlink()
    done = keep(MONDAY)
    assert done.archive.redirects == (("at-rest", "where-storks-rest"),)
    assert {w.path for w in done.refusals} == {FILE_NAME}
    again = keep(MONDAY, AT_REST, JOINED)
    assert {p.slug for p in again.archive.papers} == {"where-storks-rest", "loading-vessels"}
    assert {k: v for k, v in tree(papers).items() if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }


@pytest.mark.parametrize("damage", ["garbage", "twice", "conflict", "redirect gone", "shuffled"])
def test_a_damaged_ledger_costs_no_address(keep: Keep, papers: Path, damage: str) -> None:
    keep(MONDAY, AT_REST)
    first = keep(MONDAY, AT_REST, JOINED, TUESDAY)
    before = tree(papers)
    head, *lines = (papers / FILE_NAME).read_text("utf-8").splitlines()
    if damage == "garbage":
        lines[2:2] = ["<<<<<<< HEAD", "\x00\ufffd{", '{"paper": "x"}', "=======", ">>>>>>> other"]
    elif damage == "twice":
        lines += lines
    elif damage == "conflict":  # two branches, each with a number for another paper
        lines = [line.replace('"paper": 3', '"paper": 1') for line in lines]
    elif damage == "redirect gone":
        lines = [line.replace("redirect", "redir") for line in lines]
    else:
        lines.reverse()
    (papers / FILE_NAME).write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    done = keep(MONDAY, AT_REST, JOINED, TUESDAY)
    assert {w.path for w in done.refusals if not w.fatal} == {FILE_NAME}
    assert {p.slug for p in done.archive.papers} == {p.slug for p in first.archive.papers}
    assert done.archive.redirects == first.archive.redirects
    after = tree(papers)
    assert {k: after[k] for k in before if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }
    kept = papers / f"{FILE_NAME}.damaged"
    told = keep(MONDAY, AT_REST, JOINED, TUESDAY).refusals
    assert [w.path for w in told] == [kept.name] * (damage != "twice")
    kept.unlink(missing_ok=True)
    assert not keep(MONDAY, AT_REST, JOINED, TUESDAY).refusals


def test_what_is_taken_out_of_a_ledger_is_kept_and_told_until_it_is_removed(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY)
    ledger, kept = papers / FILE_NAME, papers / f"{FILE_NAME}.damaged"
    whole = ledger.read_bytes()
    cut = b'{"redirect": "old-\xff", "to": "first-of-all'
    for _ in range(2):  # however often it is put there
        ledger.write_bytes(whole + cut + b"\n" + cut)
        (telling,) = {w.path for w in keep(MONDAY).refusals} - {kept.name}
        assert telling == FILE_NAME
        assert (ledger.read_bytes(), kept.read_bytes()) == (whole, cut + b"\n")
    (warning,) = keep(MONDAY).refusals
    assert (warning.path, warning.fatal) == (kept.name, False)
    assert "1 line" in warning.message
    assert "old-" in warning.message
    kept.unlink()
    assert not keep(MONDAY).refusals


@pytest.mark.parametrize("damage", ["missing", "empty", "headless", "twice", "garbage"])
def test_lines_are_said_to_be_kept_only_where_they_are(
    keep: Keep, papers: Path, damage: str
) -> None:
    keep(MONDAY)
    ledger = papers / FILE_NAME
    head, *lines = ledger.read_text("utf-8").splitlines()
    if damage == "missing":
        ledger.unlink()
    else:
        more = {"empty": [], "headless": lines, "twice": [head, *lines, *lines]}
        said = more.get(damage, [head, *lines, "<<<<<<<"])
        ledger.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
    told = keep(MONDAY).refusals
    assert {w.path for w in told} == {FILE_NAME}
    kept = {f"{FILE_NAME}.damaged" in (w.hint or "") for w in told}
    assert kept == {(papers / f"{FILE_NAME}.damaged").exists()} == {damage == "garbage"}


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


def test_of_two_authors_with_one_slug_in_the_ledger_the_first_has_it(
    keep: Keep, papers: Path
) -> None:
    two = digest("1.txt", dataclasses.replace(STORKS, authors=("Ada One", "Bo Two")))
    keep(two)
    with (papers / FILE_NAME).open("a", encoding="utf-8") as ledger:
        for name in ("ada one", "bo two"):
            ledger.write(json.dumps({"author": name, "slug": "same-slug"}) + "\n")
    done = keep(two)
    assert done.archive.author_slugs == (("ada one", "same-slug"),)
    lines = (papers / FILE_NAME).read_text("utf-8").splitlines()
    (warning,) = done.refusals
    assert (warning.path, warning.line) == (FILE_NAME, len(lines) + 1)
    assert "another author" in warning.message


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


def test_a_damaged_provenance_file_is_made_again_with_a_warning(keep: Keep, papers: Path) -> None:
    other = digest("2.txt", dataclasses.replace(STORKS, title="where storks\x85\u2028REST"))
    keep(MONDAY, other)
    file = papers / "provenance.jsonl"
    whole = file.read_text("utf-8")
    for damaged in (
        "",
        whole[:40],
        f'{whole}[]\n{{"paper": "where-storks-rest"}}\n',
        "\ufffd" + whole,
    ):
        file.write_text(damaged, encoding="utf-8")
        done = keep(MONDAY, other)
        assert file.read_text("utf-8") == whole
        assert {(w.path, w.fatal) for w in done.refusals} == (
            {("provenance.jsonl", False)} if damaged else set()
        )
        kept = papers / "provenance.jsonl.damaged"
        said = [line for line in damaged.splitlines() if line and line not in whole.splitlines()]
        assert said == (kept.read_text("utf-8").splitlines() if damaged else [])
        assert [w.path for w in keep(MONDAY, other).refusals] == [kept.name] * bool(damaged)
        kept.unlink(missing_ok=True)
    assert not keep(MONDAY, other).refusals
    gone = keep(digest("3.txt", BARE, day="2025-03-13"))
    assert gone.archive.papers[0].uncarried
    assert file.read_text("utf-8") == whole


def test_a_conversion_killed_before_its_pages_ends_as_an_undisturbed_one(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY, TUESDAY)
    whole = tree(papers)
    for path in list(papers.rglob("*.md"))[:2]:
        path.unlink()
    (papers / ".writing").mkdir()
    (papers / ".writing" / "0").write_text("half", encoding="utf-8")
    keep(MONDAY, TUESDAY)
    assert tree(papers) == whole
    assert not (papers / ".writing").exists()


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


def test_a_link_in_the_folder_is_not_followed_for_writing(
    keep: Keep, papers: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    papers.mkdir()
    (papers / "2025").symlink_to(outside)
    with pytest.raises(PublishError):
        keep(MONDAY)
    assert not list(outside.iterdir())


def test_two_conversions_at_once_into_one_folder_do_not_mix(
    papers: Path, taxonomy: Taxonomy
) -> None:
    papers.mkdir()
    with hold_folder(papers, 1), pytest.raises(PublishError, match="another conversion"):
        convert(Reading((MONDAY,), (), 1), papers, None, taxonomy, wait=0)
    assert not list(papers.iterdir())
    context = multiprocessing.get_context("fork")
    runs = [
        context.Process(
            target=convert, args=(Reading((MONDAY, day), (), 2), papers, None, taxonomy)
        )
        for day in (TUESDAY, UNDATED)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
        assert run.exitcode == 0
    done = convert(Reading((MONDAY, TUESDAY, UNDATED), (), 3), papers, None, taxonomy)
    assert done.papers == 3
    assert not [refusal for refusal in done.refusals if refusal.fatal]


def test_a_folder_that_cannot_be_written_is_a_clear_error(keep: Keep, unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    try:
        with pytest.raises(PublishError, match="cannot be written: Permission denied"):
            keep(MONDAY, into=unprivileged)
    finally:
        unprivileged.chmod(0o700)


def test_a_page_that_cannot_be_put_in_its_place_is_named(keep: Keep, unprivileged: Path) -> None:
    """And not the file of our own that was to become it."""
    keep(MONDAY, into=unprivileged)
    page = page_of(unprivileged, "loading-vessels")
    page.parent.chmod(0o500)
    try:
        with pytest.raises(PublishError) as refused:
            keep(
                digest("monday.txt", STORKS, dataclasses.replace(SHIPS, venue="Ports")),
                into=unprivileged,
            )
        assert str(page) in str(refused.value)
    finally:
        page.parent.chmod(0o700)


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
