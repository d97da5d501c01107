"""The keeper's word: what papers.toml says, and what comes of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.archive.author_word import read_author_word
from daybook.archive.keeper import parse_keeper_word, read_keeper_word
from daybook.archive.keeper_tables import MOST_BYTES
from daybook.digests import Reading
from daybook.errors import KeeperError, Refusal
from daybook.records import Archive, Digest, Entry, Link, Paper, PartialDate
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Keep, tree
from .few_digests import BARE, MONDAY, SHIPS, STORKS, TUESDAY, digest

Obey = Callable[..., Conversion]


@pytest.fixture
def obey(papers: Path, taxonomy: Taxonomy, tmp_path: Path) -> Obey:
    """Give a function that converts digests under what a papers.toml says."""

    def run(word: str, *digests: Digest) -> Conversion:
        file = tmp_path / "papers.toml"
        file.write_text(word, encoding="utf-8")
        reading = Reading(digests, (), len(digests))
        done = convert(reading, papers, None, taxonomy, corrections=file)
        before = tree(papers)
        again = convert(reading, papers, None, taxonomy, corrections=file)
        assert tree(papers) == before
        assert (again.archive, again.pages_written) == (done.archive, 0)
        return done

    return run


def by_slug(done: Conversion) -> dict[str, Paper]:
    return by_slug_of(done.archive)


def by_slug_of(archive: Archive) -> dict[str, Paper]:
    return {paper.slug: paper for paper in archive.papers}


MERGE = '[[merge]]\npapers = ["where-storks-rest", "loading-vessels"]\n'


def test_merged_papers_are_one_page_and_the_other_address_leads_there(
    obey: Obey, papers: Path
) -> None:
    obey("", MONDAY, TUESDAY)
    done = obey(MERGE, MONDAY, TUESDAY)
    paper = by_slug(done)["where-storks-rest"]
    assert [(a.digest, a.position) for a in paper.digests] == [
        ("2025-03-10", 1),
        ("2025-03-10", 2),
        ("2025-03-11", 2),
    ]
    assert done.archive.redirects == (("loading-vessels", "where-storks-rest"),)
    assert not list(papers.rglob("loading-vessels.md"))
    assert not done.refusals
    assert done.merged == 2


def test_a_merge_that_the_keeper_wants_is_no_doubt(obey: Obey) -> None:
    one = Entry(1, "Where Storks Rest", authors=("Ada One",), published=PartialDate(2016))
    two = Entry(2, "Loading Vessels", authors=("Cy Three",), published=PartialDate(2024))
    done = obey(MERGE, digest("1.txt", one, two, day="2025-03-10"))
    assert len(done.archive.papers) == 1
    assert not done.refusals


def test_a_merge_that_is_taken_back_gives_each_paper_its_page_again(
    obey: Obey, papers: Path
) -> None:
    first = obey("", MONDAY, TUESDAY)
    pages = {k: v for k, v in tree(papers).items() if k.endswith(".md")}
    obey(MERGE, MONDAY, TUESDAY)
    back = obey("", MONDAY, TUESDAY)
    assert back.archive == first.archive
    assert {k: v for k, v in tree(papers).items() if k.endswith(".md")} == pages
    assert obey(MERGE, MONDAY, TUESDAY).archive.redirects


def test_topics_that_a_person_named_on_a_page_that_is_merged_are_those_of_both(
    obey: Obey, papers: Path, taxonomy: Taxonomy
) -> None:
    """At once: the page that stays had others, and says the person's from the next build on."""
    topic = taxonomy.topics[0].slug
    obey("", MONDAY, TUESDAY)
    page = next(papers.rglob("loading-vessels.md"))
    text = page.read_text("utf-8")
    page.write_text(text.replace("\nSlug:", f"\nTopics: {topic}, no topic\nSlug:"), "utf-8")
    done = obey(MERGE, MONDAY, TUESDAY)
    assert by_slug(done)["where-storks-rest"].topics == (topic,)


