"""What Pelican would read for ever is named before it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.errors import PublishError
from daybook.publishing.pelican_content import check_content

ENDLESS: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda folder: os.mkfifo(folder / "pages/pipe.md"),
    "a device by a link": lambda folder: (folder / "zero.md").symlink_to("/dev/zero"),
    "a link to its own folder": lambda folder: (folder / "pages/again").symlink_to("."),
    "a link further up": lambda folder: (folder / "pages/up").symlink_to("..", True),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Give a content folder with everything in it that is well."""
    folder = tmp_path / "content"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages/about.md").write_text("Title: About")
    (folder / "pages/self.md").symlink_to("self.md")
    (folder / "nowhere.md").symlink_to("nowhere")
    (tmp_path / "beside").mkdir()
    (folder / "images").symlink_to(tmp_path / "beside")
    (folder / "digests").mkdir()
    os.mkfifo(folder / "digests/refused elsewhere")
    return folder


@pytest.mark.parametrize("what", ENDLESS)
def test_what_never_ends_is_named_before_pelican_reads_it(content: Path, what: str) -> None:
    check_content(content, [content / "digests"])
    ENDLESS[what](content)
    with pytest.raises(PublishError, match="Remove"):
        check_content(content, [content / "digests"])
