"""What filters and suggestions are made from: what Python writes is what the client reads."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from daybook.archive.slugs import author_key
from daybook.catalogue import SiteOptions, render_catalogue
from daybook.catalogue.people import People
from daybook.drafts import rendered
from daybook.records import Appearance, Archive, Identities, KeptDigest, Link, Paper
from daybook.search.facts import FACTS_SIZE, date_number
from daybook.search.generator import SearchGenerator
from daybook.search.names import CROWD, NAMES_BYTES, authors_of, title_names
from daybook.search.sidetable import build_side

from .node import run_node
from .small_archives import made_up_archive, write_search

DIGESTS = tuple(KeptDigest(day, day, "text", f"Digest {day}", ()) for day in ("a-1", "b-2", "c-3"))


def carried(paper: Paper) -> Paper:
    """Give a paper digests, and code to every third."""
    days = [digest.id for at, digest in enumerate(DIGESTS) if paper.number // 7 % (at + 2) == 0]
    link = (Link("code", "https://example.org"),) if paper.number % 3 == 0 else ()
    return replace(
        paper, digests=tuple(Appearance(day, 1) for day in days), links=link, topics=paper.topics
    )


def an_archive() -> Archive:
    """Make papers with gaps in their numbers, also where a block of facts ends, and a crowd."""
    made = made_up_archive(120)
    kept = [carried(paper) for paper in made.papers if paper.number not in {5, 6, 50}]
    crowd = tuple(f"Jo Crowd{number:04d}" for number in range(CROWD + 200))
    kept[3] = replace(kept[3], authors=(*crowd, "José Łukasz-Straße", "Иван Петров"))
    kept[4] = replace(kept[4], authors=("Jo Crowd0007", "Jose Lukasz Strasse", "Grace B. Hopper"))
    kept[8] = replace(kept[8], authors=("G. Hopper", "A. Byron"))
    kept[9] = replace(kept[9], authors=("Grace B. Hopper", "Ada Byron"))
    kept[-1] = replace(kept[-1], number=FACTS_SIZE + 3)
    identities = Identities(
        joined=(("g hopper", "grace b hopper"), ("ada byron", "ada king")),
        apart=((kept[8].number, "a byron", "ada king"),),
        names=(("ada king", "Ada King"),),
    )
    return replace(made, papers=tuple(kept), digests=DIGESTS, identities=identities)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return an_archive()


def as_read(archive: Archive, folder: Path, asked: list[str]) -> dict[str, Any]:
    """Write the index, and give what the client makes of it, and of what is asked."""
    write_search(archive, folder)
    for path, content in rendered(build_side(archive, 3000)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    result = run_node("tests/js/side.js", folder, stdin=json.dumps(asked))
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def read(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    asked = ["jo", "jo c", "crowd0007", "strasse", "Jo Crowd0007", "José Łukasz-Straße", "пет", "x"]
    asked += ["hopper g", "G. Hopper", "g hopp", "Grace B Hopper", "Ada Byron", "A. Byron", "ada k"]
    return as_read(archive, tmp_path_factory.mktemp("site"), asked)


def test_facts_are_read_as_they_were_written(archive: Archive, read: dict[str, Any]) -> None:
    for paper in archive.papers:
        at = paper.number
        assert read["dates"][at] == date_number(paper.published)
        assert read["topics"][at] == list(paper.topics)
        assert read["digests"][at] == [seen.digest for seen in paper.digests]
        assert read["code"][at] is bool(paper.links)
    assert read["topics"][5] is None


def test_an_author_is_found_by_every_word_of_the_name(read: dict[str, Any]) -> None:
    for text in ("crowd0007", "Jo Crowd0007"):
        (found,) = read["suggested"][text]
        assert (found["name"], found["count"]) == ("Jo Crowd0007", 2)
        assert found["url"] == "authors/jo-crowd0007.html"
    assert [one["name"] for one in read["suggested"]["пет"]] == ["Иван Петров"]
    assert read["people"]["Jo Crowd0007"] == [3, 4]


def test_spellings_of_one_name_are_one_author(read: dict[str, Any]) -> None:
    (found,) = [one for one in read["suggested"]["strasse"] if one["name"].startswith("Jos")]
    assert found["count"] == 2
    assert read["people"]["José Łukasz-Straße"] == [3, 4]


def test_a_spelling_that_was_joined_finds_whom_it_means(read: dict[str, Any]) -> None:
    hopper = {"kind": "author", "name": "Grace B. Hopper", "count": 3}
    hopper["url"] = "authors/grace-b-hopper.html"
    for text in ("hopper g", "g hopp", "G. Hopper", "Grace B Hopper"):
        assert read["suggested"][text] == [hopper], text
    assert len(read["people"]["G. Hopper"]) == 3
    assert read["people"]["G. Hopper"] == read["people"]["Grace B Hopper"]
    for text in ("Ada Byron", "A. Byron", "ada k"):
        assert [one["name"] for one in read["suggested"][text]] == ["Ada King"], text
    assert len(read["people"]["A. Byron"]) == 2


def test_search_offers_the_feeds_of_authors_that_there_are(tmp_path: Path) -> None:
    late = SiteOptions().feeds_of_two
    written = {
        "One Early": [1],
        "Two Early": [2, late - 1],
        "Two Late": [3, late],
        "Two Later": [late + 5, late + 6],
        "Three Late": [4, late + 1, late + 2],
        "Three Later": [late + 7, late + 8, late + 9],
    }
    made = made_up_archive(3)
    papers = tuple(
        replace(made.papers[0], number=number, slug=f"p-{number}", authors=(name,))
        for name, numbers in written.items()
        for number in numbers
    )
    archive = replace(made, papers=tuple(sorted(papers, key=lambda paper: paper.number)))
    read = as_read(archive, tmp_path, [*written])
    files = {path for path, _ in render_catalogue(archive, SiteOptions())}
    there = {path for path in files if path.startswith("feeds/authors/")}
    assert {url for urls in read["feeds"].values() for url in urls} == there
    assert there == {
        f"feeds/authors/{name}.atom.xml" for name in ("two-early", "three-late", "three-later")
    }


def test_search_and_pages_agree_who_is_who(archive: Archive) -> None:
    jo, lukasz = author_key("Jo Crowd0001"), author_key("José Łukasz-Straße")
    identities = Identities(
        joined=((jo, lukasz),), apart=((4, lukasz, "another"),), names=(("another", "A. Nother"),)
    )
    known = replace(archive, identities=identities, author_slugs=((lukasz, "the-first"),))
    for small in (10, 3000):
        pages = People(
            known.papers, known.author_slugs, identities, pages_for_all=len(known.papers) <= small
        )
        shown = {
            (person.name, person.url, tuple(sorted(paper.number for paper in person.papers)))
            for person in pages.everybody
        }
        found = authors_of(known, small)
        assert {
            (one.name, f"authors/{one.slug}.html" if one.has_page else None, one.papers)
            for one in found
        } == shown
        assert "A. Nother" in {one.name for one in found}


def test_where_many_begin_alike_the_likeliest_come_first(read: dict[str, Any]) -> None:
    for text in ("jo", "jo c"):
        first = next(one for one in read["suggested"][text] if one["kind"] == "author")
        assert (first["name"], first["count"]) == ("Jo Crowd0007", 2)


def test_one_letter_suggests_nothing(read: dict[str, Any]) -> None:
    assert read["suggested"]["x"] == []


def test_a_cache_of_names_changes_no_byte_and_is_never_old(tmp_path: Path) -> None:
    archive = an_archive()
    cold = list(rendered(build_side(archive, 3000)))
    for _ in range(2):
        assert list(rendered(build_side(archive, 3000, tmp_path))) == cold
    assert len(list(tmp_path.iterdir())) == 2
    first, second, *rest = archive.papers
    key = author_key((second.authors or ("",))[0])
    for other in (
        replace(archive, papers=(replace(first, title="Another"), second, *rest)),
        replace(archive, papers=(first, replace(second, authors=("Nobody Else",)), *rest)),
        replace(archive, identities=Identities(names=((key, "Somebody Renamed"),))),
        replace(archive, author_slugs=((key, "somewhere-else"),)),
    ):
        fresh = list(rendered(build_side(other, 3000)))
        assert fresh != cold
        assert list(rendered(build_side(other, 3000, tmp_path))) == fresh
    assert (
        list(rendered(build_side(archive, 10, tmp_path)))
        == list(rendered(build_side(archive, 10)))
        != cold
    )


def test_a_new_paper_leaves_the_facts_before_it_as_they_were() -> None:
    before = dict(rendered(build_side(replace(made_up_archive(2100), digests=DIGESTS), 3000)))
    after = dict(rendered(build_side(replace(made_up_archive(2101), digests=DIGESTS), 3000)))
    facts = {path for path in before if path.startswith("search/facts/")}
    assert len(facts) == 2
    assert len(facts & set(after)) == 1


def test_new_names_leave_most_files_of_names_as_they_were() -> None:
    """Cut where they are full alone, all files after a new name would begin elsewhere."""
    random_ = random.Random(5)
    one = made_up_archive(1).papers[0]
    titles = [
        f"{random_.getrandbits(60):015x} " + "x" * random_.randint(0, 60) for _ in range(6000)
    ]

    def files(titles: list[str]) -> dict[str, bytes]:
        papers = [replace(one, number=number, title=title) for number, title in enumerate(titles)]
        return {range_.file.path: range_.file.content for range_ in title_names(papers).ranges}

    before = files(titles)
    after = files([*titles, "00 is new", "88 is new", "ff is new"])
    assert len(before) > 20
    assert len(after.keys() - before.keys()) <= 6
    assert max(map(len, after.values())) < 1.1 * NAMES_BYTES


def test_blocks_that_say_the_same_are_one_file(tmp_path: Path) -> None:
    """As in a digest of 10,000 papers of which nothing but titles is known."""
    first, second = made_up_archive(2).papers
    bare = replace(first, published=None, digests=(), topics=(), links=())
    other = replace(bare, slug=second.slug, path=second.path, number=2048)
    archive = Archive((bare, other), (), ())
    settings = SimpleNamespace(cache=tmp_path, small_archive=3000)
    context = {"DAYBOOK_ARCHIVE": archive, "DAYBOOK_SETTINGS": settings}
    files = [path for path, _ in rendered(SearchGenerator(context).side())]
    assert len(set(files)) == len(files)
    assert sum(path.startswith("search/facts/") for path in files) == 1
