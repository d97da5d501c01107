"""BibTeX of whole lists, and the page of an author."""

from __future__ import annotations

from dataclasses import replace

import bibtexparser
import pytest
from daybook.records import Archive, PartialDate

from .small_archive import ARCHIVE, OPTIONS, digest, paper, render

HOSTILE = ("}{ \\ % @ #1", "Salt and Pepper", "深度")


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("topics/vision.bib", {"pretending-to-agree", "seeing-less"}),
        ("digests/2025-03-14.bib", {"some-time-in-2024", "pretending-to-agree"}),
        ("dates/2024-12.bib", {"pretending-to-agree", "seeing-less"}),
        ("authors/zoe-lukasz.bib", {"pretending-to-agree", "seeing-less"}),
    ],
)
def test_every_list_has_its_papers_as_bibtex_and_links_to_it(path: str, keys: set[str]) -> None:
    files = render()
    library = bibtexparser.entrypoint.parse_string(files[path].decode())
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == keys
    page = files[path.replace(".bib", ".html")].decode()
    assert f"<a href=../{path} download>BibTeX</a>" in page


def test_authors_of_one_paper_have_no_bibtex_file_and_no_link_to_one() -> None:
    files = render()
    assert "authors/ada-van-dyke.bib" not in files
    assert b"download" not in files["authors/ada-van-dyke.html"]


def test_a_large_archive_spares_the_files_of_authors_of_few_papers() -> None:
    papers = tuple(paper(n, authors=("Ada One", *(["Bo Two"] if n < 9 else []))) for n in range(10))
    files = render(Archive(papers, (), ()), replace(OPTIONS, large_archive=1))
    assert "authors/ada-one.bib" in files
    assert "authors/bo-two.html" in files
    assert "authors/bo-two.bib" not in files
    assert b"bo-two.bib" not in files["authors/bo-two.html"]


def test_a_large_archive_spares_the_files_of_other_lists_and_links_to_none() -> None:
    files = render(ARCHIVE, replace(OPTIONS, large_archive=1))
    for path in ("topics/vision", "dates/2024-12", "digests/2025-03-14"):
        assert f"{path}.bib" not in files
        assert b".bib" not in files[f"{path}.html"]


def test_the_file_of_a_digest_whose_papers_are_all_hidden_says_so() -> None:
    digests = (digest("2025-03-14"), digest("2025-03-13", "paper-1"))
    files = render(Archive((paper(1),), digests, ()))
    assert files["digests/2025-03-14.bib"].startswith(b"% None of the papers")
    assert files["digests/2025-03-13.bib"].startswith(b"@")


def test_hostile_titles_and_names_read_back_one_by_one() -> None:
    papers = tuple(paper(n, title=HOSTILE[n], authors=HOSTILE) for n in range(3))
    files = render(Archive(papers, (), ()))
    library = bibtexparser.entrypoint.parse_string(files["topics/unsorted.bib"].decode())
    assert not library.failed_blocks
    assert len(library.entries) == 3


def test_an_authors_page_parts_papers_by_year_and_names_co_authors_with_counts() -> None:
    papers = tuple(
        paper(n, authors=("Ada One", "Bo Two"), published=PartialDate(year) if year else None)
        for n, year in enumerate((2021, 2023, 2023, None))
    )
    page = render(Archive(papers, (), ()))["authors/ada-one.html"].decode()
    places = [page.index(part) for part in (">2021 to 2023", ">2023<", ">2021<", "Year unknown")]
    assert places == sorted(places)
    assert "<a href=bo-two.html>Bo Two</a> 4<" in page


def test_an_author_of_one_year_has_no_heading_of_a_year() -> None:
    assert b"<h2>2024</h2>" not in render(ARCHIVE)["authors/zoe-lukasz.html"]