@pytest.mark.parametrize("named", ["birds", "fowl"])
def test_topics_on_a_page_are_the_persons_whatever_they_are_called(
    papers: Path, small: Taxonomy, named: str
) -> None:
    """By the slug that the topic has, or had: nothing was edited in vain."""
    (birds, *others) = small.topics
    topics = (dataclasses.replace(birds, formerly=("fowl",)), *others)
    taxonomy = dataclasses.replace(small, topics=topics)
    reading = Reading((digest("1.txt", Entry(1, "An Aquarium of Fish"), day="2025-03-10"),), (), 1)
    convert(reading, papers, None, taxonomy)
    page = next(papers.rglob("an-aquarium-of-fish.md"))
    page.write_text(
        page.read_text("utf-8").replace("\nSlug:", f"\nTopics: {named}\nSlug:"), "utf-8"
    )
    done = convert(reading, papers, None, taxonomy)
    assert by_slug(done)["an-aquarium-of-fish"].topics == ("birds",)
    assert not done.refusals


def test_a_merge_outlives_the_digests_of_what_was_merged(obey: Obey, papers: Path) -> None:
    obey("", MONDAY, TUESDAY)
    page = next(papers.rglob("loading-vessels.md"))
    page.write_text(page.read_text("utf-8") + "\n## Notes\n\nMine.\n", encoding="utf-8")
    obey(MERGE, MONDAY, TUESDAY)
    done = obey(MERGE, TUESDAY)
    assert done.archive.redirects == (("loading-vessels", "where-storks-rest"),)
    assert by_slug(done)["where-storks-rest"].notes == "## Notes\n\nMine."


def test_what_a_page_without_digest_said_is_kept_when_it_is_merged(
    obey: Obey, papers: Path
) -> None:
    obey("", MONDAY, TUESDAY)
    obey("", TUESDAY)
    obey(MERGE, TUESDAY)
    lines = (papers / "provenance.jsonl").read_text("utf-8").splitlines()
    said = {line["field"]: line for line in map(json.loads, lines)}
    assert said["abstract"]["value"] == SHIPS.abstract
    assert said["title"]["paper"] == said["title"]["from"] == "loading-vessels"


def test_a_paper_that_is_merged_into_a_page_without_digest_keeps_its_own_keys(
    obey: Obey, papers: Path
) -> None:
    ships = dataclasses.replace(SHIPS, doi="10.1000/7")
    obey("", digest("monday.txt", STORKS, ships))
    left = digest("monday.txt", ships, BARE)
    obey("", left)
    pages = {k: v for k, v in tree(papers).items() if k.endswith(".md")}
    done = obey(MERGE, left)
    assert done.archive.redirects == (("loading-vessels", "where-storks-rest"),)
    assert by_slug(done)["where-storks-rest"].doi == "10.1000/7"
    back = by_slug(obey("", left))
    assert back["loading-vessels"].title == "Loading vessels"
    assert pages.keys() == {k for k in tree(papers) if k.endswith(".md")}


def test_papers_are_merged_on_the_very_first_conversion_too(obey: Obey) -> None:
    done = obey(MERGE, MONDAY, TUESDAY)
    assert set(by_slug(done)) == {"where-storks-rest", "nothing-is-known-of-this"}
    assert not done.refusals


def test_one_title_that_is_two_papers_is_split(obey: Obey, papers: Path) -> None:
    one, two = Entry(1, "Notes"), Entry(1, "Notes", arxiv="2401.00007")
    first, second = digest("1.txt", one, day="2025-03-10"), digest("2.txt", two, day="2025-03-11")
    assert obey("", first, second).papers == 1
    split = '[[split]]\npaper = "notes"\nentries = ["2025-03-11 #1"]\n'
    done = obey(split, first, second)
    assert {p.slug: p.digests[0].digest for p in done.archive.papers} == {
        "notes": "2025-03-10",
        "notes-2": "2025-03-11",
    }
    third = digest("3.txt", two, day="2025-03-12")
    done = obey(f'{split}arxiv = "2401.00007"\n', first, second, third)
    assert [a.digest for a in by_slug(done)["notes-2"].digests] == ["2025-03-11", "2025-03-12"]
    assert [a.digest for a in by_slug(done)["notes"].digests] == ["2025-03-10"]


