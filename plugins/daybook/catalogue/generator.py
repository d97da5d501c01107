"""The thin tie between the catalogue and Pelican: a generator among Pelican's own.

The context holds what the floors above made: ``DAYBOOK_ARCHIVE`` (an `Archive`),
``DAYBOOK_SETTINGS`` (`settings.Settings`), ``DAYBOOK_WRITE`` (the publishing floor's way to write a
file, by its path below the base folder) and ``DAYBOOK_WRITE_PARTS`` (its way to write many, on all
cores, after those that it is told to make meanwhile: of what each function gives, it gives the
paths) and ``DAYBOOK_BEGIN_PARTS`` (its way to have some of those written before the others are
known). ``DAYBOOK_BESIDE`` may hold such functions of another generator's, which need nothing of
the catalogue, take longest and so come first; ``DAYBOOK_SEARCHED`` stands there where an index is
written. ``DAYBOOK_RECALL`` and ``DAYBOOK_KEEP`` read and write (or remove) a file that lies beside
the papers' pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..drafts import Made
from ..learning.remembered import FILE_NAME as RELATED
from ..memory import settled_memory
from ..pelican_settings import site_address, template_overrides
from ..scripts import ASSETS, begin_minified, minified
from ..settings import Settings
from .options import SiteOptions
from .rendering import sanitized
from .site import Catalogue
from .templating import own_theme
from .views import Named

WriteParts = Callable[[Sequence[Callable[[], Iterable[Made]]], Iterable[int]], list[list[str]]]
_OWN_FOLDER = "daybook"
"""In a site's theme: what in ``templates/`` and ``static/`` takes the place of Daybook's."""


class CatalogueGenerator:
    """Writes the archive's pages, feeds and exports, and the files that the pages need.

    It follows Pelican's protocol and inherits nothing, so that nothing is read twice.
    """

    def __init__(
        self, context: dict[str, Any], settings: Mapping[str, Any], theme: str, **_: object
    ) -> None:
        self.context = context
        self.settings = settings
        self.theme = Path(theme)

    def generate_output(self, writer: object) -> None:  # noqa: ARG002  Pelican's own is not used
        """Write the catalogue through the publishing floor."""
        chosen: Settings = self.context["DAYBOOK_SETTINGS"]
        write: Callable[[str, bytes], object] = self.context["DAYBOOK_WRITE"]
        write_parts: WriteParts = self.context["DAYBOOK_WRITE_PARTS"]
        recall: Callable[[str], str | None] = self.context["DAYBOOK_RECALL"]
        keep: Callable[[str, str | None], object] = self.context["DAYBOOK_KEEP"]
        pages = list(self.context.get("pages", ()))
        searched = "DAYBOOK_SEARCHED" in self.context
        options = site_options(self.settings, chosen, self.theme, pages, searched=searched)
        scripts = begin_minified(chosen.cache)
        remembered = recall(RELATED)
        beside = self.context.get("DAYBOOK_BESIDE", [])
        with settled_memory(lasting=True):
            catalogue = Catalogue(
                self.context["DAYBOOK_ARCHIVE"],
                options,
                self.context.get("DAYBOOK_LEARNED"),
                chosen.cache,
                remembered,
                begin=self.context["DAYBOOK_BEGIN_PARTS"],
            )
        first = len(beside)
        parts = [*beside, *(part.files for part in catalogue.parts)]
        try:
            scripts()  # before others are forked, who would each make them
            meanwhile = (first + place for place in catalogue.meanwhile())
            written = write_parts(parts, meanwhile)[first:]
        finally:
            catalogue.end()
        beside.clear()
        for path, content in catalogue.closing(written):
            write(path, content)
        if (text := catalogue.to_remember()) != remembered:
            keep(RELATED, text)
        for path, content in static_files(self.theme, chosen.cache):
            write(f"{ASSETS}{path}", content)


def site_options(
    pelican: Mapping[str, Any],
    chosen: Settings,
    theme: Path,
    pages: Iterable[Any] = (),
    *,
    searched: bool = True,
) -> SiteOptions:
    """Translate Pelican's settings and Daybook's; `pages` are Pelican's own ordinary pages.

    A page whose slug is ``about`` becomes the body of the about page; the others join the menu.
    """
    by_slug = {page.slug: page for page in pages}
    about = by_slug.pop("about", None)
    up = "../" * (chosen.base.count("/") + 1) if chosen.base else ""
    shown = by_slug.values() if pelican.get("DISPLAY_PAGES_ON_MENU", True) else ()
    return SiteOptions(
        name=pelican.get("SITENAME") or SiteOptions().name,
        tagline=chosen.tagline,
        language=pelican.get("DEFAULT_LANG") or "en",
        url=site_address(pelican.get("SITEURL") or "") or None,
        base=chosen.base,
        keeper=chosen.keeper,
        templates=(*template_overrides(pelican), theme / "templates"),
        page_size=chosen.per_page,
        digest_page_size=chosen.digest_per_page,
        large_archive=chosen.small_archive,
        feed_size=chosen.feed_entries,
        searched=searched,
        offline=chosen.offline,
        subscribe=chosen.subscribe,
        subscribe_field=chosen.subscribe_field,
        mail_from=chosen.mail_from,
        unsubscribe=chosen.unsubscribe,
        about=sanitized(about.content) if about is not None else None,
        menu=tuple(Named(page.title, up + quote(page.url)) for page in shown),
    )


def static_files(theme: Path, cache: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Give Daybook's style sheets, icons and scripts; a file of the site's own theme goes first."""
    small = minified(cache).items()
    own = {path.removeprefix(ASSETS): data for path, data in small if path.startswith(ASSETS)}
    icons = {
        path: file
        for path, file in _files(own_theme() / "static").items()
        if file.suffix not in (".css", ".js")
    }
    for path, file in {**icons, **_files(theme / "static" / _OWN_FOLDER)}.items():
        own[path] = file.read_bytes()
    yield from sorted(own.items())


def _files(folder: Path) -> dict[str, Path]:
    """Find the files of a folder, but for hidden ones, by their path in it."""
    return {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    }
