"""Daybook in somebody else's blog: its articles as they were, and the papers beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from daybook.checking import check

from .publishing import forking
from .publishing.pelican_runs import PAPERS, PROJECT, contents, daily_papers

ANSWERS = "\nBlog\nAda\nen\nn\nn\nUTC\nn\nn\n"
"""To pelican-quickstart: place, title, author, language, no URL, no pages, time zone, no tools."""

ARTICLE = """\
Title: On keeping a daybook
Date: 2024-01-02
Category: notes
Tags: habits

Write it down. [Another one]({filename}/notes/second.md).
"""


class Blog:
    """A fresh blog as pelican-quickstart made it, with two articles and a page."""

    def __init__(self, fresh: Path, folder: Path, plugins: Path) -> None:
        self.folder = shutil.copytree(fresh, folder)
        self.output = folder / "output"
        self._plugins = plugins
        self.write("content/first.md", ARTICLE)
        self.write("content/notes/second.md", ARTICLE.replace("keeping", "losing"))
        self.write("content/pages/me.md", "Title: Me\n\nIt is me.\n")
        self.write("content/images/dot.txt", "a static file")

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def build(self, *settings: str) -> str:
        """Build with the quickstart's own settings and further ones; give what is said."""
        arguments = ("content", *(("-e", *settings) if settings else ()))
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self._plugins)}
        if forking.can_fork(environment):
            done = forking.pelican(arguments, self.folder, environment)
        else:
            done = run_python("pelican", *arguments, cwd=self.folder, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return " ".join((done.stdout + done.stderr).split())

    def add_digest(self) -> None:
        self.write("content/digests/2024-01-05.json", daily_papers(*PAPERS))


def run_python(
    module: str, *arguments: str, cwd: Path, environment: Mapping[str, str], answers: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )


PLUGIN = 'PLUGINS=["daybook"]'


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let pelican-quickstart make a blog."""
    folder = tmp_path_factory.mktemp("fresh") / "blog"
    module, environment = "pelican.tools.pelican_quickstart", {"PATH": os.environ["PATH"]}
    arguments = (module, "-p", str(folder))
    done = run_python(*arguments, cwd=folder.parent, environment=environment, answers=ANSWERS)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the project's wheel, without what it depends on, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    if not (PROJECT / "node_modules" / "lunr").is_dir():
        pytest.skip("a wheel carries Lunr, and node_modules/lunr is missing (make site)")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(PROJECT)], check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    installed = folder / "installed"
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(installed), str(file)],
        check=True,
        capture_output=True,
    )
    return installed


@pytest.fixture
def blog(fresh: Path, tmp_path: Path) -> Blog:
    return Blog(fresh, tmp_path / "blog", PROJECT / "plugins")


def test_a_wheel_in_a_fresh_blog_adds_the_papers_and_changes_no_other_byte(
    fresh: Path, tmp_path: Path, wheel: Path
) -> None:
    blog = Blog(fresh, tmp_path / "blog", wheel)
    blog.build()
    before = contents(blog.output)
    assert "on-keeping-a-daybook.html" in before
    blog.add_digest()
    blog.build(PLUGIN)
    after = contents(blog.output)
    assert {path: after.get(path) for path in before} == before
    added = after.keys() - before.keys()
    assert added
    assert all(path.startswith(("archive/", ".daybook-manifest")) for path in added)
    for path in ("index.html", "search.html", "search/search.js", "assets/daybook.css"):
        assert f"archive/{path}" in added
    assert not added & {"archive/robots.txt", "archive/404.html"}
    assert sum(path.startswith("archive/papers/") and path.endswith(".html") for path in added) == 3


def test_a_blog_without_digests_is_built_as_ever_and_told_so(blog: Blog) -> None:
    blog.build()
    before = contents(blog.output)
    said = blog.build(PLUGIN)
    assert contents(blog.output) == before
    assert "no archive yet" in said


def test_the_folders_of_the_archive_are_no_articles_and_are_not_copied(blog: Blog) -> None:
    blog.add_digest()
    blog.write("content/metadata/facts.json", "[]")
    blog.build(PLUGIN, 'STATIC_PATHS=["", "images", "."]')
    paths = [path for path in contents(blog.output) if not path.startswith("archive/")]
    assert "images/dot.txt" in paths
    assert not [path for path in paths if path.startswith(("papers", "digests", "metadata"))]
    assert not [path for path in paths if "counting-sheep" in path]


def test_the_archive_can_be_the_whole_site_or_lie_anywhere_in_it(blog: Blog) -> None:
    blog.add_digest()
    blog.build(PLUGIN, 'DAYBOOK_BASE="research/papers"')
    assert (blog.output / "research" / "papers" / "digests" / "index.html").is_file()


def test_a_page_of_the_blogs_own_wins_over_the_archives_and_the_report_says_so(
    blog: Blog,
) -> None:
    blog.add_digest()
    said = blog.build(PLUGIN, 'DAYBOOK_BASE=""')
    index = (blog.output / "index.html").read_text()
    assert "On keeping a daybook" in index
    assert "index.html: the archive's file was left out" in said


def test_a_page_of_the_blogs_own_is_kept_for_reading_offline_as_it_is_now(blog: Blog) -> None:
    def offline() -> dict[str, bytes]:
        return {path: data for path, data in contents(blog.output).items() if "offline/" in path}

    blog.add_digest()
    blog.build(PLUGIN, 'DAYBOOK_BASE=""')
    first = offline()
    blog.write("content/first.md", ARTICLE.replace("On keeping", "On finding"))
    blog.build(PLUGIN, 'DAYBOOK_BASE=""')
    edited = offline()
    assert edited != first
    shutil.rmtree(blog.output)
    blog.build(PLUGIN, 'DAYBOOK_BASE=""')
    assert offline() == edited
    assert not [finding for finding in check(blog.output) if finding.path.startswith("offline/")]


def test_the_search_alone_writes_the_index_alone(blog: Blog) -> None:
    blog.add_digest()
    blog.build('PLUGINS=["daybook.search"]')
    added = [path for path in contents(blog.output) if path.startswith("archive/")]
    assert added
    assert all(path.startswith("archive/search/") for path in added)


def test_the_catalogue_alone_writes_the_pages_alone(blog: Blog) -> None:
    blog.add_digest()
    blog.build('PLUGINS=["daybook.catalogue"]')
    added = [path for path in contents(blog.output) if path.startswith("archive/")]
    assert "archive/digests/index.html" in added
    assert not [path for path in added if path.startswith("archive/search/")]
    assert "archive/service-worker.js" not in added
    assert "data-offline" not in (blog.output / "archive" / "index.html").read_text()
    assert list(check(blog.output)) == []


def test_pages_without_an_index_offer_no_search(blog: Blog) -> None:
    blog.add_digest()
    blog.build(
        'PLUGINS=["daybook.catalogue"]',
        f'THEME="{PROJECT / "theme"}"',
    )
    pages = {path: text for path, text in contents(blog.output).items() if path.endswith(".html")}
    assert b'href="/archive/topics/index.html"' in pages["index.html"]
    assert not [path for path, text in pages.items() if b"search.html" in text]
    assert "archive/search.html" not in pages
    blog.build(PLUGIN, f'THEME="{PROJECT / "theme"}"')
    assert b'action="/archive/search.html"' in (blog.output / "index.html").read_bytes()


def test_the_floors_listed_one_by_one_are_the_whole(blog: Blog) -> None:
    blog.add_digest()
    blog.build(PLUGIN)
    whole = contents(blog.output)
    blog.build('PLUGINS=["daybook.search", "daybook.catalogue", "daybook"]')
    assert contents(blog.output) == whole


def test_another_plugins_work_on_the_finished_site_is_published_with_it(blog: Blog) -> None:
    blog.add_digest()
    blog.write(
        "stamping.py",
        """\
import os
from pelican import signals

def stamp(pelican):
    for folder in (pelican.output_path, pelican.settings["OUTPUT_PATH"]):
        assert os.path.exists(os.path.join(folder, "archive", "index.html"))
    with open(os.path.join(pelican.output_path, "stamp.txt"), "w") as file:
        file.write("stamped")

def register():
    signals.finalized.connect(stamp)
""",
    )
    blog.build('PLUGINS=["daybook", "stamping"]', 'PLUGIN_PATHS=["."]')
    assert (blog.output / "stamp.txt").read_text() == "stamped"


EDITOR = """\
import pathlib
from pelican import signals

def edit(pelican):
    for path in pathlib.Path(pelican.output_path).rglob("*.{ending}"):
        path.write_text(path.read_text() + "{more}")

def register():
    signals.finalized.connect(edit)
"""


def test_what_a_plugin_makes_of_finished_pages_is_what_readers_keep_and_what_is_vouched_for(
    blog: Blog,
) -> None:
    blog.add_digest()
    blog.write("editor.py", EDITOR.format(ending="html", more="<!-- mine -->"))
    listed = 'PLUGINS=["daybook", "editor"]'
    said = blog.build(listed, 'PLUGIN_PATHS=["."]')
    assert "Warnings" not in said
    page = blog.output / "archive" / "about.html"
    assert page.read_text().count("<!-- mine -->") == 1
    assert list(map(str, check(blog.output))) == []
    before = contents(blog.output)
    blog.build(listed, 'PLUGIN_PATHS=["."]')
    assert contents(blog.output) == before
    page.write_text(page.read_text() + "<!-- later -->")
    assert list(map(str, check(blog.output))) == ["archive/about.html: is not what the build wrote"]


def test_a_receiver_that_a_settings_file_connects_may_edit_finished_pages_too(blog: Blog) -> None:
    blog.add_digest()
    editor = EDITOR.format(ending="html", more="<!-- mine -->").replace(
        "connect(edit)", "connect(edit, weak=False)"
    )
    conf = blog.folder / "pelicanconf.py"
    conf.write_text(f"{conf.read_text()}\n{editor}\nregister()\nPLUGINS = ['daybook']\n")
    for _ in range(2):
        blog.build()
        assert (blog.output / "archive" / "about.html").read_text().count("<!-- mine -->") == 1
        assert list(map(str, check(blog.output))) == []


def test_a_plugin_that_edits_the_search_index_is_told(blog: Blog) -> None:
    blog.add_digest()
    blog.write("editor.py", EDITOR.format(ending="js", more="//"))
    said = blog.build('PLUGINS=["daybook", "editor"]', 'PLUGIN_PATHS=["."]')
    assert "a plugin changed " in said
    assert "Have it pass over archive/search/, or over JavaScript altogether." in said
    changed = {finding.path for finding in check(blog.output)}
    assert all(path.startswith("archive/search/") for path in changed)


def test_a_file_that_a_plugin_removes_is_no_fault(blog: Blog) -> None:
    blog.add_digest()
    remover = EDITOR.format(ending="html", more="").replace(
        'path.write_text(path.read_text() + "")', 'path.name == "overview.html" and path.unlink()'
    )
    blog.write("editor.py", remover)
    blog.build('PLUGINS=["daybook", "editor"]', 'PLUGIN_PATHS=["."]')
    lines = list(map(str, check(blog.output)))
    assert lines
    assert all("overview.html, which is not there" in line for line in lines)


def test_an_article_that_is_gone_leaves_the_site(blog: Blog) -> None:
    blog.add_digest()
    blog.build(PLUGIN)
    assert (blog.output / "on-losing-a-daybook.html").is_file()
    (blog.folder / "content/notes/second.md").unlink()
    blog.write("content/first.md", ARTICLE.replace("[Another one]({filename}/notes/second.md)", ""))
    blog.build(PLUGIN)
    assert not (blog.output / "on-losing-a-daybook.html").exists()
    assert (blog.output / "on-keeping-a-daybook.html").is_file()


def test_an_output_that_pelican_is_told_to_empty_keeps_only_what_it_is_told(blog: Blog) -> None:
    blog.add_digest()
    blog.build(PLUGIN)
    (blog.output / "CNAME").write_text("blog.example.org")
    (blog.output / "junk").write_text("junk")
    blog.build(PLUGIN, "DELETE_OUTPUT_DIRECTORY=true", 'OUTPUT_RETENTION=["CNAME"]')
    assert (blog.output / "CNAME").is_file()
    assert not (blog.output / "junk").exists()
