"""An archive examined: what in it must be mended, and what is worth a look.

Nothing is written. A finding is a `Refusal`: fatal ones must be mended, as something is left out,
lost or shown wrongly until somebody acts; the others are doubts that a keeper may leave.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..errors import Refusal
from ..records import Archive, Paper
from .author_word import FILE_NAME as AUTHORS
from .author_word import AuthorWord
from .converter import Converter
from .doubts import doubtful_years
from .identity import title_key
from .ledger import FILE_NAME as LEDGER
from .matching import Sources
from .people import lookalikes


def examine(sources: Sources, today: dt.date) -> list[Refusal]:
    """Give what is found, in the order of kinds and then of papers and files."""
    converter = Converter(sources)
    archive = converter.prepare()
    found = [
        replace(
            refusal,
            fatal=refusal.fatal or refusal.path == LEDGER,
            hint=refusal.hint or "Look at the file, and correct it if that is wrong.",
        )
        for refusal in converter.refusals
    ]
    found += _lost_pages(converter)
    found += _future_digests(converter, today)
    found += _future_papers(archive.papers, today)
    found += _uncarried(archive.papers, converter)
    found += doubtful_years(converter.gathered, converter.records, converter.ids)
    found += _namesakes(archive.papers)
    found += _without_authors(archive.papers)
    found += _one_person(archive, converter.names)
    found += _out_of_date(converter)
    return found


def _lost_pages(converter: Converter) -> Iterator[Refusal]:
    """Find addresses that were given and lead nowhere, by ledger and pages."""
    papers = {record.slug: number for number, record in converter.ledger.papers.items()}
    coming = {record.number for record in converter.records}
    for number, record in sorted(converter.ledger.papers.items()):
        if record.slug in converter.ledger.redirects or number in coming:
            continue
        if number not in converter.stored and record.slug not in converter.obedience.gone:
            yield Refusal(
                record.path,
                None,
                f"the page of {record.slug!r} is missing, and no digest carries the paper, so that "
                "its address leads nowhere but to a word that it is gone.",
                "Restore the page from its history, or its digest; or [[hide]] the paper in "
                "papers.toml, by its slug.",
            )
    for number, page in sorted(converter.stored.items()):
        if page.path != converter.ledger.papers[number].path:
            yield _look(
                page.path,
                f"the ledger has this page at {converter.ledger.papers[number].path}.",
                "Move it back, or leave it: its address is the same.",
            )
    for slug, to in sorted(converter.ledger.redirects.items()):
        if to not in papers and to not in converter.ledger.redirects:
            message = f"{slug!r} leads to {to!r}, which is no paper."
            yield Refusal(LEDGER, None, message, "Restore the ledger from its history.")


def _future_digests(converter: Converter, today: dt.date) -> Iterator[Refusal]:
    for digest, date in zip(converter.digests, converter.dating.dates, strict=True):
        if date is not None and date.earliest > today + dt.timedelta(days=1):
            yield Refusal(
                digest.source,
                None,
                f"its date, {date}, is in the future.",
                "Date it by a sidecar file.",
            )


def _future_papers(papers: Sequence[Paper], today: dt.date) -> Iterator[Refusal]:
    for paper in papers:
        if paper.published is not None and paper.published.earliest > today + dt.timedelta(days=1):
            yield _look(
                paper.path,
                f"it was published in the future, {paper.published}.",
                f"Correct 'published' of {paper.slug!r} in papers.toml, unless it is so.",
            )


def _uncarried(papers: Sequence[Paper], converter: Converter) -> Iterator[Refusal]:
    for paper in papers:
        if paper.uncarried:
            gone = ", ".join(place.digest for place in converter.pages[paper.number].digests)
            yield _look(
                paper.path,
                f"no digest carries {paper.slug!r} any more ({gone} had it).",
                "Restore the digest, hide the paper in papers.toml, or leave it: its page stays.",
            )


def _namesakes(papers: Sequence[Paper]) -> Iterator[Refusal]:
    """Find papers of one title, unless different arXiv ids tell them apart."""
    by_title: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_title[title_key(paper.title)].append(paper)
    for _, group in sorted(by_title.items()):
        if len(group) > 1 and sum(paper.arxiv is None for paper in group):
            slugs = ", ".join(repr(paper.slug) for paper in group)
            yield _look(
                group[0].path,
                f"{slugs} have the same title.",
                "If they are one paper, [[merge]] them in papers.toml.",
            )


def _without_authors(papers: Sequence[Paper]) -> Iterator[Refusal]:
    for paper in papers:
        if not paper.authors:
            yield _look(
                paper.path,
                f"nobody says who wrote {paper.slug!r}.",
                "Run `make enrich`, or give 'authors' in content/metadata/ or papers.toml.",
            )


def _one_person(archive: Archive, word: AuthorWord) -> Iterator[Refusal]:
    """Find names that look like one person, and that nothing but the keeper can join."""
    for one, other, how in lookalikes(archive.papers, archive.identities, word):
        yield _look(
            AUTHORS,
            f"'{one}' and '{other}' look like one person: they share a co-author, and {how}.",
            "If they are, [[merge]] them in authors.toml; else keep them [[apart]].",
        )


def _out_of_date(converter: Converter) -> Iterator[Refusal]:
    if converter.outputs:
        number = len(converter.outputs)
        pages = "page is" if number == 1 else "pages are"
        yield _look(
            converter.outputs[0].path,
            f"{number} {pages} not as digests, metadata and papers.toml say, this one first.",
            "Run `make site`.",
        )


def _look(path: str, message: str, hint: str) -> Refusal:
    return Refusal(path, None, message, hint, fatal=False)
