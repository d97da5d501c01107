"""Ways to break a copy of a built site, and what is said of it then."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

from daybook.checking import check

from ..sites import SITEURL

PAPER = "papers/a-survey-on-bias-and-fairness-in-machine-learning.html"


def said(root: Path) -> list[str]:
    return [str(finding) for finding in check(root)]


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text, f"{path} has no {old}"
    (root / path).unlink()  # the copy's files are links
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def one(root: Path, pattern: str) -> str:
    return min(root.glob(pattern)).relative_to(root).as_posix()


def words_gone(root: Path) -> str:
    path = root / one(root, "search/words/*.js")
    path.unlink()
    return path.name  # a page of a table does not say whether it is about terms or words


def gone(pattern: str) -> Callable[[Path], str]:
    def remove(root: Path) -> str:
        path = one(root, pattern)
        (root / path).unlink()
        return path

    return remove


def changed(pattern: str, old: str, new: str, where: str = "") -> Callable[[Path], str]:
    def edit(root: Path) -> str:
        path = one(root, pattern)
        change(root, path, old, new)
        return where or path

    return edit


def renamed(root: Path) -> str:
    path = one(root, "search/terms/*.js")
    (root / path).rename(root / "search/terms/0123456789.js")
    return path


def a_link(root: Path) -> str:
    (root / PAPER).unlink()
    (root / PAPER).symlink_to("/etc/hostname")
    return PAPER


def a_link_besides(root: Path) -> str:
    (root / "images").mkdir()
    (root / "images" / "hosts").symlink_to("/etc")
    return "images/hosts"


def a_second_case(root: Path) -> str:
    (root / "About.html").write_bytes((root / "about.html").read_bytes())
    return "about.html"


def no_address(root: Path) -> str:
    change(root, "feeds/archive.atom.xml", f'href="{SITEURL}', 'href="https://other.example')
    return "feeds/archive.atom.xml"


def emptied(pattern: str) -> Callable[[Path], str]:
    def empty(root: Path) -> str:
        path = one(root, pattern)
        (root / path).unlink()
        (root / path).write_text("\n")
        return path

    return empty


def packed(path: str) -> Callable[[Path], str]:
    """Pack a file, as those of a large archive are, and cut it off."""

    def pack(root: Path) -> str:
        (root / f"{path}.gz").write_bytes(gzip.compress((root / path).read_bytes())[:-40])
        (root / path).unlink()
        (root / ".daybook-manifest").unlink()
        return f"{path}.gz"

    return pack


def unlisted(root: Path) -> str:
    place = f"<url><loc>{SITEURL}/{PAPER}</loc></url>\n"
    change(root, "sitemap.xml", place, "")
    return PAPER


def an_old_bundle(root: Path) -> str:
    (root / ".daybook-manifest").unlink()  # which says that it is the page that was changed
    change(root, "about.html", "<main ", "<main title=x ")
    return "offline/"


def an_odd_name(root: Path) -> str:
    (root / ".daybook-manifest").unlink()
    (root / "papers" / "a?b.html").write_bytes((root / PAPER).read_bytes())
    return "a?b"


def first_line(root: Path) -> str:
    return (root / "data" / "papers.jsonl").read_text("utf-8").partition("\n")[0] + "\n"
