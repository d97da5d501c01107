"""Addresses that were pages once and have nothing to show any more: they answer all the same.

What the ledger tells by itself is not entered: a digest's id says on which day it was. Of all else
the page is remembered by the conversion that takes its last paper away, so that there are at most
as many as pages that really were. Venues are none of them: which papers' venues are one, and what
it is called, is settled when pages are made, from all papers there are then.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..records import AUTHOR_FEEDS, Identities, KeptDigest, Paper, Topic
from .assembling import names_topics
from .ledger import Ledger
from .persons import Persons
from .recall import name_of_day
from .slugs import Names, author_key, is_name, name_of

_FED = 2
"""Papers of an author who has a feed, and keeps it with fewer."""


def settle_gone_authors(
    ledger: Ledger,
    before: Iterable[Paper],
    papers: Sequence[Paper],
    identities: Identities,
    small_archive: int,
) -> None:
    """Enter the addresses of authors who had a page until now, and whom an edit left without one.

    With it go the addresses of their other spellings, which led to that page. Such an address leads
    to a paper that has the name, or had it, which is not told again: it may have been corrected for
    a reason. Only what goes is remembered: the ledger need not have everybody. Who has no page
    because the archive grew above `small_archive` papers is not meant.

    Args:
        ledger: where they are entered.
        before: the pages as they were.
        papers: all that are shown.
        identities: who is who on them.
        small_archive: up to so many papers everybody has a page, else authors of two or more.
    """
    before = sorted((page for page in before if page.hidden is None), key=lambda page: page.number)
    now = {paper.number: frozenset(paper.authors or ()) for paper in papers}
    persons = Persons(identities)
    left = dict.fromkeys(
        persons.key_of(page, name)
        for page in before
        for name in page.authors or ()
        if name.strip() and name not in now.get(page.number, ())
    )
    if not left:
        return
    had, have = _papers_by(left, before, persons), _papers_by(left, papers, persons)
    for key in left:
        printed = (name for page in had[key] for name in page.authors or ())
        name = next((name for name in printed if author_key(name) == key), persons.shown.get(key))
        slug = ledger.authors.get(key) or (name_of(name) if name else "")
        everybody = len(papers) <= small_archive  # Else the page goes, and takes its feed along.
        if everybody and len(had[key]) >= _FED > len(have[key]) and is_name(slug):
            ledger.add_gone(f"{AUTHOR_FEEDS}{slug}", None)
        if (
            len(had[key]) > (len(before) > small_archive)
            and len(have[key]) <= (len(papers) > small_archive)
            and is_name(slug)
        ):
            shown = [page for page in had[key] if page.number in now]
            paper = (*have[key], *shown, *had[key])[0]
            spelt = [old for old, person in identities.moved if person == key and is_name(old)]
            for old in (slug, *spelt):
                ledger.add_gone(f"authors/{old}", f"papers/{paper.slug}")


def settle_moved_authors(
    ledger: Ledger, papers: Iterable[Paper], identities: Identities, keys: Mapping[str, str]
) -> None:
    """Enter what only what is said of names makes an address: it may not be said the next time.

    So of names that no paper has, which the keeper joins to somebody's, and of people whom an ORCID
    iD parts from others of their name.

    Args:
        ledger: where they are entered.
        papers: all that are shown.
        identities: who is who on them.
        keys: of every name that they print.
    """
    names, printed = dict(identities.names), set(keys.values())
    for _, key, person in identities.apart:
        if person in names and person not in printed and person not in ledger.authors:
            slug = Names(ledger.author_slugs).take(name_of(names[person]))
            ledger.add_author(person, slug, key)
    said = dict(identities.moved)
    roots = {one for _, one in identities.joined if one in names}
    said |= {ledger.authors.get(one) or name_of(names[one]): one for one in sorted(roots)}
    said = {slug: one for slug, one in said.items() if f"authors/{slug}" not in ledger.gone}
    if said and (said := _without(said, ledger, keys)):
        found = _papers_by({*said.values()}, papers, Persons(identities))
        for slug, person in said.items():
            if found[person]:
                ledger.add_gone(f"authors/{slug}", f"papers/{found[person][0].slug}")


def _without(said: dict[str, str], ledger: Ledger, keys: Mapping[str, str]) -> dict[str, str]:
    """Give those that are no printed name's slug, and could have been given."""
    here = {ledger.authors.get(key) or name_of(name) for name, key in keys.items()}
    return {slug: said[slug] for slug in sorted(said.keys() - here) if is_name(slug)}


