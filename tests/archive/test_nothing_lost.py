"""No word of a keeper's is lost untold, whatever else is: caches, ledgers, pages."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.archive.page_proof import FILE_NAME as PAGES
from daybook.archive.provenance import FILE_NAME as PROVENANCE
from daybook.digests import Reading
from daybook.records import LEDGER, Digest

from .conftest import Keep, tree
from .few_digests import MONDAY, SHIPS, STORKS, TUESDAY, digest, page_of, paper_of
from .test_keeper import MERGE

REVISED = digest(
    "monday.txt", dataclasses.replace(STORKS, abstract="Of storks."), SHIPS, day="2025-03-10"
)


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(done: Conversion) -> list[str]:
    return [str(refusal) for refusal in done.refusals]


def kept(papers: Path) -> dict[str, str]:
    """Give what the provenance file keeps of edits, by field."""
    lines = (papers / PROVENANCE).read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return {one["field"]: one["value"] for one in records if one["from"].endswith(", edited")}


@pytest.mark.parametrize("changed", [MONDAY, REVISED])
def test_an_edit_in_a_checkout_without_a_cache_is_told_and_kept(
    keep: Keep, papers: Path, changed: Digest
) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    edit(page, "We follow storks", "In my opinion they follow storks")
    edit(
        page,
        "Arxiv:",
        "Venue: Ornis\nUpvotes: 7\nHidden: not now\nLinks: code https://a.example\nArxiv:",
    )
    (said,) = told(keep(changed))
    assert said.startswith("2025/03/where-storks-rest.md: it was edited")
    assert "upvotes, venue, links, hidden, abstract." in said
    assert "papers.toml" in said
    assert kept(papers)["abstract"].startswith("In my opinion they follow")
    assert kept(papers)["links"] == "code https://a.example"
    assert {"venue", "hidden", "upvotes"} < kept(papers).keys()
    before = tree(papers)
    assert (told(keep(changed)), tree(papers)) == ([], before)
    keep(TUESDAY)
    assert kept(papers)["venue"] == "Ornis"


def test_what_a_digest_changes_is_no_edit_with_and_without_what_a_person_added(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    edit(page, "Arxiv:", "Topics: no topic\nMine: yes\nArxiv:")
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n") + b"\r\n## Notes\r\n\r\nMine.\r\n")
    assert all("no topic" in one for one in told(keep(REVISED)))
    assert not (papers / PROVENANCE).exists()
    assert all("no topic" in one for one in told(keep(MONDAY)))


def test_what_nothing_tells_from_an_edit_is_kept_and_told_once(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    (papers / PAGES).unlink()
    assert told(keep(MONDAY)) == []
    (papers / PAGES).unlink()
    (said,) = told(keep(REVISED))
    assert "without pages.txt" in said
    assert kept(papers) == {"abstract": STORKS.abstract}
    assert told(keep(REVISED)) == []


@pytest.mark.parametrize("side", [b"<<<<<<< HEAD\n%b=======\n%b>>>>>>> other\n", b"%b%b"])
def test_of_what_git_merged_both_sides_count(keep: Keep, papers: Path, side: bytes) -> None:
    keep(MONDAY)
    header, *ours = (papers / PAGES).read_bytes().splitlines(keepends=True)
    (papers / PAGES).write_bytes(header + side % (b"0123456789abcdef\n" * 2, b"".join(ours)))
    assert told(keep(REVISED)) == []
    assert (papers / PAGES).read_bytes().count(b"\n") == 3


def test_an_edit_of_a_page_that_no_digest_carried_is_told_when_one_does_again(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY, TUESDAY)
    keep(TUESDAY)
    page = page_of(papers, "loading-vessels")
    edit(page, "A compiler for", "My compiler for")
    assert (paper_of(keep(TUESDAY).archive, SHIPS.title).abstract or "").startswith("My compiler")
    assert told(keep(TUESDAY)) == []
    (said,) = told(keep(MONDAY, TUESDAY))
    assert "loading-vessels.md: it was edited" in said
    assert kept(papers)["abstract"].startswith("My compiler")


def obey(papers: Path, taxonomy: Taxonomy, word: str, *digests: Digest) -> Conversion:
    file = papers.with_name("papers.toml")
    file.write_text(word, encoding="utf-8")
    return convert(Reading(digests, (), 1), papers, None, taxonomy, corrections=file)


def test_what_two_pages_say_that_become_one_is_kept(papers: Path, taxonomy: Taxonomy) -> None:
    obey(papers, taxonomy, "", MONDAY)
    for slug, mine in (("where-storks-rest", "5 of 5"), ("loading-vessels", "2 of 5")):
        edit(page_of(papers, slug), "Slug:", f"Rating: {mine}\nRead: today\nSlug:")
    edit(page_of(papers, "loading-vessels"), "A compiler for", "My compiler for")
    edit(page_of(papers, "loading-vessels"), "Slug: loading", "Slug: my-loading")
    done = obey(papers, taxonomy, MERGE, MONDAY)
    assert any("Rating is something else" in one for one in told(done))
    assert any("loading-vessels.md: it was edited" in one for one in told(done))
    text = (papers / PROVENANCE).read_text("utf-8")
    assert '"field": "Rating", "value": "2 of 5"' in text
    assert "My compiler for" in text
    assert "my-loading-vessels" in text
    before = tree(papers)
    assert told(obey(papers, taxonomy, MERGE, MONDAY)) == []
    assert tree(papers) == before


@pytest.mark.parametrize("lost", [True, False])
def test_a_page_stays_until_the_one_that_it_becomes_can_take_its_notes(
    papers: Path, taxonomy: Taxonomy, lost: bool
) -> None:
    obey(papers, taxonomy, "", MONDAY)
    page = page_of(papers, "loading-vessels")
    page.write_text(page.read_text("utf-8") + "\n## Notes\n\nMine.\n", encoding="utf-8")
    (papers.with_name("mine")).write_bytes(page.read_bytes())
    other = page_of(papers, "where-storks-rest")
    if lost:
        obey(papers, taxonomy, MERGE, MONDAY)
        other.unlink()
        page.write_bytes(papers.with_name("mine").read_bytes())
        done = obey(papers, taxonomy, "", Digest("0.txt", "hf-text", ()))
        assert paper_of(done.archive, SHIPS.title).notes == "## Notes\n\nMine."
        assert page.exists()
        return
    whole = other.read_bytes()
    other.write_bytes(b"<<<<<<< HEAD\n" + whole)
    obey(papers, taxonomy, MERGE, MONDAY)
    assert page.exists()
    other.write_bytes(whole)
    assert told(obey(papers, taxonomy, MERGE, MONDAY)) == []
    assert other.read_text("utf-8").endswith("## Notes\n\nMine.\n")


MINE = "Title: Where Storks Rest\n\nMy own abstract.\n\n## Notes\n\nMine.\n"


def test_nothing_is_written_onto_a_page_that_a_person_made(keep: Keep, papers: Path) -> None:
    """What a digest says would be that person's word by the next time, and join more entries."""
    page = papers / "find.md"
    papers.mkdir()
    page.write_text(MINE, encoding="utf-8")
    first = keep(MONDAY)
    assert paper_of(first.archive, "Where Storks Rest").arxiv == "2401.00001"
    assert page.read_text("utf-8") == MINE
    before = tree(papers)
    assert (keep(MONDAY).archive, tree(papers)) == (first.archive, before)
    other = dataclasses.replace(STORKS, title="Another name", abstract=None)
    renamed = digest("monday.txt", dataclasses.replace(STORKS, arxiv=None), SHIPS, day="2025-03-10")
    late = digest("late.txt", other, day="2025-03-12")
    grown = keep(renamed, late)
    fresh = papers.with_name("fresh")
    fresh.mkdir()
    (fresh / "find.md").write_text(MINE, encoding="utf-8")
    titles = {
        (p.title, p.arxiv, p.abstract) for p in keep(renamed, late, into=fresh).archive.papers
    }
    assert {(p.title, p.arxiv, p.abstract) for p in grown.archive.papers} == titles


