"""Every address inside the site, and how a page reaches the root folder.

All are relative to the base folder, name a file, and are permanent. Slugs and ids come from KEEP as
``[a-z0-9-]``, so that an address is its own percent-encoding.
"""

from __future__ import annotations

from ..records import AUTHOR_FEEDS

HOME = "index.html"
DIGESTS = "digests/index.html"
TOPICS = "topics/index.html"
AUTHORS = "authors/index.html"
DATES = "dates/index.html"
UNKNOWN_DATE = "dates/unknown.html"
SEARCH = "search.html"
ABOUT = "about.html"
READING_LIST = "reading-list.html"
OVERVIEW = "overview.html"
VENUES = "venues/index.html"
NOT_FOUND = "404.html"
ARCHIVE_FEED = "feeds/archive.atom.xml"
FEEDS = "feeds/feeds.opml"
"""The list of feeds."""
DIGESTS_DUMP = "data/digests.json"
DATA = "data/index.html"
IDS = "data/ids.js"
"""What papers are known by elsewhere, for the page of the reading list."""
OPEN_SEARCH = "opensearch.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
UNSORTED = "unsorted"
"""The slug of the topic page of papers that have no topic."""


def paper(slug: str) -> str:
    """Give the page of a paper."""
    return f"papers/{slug}.html"


def digest(digest_id: str) -> str:
    """Give the page of a digest."""
    return f"digests/{digest_id}.html"


def topic(slug: str) -> str:
    """Give the first page of a topic."""
    return f"topics/{slug}.html"


def topic_feed(slug: str) -> str:
    """Give the Atom feed of a topic."""
    return f"feeds/topics/{slug}.atom.xml"


def topic_bib(slug: str) -> str:
    """Give the BibTeX file of a topic."""
    return f"topics/{slug}.bib"


def digest_bib(digest_id: str) -> str:
    """Give the BibTeX file of a digest."""
    return f"digests/{digest_id}.bib"


def newsletter(digest_id: str) -> str:
    """Give the newsletter of a digest."""
    return f"digests/{digest_id}.eml"


def period_bib(text: str) -> str:
    """Give the BibTeX file of a month (``2024-06``)."""
    return f"dates/{text}.bib"


def papers_part(part: int, ending: str) -> str:
    """Give a part of the data of all papers in one form (``csv``), counted from 1."""
    return f"data/papers{'' if part == 1 else f'-{part}'}.{ending}"


def other_feed(atom: str, form: str) -> str:
    """Give a feed's ``rss.xml`` or ``feed.json`` beside its Atom form."""
    return atom.replace(".atom.xml", f".{form}")


def letter_feeds(anchor: str) -> str:
    """Give the list of the feeds of the authors of a letter."""
    return f"feeds/authors-{anchor}.opml"


def author_bib(slug: str) -> str:
    """Give the BibTeX file of an author."""
    return f"authors/{slug}.bib"


def author(slug: str) -> str:
    """Give the first page of an author."""
    return f"authors/{slug}.html"


def author_feed(slug: str) -> str:
    """Give the Atom feed of an author."""
    return f"{AUTHOR_FEEDS}{slug}.atom.xml"


def letter(anchor: str) -> str:
    """Give the first page of a letter in an author index that is split by letter."""
    return f"authors/letter-{anchor}.html"


def period(text: str) -> str:
    """Give the first page of a year (``2024``) or a month (``2024-06``) of publication."""
    return f"dates/{text}.html"


def day(text: str) -> str:
    """Give the page of the digests of a day (``2025-03-11``)."""
    return f"days/{text}.html"


def on_this_day(month: int) -> str:
    """Give what was published on the days of a month, in any year, for the home page."""
    return f"dates/on-{month:02d}.js"


def numbered(url: str, number: int) -> str:
    """Give page `number`, counted from 1, of the list whose first page is `url`."""
    return url if number == 1 else f"{url.removesuffix('.html')}-page-{number}.html"


def root_of(url: str) -> str:
    """Give what leads from a page to the base folder: '', '../' or '../../'."""
    return "../" * url.count("/")


def topic_year(slug: str, year: int) -> str:
    """Give the first page of a topic's papers of a year.

    Slugs have no two hyphens in a row, so that this is no other topic's page.
    """
    return f"topics/{slug}--in-{year:04d}.html"


def topic_pair(one: str, other: str) -> str:
    """Give the page of the papers that two topics share."""
    return f"topics/{one}--and--{other}.html"


def venue(slug: str) -> str:
    """Give the first page of a venue."""
    return f"venues/{slug}.html"


def venue_year(slug: str, year: int) -> str:
    """Give the first page of what a venue published in a year."""
    return f"venues/{slug}--{year:04d}.html"


def library(url: str) -> str:
    """Give the BibTeX file of a list of which this is the first page."""
    return f"{url.removesuffix('.html')}.bib"


def week(text: str) -> str:
    """Give the first page of the digests of an ISO week (``2025-w11``)."""
    return f"weeks/{text}.html"