@pytest.mark.parametrize("more", ["", 'arxiv = "2401.00007"\n'])
def test_a_split_that_is_taken_out_leaves_no_second_paper(
    obey: Obey, papers: Path, more: str
) -> None:
    one, two = Entry(1, "Notes", abstract=STORKS.abstract), Entry(1, "Notes")
    both = digest("1.txt", one, day="2025-03-10"), digest("2.txt", two, day="2025-03-11")
    split = f'[[split]]\npaper = "notes"\nentries = ["2025-03-11 #1"]\n{more}'
    apart = by_slug(obey(split, *both))
    assert apart.keys() == {"notes", "notes-2"}
    page = next(papers.rglob("notes-2.md"))
    page.write_text(page.read_text("utf-8") + "\n## Notes\n\nMine.\n", encoding="utf-8")
    done = obey("", *both)
    assert done.archive.redirects == (("notes-2", "notes"),)
    (paper,) = done.archive.papers
    assert (paper.notes, len(paper.digests)) == ("## Notes\n\nMine.", 2)
    again = by_slug(obey(split, *both))
    assert {slug: one.digests for slug, one in again.items()} == {
        slug: one.digests for slug, one in apart.items()
    }


def test_the_page_goes_to_what_is_left_whichever_entries_are_split_off(obey: Obey) -> None:
    one, two = Entry(1, "Notes"), Entry(1, "Notes", arxiv="2401.00007")
    first, second = digest("1.txt", one, day="2025-03-10"), digest("2.txt", two, day="2025-03-11")
    obey("", first, second)
    done = obey('[[split]]\npaper = "notes"\nentries = ["1.txt #1"]\n', first, second)
    assert {p.slug: p.digests[0].digest for p in done.archive.papers} == {
        "notes": "2025-03-11",
        "notes-2": "2025-03-10",
    }


CORRECT = """
[[correct]]
paper = "2401.00001"
title = "Where storks truly rest"
authors = ["Ada One", "Bo Two"]
published = 2023-12-31
venue = "Ornis"
topics = ["robotics"]
keywords = ["birds"]
links = ["code https://code.example/storks"]
upvotes = 7
abstract = ""
"""


def test_corrected_fields_count_more_than_any_source(
    obey: Obey, papers: Path, taxonomy: Taxonomy
) -> None:
    slug = taxonomy.topics[0].slug
    obey("", MONDAY)
    done = obey(CORRECT.replace("robotics", slug), MONDAY, TUESDAY)
    paper = by_slug(done)["where-storks-rest"]
    assert (paper.title, paper.authors) == ("Where storks truly rest", ("Ada One", "Bo Two"))
    assert (paper.published, paper.venue) == (PartialDate(2023, 12, 31), "Ornis")
    assert (paper.topics, paper.keywords, paper.upvotes) == ((slug,), ("birds",), 7)
    assert paper.links == (Link("code", "https://code.example/storks"),)
    assert paper.abstract is None
    lines = (papers / "provenance.jsonl").read_text("utf-8").splitlines()
    lost = {line["field"]: line["value"] for line in map(json.loads, lines)}
    assert lost["title"] == STORKS.title
    assert lost["abstract"] == STORKS.abstract
    assert by_slug(obey("", MONDAY, TUESDAY))["where-storks-rest"].abstract == STORKS.abstract


def test_a_corrected_id_makes_one_paper_of_two(obey: Obey) -> None:
    other = digest("z.txt", Entry(1, "Resting places", arxiv="2401.00099"), day="2025-03-12")
    assert obey("", MONDAY, other).papers == 3
    word = '[[correct]]\npaper = "loading-vessels"\narxiv = "2401.00099"\n'
    done = obey(word, MONDAY, other)
    assert done.archive.redirects == (("resting-places", "loading-vessels"),)
    assert by_slug(done)["loading-vessels"].arxiv == "2401.00099"