def test_a_page_that_a_person_made_stays_one_without_the_ledger(keep: Keep, papers: Path) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text(MINE, encoding="utf-8")
    keep(MONDAY)
    for name in (LEDGER, PAGES, PROVENANCE):
        (papers / name).unlink(missing_ok=True)
    paper = paper_of(keep(MONDAY).archive, "Where Storks Rest")
    assert (paper.abstract, page.read_text("utf-8")) == ("My own abstract.", MINE)


def test_a_page_that_a_person_made_and_lost_is_made_again_and_follows_its_digests(
    keep: Keep, papers: Path
) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text("Title: Where Storks Rest\n", encoding="utf-8")
    keep(MONDAY)
    page.unlink()
    keep(MONDAY)
    before = tree(papers)
    keep(MONDAY)
    assert tree(papers) == before
    assert paper_of(keep(REVISED).archive, STORKS.title).abstract == "Of storks."


def test_a_page_that_a_person_made_is_hidden_by_its_own_key_and_by_the_keepers_file(
    papers: Path, taxonomy: Taxonomy
) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text("Title: My find\n", encoding="utf-8")
    hide = '[[hide]]\npaper = "my-find"\nreason = "Why"\n'
    for _ in range(2):
        assert obey(papers, taxonomy, hide).archive.removed == (("my-find", "Why"),)
    assert "\nStatus: skip\n" in page.read_text("utf-8")
    for _ in range(2):
        assert obey(papers, taxonomy, "").archive.removed == ()
    assert "Hidden" not in page.read_text("utf-8")
    page.write_text("Title: My find\nHidden: for now\nWithdrawn: by me\n", encoding="utf-8")
    for word in ("", hide, ""):
        assert obey(papers, taxonomy, word).archive.removed[0][0] == "my-find"
    page.write_text("Title: My find\nWithdrawn: by me\n", encoding="utf-8")
    (paper,) = obey(papers, taxonomy, "").archive.papers
    assert paper.withdrawn == "by me"


