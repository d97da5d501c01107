"""Who is who: names, ORCID iDs, initials and the keeper's authors.toml."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.archive.author_word import parse_author_word
from daybook.archive.doctor import examine
from daybook.archive.ledger import Ledger
from daybook.archive.matching import Sources
from daybook.archive.people import identify
from daybook.catalogue.people import People
from daybook.digests import Reading
from daybook.records import Archive, Digest, Entry
from daybook.search.names import authors_of

from .conftest import tree
from .test_doctor import TODAY

Name = Callable[..., Conversion]


@pytest.fixture
def name(papers: Path, taxonomy: Taxonomy, tmp_path: Path) -> Name:
    """Give a function that converts papers of these authors under what an authors.toml says."""

    def run(word: str, *bylines: str, csl: list[object] | None = None) -> Conversion:
        file = tmp_path / "authors.toml"
        file.write_text(word, encoding="utf-8")
        (tmp_path / "facts").mkdir(exist_ok=True)
        (tmp_path / "facts" / "facts.json").write_text(json.dumps(csl or []), encoding="utf-8")
        reading = Reading((_digest(*bylines),), (), 1)
        return convert(reading, papers, tmp_path / "facts", taxonomy, authors=file)

    return run


def _digest(*bylines: str) -> Digest:
    entries = tuple(
        Entry(place, f"Paper number {place}", authors=tuple(byline.split(", ")))
        for place, byline in enumerate(bylines, 1)
    )
    return Digest("1.txt", "hf-text", entries)


def people(archive: Archive) -> dict[str, int]:
    """Give how many papers everybody has, by slug, for the pages and the search alike."""
    everybody = People(archive.papers, archive.author_slugs, archive.identities).everybody
    found = {person.slug: len(person.papers) for person in everybody}
    assert found == {a.slug: len(a.papers) for a in authors_of(archive, 3000)}
    return found


def moved(archive: Archive) -> dict[str, str]:
    everybody = People(archive.papers, archive.author_slugs, archive.identities)
    return {slug: person.slug for slug, person in everybody.moved.items()}


def test_initials_join_the_one_name_that_fits_and_shares_a_co_author(name: Name) -> None:
    archive = name("", "John Smith, Ada One", "J. Smith, Ada One", "Bo Two").archive
    assert people(archive) == {"john-smith": 2, "ada-one": 2, "bo-two": 1}
    assert moved(archive) == {"j-smith": "john-smith"}


@pytest.mark.parametrize(
    "bylines",
    [
        ("John Smith, Ada One", "J. Smith, Bo Two"),  # no co-author in common
        ("John Smith, Ada One", "J. Smith, Ada One", "J. Smith, Bo Two"),  # not on every paper
        ("John Smith, Ada One", "J. Smith, Ada One", "Jane Smith, Cy Three"),  # two names fit
        ("John Smith, Ada One", "J. Smith, Ada One, John Smith"),  # both on one paper
        ("John Smith, Ada One", "J. K. Smith, Ada One"),  # an initial that nobody accounts for
        ("Smith, Ada One", "J. Smith, Ada One"),
        ("Kim Smith, Ada One", "J. Smith, Ada One"),
    ],
)
def test_initials_that_could_be_another_join_nobody(name: Name, bylines: tuple[str, ...]) -> None:
    archive = name("", *bylines).archive
    assert [slug for slug in people(archive) if slug in {"j-smith", "j-k-smith"}]
    assert moved(archive) == {}


def test_names_that_only_a_romanization_makes_equal_are_two_pages(name: Name) -> None:
    assert people(name("", "张三", "章三").archive) == {"zhang-san": 1, "zhang-san-2": 1}


def test_names_with_one_orcid_are_one_person_and_the_later_address_leads_on(name: Name) -> None:
    facts = [_csl(1, "Ada Byron"), _csl(2, "Ada King")]
    archive = name("", "Ada Byron", "Ada King", csl=facts).archive
    assert people(archive) == {"ada-byron": 2}
    assert moved(archive) == {"ada-king": "ada-byron"}


def test_an_orcid_that_joins_whom_the_keeper_joined_already_loses_no_address(name: Name) -> None:
    """The keeper's name is shown, and the address is that of who had the iD first."""
    word = '[[merge]]\nnames = ["Ada King", "Ada Byron"]\n'
    facts = [_csl(2, "Bo Two"), _csl(3, "Ada Byron")]
    archive = name(word, "Ada King", "Bo Two", "Ada Byron", csl=facts).archive
    assert people(archive) == {"bo-two": 3}
    assert moved(archive) == {"ada-byron": "bo-two", "ada-king": "bo-two"}


