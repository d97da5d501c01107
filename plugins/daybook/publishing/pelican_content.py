"""The keeper's own content: all can be read, nothing for ever, and its links keep what others' do.

Pelican opens whatever lies in the content folder and follows every link. A named pipe never ends,
and links that lead back to a folder above them are followed forty deep, in every combination. An
image or a folder that it may not read, it leaves out without a word.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from ..errors import PublishError, Refusal
from ..settings import Settings

_EFFECTIVE = os.access in os.supports_effective_ids
_LINK = re.compile(r"<a(?=\s)([^<>]*?\shref\s*=\s*[\"']?(?:https?:)?//[^<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"\sid\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)|\shref\s*=\s*(?:\"#[^\"]*\"|'#[^']*'|#[^\s>]*)",
    re.IGNORECASE,
)
"""An id, or a link to one."""
_REL = re.compile(r"\srel\s*=", re.IGNORECASE)


def outward(text: str, *, alone: bool = True) -> str:
    """Give HTML in which links to other hosts tell those nothing, unless they say what they do.

    Where it does not stand alone on its page, as the beginnings of articles in a list, it has no
    ids, and no links to them: every article's first footnote has the same. The theme's templates
    have this as a filter.
    """
    if not alone:
        text = _TAG.sub(lambda tag: _ANCHOR.sub("", tag[0]), text)
    return _LINK.sub(
        lambda link: link[0] if _REL.search(link[1]) else f'<a rel="noopener noreferrer"{link[1]}>',
        text,
    )


def own_folders(settings: Settings) -> list[Path]:
    """Give the folders that Daybook reads itself, and Pelican passes over."""
    chosen = (settings.digests, settings.papers, settings.metadata, settings.learned)
    return [folder for folder in chosen if folder is not None]


def own_places(settings: Settings) -> list[Path]:
    """Give all in the content that Daybook reads itself, and says what is wrong with it."""
    files = (settings.corrections, settings.authors, settings.topics)
    return [*own_folders(settings), *(file for file in files if file is not None)]


def check_content(content: Path, left_out: Iterable[Path]) -> list[Refusal]:
    """Refuse what cannot be read or is neither file nor folder, and links that go in a circle.

    Gives a warning for each link that leads out of the content: what is there is published.

    Raises:
        PublishError: naming the first of them, and what to do.
    """
    passed = {os.path.realpath(folder) for folder in left_out}
    root = os.path.realpath(content)
    waiting = [(str(content), frozenset((root,)))]
    outward_links = []
    while waiting:
        folder, above = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            if os.path.basename(folder).startswith("."):  # noqa: PTH119 - text; no part of a site
                continue
            raise _unread(folder, error.strerror) from None
        for entry in entries:
            real = os.path.realpath(entry.path)
            if real in passed:
                continue
            if entry.is_symlink() and os.path.exists(real) and not _holds(root, real):  # noqa: PTH110
                outward_links.append(_leading_out(os.path.relpath(entry.path, content), real))
            if os.path.isdir(entry.path):  # noqa: PTH112 - text; false for a link to itself
                if real in above or (entry.is_symlink() and _holds(real, os.path.realpath(folder))):
                    raise PublishError(
                        f"{entry.path} leads back to a folder that it lies in, and Pelican would "
                        "follow it round and round. Remove the link; nothing was changed."
                    )
                waiting.append((entry.path, above | {real}))
            elif os.path.exists(entry.path):  # noqa: PTH110 - text
                if not entry.is_file():
                    raise PublishError(
                        f"{entry.path} is a pipe, a socket or a device, and reading it might never "
                        "end. Remove it from the content; nothing was changed."
                    )
                readable = os.access(entry.path, os.R_OK, effective_ids=_EFFECTIVE)
                if not readable and not entry.name.startswith("."):
                    raise _unread(entry.path, os.strerror(errno.EACCES))
    return outward_links


def _leading_out(path: str, target: str) -> Refusal:
    return Refusal(
        path,
        None,
        f"the link leads out of the content, to {target}, and what is there is published",
        "If that is not meant, remove the link.",
        fatal=False,
    )


def _unread(path: str, reason: str | None) -> PublishError:
    return PublishError(
        f"{path} cannot be read: {reason}, and the site would lack it. "
        "Check its permissions, or remove it; nothing was changed."
    )


def _holds(folder: str, inside: str) -> bool:
    return inside == folder or inside.startswith(folder.rstrip(os.sep) + os.sep)
