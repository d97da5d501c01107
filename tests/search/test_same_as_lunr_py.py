"""On ASCII text the index is lunr.py's too: its terms, postings and weights."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

from daybook.digests import read_folder
from daybook.search.documents import FIELDS, fields_of
from daybook.search.index import Index, build_index
from daybook.search.manifest import K1, B
from daybook.search.stemmer import stem
from lunr import lunr
from lunr.stemmer import PorterStemmer

from .small_archives import made_up_archive

Documents = Sequence[tuple[int, Sequence[str]]]
NAMES = [field.name for field in FIELDS]
_WORD = re.compile(r"\W*(\w+)\W*", re.ASCII)
_theirs = PorterStemmer()


def said_alike(text: str) -> str:
    """Keep the ASCII words of which lunr.py and lunr.js make the same term.

    `stemmer.py` names the stems in which they differ; lunr.py's trimmer leaves a word alone that
    has signs inside.
    """
    return " ".join(filter(_is_alike, text.encode("ascii", "ignore").decode().split()))


def _is_alike(word: str) -> bool:
    inner = [_WORD.fullmatch(part.lower()) for part in word.split("-")]
    return all(found and stem(found[1]) == _theirs.stem(found[1]) for found in inner)


def postings(index: Index) -> dict[str, list[dict[int, int]]]:
    """Read the index: for every term, for every field, how often each paper has it."""
    return {
        term: [field.postings(number) for field in index.fields]
        for number, term in enumerate(index.terms)
    }


def assert_lunr_py_agrees(documents: Documents) -> None:
    """Compare every term, posting and rounded weight."""
    theirs = json.loads(
        json.dumps(
            lunr(
                ref="id",
                fields=[{"field_name": field.name, "boost": field.boost} for field in FIELDS],
                documents=[
                    {"id": number, **dict(zip(NAMES, texts, strict=True))}
                    for number, texts in documents
                ],
            ).serialize()
        )
    )
    index = build_index(documents, documents[-1][0] + 1, len(FIELDS))
    own = postings(index)
    inverted = dict(theirs["invertedIndex"])
    assert sorted(term for term in own if term) == sorted(term for term in inverted if term)
    vectors = {name: dict(zip(v[::2], v[1::2], strict=True)) for name, v in theirs["fieldVectors"]}
    lengths = [
        {number: sum(of.get(number, 0) for of in column) for number, _ in documents}
        for column in zip(*own.values(), strict=True)
    ]
    count = len(documents)
    weights = 0
    for term, fields in own.items():
        if not term:
            continue
        for at, (name, papers) in enumerate(zip(NAMES, fields, strict=True)):
            assert [str(paper) for paper in papers] == list(inverted[term].get(name, {}))
            having = sum(map(len, fields))
            idf = math.log(1 + abs((count - having + 0.5) / (having + 0.5)))
            average = index.fields[at].total / count
            for paper, tf in papers.items():
                ratio = 1 - B + B * lengths[at][paper] / average
                weight = idf * (K1 + 1) * tf / (K1 * ratio + tf) * FIELDS[at].boost
                kept = vectors[f"{name}/{paper}"][inverted[term]["_index"]]
                assert abs(kept - weight) <= 0.00051, (term, name, paper)
                weights += 1
    assert weights > 1000


def test_made_up_text_is_indexed_as_by_lunr_py() -> None:
    papers = made_up_archive(150, 4).papers
    texts = [(paper.number, tuple(map(said_alike, fields_of(paper, {})))) for paper in papers]
    assert_lunr_py_agrees(texts)


def test_real_abstracts_are_indexed_as_by_lunr_py(shared: Path) -> None:
    read = read_folder(shared / "digests")
    entries = [entry for digest in read.digests for entry in digest.entries][:300]
    texts = [
        tuple(
            map(said_alike, (entry.title, entry.abstract or "", " ".join(entry.authors or ()), ""))
        )
        for entry in entries
    ]
    assert_lunr_py_agrees(list(enumerate(texts)))
