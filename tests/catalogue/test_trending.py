"""What trends, by figures that the page shows."""

from __future__ import annotations

from bs4 import BeautifulSoup
from daybook.records import Appearance, Archive, Paper

from .small_archive import digest, paper, render

DIGESTS = (
    digest("2025-03-31", *(f"paper-{n}" for n in range(3))),
    digest("2025-03-01", *(f"paper-{n}" for n in range(2, 6))),
)


def papers(*figures: tuple[int | None, int | None]) -> tuple[Paper, ...]:
    """Give papers with such figures; two are in the newest digest alone, the first one twice."""
    days = [["2025-03-31"] * 2, ["2025-03-31"], ["2025-03-01", "2025-03-31"]]
    days += [["2025-03-01"]] * 3
    return tuple(
        paper(n, upvotes=up, comments=said, digests=tuple(Appearance(day, 1) for day in days[n]))
        for n, (up, said) in enumerate(figures)
    )


def shown(archive: Archive) -> list[str]:
    """Read the block."""
    page = BeautifulSoup(render(archive)["index.html"].decode(), "lxml")
    return [li.get_text(" ", strip=True) for li in page.select(".seen li")]


def test_papers_rank_by_the_formula_and_show_their_figures() -> None:
    some = papers((10, None), (None, 6), (1, 1), (30, 0), (24, None), (None, None))
    assert shown(Archive(some, DIGESTS, ())) == [
        "Paper 3 30 upvotes, 0 comments, 1 digest, 30 days before the newest: 15.0",
        "Paper 2 1 upvote, 1 comment, 2 digests, in the newest: 13.0",
        "Paper 1 6 comments, 1 digest, in the newest: 12.0",
        "Paper 4 24 upvotes, 1 digest, 30 days before the newest: 12.0",
        "Paper 0 10 upvotes, 1 digest, in the newest: 10.0",
    ]


def test_the_formula_stands_on_the_page() -> None:
    some = papers(*[(1, 1)] * 6)
    page = render(Archive(some, DIGESTS, ()))["index.html"].decode()
    assert "(upvotes + 2 × comments + 10 × digests after the first) × 30" in page


def test_where_fewer_than_five_papers_have_a_figure_there_is_no_block() -> None:
    some = papers((10, None), (None, 6), (1, 1), (30, 0), (0, None), (None, None))
    assert shown(Archive(some, DIGESTS, ())) == []
    assert b"Trending" not in render(Archive(some, DIGESTS, ()))["index.html"]
