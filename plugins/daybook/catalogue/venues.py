"""Where papers were published: what names of venues have in common, and what stays apart.

A fact such as 'Proceedings of the 62nd Annual Meeting of the Association for Computational
Linguistics (Volume 1: Long Papers)' names a series and a year. Only what is certain is taken apart:

- a year that ends or begins a name, with or without brackets or an apostrophe: 'ICML 2025',
  '2021 IEEE Symposium on Security and Privacy', "ICLR '24";
- a journal's volume, number, pages and year: 'ACM Computing Surveys 54(6), 2021';
- the conferences of `_SERIES`, whose long names, ordinals and volumes are known.

Where the name says no year, the paper's date does if it is the publication's: see `issued`. A
workshop, a track of findings or demonstrations is no part of the conference that hosts it, and
keeps its name. Names that differ in capitals, accents and points alone are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..archive.dates import arxiv_month
from ..archive.slugs import Names, author_key, name_of
from ..records import Paper
from . import addresses

_BESIDE = re.compile(
    r"workshop|findings|tutorial|demonstration|companion|extended abstract|student|"
    r"adjunct|satellite|challenge|track|industry|symposium at|co-?located|"
    r"under review|submitted|\bIJCNLP\b",
    re.IGNORECASE,
)
"""Words of what is not the conference itself."""
_YEAR_LAST = re.compile(r"(.*\D)(?:['\u2019](\d\d)|((?:19|20)\d\d))[)\]]?\Z")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s+(\D.*)\Z")
_PAGES = r"(?:pp?\.\s*)?[a-z]?\d+(?:\s*[-\u2013]\s*\d+)?"
_JOURNAL = re.compile(
    r"(?P<name>\D*?[^\W\d])[.,]?\s+(?P<vol>vol(?:ume|\.)?\s*)?\d{1,4}\s*"
    r"(?P<issue>\(\d{1,3}(?:-\d{1,3})?\))?"
    rf"(?:\s*\((?P<early>(?:19|20)\d\d)\)[,:]?\s*{_PAGES}|"
    rf"(?P<pages>\s*[:,]\s*{_PAGES})??"
    r"[\s,]*(?:\((?P<year>(?:19|20)\d\d)\)|,\s*(?P<bare>(?:19|20)\d\d))?)\Z",
    re.IGNORECASE,
)
"""'Nature 521, 436-444 (2015)', 'J. Mach. Learn. Res. 15 (2014) 1929-1958'."""
_VOLUME = re.compile(r",\s*vol(?:ume|\.)\s*(\d{1,4})\Z", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)
_ONES = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IN_WORDS = re.compile(rf"\b(?:({'|'.join(_TENS)})[- ])?({'|'.join(_ONES[1:])})\b")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Series:
    """A conference whose long name is known."""

    name: str
    long: str
    """What of its long name is enough, in lower case."""
    first: int = 0
    """The year before its first meeting, had it met every year since,"""
    yearly: int = 1
    """and the number of the meeting from which it did."""
    volumes: int = 0
    """The year before its first volume, where every year has one."""


_SERIES = (
    _Series("NeurIPS", "neural information processing systems", first=1986, volumes=1987),
    _Series("ICML", "international conference on machine learning", first=1983, yearly=5),
    _Series("ICLR", "international conference on learning representations", first=2012),
    _Series("NAACL", "north american chapter of the association for computational linguistics"),
    _Series("NAACL", "north american chapter of the acl"),
    _Series("EACL", "european chapter of the association for computational linguistics"),
    _Series("EACL", "european chapter of the acl"),
    _Series("AACL", "asia-pacific chapter of the association for computational linguistics"),
    _Series("ACL", "annual meeting of the association for computational linguistics", first=1962),
    _Series("ACL", "annual meeting of the acl", first=1962),
    _Series("TACL", "transactions of the association for computational linguistics", volumes=2012),
    _Series("EMNLP", "empirical methods in natural language processing"),
    _Series("CVPR", "conference on computer vision and pattern recognition"),
    _Series("ICCV", "international conference on computer vision"),
    _Series("ECCV", "european conference on computer vision"),
    _Series("AISTATS", "international conference on artificial intelligence and statistics"),
    _Series("AAAI", "aaai conference on artificial intelligence"),
    _Series("COLM", "conference on language modeling"),
    _Series("CoRL", "conference on robot learning"),
    _Series("UAI", "conference on uncertainty in artificial intelligence"),
    _Series("COLT", "conference on learning theory"),
)
_JOINT = re.compile(r"\bjoint\b|\band the \d|asian conference|winter conference", re.IGNORECASE)
_NO_MORE = re.compile(r"\s*(?:[,(:;.-]|\d|vol|\Z)")
"""What may stand after a conference's name, of which it is not then only the beginning."""
_SHORT = {"nips": "NeurIPS", **{series.name.lower(): series.name for series in _SERIES}}


@cache
def venue_of(text: str) -> tuple[str, int | None]:
    """Take a venue's name apart: the series, and the year if the name says one for certain."""
    text = " ".join(text.split())
    text = text.strip(" .,;") or text
    if _BESIDE.search(text):
        return text, None
    known = _known(text)
    if known is not None:
        return known
    name, year = _dated(text)
    return _SHORT.get(name.lower(), name), year


