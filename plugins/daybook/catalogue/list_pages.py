"""The pages of digests: a heading and a list of papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from ..drafts import Draft, File
from ..records import DigestItem, KeptDigest
from . import addresses
from .digest_changes import DigestChange
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .stamps import Stamps
from .views import Card, CardGroup, Named, Page, Pager
from .wording import counted

Beside = tuple[Named | None, Named | None]
"""The digests before and after."""
Run = tuple[str, Sequence[DigestItem], Pager]
"""A page's address, its entries, and its place among a digest's pages."""


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
    shelves: Shelves, changes: Mapping[str, DigestChange], press: Press, stamps: Stamps, some: range
) -> Iterator[Draft]:
    """Give each digest with its entries as it gave them."""
    digests = shelves.archive.digests
    size = press.options.digest_page_size
    for place in some:
        digest = digests[place]
        change = changes.get(digest.id)
        beside = _digest_link(digests, place + 1), _digest_link(digests, place - 1)
        for run in cut(shelves.entries(digest), size, shelves.digests[digest.id].url):
            yield stamps.draft(
                run[0],
                partial(_facts, shelves, stamps, digest, (change, beside)),
                partial(_one_digest, shelves, press, digest, run, (change, beside)),
            )


def _facts(shelves: Shelves, stamps: Stamps, digest: KeptDigest, more: object) -> object:
    """Give all that decides what a digest's pages say."""
    mailed = digest.id in shelves.newsletters
    return stamps.digest(digest), mailed, more


def _digest_link(digests: Sequence[KeptDigest], place: int) -> Named | None:
    if not 0 <= place < len(digests):
        return None
    return Named(digests[place].name, addresses.digest(digests[place].id))


def _one_digest(
    shelves: Shelves,
    press: Press,
    digest: KeptDigest,
    run: Run,
    more: tuple[DigestChange | None, Beside],
) -> File:
    url, shown, pager = run
    change, (previous, following) = more
    view = shelves.digests[digest.id]
    about = f"{view.name}: {counted(view.count, 'paper')}, {view.new:,} of them new."
    mailed = press.site.url and digest.id in shelves.newsletters
    page = press.page("digest", titled(view.name, pager), url, about)
    page = replace(page, bib=None if shelves.large else addresses.digest_bib(digest.id))
    return press.print(
        "digest.html",
        page,
        digest=view,
        groups=_by_heading(shelves.entry_cards(shown), press, page, shelves.way),
        pager=pager,
        change=change if pager.number == 1 else None,
        newsletter=addresses.newsletter(digest.id) if mailed else None,
        previous=previous,
        next=following,
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
