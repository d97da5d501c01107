import pytest
from daybook.catalogue.paging import cut, pager


def test_a_list_is_cut_into_pages_that_say_what_they_show() -> None:
    pages = list(cut("abcdefg", 3, "topics/x.html"))
    assert [(url, "".join(items)) for url, items, _ in pages] == [
        ("topics/x.html", "abc"),
        ("topics/x-page-2.html", "def"),
        ("topics/x-page-3.html", "g"),
    ]
    assert [(p.first, p.last, p.total) for _, _, p in pages] == [(1, 3, 7), (4, 6, 7), (7, 7, 7)]
    assert [(p.previous and p.previous.name, p.next and p.next.name) for _, _, p in pages] == [
        (None, "2"),
        ("1", "3"),
        ("2", None),
    ]


def test_an_empty_list_has_one_page_that_shows_nothing() -> None:
    nothing: list[str] = []
    ((url, items, page),) = cut(nothing, 50, "topics/x.html")
    assert (url, list(items)) == ("topics/x.html", [])
    assert (page.first, page.last, page.total, page.pages) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 2 3 … 400"),
        (4, "1 2 3 4 5 6 … 400"),
        (5, "1 2 3 4 5 6 7 … 400"),
        (200, "1 … 198 199 200 201 202 … 400"),
        (400, "1 … 398 399 400"),
    ],
)
def test_the_links_of_a_page_do_not_grow_with_the_list(number: int, shown: str) -> None:
    links = pager("x.html", number, 50, 20_000).links
    assert " ".join(link.name for link in links) == shown
    assert all((link.url is None) == (link.name == "…") for link in links)
