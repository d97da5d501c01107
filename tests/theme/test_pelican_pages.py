"""A keeper's ordinary pages, rendered by Pelican itself with this theme."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .specimens import THEME

SETTINGS = f"""
AUTHOR = "A <script>alert(1)</script> keeper"
SITENAME = "Notes & <script>alert(1)</script>"
TIMEZONE = "UTC"
THEME = {str(THEME)!r}
RELATIVE_URLS = True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = 1
DAYBOOK_BASE = ""
PLUGINS = []
"""
ARTICLE = """Title: A & B <script>alert(1)</script>
Date: 2024-01-0{day}
Tags: one & <script>alert(1)</script>
Slug: article-{day}

Some *text*.
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a blog of two articles and a page."""
    blog = tmp_path_factory.mktemp("blog")
    pages = blog / "content" / "pages"
    pages.mkdir(parents=True)
    (blog / "settings.py").write_text(SETTINGS, encoding="utf-8")
    for day in (1, 2):
        text = ARTICLE.format(day=day)
        (blog / "content" / f"{day}.md").write_text(text, encoding="utf-8")
    (pages / "page.md").write_text("Title: A page\n\nText.\n", encoding="utf-8")
    command = [sys.executable, "-m", "pelican", "content", "-s", "settings.py", "-o", "output"]
    subprocess.run(
        [*command, "--fatal", "errors"], cwd=blog, check=True, capture_output=True, timeout=60
    )
    return blog / "output"


def test_every_template_of_pelican_escapes_what_it_prints(output: Path) -> None:
    pages = sorted(output.rglob("*.html"))
    assert len(pages) >= 10
    for path in pages:
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        assert [tag.get("src", "") for tag in soup.find_all("script")] == [
            ("../" * (len(path.relative_to(output).parts) - 1) or "./") + "assets/daybook.js"
        ], path


def test_every_page_has_the_face_of_the_archive(output: Path) -> None:
    for path in output.rglob("*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        assert len(soup.find_all("h1")) == 1, path
        assert soup.select_one("body > header nav"), path
        assert soup.select_one("body > main#main"), path


def test_an_article_keeps_its_text(output: Path) -> None:
    soup = BeautifulSoup((output / "article-1.html").read_text(encoding="utf-8"), "lxml")
    assert str(soup.select_one(".text p")) == "<p>Some <em>text</em>.</p>"