def test_a_digest_that_gives_orcids_tells_who_is_who_as_facts_do(
    papers: Path, taxonomy: Taxonomy
) -> None:
    orcid = "0000-0001-0000-000X"
    entries = [
        Entry(place, f"Paper number {place}", authors=(who,), orcids=((who, orcid),))
        for place, who in enumerate(("Ada Byron", "A. King"), 1)
    ]
    reading = Reading((Digest("1.json", "csl-json", tuple(entries)),), (), 1)
    archive = convert(reading, papers, None, taxonomy).archive
    assert people(archive) == {"ada-byron": 2}


def test_one_name_with_two_orcids_is_two_people(name: Name) -> None:
    facts = [_csl(1, "Wei Wang"), _csl(2, "Wei Wang", "0000-0001-0000-0002")]
    archive = name("", "Wei Wang", "Wei Wang", "Wei Wang", csl=facts).archive
    assert people(archive) == {"wei-wang": 2, "wei-wang-0000-0001-0000-0002": 1}


def _csl(place: int, printed: str, orcid: str = "0000-0001-0000-000x") -> dict[str, object]:
    author = {"literal": printed, "ORCID": f"http://orcid.org/{orcid}"}
    return {"id": str(place), "title": f"Paper number {place}", "author": [author]}


MERGE = '[[merge]]\nnames = ["Ada King", "Ada Byron", "Never Printed"]\n'


def test_merged_names_are_one_page_under_the_first_and_the_others_lead_there(name: Name) -> None:
    archive = name(MERGE, "Ada Byron", "Ada King", "Ada Byron").archive
    assert people(archive) == {"ada-king": 3}
    assert moved(archive) == {"ada-byron": "ada-king", "never-printed": "ada-king"}
    (person,) = People(archive.papers, (), archive.identities).everybody
    assert person.name == "Ada King"


def test_merges_that_share_a_name_are_one_person_and_all_addresses_lead_there(name: Name) -> None:
    word = (
        '[[merge]]\nnames = ["Ada King", "Ada Byron"]\n[[merge]]\nnames = ["Bo Two", "Ada Byron"]\n'
    )
    archive = name(word, "Ada Byron", "Ada King", "Bo Two").archive
    assert people(archive) == {"bo-two": 3}
    assert moved(archive) == {"ada-byron": "bo-two", "ada-king": "bo-two"}


def test_who_stands_twice_on_their_only_paper_keeps_the_address(name: Name) -> None:
    """Though the paper is counted once, and by the other spelling."""
    word = '[[merge]]\nnames = ["Ada King", "Ada Byron"]\n'
    assert people(name("", "Ada Byron, Ada King").archive) == {"ada-byron": 1, "ada-king": 1}
    both = [{"literal": one, "ORCID": "0000-0001-0000-000X"} for one in ("Ada King", "Ada Byron")]
    facts: list[object] = [{"title": "Paper number 1", "author": both}]
    for archive in (
        name(word, "Ada Byron, Ada King").archive,
        name("", "Ada King, Ada Byron", csl=facts).archive,
    ):
        here, gone = people(archive), moved(archive)
        assert here.keys() | gone.keys() == {"ada-byron", "ada-king"}


def test_a_merge_taken_out_gives_the_pages_back(name: Name) -> None:
    before = people(name("", "Ada Byron", "Ada King").archive)
    name(MERGE, "Ada Byron", "Ada King")
    assert people(name("", "Ada Byron", "Ada King").archive) == before


