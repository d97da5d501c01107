"""Pages as they lie in the papers folder: listed, read, and known again by their content."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import PageError, PublishError, Refusal
from ..plain_files import open_plain, walk
from ..records import Paper
from .cache import Cache
from .page import MOST_BYTES, read_page, write_page
from .page_proof import hash_page, print_of
from .rows import Row, paper_of, row_of

Rows = dict[bytes, tuple[Row, str]]
"""Pages in the cache: by content and path, the paper and its topics' taxonomy."""
PAGES = "pages"
"""Their kind in the cache: by path and content, each page's paper, if it is as it is written."""

_CHUNK = 1 << 16
_HASH = 16
"""Bytes of a page's key that are the hash of its content; its path follows."""
_NO_PAGE = (".md", ".jsonl", ".damaged")
_TITLED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w-]+:.*\n|---.*\n){0,99}?title:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it lies in the folder."""

    path: str
    text: str | None
    """Byte for byte, or the empty string for a file that cannot be read; ``None`` for a page that
    is known to be what `write_page` gives for its paper."""
    paper: Paper | None
    """``None`` for a damaged page, which is never written over."""
    refusal: Refusal | None = None
    key: bytes = b""
    """What its path and content are known by in the cache."""
    taxonomy: str = ""
    """The fingerprint of the taxonomy whose evidence assigned its topics, where that is known."""

    @property
    def content_hash(self) -> bytes:
        """What its content is known by; nothing of a file that cannot be read."""
        return self.key[:_HASH]

    @property
    def fingerprint(self) -> str:
        """What `page_proof` knows the page by; '' for a damaged one."""
        if self.paper is None:
            return ""
        return print_of(self.paper, self.content_hash if self.text is None else b"")

    def shows(self, paper: Paper, page: Paper) -> bool:
        """Tell whether this is a paper's page; `page` is what it says, as the ledger names it."""
        if self.text is not None or self.paper is None:
            return self.text == write_page(paper)
        if paper == page and self.paper.slug == page.slug:
            return True
        return write_page(self.paper) == write_page(paper)


def list_pages(folder: Path) -> tuple[list[str], list[Refusal]]:
    """List every ``.md`` file below the folder, in the order of their paths.

    Hidden files are passed over, and links are not followed. Gives a warning for each other file
    that is a page by what it says, and for each folder behind a link.

    Raises:
        PublishError: for a folder that cannot be listed, for a site without its pages is not whole.
    """
    root = str(folder)
    paths, others = [], []
    unlisted: list[OSError] = []
    for where, folders, files in walk(root, unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = os.path.relpath(where, root).replace(os.sep, "/")
        prefix = "" if inner == "." else inner + "/"
        paths += [prefix + n for n in files if n.endswith(".md") and not n.startswith(".")]
        others += [prefix + n for n in files if not n.endswith(_NO_PAGE) and n[0] != "."]
        others += [prefix + n for n in folders if os.path.islink(f"{where}/{n}")]  # noqa: PTH114
    for error in unlisted:
        raise PublishError(
            f"{error.filename} cannot be listed: {error.strerror}. "
            "Check its permissions and build again; nothing was changed."
        )
    told = [refusal for path in sorted(others) if (refusal := _passed_over(root, path))]
    return sorted(paths), told


def _passed_over(root: str, path: str) -> Refusal | None:
    """Warn of what is no page by its name, if a keeper may take it for one."""
    file = f"{root}/{path}"
    if os.path.isdir(file):  # noqa: PTH112 - a link, see above
        message = "a link to a folder is not followed; pages in it are not read."
        return Refusal(path, None, message, "Move the folder itself here.", fatal=False)
    try:
        with os.fdopen(open_plain(file), "rb") as stream:
            head = stream.read(_CHUNK)
    except OSError:
        return None
    if not _TITLED.match(head):
        return None
    message = "it begins as a page does, and is not read: a page's name ends in '.md'."
    return Refusal(path, None, message, "Rename it, or move it elsewhere.", fatal=False)


def load_page(
    root: str, path: str, known: Rows, number: int = 0, *, trusting: bool = False
) -> StoredPage:
    """Load a page of the folder `root`; one that the cache has is not read, but by its content.

    `number` is the paper's, where the ledger has it. Who is `trusting` knows that the page is what
    `write_page` gives, or does not ask.
    """
    try:
        data = _read_bytes(f"{root}/{path}", path)
    except PageError as error:
        return StoredPage(path, "", None, error.refusal)
    key = hash_page(data) + os.fsencode(path)
    if known_page := known.get(key):
        row, taxonomy = known_page
        return StoredPage(path, None, paper_of(row), None, key, taxonomy)
    text = ""
    try:
        text = _decode(data, path)
        paper = read_page(text, path=path, number=number)
    except PageError as error:
        return StoredPage(path, text, None, error.refusal, key)
    is_known = trusting or write_page(paper) == text
    return StoredPage(path, None if is_known else text, paper, None, key)


def _read_bytes(file: str, path: str) -> bytes:
    try:
        descriptor = open_plain(file, os.O_NOFOLLOW)
        try:
            data = part = os.read(descriptor, _CHUNK)
            while len(part) == _CHUNK and len(data) <= MOST_BYTES:
                part = os.read(descriptor, _CHUNK)
                data += part
        finally:
            os.close(descriptor)
    except OSError as error:
        hint = "Check its permissions, or remove it."
        raise PageError(path, f"it cannot be read: {error.strerror}.", hint=hint) from None
    if len(data) > MOST_BYTES:
        raise PageError(path, f"it is larger than {MOST_BYTES:,} bytes.")
    return data


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise PageError(path, "expected UTF-8.", hint="Save it as UTF-8.") from None


def remember_page(cache: Cache, stored: StoredPage, paper: Paper, taxonomy: str) -> None:
    """Let the cache know a page that is what `write_page` gives for its paper."""
    if not cache.is_kept:
        return
    known, kept = cache.kind(PAGES)
    found = known.get(stored.key)
    if found is None or found[1] != taxonomy or stored.text is not None:
        kept[stored.key] = (row_of(paper), taxonomy)
