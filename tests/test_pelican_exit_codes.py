"""What Pelican's own process says at the end: 0 all is well, 3 something was refused, 1 nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.archive.standing import FILE_NAME as STANDING

from .publishing.pelican_runs import PAPERS, PROJECT, SETTINGS, Archive, contents, daily_papers


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a good site once."""
    archive = Archive(tmp_path_factory.mktemp("good"))
    done = archive.build()
    assert done.returncode == 0, done.stderr
    return archive.folder


@pytest.fixture
def built(good: Path, tmp_path: Path) -> Iterator[Archive]:
    """Give an archive with a good site, which must be as it was when the test has ended."""
    archive = Archive(shutil.copytree(good, tmp_path / "archive"))
    site, pages = contents(archive.output), _pages(archive)
    yield archive
    assert contents(archive.output) == site
    assert _pages(archive) == pages
    beside = {path.name for path in archive.folder.iterdir() if path.name.startswith(".")}
    assert not beside


def _pages(archive: Archive) -> dict[str, bytes]:
    """Give the papers folder, but for what says of which sources it was found."""
    return {name: data for name, data in contents(archive.papers).items() if name != STANDING}


def figure(stdout: str, words: str) -> str:
    """Find a figure of the report."""
    return next(
        line.removeprefix(f"  {words}").strip()
        for line in stdout.splitlines()
        if line.startswith(f"  {words} ")
    )


def test_all_is_well_is_0_and_the_report_says_what_there_is(archive: Archive) -> None:
    archive.digest("2024-01-06.json", daily_papers(*PAPERS[:2], day="2024-01-06"))
    done = archive.run()
    assert done.returncode == 0, done.stderr
    assert figure(done.stdout, "digests") == "2"
    assert figure(done.stdout, "entries") == "5"
    assert figure(done.stdout, "papers") == "3"
    assert figure(done.stdout, "merged") == "2"
    for words in ("repaired links", "inferred dates", "warnings"):
        assert figure(done.stdout, words) == "0"
    pages = sum(path.endswith(".html") for path in contents(archive.output))
    assert figure(done.stdout, "pages written") == str(pages)
    assert float(figure(done.stdout, "seconds")) > 0
    assert (archive.output / "index.html").is_file()
    assert (archive.output / "search" / "search.js").is_file()


