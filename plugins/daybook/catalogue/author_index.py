"""The index of authors, A to Z by family name.

A small archive has one page of it. A large one has a page a letter, cut again where a letter is
long, and its first page leads to the letters and to those who wrote most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..drafts import File
from . import addresses
from .list_pages import titled
from .paging import pager
from .people import OTHER, Person
from .rendering import Press
from .shelves import Shelves
from .views import AuthorGroup, Named, Pager
from .wording import counted

_MOST = 60
"""Authors on the first page of an index that is split by letter."""
_LINE_BYTES = 60
"""About what the markup of one line adds to the name and its address."""


def author_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the index; no page is much larger than `SiteOptions.index_page_bytes`."""
    letters = _by_letter(shelves.people.everybody)
    lines = {
        letter: [_line(person, all_have_pages=not shelves.large) for person in people]
        for letter, people in letters.items()
    }
    if sum(map(_bytes, (line for found in lines.values() for line in found))) <= (
        press.options.index_page_bytes
    ):
        yield _whole(shelves, press, lines)
    else:
        yield from _split(shelves, press, lines)


def _by_letter(people: Sequence[Person]) -> dict[str, list[Person]]:
    """Part people by letter, A to Z, the others last."""
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(person.letter, []).append(person)
    return {letter: found[letter] for letter in sorted(found, key=lambda one: (one == OTHER, one))}


def _line(person: Person, *, all_have_pages: bool) -> Named:
    """Lead to the author's page or, in a large archive, to the one paper of theirs."""
    if all_have_pages or person.url is not None:
        return person.named()
    return Named(person.name, addresses.paper(person.papers[0].slug), 1)


def _bytes(line: Named) -> int:
    return len(line.name.encode()) + len(line.url or "") + _LINE_BYTES


def _anchor(letter: str) -> str:
    return letter.lower()


def _group(letter: str, lines: Sequence[Named]) -> AuthorGroup:
    return AuthorGroup(letter, _anchor(letter), tuple(lines))


def _about(shelves: Shelves) -> str:
    return f"{counted(len(shelves.people.everybody), 'author')}, A to Z by family name."


def _whole(shelves: Shelves, press: Press, lines: dict[str, list[Named]]) -> File:
    letters = tuple(
        Named(letter, f"{addresses.AUTHORS}#{_anchor(letter)}", len(found))
        for letter, found in lines.items()
    )
    return press.print(
        "authors.html",
        press.page("authors", "Authors", addresses.AUTHORS, _about(shelves)),
        groups=tuple(_group(letter, found) for letter, found in lines.items()),
        letters=letters,
        total=len(shelves.people.everybody),
        pager=None,
    )


def _split(shelves: Shelves, press: Press, lines: dict[str, list[Named]]) -> Iterator[File]:
    letters = tuple(
        Named(letter, addresses.letter(_anchor(letter)), len(found))
        for letter, found in lines.items()
    )
    yield press.print(
        "authors.html",
        press.page("authors", "Authors", addresses.AUTHORS, _about(shelves)),
        groups=_most_papers(shelves),
        letters=letters,
        total=len(shelves.people.everybody),
        pager=None,
    )
    for letter, found in lines.items():
        for url, shown, turn in _parts(letter, found, press.options.index_page_bytes):
            title = titled(f"Authors: {letter}", turn)
            about = f"{counted(len(found), 'author')}: {shown[0].name} to {shown[-1].name}."
            yield press.print(
                "authors.html",
                press.page("authors", title, url, about),
                groups=(_group(letter, shown),),
                letters=letters,
                total=len(found),
                pager=turn,
            )


def _most_papers(shelves: Shelves) -> tuple[AuthorGroup, ...]:
    """Name those who wrote most, if two papers or more."""
    several = [person for person in shelves.people.everybody if len(person.papers) > 1]
    several.sort(key=lambda person: -len(person.papers))
    if not several:
        return ()
    return (AuthorGroup("Most papers", "most", tuple(p.named() for p in several[:_MOST])),)


def _parts(
    letter: str, lines: Sequence[Named], limit: int
) -> Iterator[tuple[str, Sequence[Named], Pager]]:
    """Cut a letter into pages of equally many names, so that none is too large."""
    first = addresses.letter(_anchor(letter))
    size = _fitting(lines, limit)
    for start in range(0, len(lines), size):
        number = start // size + 1
        yield (
            addresses.numbered(first, number),
            lines[start : start + size],
            pager(first, number, size, len(lines)),
        )


def _fitting(lines: Sequence[Named], limit: int) -> int:
    """Give the largest number of lines a page, among halves, that keeps every page in `limit`."""
    weights = list(map(_bytes, lines))
    size = len(lines)
    while size > 1 and any(
        sum(weights[start : start + size]) > limit for start in range(0, len(lines), size)
    ):
        size = -(-size // 2)
    return size
