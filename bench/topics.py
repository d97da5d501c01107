"""Measures the topics: how well the evidence assigns them to labelled papers, and how fast.

Labels are JSON Lines of ``title`` and ``topics`` (slugs, the strongest first), as in
../shared/topics/labels_dev.jsonl. A line may carry its paper's ``abstract`` and ``categories``;
otherwise they come from the folder of digests, by title. Micro-F1 counts every topic of every
paper alike; the first topic is right when it is the label's first.

    python bench/topics.py [LABELS] [--digests DIR]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
sys.path.insert(0, str(PROJECT / "plugins"))

from daybook.archive import Taxonomy, assign_topics, convert, load_taxonomy  # noqa: E402
from daybook.digests import read_folder  # noqa: E402

TIMED = 5000
"""How many assignments the speed is taken from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paper, and the topics that people gave it."""

    title: str
    abstract: str | None
    categories: tuple[str, ...]
    topics: tuple[str, ...]


def same_title(title: str) -> str:
    """Fold a title to what all its spellings share."""
    return "".join(char for char in title.casefold() if char.isalnum())


def labelled_papers(labels: Path, digests: Path, taxonomy: Taxonomy) -> Iterator[Labelled]:
    """Join labels with what the archive of the digests knows of their papers."""
    lines = [json.loads(line) for line in labels.read_text("utf-8").splitlines() if line.strip()]
    known = {}
    if any("abstract" not in line for line in lines):
        with tempfile.TemporaryDirectory() as folder:
            metadata = PROJECT / "content" / "metadata"
            done = convert(read_folder(digests), Path(folder) / "papers", metadata, taxonomy)
        known = {same_title(paper.title): paper for paper in done.archive.papers}
    for line in lines:
        paper = known.get(same_title(line["title"]))
        yield Labelled(
            line["title"],
            line.get("abstract", paper and paper.abstract),
            tuple(line.get("categories") or (paper.categories if paper else ())),
            tuple(line["topics"]),
        )


def quality(papers: list[Labelled], given: list[tuple[str, ...]]) -> tuple[float, float]:
    """Give micro-F1 and the share of papers whose first topic is right."""
    pairs = list(zip(papers, given, strict=True))
    right = sum(len(set(paper.topics) & set(topics)) for paper, topics in pairs)
    said = sum(len(paper.topics) + len(topics) for paper, topics in pairs)
    first = sum(paper.topics[:1] == topics[:1] for paper, topics in pairs)
    return (2 * right / said if said else 1.0), first / len(pairs)


def papers_a_second(papers: list[Labelled], taxonomy: Taxonomy) -> float:
    """Give how many papers one process assigns in a second."""
    rounds = max(1, TIMED // len(papers))
    start = time.perf_counter()
    for _ in range(rounds):
        for paper in papers:
            assign_topics(taxonomy, paper.title, paper.abstract, paper.categories)
    return rounds * len(papers) / (time.perf_counter() - start)


def report(options: argparse.Namespace) -> Iterator[str]:
    """Give the figures, line by line."""
    if not options.labels.is_file():
        yield f"topics: not measured, there are no labels at {options.labels}"
        return
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    papers = list(labelled_papers(options.labels, options.digests, taxonomy))
    if not papers:
        yield f"topics: not measured, {options.labels} is empty"
        return
    given = [
        assign_topics(taxonomy, paper.title, paper.abstract, paper.categories) for paper in papers
    ]
    f1, first = quality(papers, given)
    yield f"topics: {len(papers)} labelled papers, micro-F1 {f1:.3f}, first topic {first:.3f}"
    yield f"topics: {sum(not topics for topics in given)} of them unsorted"
    yield f"topics: {sum(paper.abstract is None for paper in papers)} of them without an abstract"
    yield f"topics: {papers_a_second(papers, taxonomy):,.0f} papers a second"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("labels", nargs="?", type=Path, default=SHARED / "topics/labels_dev.jsonl")
    parser.add_argument("--digests", type=Path, default=SHARED / "digests")
    for line in report(parser.parse_args()):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
