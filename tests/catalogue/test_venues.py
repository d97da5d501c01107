"""Venues: what their names have in common, and the pages of each."""

from __future__ import annotations

from dataclasses import replace

import bibtexparser
import pytest
from bs4 import BeautifulSoup
from daybook.catalogue.venues import issued, venue_of
from daybook.records import Archive, PartialDate

from .small_archive import ARCHIVE, OPTIONS, paper, render

ACL = "Annual Meeting of the Association for Computational Linguistics"


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("NeurIPS 2023", "NeurIPS", 2023),
        ("nips 2013", "NeurIPS", 2013),
        ("Advances in Neural Information Processing Systems 36", "NeurIPS", 2023),
        ("Advances in Neural Information Processing Systems", "NeurIPS", None),
        (f"Proceedings of the 62nd {ACL} (Volume 1: Long Papers)", "ACL", 2024),
        ("Transactions of the Association for Computational Linguistics, Volume 5", "TACL", 2017),
        ("IEEE/CVF Conference on Computer Vision and Pattern Recognition, 2025", "CVPR", 2025),
        ("Proceedings of the 34th International Conference on Machine Learning", "ICML", 2017),
        ("Proceedings of the 61st Annual Meeting of the ACL", "ACL", 2023),
        ("The Twelfth International Conference on Learning Representations", "ICLR", 2024),
        ("Thirty-seventh Conference on Neural Information Processing Systems", "NeurIPS", 2023),
        ("Third International Conference on Machine Learning", "ICML", None),
        ("ACM Computing Surveys 54(6), 2021", "ACM Computing Surveys", 2021),
        ("Nature 521, 436-444 (2015)", "Nature", 2015),
        ("Phys. Rev. D 76, 013009 (2007)", "Phys. Rev. D", 2007),
        ("Neural Computation 9(8):1735-1780", "Neural Computation", None),
        ("2021 IEEE Symposium on Security", "IEEE Symposium on Security", 2021),
        ("ICLR '24", "ICLR", 2024),
        ("会议 2024", "会议", 2024),
    ],
)
def test_what_is_certain_of_a_venues_name_is_taken_apart(
    text: str, name: str, year: int | None
) -> None:
    assert venue_of(text) == (name, year)


@pytest.mark.parametrize(
    "text",
    [
        "NeurIPS 2023 Workshop on SoLaR",
        "OPT 2024 workshop",
        "Findings of the Association for Computational Linguistics: ACL 2023",
        "International Conference on Computer Vision Theory and Applications",
        "Neural Information Processing Systems Datasets and Benchmarks",
        f"59th {ACL} and the 11th International Joint Conference on Natural Language Processing",
        "Asian Conference on Machine Learning",
        "Area 51",
        "Web 2.0",
        "2024",
        "..",
        "Lecture Notes 2019-2020",
    ],
)
def test_what_is_not_certain_keeps_its_name(text: str) -> None:
    assert venue_of(text) == (text, None)


@pytest.mark.parametrize(
    ("venue", "date", "arxiv", "doi", "year"),
    [
        ("NeurIPS", "2023", None, None, 2023),
        ("Nature", "2015-05-27", None, None, 2015),
        ("Nature", None, None, None, None),
        ("NeurIPS", "2022-05", "2205.00001", None, None),  # the preprint's month
        ("ICML", "2023", "2212.00001", None, 2023),
        ("ICML", "2023-01-02", "2212.00001", None, None),  # when the preprint was announced
        ("ICLR", "2023-10-09", None, None, None),  # when it was submitted, to the next year's
        ("ICLR", "2023-05-01", None, None, 2023),
        ("AAAI", "2023-07-09", None, "10.1000/1", 2023),
        ("Findings of ACL", "2023", None, None, 2023),
        ("Findings of ACL 2022", "2023", None, None, None),
        ("Proceedings of the 3rd Workshop on Storks", "2023", None, None, None),
    ],
)
def test_a_date_says_the_venues_year_where_it_is_the_publications(
    venue: str, date: str | None, arxiv: str | None, doi: str | None, year: int | None
) -> None:
    published = PartialDate.parse(date) if date else None
    assert issued(paper(0, venue=venue, published=published, arxiv=arxiv, doi=doi)) == year


PAPERS = (
    paper(0, venue="NeurIPS 2023", topics=("safety",)),
    paper(1, venue="Advances in Neural Information Processing Systems 36"),
    paper(2, venue="NIPS 2013"),
    paper(3, venue="Nature"),
    paper(4, venue="<b>&</b>"),
    paper(5),
)


def test_a_venue_and_its_years_have_pages_with_bibtex_and_papers_link_to_them() -> None:
    files = render(Archive(PAPERS, (), ARCHIVE.topics))
    for path, keys in (
        ("venues/neurips", {"paper-0", "paper-1", "paper-2"}),
        ("venues/neurips--2023", {"paper-0", "paper-1"}),
        ("venues/neurips--2013", {"paper-2"}),
    ):
        page = BeautifulSoup(files[f"{path}.html"].decode(), "lxml")
        assert {str(a["href"]) for a in page.select(".cards h2 a")} == {
            f"../papers/{key}.html" for key in keys
        }
        library = bibtexparser.entrypoint.parse_string(files[f"{path}.bib"].decode())
        assert {entry.key for entry in library.entries} == keys
        assert f"href=../{path}.bib" in files[f"{path}.html"].decode()
    assert b"<a href=../venues/neurips--2023.html>NeurIPS 2023</a>" in files["papers/paper-0.html"]
    assert b"<a href=../venues/nature.html>Nature</a>" in files["papers/paper-3.html"]
    for path, way, other in (("2023", "prev", "2013"), ("2013", "next", "2023")):
        page = BeautifulSoup(files[f"venues/neurips--{path}.html"].decode(), "lxml")
        (link,) = page.select(f'a[rel="{way}"]')
        assert link["href"] == f"../venues/neurips--{other}.html"


def test_the_index_names_every_venue_once_with_its_papers() -> None:
    page = BeautifulSoup(render(Archive(PAPERS, (), ()))["venues/index.html"].decode(), "lxml")
    found = [li.get_text(" ", strip=True) for li in page.select("main .index li")]
    assert found == ["<b>&</b> 1", "Nature 1", "NeurIPS 3"]
    assert "of 5 of 6 papers" in page.get_text()


def test_long_names_that_begin_alike_are_not_one_venue() -> None:
    long = "Proceedings of a conference with a name that is much longer than an address may be: "
    both = (paper(0, venue=f"{long} one"), paper(1, venue=f"{long} other"))
    files = render(Archive(both, (), ()))
    assert (
        len([path for path in files if path.startswith("venues/") and path.endswith(".html")]) == 3
    )


def test_a_large_archive_has_pages_of_venues_of_two_papers_or_more() -> None:
    files = render(Archive(PAPERS, (), ()), replace(OPTIONS, large_archive=1))
    found = sorted(path for path in files if path.startswith("venues/"))
    assert found == ["venues/index.html", "venues/neurips--2023.html", "venues/neurips.html"]
    assert b"venues/" not in files["papers/paper-3.html"].partition(b"<main")[2]
    assert b"<a href=../venues/neurips.html>NIPS 2013</a>" in files["papers/paper-2.html"]
