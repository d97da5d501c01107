"""Every hostile text of the catalogue, in every field of every format that has such a field.

`folder_of_digests` writes them as digests that a keeper might have saved: each format's own way of
writing text is kept to (JSON is escaped, XML is), so that what a reader is shown is the text.
"""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from pathlib import Path

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/x.png>",
    "<svg onload=alert(1)>",
    "</title><svg/onload=alert(1)>",
    "Sure\nTemplate: x\nSave_as: ../../evil.html\nStatus: draft",
    "<iframe src=//evil.example></iframe><form action=//evil.example><input name=q></form>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>*{background:url(//evil.example/x)}</style><link rel=stylesheet href=//evil.example>",
    "[x](javascript:alert(1)) and ![y](//evil.example/y.png)",
    "[x](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
    "{{ 7*7 }}{% include '/etc/passwd' %}${x}",
    "</script><script>alert(1)</script><!--",
    "\"'><script>alert(1)</script>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
    "' onfocus='alert(1)' autofocus x='",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "$\\text{<script>alert(1)</script>}$ and $\\mbox{</mtext><script>alert(1)</script>}$",
    "cost is $5 and $6, 100% of",
    "a } \\ % @ # { b and c",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "-->]]><!DOCTYPE x>&lt;script&gt;",
    "\u202egnp.exe\u2028<marquee>\u2029",
    "# Heading\n\n* list\n\n> quote\n\n    code",
    "/../../evil %2e%2e%2f CON aux.txt",
    "=cmd|' /C calc'!A0",
)


def arxiv(number: int) -> str:
    return f"2{101 + number // 90_000:03d}.{number % 90_000:05d}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _record(number: int, text: str) -> dict[str, object]:
    return {
        "id": arxiv(number),
        "title": text,
        "summary": text,
        "ai_summary": text,
        "ai_keywords": [text],
        "authors": [{"name": text}, {"name": f"{text} Two"}],
        "publishedAt": "2024-01-02T00:00:00.000Z",
        "githubRepo": text,
        "projectPage": f"https://example.org/{text}",
        "organization": {"name": text, "fullname": text},
        "upvotes": 3,
    }


def hf_json(number: int, text: str) -> str:
    paper = _record(number, text)
    by = {"fullname": text, "name": text}
    return json.dumps([{"paper": paper, "title": text, "submittedBy": by}])


def hf_html(number: int, text: str) -> str:
    props = json.dumps({"dailyPapers": [{"paper": _record(number, text), "title": text}]})
    return (
        "<!doctype html><html><body>"
        f'<div data-target="DailyPapers" data-props="{html.escape(props)}"></div></body></html>'
    )


def plain_json(number: int, text: str) -> str:
    paper = {
        "title": text,
        "abstract": text,
        "authors": [{"name": text}, text],
        "arxiv_id": arxiv(number),
        "venue": text,
        "keywords": [text],
        "categories": [text],
        "url": text,
        "comment": text,
        "tldr": text,
    }
    return json.dumps([paper])


def jsonl(number: int, text: str) -> str:
    return plain_json(number, text)[1:-1] + "\n"


def csl_json(number: int, text: str) -> str:
    item = {
        "type": "article",
        "id": text,
        "title": text,
        "abstract": text,
        "author": [{"family": text, "given": text}, {"literal": text}],
        "container-title": text,
        "keyword": text,
        "note": text,
        "DOI": f"10.1000/{number}",
        "URL": text,
        "issued": {"date-parts": [[2024, 1, 2]]},
    }
    return json.dumps([item])


def bibtex(number: int, text: str) -> str:
    text = _line(text)
    if text.count("{") != text.count("}"):
        text = text.replace("{", "(").replace("}", ")")
    fields = ("title", "author", "abstract", "journal", "keywords", "note", "url")
    said = "".join(f"  {field} = {{{text}}},\n" for field in fields)
    return f"@article{{k{number},\n{said}  eprint = {{{arxiv(number)}}},\n  year = 2024\n}}\n"


def ris(number: int, text: str) -> str:
    fields = ("TI", "AU", "AB", "JO", "KW", "N1", "UR")
    said = "".join(f"{field}  - {_line(text)}\n" for field in fields)
    return f"TY  - JOUR\n{said}DO  - 10.1000/{number}\nPY  - 2024\nER  - \n"


def pubmed(number: int, text: str) -> str:
    fields = ("TI  ", "FAU ", "AB  ", "JT  ", "OT  ")
    said = "".join(f"{field}- {_line(text)}\n" for field in fields)
    return f"PMID- {number}\n{said}LID - 10.1000/{number} [doi]\nDP  - 2024 Jan 2\n"


def table(number: int, text: str) -> str:
    names = ("title", "authors", "abstract", "journal", "keywords", "categories", "notes", "url")
    stream = io.StringIO()
    csv.writer(stream).writerows([(*names, "arxiv"), (*[text] * len(names), arxiv(number))])
    return stream.getvalue()


