import unicodedata
from dataclasses import replace

import pytest
from daybook.catalogue.people import OTHER, People
from daybook.records import Archive, Identities
from hypothesis import given, settings
from hypothesis import strategies as st

from .links import broken_links
from .small_archive import ARCHIVE, OPTIONS, large_archive, paper, render


def people(*names: str) -> People:
    """Give everybody of papers that have one author each."""
    return People(paper(number, authors=(name,)) for number, name in enumerate(names))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Łukasz", "ZOE  LUKASZ"),
        ("José Gómez", unicodedata.normalize("NFD", "JOSÉ GÓMEZ")),
        ("Søren Æby", "Soren Aeby"),
        ("O’Neil", "O'Neil"),
        ("J. Smith", "J Smith"),
        ("Groß", "GROSS"),
        ("Ad\u00a0Aa", "Ad Aa"),
    ],
)
def test_spellings_that_differ_in_case_marks_or_space_are_one_person(one: str, other: str) -> None:
    (person,) = people(one, other).everybody
    assert len(person.papers) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "章三"),
        ("J. Smith", "K. Smith"),
        ("ガク", "カク"),
        ("Андрей", "Андреи"),
        ("अनिल", "अनल"),
    ],
)
def test_different_names_are_different_people_with_different_pages(one: str, other: str) -> None:
    first, second = people(one, other).everybody
    assert first.slug != second.slug


def test_a_page_shows_the_most_frequent_spelling_and_lists_show_what_was_printed() -> None:
    everybody = people("Zoe Lukasz", "Zoë Łukasz", "Zoë Łukasz")
    assert everybody.everybody[0].name == "Zoë Łukasz"
    assert everybody.printed(paper(9, authors=("Zoe Lukasz",)))[0].name == "Zoe Lukasz"


def test_the_one_who_came_first_keeps_the_plain_slug_unless_it_is_settled_otherwise() -> None:
    papers = [paper(1, authors=("张三",)), paper(0, authors=("章三",))]
    slugs = {person.name: person.slug for person in People(papers).everybody}
    assert slugs == {"章三": "zhang-san", "张三": "zhang-san-2"}
    settled = [("张三", "zhang-san"), ("章三", "zhang-san-2")]
    slugs = {person.name: person.slug for person in People(papers, settled).everybody}
    assert slugs == {"张三": "zhang-san", "章三": "zhang-san-2"}


@pytest.mark.parametrize("name", ["index", "Letter A", "Foo Page 2", "CON", "../../evil", "💥"])
def test_no_name_takes_the_place_of_another_page(name: str) -> None:
    (person,) = people(name).everybody
    assert person.slug not in {"index", "letter-a", "foo-page-2", "con"}
    assert person.slug.replace("-", "").isalnum()


@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_name_has_a_portable_slug_or_is_nobody(name: str) -> None:
    for person in people(name).everybody:
        assert 0 < len(person.slug) <= 100
        assert not set(person.slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Ada van Dyke", "D"),
        ("Bo Chen Jr.", "C"),
        ("Eve Marie-Curie", "M"),
        ("Łukasz", "L"),
        ("张三", OTHER),
        ("3M", OTHER),
        ("“Q” Q", "Q"),
        ("Wei Wang (Delft)", "W"),
        ("(Delft)", "D"),
        ("The ATLAS Collaboration", "A"),
    ],
)
def test_people_are_sorted_by_the_letter_of_the_family_name(name: str, letter: str) -> None:
    assert people(name).everybody[0].letter == letter


def test_an_author_named_twice_on_a_paper_wrote_one_paper() -> None:
    everybody = People([paper(0, authors=("A B", "a b"))])
    assert len(everybody.everybody[0].papers) == 1


def test_an_author_without_a_letter_is_nobody() -> None:
    assert people(" ", "\u00a0").everybody == []


def test_in_a_small_archive_everybody_has_a_page() -> None:
    files = render()
    index = files["authors/index.html"].decode()
    assert {path for path in files if path.startswith("authors/")} >= {
        "authors/ada-van-dyke.html",
        "authors/bo-chen-jr.html",
        "authors/zoe-lukasz.html",
    }
    assert index.index("Bo Chen Jr.") < index.index("Ada van Dyke") < index.index("章三")


def test_in_a_large_archive_an_author_of_one_paper_is_a_line_that_leads_to_the_paper() -> None:
    files = render(ARCHIVE, replace(OPTIONS, large_archive=3))
    assert [path for path in files if path.startswith("authors/")] == [
        "authors/index.html",
        "authors/zoe-lukasz.html",
    ]
    index = files["authors/index.html"].decode()
    assert "<a href=../papers/pretending-to-agree.html>Ada van Dyke</a>" in index
    assert "Ada van Dyke" in files["papers/pretending-to-agree.html"].decode()
    assert "authors/ada-van-dyke.html" not in files["papers/pretending-to-agree.html"].decode()


def test_a_large_index_is_split_by_letter_and_no_page_of_it_is_large() -> None:
    options = replace(OPTIONS, large_archive=100, index_page_bytes=20_000)
    archive = large_archive(papers=120, authors=6000)
    files = render(archive, options)
    index = {path: content for path, content in files.items() if path.startswith("authors/letter")}
    assert {f"authors/letter-{letter}.html" for letter in "abcdefghijklmnopqrstuvwxyz"} <= set(
        index
    )
    assert "<a href=../authors/everywhere-present.html>" in files["authors/index.html"].decode()
    assert max(map(len, index.values())) < 1.3 * options.index_page_bytes
    everybody = b"".join(index.values()).decode()
    assert all(f">Given{n % 7} {chr(65 + n % 26)}amily{n}<" in everybody for n in range(6000))
    assert [link for link in broken_links(files, but="search/") if "assets/" not in link] == []


def test_a_long_letter_is_cut_into_pages() -> None:
    names = tuple(f"Given{number} Family" for number in range(300))
    options = replace(OPTIONS, large_archive=0, index_page_bytes=5000)
    files = render(Archive((paper(0, authors=names),), (), ()), options)
    parts = [path for path in files if path.startswith("authors/letter-f")]
    assert len(parts) > 4
    assert sum(files[path].count(b">Given") for path in parts) == 300


def test_the_address_of_a_joined_name_leads_to_the_person_and_is_in_no_sitemap() -> None:
    archive = replace(ARCHIVE, identities=Identities(moved=(("z-l", "zoe lukasz"),)))
    files = render(archive)
    page = files["authors/z-l.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../authors/zoe-lukasz.html">' in page
    assert b"z-l.html" not in files["sitemap.xml"]
