"""The contract: the index built in Python, asked by the client, answers as lunr.js itself would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from daybook.records import Archive
from daybook.search.segments import spans

from bench.searching.corpus import corpus_archive

from .node import run_node
from .small_archives import made_up_archive, write_search


def compare(archive: Archive, folder: Path, queries: int) -> None:
    """Ask both indexes the same queries, and compare every term, posting and weight."""
    source = write_search(archive, folder)
    result = run_node("tests/js/compare.js", folder, source, str(queries))
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["index"]["wrong"] == []
    assert found["queries"] == []
    assert found["index"]["weights"] > 1000
    kinds = found["kinds"]
    assert min(kinds["answered"], kinds["empty"], kinds["refused"]) >= queries / 50


@pytest.mark.parametrize("seed", [1, 2])
def test_made_up_papers_are_ranked_exactly_as_by_lunr(tmp_path: Path, seed: int) -> None:
    compare(made_up_archive(150, seed), tmp_path, 1500)


def test_hidden_papers_and_segments_change_no_rank(tmp_path: Path) -> None:
    hidden = {0, 17, 18, 200, 255, 256, 257, 290}
    archive = made_up_archive(300, 3, hidden)
    assert spans(300) == ((0, 256), (256, 300))
    compare(archive, tmp_path, 1500)


def test_an_empty_archive_answers_as_lunr_does(tmp_path: Path) -> None:
    source = write_search(Archive((), (), ()), tmp_path)
    assert run_node("tests/js/compare.js", tmp_path, source, "0").returncode == 0


@pytest.mark.long
def test_real_abstracts_are_ranked_exactly_as_by_lunr(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "corpus" / "arxiv_50k.jsonl.gz"
    if not corpus.is_file():
        pytest.skip("the corpus of real abstracts is not there")
    compare(corpus_archive(corpus, 400), tmp_path, 600)