def test_a_split_from_papers_that_a_corrected_id_made_one_leaves_the_page_to_its_own(
    obey: Obey,
) -> None:
    """The page tells of both papers' entries; what is left of it is not the other's."""
    lakes = digest("1.txt", Entry(1, "Lakes", arxiv="2402.00010"), day="2025-03-10")
    crates = Entry(1, "Crates", arxiv="2402.00002", abstract=SHIPS.abstract)
    loads = digest("2.txt", crates, day="2025-03-11")
    notes = digest("3.txt", dataclasses.replace(crates, arxiv=None), day="2025-03-12")
    obey("", lakes, loads, notes)
    word = '[[correct]]\npaper = "crates"\narxiv = "2402.00010"\n'
    split = '[[split]]\npaper = "lakes"\nentries = ["2025-03-12 #1"]\n'
    for more in ("", split, split):
        done = obey(word + more, lakes, loads, notes)
        assert ("lakes", "crates") in done.archive.redirects
    assert {paper.slug: len(paper.digests) for paper in done.archive.papers} == {
        "crates": 2,
        "crates-2": 1,
    }


def test_a_paper_that_no_digest_carries_is_corrected_too(obey: Obey, papers: Path) -> None:
    obey("", MONDAY, TUESDAY)
    done = obey('[[correct]]\npaper = "loading-vessels"\nvenue = "Ports"\n', TUESDAY)
    paper = by_slug(done)["loading-vessels"]
    assert (paper.venue, paper.uncarried) == ("Ports", True)
    assert by_slug(obey("", TUESDAY))["loading-vessels"].venue is None


def test_addresses_that_only_a_correction_gave_answer_when_it_is_taken_out(
    obey: Obey, papers: Path, taxonomy: Taxonomy
) -> None:
    """Of a page that no digest carries, and keeps its own words, and of a topic named on one."""
    topic, other = (topic.slug for topic in taxonomy.topics[:2])
    obey("", MONDAY, TUESDAY)
    word = '[[correct]]\npaper = "loading-vessels"\nauthors = ["Ada One"]\npublished = 1999-02-01\n'
    shown = obey(f'{word}topics = ["{topic}"]\n', TUESDAY).archive
    assert by_slug_of(shown)["loading-vessels"].authors == ("Ada One",)
    page = next(papers.rglob("nothing-is-known-of-this.md"))
    text = page.read_text("utf-8")
    page.write_text(text.replace("\nSlug:", f"\nTopics: {other}, no topic\nSlug:"), "utf-8")
    obey("", TUESDAY)
    page.write_text(text, "utf-8")
    gone = obey("", TUESDAY).archive.gone
    assert [address for address, _ in gone if not address.startswith("d")] == [
        "authors/ada-one",
        *sorted((f"topics/{topic}", f"topics/{other}")),
    ]
    assert {"dates/1999", "dates/1999-02"} < {address for address, _ in gone}


@pytest.mark.parametrize(
    "word",
    [
        '[[correct]]\npaper = "my-find"\narxiv = "2401.00009"\nvenue = "Ports"\ntitle = "Crates"\n',
        '[[correct]]\npaper = "my-find"\nauthors = ["Ada One"]\ntopics = ["robotics"]\n',
        '[[merge]]\npapers = ["my-find", "where-storks-rest"]\n',
    ],
)
def test_the_keepers_word_on_a_page_made_by_hand_is_no_word_of_the_pages(
    obey: Obey, papers: Path, word: str
) -> None:
    """It is a source of its own, and would say so for ever."""
    (papers / "mine").mkdir(parents=True)
    (papers / "mine" / "find.md").write_text("Title: My find\n", encoding="utf-8")
    digests = digest("0.txt", Entry(1, "My find", abstract="Found."), day="2025-03-09"), MONDAY
    before = by_slug(obey("", *digests))
    assert by_slug(obey(word, *digests)) != before
    assert by_slug(obey("", *digests)) == before


