"""Lists of four in every format whose records can be told apart, for hostile text in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from daybook.digests import read_digest
from daybook.errors import DigestError

NAMES = ("Alphabetical Looms", "Bricklaying Machines", "Cartographic Kites", "Dovetailed Rivers")
FIELD = "Evening Lanterns"
"""What the title of the entry begins with that has the hostile text in it."""


@dataclass(frozen=True)
class Shape:
    """How a file of a format is put together."""

    record: str
    """With ``{title}`` and ``{number}``."""
    head: str = ""
    tail: str = ""
    between: str = ""
    escaped: Callable[[str], str] = str


def _in_json(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


_FEED = (
    "<entry><id>http://arxiv.org/abs/2501.0000{number}v1</id><title>{title}</title>"
    "<summary>Told.</summary><author><name>Ada Lovelace</name></author></entry>\n"
)
_ITEM = (
    "<item><title>{title}</title><link>https://arxiv.org/abs/2501.0000{number}</link>"
    "<description>Told.</description></item>\n"
)
_OAI = (
    '<record><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2501.0000{number}</id>'
    "<title>{title}</title><abstract>Told.</abstract></arXiv></metadata></record>\n"
)
_HF = '{{"paper":{{"id":"2501.0000{number}","title":"{title}","summary":"Told.","authors":[]}}}}'
SHAPES: dict[str, Shape] = {
    "json": Shape(
        '{{"title":"{title}","authors":["Ada Lovelace"],"arxiv_id":"2501.0000{number}"}}',
        "[", "]", ",\n",
    ),
    "hf-json": Shape(_HF, "[", "]", ",\n"),
    "hf-json-field": Shape(_HF, "[", "]", ",\n", _in_json),
    "jsonl": Shape(
        '{{"title":"{title}","authors":["Ada Lovelace"],"arxiv_id":"2501.0000{number}"}}\n'
    ),
    "csl-json": Shape(
        '{{"type":"article","title":"{title}","author":[{{"family":"Lovelace"}}],'
        '"URL":"https://arxiv.org/abs/2501.0000{number}"}}',
        "[", "]", ",\n", _in_json,
    ),
    "csv": Shape("{title},Ada Lovelace,2501.0000{number}\n", "title,authors,arxiv\n"),
    "csv-quoted": Shape(
        '"{title}",Ada Lovelace,2501.0000{number}\r\n', "title,authors,arxiv\r\n",
        escaped=lambda text: text.replace('"', '""'),
    ),
    "tsv": Shape("{title}\tAda Lovelace\t2501.0000{number}\n", "title\tauthors\tarxiv\n"),
    "bibtex": Shape(
        "@misc{{k{number},\n  title = {{{title}}},\n  author = {{Ada Lovelace}},\n"
        "  eprint = {{2501.0000{number}}},\n  archiveprefix = {{arXiv}},\n}}\n\n"
    ),
    "ris": Shape(
        "TY  - JOUR\nTI  - {title}\nAU  - Lovelace, Ada\n"
        "UR  - https://arxiv.org/abs/2501.0000{number}\nER  - \n\n"
    ),
    "pubmed": Shape(
        "PMID- 1000000{number}\nTI  - {title}\nAB  - Told.\nFAU - Lovelace, Ada\n"
        "AID - 10.1000/loom.{number} [doi]\n\n"
    ),
    "endnote": Shape("%0 Journal Article\n%T {title}\n%A Lovelace, Ada\n%R 10.1000/{number}\n\n"),
    "oai": Shape(
        _OAI,
        '<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        "<ListRecords>\n",
        "</ListRecords></OAI-PMH>",
    ),
    "atom": Shape(
        _FEED, '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n', "</feed>"
    ),
    "rss": Shape(_ITEM, '<rss version="2.0"><channel><title>x</title>\n', "</channel></rss>"),
    "markdown": Shape(
        "- [{title}](https://arxiv.org/abs/2501.0000{number}) - told.\n", "# Papers\n\n"
    ),
    "markdown-sections": Shape(
        "## {title}\n\nAda Lovelace\n\n[paper](https://arxiv.org/abs/2501.0000{number})\n\n",
        "# Papers\n\n",
    ),
    "markdown-table": Shape(
        "| {title} | [paper](https://arxiv.org/abs/2501.0000{number}) |\n",
        "# Papers\n\n| Title | Link |\n|---|---|\n",
    ),
    "html": Shape(
        '<li><a href="https://arxiv.org/abs/2501.0000{number}">{title}</a> told.</li>\n',
        "<!doctype html><html><body><h1>Papers</h1><ul>\n", "</ul></body></html>",
    ),
    "hf-html": Shape(
        '<article><h3><a href="/papers/2501.0000{number}">{title}</a></h3></article>\n',
        "<html><head><title>Daily Papers - Hugging Face</title></head><body>\n", "</body></html>",
    ),
    "arxiv-mail": Shape(
        "\\\\\narXiv:2501.0000{number}\nDate: Wed, 15 Jan 2025 18:34:08 GMT   (243kb)\n\n"
        "Title: {title}\nAuthors: Ada Lovelace\nCategories: cs.LG\n\\\\\n  Told.\n"
        "\\\\ ( https://arxiv.org/abs/2501.0000{number} ,  243kb)\n" + "-" * 78 + "\n",
        "-" * 78 + "\n",
    ),
    "mail": Shape(
        "- {title} https://arxiv.org/abs/2501.0000{number}\n",
        "From: a@b.example\nSubject: Papers\nDate: Wed, 12 Mar 2025 08:00:00 +0100\n\nPapers:\n\n",
    ),
    "mailbox": Shape(
        "From a@b.example Wed Mar 12 08:00:00 2025\nFrom: a@b.example\nSubject: Papers\n"
        "Date: Wed, 12 Mar 2025 08:00:00 +0100\n\n"
        "- {title} https://arxiv.org/abs/2501.0000{number}\n\n"
    ),
    "hf-text": Shape(
        "Submitted by\nreader_{number}\n1{number}\n{title}\n·\n3 authors\n",
        "Hugging Face\nModels\nDaily Papers\nby AK and the research community\nApr 2, 2025\n",
        "Previous\nNext\n",
    ),
}  # fmt: skip


def made(shape: Shape, place: int, hostile: str, *, inside: bool) -> bytes:
    """Put hostile text behind one of the first three entries, or into the title of one more."""
    records = [shape.record.format(title=n, number=i) for i, n in enumerate(NAMES)]
    if inside:
        title = f"{FIELD} {shape.escaped(hostile)}"
        records.insert(place + 1, shape.record.format(title=title, number=9))
    elif shape.between:  # a value of its own, or none at all
        records.insert(place + 1, hostile)
    else:
        records[place] += hostile + "\n"
    text = shape.head + shape.between.join(records) + shape.tail
    return text.encode("utf-8", "surrogateescape")


def lost_of(data: bytes) -> list[str]:
    """Give the names that a file's reading neither has nor accounts for by a refusal."""
    try:
        digests = read_digest("list", data)
    except DigestError:
        return []
    if any(digest.refusals for digest in digests):
        return []
    said = " ".join(
        f"{entry.title} {entry.abstract} {entry.blurb}" for d in digests for entry in d.entries
    )
    words = " ".join(said.split())
    return [name for name in NAMES if name not in words]
