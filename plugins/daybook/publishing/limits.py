"""How big a site may grow: GitHub Pages' limits, and what to switch off before they are met.

https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits (1 GB a site),
https://docs.github.com/repositories/working-with-files/managing-large-files (100 MB a file).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SITE_BYTES = 1_000_000_000
FILE_BYTES = 100_000_000
NEAR = 0.8
"""From this share of a limit on a build says so: some months before it is met."""

_SWITCHES = (
    ("offline/", "DAYBOOK_OFFLINE = 0 saves what is packed for reading offline"),
    ("feeds/", "a smaller DAYBOOK_FEED_ENTRIES shortens the feeds"),
)
"""A folder's beginning, and which setting makes it smaller."""
_OF_SMALL = ("authors/", "DAYBOOK_SMALL_ARCHIVE = 0 leaves out pages of authors of one paper")
_OF_LARGE = "data/papers.jsonl.gz"
"""What only an archive has that leaves them out already."""
_OWN = frozenset(("assets", "authors", "data", "dates", "days", "digests", "feeds", "offline")) | {
    *("papers", "search", "topics", "venues", "weeks"),
}
"""The archive's own folders, below its base folder."""
_MOST_NAMED = 3
"""Folders of other things."""
_SHOWABLE = 50_000
"""Bytes that make a difference to a tenth of a megabyte."""
_WORTH = 0.02
"""What a switch must save of the site to be worth naming."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is met, or near."""

    path: str | None
    """The file that is too big; ``None`` for the whole site."""
    message: str
    hint: str | None
    exceeded: bool


def limits_met(
    sizes: Mapping[str, int], base: str = "", *, site: int = SITE_BYTES, file: int = FILE_BYTES
) -> Iterator[Limit]:
    """Give the limits that files of these sizes meet or come near, the site's first.

    `base` is the folder of the archive, '' or with a slash at its end.
    """
    total = sum(sizes.values())
    if total > NEAR * site:
        yield Limit(
            None,
            f"the site has {_compared(total, site)} that GitHub Pages takes.",
            _advice(sizes, base, total),
            total > site,
        )
    for path, size in sorted(sizes.items()):
        if size > NEAR * file:
            yield Limit(
                path,
                f"the file has {_compared(size, file)} that GitHub takes.",
                "Publish it elsewhere, or cut it.",
                size > file,
            )


def _advice(sizes: Mapping[str, int], base: str, total: int) -> str:
    """Name what saves most: files that are not the archive's, and settings, the greatest first."""
    saved = []
    switches = _SWITCHES if base + _OF_LARGE in sizes else (*_SWITCHES, _OF_SMALL)
    for folder, advice in switches:
        held = sum(size for path, size in sizes.items() if path.startswith(base + folder))
        if held > _WORTH * total:
            saved.append((held, f"{advice} ({_shown(held)} in {base}{folder})"))
    foreign: dict[str, int] = {}
    for path, size in sizes.items():
        folder, slash, _ = path.partition("/")
        if not _is_archives(path, base):
            foreign[folder + slash] = foreign.get(folder + slash, 0) + size
    for folder in sorted(foreign, key=lambda name: (-foreign[name], name))[:_MOST_NAMED]:
        if foreign[folder] > _WORTH * total:
            advice = "is no part of the archive: publish it elsewhere"
            saved.append((foreign[folder], f"{folder} {advice} ({_shown(foreign[folder])})"))
    if not saved:
        return "Cut the archive in two, or publish it on another host."
    return "; ".join(advice for _, advice in sorted(saved, reverse=True)) + "."


def _is_archives(path: str, base: str) -> bool:
    """Tell whether the archive has files in this folder of the site, or at its root."""
    if not path.startswith(base):
        return False
    folder, slash, _ = path.removeprefix(base).partition("/")
    return not slash or folder in _OWN


def _compared(size: int, limit: int) -> str:
    """Say how a size compares with a limit, also where the two look alike."""
    if size > limit:
        over = size - limit
        much = _shown(over) if over >= _SHOWABLE else f"{over:,} byte{'s' * (over > 1)}"
        return f"{_shown(size)}, {much} more than the {_shown(limit)}"
    return f"{_shown(size)} of the {_shown(limit)}"


def _shown(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
