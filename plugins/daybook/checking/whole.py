"""All that is looked at, in one order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from io import FileIO
from pathlib import Path

from ..archive.forking import spread
from ..errors import PublishError
from ..publishing.limits import limits_met
from ..publishing.manifest import MANIFEST, NOT_OURS
from ..publishing.paths import site_path
from .data import check_data
from .feed_forms import check_forms
from .feeds import check_feeds
from .files import check_style_and_scripts
from .folder import Finding, Folder
from .markup import read_page, scheme_of
from .pages import check_pages
from .parts import check_cards, check_index, check_offline
from .sitemaps import check_robots

NOT_AS_BUILT = "is not what the build wrote"
"""What is said of a file that somebody changed since, and of which nothing else is wrong."""
_SPREAD = 4
"""So many batches of files make a core worth its start."""

LOOKS: tuple[Callable[[Folder], Iterator[Finding]], ...] = (
    check_pages,
    check_feeds,
    check_forms,
    check_robots,
    check_index,
    check_cards,
    check_offline,
    check_style_and_scripts,
    check_data,
)


def check(root: Path) -> Iterator[Finding]:
    """Give everything that is wrong with a built site, a finding at a time.

    Raises:
        OSError: when the folder cannot be listed.
    """
    folder = Folder.of(root)
    if not any(path.endswith(".html") for path in folder.sizes):
        yield Finding(".", "holds no page at all")
        return
    findings = list(_check_files(folder))
    for look in LOOKS:
        findings += sorted(look(folder))
    yield from findings
    yield from _check_contents(folder, {finding.path for finding in findings})


def _check_contents(folder: Folder, named: Collection[str]) -> Iterator[Finding]:
    """Look whether each file is what the build wrote, of which nothing else was found.

    Whatever a look at its meaning passes over is seen so: a digit in a citation, an entry less,
    what this machine is called.
    """
    paths = sorted(folder.contents.keys() & folder.sizes.keys())
    for finding in spread(partial(_changed, folder), folder.batches(paths), _SPREAD):
        if finding.path not in named:
            yield finding


def _changed(folder: Folder, batches: Sequence[Sequence[str]]) -> list[Finding]:
    unsaid = ("", NOT_OURS)
    private = [(place, place.encode()) for place in folder.private]
    found: list[Finding] = []
    for path in itertools.chain.from_iterable(batches):
        if folder.contents[path] in unsaid:
            continue
        data = _bytes(folder, path)
        if not folder.is_as_built(path, data):
            found.append(Finding(path, NOT_AS_BUILT))
        for place, name in private:
            if name in data:
                found.append(Finding(path, f"names the folder {place} of this machine"))
    return found


def _bytes(folder: Folder, path: str) -> bytes:
    with FileIO(f"{folder.root}/{path}") as file:  # a Path, and a buffer, cost as much as to read
        return file.readall()


def _check_error_page(folder: Folder) -> Iterator[Finding]:
    """Look at the page that answers at any address: it must name its files from the root on."""
    path = folder.error_page
    if path not in folder.sizes and not folder.base:
        yield Finding(path, "is not there, so that nobody is told of a wrong address")
    if path not in folder.sizes or path not in folder.built:
        return
    try:
        page = read_page(folder.text(path))
    except ValueError:
        return  # `check_pages` says it
    for address, _ in (*page.loads, *page.leads):
        if not address.startswith(("/", "#")) and not scheme_of(address):
            yield Finding(path, f"{address} leads elsewhere from each address it answers at")


def _check_files(folder: Folder) -> Iterator[Finding]:
    """Look at the files themselves: all there, none a link, none too big."""
    for path in folder.links:
        if path in folder.built:
            yield Finding(path, "is a link or no file at all, which GitHub Pages refuses")
        elif not path.startswith("."):
            yield Finding(path, "is a link or no file at all: what it leads to would be published")
    for path in sorted(folder.contents.keys() - folder.sizes.keys()):
        yield Finding(path, "is in the list of what was built, and is not there")
    if (folder.root / MANIFEST).exists() and not folder.contents:
        yield Finding(MANIFEST, "is no list of what was built")
    for path in sorted(folder.built & folder.sizes.keys()):
        try:
            site_path(path)
        except PublishError as error:
            yield Finding(path, str(error))
    if f"{folder.base}index.html" not in folder.sizes:
        yield Finding(f"{folder.base}index.html", "is not there")
    seen: dict[str, str] = {}
    for path in folder.sizes:
        other = seen.setdefault(path.lower(), path)
        if other != path:
            yield Finding(path, f"is {other} where file systems do not tell capitals")
    yield from _check_error_page(folder)
    for limit in limits_met(folder.sizes):
        if limit.exceeded:
            yield Finding(limit.path or ".", limit.message)