def _known(text: str) -> tuple[str, int | None] | None:
    """Recognize a conference by its long name."""
    low = text.lower()
    found = [series for series in _SERIES if series.long in low]
    if len(found) != 1 or _JOINT.search(text):
        return None
    series = found[0]
    if not _NO_MORE.match(low.partition(series.long)[2]):
        return None
    years = {int(year) for year in _ANY_YEAR.findall(text)}
    if len(years) == 1:
        return series.name, years.pop()
    volume = re.search(r"systems,?\s+(?:vol(?:ume|\.)?\s*)?(\d{1,2})\Z", low) or _VOLUME.search(low)
    if series.volumes and volume and not years:
        return series.name, series.volumes + int(volume[1])
    meeting = _ordinal(low)
    if series.first and meeting >= series.yearly and not years:
        return series.name, series.first + meeting
    return series.name, None


def _ordinal(low: str) -> int:
    """Find '61st' or 'sixty-first'; 0 where there is none."""
    if figures := _ORDINAL.search(low):
        return int(figures[1])
    words = _IN_WORDS.search(low)
    tens = 10 * (_TENS.index(words[1]) + 2) if words and words[1] else 0
    return tens + _ONES.index(words[2]) if words else 0


def _dated(text: str) -> tuple[str, int | None]:
    """Part a name and its year; a name with two years, or with none, is left as it is."""
    text = _VOLUME.sub("", text)
    if (journal := _JOURNAL.match(text)) and any(journal.groups()[1:]):
        year = journal["early"] or journal["year"] or journal["bare"]
        return journal["name"].strip(), int(year) if year else None
    if len(_ANY_YEAR.findall(text)) > 1:
        return text, None
    if last := _YEAR_LAST.match(text):
        name = last[1].strip(" ,([-'\u2019")
        if name:
            return name, int(last[3]) if last[3] else _century(int(last[2]))
    if first := _YEAR_FIRST.match(text):
        return first[2].strip(), int(first[1])
    return text, None


def _century(short: int) -> int:
    return (1900 if short > 60 else 2000) + short


_NEXT_YEAR = frozenset({"AAAI", "AISTATS", "EACL", "ICLR"})
"""Conferences of the spring, whose papers may be dated by when they were submitted, in autumn."""


def issued(paper: Paper) -> int | None:
    """Give the year in which a paper's venue, whose name says none, published it.

    That is the year of the paper's date unless the date may be another thing's: the preprint's (a
    paper with an arXiv id, but for a year or month that is later than the id), or a submission's.
    """
    date = paper.published
    if date is None or not paper.venue or re.search(r"\d{4}|['\u2019]\d\d", paper.venue):
        return None
    name, _ = venue_of(paper.venue)
    if _ORDINAL.search(name):  # the name of one meeting
        return None
    preprint = arxiv_month(paper.arxiv)
    if paper.arxiv and (preprint is None or date.day or date.year <= preprint.year):
        return None
    if name in _NEXT_YEAR and date.day and (date.month or 0) > 6 and not paper.doi:
        return None
    return date.year


_LEAST_IN_LARGE = 2


@dataclass(slots=True)
class Venue:
    """A series or a journal with its papers, newest first."""

    name: str
    slug: str
    url: str
    papers: list[Paper]
    years: dict[int, list[Paper]]
    """By the year that names or else dates say, newest first."""


class Venues:
    """The venues that have pages."""

    def __init__(self, papers: Iterable[Paper], *, large: bool = False) -> None:
        """Group papers, newest first; in a large archive a single paper makes no page."""
        spelt: dict[str, Counter[str]] = {}
        grouped: dict[str, list[tuple[Paper, int | None]]] = {}
        for paper in papers:
            if paper.venue:
                name, year = venue_of(paper.venue)
                year = year or issued(paper)
                key = author_key(name)
                spelt.setdefault(key, Counter())[name] += 1
                grouped.setdefault(key, []).append((paper, year))
        self._least = _LEAST_IN_LARGE if large else 1
        self._addresses: dict[str, str] = {}
        self.all: list[Venue] = []
        """By name."""
        names = Names()
        for key in sorted(grouped):
            if len(grouped[key]) >= self._least:
                name = min(spelt[key], key=lambda text: (-spelt[key][text], text))
                self.all.append(self._venue(name, names.take(name_of(name)), grouped[key]))
        self.all.sort(key=lambda venue: (venue.name.casefold(), venue.url))

    def _venue(self, name: str, slug: str, found: list[tuple[Paper, int | None]]) -> Venue:
        venue = Venue(name, slug, addresses.venue(slug), [paper for paper, _ in found], {})
        for known in sorted({year for _, year in found if year}, reverse=True):
            papers = [paper for paper, said in found if said == known]
            if len(papers) >= self._least:
                venue.years[known] = papers
        for paper, year in found:
            in_year = addresses.venue_year(slug, year) if year in venue.years and year else None
            self._addresses[paper.slug] = in_year or venue.url
        return venue

    def address_of(self, paper: Paper) -> str | None:
        """Give the page of a paper's venue, of its year if there is one."""
        return self._addresses.get(paper.slug)


def venue_lists(venues: Venues) -> Iterator[tuple[str, list[Paper]]]:
    """Give the first page and the papers of every venue and of its years."""
    for venue in venues.all:
        yield venue.url, venue.papers
        for year, papers in venue.years.items():
            yield addresses.venue_year(venue.slug, year), papers
