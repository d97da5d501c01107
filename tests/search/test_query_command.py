"""`make query`: JSON lines on standard output and nothing else, best first."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import chain
from pathlib import Path

import pytest
from daybook.scripts import CLIENT, PAGE, PARTS

from .node import PROJECT, run_node
from .small_archives import made_up_archive, write_search

COMMAND = "plugins/daybook/search/query.js"
TEMPLATE = PROJECT / "theme/templates/daybook/search.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site that has what searching needs: the search page, its scripts, the index."""
    # The template needs only the page's root to be rendered as far as its scripts.
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("a site")
    write_search(made_up_archive(), folder)
    shutil.copytree(PROJECT / "theme/static", folder / "assets")
    environment = Environment(loader=FileSystemLoader(TEMPLATE.parents[1]), autoescape=True)
    template = environment.get_template("daybook/search.html")
    context = template.new_context({"page": {"root": ""}})
    (folder / "search.html").write_text("".join(template.blocks["scripts"](context)))
    return folder


def query(built: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command with its settings."""
    unset = dict.fromkeys(("Q", "QUERIES", "LIMIT", "MODE"), "")
    return run_node(COMMAND, environment={**unset, "OUTPUT": str(built), **settings})


def test_results_are_json_lines_best_first(built: Path) -> None:
    result = query(built, Q="graph learning", LIMIT="5")
    assert result.returncode == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(line) for line in found] == [{"title", "url", "score"}] * 5
    scores = [line["score"] for line in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0]["url"].startswith("papers/")


def test_many_queries_are_answered_a_line_each_in_order(built: Path, tmp_path: Path) -> None:
    queries = ["graph", "title:", "unfindable-at-all", "title:graph^2 -vision"]
    file = tmp_path / "queries.jsonl"
    file.write_text("".join(json.dumps({"id": "x", "query": q}) + "\n" for q in queries))
    result = query(built, QUERIES=str(file), LIMIT="2")
    assert result.returncode == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["query"] for line in lines] == queries
    assert [len(line["results"]) for line in lines] == [2, 0, 0, 2]
    assert "word is needed" in lines[1]["error"]


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({}, 2, "Say what to search for"),
        ({"Q": "a", "LIMIT": "none"}, 2, "LIMIT"),
        ({"Q": "a", "MODE": "guess"}, 2, "MODE"),
        ({"Q": "a", "QUERIES": "b.jsonl"}, 2, "either Q or QUERIES"),
        ({"QUERIES": "/nowhere.jsonl"}, 2, "QUERIES=/nowhere.jsonl cannot be read"),
        ({"Q": "nofield:a"}, 1, "There is no field"),
        ({"Q": "a", "OUTPUT": "/nowhere"}, 2, "not a built site"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error(
    built: Path, settings: dict[str, str], code: int, said: str
) -> None:
    result = query(built, **settings)
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr
    assert "    at " not in result.stderr


def test_the_tests_load_the_scripts_that_are_published() -> None:
    order = run_node("-p", "require('./tests/js/site.js').ORDER.join(' ')").stdout.split()
    assert order == [*CLIENT, *chain(*list(PARTS.values())[:5])]


def test_every_script_is_published_once(built: Path) -> None:
    html = (built / "search.html").read_text()
    own = {path.stem for path in (PROJECT / "theme/static/search").glob("*.js")}
    published = [*CLIENT, *PAGE, *chain(*PARTS.values())]
    assert sorted(own) == sorted(published)
    assert re.findall(r'src="([\w/.]+)"', html) == ["search/search.js"]
