"""Real papers for measuring, and queries about them."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from daybook.records import Archive, Paper
from daybook.search.documents import FIELDS, fields_of
from daybook.search.tokens import terms_of, tokenize

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "arxiv_50k.jsonl.gz"
FREQUENT = 50
"""How many of the most frequent words are asked for, alone and in pairs."""


def records_of(corpus: Path) -> Iterator[dict[str, Any]]:
    """Give the corpus, and then each of its papers again with a sentence changed."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = map(json.loads, lines)
        for record in records:
            changed = f"A second version of this work, number {record['id']}, follows. "
            yield {**record, "abstract": changed + record["abstract"].partition(". ")[2]}


def corpus_archive(corpus: Path, size: int) -> Archive:
    """Make an archive of so many papers."""
    papers = tuple(
        Paper(
            slug=f"paper-{number}",
            path=f"paper-{number}.md",
            number=number,
            title=record["title"],
            date=dt.date(2024, 1, 1),
            date_basis="unknown",
            abstract=record["abstract"],
            authors=tuple(record["authors"]),
            topics=tuple(record["categories"][:2]),
        )
        for number, record in enumerate(itertools.islice(records_of(corpus), size))
    )
    return Archive(papers, (), ())


def write_documents(archive: Archive, file: Path) -> None:
    """Write what is searched, as JSON, for engines in JavaScript."""
    fields = [{"name": field.name, "boost": field.boost} for field in FIELDS]
    documents = [fields_of(paper, {}) for paper in archive.papers]
    numbers = [paper.number for paper in archive.papers]
    value = {"fields": fields, "numbers": numbers, "documents": documents}
    file.write_text(json.dumps(value), encoding="utf-8")


def frequent_queries(archive: Archive) -> list[str]:
    """Give the most frequent indexed words, as they are mostly written, alone and in pairs."""
    tokens: Counter[str] = Counter()
    for paper in archive.papers:
        tokens.update({token for text in fields_of(paper, {}) for token in tokenize(text)})
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for token, count in tokens.most_common(20_000):
        for term in terms_of(token):
            forms[term][token] += count
    frequent = sorted(forms, key=lambda term: (-forms[term].total(), term))[:FREQUENT]
    words = [forms[term].most_common(1)[0][0] for term in frequent]
    return words + [" ".join(pair) for pair in itertools.combinations(words, 2)]


Item = tuple[str, list[int]]
"""A query for one title, and the papers that have it: above the corpus' size they are two."""


def known_items(archive: Archive, count: int) -> dict[str, list[Item]]:
    """Give queries of 3 or 4 title words with who has the title, exact and mistyped once."""
    random_ = random.Random(5)
    titled: defaultdict[str, list[int]] = defaultdict(list)
    for paper in archive.papers:
        titled[paper.title].append(paper.number)
    exact: list[Item] = []
    mistyped: list[Item] = []
    while len(exact) < count:
        paper = random_.choice(archive.papers)
        words = [word for word in tokenize(paper.title) if word.isalpha() and terms_of(word)]
        wanted = random_.randint(3, 4)
        if len(words) < wanted:
            continue
        numbers = titled[paper.title]
        chosen = [words[at] for at in sorted(random_.sample(range(len(words)), wanted))]
        exact.append((" ".join(chosen), numbers))
        mistyped.append((" ".join(_mistype(chosen, random_)), numbers))
    return {"exact": exact, "one typing error": mistyped}


def _mistype(words: Sequence[str], random_: random.Random) -> list[str]:
    """Make one typing error in the longest word."""
    at = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[at]
    place = random_.randrange(1, len(word))
    letter = random_.choice("abcdefghijklmnopqrstuvwxyz")
    other = random_.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        ]
    )
    return [*words[:at], other, *words[at + 1 :]]
