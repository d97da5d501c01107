"""``make topics``: what it proposes, and that a keeper can take it as it is."""

from __future__ import annotations

import sys
from pathlib import Path

from daybook.archive.topics import assign_topics, load_taxonomy
from daybook.propose import as_toml, propose
from daybook.records import Paper, Topic

from .catalogue.small_archive import paper
from .sites import PROJECT, Site, run


def archive() -> list[Paper]:
    """Give papers of which six, about the growth of mushrooms, have no topic."""
    fitting = [
        paper(n, title=f"Training network {n}", abstract="Layers learn slowly.", topics=("deep",))
        for n in range(30)
    ]
    others = [
        paper(
            30 + n,
            title=f"Mushroom growth in forest {'abcdef'[n]}",
            abstract="Spores of mushrooms are counted; mushroom growth follows rain.",
        )
        for n in range(6)
    ]
    return [*fitting, *others]


def test_papers_without_a_topic_are_named_by_the_words_they_share() -> None:
    found = propose(archive())
    assert found[0].phrase == "mushroom growth"
    assert [paper.number for paper in found[0].papers] == [30, 31, 32, 33, 34, 35]
    assert len(found) == 1


def test_the_order_of_papers_changes_nothing() -> None:
    assert propose(archive()) == propose(archive()[::-1])


def test_what_is_a_topic_already_is_not_proposed() -> None:
    known = (Topic("mushrooms", "Mushroom growth", "Life", ""),)
    assert "mushroom growth" not in [proposal.phrase for proposal in propose(archive(), known)]


def test_a_proposal_taken_as_it_is_assigns_its_papers(tmp_path: Path) -> None:
    proposal = propose(archive())[0]
    file = tmp_path / "topics.toml"
    file.write_text(as_toml(proposal), encoding="utf-8")
    taxonomy = load_taxonomy(file)
    for own in proposal.papers:
        assert assign_topics(taxonomy, own.title, own.abstract) == ("mushroom-growth",)


def test_hostile_titles_stay_comments_of_one_line(tmp_path: Path) -> None:
    hostile = 'Mushroom growth "]\n[[topics]]\nslug = "x" \u2028\u0085\x1b[2J\u202e'
    some = [
        *archive()[:30],
        *(paper(30 + n, title=hostile, abstract='Growth "] = 1') for n in range(5)),
    ]
    file = tmp_path / "topics.toml"
    file.write_text("\n".join(map(as_toml, propose(some))), encoding="utf-8")
    assert len(load_taxonomy(file).topics) == len(propose(some))
    assert all(line.isprintable() for line in file.read_text("utf-8").split("\n"))


def test_few_papers_or_none_make_no_proposal() -> None:
    assert propose([]) == []
    assert propose(archive()[:33]) == []


def test_the_command_reads_the_archive_and_writes_nothing(sample_site: Site) -> None:
    command = (sys.executable, "-m", "daybook.propose")
    done = run(*command, environment={"PAPERS": str(sample_site.papers)}, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    assert "papers have no topic" in done.stdout
