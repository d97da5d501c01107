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
            f"the site has {_shown(total)}, and GitHub Pages takes {_shown(site)}.",
            _advice(sizes, base, total),
            total > site,
        )
    for path, size in sorted(sizes.items()):
        if size > NEAR * file:
            yield Limit(
                path,
                f"the file has {_shown(size)}, and GitHub takes {_shown(file)}.",
                "Publish it elsewhere, or cut it.",
                size > file,
            )


def _advice(sizes: Mapping[str, int], base: str, total: int) -> str:
    """Name the settings that save most, first the one that saves most."""
    saved = []
    switches = _SWITCHES if base + _OF_LARGE in sizes else (*_SWITCHES, _OF_SMALL)
    for folder, advice in switches:
        held = sum(size for path, size in sizes.items() if path.startswith(base + folder))
        if held > _WORTH * total:
            saved.append((held, f"{advice} ({_shown(held)} in {base}{folder})"))
    if not saved:
        return "Cut the archive in two, or publish it on another host."
    return "; ".join(advice for _, advice in sorted(saved, reverse=True)) + "."


def _shown(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
