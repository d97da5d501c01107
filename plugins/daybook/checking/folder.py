"""An output folder: its files, where its archive lies, and where an address leads."""

from __future__ import annotations

import gzip
import html
import os
import posixpath
import re
import stat
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..plain_files import at_home
from ..publishing.manifest import MANIFEST, NOT_OURS, read_contents, told_apart

_ADDRESS = {
    "index.html": re.compile(r'<link rel="?canonical"?[^<>]* href="?(https?://[^">\s]*)'),
    "feeds/archive.atom.xml": re.compile(r'<link rel="self" href="(https?://[^"]*)"'),
    "sitemap.xml": re.compile(r"<loc>(https?://[^<]*/)(?:index\.html)?</loc>"),
}
"""Files below the base folder that name their own address, and how."""
_PLAIN = re.compile(
    r"((?:\.\./)*)((?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[a-z0-9]+)+)(?:#([a-z0-9-]+))?"
)
"""An address as nearly all are: folders up, a file, an anchor."""
_BATCH = 1_000_000
"""Bytes that are read at a time."""
_OPENING = 1000
"""Bytes that are read in the time in which a file is opened."""
_TELLING_PARTS = 4
"""Folders, the root counted, from which on a path is nobody's word in a paper."""
_TELLING_HOME = 3
"""The same of a home folder, which has its keeper's name."""
INDEX = "search/manifest.js"
_SIGNS = (INDEX, "assets/daybook.js")
"""By one of these an archive is known, wherever in a site it lies: it may have no index."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a built site."""

    path: str
    """The file, relative to the output folder."""
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class Lost(Exception):  # noqa: N818  what a link is, not what went wrong here
    """A link that leads nowhere; the message says why."""


