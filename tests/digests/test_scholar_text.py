"""Google Scholar's results copied as text, OpenReview's dates, titles that are addresses."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

RESULTS = """[PDF] arxiv.org
[PDF] Where storks rest
A One, B Two - arXiv preprint arXiv:2403.00001, 2024 - arxiv.org
Storks rest where they find trees, as we show …
☆ Save 99 Cite Cited by 12 Related articles All 3 versions

Where cranes rest: a study
C Three, D Four… - Journal of Cranes, 2023 - cranes.example.org
Cranes rest in water …
☆ Save 99 Cite Cited by 3 Related articles
[BOOK][B] Where geese rest
E Five - 2022 - books.example.org
Geese …
☆ Save 99 Cite Related articles
"""


def read(text: str, name: str = "list.txt") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def test_results_of_a_search_are_papers() -> None:
    digest = read(RESULTS)
    assert [(e.title, e.authors, e.venue, str(e.published), e.arxiv) for e in digest.entries] == [
        ("Where storks rest", ("A One", "B Two"), None, "2024", "2403.00001"),
        ("Where cranes rest: a study", None, "Journal of Cranes", "2023", None),
        ("Where geese rest", ("E Five",), None, "2022", None),
    ]
    blurbs = [entry.blurb for entry in digest.entries]
    assert blurbs[0] == "Storks rest where they find trees, as we show …"
    assert not any("Cite" in (blurb or "") or "Save" in (blurb or "") for blurb in blurbs)
    assert digest.refusals == ()


@pytest.mark.parametrize(
    "foot", ["Zitieren Zitiert von: 3 Ähnliche Artikel", "被引用次数：3 相关文章"]
)
def test_so_they_are_in_other_languages(foot: str) -> None:
    lines = RESULTS.split("\n")
    text = "\n".join(foot if "Cite" in line else line for line in lines)
    assert [entry.title for entry in read(text).entries] == [
        "Where storks rest",
        "Where cranes rest: a study",
        "Where geese rest",
    ]


def test_when_a_page_was_changed_is_not_when_its_paper_came_out() -> None:
    papers = ["Where Storks Rest", "Where Cranes Rest", "Where Geese Rest"]
    text = "\n\n".join(
        f"{title}\nAda One, Bo Two\nPublished: 16 Jan 2024, Last Modified: 05 Mar 2024\n"
        "ICLR 2024 poster\nEveryone\nShow details"
        for title in papers
    )
    digest = read(text + "\n")
    assert [entry.title for entry in digest.entries] == papers
    assert {str(entry.published) for entry in digest.entries} == {"2024-01-16"}
    assert digest.refusals == ()


def test_a_row_whose_title_is_an_address_is_refused() -> None:
    url = "https://arxiv.org/abs/2403.00002"
    digest = read(f"title,url\nWhere Storks Rest,{url[:-1]}1\n{url},{url}\n", "list.csv")
    assert [entry.title for entry in digest.entries] == ["Where Storks Rest"]
    (told,) = digest.refusals
    assert (told.line, told.fatal) == (3, True)
    assert told.message == f"row 2 has an address for its title: {url!r}."


def test_proceedings_behind_people_are_the_venue() -> None:
    people = ["Ada One, Bo Two", "Cy Three, Dee Four", "Ed Five, Flo Six", "Gus Seven"]
    where = "Proceedings of the IEEE/CVF Conference on Looms (CVPR), 2024, pp. 1-10"
    text = "\n".join(
        f"Where Bird {n} Rests\n{names}; {where}\n[pdf] [supp]\n[bibtex]"
        for n, names in enumerate(people)
    )
    digest = read(text + "\n")
    assert [entry.authors for entry in digest.entries][:3] == [
        tuple(names.split(", ")) for names in people[:3]
    ]
    venue = "Proceedings of the IEEE/CVF Conference on Looms (CVPR)"
    assert {(entry.venue, str(entry.published)) for entry in digest.entries} == {(venue, "2024")}
    assert len(digest.entries) >= 3
