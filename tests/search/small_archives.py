"""Archives made up for tests of the search: the same for the same seed."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Container
from pathlib import Path

from daybook.records import Archive, Paper, PartialDate, Topic
from daybook.search.documents import FIELDS, fields_of
from daybook.search.site import build_search

_STEMS = (
    "align anneal approximat attent bayes bound calibrat cluster code cohort compress converg "
    "cooperat decod detect diffus distill embed encod entropy estimat evaluat federat fine focus "
    "general gradient graph ground hallucinat infer instruct kernel latent learn manifold mixtur "
    "model modular neural nois norm optim orthogon paramet perceiv polic predict prompt prun "
    "quantiz random reason recurs regular reinforc represent retriev reward robust sampl segment "
    "sparse spectr stochast superpos synthes token train transform translat variation vision y"
)
STEMS = _STEMS.split()
_ENDINGS = "e ed er es ing ings ion ions al ally able ation ational ize ized ment ness ous s ly y"
ENDINGS = ["", *_ENDINGS.split()]
_ODD_WORDS = (
    "José Łukasz Straße Ångström naïve cœur L2-norm GPT-4 x² (RLHF), [MASK] state–of–the–art "
    "don't don’t 3.5% 10,000 α-β ﬁne-tuning 𝒳-space C++ ... — & 深度学习 模型は言語を 한국어 "
    "constructor __proto__ toString _index 0 1 12 2024 a1b2 hypothesis's ΔG İstanbul \u200bzero"
)
ODD_WORDS = _ODD_WORDS.split()


def words_from(random_: random.Random, count: int) -> str:
    """Give some words: mostly stems with endings, some stop words, some odd ones."""
    return " ".join(
        random_.choice(ODD_WORDS)
        if random_.random() < 0.06
        else random_.choice(["the", "of", "and", "with"])
        if random_.random() < 0.2
        else random_.choice(STEMS) + random_.choice(ENDINGS)
        for _ in range(count)
    )


def made_up_archive(papers: int = 120, seed: int = 7, hidden: Container[int] = ()) -> Archive:
    """Make an archive of made-up papers, some without abstract, authors or topics.

    No paper has one of the ``hidden`` numbers.
    """
    random_ = random.Random(seed)
    topics = tuple(Topic(f"topic-{i}", words_from(random_, 2), "Group", "") for i in range(9))
    papers_made = [
        Paper(
            slug=f"paper-{number}",
            path=f"2024/01/paper-{number}.md",
            number=number,
            title=words_from(random_, random_.randint(1, 9)),
            date=dt.date(2024, 1, 1),
            date_basis="publication",
            abstract=words_from(random_, random_.randint(5, 90)) if number % 11 else None,
            authors=tuple(words_from(random_, 2) for _ in range(number % 5)) or None,
            published=PartialDate(2024, number % 13),
            topics=tuple(topic.slug for topic in random_.sample(topics, number % 4)),
        )
        for number in range(papers)
    ]
    return Archive(tuple(paper for paper in papers_made if paper.number not in hidden), (), topics)


def write_search(archive: Archive, folder: Path) -> Path:
    """Write an index below a folder and, beside it, what an oracle needs, whose path is given."""
    for path, content in build_search(archive):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    topics = {topic.slug: topic for topic in archive.topics}
    source = folder / "source.json"
    fields = [{"name": field.name, "boost": field.boost} for field in FIELDS]
    documents = [fields_of(paper, topics) for paper in archive.papers]
    numbers = [paper.number for paper in archive.papers]
    text = json.dumps({"fields": fields, "numbers": numbers, "documents": documents})
    source.write_text(text, encoding="utf-8")
    return source
