"""The pages of digests: a heading and a list of papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ..records import KeptDigest
from . import addresses
from .digest_changes import DigestChange
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .views import Card, CardGroup, Named, Page, Pager
from .wording import counted

File = tuple[str, bytes]


def titled(name: str, pager: Pager) -> str:
    """Tell the pages of a list apart by their titles."""
    return name if pager.number == 1 else f"{name}, page {pager.number}"


def digest_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the list of digests."""
    views = list(shelves.digests.values())
    about = f"{counted(len(views), 'digest')} of papers, the newest first."
    for url, shown, pager in cut(views, press.options.page_size, addresses.DIGESTS):
        page = press.page("digests", titled("Digests", pager), url, about)
        yield press.print("digests.html", page, digests=tuple(shown), pager=pager)


def digest_pages(
    shelves: Shelves, changes: Mapping[str, DigestChange], press: Press, some: range
) -> Iterator[File]:
    """Give each digest with its entries as it gave them."""
    digests = shelves.archive.digests
    for place in some:
        yield from _one_digest(
            shelves,
            press,
            digests[place],
            change=changes.get(digests[place].id),
            previous=_digest_link(digests, place + 1),
            next=_digest_link(digests, place - 1),
        )


def _digest_link(digests: Sequence[KeptDigest], place: int) -> Named | None:
    if not 0 <= place < len(digests):
        return None
    return Named(digests[place].name, addresses.digest(digests[place].id))


def _one_digest(
    shelves: Shelves,
    press: Press,
    digest: KeptDigest,
    *,
    change: DigestChange | None,
    **neighbours: Named | None,
) -> Iterator[File]:
    view = shelves.digests[digest.id]
    about = f"{view.name}: {counted(view.count, 'paper')}, {view.new:,} of them new."
    cards = shelves.digest_cards(digest)
    bib = None if shelves.large else addresses.digest_bib(digest.id)
    mailed = press.site.url and digest.id in shelves.newsletters
    for url, shown, pager in cut(cards, press.options.digest_page_size, view.url):
        page = press.page("digest", titled(view.name, pager), url, about)
        page = replace(page, bib=bib)
        groups = _by_heading(shown, press, page, shelves.way)
        yield press.print(
            "digest.html",
            page,
            digest=view,
            groups=groups,
            pager=pager,
            change=change if pager.number == 1 else None,
            newsletter=addresses.newsletter(digest.id) if mailed else None,
            **neighbours,
        )


def _by_heading(cards: Iterable[Card], press: Press, page: Page, way: str) -> tuple[CardGroup, ...]:
    """Part entries where the digest has headings."""
    return tuple(
        CardGroup(
            heading,
            heading and f"group-{place}",
            press.cards(run, page, 3 if heading else 2, way=way),
            numbered=True,
        )
        for place, (heading, run) in enumerate(groupby(cards, key=lambda card: card.group), 1)
    )
