"""What Pelican would read for ever, or leave out unseen, is named before it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.checking import check
from daybook.errors import PublishError
from daybook.publishing.pelican_content import check_content, outward

from .pelican_runs import Archive, contents, daily_papers

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


def test_a_page_that_some_systems_take_for_the_archives_is_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    content = tmp_path / "content"
    (content / "pages").mkdir(parents=True)
    (content / "pages" / "own.md").write_text("Title: Mine\nSave_as: Search.HTML\n\nText.\n")
    (content / "images").mkdir()
    (content / "images" / "caf\u00e9.txt").write_text("one")
    (content / "images" / "cafe\u0301.txt").write_text("two")
    settings = archive.settings(f"PATH = {str(content)!r}")
    for _ in range(2):
        done = archive.build(settings=settings)
        assert done.returncode == 3, done.stderr
        said = " ".join(done.stdout.split())
        assert (
            "Search.HTML: macOS and Windows take this page or file of yours for search.html" in said
        )
        assert "for images/cafe\u0301.txt" in said
    (content / "pages" / "own.md").unlink()
    (content / "images" / "cafe\u0301.txt").unlink()
    assert archive.build(settings=settings).returncode == 0


def test_a_link_that_leads_out_of_the_content_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    content, beside = tmp_path / "content", tmp_path / "beside.txt"
    (content / "images").mkdir(parents=True)
    beside.write_text("from elsewhere")
    (content / "images" / "in.txt").write_text("of the content")
    (content / "images" / "again.txt").symlink_to("in.txt")
    (content / "images" / "out.txt").symlink_to(beside)
    settings = archive.settings(f"PATH = {str(content)!r}")
    for _ in range(2):
        done = archive.build(settings=settings)
        assert done.returncode == 0
        said = " ".join(done.stdout.split())
        assert said.count("leads out of the content") == 1
        assert f"images/out.txt: the link leads out of the content, to {beside}" in said


def test_a_keepers_articles_and_pages_are_part_of_a_site_without_fault(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for path in ("a.md", "c.md", "pages/b.md"):
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f"Title: Mine {file.stem}\nDate: 2024-01-01\nTags: own\nAuthor: Me\n\n# Again\n\n"
            "[Elsewhere](https://example.org/), [here](#) and <a href='tel:+12'>there</a>[^1]\n\n"
            "[^1]: A note.\n"
        )
    own = tmp_path / "content" / "images"
    own.mkdir()
    (own / "module.js").write_text("export const x = 1;")
    (own / "google12.html").write_text("google-site-verification: google12.html")
    settings = archive.settings(f"PATH = {str(tmp_path / 'content')!r}", 'READERS = {"html": None}')
    assert archive.build(settings=settings).returncode == 0
    assert (archive.output / "articles/mine-a.html").is_file()
    assert (archive.output / "images/google12.html").is_file()
    assert [str(finding) for finding in check(archive.output)] == []
    listed = (archive.output / "tag/own.html").read_text()
    assert "fn:1" not in listed


def test_links_to_other_hosts_tell_those_nothing_unless_they_say_what_they_do() -> None:
    plain = '<a id="x" href="https://h">h</a>'
    inside = '<a href="b.html">b</a>'
    safe = '<a rel="noopener noreferrer" id="x" href="https://h">h</a>'
    assert outward(plain + inside) == safe + inside
    note = '<sup id="fnref:1"><a href="#fn:1" class="n">1</a></sup> id="x"'
    assert outward(note) == note
    assert outward(note, alone=False) == '<sup><a class="n">1</a></sup> id="x"'
    assert outward('<a href="//h" rel="me">h</a>') == '<a href="//h" rel="me">h</a>'


@pytest.mark.parametrize("through_a_link", [False, True])
def test_an_output_in_the_content_is_no_source_of_the_next_site(
    tmp_path: Path, through_a_link: bool
) -> None:
    archive = Archive(tmp_path)
    content = tmp_path / "content"
    (content / "pages").mkdir(parents=True)
    (content / "pages/own.md").write_text("Title: Mine\n\nText.\n")
    settings = archive.settings(
        f"PATH = {str(content)!r}", "PAGE_PATHS = ['', 'pages']", "STATIC_PATHS = ['']"
    )
    archive.output = content / "site"
    if through_a_link:
        (tmp_path / "home").symlink_to(tmp_path)
        archive.output = tmp_path / "home/content/site"
    built = []
    for abstract in ("It says one thing.", "It says another."):
        archive.digest("more.json", daily_papers(("2401.00009", "One more paper", abstract)))
        done = archive.build(settings=settings)
        assert done.returncode == 0, done.stdout + done.stderr
        built.append({path for path in contents(archive.output) if path.endswith(".html")})
    assert built[0] == built[1]
    assert not [path for path in contents(archive.output) if "site/" in path]
