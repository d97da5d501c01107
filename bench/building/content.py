"""The same papers for everybody: digests and Markdown pages for Daybook, pages for its peers."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daybook.publishing.converting import convert_digests
from daybook.records import Archive
from daybook.report import Log, Progress
from daybook.settings import read_settings

from bench.searching.corpus import records_of

A_DAY = 50
AGAIN = 20
"""Every so many-th entry is one of the day before."""


def records(corpus: Path | None) -> Iterator[dict[str, Any]]:
    """Give papers of a corpus (JSON Lines, compressed), or made-up ones without end.

    When all of a corpus are through, each comes once more, as another paper by the same authors.
    """
    if corpus is None:
        yield from _made_up()
        return
    seen = set[str]()
    for number, record in enumerate(records_of(corpus)):
        if record["id"] not in seen:
            seen.add(record["id"])
            yield record
        else:
            own = f"19{number % 12 + 1:02}.{50_000 + number % 50_000}"
            yield {**record, "id": own, "title": f"{record['title']}, continued ({number})"}


def _made_up() -> Iterator[dict[str, Any]]:
    """Make papers up: words and authors are as unevenly frequent as in life."""
    rng = random.Random(20)
    words = ["".join(rng.choices("aeioulnrstmd", k=rng.randint(3, 11))) for _ in range(4000)]

    def some(number: int) -> list[str]:
        return [words[int(len(words) * rng.random() ** 3)] for _ in range(number)]

    def person(number: int) -> str:
        return f"{words[number % 3989].title()} {words[number % 4000].title()}"

    for number in itertools.count():
        day = dt.date(2015, 1, 1) + dt.timedelta(days=number // 8)
        most = 3 * number + 300
        yield {
            "id": f"{day:%y%m}.{number % 100_000:05d}",
            "title": f"{' '.join(some(9)).capitalize()} {number}",
            "authors": [person(int(most * rng.random() ** 2)) for _ in range(rng.randint(1, 8))],
            "abstract": " ".join(some(170)).capitalize() + ".",
            "date": day.isoformat(),
        }


def make_content(folder: Path, corpus: Path | None, papers: int) -> Archive:
    """Write digests of so many papers, one a day, and all that Daybook keeps of them."""
    digests = folder / "digests"
    digests.mkdir(parents=True)
    day = dt.date(2020, 1, 1)
    source = itertools.islice(records(corpus), papers)
    before: list[dict[str, Any]] = []
    while fresh := [_as_answered(said) for said in itertools.islice(source, A_DAY)]:
        entries = before[::AGAIN] + fresh
        (digests / f"{day}.json").write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
        before = fresh
        day += dt.timedelta(days=1)
    chosen = {"PATH": str(folder), "DAYBOOK_PAPERS": "papers", "DAYBOOK_DIGESTS": "digests"}
    settings = read_settings({**chosen, "DAYBOOK_METADATA": None, "DAYBOOK_CACHE": None})
    return convert_digests(settings, Progress(Log())).archive


def add_digest(folder: Path, corpus: Path | None, papers: int) -> None:
    """Write one digest more, of papers that come after so many."""
    fresh = itertools.islice(records(corpus), papers, papers + A_DAY)
    entries = [_as_answered(said) for said in fresh]
    file = folder / "digests" / "2030-01-01.json"
    file.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")


def _as_answered(said: dict[str, Any]) -> dict[str, Any]:
    """Give a record as Hugging Face's API would."""
    published = f"{(said['date'] + '-01-01')[:10]}T00:00:00.000Z"
    paper = {
        "id": said["id"],
        "title": said["title"],
        "summary": said["abstract"],
        "authors": [{"name": name} for name in said["authors"]],
        "publishedAt": published,
        "upvotes": len(said["title"]) % 40,
    }
    return {"paper": paper, "publishedAt": published}


def write_for_hugo(archive: Archive, folder: Path) -> None:
    """Write the archive as Hugo's content: front matter in JSON, the abstract below it."""
    names = {topic.slug: topic.name for topic in archive.topics}
    content = folder / "content" / "papers"
    content.mkdir(parents=True)
    for paper in archive.papers:
        facts = {
            "title": paper.title,
            "date": paper.date.isoformat(),
            "authors": list(paper.authors or ()),
            "topics": [names.get(slug, slug) for slug in paper.topics],
            "digests": [seen.digest for seen in paper.digests],
        }
        text = f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n\n{paper.abstract or ''}\n"
        (content / f"{paper.slug}.md").write_text(text, "utf-8")
