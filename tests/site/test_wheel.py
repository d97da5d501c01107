"""The wheel gives any Pelican blog the archive, and leaves the blog as it was."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from ..sites import PROJECT, run, snapshot


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    done = run(*command, PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("daybook-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Install the wheel alone, away from the project; give the environment that finds it."""
    target = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    done = run(*pip, "--no-deps", "--no-index", "--target", target, wheel)
    assert done.returncode == 0, done.stdout + done.stderr
    return {"PYTHONPATH": str(target)}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Start a blog as Pelican's own command does, with an article and a page in it."""
    folder = tmp_path / "a blog"
    answers = "\n" * 3 + "en\n" + "n\n" + "\n" * 20
    command = (sys.executable, "-m", "pelican.tools.pelican_quickstart", "-p", folder)
    done = run(*command, "-t", "A blog", "-a", "Ada", cwd=tmp_path, answers=answers)
    assert (folder / "pelicanconf.py").is_file(), done.stdout + done.stderr
    (folder / "content" / "hello.md").write_text(
        "Title: Hello\nDate: 2025-01-02\nCategory: news\nTags: greeting\n\nThe *first* article.\n"
    )
    pages = folder / "content" / "pages"
    pages.mkdir()
    (pages / "about.md").write_text("Title: About\n\nMe.\n")
    return folder


DIGEST = """[{"paper": {"id": "2503.00001", "title": "Folding paper with small language models",
"summary": "Paper folding is hard. We fold it in three ways.", "authors": [{"name": "Ada Example"}],
"publishedAt": "2025-03-09T00:00:00.000Z", "submittedOnDailyAt": "2025-03-11T00:00:00.000Z"},
"title": "Folding paper with small language models", "numComments": 1}]"""


def build(blog: Path, environment: dict[str, str]) -> str:
    command = (sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output")
    done = run(*command, cwd=blog, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_wheel_carries_all_that_a_blog_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"daybook/lunr.min.js", "daybook/topics.toml"} <= set(names)
    assert "daybook/theme/templates/daybook/paper.html" in names
    assert "daybook/theme/static/daybook.css" in names
    assert not [name for name in names if name.startswith(("tests/", "content/"))]


def test_a_blog_keeps_its_articles_and_gains_the_papers(
    blog: Path, installed: dict[str, str]
) -> None:
    build(blog, installed)
    before = snapshot(blog / "output")
    assert "hello.html" in before
    settings = blog / "pelicanconf.py"
    settings.write_text(settings.read_text() + '\nPLUGINS = ["daybook"]\n')
    digests = blog / "content" / "digests"
    digests.mkdir()
    (digests / "monday.json").write_text(DIGEST)
    build(blog, installed)
    after = snapshot(blog / "output")
    assert {name: after.get(name) for name in before} == before
    new = set(after) - set(before)
    assert "archive/papers/folding-paper-with-small-language-models.html" in new
    assert {"archive/index.html", "archive/search.html", "archive/data/papers.jsonl"} <= new
    assert any(name.startswith("archive/search/") and "lunr" in name for name in new)
    assert all(name.startswith(("archive/", ".")) for name in new), sorted(new)
    pages = list((blog / "content" / "papers").rglob("*.md"))
    assert len(pages) == 1
    build(blog, installed)
    assert snapshot(blog / "output") == after


def test_without_lunr_a_wheel_says_how_to_get_it(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        if (PROJECT / name).exists():
            (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    for name in ("plugins", "theme", "content"):
        (tmp_path / name).symlink_to(PROJECT / name)
    command = (sys.executable, "-m", "build", "--wheel", "--no-isolation", tmp_path)
    done = run(*command, cwd=tmp_path)
    assert done.returncode != 0
    assert "make wheel" in done.stdout + done.stderr
