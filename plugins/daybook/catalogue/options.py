"""What a site's keeper may choose about its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ..records import SMALL_ARCHIVE
from .views import Named


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Everything the pages need to know besides the archive itself.

    Nothing here is read from the clock or the machine: the same options and the same archive give
    the same bytes.
    """

    name: str = "Daybook"
    tagline: str = "An archive of research papers"
    language: str = "en"
    """A BCP 47 tag."""
    url: str | None = None
    """The absolute address of the whole site (Pelican's ``SITEURL``); ``None`` when unset."""
    base: str = ""
    """The folder of the archive inside the site, with forward slashes; '' when it is the site."""
    keeper: str | None = None
    """Who runs the archive: the author of its feeds."""
    templates: tuple[Path, ...] = ()
    """Folders searched for ``daybook/*.html`` before Daybook's own."""
    page_size: int = 50
    """Papers on one page of a list."""
    digest_page_size: int = 250
    """Entries of a digest on one page: a digest is read as a whole as long as that is sensible."""
    large_archive: int = SMALL_ARCHIVE
    """With more papers than this, an author of one paper has no page of their own, and lists
    show title, first authors and date."""
    index_page_bytes: int = 150_000
    """About how large a page of the author index may become before it is cut by letter."""
    feeds_of_two: int = 30_000
    """Where the second paper of an author has this number or a higher one, it takes a third for a
    feed. An archive of 60,000 has as many authors of two, whose feeds would be a file for every
    second paper; numbers are given once, so that no feed goes as an archive grows."""
    feed_size: int = 50
    """The newest papers that a feed holds."""
    sitemap_size: int = 45_000
    """URLs in one sitemap; more are split and listed by a sitemap index."""
    searched: bool = True
    """Whether the search index is written beside the pages."""
    offline: int = 0
    """Up to so many papers readers can keep the archive offline."""
    subscribe: str | None = None
    """The https address to which the subscription form posts; ``None`` for no form."""
    subscribe_field: str = "email"
    """What the form calls the reader's address."""
    mail_from: str | None = None
    """The address that newsletters come from."""
    unsubscribe: str | None = None
    """The https or mailto address by which readers of newsletters unsubscribe."""
    about: Markup | None = None
    """Sanitized HTML for the about page (see `rendering.sanitized`); ``None`` for the default."""
    menu: tuple[Named, ...] = ()
    """The keeper's ordinary pages, their URLs relative to the base folder."""
