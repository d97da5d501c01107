"""The records that flow through the house: what a digest says, and what the archive keeps.

All are frozen. Unknown is ``None``, never an empty string; dates carry their precision; texts are
plain Unicode text (never HTML, never Markdown), stripped, titles and names on one line.
The words are those of the glossary in ARCHITECTURE.md.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from .errors import BadDateError, Refusal

LEDGER = "ledger.jsonl"
"""The file, in the folder of the papers' pages, of everything that was ever given to papers."""
PROVENANCE = "provenance.jsonl"
"""The file beside it that keeps what sources said and pages do not show."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""As texts name them, whatever the locale."""
SMALL_ARCHIVE = 3000
"""Papers, by default: up to so many every author has a page, above it those of two or more."""
FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Dates outside are typing errors, or stand for 'unknown': so those who check pages take them."""
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exactly as it is known: a year, a month of a year, or a day.

    Ordering is by year, then month, then day, the unknown parts first; use `earliest` and
    `latest` to compare across precisions.
    """

    year: int
    month: int = 0
    """1 to 12, or 0 when only the year is known."""
    day: int = 0
    """1 to 31, or 0 when only the month is known."""

    def __post_init__(self) -> None:
        try:
            dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise BadDateError(f"{self.year}-{self.month}-{self.day}: {error}") from None
        if self.day and not self.month:
            raise BadDateError("a day needs a month")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2024``, ``2024-06`` or ``2024-06-28``.

        Raises:
            BadDateError: for any other text and for days that do not exist.
        """
        match = _PARTIAL.match(text.strip())
        if match is None:
            raise BadDateError(f"expected YYYY, YYYY-MM or YYYY-MM-DD, found {text[:40]!r}")
        return cls(*(int(part or 0) for part in match.groups()))

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """Give the partial date of a whole day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text

    @property
    def is_plausible(self) -> bool:
        """Whether it can be a paper's or a digest's date."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    @property
    def in_words(self) -> str:
        """As texts write it: '11 March 2025', 'June 2024' or '2023'."""
        if not self.month:
            return str(self.year)
        month = f"{MONTHS[self.month - 1]} {self.year}"
        return f"{self.day} {month}" if self.day else month

    @property
    def earliest(self) -> dt.date:
        """The first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day without its year, as 'Mar 11' in a heading or 'Jul 21' under a paper."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a digest gives for a paper besides its arXiv, DOI and Hugging Face pages."""

    kind: str
    """One of ``code``, ``project``, ``model``, ``dataset``, ``pdf``, ``page``."""
    url: str
    """An absolute http or https URL."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper's appearance in one digest, with everything the digest says of it."""

    position: int
    """Its place in the digest, counted from 1."""
    title: str
    line: int | None = None
    """Where it begins in the file, counted from 1; ``None`` where lines mean nothing (JSON)."""
    abstract: str | None = None
    """Paragraphs are separated by one blank line."""
    blurb: str | None = None
    """A description that is not the paper's abstract (a newsletter's sentence)."""
    authors: tuple[str, ...] | None = None
    """All authors in printed order."""
    author_count: int | None = None
    organization: str | None = None
    submitter: str | None = None
    published: PartialDate | None = None
    published_day: DayOfYear | None = None
    """A publication day whose year is the digest's own."""
    submitted: PartialDate | None = None
    """The day the digest's source itself listed the paper (``submittedOnDailyAt``)."""
    arxiv: str | None = None
    """The identifier without version: ``2412.14093`` or ``math/0309136``."""
    arxiv_version: int | None = None
    doi: str | None = None
    """Lower case, without resolver."""
    venue: str | None = None
    remark: str | None = None
    """What the authors say beside the abstract, as arXiv's comments: '12 pages, 3 figures'."""
    categories: tuple[str, ...] = ()
    """arXiv categories, the primary one first."""
    upvotes: int | None = None
    comments: int | None = None
    keywords: tuple[str, ...] = ()
    ai_summary: str | None = None
    """A machine-written summary; never mixed with the abstract."""
    links: tuple[Link, ...] = ()
    group: str | None = None
    """The heading under which the digest lists it."""
    orcids: tuple[tuple[str, str], ...] = ()
    """Authors, as `authors` names them, with their ORCID iDs (``0000-0002-1825-0097``)."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A saved list of papers, as one reader understood it."""

    source: str
    """The file, relative to the digests folder, with forward slashes (``#2`` and so on added
    where one file holds several digests)."""
    format: str
    """The name of the format in the table of readers."""
    entries: tuple[Entry, ...]
    name: str | None = None
    """What a sidecar file or the digest itself calls it; ``None`` to name it by its date."""
    date: PartialDate | None = None
    dated_by: str | None = None
    """What gave `date`: ``sidecar``, ``file``, ``file name`` or ``heading`` (of a full date)."""
    heading_day: DayOfYear | None = None
    """A heading such as 'Mar 11' whose year is to be inferred."""
    repaired_links: int = 0
    """How many mirrors' links were put right."""
    refusals: tuple[Refusal, ...] = ()
    """Entries left out, and doubts."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A digest that carried a paper, and the paper's place in it."""

    digest: str
    """The digest's id."""
    position: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its Markdown page keeps it: the union of all that is known."""

    slug: str
    path: str
    """The page, relative to the papers folder: ``2025/03/<slug>.md``."""
    number: int
    """Given once and for all by the ledger, counted from 0."""
    title: str
    date: dt.date
    """Pelican's ``Date:``; see `date_basis` for what it is."""
    date_basis: str
    """``digest``, ``publication``, ``not-before``, or ``unknown`` (the date is then only a
    placeholder that is never shown)."""
    abstract: str | None = None
    blurb: str | None = None
    ai_summary: str | None = None
    authors: tuple[str, ...] | None = None
    author_count: int | None = None
    published: PartialDate | None = None
    topics: tuple[str, ...] = ()
    """Topic slugs, strongest first, at most four."""
    arxiv: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    venue: str | None = None
    remark: str | None = None
    categories: tuple[str, ...] = ()
    organization: str | None = None
    submitter: str | None = None
    keywords: tuple[str, ...] = ()
    upvotes: int | None = None
    """The highest figure any digest gave."""
    comments: int | None = None
    links: tuple[Link, ...] = ()
    digests: tuple[Appearance, ...] = ()
    """Dated digests first, by date, then undated ones, by id."""
    notes: str | None = None
    """The keeper's own Markdown after the abstract (``## Notes`` and whatever follows)."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further front-matter keys a person added, in their order; kept, and shown nowhere."""
    withdrawn: str | None = None
    """What the keeper says of its withdrawal, '' for no more than that; ``None`` for a paper that
    stands."""
    hidden: str | None = None
    """Why the keeper hides it; such papers are not in `Archive.papers`."""
    former: tuple[str, ...] = ()
    """Slugs of pages that became one with it, in the order of their letters: its page has them too,
    so that a lost ledger loses no address."""
    uncarried: bool = False
    """True where digests carried it once and none does any more; worked out anew each time, and no
    key of its page."""

    @property
    def digest_count(self) -> int:
        """In how many digests it is, any of which may list it twice."""
        return len({seen.digest for seen in self.digests})


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One entry of a kept digest: its place, its paper, and what only this digest says."""

    position: int
    slug: str
    title: str
    """As this digest spells it."""
    upvotes: int | None = None
    comments: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A digest as the archive knows it: named, dated as far as may be, its entries resolved."""

    id: str
    """Permanent: ``2025-03-11``, ``2025-03-11-2``, ``undated-1``."""
    source: str
    format: str
    name: str
    """'11 March 2025', 'Undated digest, 241 papers', '11 March, year unknown', or the sidecar's own
    name."""
    items: tuple[DigestItem, ...]
    date: PartialDate | None = None
    dated_by: str | None = None
    """``sidecar``, ``file``, ``file name``, ``heading``, or ``inferred`` (a heading whose year was
    inferred); ``None`` when undated."""
    not_before: PartialDate | None = None
    """For an undated digest: the publication of the youngest paper it carries."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the taxonomy."""

    slug: str
    name: str
    group: str
    definition: str
    formerly: tuple[str, ...] = ()
    """Slugs that it had before."""


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who beyond the spelling of names: what `archive.people` found out.

    Names and people are known by their `archive.slugs.author_key`.
    """

    joined: tuple[tuple[str, str], ...] = ()
    """Names that are somebody's other spelling, each with the person."""
    apart: tuple[tuple[int, str, str], ...] = ()
    """Papers, by number, on which a name means another person than elsewhere."""
    names: tuple[tuple[str, str], ...] = ()
    """What people are called whatever papers print."""
    moved: tuple[tuple[str, str], ...] = ()
    """Slugs that once were a person's page, each with the person who answers now."""


AUTHOR_FEEDS = "feeds/authors/"
"""How the addresses of authors' feeds begin, in a site and among those that are gone."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything the site is made from: the hand-over from KEEP to SHOW and FIND."""

    papers: tuple[Paper, ...]
    """By `Paper.number`."""
    digests: tuple[KeptDigest, ...]
    """Newest first, undated ones last, by id."""
    topics: tuple[Topic, ...]
    """In the taxonomy's order."""
    redirects: tuple[tuple[str, str], ...] = ()
    """Slugs that once were pages, each with the slug that answers now."""
    gone: tuple[tuple[str, str | None], ...] = ()
    """Addresses, without their ending, of pages that may have nothing to show any more (digests and
    their days, authors, topics, years and months), and of the page that answers instead, if any."""
    author_slugs: tuple[tuple[str, str], ...] = ()
    """Slugs that several authors' names ask for, settled for good: `archive.slugs.author_key` and
    slug, for `archive.slugs.name_authors`."""
    identities: Identities = Identities()
    removed: tuple[tuple[str, str | None], ...] = ()
    """Slugs of papers that the keeper hid, old ones included, each with the reason if one was
    given: their addresses say so, and nothing else of them is shown."""
