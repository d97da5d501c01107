"""``make topics``: propose topics for papers that fit none, named by their own words.

It writes nothing: what it prints is a piece of ``topics.toml``, for the keeper to take, to name
better and to define. A proposal is a phrase that many papers without a topic share and that few
others have, with the phrases that go with it.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pelican.settings import read_settings as read_pelican

from .archive.conversion import load_archive
from .archive.slugs import name_of
from .archive.topics import load_taxonomy
from .commands import ended
from .errors import DaybookError
from .records import Paper, Topic
from .report import printable
from .settings import read_settings

_LEAST = 4
"""So many papers make a proposal."""
_TITLES = 2
"""In so many of their titles stands the phrase: what papers are about, their titles say."""
_MOST = 12
_BESIDE = 5
"""Phrases proposed as evidence besides the one that names a topic."""
_LIFT = 3.0
"""How many times as frequent a phrase must be among papers without a topic as among all."""
_COMMON, _COMMON_IN_ALL = 0.15, 0.3
"""A word that this share of the papers with a topic has, or of all, says nothing."""
_WORD = re.compile(r"[^\W_]+|[.,;:()]")
_TELLING = 4
"""Letters of a word that may tell something; over a shorter one no pair reaches."""
_NEEDED = 32
"""Points that make a topic in Daybook's own taxonomy."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic that the archive may want."""

    phrase: str
    beside: tuple[str, ...]
    """Phrases that go with it, and speak half as strongly for the topic."""
    papers: tuple[Paper, ...]
    """Those without a topic that have the phrase, by number."""


def propose(papers: Sequence[Paper], known: Iterable[Topic] = ()) -> list[Proposal]:
    """Propose topics for the papers that have none, those of most papers first.

    The same papers give the same proposals, in whatever order they come.
    """
    papers = sorted(papers, key=lambda paper: paper.number)
    phrases = {paper.number: _phrases(paper) for paper in papers}
    everywhere = Counter(phrase for found in phrases.values() for phrase in found)
    common = _common(phrases.values(), papers)
    left = {
        paper.number: {
            phrase for phrase in phrases[paper.number] if common.isdisjoint(phrase.split())
        }
        for paper in papers
        if not paper.topics
    }
    share = len(left) / len(papers) if papers else 0.0
    by_number = {paper.number: paper for paper in papers}
    titled = {number: _phrases_of(by_number[number].title) for number in left}
    taken = {topic.name.casefold() for topic in known}
    found: list[Proposal] = []
    while left and len(found) < _MOST:
        ranked = _ranked(left.values(), everywhere, share)
        titles = Counter(phrase for number in left for phrase in titled[number])
        named = next(
            (
                phrase
                for phrase in ranked
                if titles[phrase] >= _TITLES + (" " not in phrase)
                and phrase.casefold() not in taken
            ),
            None,
        )
        if named is None:
            break
        members = [number for number in left if named in left[number]]
        beside = _beside(named, [left[number] for number in members], ranked)
        found.append(Proposal(named, beside, tuple(by_number[number] for number in members)))
        left = {number: own for number, own in left.items() if number not in set(members)}
    return found


def _common(phrases: Iterable[set[str]], papers: Sequence[Paper]) -> set[str]:
    """Give the words that say nothing: many papers have them, or many that have a topic."""
    everywhere: Counter[str] = Counter()
    fitting: Counter[str] = Counter()
    for paper, found in zip(papers, phrases, strict=True):
        everywhere.update(found)
        if paper.topics:
            fitting.update(found)
    some = sum(1 for paper in papers if paper.topics)
    return {
        word
        for word, count in everywhere.items()
        if count > max(_LEAST, _COMMON_IN_ALL * len(papers))
        or fitting[word] > max(_LEAST, _COMMON * some)
    }


def _phrases(paper: Paper) -> set[str]:
    return _phrases_of(f"{paper.title} . {paper.abstract or paper.blurb or ''}")


def _phrases_of(text: str) -> set[str]:
    """Give a text's words and pairs of words, in small letters."""
    words = [
        word if len(word) >= _TELLING and not word.isdigit() else ""
        for word in _WORD.findall(text.lower())
    ]
    pairs = {f"{one} {other}" for one, other in pairwise(words) if one and other}
    return pairs | {word for word in words if word}


def _ranked(left: Iterable[set[str]], everywhere: Counter[str], share: float) -> list[str]:
    """Rank phrases by how many papers without a topic have them, and how few others do."""
    counts = Counter(phrase for own in left for phrase in own)
    least = min(_LIFT, 0.9 / share)
    worth = {
        phrase: count * (1 + math.log(lift)) * (1.5 if " " in phrase else 1.0)
        for phrase, count in counts.items()
        if count >= _LEAST and (lift := count / (everywhere[phrase] * share)) >= least
    }
    return sorted(worth, key=lambda phrase: (-worth[phrase], phrase))


def _beside(named: str, members: Sequence[set[str]], ranked: Sequence[str]) -> tuple[str, ...]:
    """Give the phrases that a third of a proposal's papers have and that tell as well."""
    own = set(named.split())
    counts = Counter(phrase for found in members for phrase in found)
    near = [
        phrase
        for phrase in ranked
        if counts[phrase] * 3 >= len(members) and own.isdisjoint(phrase.split())
    ]
    return tuple(near[:_BESIDE])


def as_toml(proposal: Proposal) -> str:
    """Write a proposal as it may stand in ``topics.toml``."""
    lines = [f"# {len(proposal.papers)} papers without a topic, among them:"]
    lines += [
        f"#   {printable(' '.join(paper.title.split()))[:90]}" for paper in proposal.papers[:4]
    ]
    lines += [
        "[[topics]]",
        f"slug = {json.dumps(name_of(proposal.phrase))}",
        f"name = {json.dumps(proposal.phrase.capitalize(), ensure_ascii=False)}",
        'group = "Proposed"',
        f"definition = {json.dumps(f'What {proposal.phrase} is.', ensure_ascii=False)}",
        "",
        "[topics.evidence]",
        *(
            f"{points} = {json.dumps(phrases, ensure_ascii=False)}"
            for points, phrases in (
                (_NEEDED, [proposal.phrase]),
                (_NEEDED // 2, list(proposal.beside)),
            )
            if phrases
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Propose topics for the archive of the settings file in the current folder."""
    try:
        settings = read_settings(read_pelican(str(Path("pelican.conf.py").absolute())))
        archive = load_archive(settings.papers, load_taxonomy(settings.topics))
    except DaybookError as error:
        sys.stderr.write(f"Nothing was proposed: {error}\n")
        return 1
    without = sum(1 for paper in archive.papers if not paper.topics)
    found = propose(archive.papers, archive.topics)
    sys.stdout.write(
        f"# {without:,} of {len(archive.papers):,} papers have no topic; "
        f"{len(found):,} proposed. Take what fits into {settings.topics.name}, and define it.\n"
    )
    for proposal in found:
        sys.stdout.write(f"\n{as_toml(proposal)}")
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