def _papers_by(
    keys: Iterable[str], papers: Iterable[Paper], persons: Persons
) -> dict[str, list[Paper]]:
    """Give the papers of people, by their keys."""
    found: dict[str, list[Paper]] = {key: [] for key in keys}
    for paper in papers:
        here = {persons.key_of(paper, name) for name in paper.authors or ()}
        for key in here & found.keys():
            found[key].append(paper)
    return found


def settle_gone_topics(ledger: Ledger, before: Iterable[Paper], papers: Sequence[Paper]) -> None:
    """Enter the topics that pages named until now, and that no paper names any more.

    A topic that still stands in the taxonomy has no page without a paper either.
    """
    assigned = [
        page.topics
        for page in before
        if page.hidden is None and not (ledger.papers[page.number].by_hand or names_topics(page))
    ]
    topics = {slug for slugs in assigned for slug in slugs}
    for slug in sorted(topics - {slug for paper in papers for slug in paper.topics}):
        if is_name(slug):
            ledger.add_gone(f"topics/{slug}", None)


def settle_named_topics(ledger: Ledger, papers: Sequence[Paper], by_evidence: set[int]) -> None:
    """Enter the topics that people alone named, or none of the converter's pages will tell of.

    The next conversion could not know which of a person's names for topics were topics'. One that
    has a page is served as ever.
    """
    told, named = set[str](), set[str]()
    for paper in papers:
        by_page = paper.number in by_evidence and not ledger.papers[paper.number].by_hand
        (told if by_page else named).update(paper.topics)
    for slug in sorted(named - told):
        ledger.add_gone(f"topics/{slug}", None)


def settle_gone_periods(ledger: Ledger, before: Iterable[Paper], papers: Iterable[Paper]) -> None:
    """Enter the years and months in which papers were published until now, and none is any more."""
    had = _periods(page for page in before if page.hidden is None)
    for period in sorted(had - _periods(papers)):
        ledger.add_gone(f"dates/{period}", None)


def _periods(papers: Iterable[Paper]) -> set[str]:
    """Give the years (``2024``) and months (``2024-06``) of publication, as far as known."""
    dates = {(paper.published.year, paper.published.month) for paper in papers if paper.published}
    months = {f"{year:04d}-{month:02d}" for year, month in dates if month}
    return months | {f"{year:04d}" for year, _ in dates}


def _gone_days(ledger: Ledger, digests: Iterable[KeptDigest]) -> Iterator[tuple[str, str | None]]:
    """Give the days on which no digest is any more, and the digest that was, if it is here.

    Which days those were the ids tell, and the ledger where dates were corrected since.
    """
    digests = tuple(digests)
    here, days = {digest.id for digest in digests}, {str(digest.date) for digest in digests}
    had = [(name_of_day(name), name) for name in ledger.digests]
    for day, name in sorted((*had, *ledger.days.items()), key=lambda pair: pair[1] in here):
        with contextlib.suppress(ValueError):  # a date that no build gave
            if day and str(dt.date.fromisoformat(day)) not in days:
                yield f"days/{day}", f"digests/{name}" if name in here else None


def gone_addresses(
    ledger: Ledger,
    papers: Iterable[Paper],
    digests: Sequence[KeptDigest],
    topics: Iterable[Topic],
    redirects: Mapping[str, str],
) -> tuple[tuple[str, str | None], ...]:
    """Give every address that was a page once, and what to look at instead.

    `papers` and `digests` are here; which authors and topics have pages is not known here.
    """
    gone: dict[str, str | None] = dict(_gone_days(ledger, digests))
    here = {digest.id for digest in digests}
    gone |= {f"digests/{name}": None for name in ledger.digests.keys() - here}
    dates = {f"dates/{period}" for period in _periods(papers)}
    for address, to in ledger.gone.items():
        if address in dates:
            continue
        folder, _, slug = (to or "").partition("/")
        gone[address] = f"papers/{redirects.get(slug, slug)}" if folder == "papers" else to
    for topic in topics:
        gone |= {f"topics/{slug}": f"topics/{topic.slug}" for slug in topic.formerly}
    return tuple(sorted(gone.items()))