def test_an_address_that_only_a_merge_gave_answers_when_it_is_taken_out(name: Name) -> None:
    """Of a name on no paper, be it the shown one, and of one that a paper had when merged."""
    name("", "Ada Byron", "Ada King")
    first = name(MERGE, "Ada Byron", "Ada King").archive
    second = name(MERGE, "Ada King", "Ada King").archive
    assert moved(first) == moved(second)
    for _ in range(2):
        archive = name("", "Ada King", "Ada King").archive
        assert moved(archive) == {}
        assert archive.gone == (
            ("authors/ada-byron", "papers/paper-number-1"),
            ("authors/never-printed", "papers/paper-number-1"),
        )
    name('[[merge]]\nnames = ["Countess Ada", "Ada King"]\n', "Ada King")
    archive = name("", "Ada King").archive
    assert ("authors/countess-ada", "papers/paper-number-1") in archive.gone
    word = '[[merge]]\nnames = ["章三", "Ada King"]\n'
    assert people(name(word, "Ada King", "张三").archive) == {"zhang-san": 1, "zhang-san-2": 1}
    archive = name("", "Ada King", "张三").archive
    assert ("authors/zhang-san-2", "papers/paper-number-1") in archive.gone


def test_the_address_of_who_was_parted_by_an_orcid_outlives_it(name: Name) -> None:
    facts = [_csl(1, "Wei Wang"), _csl(2, "Wei Wang", "0000-0001-0000-0002")]
    name("", "Wei Wang", "Wei Wang", csl=facts)
    for _ in range(2):
        archive = name("", "Wei Wang", "Wei Wang").archive
        assert people(archive) == {"wei-wang": 2}
        assert moved(archive) == {"wei-wang-0000-0001-0000-0002": "wei-wang"}


SPLIT = '[[split]]\nname = "Wei Wang"\nknown_as = "Wei Wang (Delft)"\npapers = ["paper-number-2"]\n'


def test_a_split_name_is_two_people_and_pages_show_the_name_as_printed(name: Name) -> None:
    archive = name(SPLIT, "Wei Wang", "Wei Wang").archive
    assert people(archive) == {"wei-wang": 1, "wei-wang-delft": 1}
    everybody = People(archive.papers, archive.author_slugs, archive.identities)
    by_slug = {paper.slug: everybody.printed(paper)[0] for paper in archive.papers}
    assert [(n.name, n.url) for _, n in sorted(by_slug.items())] == [
        ("Wei Wang", "authors/wei-wang.html"),
        ("Wei Wang", "authors/wei-wang-delft.html"),
    ]
    assert {person.name for person in everybody.everybody} == {"Wei Wang", "Wei Wang (Delft)"}


def test_the_address_of_a_name_that_was_split_off_whole_leads_to_who_it_was(name: Name) -> None:
    name("", "Ada One", "Wei Wang, Ada One")
    archive = name(SPLIT, "Ada One", "Wei Wang, Ada One").archive
    assert people(archive) == {"ada-one": 2, "wei-wang-delft": 1}
    assert moved(archive) == {"wei-wang": "wei-wang-delft"}


def test_a_split_taken_out_leaves_a_redirect(name: Name, papers: Path) -> None:
    name(SPLIT, "Wei Wang", "Wei Wang")
    archive = name("", "Wei Wang", "Wei Wang").archive
    assert people(archive) == {"wei-wang": 2}
    assert moved(archive) == {"wei-wang-delft": "wei-wang"}
    before = tree(papers)
    name("", "Wei Wang", "Wei Wang")
    assert tree(papers) == before


def test_names_kept_apart_are_not_joined_by_initials_or_orcid(name: Name) -> None:
    apart = '[[apart]]\nnames = ["J. Smith", "John Smith", "Ada King"]\n'
    archive = name(apart, "John Smith, Ada One", "J. Smith, Ada One").archive
    assert people(archive) == {"john-smith": 1, "j-smith": 1, "ada-one": 2}
    facts = [_csl(1, "John Smith"), _csl(2, "Ada King")]
    assert people(name(apart, "John Smith", "Ada King", csl=facts).archive) == {
        "john-smith": 1,
        "ada-king": 1,
    }