def test_a_hidden_paper_leaves_everything_but_its_address(obey: Obey, papers: Path) -> None:
    obey("", MONDAY, TUESDAY)
    word = MERGE + '[[hide]]\npaper = "loading-vessels"\nreason = "On request."\n'
    done = obey(word, MONDAY, TUESDAY)
    assert set(by_slug(done)) == {"nothing-is-known-of-this"}
    assert done.archive.removed == (
        ("loading-vessels", "On request."),
        ("where-storks-rest", "On request."),
    )
    assert done.archive.redirects == ()
    assert [[item.slug for item in d.items] for d in done.archive.digests] == [
        ["nothing-is-known-of-this"],
        [],
    ]
    text = next(papers.rglob("where-storks-rest.md")).read_text("utf-8")
    assert "Hidden: On request.\nStatus: skip\n" in text
    assert set(by_slug(obey("", MONDAY, TUESDAY))) > {"where-storks-rest", "loading-vessels"}
    assert "Status" not in next(papers.rglob("where-storks-rest.md")).read_text("utf-8")


def test_a_withdrawn_paper_stays_with_a_note(obey: Obey, papers: Path) -> None:
    done = obey('[[withdraw]]\npaper = "arXiv:2401.00001v2"\n', MONDAY)
    assert by_slug(done)["where-storks-rest"].withdrawn == ""
    done = obey('[[withdraw]]\npaper = "2401.00001"\nnote = "Wrong birds."\n', MONDAY)
    assert by_slug(done)["where-storks-rest"].withdrawn == "Wrong birds."
    assert "Withdrawn: Wrong birds.\n" in next(papers.rglob("where*.md")).read_text("utf-8")
    assert by_slug(obey("", MONDAY))["where-storks-rest"].withdrawn is None


def test_a_paper_is_called_by_its_doi_as_well(obey: Obey) -> None:
    known = dataclasses.replace(SHIPS, doi="10.1000/ships")
    word = '[[hide]]\npaper = "https://doi.org/10.1000/SHIPS"\n'
    assert set(by_slug(obey(word, digest("1.txt", known, BARE)))) == {"nothing-is-known-of-this"}


def test_papers_made_by_hand_are_not_merged_with_each_other(obey: Obey, papers: Path) -> None:
    papers.mkdir()
    for name in ("one", "two"):
        (papers / f"{name}.md").write_text(f"Title: {name.title()}\n\nText.\n", encoding="utf-8")
    before = tree(papers)
    done = obey('[[merge]]\npapers = ["one", "two"]\n', MONDAY)
    (warning,) = [refusal for refusal in done.refusals if refusal.path == "papers.toml"]
    assert "made by hand" in warning.message
    assert {k: v for k, v in tree(papers).items() if k in before} == before
    done = obey('[[merge]]\npapers = ["loading-vessels", "two"]\n', MONDAY)
    assert done.archive.redirects == (("loading-vessels", "two"),)
    assert by_slug(done)["two"].abstract == "Text."


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('x = 1\n\n[[hide]]\npaper = "a"\n', 1, "[[merge]]"),
        ('[hide]\npaper = "a"\n', 1, "[[hide]]"),
        ('\n[[hide]]\npapr = "a"\n', 2, "did you mean 'paper'"),
        ("[[hide]]\n", 1, "expected 'paper'"),
        ("[[hide]]\npaper = 5\n", 1, "'paper' should be a text"),
        ('[[merge]]\npapers = ["a"]\n', 1, "two or more"),
        ('[[merge]]\npapers = "a b"\n', 1, "a list"),
        ('[[split]]\npaper = "a"\nentries = ["71"]\n', 1, "'2025-03-14 #71'"),
        ('[[split]]\npaper = "a"\nentries = []\n', 1, "one entry or more"),
        ('[[correct]]\npaper = "a"\n', 1, "a field"),
        ('[[correct]]\npaper = "a"\ndate = 2025-01-01\n', 1, "'published'"),
        ('[[correct]]\npaper = "a"\ntitle = ""\n', 1, "'title'"),
        ('[[correct]]\npaper = "a"\npublished = "soon"\n', 1, "'2024-06-28'"),
        ('[[correct]]\npaper = "a"\npublished = 9999-12-31\n', 1, "no paper is of"),
        ('[[correct]]\npaper = "a"\ntitle = "\\u200b\\u2800"\n', 1, "'title'"),
        ('[[correct]]\npaper = "a"\narxiv = "x"\n', 1, "arXiv id"),
        ('[[correct]]\npaper = "a"\ndoi = "x"\n', 1, "DOI"),
        ('[[correct]]\npaper = "a"\nupvotes = -1\n', 1, "whole number"),
        ('[[correct]]\npaper = "a"\nauthors = "A, B"\n', 1, "list of names"),
        ('[[correct]]\npaper = "a"\nlinks = ["code javascript:alert(1)"]\n', 1, "https://"),
    ],
)
def test_a_bad_entry_is_named_by_line_and_the_others_count(
    text: str, line: int, words: str
) -> None:
    good = '\n[[withdraw]]\npaper = "good"\n'
    word, (refusal,) = parse_keeper_word(text + good)
    assert (refusal.path, refusal.line, refusal.fatal) == ("papers.toml", line, True)
    assert words in refusal.message
    assert refusal.hint
    assert word.withdrawals[-1].paper == "good"


