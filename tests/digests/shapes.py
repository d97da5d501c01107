"""Lists of four in every format whose records can be told apart, for hostile text in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from daybook.digests import read_digest
from daybook.errors import DigestError

NAMES = (
    "Alphabetical Looms of Quiet Valleys",
    "Bricklaying Machines Dream in Colour",
    "Cartographic Kites over Deep Seas",
    "Dovetailed Rivers and Their Clocks",
)
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
_TOLD = (
    "It was told in the evening, when all lanterns were lit and nobody asked for more than this. "
    "Whoever was there remembers the words, and those who were not have them in print here. "
    "What they make of them is for others to say."
)
"""An abstract of some length, as copied pages have them."""
_PUBMED = (
    "<PubmedArticle><MedlineCitation><PMID>3900000{number}</PMID><Article><Journal><Title>Looms"
    "</Title></Journal><ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>Told."
    "</AbstractText></Abstract><AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada"
    "</ForeName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>"
    '<ArticleId IdType="doi">10.1000/loom.{number}</ArticleId></ArticleIdList></PubmedData>'
    "</PubmedArticle>\n"
)
_DBLP = (
    '<article key="journals/looms/{number}"><author>Ada Lovelace</author><title>{title}</title>'
    "<journal>Looms</journal><year>2025</year><ee>https://doi.org/10.1000/loom.{number}</ee>"
    "</article>\n"
)
_HIT = (
    '<hit score="5" id="{number}"><info><authors><author>Ada Lovelace</author></authors>'
    "<title>{title}</title><year>2025</year><doi>10.1000/loom.{number}</doi></info></hit>\n"
)
_ENDNOTE = (
    "<record><contributors><authors><author>Lovelace, Ada</author></authors></contributors>"
    "<titles><title>{title}</title></titles><dates><year>2025</year></dates>"
    "<electronic-resource-num>10.1000/loom.{number}</electronic-resource-num></record>\n"
)
_DUBLIN = (
    "<record><header><identifier>oai:arXiv.org:2501.0000{number}</identifier></header><metadata>"
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>Lovelace, Ada</dc:creator><dc:identifier>http://arxiv.org/abs/2501.0000{number}"
    "</dc:identifier></oai_dc:dc></metadata></record>\n"
)
_LISTED = (
    '<dt><a href="/abs/2501.0000{number}" title="Abstract">arXiv:2501.0000{number}</a></dt>\n'
    '<dd><div class="list-title mathjax"><span class="descriptor">Title:</span> {title}</div>\n'
    '<div class="list-authors"><a href="/a/x">Ada Lovelace</a></div><p class="mathjax">Told.</p>'
    "</dd>\n"
)
_LETTER = (
    '<table width="100%"><tr><td><h2><a href="https://arxiv.org/abs/2501.0000{number}" '
    f'target="_blank">{{title}}</a></h2></td></tr><tr><td>{_TOLD}</td></tr></table>\n'
)
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
    "yaml": Shape(
        "- title: {title}\n  authors: [Ada Lovelace, Grace Hopper]\n"
        "  url: https://arxiv.org/abs/2501.0000{number}\n"
    ),
    "yaml-quoted": Shape(
        '  - id: loom{number}\n    title: "{title}"\n    author:\n      - family: Lovelace\n'
        "        given: Ada\n    abstract: |\n      Told in the evening.\n"
        '    DOI: "10.1000/loom.{number}"\n',
        "---\nreferences:\n", "...\n", escaped=_in_json,
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
    "markdown-bold": Shape(
        "- **{title}**\n  Ada Lovelace, Grace Hopper\n"
        "  [paper](https://arxiv.org/abs/2501.0000{number}) [code](https://github.com/a/b{number})\n",
        "# Papers\n\n",
    ),
    "markdown-paragraphs": Shape(
        "**{title}**\nAda Lovelace, Grace Hopper\n"
        "[paper](https://arxiv.org/abs/2501.0000{number})\n\n",
        "# Papers\n\n",
    ),
    "markdown-doi": Shape(
        "- [{title}](https://doi.org/10.1000/loom.{number}) - Ada Lovelace, Grace Hopper\n",
        "# Papers\n\n",
    ),
    "markdown-cited": Shape(
        '- Ada Lovelace, Grace Hopper. "{title}." arXiv preprint arXiv:2501.0000{number} (2025).\n',
        "# Papers\n\n",
    ),
    "markdown-labels": Shape(
        "### {title}\n\n- **Authors:** Ada Lovelace\n"
        "- **Link:** https://arxiv.org/abs/2501.0000{number}\n\n",
        "# Papers\n\n",
    ),
    "markdown-bare": Shape(
        "{title}\nhttps://arxiv.org/abs/2501.0000{number}\n\n", "# Papers\n\n"
    ),
    "rest": Shape(
        "* `{title} <https://arxiv.org/abs/2501.0000{number}>`_ by Ada Lovelace\n",
        "Papers\n======\n\n",
    ),
    "org": Shape(
        "- [[https://arxiv.org/abs/2501.0000{number}][{title}]] by Ada Lovelace\n", "* Papers\n\n"
    ),
    "html-paragraphs": Shape(
        '<p><b><a href="https://arxiv.org/abs/2501.0000{number}">{title}</a></b><br>\n'
        f"Ada Lovelace<br>\n{_TOLD}</p>\n",
        "<html><body><h1>Papers</h1>\n", "</body></html>",
    ),
    "html-doi": Shape(
        '<li><a href="https://doi.org/10.1000/loom.{number}">{title}</a> Ada Lovelace</li>\n',
        "<!doctype html><html><body><h1>Papers</h1><ul>\n", "</ul></body></html>",
    ),
    "mail-html": Shape(
        _LETTER,
        "From: a@b.example\nSubject: Papers\nDate: Wed, 12 Mar 2025 08:00:00 +0100\n"
        "Content-Type: text/html; charset=utf-8\n\n<html><body><table><tr><td>\n",
        "</td></tr></table></body></html>",
    ),
    "arxiv-html": Shape(
        _LISTED, "<html><body><h3>New submissions</h3><dl>\n", "</dl></body></html>"
    ),
    "oai-dc": Shape(
        _DUBLIN,
        '<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        "<ListRecords>\n",
        "</ListRecords></OAI-PMH>",
    ),
    "pubmed-xml": Shape(
        _PUBMED, '<?xml version="1.0"?>\n<PubmedArticleSet>\n', "</PubmedArticleSet>"
    ),
    "dblp-xml": Shape(_DBLP, '<?xml version="1.0"?>\n<dblp>\n', "</dblp>"),
    "dblp-hits": Shape(
        _HIT, '<?xml version="1.0"?>\n<result><hits total="4">\n', "</hits></result>"
    ),
    "endnote-xml": Shape(_ENDNOTE, "<xml><records>\n", "</records></xml>"),
    "hf-text-tails": Shape(
        f"{{title}}\n\n{_TOLD}\n\n3 authors\n\n·\n\nJul 2{{number}}, 2023 5\n\n",
        "Daily Papers\n\nby AK and the research community\n\nJul 25\n\n",
    ),
    "hf-rendering": Shape(
        "### [{title}](https://huggingface.co/papers/2501.0000{number})\n\nTold.\n\n·\n\n"
        "3 authors\n\n",
        "# Daily Papers\n\n## by AK and the research community\n\nOct 2\n\n",
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