def test_building_again_changes_no_byte_and_writes_no_page(archive: Archive) -> None:
    archive.build()
    site, pages = contents(archive.output), contents(archive.papers)
    digests = contents(archive.digests)
    done = archive.run(TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert figure(done.stdout, "pages written") == "0"
    assert contents(archive.output) == site
    assert contents(archive.papers) == pages
    assert contents(archive.digests) == digests


def test_something_refused_is_3_and_is_named_and_the_rest_is_built(archive: Archive) -> None:
    archive.digest("broken.bin", "this is no digest of anything\n")
    done = archive.run()
    assert done.returncode == 3, done.stderr
    assert figure(done.stdout, "refused") == "1"
    assert "broken.bin" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert figure(done.stdout, "papers") == "3"
    assert (archive.output / "index.html").is_file()


def test_nothing_readable_is_1_and_names_the_files(built: Archive) -> None:
    for path in built.digests.iterdir():
        path.unlink()
    built.digest("broken.bin", "this is no digest of anything\n")
    done = built.run()
    assert done.returncode == 1
    assert "\nRefused: 1\n" in done.stderr
    assert "broken.bin" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_an_empty_folder_and_no_page_is_1_and_nothing_is_written(archive: Archive) -> None:
    for path in archive.digests.iterdir():
        path.unlink()
    (archive.digests / "elsewhere.json").symlink_to(__file__)
    done = archive.run()
    assert done.returncode == 1
    assert "no digest" in done.stderr
    assert "elsewhere.json: it is a link" in done.stderr
    assert {path.name for path in archive.folder.iterdir()} == {"my digests"}


def test_pages_without_digests_are_still_a_site(archive: Archive) -> None:
    archive.build()
    for path in archive.digests.iterdir():
        path.unlink()
    done = archive.build()
    assert done.returncode == 0, done.stderr
    assert figure(done.stdout, "papers") == "3"


@pytest.mark.parametrize("name", ["DIGESTS", "METADATA"])
def test_a_folder_that_is_not_there_is_1(built: Archive, name: str) -> None:
    nowhere = str(built.folder / "nowhere")
    done = built.run(DIGESTS=nowhere) if name == "DIGESTS" else built.run(METADATA=nowhere)
    assert done.returncode == 1
    assert name in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DAYBOOK_PER_PAGE = 'many'", "DAYBOOK_PER_PAGE"),
        ("DAYBOOK_PREPAGE = 10", "DAYBOOK_PER_PAGE"),
        ("DAYBOOK_BASE = '../up'", "DAYBOOK_BASE"),
        ("raise RuntimeError('settings that fail')", "settings that fail"),
        ("PLUGINS = ['daybook', 'no_such_plugin']", "no_such_plugin"),
        ("PLUGINS = ['daybook', failing_register]", "cannot register"),
        ("PLUGINS = ['daybook', failing_finish]", "cannot finish"),
        ("PLUGINS = [failing_generator, 'daybook']", "cannot generate"),
        ("THEME = 'no-such-theme'", "no-such-theme"),
        ("THEME = broken_theme", "broken_theme"),
        ("import no_such_module", "no_such_module"),
    ],
)
def test_a_failing_plugin_theme_or_settings_file_is_1(built: Archive, line: str, said: str) -> None:
    plugins = """
from pelican import signals
def fail(words):
    def failing(*_):
        raise RuntimeError(words)
    return failing
class failing_register:
    register = staticmethod(fail('cannot register'))
class failing_finish:
    receiver = staticmethod(fail('cannot finish'))
    @classmethod
    def register(cls):
        signals.finalized.connect(cls.receiver)
class Generator:
    def __init__(self, **_): pass
    generate_output = fail('cannot generate')
def generators(_): return Generator
class failing_generator:
    @staticmethod
    def register():
        signals.get_generators.connect(generators)
"""
    broken = built.folder / "broken_theme" / "templates" / "daybook"
    broken.mkdir(parents=True)
    (broken / "home.html").write_text("{% if broken_theme %}")
    lines = [plugins, f"broken_theme = {str(broken.parents[1])!r}", line]
    done = built.run(settings=built.settings(*lines))
    assert done.returncode == 1, done.stdout
    *_, last = done.stderr.splitlines()
    assert last.startswith("Daybook: ")
    assert said in last


def test_a_settings_mistake_names_the_file_and_shows_no_traceback(built: Archive) -> None:
    settings = built.settings("DAYBOOK_PER_PAGE = 'many'")
    done = built.run(settings=settings)
    assert f"{settings}: DAYBOOK_PER_PAGE" in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stdout + done.stderr


def test_a_theme_that_is_not_there_is_said_without_a_traceback(built: Archive) -> None:
    settings = built.settings("THEME = 'nothere'")
    done = built.build(settings=settings)
    assert done.returncode == 1
    assert f"{settings}: THEME: there is no folder nothere" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_template_of_an_older_version_is_named_and_the_last_site_stays(built: Archive) -> None:
    theme = built.folder / "old_theme" / "templates" / "daybook"
    theme.mkdir(parents=True)
    (theme / "about.html").write_text("\n{{ nosuch }}", encoding="utf-8")
    done = built.build(settings=built.settings(f"THEME = {str(theme.parents[1])!r}"))
    assert done.returncode == 1
    *_, last = done.stderr.splitlines()
    assert f"{theme / 'about.html'}, line 2: UndefinedError: 'nosuch' is undefined. Your" in last
    assert "Traceback" not in done.stdout + done.stderr  # and the fixture looks at the site


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_what_is_interrupted_before_it_builds_is_not_0(
    built: Archive, number: int, code: int
) -> None:
    """Pelican alone would end as if all were well."""
    done = built.build(settings=built.settings("import os", f"os.kill(os.getpid(), {number})"))
    assert done.returncode == code, done.stderr
    assert "Daybook: interrupted before the end." in done.stderr