def test_what_is_replaced_on_a_page_that_a_person_made_is_told(
    papers: Path, taxonomy: Taxonomy
) -> None:
    page = papers / "find.md"
    papers.mkdir()
    page.write_text("Title: My find\n", encoding="utf-8")
    obey(papers, taxonomy, "")
    page.write_text("Title: My find\nSlug: a-find\nWithdrawn: mine\n", encoding="utf-8")
    assert told(obey(papers, taxonomy, "")) == []
    (said,) = told(obey(papers, taxonomy, '[[withdraw]]\npaper = "my-find"\nnote = "No."\n'))
    assert "slug, withdrawn." in said
    assert kept(papers) == {"slug": "a-find", "withdrawn": "mine"}


@pytest.mark.parametrize("suffix", [".markdown", ".mdown", ".MD", ".txt", "", ".md.orig"])
def test_a_page_of_another_name_is_told(keep: Keep, papers: Path, suffix: str) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    page.rename(page.with_suffix(suffix))
    (papers / "notes.txt").write_text("Nothing\n\nTitle: of a page\n", encoding="utf-8")
    for _ in range(2):
        (said,) = told(keep(MONDAY))
        assert said.startswith(f"2025/03/where-storks-rest{suffix}: it begins as a page does")
    page.with_suffix(suffix).replace(page)
    assert told(keep(MONDAY)) == []


def test_a_folder_of_pages_behind_a_link_is_told(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    away = papers.with_name("away")
    shutil.move(papers / "2025", away)
    (papers / "more").symlink_to(away)
    (said,) = told(keep())
    assert said.startswith("more: a link to a folder is not followed")


def test_a_page_that_is_moved_is_the_same_paper(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    mine = papers / "find.md"
    mine.write_text("Title: Loading Vessels II\n", encoding="utf-8")
    first = keep(MONDAY)
    for old, new in (
        (page_of(papers, "where-storks-rest"), "1999/01/x.md"),
        (mine, "mine/find.md"),
    ):
        (papers / new).parent.mkdir(parents=True)
        old.rename(papers / new)
    again = keep(MONDAY)
    assert told(again) == []
    assert {(p.slug, p.number) for p in again.archive.papers} == {
        (p.slug, p.number) for p in first.archive.papers
    }
    assert {p.path for p in again.archive.papers} >= {"1999/01/x.md", "mine/find.md"}
