"""What Pelican would read for ever, or leave out unseen, is named before it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.errors import PublishError
from daybook.publishing.pelican_content import check_content

WRONG: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda folder: os.mkfifo(folder / "pages/pipe.md"),
    "a device by a link": lambda folder: (folder / "zero.md").symlink_to("/dev/zero"),
    "a link to its own folder": lambda folder: (folder / "pages/again").symlink_to("."),
    "links to each other's folders": lambda folder: (folder / "images/back").symlink_to(folder),
    "a link further up": lambda folder: (folder / "pages/up").symlink_to("..", True),
    "an image that nobody may read": lambda folder: (folder / "images/x.png").touch(0),
    "a folder that nobody may list": lambda folder: (folder / "pages/sub").mkdir(0),
}


@pytest.fixture
def content(unprivileged: Path) -> Path:
    """Give a content folder with everything in it that is well."""
    folder = unprivileged / "content"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/about.md").write_text("Title: About")
    (folder / "pages/self.md").symlink_to("self.md")
    (folder / "nowhere.md").symlink_to("nowhere")
    (unprivileged / "beside").mkdir()
    (folder / "images").symlink_to(unprivileged / "beside")
    (folder / "digests").mkdir()
    os.mkfifo(folder / "digests/refused elsewhere")
    return folder


@pytest.mark.parametrize("what", WRONG)
def test_what_never_ends_or_cannot_be_read_is_named_before_pelican_reads_it(
    content: Path, what: str
) -> None:
    check_content(content, [content / "digests"])
    WRONG[what](content)
    with pytest.raises(PublishError, match=r"[Rr]emove"):
        check_content(content, [content / "digests"])