@pytest.mark.parametrize(
    ("module", "number", "code"),
    [
        ("pelican", signal.SIGINT, 130),
        ("daybook.building", signal.SIGINT, 130),
        ("daybook.building", signal.SIGTERM, 143),
        ("daybook.building", signal.SIGHUP, 129),
    ],
)
def test_what_is_interrupted_while_daybook_is_loaded_is_not_1(
    tmp_path: Path, module: str, number: int, code: int
) -> None:
    """It comes as the settings file has a module loaded that Pelican does without."""
    (tmp_path / "difflib.py").write_text(f"import os\nos.kill(os.getpid(), {number})\n")
    path = os.pathsep.join((str(tmp_path), str(PROJECT / "plugins")))
    done = subprocess.run(
        [sys.executable, "-m", module, "-s", str(PROJECT / "pelican.conf.py")],
        env=os.environ | {"PYTHONPATH": path, "OUTPUT": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, "Daybook: interrupted before it began.\n")


def test_a_second_ctrl_c_does_not_break_off_what_the_first_began(built: Archive) -> None:
    """It comes while remains are cleared away, by whoever presses it twice."""
    second = f"atexit.register(os.kill, os.getpid(), {signal.SIGINT:d})"
    first = f"os.kill(os.getpid(), {signal.SIGINT:d})"
    done = built.build(settings=built.settings("import atexit, os", second, first))
    assert done.returncode == 130, done.stderr
    assert "KeyboardInterrupt" not in done.stderr


def test_a_locale_in_which_files_have_other_names_is_1(archive: Archive) -> None:
    """A digest's name is remembered: elsewhere it would be another digest's."""
    archive.digest("gr\u00f6\u00dfe.json", daily_papers(*PAPERS))
    done = archive.run(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "Set PYTHONUTF8=1" in done.stderr
    assert not archive.papers.exists()
    done = archive.run(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="1")
    assert done.returncode == 0


def test_an_article_that_pelican_cannot_read_is_1(built: Archive) -> None:
    content = built.folder / "content"
    content.mkdir()
    (content / "article.md").write_text("Title: No date\n\nText.\n")
    done = built.run(str(content))
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("Daybook: nothing was built")
    assert "article.md: could not find information about 'date'. Mend" in last
    assert "Traceback" not in done.stdout + done.stderr


def test_an_output_that_cannot_be_is_1_without_a_traceback(archive: Archive) -> None:
    archive.output.write_text("a file")
    done = archive.run()
    assert done.returncode == 1
    assert "is a file" in done.stderr
    assert "Traceback" not in done.stderr
    assert archive.output.read_text() == "a file"
    assert {path.name for path in archive.folder.iterdir()} == {"my digests", "site"}


@pytest.mark.parametrize("output", ["my digests/site", "papers/site", ".", "/"])
def test_an_output_among_the_sources_is_1(archive: Archive, output: str) -> None:
    archive.papers.mkdir()
    before = contents(archive.folder)
    done = archive.run(OUTPUT=str(archive.folder / output))
    assert done.returncode == 1
    assert "choose" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert contents(archive.folder) == before


def test_paths_may_be_relative_and_pelican_started_anywhere(archive: Archive) -> None:
    done = archive.run(cwd=archive.folder, DIGESTS="my digests", PAPERS="pa pers", OUTPUT="my site")
    assert done.returncode == 0, done.stderr
    assert (archive.folder / "my site" / "index.html").is_file()
    assert any((archive.folder / "pa pers").rglob("*.md"))


def test_the_path_of_the_content_may_be_given(archive: Archive) -> None:
    done = archive.run(str(SETTINGS.parent / "content"))
    assert done.returncode == 0, done.stderr


def test_an_address_without_a_scheme_is_1(archive: Archive) -> None:
    done = archive.run(SITEURL="papers.example.org")
    assert done.returncode == 1
    assert "SITEURL" in done.stderr


def test_a_report_that_the_terminals_encoding_lacks_signs_for_is_printed(archive: Archive) -> None:
    archive.digest("ſafe¹.json", '{"papers": [')
    done = archive.run(PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 3, done.stderr
    assert r"\u017fafe\xb9.json" in done.stdout
    assert (archive.output / "index.html").is_file()