def test_very_many_names_kept_apart_take_no_more_memory_than_their_number() -> None:
    """Their pairs did: 2,000 names took half a gigabyte."""
    names = ", ".join(f'"Name {letter}{number}"' for letter in "abcd" for number in range(150))
    word, refused = parse_author_word(f"[[apart]]\nnames = [{names}]\n")
    assert not refused
    tracemalloc.start()
    identify((), {}, word, {}, Ledger())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("\n[[merge]]\nnames = 7\n", 2, "'names' should be a list of texts"),
        ('[[merge]]\nnames = ["Ada One", "ADA ONE"]', 1, "two or more different names"),
        ('[[merge]]\nname = ["a"]', 1, "did you mean 'names'?"),
        ('[[split]]\nname = "A"', 1, "expected 'papers', found none"),
        ('[[split]]\nname = "A"\npapers = ["x"]\nknown_as = "a"', 1, "should differ"),
        ('\n[[mergers]]\nnames = ["a"]', 2, "expected [[merge]], [[split]], [[apart]]"),
        ("merge = 3", 1, "expected [[merge]]"),
    ],
)
def test_an_entry_that_cannot_be_understood_names_its_line(text: str, line: int, says: str) -> None:
    _, (refusal,) = parse_author_word(text)
    assert (refusal.path, refusal.line, refusal.fatal) == ("authors.toml", line, True)
    assert says in refusal.message
    assert refusal.hint


def test_a_split_follows_a_paper_that_became_one_with_another(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    """By its slug, and by the id that lost."""
    one = Entry(1, "Ducks in Water", authors=("Wei Wang",), doi="10.1000/ducks")
    two = Entry(2, "Ducks That Swim", authors=("Wei Wang",), arxiv="2401.00007")
    both = dataclasses.replace(two, position=1, doi=one.doi)
    file = tmp_path / "authors.toml"
    for reference in ("ducks-in-water", "ducks-that-swim", "2401.00007", "10.1000/ducks"):
        shutil.rmtree(papers, ignore_errors=True)
        file.write_text("", "utf-8")
        first = Digest("1.txt", "hf-text", (one, two))
        convert(Reading((first,), (), 1), papers, None, taxonomy, authors=file)
        split = SPLIT.replace("paper-number-2", reference)
        file.write_text(split, "utf-8")
        second = Digest("2.txt", "hf-text", (both,))
        done = convert(Reading((first, second), (), 2), papers, None, taxonomy, authors=file)
        assert len(done.archive.papers) == 1
        assert not [r for r in done.refusals if "[[split]]" in r.message]
        assert people(done.archive) == {"wei-wang-delft": 1}


def test_a_split_of_what_is_not_there_is_refused_and_the_rest_counts(name: Name) -> None:
    word = SPLIT.replace('"paper-number-2"', '"paper-number-2", "nowhere"')
    done = name(word, "Wei Wang", "Wei Wang")
    (refusal,) = done.refusals
    assert (refusal.path, refusal.line) == ("authors.toml", 1)
    assert "'nowhere'" in refusal.message
    assert people(done.archive) == {"wei-wang": 1, "wei-wang-delft": 1}


def test_the_doctor_says_which_names_look_like_one_person(
    papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    bylines = ("Wang Wei, Ada One", "Wei Wang, Ada One", "Ada B. One, Wei Wang", "Cy Y, Ada One")
    file = tmp_path / "authors.toml"

    def looks(word: str) -> list[str]:
        file.write_text(word, encoding="utf-8")
        reading = Reading((_digest(*bylines),), (), 1)
        sources = Sources(reading, papers, None, taxonomy, None, file)
        found = examine(sources, TODAY)
        return [f.message for f in found if f.path == "authors.toml"]

    first, second = looks("")
    assert first.startswith("'Ada B. One' and 'Ada One' look like one person")
    assert "'Wang Wei' and 'Wei Wang'" in second
    assert len(looks('[[apart]]\nnames = ["Wang Wei", "Wei Wang"]')) == 1
    assert len(looks('[[merge]]\nnames = ["Ada One", "Ada B. One"]')) == 1


def test_names_that_are_joined_and_kept_apart_are_told() -> None:
    names = 'names = ["Ada King", "Ada Byron"]'
    word, refusals = parse_author_word(f"[[merge]]\n{names}\n[[apart]]\n{names}\n")
    assert word.merges == word.aparts == (("Ada King", "Ada Byron"),)
    (refusal,) = refusals
    assert (refusal.path, refusal.line) == ("authors.toml", 3)
    assert "by the [[merge]] in line 1" in refusal.message
