"""The commands of the Makefile, run by make itself."""

from __future__ import annotations

import json
import re
import shutil
import stat
import time
from pathlib import Path

import pytest

from ..sites import PROJECT, Site, run, snapshot

DIGEST = """[{"paper": {"id": "2503.00001", "title": "Folding paper with small language models",
"summary": "Paper folding is hard. We fold it in three ways.", "authors": [{"name": "Ada Example"}],
"publishedAt": "2025-03-09T00:00:00.000Z", "submittedOnDailyAt": "2025-03-11T00:00:00.000Z"},
"title": "Folding paper with small language models", "numComments": 1}]"""


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "saved $HOME 'lists'"
    folder.mkdir()
    (folder / "monday.json").write_text(DIGEST)
    return folder


def make(*words: str) -> tuple[int, str, str]:
    done = run("make", *words)
    return done.returncode, done.stdout, done.stderr


def test_make_alone_lists_the_targets_and_readme_names_them_all() -> None:
    code, listed, _ = make()
    assert code == 0
    targets = re.findall(r"^  make ([a-z]+) ", listed, re.MULTILINE)
    wanted = {"site", "serve", "query", "fetch", "new", "test", "lint", "bench", "wheel", "clean"}
    assert wanted <= set(targets)
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert not [target for target in targets if f"make {target}" not in readme]


def test_any_folders_can_be_built_whatever_their_names(digests: Path, tmp_path: Path) -> None:
    before = snapshot(PROJECT / "content")
    told = (f"DIGESTS={digests}", f"PAPERS={tmp_path}/the pages")
    code, said, errors = make("site", *told, f"OUTPUT={tmp_path}/the site")
    assert code == 0, said + errors
    assert (tmp_path / "the site/papers/folding-paper-with-small-language-models.html").is_file()
    assert list((tmp_path / "the pages").rglob("folding-paper-*.md"))
    assert snapshot(PROJECT / "content") == before
    assert list(digests.iterdir()) == [digests / "monday.json"]


def test_a_relative_output_lies_in_the_folder_where_make_runs(digests: Path) -> None:
    place = PROJECT / "dist" / "a relative place"  # a folder that git passes over
    shutil.rmtree(place, ignore_errors=True)
    told = (f"DIGESTS={digests}", "PAPERS=dist/a relative place/papers")
    code, said, errors = make("site", *told, "OUTPUT=dist/a relative place/site")
    assert code == 0, said + errors
    assert (place / "site" / "index.html").is_file()
    shutil.rmtree(place)


def test_a_failure_is_makes_own_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    places = (f"PAPERS={tmp_path}/papers", f"OUTPUT={tmp_path}/site")
    code, _, errors = make("site", f"DIGESTS={tmp_path}/missing", *places)
    assert code == 2
    assert "missing" in errors
    (tmp_path / "empty" / "x.bin").write_bytes(b"\x00\x01\x02")
    code, said, errors = make("site", f"DIGESTS={tmp_path}/empty", *places)
    assert code == 2
    assert "x.bin" in said + errors
    assert not (tmp_path / "site").exists()


def test_query_answers_with_json_lines_and_nothing_else(sample_site: Site) -> None:
    title = sample_site.dump[0]["title"]
    word = max(re.findall(r"[A-Za-z]{4,}", title), key=len)
    code, answer, errors = make("query", f"Q={word}", f"OUTPUT={sample_site.output}", "LIMIT=3")
    assert code == 0, errors
    found = [json.loads(line) for line in answer.splitlines()]
    assert 1 <= len(found) <= 3
    assert all(list(result) == ["title", "url", "score"] for result in found)
    assert title in {result["title"] for result in found}
    scores = [result["score"] for result in found]
    assert scores == sorted(scores, reverse=True)
    assert all(result["url"] in sample_site.files for result in found)


def test_query_answers_many_at_once(sample_site: Site, tmp_path: Path) -> None:
    queries = tmp_path / "my queries.jsonl"
    asked = ["language models", "zzzqqqxxx", "title:language"]
    queries.write_text("".join(json.dumps({"query": text}) + "\n" for text in asked))
    code, answer, errors = make("query", f"QUERIES={queries}", f"OUTPUT={sample_site.output}")
    assert code == 0, errors
    found = [json.loads(line) for line in answer.splitlines()]
    assert [line["query"] for line in found] == asked
    assert found[0]["results"]
    assert found[1]["results"] == []


def test_set_up_is_done_once() -> None:
    """A stamp that is up to date costs nothing: well below a fifth of a second."""
    start = time.perf_counter()
    code, said, _ = make(".venv/site.stamp", "node_modules/site.stamp")
    if "up to date" not in said:
        pytest.skip("this environment was not set up by make")
    assert code == 0
    assert time.perf_counter() - start < 0.2


def test_a_query_reaches_the_search_to_the_letter(sample_site: Site) -> None:
    code, answer, errors = make("query", "Q=\"$(HOME)\" 'a b' `id`", f"OUTPUT={sample_site.output}")
    assert code == 0, errors
    assert not [line for line in answer.splitlines() if not line.startswith("{")]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a clone of the project's working tree in a folder whose name has a space."""
    folder = tmp_path / "my clone"
    folder.mkdir()
    for name in ("Makefile", "pelican.conf.py", "requirements.lock", "package.json"):
        shutil.copy2(PROJECT / name, folder)
    for name in ("content", "plugins", "theme"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("package-lock.json", "requirements-node.lock"):
        shutil.copy2(PROJECT / name, folder)
    for name in (".venv", "node_modules"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def test_new_makes_an_empty_archive_that_a_first_digest_fills(
    clone: Path, digests: Path, samples: Path
) -> None:
    done = run("make", "new", "NAME=Ada's $1 papers", "URL=https://ada.example/papers", cwd=clone)
    assert done.returncode == 0, done.stderr
    assert not list((clone / "content").rglob("*.md"))
    shutil.copy2(digests / "monday.json", clone / "content" / "digests")
    done = run("make", "site", cwd=clone)
    assert done.returncode == 0, done.stdout + done.stderr
    home = (clone / "output" / "index.html").read_text("utf-8")
    assert "Ada&#39;s $1 papers" in home or "Ada's $1 papers" in home
    assert "https://ada.example/papers/" in home
    pages = [path.name for path in (clone / "output" / "papers").glob("*.html")]
    assert pages == ["folding-paper-with-small-language-models.html"]
    done = run("make", "new", "NAME=Ours", cwd=clone)
    assert done.returncode == 0, done.stderr
    assert (clone / "content" / "digests" / "monday.json").is_file()


def test_the_ci_script_can_be_run() -> None:
    assert (PROJECT / ".ci" / "run").stat().st_mode & stat.S_IXUSR
