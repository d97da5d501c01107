"""A date that no calendar has, or in no known form, costs a paper nothing else, and is told."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.errors import Refusal
from daybook.records import Digest, PartialDate

RECORD = {"title": "Where storks rest", "authors": ["Ada One"], "arxiv": "2402.00002"}
PAPER = {"id": "2402.00002", "title": "Where storks rest", "publishedAt": "DATE"}
ITEM = {"type": "article", "title": "Where storks rest", "author": [{"family": "One"}]}
STATING = {
    "json": json.dumps([{**RECORD, "date": "DATE"}]),
    "jsonl": json.dumps({**RECORD, "published": "DATE"}) + "\n",
    "hf-json": json.dumps([{"paper": PAPER, "title": "Where storks rest"}]),
    "csl-json": json.dumps([{**ITEM, "issued": {"raw": "DATE"}}]),
    "bibtex": "@article{a, title={Where storks rest}, date={DATE}}\n",
    "ris": "TY  - JOUR\nTI  - Where storks rest\nPY  - DATE\nER  - \n",
    "tagged": "PMID- 1\nDP  - DATE\nTI  - Where storks rest.\n\n",
    "csv": "title,arxiv,date\nWhere storks rest,2402.00002,DATE\n",
    "feed": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Where storks rest</title>'
        "<id>http://arxiv.org/abs/2402.00002v1</id><published>DATE</published></entry></feed>"
    ),
    "xml": (
        "<OAI-PMH><ListRecords><record><metadata><arXiv><id>2402.00002</id><created>DATE</created>"
        "<title>Where storks rest</title></arXiv></metadata></record></ListRecords></OAI-PMH>"
    ),
    "arxiv-mail": (
        "\\\\\narXiv:2402.00002\nDate: DATE\n\nTitle: Where storks rest\nAuthors: Ada One\n"
        "Categories: cs.AI\n\\\\\n  They rest.\n\\\\\n"
    ),
    "citation-html": (
        '<html><head><meta name="citation_title" content="Where storks rest">'
        '<meta name="citation_publication_date" content="DATE"></head><body></body></html>'
    ),
}
NO_DATES = ("2024-02-31", "0000-00-00", "31 February 2024", "2024-13-01", "12345-01-01")


def read(text: str, name: str = "x") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def about_dates(digest: Digest) -> list[Refusal]:
    return [told for told in digest.refusals if "date" in told.message]


@pytest.mark.parametrize("date", NO_DATES)
@pytest.mark.parametrize("kind", STATING)
def test_a_papers_date_that_is_none_is_told_and_the_paper_stays(kind: str, date: str) -> None:
    digest = read(STATING[kind].replace("DATE", date))
    assert [entry.title for entry in digest.entries] == ["Where storks rest"]
    told = [(refusal.message, refusal.fatal) for refusal in about_dates(digest)]
    published = digest.entries[0].published
    kept = f"with {published} for it" if published else "without it"
    if published is None or "-" in date:
        what = f"in entry 1, {date!r} was not read as a date"
        assert told == [(f"{what}; the paper was kept {kept}.", False)]
    if published is not None:  # what can be of it was taken
        assert published in (PartialDate(2024), PartialDate(2024, 2))


@pytest.mark.parametrize("date", ["2024-02-29", "2024", "in press", "0"])
@pytest.mark.parametrize("kind", STATING)
def test_of_a_date_or_of_none_nothing_is_told(kind: str, date: str) -> None:
    whole = kind in ("feed", "hf-json", "xml", "arxiv-mail")  # they have a day, or break
    if (date, whole) != ("2024", True) and (kind, date) != ("tagged", "2024-02-29"):
        assert about_dates(read(STATING[kind].replace("DATE", date))) == []


def test_a_date_that_stands_for_unknown_is_told() -> None:
    (told,) = about_dates(read(STATING["json"].replace("DATE", "9999-12-31")))
    assert told.message.startswith("in entry 1, 9999-12-31 is no paper's date")


def test_the_parts_of_a_date_are_told_as_one() -> None:
    issued = {"date-parts": [[2024, 2, 31]]}
    (told,) = about_dates(read(json.dumps([{**ITEM, "issued": issued}])))
    assert "'2024-02-31' was not read" in told.message


def test_a_feeds_own_date_that_is_none_is_told() -> None:
    feed = STATING["feed"].replace("DATE", "2024-02-29")
    digest = read(feed.replace("<entry>", "<updated>2024-02-31T00:00:00Z</updated><entry>"))
    assert [told.message for told in about_dates(digest)] == [
        "the date of the feed, '2024-02-31T00:00:00Z', was not read as one; it was not taken."
    ]