def test_of_very_many_names_that_are_no_kind_a_few_are_told_by_line_and_the_others_counted() -> (
    None
):
    """To look for each in the whole file took minutes for 20,000."""
    names = "".join(f"[[kind{number}]]\n" for number in range(300))
    word, refusals = parse_keeper_word(f'{names}[[hide]]\npaper = "a"\n')
    assert [refusal.line for refusal in refusals] == [*range(1, 21), None]
    assert "280 other names" in refusals[-1].message
    assert len(word.hides) == 1


@pytest.mark.parametrize(
    "word",
    [
        '[[hide]]\npaper = "nobody"\n',
        '[[withdraw]]\npaper = "2401.99999"\n',
        '[[merge]]\npapers = ["where-storks-rest", "10.1000/none"]\n',
        '[[split]]\npaper = "where-storks-rest"\nentries = ["2025-03-10 #9"]\n',
    ],
)
def test_what_names_no_paper_is_a_warning(obey: Obey, word: str) -> None:
    (warning,) = obey(word, MONDAY).refusals
    assert isinstance(warning, Refusal)
    assert (warning.path, warning.line, warning.fatal) == ("papers.toml", 1, False)
    assert warning.hint


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text: str) -> None:
    for said in (text, f"[[correct]]\npaper = 'a'\n{text}"):
        with suppress(KeeperError):
            parse_keeper_word(said)


@pytest.mark.parametrize("name", ["papers.toml", "authors.toml"])
@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"[[hide]]\r\npaper = 'a'\r\nreason = '\xff'\r\n", 3, "UTF-8"),
        (b"[[hide]]\npaper = 'a'\n\n[[merge]\n", 4, "TOML"),
        (b"#" * (MOST_BYTES + 1), None, "larger than"),
        (b"\n[" + b"a." * 100_000 + b"a]\n", 2, "300 parts"),
        (b"a = " + b"[" * 100_000, None, "deeply"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_stops_rather_than_says_nothing(
    tmp_path: Path, name: str, data: bytes, line: int | None, says: str
) -> None:
    """What it hides would be seen again."""
    (tmp_path / name).write_bytes(data)
    read = read_keeper_word if name == "papers.toml" else read_author_word
    with pytest.raises(KeeperError, match=says) as stopped:
        read(tmp_path / name)
    refusal = stopped.value.refusal
    assert (refusal.path, refusal.line) == (name, line)
    assert refusal.hint


def test_a_topic_that_does_not_exist_is_told_with_the_line_of_its_entry(
    keep: Keep, papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    slug = keep(MONDAY).archive.papers[0].slug
    file = tmp_path / "papers.toml"
    file.write_text(f"\n[[correct]]\npaper = '{slug}'\ntopics = ['no such thing']\n", "utf-8")
    reading = Reading((MONDAY,), (), 1)
    (warning,) = convert(reading, papers, None, taxonomy, corrections=file).refusals
    assert (warning.path, warning.line, warning.fatal) == ("papers.toml", 2, False)