@dataclass(frozen=True)
class Folder:
    """A built site on the disk. Paths are relative to it, with forward slashes."""

    root: Path
    sizes: Mapping[str, int]
    """Every file's bytes, by its path."""
    folders: frozenset[str]
    links: tuple[str, ...]
    """Symbolic links, and whatever else is neither a file nor a folder."""

    @classmethod
    def of(cls, root: Path) -> Folder:
        """List a folder; hidden folders, such as ``.git``, are no part of a site.

        Raises:
            OSError: for a folder that cannot be listed.
        """
        sizes: dict[str, int] = {}
        folders = {""}
        links: list[str] = []
        waiting = [""]
        while waiting:
            relative = waiting.pop()
            with os.scandir(root / relative) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
            for entry in entries:
                path = f"{relative}/{entry.name}" if relative else entry.name
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    if not entry.name.startswith("."):
                        folders.add(path)
                        waiting.append(path)
                elif stat.S_ISREG(status.st_mode):
                    sizes[path] = status.st_size
                else:
                    links.append(path)
        return cls(root, sizes, frozenset(folders), tuple(links))

    @cached_property
    def built(self) -> frozenset[str]:
        """The files that a build says it wrote; all, where nothing says so."""
        return frozenset(self.contents) if self.contents else frozenset(self.sizes)

    @cached_property
    def contents(self) -> Mapping[str, str]:
        """What the build says its files held, as `render_manifest` takes it."""
        return read_contents(self.root)

    def is_as_built(self, path: str, data: bytes) -> bool:
        """Tell whether a file's bytes are those that the build wrote, as far as its list says."""
        said = self.contents.get(path, "")
        return said in ("", NOT_OURS) or told_apart(sha256(data).digest()) == said

    @cached_property
    def own(self) -> frozenset[str]:
        """The archive's own files, which are judged by all that we promise."""
        theirs = {path for path, said in self.contents.items() if said == NOT_OURS}
        return frozenset(path for path in self.built - theirs if path.startswith(self.base))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Files of other hands: what the list of what was built does not name."""
        return tuple(sorted(self.sizes.keys() - self.built - {MANIFEST}))

    @cached_property
    def base(self) -> str:
        """Where the archive lies: '' at the root, or with a slash at its end: ``archive/``."""
        found = (
            path.removesuffix(sign)
            for path in self.sizes
            for sign in _SIGNS
            if path.endswith(sign) and f"/{path}".endswith(f"/{sign}")
        )
        return min(found, key=len, default="")

    @cached_property
    def is_searched(self) -> bool:
        """Whether there is a search index."""
        return f"{self.base}{INDEX}" in self.sizes

    @cached_property
    def error_page(self) -> str:
        """The page that answers at any wrong address, and so names its files from the root on."""
        return f"{self.base}404.html"

    @cached_property
    def address(self) -> str:
        """The site's address without a slash at its end; '' where the site names none."""
        for name, pattern in _ADDRESS.items():
            path = self.base + name
            if path in self.sizes:
                found = pattern.search(self.bytes(path).decode("utf-8", "replace"))
                if found:
                    address = html.unescape(found[1]).removesuffix(name).rstrip("/")
                    return address.removesuffix(f"/{self.base}".rstrip("/"))
        return ""

    @cached_property
    def prefix(self) -> str:
        """The path of the site's address, with slashes at both ends: ``/`` or ``/repo/``.

        A site that names no address stands at a root.
        """
        return unquote(urlsplit(self.address).path) + "/"

    @cached_property
    def private(self) -> tuple[str, ...]:
        """How this machine calls the folder beside the output, and its keeper's own.

        No page has a reason to say so.
        """
        beside, home = self.root.resolve().parent, at_home("~")
        told = ((beside, _TELLING_PARTS), (home, _TELLING_HOME))
        return tuple(f"{place}/" for place, least in told if len(place.parts) >= least)

    def archive(self, *endings: str) -> list[str]:
        """Give the archive's own files that end so, in order of their paths."""
        return sorted(path for path in self.own & self.sizes.keys() if path.endswith(endings))

    def batches(self, paths: Iterable[str]) -> list[list[str]]:
        """Cut a list of files into some that take about as long to read."""
        batches: list[list[str]] = []
        room = 0
        for path in paths:
            if room <= 0:
                batches.append([])
                room = _BATCH
            batches[-1].append(path)
            room -= self.sizes[path] + _OPENING
        return batches

    def bytes(self, path: str) -> bytes:
        """Read a file, unpacked if it is packed by gzip.

        Raises:
            ValueError: where it is cut off or damaged, so that it cannot be unpacked.
        """
        data = (self.root / path).read_bytes()
        if not path.endswith(".gz"):
            return data
        try:
            return gzip.decompress(data)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(f"it cannot be unpacked: {error}") from error

    def text(self, path: str) -> str:
        """Read a file of text.

        Raises:
            ValueError: where it is not UTF-8, or cannot be unpacked.
        """
        return self.bytes(path).decode("utf-8")

    def is_foreign(self, address: str) -> bool:
        """Tell whether an address is another host's."""
        if ":" not in address and not address.startswith("//"):
            return False
        if self.address and (address + "/").startswith(self.address + "/"):
            return False
        return address.startswith("//") or bool(re.match(r"https?:", address, re.IGNORECASE))

    def plainly(self, page: str, address: str) -> tuple[str, str] | None:
        """Give what `leads` gives, if it is plain to see."""
        plain = _PLAIN.fullmatch(address)
        if plain is None:
            return None
        ups, places = len(plain[1]) // len("../"), page.split("/")[:-1]
        path = "/".join([*places[: len(places) - ups], plain[2]])
        return (path, plain[3] or "") if ups <= len(places) and path in self.sizes else None

    def leads(self, page: str, address: str) -> tuple[str, str]:
        """Give the file and the anchor that an address on a page leads to.

        Raises:
            Lost: when there is no such file. Whether there is the anchor, nobody has looked.
        """
        if self.address and (address + "/").startswith(self.address + "/"):
            rest = address.removeprefix(self.address).lstrip("/")
            address = f"{urlsplit(self.address).path}/{rest}"
        parts = urlsplit(address)
        path = unquote(parts.path)
        if path.startswith("/"):
            if not (path + "/").startswith(self.prefix):
                raise Lost("leads out of the site")
            path = posixpath.normpath("./" + path[len(self.prefix) :])
        elif path:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        else:
            path = page
        if path.startswith("../") or path == "..":
            raise Lost("leads out of the site")
        path = "" if path == "." else path
        if path in self.folders:
            path = f"{path}/index.html" if path else "index.html"
        if path not in self.sizes:
            raise Lost(f"leads to {path}, which is not there")
        return path, unquote(parts.fragment)
