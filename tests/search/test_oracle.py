"""`make oracle`: anyone can check a published site's search with stock lunr.js."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from daybook.search.site import build_search

from .node import PROJECT, run_node
from .small_archives import made_up_archive

QUERIES = ("graph learn*", "+train -vision", "title:predict~1 reward^3", "-graph", "深度 jose")


def run_oracle(output: Path, file: Path | str) -> subprocess.CompletedProcess[str]:
    """Run the command as make does."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    environment |= {"OUTPUT": str(output), "FILE": str(file)}
    return subprocess.run(
        [sys.executable, "-m", "daybook.search.oracle"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_stock_lunr_and_the_published_site_answer_alike(tmp_path: Path) -> None:
    made = made_up_archive(300, hidden={4, 270})
    crowd = replace(made.papers[0], authors=tuple(f"Ada{n} Graph{n}" for n in range(60)))
    archive = replace(made, papers=(crowd, *made.papers[1:]))
    for path, content in build_search(archive):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "search.html").write_text("<title>Search</title>")
    (tmp_path / "data").mkdir()
    line = {"url": f"papers/{crowd.slug}.html", "authors": crowd.authors}
    (tmp_path / "data/papers.jsonl").write_text(json.dumps(line) + "\n")
    file = tmp_path / "oracle.json"
    done = run_oracle(tmp_path, file)
    assert done.returncode == 0, done.stderr
    expected = json.loads(run_node("tests/js/oracle.js", file, *QUERIES).stdout)
    for query, wanted in zip(QUERIES, expected, strict=True):
        environment = {"OUTPUT": str(tmp_path), "Q": query, "MODE": "lunr", "LIMIT": "1000"}
        said = run_node("plugins/daybook/search/query.js", environment=environment)
        found = [json.loads(line) for line in said.stdout.splitlines()]
        assert wanted
        assert [{"url": line["url"], "score": line["score"]} for line in found] == wanted


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    assert "FILE=f" in run_oracle(tmp_path, "").stderr
    said = run_oracle(tmp_path, tmp_path / "f")
    assert said.returncode == 1
    assert "make site" in said.stderr
    assert "Traceback" not in said.stderr
