"""Long lists, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from . import addresses
from .views import Named, Pager

T = TypeVar("T")
_NEAR = 2
"""How many pages before and after the current one are linked, besides the first and the last."""


def page_count(total: int, size: int) -> int:
    """Count the pages of a list; an empty list has one."""
    return max(1, -(-total // size))


def cut(items: Sequence[T], size: int, url: str) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """Give each page's address, its items and its pager."""
    pages = page_count(len(items), size)
    for number in range(1, pages + 1):
        first = (number - 1) * size
        yield (
            addresses.numbered(url, number),
            items[first : first + size],
            pager(url, number, size, len(items)),
        )


def pager(url: str, number: int, size: int, total: int) -> Pager:
    """Describe page `number`, counted from 1, of a list whose first page is `url`."""
    pages = page_count(total, size)

    def link(target: int) -> Named | None:
        within = 1 <= target <= pages
        return Named(str(target), addresses.numbered(url, target)) if within else None

    return Pager(
        number=number,
        pages=pages,
        first=min(total, (number - 1) * size + 1),
        last=min(total, number * size),
        total=total,
        links=tuple(_links(url, number, pages)),
        previous=link(number - 1),
        next=link(number + 1),
    )


def _links(url: str, number: int, pages: int) -> Iterator[Named]:
    """Name the first, the last and the near pages; a gap is a name without an address.

    All of them on every page would make a list of 400 pages grow with the square of its length.
    """
    near = {1, pages, *range(max(1, number - _NEAR), min(pages, number + _NEAR) + 1)}
    before = 0
    for target in sorted(near):
        if target - before == 2:
            yield Named(str(target - 1), addresses.numbered(url, target - 1))
        elif target - before > 2:
            yield Named("…", None)
        yield Named(str(target), addresses.numbered(url, target))
        before = target