def feed(number: int, text: str) -> str:
    text = html.escape("".join(c for c in text if c not in "\u2028\u2029"))
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:arxiv="http://arxiv.org/schemas/atom"><title>{text}</title>'
        f"<entry><id>http://arxiv.org/abs/{arxiv(number)}v1</id><title>{text}</title>"
        f"<author><name>{text}</name></author><summary>{text}</summary>"
        f"<arxiv:comment>{text}</arxiv:comment><arxiv:journal_ref>{text}</arxiv:journal_ref>"
        f'<category term="{text}"/><link href="{text}"/></entry></feed>'
    )


def arxiv_mail(number: int, text: str) -> str:
    fields = ("Title", "Authors", "Categories", "Comments", "Journal-ref")
    said = "".join(f"{field}: {_line(text)}\n" for field in fields)
    return (
        f"\\\\\narXiv:{arxiv(number)}\nDate: Tue, 2 Jan 2024 00:00:00 GMT   (1kb)\n\n{said}\\\\\n"
        f"  {_line(text)}\n\\\\ ( https://arxiv.org/abs/{arxiv(number)} ,  1kb)\n{'-' * 78}\n"
    )


def markdown(number: int, text: str) -> str:
    words = _line(text)
    if words.count("[") != words.count("]"):
        words = words.replace("]", ")")
    return (
        f"# Papers\n\n## [Study {number}: {words}](https://arxiv.org/abs/{arxiv(number)})\n\n"
        f"**Authors:** {_line(text)}\n\n**Venue:** {_line(text)}\n\n{text}\n"
    )


def newsletter(number: int, text: str) -> str:
    """Give a page that is hostile itself: the text is not escaped."""
    return (
        f"<!doctype html><html><body><h2><a href='https://arxiv.org/abs/{arxiv(number)}'>"
        f"Study {number} of {html.escape(text)}</a></h2><p>{text}</p><p>{html.escape(text)}</p>"
    )


def citation(number: int, text: str) -> str:
    names = ("title", "author", "journal_title", "abstract", "keywords", "pdf_url")
    said = "".join(f'<meta name="citation_{n}" content="{html.escape(text)}">' for n in names)
    return (
        f"<!doctype html><html><head>{said}"
        f'<meta name="citation_doi" content="10.1000/{number}"></head><body></body></html>'
    )


def alert(number: int, text: str) -> str:
    said = html.escape(text)
    return (
        f'<html><body><h3><a class="gse_alrt_title" href="https://arxiv.org/abs/{arxiv(number)}">'
        f'{said}</a></h3><div>{said} - {said}, 2024</div><div class="gse_alrt_sni">{said}</div>'
        "</body></html>"
    )


def listing(number: int, text: str) -> str:
    said = html.escape(text)
    return (
        '<!doctype html><html><body><dl id="articles"><dt><a href="/abs/'
        f'{arxiv(number)}" title="Abstract">arXiv:{arxiv(number)}</a></dt><dd>'
        f'<div class="list-title mathjax"><span class="descriptor">Title:</span> {said}</div>'
        f'<div class="list-authors"><a href="#">{said}</a></div>'
        f'<div class="list-comments mathjax"><span class="descriptor">Comments:</span> {said}</div>'
        f'<p class="mathjax">{said}</p></dd></dl></body></html>'
    )


def mail(number: int, text: str) -> str:
    return (
        f"From: {_line(text)} <a@b.example>\nSubject: {_line(text)}\n"
        "Date: Tue, 2 Jan 2024 09:00:00 +0000\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{markdown(number, text)}"
    )


FORMATS: dict[str, Callable[[int, str], str]] = {
    "hf-json": hf_json,
    "hf-html": hf_html,
    "json": plain_json,
    "jsonl": jsonl,
    "csl-json": csl_json,
    "bibtex": bibtex,
    "ris": ris,
    "tagged": pubmed,
    "csv": table,
    "feed": feed,
    "arxiv-mail": arxiv_mail,
    "markdown": markdown,
    "html": newsletter,
    "citation-html": citation,
    "scholar-alert": alert,
    "arxiv-html": listing,
    "mail": mail,
}


def folder_of_digests(folder: Path, formats: list[str]) -> dict[str, str]:
    """Write a digest for every text in each of the formats; give the texts by paper's identifier.

    Digests of the first format are named by the text as far as a file can be.
    """
    texts = {}
    folder.mkdir(parents=True)
    for place, name in enumerate(formats):
        for number, text in enumerate(PAYLOADS, place * 1_000 + 1):
            called = _line(text).replace("/", "\u2215")[:60] if place == 0 else ""
            file = folder / f"{name} {number} {called}".strip()
            file.write_text(FORMATS[name](number, text), encoding="utf-8")
            texts[arxiv(number)] = texts[f"10.1000/{number}"] = text
    return texts
